"""Front of house: any list as a table for spreadsheets, under the filters of its page; columns are the API's fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from newsroom import changes, csv_export, keyset
from newsroom.changes import Document
from newsroom.filters import WINDOW
from newsroom.keyset import Place
from newsroom.models import Change
from newsroom.website.feeds import followed
from newsroom.website.listing import Listing, ListPage
from newsroom.website.lists import ArticleList, EventList, OrganisationList, PersonList, PhotoList, TopicList

AT_ONCE = 200  # rows read in one step
MOST = WINDOW  # rows of one table: as many as a page counts exactly
Cell = Any
Column = Callable[[Document], Cell]


def names(field: str, inside: str = "") -> Column:
    """Several records by their names."""

    def cell(document: Document) -> str:
        records = (one[inside] if inside else one for one in document[field])
        return "; ".join(str(one["name"]) for one in records if one)

    return cell


def part(field: str, name: str) -> Column:
    """One field of what a field holds; empty where it holds nothing."""
    return lambda document: document[field][name] if document[field] else ""


def _codes(document: Document) -> str:
    return "; ".join(document["countries"])


def _posts(document: Document) -> str:
    """Titles with their organisations, in the order of the page."""
    posts = ((post["title"], post["organisation"]) for post in document["positions"])
    return "; ".join(f"{title}, {body['name']}" if body else str(title) for title, body in posts)


def _publishers(document: Document) -> str:
    return "; ".join(dict.fromkeys(source["publisher"] for source in document["sources"]))


def _spellings(document: Document) -> str:
    return "; ".join(dict.fromkeys(variant["spelling"] for variant in document["variants"]))


@dataclass(frozen=True)
class Table:
    """One list as a table: which fields of its records, and how those are written that are no plain text."""

    name: str  # of the page's address
    kind: str
    list_page: type[ListPage]
    columns: str  # parted by blanks
    written: Mapping[str, Column]

    @property
    def fields(self) -> list[str]:
        return self.columns.split()

    def __call__(self, request: HttpRequest) -> StreamingHttpResponse:
        """What the page's filters leave, in the page's usual order, up to `MOST` rows."""
        listing = followed(self.list_page, self.name, request)
        name = f"{self.name}-{timezone.localdate(listing.at):%Y-%m-%d}.csv"
        response = csv_export.rows(self.fields, self._lines(listing), name=name)
        del response.headers["Cache-Control"]  # everybody may have it: it is no table of the desk's
        return response

    def _lines(self, listing: Listing) -> Iterator[list[Cell]]:
        keys = _keys(listing)
        while some := list(islice(keys, AT_ONCE)):
            yield from (self._line(document) for document in self._documents(some))

    def _documents(self, keys: list[int]) -> Iterator[Document]:
        """What the public may have of these now, in their order."""
        model = changes.kind_named(self.kind).model
        ids = dict(model._default_manager.filter(pk__in=keys).values_list("pk", "uuid"))
        entries = Change.objects.current().filter(kind=self.kind, object_id__in=ids.values())
        stored = dict(entries.values_list("object_id", "document"))
        return (json.loads(stored[ids[key]]) for key in keys if ids.get(key) in stored)

    def _line(self, document: Document) -> list[Cell]:
        return [self.written[name](document) if name in self.written else document[name] for name in self.fields]


def _keys(listing: Listing) -> Iterator[int]:
    """The keys of the list's rows, page by page."""
    rows, order, place = listing.filters.matching(), listing.filters.order, Place()
    left = MOST
    while left > 0:
        page = keyset.page(rows, order, place, size=min(AT_ONCE, left))
        yield from (row[-1] for row in page.rows)
        if not page.next:
            return
        left -= len(page.rows)
        place = Place(page.rows[-1])


TABLES = (
    Table(
        "articles",
        "article",
        ArticleList,
        "id url headline standfirst kind language first_published_at updated_at bylines topics countries "
        "people organisations events sources ai_training",
        {
            **{name: names(name) for name in ("bylines", "topics", "people", "organisations", "events")},
            "countries": _codes,
            "sources": _publishers,
        },
    ),
    Table(
        "events",
        "event",
        EventList,
        "id url name native_name theme kind mode status starts_on ends_on venue city country series "
        "hosts topics attendance attendance_is_about",
        {
            "starts_on": part("starts_on", "edtf"),
            "ends_on": part("ends_on", "edtf"),
            "venue": part("venue", "name"),
            "city": part("venue", "city"),
            "series": part("series", "name"),
            "hosts": names("hosts", "organisation"),
            "topics": names("topics"),
        },
    ),
    Table(
        "people",
        "person",
        PersonList,
        "id url name family_name given_name native_name spellings positions orcid wikidata",
        {"spellings": _spellings, "positions": _posts},
    ),
    Table(
        "organisations",
        "organisation",
        OrganisationList,
        "id url name short_name native_name spellings kind country parent website ror wikidata",
        {"spellings": _spellings, "parent": part("parent", "name")},
    ),
    Table(
        "photos",
        "photo",
        PhotoList,
        "id url headline caption people event taken_on place credit_line copyright_notice usage_terms "
        "rights data_mining",
        {
            "people": names("people", "person"),
            "event": part("event", "name"),
            "taken_on": part("taken_on", "edtf"),
        },
    ),
    Table("topics", "topic", TopicList, "id url name name_ko description medtop", {}),
)
