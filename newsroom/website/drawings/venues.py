"""Drawings: where meetings are held, as far as their venues' coordinates are known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from events.filters import EventFilters
from events.models import Event, Venue
from newsroom import keyset
from newsroom.website.drawings.land import Point
from newsroom.website.drawings.places import Map, Place, map_of
from newsroom.website.pages.links import Link

FEWEST = 10  # a list says less than that as well
NEWEST = 1_000  # meetings that are looked through
REGION, CONTINENT = 14, 30  # degrees: how high a map is at least


@dataclass(frozen=True)
class VenueMap:
    """Where one meeting was, with a way to a map of its streets."""

    drawing: Map
    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class VenuesMap:
    """Where the newest meetings were, the places with the most first."""

    drawing: Map
    places: list[Place]


def venue_map(event: Event) -> VenueMap | None:
    """Reads `event.venue`; None where it is nowhere, or nobody knows where."""
    venue = event.venue
    if venue is None or event.mode == Event.Mode.ONLINE or (point := _point(venue)) is None:
        return None
    drawing = map_of([Place(Link(venue.city or venue.name), point)], least=REGION)
    return VenueMap(drawing, str(venue), point[1], point[0]) if drawing else None


def venues_map(events: QuerySet[Event], leading: Callable[[str], str]) -> VenuesMap | None:
    """Where these meetings were; `leading` says what address a place's name leads to.

    None of fewer places than make a map worth drawing.
    """
    newest = keyset.ordered(events.exclude(mode=Event.Mode.ONLINE), EventFilters.orders["newest"])
    held = Counter(newest.values_list("venue", flat=True)[:NEWEST])
    venues = Venue.objects.exclude(latitude=None).exclude(longitude=None).in_bulk([key for key in held if key])
    if len(venues) < FEWEST:
        return None
    places = _places(((venue, held[venue.pk]) for venue in venues.values()), leading)
    drawing = map_of(places, least=CONTINENT)
    return VenuesMap(drawing, places) if drawing else None


def _places(venues: Iterable[tuple[Venue, int]], leading: Callable[[str], str]) -> list[Place]:
    """Venues of one city are one place, which stands where most of its meetings were."""
    cities: dict[tuple[str, str], list[tuple[Venue, int]]] = defaultdict(list)
    for venue, number in venues:
        cities[venue.city or venue.slug, str(venue.country.code)].append((venue, number))
    places = [_place(together, leading) for together in cities.values()]
    return sorted(places, key=lambda one: (-one.number, one.link))


def _place(together: list[tuple[Venue, int]], leading: Callable[[str], str]) -> Place:
    foremost = max(together, key=lambda one: (one[1], -one[0].pk))[0]
    name = foremost.city or foremost.name
    meetings = sum(number for _venue, number in together)
    return Place(Link(name, leading(name)), _point(foremost) or (0.0, 0.0), meetings)


def _point(venue: Venue) -> Point | None:
    if venue.latitude is None or venue.longitude is None:
        return None
    return float(venue.longitude), float(venue.latitude)
