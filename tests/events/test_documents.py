"""What the public sees of an event."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from events.documents import with_all
from events.models import Appearance, Event, Hosting, Session, Statement
from newsroom import changes, search
from newsroom.models import SearchEntry
from tests import factories
from tests.changes.feed import document
from tests.factories import make_row

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 12, 9, 12, tzinfo=dt.UTC)
EMPTY_SOURCE = {
    "author": "",
    "title": "",
    "published_on": None,
    "url": "",
    "rights_notice": "",
    "redistribution": "unknown",
    "ai_training": "unknown",
}


def make_full_event() -> Event:
    person = factories.make_person(slug="doe", family_name="Doe", given_name="Kim")
    event = factories.make_event(
        is_public=True,
        slug="congress",
        name="Congress",
        starts_on="2025-12-09",
        starts_at=dt.datetime(2025, 12, 9, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=9))),
        venue=factories.make_venue(name="Hall", country="KR", latitude="37.5"),
        series=factories.make_series(slug="forum", name="Forum", since="2021"),
        number_in_series=143,
        attendance=300,
        attendance_is_about=True,
    )
    host = factories.make_organisation(name="Academy")
    source = factories.make_source(publisher="Asia Daily")
    make_row(Hosting, event, event=event, organisation=host, role="co-host")
    session = make_row(Session, event, event=event, order=2, title="Part two")
    part = {"title_as_printed": "President", "name_as_printed": "K. Doe", "talk_title": "On rain"}
    keynote = make_row(Appearance, event, event=event, person=person, session=session, role="keynote", **part)
    words = {"text": "That it rains.", "appearance": keynote, "source": source}
    make_row(Statement, event, event=event, person=person, order=1, **words)
    make_row(Statement, event, event=event, organisation=host, order=2, text="That it shines.")
    with changes.recording() as record:
        event.topics.add(factories.make_topic(is_public=True, slug="space", name="Space"), factories.make_topic())
        event.sources.add(source)
        record.touch(event)
    return event


def test_document_of_an_event_is_complete() -> None:
    event = make_full_event()

    topic = event.topics.public().get()
    assert document(event) == {
        "id": str(event.uuid),
        "type": "event",
        "url": "http://testserver/events/congress/",
        "slug": "congress",
        "name": "Congress",
        "native_name": "",
        "theme": "",
        "summary": "",
        "kind": "meeting",
        "mode": "not-stated",
        "status": "scheduled",
        "starts_on": {"edtf": "2025-12-09", "earliest": "2025-12-09", "latest": "2025-12-09"},
        "ends_on": None,
        "date_as_printed": "",
        "starts_at": "2025-12-09T01:00:00Z",
        "ends_at": None,
        "venue": {
            "name": "Hall",
            "city": "Seoul",
            "country": "KR",
            "address": "",
            "time_zone": "",
            "latitude": 37.5,
            "longitude": None,
        },
        "country": "KR",
        "series": {
            "slug": "forum",
            "name": "Forum",
            "number": 143,
            "since": {"edtf": "2021", "earliest": "2021-01-01", "latest": "2021-12-31"},
        },
        "hosts": [{"role": "co-host", "organisation": {"name": "Academy"}}],
        "attendance": 300,
        "attendance_is_about": True,
        "recording_url": "",
        "recording_note": "",
        "attribution": "not-stated",
        "sessions": [
            {"order": 2, "title": "Part two", "summary": "", "starts_at": None, "ends_at": None, "room": ""},
        ],
        "appearances": [
            {
                "person": {"name": "Doe Kim"},
                "name_as_printed": "K. Doe",
                "title_as_printed": "President",
                "role": "keynote",
                "session": 2,
                "talk_title": "On rain",
            }
        ],
        "statements": [
            {
                "person": {"name": "Doe Kim"},
                "organisation": None,
                "title_as_printed": "President",
                "text": "That it rains.",
                "language": "en",
                "source": {"publisher": "Asia Daily", **EMPTY_SOURCE},
            },
            {
                "person": None,
                "organisation": {"name": "Academy"},
                "title_as_printed": "",
                "text": "That it shines.",
                "language": "en",
                "source": None,
            },
        ],
        "topics": [{"id": str(topic.uuid), "type": "topic", "name": "Space", "url": "http://testserver/topics/space/"}],
        "sources": [{"publisher": "Asia Daily", **EMPTY_SOURCE}],
    }


@pytest.mark.parametrize("words", ["Congress", "Academy", "Hall", "Part two", "Doe", "President", "On rain", "shines"])
def test_event_is_found_by_what_its_page_says(words: str) -> None:
    make_full_event()

    assert search.counts(words) == {"event": 1}


@pytest.mark.parametrize(
    ("dates", "sort_at"),
    [
        ({"starts_on": "2025-12"}, dt.datetime(2025, 12, 1, tzinfo=dt.UTC)),
        ({"starts_on": "2025-12", "starts_at": NOON}, NOON),
        ({"starts_on": "XXXX-XX-06"}, None),
        ({}, None),
    ],
)
def test_search_sorts_events_by_the_first_moment_they_can_begin(
    dates: dict[str, object], sort_at: dt.datetime | None
) -> None:
    event = factories.make_event(is_public=True, **dates)

    assert SearchEntry.objects.get(object_id=event.uuid).sort_at == sort_at


@pytest.mark.parametrize("number", [1, 3])
def test_everything_of_events_is_read_in_a_fixed_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        event = factories.make_event(is_public=True)
        make_row(Appearance, event, event=event, person=factories.make_person())

    with django_assert_num_queries(7):
        events = list(with_all(Event.objects.all()))

    assert len(events) == number
