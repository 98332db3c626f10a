"""The desk's calendar: each thing on its day, in the newsroom's zone; and the private feed of one user's view."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db import connection  # noqa: F401  the plan's condition asks it
from django.test import Client, override_settings
from django.utils import timezone

from newsroom.articles import work, workflow
from newsroom.articles.models import Article
from newsroom.desk import agenda, calendar_feed
from newsroom.models import User
from tests.desk.pages import queries
from tests.factories import make_article, make_event, make_user, make_venue

pytestmark = pytest.mark.django_db

State = Article.State
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2026, 3, 10, 9, tzinfo=dt.UTC)
MARCH = agenda.Span(dt.date(2026, 3, 1), dt.date(2026, 3, 31), NOW)
PAGE = "/admin/calendar/"


def lines(user: User, span: agenda.Span = MARCH, **wanted: object) -> list[tuple[str, str, dt.date | None]]:
    found = agenda.entries(user, span, agenda.Wanted(**wanted))  # type: ignore[arg-type]
    return [(entry.kind, entry.title, entry.first) for entry in found]


def shown(client: Client, **query: object) -> dict[dt.date, list[str]]:
    weeks = client.get(PAGE, query).context["weeks"]
    return {day.date: [entry.title for entry in day.entries] for week in weeks for day in week if day.entries}


def subscribed(client: Client) -> str:
    address: str = client.post("/admin/calendar/feed/").context["feed_address"]
    return address.removeprefix("http://testserver")


def fetched(address: str) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(Client().get(address).content)


def component(held: icalendar.Calendar, summary: str) -> icalendar.Event:
    (found,) = [one for one in held.walk("VEVENT") if one["summary"] == summary]
    return found


# What falls into a span


def test_deadlines_stand_on_their_day_while_the_story_is_unfinished(chief: User) -> None:
    make_article(headline="Early", due_on=dt.date(2026, 3, 1))
    make_article(headline="Approved", due_on=dt.date(2026, 3, 31), state=State.APPROVED)
    make_article(headline="Out", due_on=dt.date(2026, 3, 2), state=State.PUBLISHED)
    make_article(headline="April", due_on=dt.date(2026, 4, 1))

    assert lines(chief) == [("due", "Early", dt.date(2026, 3, 1)), ("due", "Approved", dt.date(2026, 3, 31))]


def test_schedule_and_publication_stand_on_the_newsrooms_day(chief: User) -> None:
    """23:30 in UTC is the next morning in Seoul."""
    at = timezone.now()
    past, ahead = (at + days * DAY for days in (-2, 2))
    past, ahead = (moment.replace(hour=23, minute=30, second=0, microsecond=0) for moment in (past, ahead))
    workflow.publish(make_article(headline="Out"), by=chief, at=past, visible_from=past)
    workflow.publish(make_article(headline="Waits"), by=chief, at=at, visible_from=ahead)
    span = agenda.Span((past - 5 * DAY).date(), (ahead + 5 * DAY).date(), at)

    assert sorted(lines(chief, span)) == [
        ("published", "Out", (past + DAY).date()),
        ("scheduled", "Waits", (ahead + DAY).date()),
    ]


def test_scheduled_correction_stands_beside_the_publication(chief: User) -> None:
    at = timezone.now()
    story = make_article(headline="First")
    workflow.publish(story, by=chief, at=at - DAY, visible_from=at - DAY)
    workflow.correct(story, by=chief, at=at, note="A name.", visible_from=at + DAY)
    span = agenda.Span((at - 5 * DAY).date(), (at + 5 * DAY).date(), at)

    assert [(kind, title) for kind, title, _day in lines(chief, span)] == [
        ("scheduled", "First"),
        ("published", "First"),
    ]


def test_stories_of_one_colleague_in_one_state(chief: User, reporter: User) -> None:
    day = dt.date(2026, 3, 5)
    make_article(headline="Theirs", due_on=day, assigned_to=reporter)
    make_article(headline="In review", due_on=day, created_by=reporter, state=State.REVIEW)
    make_article(headline="Another's", due_on=day)

    assert sorted(title for _kind, title, _day in lines(chief, who=reporter)) == ["In review", "Theirs"]
    assert lines(chief, who=reporter, state="review") == [("due", "In review", day)]


def test_reporter_sees_their_own_stories_only(reporter: User) -> None:
    make_article(headline="Secret", due_on=dt.date(2026, 3, 5))
    make_article(headline="Own", due_on=dt.date(2026, 3, 5), created_by=reporter)

    assert lines(reporter) == [("due", "Own", dt.date(2026, 3, 5))]


def test_administrator_who_reads_no_stories_sees_none(administrator: User) -> None:
    make_article(headline="Secret", due_on=dt.date(2026, 3, 5))

    assert lines(administrator) == []


def test_trashed_matter_is_not_shown(chief: User) -> None:
    make_article(due_on=dt.date(2026, 3, 5), trashed_at=NOW)
    make_event(starts_on="2026-03-05", trashed_at=NOW)

    assert lines(chief) == []


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        ({"starts_on": "2026-03-05"}, dt.date(2026, 3, 5), dt.date(2026, 3, 5)),
        ({"starts_on": "2026-02-27", "ends_on": "2026-03-02"}, dt.date(2026, 2, 27), dt.date(2026, 3, 2)),
        ({"starts_on": "2026-03"}, None, None),
        ({"starts_on": "2026"}, None, None),
        ({"starts_on": "2026-03-05~"}, None, None),
    ],
)
def test_event_stands_on_its_days_as_far_as_they_are_known(
    chief: User, dates: dict[str, str], first: dt.date | None, last: dt.date | None
) -> None:
    make_event(**dates)

    (entry,) = agenda.entries(chief, MARCH)

    assert (entry.first, entry.last) == (first, last)


@pytest.mark.parametrize("starts_on", ["2026-02-28", "2026-04", "2025", "XXXX-03-05"])
def test_event_of_another_time_is_left_out(chief: User, starts_on: str) -> None:
    make_event(starts_on=starts_on)

    assert agenda.entries(chief, MARCH) == []


def test_event_without_a_day_is_told_in_words(chief_client: Client) -> None:
    make_event(name="Forum", starts_on="2026-03")

    page = chief_client.get(PAGE, {"month": "2026-03"})

    assert [(entry.title, entry.words) for entry in page.context["undated"]] == [("Forum", "March 2026")]
    assert "on a day that is not known" in page.content.decode()


# The page


def test_month_holds_whole_weeks_from_monday(chief_client: Client) -> None:
    weeks = chief_client.get(PAGE, {"month": "2026-03"}).context["weeks"]

    assert (weeks[0][0].date, weeks[-1][-1].date) == (dt.date(2026, 2, 23), dt.date(2026, 4, 5))


def test_meeting_of_three_days_stands_on_each(chief_client: Client) -> None:
    make_event(name="Forum", starts_on="2026-03-30", ends_on="2026-04-01")

    assert shown(chief_client, month="2026-04") == {
        dt.date(2026, 3, 30): ["Forum"],
        dt.date(2026, 3, 31): ["Forum"],
        dt.date(2026, 4, 1): ["Forum"],
    }


def test_today_is_marked(chief_client: Client) -> None:
    weeks = chief_client.get(PAGE).context["weeks"]

    assert [day.date for week in weeks for day in week if day.is_today] == [timezone.localdate()]


def test_months_before_and_after_keep_the_filters(chief_client: Client) -> None:
    steps = chief_client.get(PAGE, {"month": "2026-01", "state": "draft"}).context["steps"]

    assert steps["before"]["address"] == "/admin/calendar/?month=2025-12&state=draft"
    assert steps["after"]["address"] == "/admin/calendar/?month=2026-02&state=draft"


@pytest.mark.parametrize("month", ["march", "2026-13", "0001-01", "9999-12", "2026-03-01"])
def test_month_that_is_none_is_named_beside_its_field(chief_client: Client, month: str) -> None:
    page = chief_client.get(PAGE, {"month": month})

    assert page.context["form"].errors == {"month": ["Write the month as year and month: 2026-03."]}
    assert f'value="{month}"' in page.content.decode()


def test_page_takes_as_many_queries_for_three_rows_as_for_one(chief: User, chief_client: Client) -> None:
    counted = []
    for rows in (1, 2):
        for _number in range(rows):
            at = timezone.now()
            make_article(due_on=timezone.localdate())
            workflow.publish(make_article(), by=chief, at=at)
            workflow.publish(make_article(), by=chief, at=at, visible_from=at + dt.timedelta(minutes=1))
            make_event(starts_on=timezone.localdate().isoformat(), venue=make_venue())
        counted.append(queries(chief_client, PAGE))

    assert counted == [9, 9]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the words of SQLite's planner")
def test_published_stories_are_found_by_the_index(chief: User) -> None:
    plan = work.first_published(chief, MARCH.opens, MARCH.closes, NOW).explain()

    assert "SEARCH articles_editionfacet USING" in plan
    assert "editionfacet_walk" in plan


def test_nobodys_calendar_is_shown_to_somebody_without_a_group(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user(username="stranger", is_staff=True))

    assert [client.get(PAGE).status_code, client.post("/admin/calendar/feed/").status_code] == [403, 403]


# The private feed


def test_feed_holds_what_its_owner_may_see(reporter: User, reporter_client: Client) -> None:
    soon = timezone.localdate() + DAY
    make_article(headline="Own", due_on=soon, created_by=reporter)
    make_article(headline="Secret", due_on=soon)

    held = fetched(subscribed(reporter_client))

    assert [str(one["summary"]) for one in held.walk("VEVENT")] == ["due: Own"]
    assert component(held, "due: Own").decoded("dtstart") == soon


def test_feed_follows_the_rights_of_its_owner(reporter: User, reporter_client: Client) -> None:
    make_article(headline="Own", due_on=timezone.localdate(), created_by=reporter)
    address = subscribed(reporter_client)
    reporter.groups.clear()

    assert list(fetched(address).walk("VEVENT")) == []


@override_settings(TIME_ZONE="Europe/Berlin")
def test_moments_are_right_on_both_sides_of_a_change_of_clocks(chief: User) -> None:
    """On 29 March 2026 Berlin goes from 1:59 to 3:00."""
    zone = ZoneInfo("Europe/Berlin")
    moments = [dt.datetime(2026, 3, day, 8, tzinfo=zone) for day in (28, 30)]
    story = make_article()
    entries = [agenda.Entry("scheduled", "S", "/", story, moment.date(), moment.date(), moment) for moment in moments]

    held = calendar_feed.calendar(entries, "Desk")

    assert [one.decoded("dtstart") for one in held.walk("VEVENT")] == moments
    assert [one["dtstart"].to_ical() for one in held.walk("VEVENT")] == [b"20260328T070000Z", b"20260330T060000Z"]


@override_settings(TIME_ZONE="Europe/Berlin")
def test_day_of_a_change_of_clocks_is_23_hours_long() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        span = agenda.Span(dt.date(2026, 3, 29), dt.date(2026, 3, 29), NOW)

        assert span.closes.astimezone(dt.UTC) - span.opens.astimezone(dt.UTC) == dt.timedelta(hours=23)


def test_event_stands_in_the_zone_of_its_venue(chief_client: Client) -> None:
    begins = timezone.now().replace(microsecond=0) + DAY
    make_event(
        name="Forum", starts_on=begins.date().isoformat(), starts_at=begins, venue=make_venue(time_zone="Asia/Seoul")
    )

    held = fetched(subscribed(chief_client))

    event = component(held, "event: Forum")
    assert (event.decoded("dtstart"), event["dtstart"].params["TZID"]) == (begins, "Asia/Seoul")


def test_feed_says_how_many_events_have_no_day(chief_client: Client) -> None:
    make_event(starts_on=str(timezone.localdate().year))

    held = fetched(subscribed(chief_client))

    assert str(held["x-wr-caldesc"]) == "1 event is left out, since its day is not known."


def test_secret_is_kept_as_a_digest_and_shown_once(chief: User, chief_client: Client) -> None:
    address = subscribed(chief_client)
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    chief.refresh_from_db()

    assert (len(secret), secret in chief.calendar_digest) == (43, False)
    assert secret not in chief_client.get(PAGE).content.decode()


def test_new_secret_ends_the_old_one(chief_client: Client) -> None:
    old, new = subscribed(chief_client), subscribed(chief_client)

    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]


def test_feed_ends_on_request(chief_client: Client) -> None:
    address = subscribed(chief_client)

    page = chief_client.post("/admin/calendar/feed/", {"end": "1"})

    assert Client().get(address).status_code == 404
    assert "Your private calendar has ended" in page.content.decode()


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_feed_of_who_left_is_gone(chief: User, chief_client: Client, lost: str) -> None:
    address = subscribed(chief_client)
    setattr(chief, lost, False)
    chief.save()

    assert Client().get(address).status_code == 404


def test_no_secret_opens_nobodys_calendar(chief: User) -> None:
    make_user("Editor")

    assert [Client().get(f"/calendar/{guess}.ics").status_code for guess in ("x", "%20", "0" * 64)] == [404, 404, 404]


def test_feed_is_kept_by_nobody_on_the_way(chief_client: Client) -> None:
    answer = Client().get(subscribed(chief_client))

    assert (answer["Cache-Control"], answer.has_header("ETag")) == ("private, no-store", False)
    assert answer["X-Robots-Tag"] == "noindex"


def test_reading_the_page_makes_no_secret(chief: User, chief_client: Client) -> None:
    chief_client.get(PAGE)
    refused = chief_client.get("/admin/calendar/feed/")
    chief.refresh_from_db()

    assert (refused.status_code, chief.calendar_digest) == (405, "")
