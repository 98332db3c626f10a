"""Who's who: whom on record the names in a text mean, in whatever romanisation or order.

    recognised(names_in("Kim Sangbae spoke."))    # [Recognised(7, "Kim Sangbae", "Kim Sang-bae")]

Two queries, and one more where a recorded spelling leads to somebody, among any number of people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from people import naming
from people.models import NameVariant, Person
from people.querysets import NAME
from people.spellings import by_family, is_hangul

MOST_CANDIDATES = 10_000  # rows that share a folded key with one of the names

# Small words that are family names too: “In Seoul” begins a sentence, “In Yo-han” is somebody.
_SMALL_WORDS = frozenset({"An", "As", "At", "Do", "For", "Go", "He", "Her", "In", "No", "Oh", "On", "So", "To", "You"})

ByKey = dict[str, list[str]]


@dataclass(frozen=True)
class Recognised:
    """Somebody on record whom a text names: by their key, as the text has it, and as the record has it."""

    key: int
    spelling: str
    name: str


def recognised(names: Iterable[str]) -> list[Recognised]:
    """Everyone who may be meant; several people may be by one name, and one person by several."""
    by_key: ByKey = defaultdict(list)
    for name in dict.fromkeys(names):
        by_key[naming.match_key(name)].append(name)
    return [*dict.fromkeys([*_by_name(by_key), *_by_spelling(by_key)])] if by_key else []


def _by_name(by_key: ByKey) -> Iterator[Recognised]:
    people = Person.objects.possibly_called(_all(by_key)).filter(trashed_at=None).order_by("pk")
    for person in people.only(*NAME)[:MOST_CANDIDATES]:
        for spelling in filter(None, (person.name, person.native_name)):
            yield from (Recognised(person.pk, name, person.name) for name in _meaning(spelling, by_key))


def _by_spelling(by_key: ByKey) -> Iterator[Recognised]:
    spelt = NameVariant.objects.filter(_possibly_spelt(by_key), person__isnull=False, person__trashed_at=None)
    rows = spelt.order_by("pk").values_list("person", "spelling")[:MOST_CANDIDATES]
    meant = [(key, name) for key, spelling in rows for name in _meaning(spelling, by_key)]
    people = Person.objects.only(*NAME).in_bulk({key for key, _name in meant})
    yield from (Recognised(key, name, people[key].name) for key, name in meant if key in people)


def _possibly_spelt(by_key: ByKey) -> Q:
    """Letter for letter; or with the same folded key, and a family name of Korea at either end."""
    asked = Q(match_key__in=by_key, spelling__in=_all(by_key))
    for family, bearers in by_family(_all(by_key)).items():
        first = (("spelling__istartswith", one if is_hangul(one) else f"{one} ") for one in family)
        last = (("spelling__iendswith", f" {one}") for one in family)
        ends = Q(*first, *last, _connector=Q.OR)
        asked |= Q(match_key__in=set(map(naming.match_key, bearers))) & ends
    return asked


def _all(by_key: ByKey) -> list[str]:
    return [name for alike in by_key.values() for name in alike]


def _meaning(spelling: str, by_key: ByKey) -> Iterator[str]:
    """The names that this spelling on record may stand for."""
    return (name for name in by_key.get(naming.match_key(spelling), ()) if _is_meant(name, spelling))


def _is_meant(name: str, spelling: str) -> bool:
    """In Hangul by its very letters: there every second word of a text is a name in some romanisation."""
    if name == spelling or is_hangul(name):
        return name == spelling
    first, _blank, others = name.partition(" ")
    return not (first in _SMALL_WORDS and "-" not in others) and naming.same_name(name, spelling)
