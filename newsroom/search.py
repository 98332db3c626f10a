"""The newsroom's search: which public objects a reader's words find, and the lines that show why."""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, F, QuerySet

from newsroom import tokens
from newsroom.models import SearchEntry
from newsroom.search_sql import Found, Rank

SNIPPET = 240  # characters
LEAD = 60  # characters of a snippet before its first mark


def is_blank(query: str) -> bool:
    """Whether nothing is asked: no letter and no digit."""
    return not tokens.for_query(query)


def matches(query: str, *, exact: Sequence[str] = ()) -> QuerySet[SearchEntry]:
    """The entries that hold all words of a query, or any `exact` token; with their `rank`, best first.

    A blank query finds nothing. A higher rank is a better hit; its scale is the database's own.
    """
    rank = Rank(tokens.for_query(query), exact)
    newest = F("sort_at").desc(nulls_last=True)
    return _found(query, exact).annotate(rank=rank).defer("tokens").order_by("-rank", newest, "-id")


def matching_ids(query: str, kind: str, *, exact: Sequence[str] = ()) -> QuerySet[SearchEntry, Any]:
    """The public ids of one kind's hits, as a subquery: `filter(uuid__in=matching_ids(…))`."""
    return _found(query, exact).filter(kind=kind).values("object_id")


def counts(query: str, *, exact: Sequence[str] = ()) -> dict[str, int]:
    """How many hits each kind has; kinds without any are absent."""
    hits = _found(query, exact).values("kind").annotate(hits=Count("id")).order_by("kind")
    return dict(hits.values_list("kind", "hits"))


def _found(query: str, exact: Sequence[str]) -> QuerySet[SearchEntry]:
    groups = tokens.for_query(query)
    entries = SearchEntry.objects.all()
    return entries.filter(Found(groups, exact)) if groups or exact else entries.none()


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
