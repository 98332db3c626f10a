"""What search keeps of public objects; the change feed alone writes it, in its own transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from newsroom import daymarks, tokens
from newsroom.dates import PartialDate
from newsroom.models import SearchEntry

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Searchable:
    """What the search index keeps of an object: words and the moment it sorts by.

    `also` are other names under which it is looked for; `exact` tokens find it as they are. `days` are the first and
    the last that it is of, where those are not just the day it sorts by. `topics` are the keys of public ones.
    """

    title: str
    text: str
    language: str = ""
    sort_at: dt.datetime | None = None
    exact: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    days: Days | None = None
    topics: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()


def days_of(first: PartialDate | None, last: PartialDate | None = None) -> Days | None:
    """All days on which something may have been, however imprecise its dates; None if not even a year is known."""
    earliest = first.earliest if first else None
    latest = [date.latest for date in (first, last) if date and date.latest]
    return (earliest, max(earliest, *latest)) if earliest else None


def index(kind: str, words: Mapping[UUID, Searchable | None]) -> None:
    """Let search find these objects by their words, and no longer those that have none."""
    lost = [object_id for object_id, one in words.items() if one is None]
    SearchEntry.objects.filter(kind=kind, object_id__in=lost).delete()
    SearchEntry.objects.bulk_create(
        [search_entry(kind, object_id, one) for object_id, one in words.items() if one],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "text", "tokens", "marks", "language", "sort_at"],
    )


def search_entry(kind: str, object_id: UUID, words: Searchable) -> SearchEntry:
    """The title counts twice, so that hits in it rank higher; apart, or its end and its beginning stood in a row."""
    subjects = _subjects(words)
    exact = [*words.exact, *marks(kind, words.title, *words.also), *subjects, *_days(words)]
    return SearchEntry(
        kind=kind,
        object_id=object_id,
        title=words.title[:500],
        text=words.text,
        tokens=" ".join(tokens.for_index(f"{words.title}\n{words.text}\n{words.title}", exact)),
        marks=" ".join(subjects),
        language=words.language,
        sort_at=words.sort_at,
    )


def marks(kind: str, *names: str) -> list[str]:
    """The tokens by which an entry is found as one of its kind, and by how its title or another name begins."""
    return [tokens.for_kind(kind), *tokens.for_title("\n".join(names))]


def _subjects(words: Searchable) -> list[str]:
    """The tokens by which a search is narrowed to languages, topics and countries."""
    languages = [tokens.for_language(words.language)] if words.language else []
    topics = map(tokens.for_topic, sorted(set(words.topics)))
    countries = map(tokens.for_country, sorted(set(filter(None, words.countries))))
    return [*languages, *topics, *countries]


def _days(words: Searchable) -> list[str]:
    """The tokens by which a search is narrowed to days, as the newsroom counts them."""
    day = timezone.localdate(words.sort_at, timezone.get_default_timezone()) if words.sort_at else None
    days = words.days or (day and (day, day))
    return daymarks.for_index(*days) if days else []
