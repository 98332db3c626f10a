"""The diary in the admin: its list in words, and the words of a meeting on its page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance, Event, Statement, Venue
from newsroom import changes, feedcheck
from tests.desk.pages import as_sent, with_row
from tests.factories import make_event, make_person, make_photo

pytestmark = pytest.mark.django_db

LIST = "/admin/events/event/"


def change(event: Event) -> str:
    return reverse("admin:events_event_change", args=[event.pk])


def cell(page: object, name: str) -> list[str]:
    """The texts of one column, row by row."""
    listing = page.context["cl"]  # type: ignore[attr-defined]
    return [str(getattr(listing.model_admin, name)(event)) for event in listing.result_list]


def test_list_says_dates_as_imprecise_as_they_are(chief_client: Client) -> None:
    make_event(starts_on="2025-XX-06")
    make_event(starts_on="2023-12-19", ends_on="2023-12-20")

    page = chief_client.get(LIST)

    assert cell(page, "date") == ["the 6th of an unknown month, 2025", "19 December 2023 – 20 December 2023"]


def test_list_takes_the_country_from_the_venue_where_the_event_has_none(chief_client: Client) -> None:
    seoul = Venue.objects.create(slug="hall", name="Hall", country="KR")
    make_event(starts_on="2025", venue=seoul)
    make_event(starts_on="2024", venue=seoul, country="CN")
    make_event(starts_on="2023")

    page = chief_client.get(LIST)

    assert cell(page, "held_in") == ["South Korea", "China", ""]


def test_list_is_filtered_by_the_country_it_shows(chief_client: Client) -> None:
    seoul = Venue.objects.create(slug="hall", name="Hall", country="KR")
    there = make_event(venue=seoul)
    make_event(country="CN")

    page = chief_client.get(LIST, {"country": "KR"})

    assert list(page.context["cl"].result_list) == [there]


def test_list_counts_the_people_of_each_event(chief_client: Client) -> None:
    event = make_event()
    for _ in range(2):
        Appearance.objects.create(event=event, person=make_person())

    assert cell(chief_client.get(LIST), "appearance_count") == ["2"]


def test_new_appearance_is_in_the_feed(chief_client: Client) -> None:
    event, person = make_event(is_public=True), make_person(is_public=True)
    before = changes.head().seq
    sent = as_sent(chief_client.get(change(event)))

    chief_client.post(change(event), with_row(sent, "appearances", person=person.pk, role="keynote"))

    assert event.appearances.get().order == 1
    assert changes.head().seq == before + 1
    assert list(feedcheck.drifts(timezone.now())) == []


def test_event_shows_its_photos(chief_client: Client) -> None:
    event = make_event()
    make_photo(event=event, headline="The picture")

    assert ">The picture</a>" in chief_client.get(change(event)).content.decode()


def test_statement_is_kept_with_its_appearance(chief_client: Client) -> None:
    event, person = make_event(), make_person()
    appearance = Appearance.objects.create(event=event, person=person)
    sent = as_sent(chief_client.get(change(event)))
    words = {"person": person.pk, "appearance": appearance.pk, "text": "It went well.", "language": "en"}

    chief_client.post(change(event), with_row(sent, "statements", **words))

    assert [(one.order, one.appearance, one.text) for one in Statement.objects.all()] == [
        (1, appearance, "It went well.")
    ]
