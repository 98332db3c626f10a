"""Drawings: which organisations meet: who calls meetings with whom, and whom people tie to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.filters import EventFilters
from events.models import Appearance, Event, Hosting
from events.querysets import AppearanceQuerySet
from newsroom import keyset
from newsroom.dates import span_in_words
from newsroom.local_names import native_of
from newsroom.website.drawings.arcs import Arcs, Pair, arcs
from newsroom.website.drawings.neighbourhood import MOST_TIES, Neighbourhood, Tie, neighbourhood
from newsroom.website.pages.links import Link, link
from people.models import Organisation, Position

RECENT = 60  # meetings that are looked through for who meets whom
MOST_MEETINGS = 8  # of one organisation, so that there is room for people
MOST_POSTS = 2_000
CALLED, PERSON = 3, 2  # what a common call and a common person weigh, in common meetings


@dataclass(frozen=True)
class Bond:
    """What two organisations have in common."""

    calls: int = 0
    people: int = 0
    meetings: int = 0

    @property
    def is_drawn(self) -> bool:
        """One meeting at which both were seen is no bond yet."""
        return bool(self.calls or self.people or self.meetings > 1)

    @property
    def weight(self) -> int:
        return CALLED * self.calls + PERSON * self.people + self.meetings

    def in_words(self) -> str:
        """Who called a meeting together was seen there; that alone needs no words."""
        seen = self.meetings if self.meetings > self.calls else 0
        parts = [
            (self.calls, ngettext("%(n)d meeting called together", "%(n)d meetings called together", self.calls)),
            (self.people, ngettext("%(n)d person in posts at both", "%(n)d people in posts at both", self.people)),
            (seen, ngettext("both seen at %(n)d meeting", "both seen at %(n)d meetings", seen)),
        ]
        return ", ".join(words % {"n": number} for number, words in parts if number)


@dataclass(frozen=True)
class Network:
    """The drawing, and every bond in it in words for the table beside it: each once, in the order of the drawing."""

    drawing: Arcs
    bonds: list[tuple[Link, list[tuple[Link, str]]]]


def around_organisation(organisation: Organisation) -> Neighbourhood | None:
    """An organisation, its latest meetings and the people in its posts, and which others those tie it to."""
    events = _meetings_of(organisation)
    called, seen = bodies_at(events)
    here = {event.pk: (called[event.pk] | seen[event.pk]) - {organisation.pk} for event in events}
    links = links_of({key for bodies in here.values() for key in bodies})
    ties = [
        Tie(link(event), span_in_words(event.starts_on, event.ends_on), sorted(links[key] for key in here[event.pk]))
        for event in events
    ]
    return neighbourhood(native_of(organisation) or organisation.known_as, [*ties, *_people_of(organisation)])


def network() -> Network | None:
    """Who called the newest meetings together, who met at several of them, and who share people."""
    newest = keyset.ordered(Event.objects.public(), EventFilters.orders["newest"]).only("pk")[:RECENT]
    called, seen = bodies_at(list(newest))
    met = {event: called[event] | seen[event] for event in called.keys() | seen.keys()}
    links = links_of({key for bodies in met.values() for key in bodies})
    shared = _posts(links)
    calls, meetings, people = (_pairs(groups.values(), links) for groups in (called, met, shared))
    bonds = {pair: Bond(calls[pair], people[pair], meetings[pair]) for pair in calls | meetings | people}
    bonds = {pair: bond for pair, bond in bonds.items() if bond.is_drawn}
    drawing = arcs(
        {pair: bond.weight for pair, bond in bonds.items()},
        frozenset(pair for pair, bond in bonds.items() if bond.calls),
    )
    return Network(drawing, _in_words(drawing, bonds)) if drawing else None


def _in_words(drawing: Arcs, bonds: Mapping[Pair, Bond]) -> list[tuple[Link, list[tuple[Link, str]]]]:
    """For each body those below it to which an arc leads."""
    order = [body.link for body in drawing.bodies]
    below: dict[Link, list[tuple[Link, str]]] = defaultdict(list)
    for pair in sorted(drawing.pairs, key=lambda pair: -bonds[pair].weight):
        upper, lower = sorted(pair, key=order.index)
        below[upper].append((lower, bonds[pair].in_words()))
    return [(link, below[link]) for link in order if link in below]


def _meetings_of(organisation: Organisation) -> list[Event]:
    """The newest that it called, or at which somebody in its posts was named."""
    called = Hosting.objects.filter(organisation=organisation).values("event")
    seen = _named().filter(position__organisation=organisation).values("event")
    events = Event.objects.public().filter(Q(pk__in=called) | Q(pk__in=seen))
    return list(keyset.ordered(events, EventFilters.orders["newest"])[:MOST_MEETINGS])


def _named() -> AppearanceQuerySet:
    return Appearance.objects.public().filter(person__is_public=True)


def bodies_at(events: Sequence[Event]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Which public organisations called each meeting, and which were seen there in the person of somebody."""
    keys = [event.pk for event in events]
    hostings = Hosting.objects.filter(event__in=keys, organisation__is_public=True)
    named = _named().filter(event__in=keys, position__organisation__is_public=True)
    return (
        _grouped(hostings.values_list("event", "organisation")),
        _grouped(named.order_by().values_list("event", "position__organisation").distinct()),
    )


def _people_of(organisation: Organisation) -> list[Tie]:
    """Those in its posts who are seen in posts elsewhere too."""
    here = Position.objects.filter(organisation=organisation, person__is_public=True).values("person")
    elsewhere = Position.objects.filter(person__in=here, organisation__is_public=True).exclude(
        organisation=organisation
    )
    rows = elsewhere.select_related("person", "organisation").order_by("person__family_name", "person", "pk")
    ends: dict[Link, list[Link]] = defaultdict(list)
    for position in rows[: MOST_TIES * MOST_TIES]:
        if position.organisation:
            ends[link(position.person)].append(_link(position.organisation))
    return [Tie(person, _("in posts at both"), bodies) for person, bodies in ends.items()]


def _posts(keys: Collection[int]) -> dict[int, set[int]]:
    """In which of these organisations' posts each person was seen."""
    positions = Position.objects.filter(organisation__in=list(keys), person__is_public=True)
    return _grouped(positions.order_by("-pk").values_list("person", "organisation")[:MOST_POSTS])


def _grouped(rows: Iterable[tuple[int, int | None]]) -> dict[int, set[int]]:
    groups: dict[int, set[int]] = defaultdict(set)
    for owner, body in rows:
        if body is not None:
            groups[owner].add(body)
    return groups


def links_of(keys: Collection[int]) -> dict[int, Link]:
    """Those of them that are public, in the order given, each under the shorter of its names."""
    found = Organisation.objects.public().in_bulk(list(keys) or [0])  # asked for nobody too: a page costs the same
    return {key: _link(found[key]) for key in keys if key in found}


def _link(organisation: Organisation) -> Link:
    return Link(native_of(organisation) or organisation.known_as, organisation.get_absolute_url())


def _pairs(groups: Iterable[set[int]], links: dict[int, Link]) -> Counter[Pair]:
    pairs: Counter[Pair] = Counter()
    for bodies in groups:
        together = sorted(links[key] for key in bodies if key in links)
        pairs.update((one, other) for one, other in combinations(together, 2))
    return pairs
