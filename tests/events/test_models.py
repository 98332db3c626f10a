"""What the diary's records refuse and derive."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from events.models import Appearance, Event, Hosting, Session, Statement, Venue
from tests import factories
from tests.factories import refuses

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("country", "venue_country", "held_in"), [("KR", "CN", "KR"), ("", "CN", "CN"), ("KR", None, "KR"), ("", None, "")]
)
def test_event_is_held_in_its_own_country_or_its_venues(country: str, venue_country: str | None, held_in: str) -> None:
    venue = factories.make_venue(country=venue_country) if venue_country else None

    event = factories.make_event(country=country, venue=venue)

    assert Event.objects.get(pk=event.pk).held_in == held_in


@pytest.mark.parametrize(
    ("rule", "names_nobody"), [("not-stated", False), ("on-the-record", False), ("chatham-house", True)]
)
def test_event_names_nobody_under_one_rule_alone(rule: str, names_nobody: bool) -> None:
    assert Event(attribution=rule).names_nobody is names_nobody


@pytest.mark.parametrize(
    ("status", "is_cancelled"), [("scheduled", False), ("postponed", False), ("cancelled", True), ("held", False)]
)
def test_event_is_cancelled_in_one_status_alone(status: str, is_cancelled: bool) -> None:
    assert Event(status=status).is_cancelled is is_cancelled


def test_event_cannot_end_before_it_begins() -> None:
    backwards = {"starts_at": NOON, "ends_at": NOON - dt.timedelta(minutes=1)}

    assert refuses(Event, slug="a", name="A", **backwards)
    with pytest.raises(ValidationError, match="cannot end before it begins"):
        Event(slug="a", name="A", **backwards).full_clean()


def test_session_cannot_end_before_it_begins() -> None:
    event = factories.make_event()
    session = Session(event=event, order=1, title="Panel", starts_at=NOON, ends_at=NOON - dt.timedelta(minutes=1))

    with pytest.raises(ValidationError) as refused:
        session.full_clean()

    assert refused.value.message_dict == {"ends_at": ["It cannot end before it begins."]}


def test_event_may_end_as_it_begins_or_have_one_instant_alone() -> None:
    spans = [{"starts_at": NOON, "ends_at": NOON}, {"starts_at": NOON}, {"ends_at": NOON}]

    assert [refuses(Event, slug=f"e-{n}", name="E", **span) for n, span in enumerate(spans)] == [False] * 3


def test_number_stands_once_in_a_series_and_outside_of_one_at_will() -> None:
    series = factories.make_series()
    rows: list[dict[str, Any]] = [{"series": series, "number_in_series": 3}] * 2 + [{"number_in_series": 3}] * 2

    assert [refuses(Event, slug=f"e-{n}", name="E", **row) for n, row in enumerate(rows)] == [False, True, False, False]


def test_venue_has_a_name_or_a_city() -> None:
    rows = [{}, {"name": "Hall"}, {"city": "Seoul"}]

    assert [refuses(Venue, slug=f"v-{n}", **row) for n, row in enumerate(rows)] == [True, False, False]


@pytest.mark.parametrize(
    ("name", "city", "words"), [("Hall", "Seoul", "Hall, Seoul"), ("Hall", "", "Hall"), ("", "Seoul", "Seoul")]
)
def test_venue_is_called_by_what_is_known_of_it(name: str, city: str, words: str) -> None:
    assert str(Venue(name=name, city=city)) == words


@pytest.mark.parametrize("zone", ["Seoul", "UTC+9", "asia/nowhere"])
def test_venue_refuses_what_is_no_time_zone(zone: str) -> None:
    with pytest.raises(ValidationError, match="is no time zone"):
        Venue(slug="v", name="Hall", time_zone=zone).full_clean()


@pytest.mark.parametrize(("name", "value"), [("latitude", "90.1"), ("latitude", "-91"), ("longitude", "180.5")])
def test_venue_refuses_a_place_off_the_globe(name: str, value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Venue(slug="v", name="Hall", **{name: value}).full_clean()

    assert list(refused.value.message_dict) == [name]


def test_rows_of_an_event_stand_once() -> None:
    event, person, organisation = factories.make_event(), factories.make_person(), factories.make_organisation()
    rows: list[tuple[Any, dict[str, Any]]] = [
        (Hosting, {"organisation": organisation, "role": "host"}),
        (Session, {"order": 1, "title": "One"}),
        (Appearance, {"person": person, "role": "keynote"}),
        (Statement, {"order": 1, "text": "That it rains."}),
    ]

    refused = [refuses(model, event=event, **row) for model, row in [*rows, *rows]]

    assert refused == [False] * 4 + [True] * 4


def test_person_may_appear_in_two_roles() -> None:
    event, person = factories.make_event(), factories.make_person()

    assert [refuses(Appearance, event=event, person=person, role=role) for role in ("chair", "keynote")] == [False] * 2


def test_person_who_appeared_cannot_be_deleted() -> None:
    person = factories.make_person()
    Appearance.objects.create(event=factories.make_event(), person=person)

    with pytest.raises(ProtectedError):
        person.delete()


def test_deleted_session_leaves_its_speakers() -> None:
    event = factories.make_event()
    session = Session.objects.create(event=event, order=1, title="One")
    Appearance.objects.create(event=event, person=factories.make_person(), session=session)

    session.delete()

    assert Appearance.objects.get().session is None


def test_rows_are_named_in_fixtures_by_what_they_are() -> None:
    event, person = factories.make_event(slug="congress"), factories.make_person(slug="doe")
    part = Appearance.objects.create(event=event, person=person, role="keynote")
    words = Statement.objects.create(event=event, person=person, order=4, text="That it rains.")

    assert [part.natural_key(), words.natural_key()] == [("congress", "doe", "keynote"), ("congress", 4)]
    assert Appearance.objects.get_by_natural_key("congress", "doe", "keynote") == part
    assert Statement.objects.get_by_natural_key("congress", 4) == words


def test_event_cannot_end_on_a_day_before_it_begins() -> None:
    event = factories.make_event(starts_on="2025-05-10")
    event.ends_on = "2025-05-09"

    with pytest.raises(ValidationError) as refusal:
        event.full_clean()

    assert list(refusal.value.message_dict) == ["ends_on"]
