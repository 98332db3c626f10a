"""Drawings on pages: which organisations meet, and what stays hidden."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance, Event, Hosting
from newsroom.website.drawings.bodies import around_organisation, network
from people.models import Organisation, Person, Position
from tests import factories as make
from tests.website.html import open_page, part, texts

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def body(name: str, **over: object) -> Organisation:
    return make.make_organisation(name=name, slug=name.lower(), **{"is_public": True, **over})


def event(name: str, *hosts: Organisation, **over: object) -> Event:
    found = make.make_event(name=name, slug=name.lower(), **{"is_public": True, "starts_on": "2025", **over})
    for host in hosts:
        Hosting.objects.create(event=found, organisation=host)
    return found


def person(name: str, *bodies: Organisation, **over: object) -> Person:
    found = make.make_person(slug=name.lower(), family_name=name, given_name="", **{"is_public": True, **over})
    for one in bodies:
        make.make_row(Position, found, person=found, title="Chair", organisation=one)
    return found


def seen(at: Event, who: Person) -> None:
    make.make_row(Appearance, at, event=at, person=who, position=who.positions.first())


def test_organisation_is_tied_by_calls_by_who_was_seen_and_by_people(client: Client) -> None:
    own, host, guest, other = body("Own"), body("Host"), body("Guest"), body("Other")
    forum = event("Forum", own, host)
    seen(forum, person("Doe", guest))
    person("Roe", own, other, guest)

    section = part(open_page(client, own.get_absolute_url()), "around")

    assert section is not None
    assert texts(section, "./details/ul/li") == ["Forum 2025 Guest Host", "Roe in posts at both Other Guest"]
    assert texts(section, f".//{SVG}g[@class='again']") == ["Guest"]


def test_organisation_is_drawn_from_what_is_public_alone() -> None:
    own, guest = body("Own"), body("Guest")
    event("Hidden", own, guest, is_public=False)
    silent = event("Silent", own, attribution="chatham-house")
    seen(silent, person("Doe", guest))
    known = event("Known", own, body("Secret", is_public=False))
    seen(known, person("Roe", guest, is_public=False))
    person("Poe", own, guest, is_public=False)

    assert around_organisation(own) is None
    assert network() is None


def test_one_common_meeting_is_no_bond_and_two_are() -> None:
    one, other, third = body("One"), body("Other"), body("Third")
    for name in ("First", "Second"):
        meeting = event(name)
        for number, whose in enumerate([one, other, third][: 2 if name == "First" else 3]):
            seen(meeting, person(f"{name}{number}", whose))

    found = network()

    assert found is not None
    assert [(one.name, [(other.name, words) for other, words in others]) for one, others in found.bonds] == [
        ("One", [("Other", "both seen at 2 meetings")])
    ]


def test_list_shows_who_calls_meetings_together(client: Client) -> None:
    one, other = body("One"), body("Other")
    event("Forum", one, other)

    section = part(open_page(client, "/organisations/"), "network")

    assert section is not None
    assert texts(section, ".//td") == ["One", "Other 1 meeting called together"]
    assert len(list(section.iter(f"{SVG}path"))) == 1
    assert part(open_page(client, "/organisations/?q=one"), "network") is None


@pytest.mark.parametrize("number", [1, 3])
def test_network_costs_the_same_however_many_meet(
    django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    own = body("Own")
    for place in range(number):
        guest = body(f"Guest{place}")
        seen(event(f"Forum{place}", own, guest), person(f"Doe{place}", guest, own))

    with django_assert_num_queries(5):
        network()
    with django_assert_num_queries(5):
        around_organisation(own)
