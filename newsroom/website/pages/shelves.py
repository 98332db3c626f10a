"""Detail pages: the stories on a record's shelf, and the stories that share one with another story."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from newsroom.articles import facets
from newsroom.articles.models import Edition, EditionFacet
from newsroom.articles.story import Cast
from newsroom.articles.translations import told_once
from newsroom.local_names import name_of
from newsroom.website.rows import StoryRow, story_rows

Facet = EditionFacet.Facet

LATEST = 10
MOST_RELATED = 3
# How many shelves of each sort a story is compared on, and how many stories are taken from each: the work
# is the same on an archive of any size.
COMPARED = {Facet.EVENT: 3, Facet.PERSON: 12, Facet.TOPIC: 6}
FROM_EACH = 4
WEIGHT = {Facet.EVENT: 9, Facet.PERSON: 3, Facet.TOPIC: 1}


def latest_rows(facet: str, key: int, at: dt.datetime) -> list[StoryRow]:
    """The newest stories on this shelf, as rows of a list."""
    return story_rows(latest(facet, key, at), at)


def latest_in_words(facet: str, key: int, at: dt.datetime) -> list[StoryRow]:
    """The same without pictures, for pages that show their own."""
    return [StoryRow(edition) for edition in latest(facet, key, at)]


def latest(facet: str, key: int, at: dt.datetime) -> list[Edition]:
    """Each in the reader's language where it is to be had in that."""
    shelf = told_once(_walk(facet, str(key), at), get_language() or "", at)
    order = list(shelf.values_list("edition", flat=True)[:LATEST])
    found = Edition.objects.in_lists().in_bulk(order)
    return [found[edition] for edition in order]


def count(facet: str, key: int, at: dt.datetime) -> int:
    return told_once(_walk(facet, str(key), at), get_language() or "", at).count()


def _walk(facet: str, value: str, at: dt.datetime) -> QuerySet[EditionFacet]:
    return EditionFacet.objects.on(facet, value).visible(at).order_by("-first_published_at", "-article_id")


@dataclass(frozen=True)
class Related:
    """Another story, with the reason why it stands here."""

    edition: Edition
    reason: str


def related(edition: Edition, known: Cast, at: dt.datetime) -> list[Related]:
    """The stories that share most with this one: its events first, then its people, then its topics.

    A person who is not public connects stories all the same: both print the name.
    """
    names = _names(known)
    shelves = [shelf for shelf in _compared(edition) if shelf in names or shelf[0] == Facet.PERSON]
    if not shelves:
        return []
    scores: dict[int, int] = defaultdict(int)
    strongest: dict[int, tuple[int, str]] = {}
    others = _on_any(shelves, edition, at).order_by("-first_published_at", "-id")
    for row in others:
        weight = WEIGHT[Facet(row.facet)]
        scores[row.edition_id] += weight
        reason = _reason(row.facet, names.get((row.facet, row.value), ""))
        strongest[row.edition_id] = max(
            strongest.get(row.edition_id, (0, "")), (weight, reason), key=lambda one: one[0]
        )
    best = sorted(scores, key=lambda key: -scores[key])[:MOST_RELATED]
    found = Edition.objects.in_lists().in_bulk(best)
    return [Related(found[key], strongest[key][1]) for key in best]


def _compared(edition: Edition) -> list[tuple[str, str]]:
    chosen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for facet, value in _shelves_of(edition):
        chosen[facet].append((facet, value))
    return [shelf for facet, most in COMPARED.items() for shelf in chosen[facet][:most]]


def _shelves_of(edition: Edition) -> Iterable[tuple[str, str]]:
    """Those that it stands on; a draft that is only looked at stands on none yet."""
    if edition._state.adding:
        return sorted(set(facets.shelves(edition)))
    return edition.facets.filter(facet__in=COMPARED).order_by("pk").values_list("facet", "value")


def _on_any(shelves: Iterable[tuple[str, str]], edition: Edition, at: dt.datetime) -> QuerySet[EditionFacet]:
    """The first rows of each shelf but those of this story, in one query.

    A union, since for `OR` between them PostgreSQL would read the whole table.
    """
    others = EditionFacet.objects.exclude(article=edition.article_id)
    walks = [told_once(_walk(facet, value, at), edition.language, at) for facet, value in shelves]
    firsts = [others.filter(pk__in=walk.values("pk")[:FROM_EACH]) for walk in walks]
    return firsts[0].union(*firsts[1:], all=True)


def _names(known: Cast) -> dict[tuple[str, str], str]:
    shelves: tuple[tuple[str, Iterable[Any]], ...] = (
        (Facet.EVENT, known.events.values()),
        (Facet.PERSON, known.people.values()),
        (Facet.TOPIC, known.topics.values()),
    )
    return {
        (facet, str(record.pk)): record.local_name if facet == Facet.TOPIC else name_of(record)
        for facet, records in shelves
        for record in records
        if record.is_out()
    }


def _reason(facet: str, name: str) -> str:
    if facet == Facet.PERSON:
        return _("Also names %(name)s") % {"name": name} if name else _("Also names somebody in this story")
    return _("Also on %(name)s") % {"name": name}
