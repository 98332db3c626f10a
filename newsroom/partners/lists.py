"""The lists of the API: the same filters as on the site, the documents as they are stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from events.filters import EventFilters
from newsroom import changes, keyset
from newsroom.articles.filters import ArticleFilters
from newsroom.changes import PUBLIC
from newsroom.filters import WINDOW, AnyOf, Filters, Rows
from newsroom.models import Change
from newsroom.partners import spellings
from newsroom.partners.entitlement import Access, visible_to
from newsroom.partners.problems import BadParameters
from newsroom.photos.filters import PhotoFilters
from newsroom.topics import TopicFilters
from people.filters import OrganisationFilters, PersonFilters


@dataclass(frozen=True)
class Found:
    """How many a list has, exact to a limit; beyond it, “at least so many”."""

    value: int
    is_exact: bool


@dataclass(frozen=True)
class ObjectPage:
    """Entries of the feed in the order of their list, where it goes on, and how many there are where that is asked."""

    entries: list[Change]
    next_cursor: str
    found: Found | None = None


@dataclass(frozen=True)
class ObjectSource:
    """One kind of object as a list: how it is filtered, ordered and addressed."""

    kind: str
    plural: str
    filters: type[Filters]

    @cached_property
    def names(self) -> list[str]:
        """The parameters of its own that the list takes."""
        return [*self.filters.base_filters, "cursor", "limit"]

    @cached_property
    def repeated(self) -> list[str]:
        """The filters that take several values."""
        return [name for name, one in self.filters.base_filters.items() if isinstance(one, AnyOf)]

    def page(
        self, query: QueryDict, access: Access, limit: int, *, without: Collection[UUID] = (), is_counted: bool = False
    ) -> ObjectPage:
        """Answer the query, leaving out some; raises BadParameters that names every fault."""
        filters = self._read(query)
        rows = self._licensed(filters.matching(), access)
        found = keyset.page(rows, filters.order, keyset.Place(self._place(query)), size=limit)
        entries = self._entries([row[-1] for row in found.rows], access, without)
        return ObjectPage(entries, found.next, _count(rows) if is_counted else None)

    def _read(self, query: QueryDict) -> Filters:
        """The filters with every value as the lists of the site call it: spellings become slugs."""
        spoken, at = query.copy(), timezone.now()
        filters = self.filters(spoken, at=at)
        if filters.unknown and spellings.replace(spoken, filters):
            filters = self.filters(spoken, at=at)
        _refuse_faults(filters)
        return filters

    def _place(self, query: QueryDict) -> keyset.Values:
        token = query.get("cursor")
        try:
            return keyset.decode(token, self.filters.place) if token is not None else ()
        except keyset.BadToken as error:
            raise BadParameters({"cursor": _("take it unchanged from “next” of the last answer")}) from error

    def _licensed(self, rows: Rows, access: Access) -> Rows:
        """Those in a package of the asker's, so that pages are full; the public's are public already."""
        if access.mask & PUBLIC:
            return rows
        owner = "article__uuid" if self.kind == "article" else "uuid"
        return rows.filter(Exists(visible_to(access).filter(kind=self.kind, object_id=OuterRef(owner))))

    def _entries(self, keys: list[int], access: Access, without: Collection[UUID]) -> list[Change]:
        """What the feed keeps of these; what was made public a moment ago and is not recorded yet is left out."""
        rows = changes.kind_named(self.kind).model._default_manager.filter(pk__in=keys).values_list("pk", "uuid")
        ids: dict[int, UUID] = dict(rows)
        entries = visible_to(access).filter(kind=self.kind, object_id__in=ids.values())
        stored = {entry.object_id: entry for entry in entries.exclude(object_id__in=without)}
        return [stored[ids[key]] for key in keys if ids.get(key) in stored]


def _count(rows: Rows) -> Found:
    found = rows.values("pk")[: WINDOW + 1].count()
    return Found(min(found, WINDOW), found <= WINDOW)


def _refuse_faults(filters: Filters) -> None:
    """A page forgives what it cannot read; a partner's program is told."""
    faults = {name: " ".join(map(str, sentences)) for name, sentences in filters.errors.items()}
    for name, values in filters.unknown.items():
        faults[name] = spellings.refusal(name, values, filters.facets[name])
    if "sort" in faults:
        faults["sort"] = _("is none of %(known)s") % {"known": ", ".join(filters.orders)}
    if faults:
        raise BadParameters(faults)


LISTS = {
    source.kind: source
    for source in (
        ObjectSource("article", "articles", ArticleFilters),
        ObjectSource("event", "events", EventFilters),
        ObjectSource("person", "people", PersonFilters),
        ObjectSource("organisation", "organisations", OrganisationFilters),
        ObjectSource("photo", "photos", PhotoFilters),
        ObjectSource("topic", "topics", TopicFilters),
    )
}
