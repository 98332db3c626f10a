"""Front of house: the names that a reader's words mean, as the newsroom prints them, for pages to mark."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom import search
from newsroom.tokens import wanted
from people import naming
from people.filters import names_in, spelt_alike, without_honorific
from people.models import Person

MOST_MEANT = 3  # people


def with_names_meant(words: str) -> str:
    """The words, and behind them the names of public people that they spell in another way."""
    names = [name for name in names_in(words) if isinstance(name, search.Within)]
    tokens = [*spelt_alike(words), *(token for name in names for token in name.tokens)]
    meant = Person.objects.public().filter(uuid__in=search.matching_ids("", "person", exact=tokens))
    people = meant.prefetch_related("variants").order_by("pk")[:MOST_MEANT] if tokens else ()
    asked = [without_honorific(wanted(words).strip()), *(name.words for name in names)]
    spelt = (name for person in people for one in asked for name in _spelt(person, one))
    return " ".join(dict.fromkeys([search.with_names_whole(words, names), *spelt]))


def _spelt(person: Person, words: str) -> Iterator[str]:
    """How this person's name, or the part of it that was asked for, is printed."""
    spellings = [person.name, person.native_name, *(variant.spelling for variant in person.variants.all())]
    yield from (one for one in spellings if one and naming.same_name(one, words))
    parts = naming.part_readings(words)
    yield from (one for one in (person.family_name, person.given_name) if parts & naming.part_readings(one))
