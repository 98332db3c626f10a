"""Detail pages: a body: who was seen in which post, what it hosted, what was said in its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F, Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import capfirst

from events.models import Hosting, Statement
from newsroom.articles.models import EditionFacet
from newsroom.querysets import out
from newsroom.website.pages import linked_records, shelves
from newsroom.website.pages.linked_data import Node
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.statements import SaidAt, newest_by_event
from newsroom.website.pages.tenures import Tenures, tenures
from newsroom.website.rows import StoryRow
from people.models import Attestation, Organisation, Position

MOST_POSTS = 20  # those that are on record last; the list of people has everyone
MOST_EVENTS = 40


@dataclass(frozen=True)
class OrganisationPage:
    organisation: Organisation
    names: list[str]
    parent: Link | None
    parts: list[Link]
    posts: Tenures
    has_more_posts: bool
    hostings: list[tuple[str, list[Hosting]]]
    statements: list[SaidAt]
    stories: list[StoryRow]

    @property
    def is_bare(self) -> bool:
        """Whether nothing is told of it beyond its head."""
        return not (self.posts.rows or self.hostings or self.statements or self.stories)

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


def organisation_page(organisation: Organisation, at: dt.datetime) -> OrganisationPage:
    """Takes an organisation from `with_record`."""
    posts = _posts(organisation)
    return OrganisationPage(
        organisation=organisation,
        names=_names(organisation),
        parent=link(organisation.parent, organisation.parent.name) if organisation.parent else None,
        parts=[link(part, part.name) for part in organisation.parts.all()],
        posts=tenures(sorted(posts[:MOST_POSTS], key=_one_after_another)),
        has_more_posts=len(posts) > MOST_POSTS,
        hostings=_hostings(organisation),
        statements=newest_by_event(Statement.objects.public().filter(organisation=organisation, person=None)),
        stories=shelves.latest_rows(EditionFacet.Facet.ORGANISATION, organisation.pk, at),
    )


def _names(organisation: Organisation) -> list[str]:
    """The other names it goes by."""
    variants = (variant.spelling for variant in organisation.variants.all())
    names = dict.fromkeys([organisation.short_name, organisation.native_name, *variants])
    return [name for name in names if name and name != organisation.name]


def _posts(organisation: Organisation) -> list[Position]:
    """Those on record last, and one more if there are more; whoever has no public page is not listed."""
    last_seen = Max("attestations__seen_on_earliest")
    return list(
        Position.objects.filter(organisation=organisation, person__is_public=True)
        .annotate(known_at=Coalesce(last_seen, "ends_on_earliest", "starts_on_earliest"))
        .select_related("person", "organisation")
        .prefetch_related(Prefetch("attestations", Attestation.objects.select_related("source")))
        .order_by(F("known_at").desc(nulls_last=True), "pk")[: MOST_POSTS + 1]
    )


def _one_after_another(position: Position) -> tuple[Any, ...]:
    """The holders of a post in the order of time."""
    begun = position.starts_on.earliest if position.starts_on else None
    return position.title, begun or dt.date.max, position.person.family_name, position.pk


def _hostings(organisation: Organisation) -> list[tuple[str, list[Hosting]]]:
    """The public events that it called, by its part in them, the latest first."""
    rows: Iterable[Hosting] = (
        Hosting.objects.filter(out(of="event__"), organisation=organisation)
        .select_related("event__venue")
        .order_by("role", "-event__starts_on_earliest", "-event__pk")[:MOST_EVENTS]
    )
    return [(str(Hosting.Role(role).label), list(called)) for role, called in groupby(rows, key=lambda one: one.role)]
