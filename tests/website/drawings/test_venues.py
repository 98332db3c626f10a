"""Drawings on pages: where one meeting was, and where they all were, as far as the public may know."""

import pytest
from django.test import Client

from events.models import Appearance, Event, Venue
from tests import factories as make
from tests.website.html import links, open_page, part, texts

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


def venue(number: int, **over: object) -> Venue:
    values = {"slug": f"v{number}", "city": f"City {number}", "latitude": 10 + number, "longitude": 20 + number}
    return Venue.objects.create(**{**values, **over})


def held(at: Venue, **over: object) -> Event:
    return make.make_event(venue=at, **{"is_public": True, "starts_on": "2025", **over})


def test_event_at_a_known_place_has_a_map_and_the_way_there(client: Client) -> None:
    event = held(venue(1, name="Great Hall", latitude="37.50000", longitude="-0.12500"))

    figure = open_page(client, event.get_absolute_url()).find(".//figure[@class='drawing']")

    assert figure is not None
    assert texts(figure, f".//{SVG}text") == ["City 1"]
    assert [one.attrib["href"] for one in figure.iter("a")] == [
        "https://www.openstreetmap.org/?mlat=37.50000&mlon=-0.12500#map=15/37.50000/-0.12500"
    ]


@pytest.mark.parametrize(
    ("place", "values"),
    [({"latitude": None}, {}), ({"longitude": None}, {}), ({"latitude": -90}, {}), ({}, {"mode": "online"})],
)
def test_event_nobody_knows_where_or_that_is_nowhere_has_no_map(
    client: Client, place: dict[str, int | None], values: dict[str, str]
) -> None:
    event = held(venue(1, **place), **values)

    assert open_page(client, event.get_absolute_url()).find(".//figure[@class='drawing']") is None


def test_ten_places_are_a_map_with_a_table_beside_it(client: Client) -> None:
    for number in range(10):
        held(venue(number))
    held(venue(10, city="City 9", latitude="19.1"), slug="again")

    section = part(open_page(client, "/events/"), "places")

    assert section is not None
    assert len(list(section.iter(f"{SVG}circle"))) == 10
    assert texts(section, ".//td")[:4] == ["City 9", "2", "City 0", "1"]


def test_places_of_hidden_meetings_make_no_map(client: Client) -> None:
    for number in range(9):
        held(venue(number))
    held(venue(9), is_public=False)
    held(venue(10), mode="online")
    held(venue(11, latitude=None, longitude=None))

    assert part(open_page(client, "/events/"), "places") is None


def test_map_shows_what_the_filters_leave_and_keeps_them(client: Client) -> None:
    for number in range(11):
        held(venue(number), kind="forum" if number else "seminar", slug=f"e{number}")

    filtered = part(open_page(client, "/events/?kind=forum"), "places")

    assert filtered is not None
    assert texts(filtered, ".//td")[::2] == [f"City {number}" for number in (1, 10, *range(2, 10))]
    assert links(filtered)["City 1"] == "/events/?q=City+1&kind=forum"
    assert part(open_page(client, "/events/?kind=seminar"), "places") is None


def test_series_shows_who_keeps_meeting_there(client: Client) -> None:
    series = make.make_series(slug="forum")
    again = make.make_person(family_name="Doe", given_name="Jane", is_public=True)
    for number in range(2):
        event = held(venue(number), series=series)
        for person in (again, make.make_person(is_public=True)):
            Appearance.objects.create(event=event, person=person)

    section = part(open_page(client, "/events/?series=forum"), "who")

    assert section is not None
    assert len(texts(section, ".//tbody/tr")) == 1
    assert part(open_page(client, "/events/"), "who") is None
