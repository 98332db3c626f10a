"""The newsroom's search: which public objects a reader's words find, and the lines that show why."""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, F, FloatField, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from newsroom import search_sql, tokens
from newsroom.models import SearchEntry

# Ranking a hit costs more than finding it, so that a common word is ranked among its newest hits only.
MOST_RANKED = 2_000
SNIPPET = 240  # characters
LEAD = 60  # characters of a snippet before its first mark


def is_blank(query: str) -> bool:
    """Whether nothing is asked: no letter and no digit."""
    return not tokens.for_query(query)


def matches(query: str, *, exact: Sequence[str] = ()) -> QuerySet[SearchEntry]:
    """The entries that hold all words of a query, or any `exact` token; with `rank`, best first.

    A blank query finds nothing. `rank` is higher for better hits, 0 beyond the newest `MOST_RANKED`;
    its scale differs between databases.
    """
    if is_blank(query) and not exact:
        return SearchEntry.objects.none()
    question = tokens.for_query(query), exact
    return (
        SearchEntry.objects.filter(_Found(*question))
        .annotate(rank=_Rank(*question))
        .order_by("-rank", F("sort_at").desc(nulls_last=True), "-id")
    )


def matching_ids(query: str, kind: str, *, exact: Sequence[str] = ()) -> QuerySet[SearchEntry, Any]:
    """The public ids of one kind's hits, as a subquery: `filter(uuid__in=matching_ids(…))`."""
    return matches(query, exact=exact).filter(kind=kind).order_by().values("object_id")


def counts(query: str, *, exact: Sequence[str] = ()) -> dict[str, int]:
    """How many hits each kind has; kinds without any are absent."""
    found = matches(query, exact=exact).order_by().values("kind").annotate(hits=Count("id"))
    return dict(found.order_by("kind").values_list("kind", "hits"))


def snippet(text: str, query: str) -> list[tuple[str, bool]]:
    """The part of a text that answers best, in pieces; the flag says which are the words asked for."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    spans = list(tokens.found_in(text, query))
    start, end = _window(text, [first for first, _ in spans])
    pieces, at = [("…" if start else "", False)], start
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _window(text: str, hits: list[int]) -> tuple[int, int]:
    """Where to cut: around the densest hits (given by where they begin), between words if there are any."""
    reach = SNIPPET - LEAD
    best = max(hits, key=lambda hit: bisect_left(hits, hit + reach) - bisect_left(hits, hit), default=0)
    start = max(0, min(best - LEAD, len(text) - SNIPPET))
    if start:
        start = text.find(" ", start, best) + 1 or start
    end = start + SNIPPET
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", best, end), 0) or end


class _Question(Func):
    """An expression over an entry's id that carries what is asked; each engine spells it out its own way."""

    def __init__(self, groups: search_sql.Groups, exact: Sequence[str]) -> None:
        super().__init__(F("id"))
        self.asked = groups, exact

    def _entry(self, compiler: SQLCompiler) -> str:
        return str(compiler.compile(self.source_expressions[0])[0])


class _Found(_Question):
    output_field = BooleanField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, list[str]]:
        return search_sql.sqlite_found(self._entry(compiler)), [search_sql.sqlite_question(*self.asked)]
