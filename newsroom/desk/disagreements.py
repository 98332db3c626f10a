"""The desk's eye for documents that disagree: spellings of one name, titles of one day, dates of one event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from events.models import Event
from newsroom.dates import PartialDate
from newsroom.models import Source
from people.models import Attestation, Person

_SMALL = {"of", "the", "at", "for", "and", "in", "a", "an"}


@dataclass(frozen=True)
class Disagreement:
    """What is printed, each wording once; where; and of which day, empty where it is of none."""

    wordings: str
    documents: str
    day: str = ""


@dataclass(frozen=True)
class _Printed:
    wording: str
    source: Source | None


def spellings(person: Person) -> Iterator[Disagreement]:
    """Spellings of a name that differ by more than the order of its parts; reads `person.variants`."""
    by_script: dict[str, list[_Printed]] = {}
    for variant in person.variants.all():
        by_script.setdefault(variant.script, []).append(_Printed(variant.spelling, variant.source))
    for printed in by_script.values():
        if len({_name(one.wording) for one in printed}) > 1:
            yield _told(printed)


def titles(person: Person) -> Iterator[Disagreement]:
    """Titles of one day of which neither says the same at greater length; reads `person.positions`."""
    attested = [seen for position in person.positions.all() for seen in position.attestations.all()]
    for day in sorted({seen.seen_on for seen in attested if seen.seen_on}):
        printed = [_printed(seen) for seen in attested if seen.seen_on == day]
        if not _is_one({_title(one.wording) for one in printed}):
            yield _told(printed, day)


def dates(event: Event) -> Iterator[Disagreement]:
    """Photographs of a day that is none of the event's; reads `event.photos`."""
    for photo in event.photos.all():
        if photo.taken_on and event.starts_on and not _may_be_of(event, photo.taken_on):
            printed = [_Printed(photo.taken_on.in_words(), photo.source)]
            yield _told(printed, event.starts_on)


def _name(spelling: str) -> frozenset[str]:
    return frozenset(spelling.casefold().split())


def _title(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", title.casefold())) - _SMALL


def _is_one(wordings: set[frozenset[str]]) -> bool:
    """“President” and “president of KISTEP” are one title, said shorter and longer."""
    longest = max(wordings, key=len)
    return all(words <= longest for words in wordings)


def _printed(seen: Attestation) -> _Printed:
    return _Printed(seen.title_as_printed or seen.position.title, seen.source)


def _may_be_of(event: Event, taken_on: PartialDate) -> bool:
    first, last = event.starts_on, event.ends_on or event.starts_on
    if first is None or last is None or first.precision in {"day-unknown-month", "none"}:
        return True
    edges = (first.earliest, last.latest, taken_on.earliest, taken_on.latest)
    return None in edges or _overlap(*(edge or dt.date.max for edge in edges))


def _overlap(first: dt.date, last: dt.date, earliest: dt.date, latest: dt.date) -> bool:
    return first <= latest and earliest <= last


def _told(printed: Iterable[_Printed], day: PartialDate | None = None) -> Disagreement:
    ordered = list(printed)
    wordings = dict.fromkeys(one.wording for one in ordered)
    documents = dict.fromkeys(str(one.source) for one in ordered if one.source)
    return Disagreement("; ".join(wordings), "; ".join(documents), day.in_words() if day else "")
