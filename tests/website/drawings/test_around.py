"""Drawings on pages: what stands around a person or an organisation, and what stays hidden."""

import pytest
from django.test import Client

from events.models import Appearance, Event
from people.models import Person
from tests import factories as make
from tests.website.html import open_page, part, texts

SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.django_db


def meet(event: Event, *people: Person) -> None:
    for order, person in enumerate(people):
        make.make_row(Appearance, event, event=event, person=person, order=order)


def person(name: str, **over: object) -> Person:
    return make.make_person(slug=name.lower(), family_name=name, given_name="", **{"is_public": True, **over})


def test_person_is_drawn_with_meetings_and_those_met_there(client: Client) -> None:
    doe, roe, poe = person("Doe"), person("Roe"), person("Poe")
    first = make.make_event(slug="first", name="First forum", starts_on="2024", is_public=True)
    second = make.make_event(slug="second", name="Second forum", starts_on="2025-XX-06", is_public=True)
    meet(first, doe, roe)
    meet(second, doe, roe, poe)

    drawing = part(open_page(client, doe.get_absolute_url()), "company").find(".//figure")

    assert drawing is not None
    assert [one.attrib["href"] for one in drawing.iter(f"{SVG}a")] == [
        "/events/second/",
        "/events/first/",
        "/people/poe/",
        "/people/roe/",
    ]
    assert texts(drawing, f".//{SVG}g[@class='again']") == ["Roe"]
    assert texts(drawing, f".//{SVG}text[@class='note']") == ["the 6th of an unknown month, 2025", "2024"]


def test_whoever_is_not_public_is_not_drawn(client: Client) -> None:
    doe = person("Doe")
    silent = make.make_event(name="Zanzibar", attribution="chatham-house", is_public=True)
    hidden = make.make_event(name="Tanganyika", is_public=False)
    known = make.make_event(name="Known", is_public=True)
    for event in (silent, hidden, known):
        meet(event, doe, person(f"Secret{event.pk}", is_public=False), person(f"Open{event.pk}"))

    page = client.get(doe.get_absolute_url()).content.decode()
    drawing = page.split('<figure class="drawing')[1].split("</figure>")[0]

    assert [word in drawing for word in ("Zanzibar", "Tanganyika", "Secret", "Known", f"Open{known.pk}")] == [
        False,
        False,
        False,
        True,
        True,
    ]
