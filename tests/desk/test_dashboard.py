"""The desk's first page: what waits for whom, and nothing that they may not see."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from events.models import Event
from newsroom.articles import workflow
from newsroom.articles.models import Article, Comment, PreviewLink, SignOff, Step, Thread
from newsroom.desk import dashboard
from newsroom.models import User
from newsroom.partners.models import Acknowledgement, Key, Partner, Webhook
from newsroom.photos.models import Photo
from tests.desk.pages import queries
from tests.factories import make_article, make_event, make_person, make_photo, make_user

pytestmark = pytest.mark.django_db

State = Article.State
NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 10)
DAY = dt.timedelta(days=1)


def panels_of(client: Client) -> list[str]:
    return [shown["panel"].name for shown in client.get("/admin/").context["panels"]]


def mention(user: User, story: Article, *, resolved_at: dt.datetime | None = None) -> Comment:
    thread = Thread.objects.create(article=story, started_at=NOW, resolved_at=resolved_at)
    comment = Comment.objects.create(thread=thread, by=story.created_by, at=NOW, text="Is this right?")
    comment.mentioned.add(user)
    return comment


def send_back(story: Article, by: User, note: str = "Who said so?", at: dt.datetime = NOW) -> Step:
    return Step.objects.create(
        article=story, verb="return", state_before=State.REVIEW, state_after=State.DRAFT, by=by, at=at, note=note
    )


def verdict(story: Article, by: User, at: dt.datetime = NOW) -> SignOff:
    link = PreviewLink.objects.create(
        article=story, digest=f"{story.pk}-{by.pk}", made_by=by, made_at=at, expires_at=at + DAY
    )
    return SignOff.objects.create(link=link, version=1, verdict="change", name="Doe", comment="Not yet.", at=at)


def wanted(user: User) -> list[tuple[str, Article]]:
    return [(one.kind, one.story) for one in dashboard.waiting(user, NOW)]


def test_panels_for_a_chief(chief_client: Client) -> None:
    names = ["waiting", "drafts", "due", "scheduled", "failing", "published", "events", "photos"]

    assert panels_of(chief_client) == [*names, "partners", "health"]


def test_panels_for_a_reporter_lack_the_house(reporter_client: Client) -> None:
    assert {"health", "partners"} & set(panels_of(reporter_client)) == set()


def test_panels_take_no_more_queries_for_three_rows_than_for_one(chief: User, chief_client: Client) -> None:
    counted = []
    for rows in (1, 2):
        for _number in range(rows):
            story = make_article(created_by=chief, due_on=timezone.localdate(), error_count=2)
            mention(chief, story)
            send_back(story, chief)
            verdict(story, chief, timezone.now())
            make_article(state=State.REVIEW)
            published = make_article(created_by=chief)
            workflow.publish(published, by=chief, at=timezone.now(), visible_from=timezone.now() + DAY)
            workflow.publish(make_article(), by=chief, at=timezone.now())
            make_event(starts_on="2999-01-01")
            make_photo()
            Partner.objects.create(name=f"Partner {rows} {_number}")
        counted.append(queries(chief_client, "/admin/"))

    assert counted[0] == counted[1]
    assert counted[0] == 19


def test_my_drafts_are_those_i_began_or_was_given(reporter: User) -> None:
    begun = make_article(created_by=reporter)
    given = make_article(assigned_to=reporter)
    make_article(created_by=make_user("Reporter"))
    make_article(created_by=reporter, state=State.PUBLISHED)
    make_article(created_by=reporter, trashed_at=NOW)

    assert list(dashboard.my_drafts(reporter, NOW)) == [given, begun]


def test_review_waits_for_editors_but_not_for_whoever_wrote_the_story(editor: User, reporter: User) -> None:
    make_user("Chief editor")
    theirs = make_article(created_by=reporter, state=State.REVIEW)
    make_article(created_by=editor, state=State.REVIEW)
    make_article(assigned_to=editor, state=State.REVIEW)

    assert wanted(editor) == [("review", theirs)]
    assert wanted(reporter) == []


def test_own_story_waits_for_whoever_alone_can_approve(editor: User) -> None:
    own = make_article(created_by=editor, state=State.REVIEW)

    assert wanted(editor) == [("review", own)]


def test_story_sent_back_waits_with_the_note(reporter: User, editor: User) -> None:
    story = make_article(created_by=reporter)
    send_back(story, editor, "Who said so?")

    (waiting,) = dashboard.waiting(reporter, NOW)

    assert (waiting.kind, waiting.story, waiting.words, waiting.by) == (
        "returned",
        story,
        "Who said so?",
        editor.display_name,
    )


def test_story_handed_in_again_no_longer_waits(reporter: User, editor: User) -> None:
    story = make_article(created_by=reporter)
    send_back(story, editor)
    Step.objects.create(
        article=story, verb="recall", state_before=State.REVIEW, state_after=State.DRAFT, by=reporter, at=NOW + DAY
    )

    assert wanted(reporter) == []


def test_open_mention_waits_and_a_resolved_one_does_not(editor: User) -> None:
    story = make_article()
    mention(editor, story)
    mention(editor, make_article(), resolved_at=NOW)

    assert wanted(editor) == [("mention", story)]


def test_mention_in_a_story_one_may_not_see_stays_unseen(reporter: User) -> None:
    mention(reporter, make_article())

    assert wanted(reporter) == []


def test_verdict_on_my_link_waits_for_a_month(reporter: User, editor: User) -> None:
    story = make_article(created_by=reporter)
    verdict(story, reporter)
    verdict(make_article(created_by=reporter), reporter, NOW - 31 * DAY)
    verdict(make_article(created_by=reporter), editor)

    assert wanted(reporter) == [("change", story)]


def test_stories_due_put_the_late_first(chief: User) -> None:
    soon = make_article(due_on=TODAY + 14 * DAY, state=State.APPROVED)
    late = make_article(due_on=TODAY - DAY)
    make_article(due_on=TODAY + 15 * DAY)
    make_article(due_on=TODAY, state=State.PUBLISHED)
    make_article()

    due = dashboard.due(chief, NOW)

    assert [(story, story.is_late) for story in due] == [(late, True), (soon, False)]  # type: ignore[attr-defined]


def test_due_stories_of_others_are_not_a_reporters(reporter: User) -> None:
    make_article(due_on=TODAY)

    assert list(dashboard.due(reporter, NOW)) == []


def test_scheduled_editions_stand_by_their_moment(chief: User) -> None:
    at = timezone.now()
    later, sooner, far, cancelled = (make_article() for _number in range(4))
    for story, days in ((later, 3), (sooner, 2), (far, 15), (cancelled, 1)):
        workflow.publish(story, by=chief, at=at, visible_from=at + days * DAY)
    workflow.cancel_schedule(cancelled.editions.get(), by=chief, at=at)

    found = dashboard.scheduled(chief, at)

    assert [(story, story.opens_at) for story in found] == [  # type: ignore[attr-defined]
        (sooner, at + 2 * DAY),
        (later, at + 3 * DAY),
    ]


def test_failing_stories_stand_worst_first(chief: User) -> None:
    one = make_article(error_count=1)
    three = make_article(error_count=3, state=State.REVIEW)
    make_article(error_count=0)
    make_article(error_count=2, state=State.PUBLISHED)

    assert list(dashboard.failing(chief, NOW)) == [three, one]


def test_last_published_is_what_readers_see(chief: User) -> None:
    at = timezone.now()
    first = workflow.publish(make_article(), by=chief, at=at - 2 * DAY, visible_from=at - 2 * DAY)
    last = workflow.publish(make_article(), by=chief, at=at - DAY, visible_from=at - DAY)
    gone = make_article()
    workflow.publish(gone, by=chief, at=at - DAY, visible_from=at - DAY)
    workflow.withdraw(gone, by=chief, at=at)
    make_article()

    assert [facet.edition for facet in dashboard.last_published(at)] == [last, first]


def test_coming_events_leave_out_the_past_and_the_cancelled() -> None:
    later = make_event(starts_on="2026-05")
    sooner = make_event(starts_on="2026-03-10")
    lasting = make_event(starts_on="2026-03-08", ends_on="2026-03-11")
    year = make_event(starts_on="2026")
    make_event(starts_on="2026-03-09")
    make_event(starts_on="2026-04-01", status=Event.Status.CANCELLED)

    assert list(dashboard.coming_events(TODAY)) == [year, lasting, sooner, later]


def test_incomplete_photos_say_what_they_lack() -> None:
    photographer = make_person()
    undescribed = make_photo(credit_line="Meridian")
    uncredited = make_photo(alt_text="Six people at a table.")
    make_photo(alt_text="A hall.", photographer=photographer)

    found = {photo: (photo.lacks_alt_text, photo.lacks_credit) for photo in dashboard.incomplete_photos()}  # type: ignore[attr-defined]

    assert found == {undescribed: (True, False), uncredited: (False, True)}


def test_partners_that_have_been_silent_for_longest_stand_first() -> None:
    prompt, silent, ended = (Partner.objects.create(name=name, licence_starts_at=NOW) for name in ("A", "B", "C"))
    Partner.objects.filter(pk=ended.pk).update(licence_ends_at=NOW + DAY)
    for days, types in ((1, "article"), (2, "event")):
        Acknowledgement.objects.create(partner=prompt, types=types, generation="g", seq=1, at=NOW + days * DAY)
    Key.objects.create(partner=silent, prefix="b", digest="b", issued_at=NOW, last_used_at=NOW)

    found = dashboard.partners(NOW + 3 * DAY)

    assert [(one, one.stored_at, one.used_at) for one in found] == [
        (silent, None, NOW),
        (prompt, NOW + 2 * DAY, None),
    ]


def test_partner_whose_webhooks_fail_stands_first_and_says_so(chief_client: Client) -> None:
    Partner.objects.create(name="Silent")
    failing = Partner.objects.create(name="Told")
    for number, state in enumerate(["working", "paused", "working", "ended"]):
        since = None if number == 2 else timezone.now() - 2 * DAY
        Webhook.objects.create(
            partner=failing, url=f"https://told.example.org/{number}", state=state, failing_since=since
        )

    page = chief_client.get("/admin/").content.decode()

    assert [(one.name, one.failing_count) for one in dashboard.partners(timezone.now())] == [
        ("Told", 2),
        ("Silent", None),
    ]
    assert "2 webhooks have failed, the first for 2\xa0days" in page


def test_panels_hold_no_more_than_their_rows() -> None:
    for _number in range(dashboard.ROWS + 1):
        make_photo()

    assert len(dashboard.incomplete_photos()) == dashboard.ROWS
    assert Photo.objects.count() == dashboard.ROWS + 1


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the words of SQLite's planner")
@pytest.mark.parametrize("name", ["my_drafts", "due", "scheduled", "failing"])
def test_questions_about_stories_walk_indexes(name: str, reporter: User, chief: User) -> None:
    for user in (reporter, chief):
        plan = getattr(dashboard, name)(user, NOW).explain()

        assert [line for line in plan.splitlines() if "SCAN" in line and "CONSTANT" not in line] == []


def test_photos_and_last_published_walk_indexes() -> None:
    photos, published = dashboard.incomplete_photos().explain(), dashboard.last_published(NOW).explain()

    if connection.vendor == "sqlite":
        assert ("TEMP B-TREE" in published, "editionfacet_walk" in published) == (False, True)
        assert "SCAN newsroom_photos_photo USING" not in photos or "LIST SUBQUERY" in photos


@pytest.mark.parametrize(
    ("work", "kept"),
    [("mine", "own draft"), ("review", "others' review"), ("due", "own draft"), ("failing", "own draft")],
)
def test_all_leads_to_the_list_of_the_same(work: str, kept: str, editor: User, editor_client: Client) -> None:
    make_user("Chief editor")
    make_article(headline="own draft", created_by=editor, due_on=timezone.localdate(), error_count=1)
    make_article(headline="others' review", state=State.REVIEW)
    make_article(headline="published", state=State.PUBLISHED)

    listed = editor_client.get("/admin/articles/article/", {"work": work})

    assert [story.headline for story in listed.context["cl"].result_list] == [kept]


def test_filter_of_work_offers_no_counts(editor_client: Client) -> None:
    page = editor_client.get("/admin/articles/article/").content.decode()

    assert '<a href="?work=mine">my drafts</a>' in page


def test_links_of_the_dashboard_lead_somewhere(chief: User, chief_client: Client) -> None:
    shown = chief_client.get("/admin/").context["panels"]

    answers = {
        one["panel"].name: chief_client.get(one["address"] + one["panel"].query).status_code
        for one in shown
        if one["panel"].query is not None
    }

    assert answers == dict.fromkeys(answers, 200)
    assert "waiting" in answers
