"""The newsroom's search: which public objects a reader's words find, and the lines that show why."""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet

from newsroom import tokens
from newsroom.models import SearchEntry
from newsroom.search_sql import Asked, Found, Rank, counted, latest

KINDS = ("person", "organisation", "topic", "event", "article", "photo")
WEIGHED = 2_000  # hits of a kind
OF_ONE_KIND = 3  # suggestions in a row
SNIPPET = 240  # characters
LEAD = 60  # characters of a snippet before its first mark


def is_blank(query: str) -> bool:
    """Whether nothing is asked: no letter and no digit."""
    return not tokens.for_query(query)


def matches(query: str, *, kind: str = "", exact: Sequence[str] = ()) -> QuerySet[SearchEntry]:
    """The entries that hold all words of a query, or any `exact` token; with their `rank`, best first.

    A blank query finds nothing. A higher rank is a better hit; its scale is the database's own.
    Of words that stand nearly everywhere, the `WEIGHED` entries of each kind that were indexed last are
    weighed against each other: the answer takes as long in an archive of any size.
    """
    asked = _asked(query, exact)
    ids = latest(asked, (kind,) if kind else KINDS, WEIGHED) if asked else []
    rank = Rank(tokens.for_query(query), exact, among=ids)
    newest = F("sort_at").desc(nulls_last=True)
    entries = SearchEntry.objects.filter(pk__in=ids)
    return entries.annotate(rank=rank).defer("tokens").order_by("-rank", newest, "-id")


def matching_ids(query: str, kind: str, *, exact: Sequence[str] = ()) -> QuerySet[SearchEntry, Any]:
    """The public ids of one kind's hits, as a subquery: `filter(uuid__in=matching_ids(…))`."""
    groups = tokens.for_query(query)
    entries = SearchEntry.objects.filter(Found(groups, exact)) if groups or exact else SearchEntry.objects.none()
    return entries.filter(kind=kind).values("object_id")


def counts(query: str, *, exact: Sequence[str] = (), most: int = 1_000_000) -> dict[str, int]:
    """How many hits each kind has, counted up to `most`; kinds without any are absent."""
    asked = _asked(query, exact)
    found = counted(asked, KINDS, most) if asked else {}
    return {kind: hits for kind, hits in found.items() if hits}


def completions(typed: str, *, exact: Sequence[str] = (), most: int = 8) -> list[SearchEntry]:
    """What may be meant by words that are still being typed: entries in whose titles all of them begin words.

    Names come before what is written of them, so in the order of `KINDS`; the latest first among each, and no more
    than `OF_ONE_KIND` before the others have had their turn. An entry with any `exact` token is meant too.
    """
    groups = tokens.for_typing(typed)
    if not groups:
        return []
    ids = latest(Asked(groups, exact), KINDS, most)
    entries = SearchEntry.objects.defer("tokens", "text").in_bulk(ids)
    of_kinds = [[entries[pk] for pk in ids if entries[pk].kind == kind] for kind in KINDS]
    turns = range(0, most, OF_ONE_KIND)
    return [entry for turn in turns for found in of_kinds for entry in found[turn : turn + OF_ONE_KIND]][:most]


def _asked(query: str, exact: Sequence[str]) -> Asked | None:
    groups = tokens.for_query(query)
    return Asked(groups, exact) if groups or exact else None


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
