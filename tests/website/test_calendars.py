"""The diary as iCalendar, read back by a parser."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from events.models import Event
from newsroom import changes
from newsroom.models import Change
from tests import factories as make
from tests.website.hidden import SECRET, hide_things, show_things

pytestmark = pytest.mark.django_db


def make_public(**over: object) -> Event:
    return make.make_event(is_public=True, **{"starts_on": "2025-12-09", **over})


def read(client: Client, path: str = "/events.ics") -> icalendar.Calendar:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


def names(client: Client, path: str = "/events.ics") -> list[str]:
    return [str(event["SUMMARY"]) for event in read(client, path).events]


def only(client: Client) -> icalendar.Event:
    (event,) = read(client).events
    return event


def test_event_of_a_day_is_held_in_full(client: Client) -> None:
    venue = make.make_venue(name="Conrad Hotel", city="Seoul", country="KR", latitude="37.52500", longitude="126.92600")
    event = make_public(slug="forum", name="Forum, the 1st", theme="Trust", summary="They met.", venue=venue)

    held = only(client)

    assert held["UID"] == f"urn:uuid:{event.uuid}"
    assert held["SEQUENCE"] == 1
    assert held["SUMMARY"] == "Forum, the 1st"
    assert (held["DTSTART"].dt, held.get("DTEND")) == (dt.date(2025, 12, 9), None)
    assert held["STATUS"] == "CONFIRMED"
    assert held["URL"] == "http://testserver/events/forum/"
    assert held["DESCRIPTION"] == "Trust\n\nThey met."
    assert held["LOCATION"] == "Conrad Hotel, Seoul, South Korea"
    assert held["GEO"].to_ical() == "37.525;126.926"


def on_topic(event: Event, **over: object) -> None:
    with changes.recording() as record:
        event.topics.add(make.make_topic(is_public=True, **over))
        record.touch(event)


def test_calendar_of_a_language_leads_to_pages_in_it_and_names_topics_in_it(client: Client) -> None:
    event = make_public(slug="forum")
    on_topic(event, name="Quantum technology", name_ko="양자기술")

    (held,), (alone,) = (read(client, f"/ko/{path}").events for path in ("events.ics", "events/forum.ics"))

    assert held == alone
    assert (held["URL"], held["UID"]) == ("http://testserver/ko/events/forum/", f"urn:uuid:{event.uuid}")
    assert (held["CATEGORIES"].cats, only(client)["CATEGORIES"].cats) == (["양자기술"], ["Quantum technology"])


def test_several_days_end_the_day_after_the_last(client: Client) -> None:
    make_public(starts_on="2025-12-09", ends_on="2025-12-11")

    assert only(client)["DTEND"].dt == dt.date(2025, 12, 12)


def test_last_day_that_is_not_known_is_left_open(client: Client) -> None:
    make_public(starts_on="2025-12-09", ends_on="2025-12")

    assert only(client).get("DTEND") is None


def test_hour_at_which_several_days_begin_yields_to_the_days_where_their_end_has_none(client: Client) -> None:
    make_public(starts_on="2025-12-09", ends_on="2025-12-11", starts_at=dt.datetime(2025, 12, 9, 1, tzinfo=dt.UTC))

    held = only(client)

    assert (held["DTSTART"].dt, held["DTEND"].dt) == (dt.date(2025, 12, 9), dt.date(2025, 12, 12))


def test_hour_that_comes_twice_is_told_apart(client: Client) -> None:
    """When clocks go back in New York, at six in UTC; a local time would mean the hour before."""
    twice = dt.datetime(2025, 11, 2, 6, 30, tzinfo=dt.UTC)
    make_public(venue=make.make_venue(time_zone="America/New_York"), starts_at=twice, starts_on="2025-11-02")

    assert only(client)["DTSTART"].to_ical() == b"20251102T063000Z"


def test_known_hour_is_given_in_the_zone_of_the_venue(client: Client) -> None:
    hours = {
        "starts_at": dt.datetime(2025, 12, 9, 1, tzinfo=dt.UTC),
        "ends_at": dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC),
    }
    make_public(venue=make.make_venue(time_zone="Asia/Seoul"), **hours)

    held = only(client)

    assert held["DTSTART"].dt == dt.datetime(2025, 12, 9, 10, tzinfo=ZoneInfo("Asia/Seoul"))
    assert held["DTSTART"].params["TZID"] == "Asia/Seoul"
    assert held["DTEND"].dt == dt.datetime(2025, 12, 9, 12, tzinfo=ZoneInfo("Asia/Seoul"))
    assert [zone["TZID"] for zone in read(client).timezones] == ["Asia/Seoul"]


def test_known_hour_without_a_zone_is_given_in_utc(client: Client) -> None:
    make_public(starts_at=dt.datetime(2025, 12, 9, 1, tzinfo=dt.UTC))

    assert b"DTSTART:20251209T010000Z" in client.get("/events.ics").content


@pytest.mark.parametrize(
    ("status", "written", "name", "busy"),
    [
        ("scheduled", "CONFIRMED", "Forum", None),
        ("held", "CONFIRMED", "Forum", None),
        ("postponed", "TENTATIVE", "Forum (postponed)", "TRANSPARENT"),
        ("cancelled", "CANCELLED", "Forum (cancelled)", "TRANSPARENT"),
    ],
)
def test_status_is_said_in_the_calendars_words_and_in_the_name(
    client: Client, status: str, written: str, name: str, busy: str | None
) -> None:
    make_public(name="Forum", status=status)

    held = only(client)

    assert (held["STATUS"], held["SUMMARY"], held.get("TRANSP")) == (written, name, busy)


def test_stamps_are_those_of_the_last_change_and_terms_stand_at_the_head(client: Client) -> None:
    make_public()

    held, stamp = read(client), Change.objects.get(kind="event").changed_at.replace(microsecond=0)

    assert [held.events[0][name].dt for name in ("DTSTAMP", "LAST-MODIFIED")] == [stamp, stamp]
    assert held["X-TDM-RESERVATION"] == "1"


def test_each_public_change_is_a_later_sequence(client: Client) -> None:
    event = make_public()
    with changes.recording() as record:
        event.name = "Renamed"
        event.save()
        record.touch(event)

    assert only(client)["SEQUENCE"] == 2


def test_year_that_was_inferred_is_said(client: Client) -> None:
    make_public(starts_on="?2025-12-09")

    assert only(client)["DESCRIPTION"] == "Date: 9 December 2025 (year inferred)"


@pytest.mark.parametrize("date", ["?2025-XX-06", "2025-12", "2025", "2025-12-09~", "2025-12-09?", "XXXX-12-09", ""])
def test_day_that_is_not_known_is_never_invented(client: Client, date: str) -> None:
    make_public(slug="vague", starts_on=date)
    make_public(name="Certain")

    alone = client.get("/events/vague.ics")

    assert names(client) == ["Certain"]
    assert read(client)["X-WR-CALDESC"] == "1 event is left out, since its day is not known."
    assert (alone.status_code, alone.headers["Content-Type"]) == (404, "text/plain; charset=utf-8")
    assert alone.content.decode().startswith("The day of this event is not known (")


def test_one_event_has_a_calendar_of_its_own(client: Client) -> None:
    make_public(slug="one", name="One")
    make_public(name="Other")

    assert names(client, "/events/one.ics") == ["One"]
    assert client.get("/events/one.ics").headers["Content-Disposition"] == 'inline; filename="one.ics"'


def test_calendar_takes_the_filters_of_the_list_and_says_so(client: Client) -> None:
    make_public(name="Forum", kind="forum")
    make_public(name="Seminar", kind="seminar")

    assert names(client, "/events.ics?kind=forum") == ["Forum"]
    assert read(client, "/events.ics?kind=forum")["X-WR-CALNAME"] == "Meridian: Events – Kind of meeting: Forum"


def test_calendar_names_no_host_but_the_sites(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://newsroom.example"
    make_public()

    assert only(client)["URL"].startswith("https://newsroom.example/events/")


def test_calendar_shows_nothing_hidden(client: Client) -> None:
    show_things()
    hide_things()

    answer = client.get("/events.ics")

    assert names(client) == ["Open day"]
    assert SECRET not in answer.content.decode().lower()
    assert client.get(f"/events/event-{SECRET}.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        on_topic(make_public(venue=make.make_venue()))

    with django_assert_num_queries(4):  # the head, the events, their changes, the names of topics
        assert len(names(client)) == count
