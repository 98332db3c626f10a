"""Detail pages: a body: who was seen in which post, what it hosted, what was said in its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import F, Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from events.models import Hosting, Statement
from newsroom import keyset
from newsroom.articles.models import EditionFacet
from newsroom.local_names import name_of
from newsroom.querysets import out
from newsroom.website.pages import linked_records, shelves
from newsroom.website.pages.linked_data import Node
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.statements import MOST as MOST_STATEMENTS
from newsroom.website.pages.statements import SaidAt, by_event, newest
from newsroom.website.pages.stretches import Asked, InStretches, Stretch, beginning, stretch
from newsroom.website.pages.tenures import Tenures, first_known, tenures
from newsroom.website.rows import StoryRow
from people.models import Attestation, Organisation, Position

MOST_POSTS = 20  # those that are on record last; the list of people has everyone
MOST_EVENTS = 40
MOST_NAMES, MOST_PARTS = 24, 24


@dataclass(frozen=True)
class OrganisationPage(InStretches):
    organisation: Organisation
    names: Stretch[str]
    parent: Link | None
    parts: Stretch[Link]
    #: those on record last, as far as the page begins with them
    positions: Stretch[Position]
    called: Stretch[Hosting]
    said: Stretch[Statement]
    stories: Stretch[StoryRow]

    @cached_property
    def posts(self) -> Tenures:
        return tenures(sorted(self.positions, key=_one_after_another))

    @property
    def hostings(self) -> list[tuple[str, list[Hosting]]]:
        return _by_part(self.called)

    @property
    def statements(self) -> list[SaidAt]:
        return by_event(self.said)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is told of it beyond its head."""
        return not (self.positions.total or self.called.total or self.said.total or self.stories.total)

    @property
    def in_brief(self) -> str:
        """What kind of body it is, and where: “University, South Korea”."""
        kind, country = self.organisation.get_kind_display(), self.organisation.country.name
        return ", ".join(filter(None, [capfirst(kind), str(country or "")]))

    @property
    def linked_data(self) -> Node:
        return linked_records.organisation(self)


def with_record(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return organisations.select_related("parent").prefetch_related(
        "variants",
        Prefetch("parts", Organisation.objects.public()),
    )


def organisation_page(organisation: Organisation, at: dt.datetime, asked: Asked) -> OrganisationPage:
    """Takes an organisation from `with_record`."""
    parts = [link(part, part.name) for part in organisation.parts.all()]
    said = Statement.objects.public().filter(organisation=organisation, person=None)
    return OrganisationPage(
        organisation=organisation,
        names=stretch("names", _names(organisation), asked, most=MOST_NAMES),
        parent=link(organisation.parent, name_of(organisation.parent)) if organisation.parent else None,
        parts=stretch("parts", parts, asked, most=MOST_PARTS),
        positions=_posts(organisation, asked),
        called=beginning(lambda: _hostings(organisation), asked),
        said=stretch("said", newest(said), asked, most=MOST_STATEMENTS, total=said.count()),
        stories=beginning(lambda: shelves.latest_rows(EditionFacet.Facet.ORGANISATION, organisation.pk, at), asked),
    )


def _names(organisation: Organisation) -> list[str]:
    """The other names it goes by."""
    variants = (variant.spelling for variant in organisation.variants.all())
    names = dict.fromkeys([organisation.short_name, organisation.name, organisation.native_name, *variants])
    return [name for name in names if name and name != name_of(organisation)]


def _posts(organisation: Organisation, asked: Asked) -> Stretch[Position]:
    """Those on record last, and whether there are more; whoever has no public page is not listed."""
    last_seen = Max("attestations__seen_on_earliest")
    found: list[Position] = list(
        Position.objects.filter(organisation=organisation, person__is_public=True)
        .annotate(known_at=Coalesce(last_seen, "ends_on_earliest", "starts_on_earliest"))
        .select_related("person", "organisation")
        .prefetch_related(Prefetch("attestations", Attestation.objects.select_related("source")))
        .order_by(F("known_at").desc(nulls_last=True), "pk")[: MOST_POSTS + 1]
    )
    return replace(beginning(lambda: found[:MOST_POSTS], asked), total=len(found))


def _one_after_another(position: Position) -> tuple[Any, ...]:
    """The holders of a post in the order of time."""
    return position.title, first_known(position), position.person.family_name, position.pk


def _hostings(organisation: Organisation) -> QuerySet[Hosting]:
    """The public events that it called, by its part in them, the latest first."""
    called = Hosting.objects.filter(out(of="event__"), organisation=organisation).select_related("event__venue")
    return keyset.ordered(called, ("role", "-event__starts_on_earliest", "-event__id"))[:MOST_EVENTS]


def _by_part(hostings: Iterable[Hosting]) -> list[tuple[str, list[Hosting]]]:
    groups = groupby(hostings, key=lambda one: one.role)
    return [(str(Hosting.Role(role).label), list(called)) for role, called in groups]
