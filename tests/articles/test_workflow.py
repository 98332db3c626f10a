"""The verbs of publication: what each permits, refuses, writes and tells the feed."""

from typing import Any

import pytest

from newsroom.articles import workflow
from newsroom.articles.models import OPEN_END, Article, Edition, Withdrawal
from newsroom.models import Change, User
from tests import factories
from tests.articles.clock import HOUR, NOW, TOMORROW, cancel, correct, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    return factories.make_article(headline="Observatory opens")


def feed_of(article: Article) -> tuple[int, str, str]:
    change = Change.objects.get(object_id=article.uuid)
    return change.version, change.reason, change.note


def in_state(article: Article, state: str) -> Article:
    """Led there by the verbs alone."""
    if state != "draft":
        publish(article)
    if state == "corrected":
        correct(article)
    if state == "withdrawn":
        withdraw(article)
    return article


def test_publishing_makes_an_edition_that_is_open(story: Article, editor: User) -> None:
    edition = publish(story, by=editor)

    assert (edition.number, edition.visible_from, edition.visible_until) == (1, NOW, OPEN_END)
    assert (edition.headline, edition.published_by, edition.made_at) == ("Observatory opens", editor, NOW)
    assert (story.state, Article.objects.get().state) == ("published", "published")


def test_publishing_tells_the_feed(story: Article) -> None:
    publish(story)

    assert feed_of(story) == (1, "published", "")


def test_publishing_again_closes_the_former_at_the_instant_the_next_opens(story: Article) -> None:
    publish(story)

    publish(story, NOW + HOUR)

    intervals = story.editions.order_by("number").values_list("number", "visible_from", "visible_until")
    assert list(intervals) == [(1, NOW, NOW + HOUR), (2, NOW + HOUR, OPEN_END)]
    assert feed_of(story) == (2, "changed", "")


def test_correcting_makes_an_edition_with_a_public_note(story: Article) -> None:
    publish(story)

    edition = correct(story, note="  The date was wrong. ")

    assert (edition.number, edition.correction_note, edition.is_correction) == (2, "The date was wrong.", True)
    assert (story.state, feed_of(story)) == ("corrected", (2, "corrected", "The date was wrong."))


@pytest.mark.parametrize("note", ["", "  \n"])
def test_correction_without_a_note_is_refused(story: Article, note: str) -> None:
    publish(story)

    with pytest.raises(workflow.Incomplete, match="write the public note"):
        correct(story, note=note)

    assert (story.editions.count(), story.state) == (1, "published")


def test_withdrawing_closes_what_is_open_and_tells_the_feed(story: Article, editor: User) -> None:
    publish(story)

    withdrawal = withdraw(
        story, TOMORROW, by=editor, act="kill", public_note="Wrong throughout.", private_note="Lawyers called."
    )

    edition = story.editions.get()
    assert (edition.visible_until, story.state) == (TOMORROW, "withdrawn")
    assert (withdrawal.act, withdrawal.withdrawn_at, withdrawal.withdrawn_by) == ("kill", TOMORROW, editor)
    assert feed_of(story) == (2, "killed", "Wrong throughout.")


@pytest.mark.parametrize(
    ("verb", "state", "refused"),
    [
        (verb, state, state not in workflow.TRANSITIONS[verb])
        for verb in ("publish", "correct", "withdraw")
        for state in Article.State.values
    ],
)
def test_verb_follows_the_table(story: Article, verb: str, state: str, refused: bool) -> None:
    verbs = {"publish": publish, "correct": correct, "withdraw": withdraw}
    in_state(story, state)
    before = (story.editions.count(), story.revisions.count(), Change.objects.count())

    try:
        verbs[verb](story, TOMORROW)
        was_refused = False
    except workflow.WrongState:
        was_refused = True

    story.refresh_from_db()
    assert was_refused == refused
    assert story.state == (state if refused else workflow.TRANSITIONS[verb][state])
    if refused:
        assert (story.editions.count(), story.revisions.count(), Change.objects.count()) == before


def test_table_refuses_exactly_what_makes_no_sense() -> None:
    refused = {
        (verb, state)
        for verb, moves in workflow.TRANSITIONS.items()
        for state in Article.State.values
        if state not in moves
    }

    assert refused == {
        ("correct", "draft"),
        ("correct", "withdrawn"),
        ("withdraw", "draft"),
        ("withdraw", "withdrawn"),
    }


@pytest.mark.parametrize(
    ("state", "verbs"),
    [
        ("draft", ["publish"]),
        ("published", ["publish", "correct", "withdraw"]),
        ("corrected", ["publish", "correct", "withdraw"]),
        ("withdrawn", ["publish"]),
    ],
)
def test_desk_is_offered_what_the_table_allows(story: Article, state: str, verbs: list[str]) -> None:
    assert workflow.allowed(in_state(story, state)) == verbs


def test_refusal_names_the_state(story: Article) -> None:
    with pytest.raises(workflow.WrongState, match="this one is draft"):
        correct(story)


@pytest.mark.parametrize(("name", "value"), [("headline", " "), ("body", ""), ("body", "<p><br></p>")])
def test_story_without_headline_or_text_is_refused(story: Article, name: str, value: str) -> None:
    Article.objects.update(**{name: value})

    with pytest.raises(workflow.Incomplete, match="a headline and a text"):
        publish(story)


