"""Drawings: who keeps meeting: people or organisations on strings, with a bead for each meeting they were at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.models import Appearance, Event
from newsroom.dates import PartialDate
from newsroom.website.drawings.bodies import bodies_at, links_of
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.people import PersonLine
from people.models import Person

MOST_COLUMNS = 6  # that a phone has room for
MOST_STRINGS = 12
MOST_PARTS = 600


@dataclass(frozen=True)
class Column:
    """A meeting at the head of the bead table, by the month in which it was."""

    event: Event
    label: str


@dataclass(frozen=True)
class Bead:
    """One person or body at one meeting, and how the line to the other meetings runs through it."""

    event: Event
    is_on: bool
    classes: str


@dataclass(frozen=True)
class String:
    """The meetings of one person or body, in the order of the columns."""

    line: PersonLine | Link
    beads: list[Bead]


@dataclass(frozen=True)
class Meetings:
    """Who keeps meeting: those of more than one of the meetings looked at."""

    columns: list[Column]
    strings: list[String]
    again: int
    named: int


@dataclass(frozen=True)
class Company:
    """Who keeps meeting on a topic or in a series."""

    people: Meetings
    bodies: Meetings

    def __bool__(self) -> bool:
        return bool(self.people.strings or self.bodies.strings)


def company(events: Sequence[Event]) -> Company:
    """Of these meetings, the newest first, in four queries at most."""
    parts = Appearance.objects.public().filter(event__in=[event.pk for event in events], person__is_public=True)
    named: dict[int, Person] = {}
    people: dict[int, set[int]] = {}
    for part in parts.select_related("person").order_by("-event", "order", "pk")[:MOST_PARTS]:
        named[part.person_id] = part.person
        people.setdefault(part.person_id, set()).add(part.event_id)
    called, seen = bodies_at(events)
    bodies: dict[int, set[int]] = {}
    for event in events:
        for body in sorted(called[event.pk] | seen[event.pk]):
            bodies.setdefault(body, set()).add(event.pk)
    return Company(
        strung(events, people, {key: link(named[key]) for key in _foremost(events, people)}),
        strung(events, bodies, links_of(_foremost(events, bodies))),
    )


def _foremost(events: Sequence[Event], attended: Mapping[int, Collection[int]]) -> list[int]:
    """Those of several of the meetings that there are columns for, of most first."""
    again = [key for key, meetings in attended.items() if len(meetings) > 1]
    shown = {event.pk for event in _latest(events, attended, again)}
    often = {key: len(shown.intersection(attended[key])) for key in again}
    return sorted((key for key in again if often[key] > 1), key=lambda key: (-often[key], key))[:MOST_STRINGS]


def _latest(events: Sequence[Event], attended: Mapping[int, Collection[int]], keys: Collection[int]) -> list[Event]:
    """The latest meetings at which any of these was, in the order of time; events are newest first."""
    return [event for event in reversed(events) if any(event.pk in attended[key] for key in keys)][-MOST_COLUMNS:]


def strung(
    events: Sequence[Event], attended: Mapping[int, Collection[int]], lines: Mapping[int, PersonLine | Link]
) -> Meetings:
    """The beads of those who have a line, on the latest meetings at which any of them was; events are newest first."""
    shown = _latest(events, attended, lines)
    return Meetings(
        columns=[Column(event, month_of(event)) for event in shown],
        strings=[String(line, beads(shown, attended[key])) for key, line in lines.items()],
        again=sum(len(meetings) > 1 for meetings in attended.values()),
        named=len(attended),
    )


def beads(shown: Sequence[Event], attended: Collection[int]) -> list[Bead]:
    places = [place for place, event in enumerate(shown) if event.pk in attended]
    return [Bead(event, event.pk in attended, _classes(place, places)) for place, event in enumerate(shown)]


def month_of(event: Event) -> str:
    day = event.starts_on
    if day and day.year and day.season:
        return PartialDate(day.year, season=day.season).in_words()
    if day is None or day.year is None or day.month is None:
        return _("n.d. %(year)s") % {"year": day.year} if day and day.year else _("n.d.")
    return date_format(dt.date(day.year, day.month, 1), pgettext("date format of a short month", "M Y"))


def _classes(place: int, places: Sequence[int]) -> str:
    """A dot for each meeting, a line from the first of them to the last."""
    marks = ["on"] if place in places else []
    if len(places) > 1 and places[0] <= place <= places[-1]:
        marks += ["ln", *(["st"] if place == places[0] else []), *(["en"] if place == places[-1] else [])]
    return " ".join(marks)
