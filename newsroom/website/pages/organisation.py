"""Detail pages: a body: who was seen in which post, what it hosted, what was said in its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import F, Prefetch, QuerySet

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

MOST_POSTS = 60
MOST_EVENTS = 40


@dataclass(frozen=True)
class OrganisationPage:
    organisation: Organisation
    names: list[str]
    parent: Link | None
    parts: list[Link]
    posts: Tenures
    hostings: list[tuple[str, list[Hosting]]]
    statements: list[SaidAt]
    stories: list[StoryRow]

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
    return OrganisationPage(
        organisation=organisation,
        names=_names(organisation),
        parent=link(organisation.parent, organisation.parent.name) if organisation.parent else None,
        parts=[link(part, part.name) for part in organisation.parts.all()],
        posts=_posts(organisation),
        hostings=_hostings(organisation),
        statements=newest_by_event(Statement.objects.public().filter(organisation=organisation, person=None)),
        stories=shelves.latest_rows(EditionFacet.Facet.ORGANISATION, organisation.pk, at),
    )


def _names(organisation: Organisation) -> list[str]:
    """The other names it goes by."""
    variants = (variant.spelling for variant in organisation.variants.all())
    names = dict.fromkeys([organisation.short_name, organisation.native_name, *variants])
    return [name for name in names if name and name != organisation.name]


def _posts(organisation: Organisation) -> Tenures:
    """The posts with the people seen in them, one after another; whoever has no public page is not listed."""
    rows = (
        Position.objects.filter(organisation=organisation, person__is_public=True)
        .select_related("person", "organisation")
        .prefetch_related(Prefetch("attestations", Attestation.objects.select_related("source")))
        .order_by("title", F("starts_on_earliest").asc(nulls_last=True), "person__family_name", "pk")[:MOST_POSTS]
    )
    return tenures(rows)


def _hostings(organisation: Organisation) -> list[tuple[str, list[Hosting]]]:
    """The public events that it called, by its part in them, the latest first."""
    rows: Iterable[Hosting] = (
        Hosting.objects.filter(out(of="event__"), organisation=organisation)
        .select_related("event__venue")
        .order_by("role", "-event__starts_on_earliest", "-event__pk")[:MOST_EVENTS]
    )
    return [(str(Hosting.Role(role).label), list(called)) for role, called in groupby(rows, key=lambda one: one.role)]