def test_end_before_the_beginning_is_refused(story: Article) -> None:
    with pytest.raises(workflow.Incomplete, match="choose a later end"):
        publish(story, visible_from=TOMORROW, visible_until=TOMORROW)


def test_embargo_is_refused_before_it_ends_and_met_at_its_end(story: Article) -> None:
    Article.objects.update(embargo_until=TOMORROW)

    with pytest.raises(workflow.Embargoed, match=r"Under embargo until .*2026"):
        publish(story)
    edition = publish(story, visible_from=TOMORROW)

    assert edition.visible_from == TOMORROW


def test_embargo_holds_corrections_too(story: Article) -> None:
    publish(story)
    Article.objects.update(embargo_until=TOMORROW)

    with pytest.raises(workflow.Embargoed):
        correct(story)


@pytest.mark.parametrize("verb", [publish, correct])
def test_edition_beside_a_pending_one_is_refused(story: Article, verb: Any) -> None:
    publish(story)
    publish(story, NOW + HOUR, visible_from=TOMORROW)

    with pytest.raises(workflow.AlreadyScheduled, match="cancel it before you make another"):
        verb(story, NOW + 2 * HOUR)

    assert story.editions.count() == 2


def test_stale_article_is_judged_by_its_row(story: Article) -> None:
    stale = Article.objects.get()
    publish(story)
    withdraw(story)

    with pytest.raises(workflow.WrongState):
        correct(stale)


def test_each_verb_keeps_a_revision_with_its_author(story: Article, editor: User) -> None:
    publish(story, by=editor)
    correct(story, by=editor)
    scheduled = publish(story, NOW + 2 * HOUR, by=editor, visible_from=TOMORROW)
    cancel(scheduled, NOW + 3 * HOUR, by=editor)
    withdraw(story, NOW + 4 * HOUR, by=editor)

    kept = story.revisions.order_by("number").values_list("number", "note", "saved_by", "saved_at")
    assert list(kept) == [
        (1, "Edition 1", editor.pk, NOW),
        (2, "Edition 2", editor.pk, NOW + HOUR),
        (3, "Edition 3", editor.pk, NOW + 2 * HOUR),
        (4, "Schedule cancelled", editor.pk, NOW + 3 * HOUR),
        (5, "Withdrawn", editor.pk, NOW + 4 * HOUR),
    ]


def test_withdrawing_closes_pending_editions_too(story: Article) -> None:
    publish(story)
    publish(story, NOW + HOUR, visible_from=TOMORROW)

    withdraw(story)

    moments = [NOW + 2 * HOUR, TOMORROW, TOMORROW + HOUR]
    assert [Edition.objects.visible(at).count() for at in moments] == [0, 0, 0]
    assert Edition.objects.open_or_pending(NOW + 2 * HOUR).count() == 0


def test_withdrawing_what_never_appeared_leaves_no_entry(story: Article) -> None:
    publish(story, visible_from=TOMORROW)

    withdraw(story, NOW + HOUR)

    assert (story.state, Change.objects.count()) == ("withdrawn", 0)


def test_withdrawing_an_expired_story_tells_partners_why(story: Article) -> None:
    publish(story, visible_until=NOW + HOUR)

    withdraw(story, TOMORROW, act="kill", public_note="Wrong throughout.")

    assert feed_of(story)[1:] == ("killed", "Wrong throughout.")


def test_republished_story_keeps_its_first_publication(story: Article) -> None:
    publish(story)
    withdraw(story)

    edition = publish(story, TOMORROW)

    assert (edition.number, edition.first_published_at, edition.visible_from) == (2, NOW, TOMORROW)
    assert (story.state, feed_of(story)) == ("published", (3, "published", ""))


def test_scheduled_republication_is_still_withdrawn_until_its_moment(story: Article) -> None:
    publish(story)
    withdraw(story, public_note="Wrong throughout.")
    before = feed_of(story)

    publish(story, NOW + 3 * HOUR, visible_from=TOMORROW)

    assert feed_of(story) == before == (2, "withdrawn", "Wrong throughout.")


def test_second_withdrawal_replaces_the_reasons(story: Article) -> None:
    publish(story)
    withdraw(story, public_note="Wrong.")
    publish(story, TOMORROW)

    withdraw(story, TOMORROW + HOUR, public_note="Wrong again.")

    assert [one.public_note for one in Withdrawal.objects.all()] == ["Wrong again."]
    assert feed_of(story) == (4, "withdrawn", "Wrong again.")


@pytest.mark.parametrize("act", ["kill", "takedown"])
def test_what_was_killed_stays_gone_when_the_story_comes_back(story: Article, act: str) -> None:
    workflow.publish(story, by=None, at=NOW)
    workflow.correct(story, by=None, at=NOW + HOUR, note="A libel was cut.")
    workflow.withdraw(story, by=None, at=NOW + 2 * HOUR, act=act)
    workflow.publish(story, by=None, at=NOW + 3 * HOUR)

    shown = Edition.objects.shown_by(NOW + 4 * HOUR)

    assert [edition.number for edition in shown] == [3]
    assert list(Edition.objects.corrections(NOW + 4 * HOUR)) == []


def test_moment_that_has_passed_is_refused(story: Article) -> None:
    with pytest.raises(workflow.Incomplete, match="has passed"):
        workflow.publish(story, by=None, at=NOW, visible_from=NOW - HOUR)

    assert story.editions.count() == 0
