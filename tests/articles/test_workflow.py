"""The verbs of publication: what each permits, refuses, writes and tells the feed."""

import datetime as dt
from functools import partial
from typing import Any

import pytest

from newsroom import policy, trash
from newsroom.articles import workflow
from newsroom.articles.models import OPEN_END, Article, Edition, Withdrawal
from newsroom.models import Change, User
from tests import factories
from tests.articles.clock import (
    HOUR,
    NEXT_WEEK,
    NOW,
    TOMORROW,
    approve,
    cancel,
    correct,
    publish,
    recall,
    send_back,
    submit,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    return factories.make_article(headline="Observatory opens")


def feed_of(article: Article) -> tuple[int, str, str]:
    change = Change.objects.get(object_id=article.uuid)
    return change.version, change.reason, change.note


#: by which verbs a draft gets into each state
WAYS: dict[str, list[Any]] = {
    "draft": [],
    "review": [submit],
    "approved": [submit, approve],
    "scheduled": [partial(publish, visible_from=NEXT_WEEK)],
    "published": [publish],
    "corrected": [publish, correct],
    "withdrawn": [publish, withdraw],
}
VERBS: dict[str, Any] = {
    "submit": submit,
    "recall": recall,
    "return": send_back,
    "approve": approve,
    "publish": publish,
    "correct": correct,
    "withdraw": withdraw,
}


def in_state(article: Article, state: str) -> Article:
    """Led there by the verbs alone."""
    for verb in WAYS[state]:
        verb(article)
    return article


def test_publishing_makes_an_edition_that_is_open(story: Article, chief: User) -> None:
    edition = publish(story, by=chief)

    assert (edition.number, edition.visible_from, edition.visible_until) == (1, NOW, OPEN_END)
    assert (edition.headline, edition.published_by, edition.made_at) == ("Observatory opens", chief, NOW)
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


def test_withdrawing_closes_what_is_open_and_tells_the_feed(story: Article, chief: User) -> None:
    publish(story)

    withdrawal = withdraw(
        story, TOMORROW, by=chief, act="kill", public_note="Wrong throughout.", private_note="Lawyers called."
    )

    edition = story.editions.get()
    assert (edition.visible_until, story.state) == (TOMORROW, "withdrawn")
    assert (withdrawal.act, withdrawal.withdrawn_at, withdrawal.withdrawn_by) == ("kill", TOMORROW, chief)
    assert feed_of(story) == (2, "killed", "Wrong throughout.")


@pytest.mark.parametrize("state", Article.State.values)
@pytest.mark.parametrize("verb", VERBS)
def test_verb_follows_the_table(story: Article, verb: str, state: str) -> None:
    in_state(story, state)
    before = (story.editions.count(), story.revisions.count(), story.steps.count(), Change.objects.count())
    after = workflow.TRANSITIONS[verb].get(state)

    try:
        VERBS[verb](story, TOMORROW)
        was_refused = False
    except workflow.WrongState:
        was_refused = True

    story.refresh_from_db()
    assert (was_refused, story.state) == (after is None, after or state)
    if was_refused:
        assert (
            story.editions.count(),
            story.revisions.count(),
            story.steps.count(),
            Change.objects.count(),
        ) == before


def test_table_says_every_way_there_is() -> None:
    ways = {(verb, before, after) for verb, moves in workflow.TRANSITIONS.items() for before, after in moves.items()}

    assert ways == {
        ("submit", "draft", "review"),
        ("recall", "review", "draft"),
        ("return", "review", "draft"),
        ("return", "approved", "draft"),
        ("approve", "review", "approved"),
        ("publish", "draft", "published"),
        ("publish", "review", "published"),
        ("publish", "approved", "published"),
        ("publish", "published", "published"),
        ("publish", "corrected", "corrected"),
        ("publish", "withdrawn", "published"),
        ("correct", "published", "corrected"),
        ("correct", "corrected", "corrected"),
        ("withdraw", "scheduled", "withdrawn"),
        ("withdraw", "published", "withdrawn"),
        ("withdraw", "corrected", "withdrawn"),
    }


def test_policy_names_the_states_as_the_story_does() -> None:
    named = {policy.DRAFT, policy.REVIEW, policy.APPROVED, policy.SCHEDULED}
    named |= {policy.PUBLISHED, policy.CORRECTED, policy.WITHDRAWN}

    assert named == set(Article.State.values)
    assert named >= policy.SETTLED | policy.STANDING


@pytest.mark.parametrize(
    ("verb", "state", "at"),
    [("submit", "draft", NOW), ("return", "review", TOMORROW), ("approve", "review", TOMORROW)],
)
def test_step_says_who_did_what_when_and_why(
    story: Article, chief: User, verb: str, state: str, at: dt.datetime
) -> None:
    in_state(story, state)

    VERBS[verb](story, at, by=chief, note=" Names first. ")

    step = story.steps.first()
    assert (step.verb, step.by, step.at, step.note) == (verb, chief, at, "Names first.")
    assert (step.state_before, step.state_after) == (state, story.state)


@pytest.mark.parametrize("note", ["", "  \n"])
def test_story_is_sent_back_only_with_a_note(story: Article, note: str) -> None:
    submit(story)

    with pytest.raises(workflow.Incomplete, match="only with a note"):
        send_back(story, note=note)

    story.refresh_from_db()
    assert story.state == "review"


def test_nobody_approves_their_own_story_while_somebody_else_could(story: Article, editor: User, chief: User) -> None:
    Article.objects.update(created_by=editor)
    submit(story)

    with pytest.raises(workflow.NotAllowed, match="ask a colleague"):
        approve(story, by=editor)
    approve(story, by=chief)

    assert story.state == "approved"


def test_whoever_is_alone_approves_their_own_story(story: Article, editor: User) -> None:
    Article.objects.update(created_by=editor)
    submit(story)

    approve(story, by=editor)

    assert story.state == "approved"


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_editor_publishes_only_what_was_approved(story: Article, editor: User, state: str) -> None:
    in_state(story, state)

    with pytest.raises(workflow.NotAllowed, match="published once it is approved; this one is"):
        publish(story, TOMORROW, by=editor)

    assert story.state == state


def test_editor_takes_back_nothing_of_somebody_else(story: Article, editor: User) -> None:
    submit(story)

    with pytest.raises(workflow.NotAllowed):
        recall(story, by=editor)

    assert story.state == "review"


def test_reporter_takes_back_what_is_their_own(story: Article, reporter: User) -> None:
    Article.objects.update(created_by=reporter)
    submit(story, by=reporter)

    recall(story, by=reporter)

    assert story.state == "draft"


@pytest.mark.parametrize("act", ["kill", "takedown"])
def test_nothing_is_killed_or_taken_down_without_a_reason(story: Article, act: str) -> None:
    publish(story)

    with pytest.raises(workflow.Incomplete, match="Write the reason"):
        withdraw(story, act=act, public_note=" ", private_note="\n")

    story.refresh_from_db()
    assert (story.state, feed_of(story)) == ("published", (1, "published", ""))


@pytest.mark.parametrize("kept", ["public_note", "private_note"])
@pytest.mark.parametrize(("act", "reason"), [("kill", "killed"), ("takedown", "taken-down")])
def test_reason_may_be_public_or_for_the_desk_alone(story: Article, act: str, reason: str, kept: str) -> None:
    publish(story)

    withdraw(story, act=act, **{kept: "Ask legal."})

    assert feed_of(story) == (2, reason, "Ask legal." if kept == "public_note" else "")


def test_unpublishing_asks_for_no_reason_and_strikes_nothing(story: Article) -> None:
    publish(story)

    withdraw(story)

    assert feed_of(story) == (2, "withdrawn", "")
    assert [edition.is_struck for edition in story.editions.all()] == [False]


def test_story_in_the_trash_takes_no_verb(story: Article, chief: User) -> None:
    trash.discard(story, by=chief, at=NOW)

    with pytest.raises(workflow.WrongState, match="bring it back first"):
        submit(story)


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


def test_each_verb_keeps_a_revision_with_its_author(story: Article, chief: User) -> None:
    publish(story, by=chief)
    correct(story, by=chief)
    scheduled = publish(story, NOW + 2 * HOUR, by=chief, visible_from=TOMORROW)
    cancel(scheduled, NOW + 3 * HOUR, by=chief)
    withdraw(story, NOW + 4 * HOUR, by=chief)

    kept = story.revisions.order_by("number").values_list("number", "note", "saved_by", "saved_at")
    assert list(kept) == [
        (1, "Edition 1", chief.pk, NOW),
        (2, "Edition 2", chief.pk, NOW + HOUR),
        (3, "Edition 3", chief.pk, NOW + 2 * HOUR),
        (4, "Schedule cancelled", chief.pk, NOW + 3 * HOUR),
        (5, "Withdrawn", chief.pk, NOW + 4 * HOUR),
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
    workflow.withdraw(story, by=None, at=NOW + 2 * HOUR, act=act, private_note="Libel.")
    workflow.publish(story, by=None, at=NOW + 3 * HOUR)

    shown = Edition.objects.shown_by(NOW + 4 * HOUR)

    assert [edition.number for edition in shown] == [3]
    assert list(Edition.objects.corrections(NOW + 4 * HOUR)) == []


def test_moment_that_has_passed_is_refused(story: Article) -> None:
    with pytest.raises(workflow.Incomplete, match="has passed"):
        workflow.publish(story, by=None, at=NOW, visible_from=NOW - HOUR)

    assert story.editions.count() == 0
