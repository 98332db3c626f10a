"""Front of house: the names that a reader's words mean, as the newsroom prints them, for pages to mark."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom import search
from newsroom.tokens import particled, wanted
from people import naming
from people.filters import names_in, without_honorific
from people.models import Person

MOST_MEANT = 3  # people


def with_names_meant(words: str, exact: search.Exact | None = None) -> str:
    """The words, and behind them the names of public people that they spell in another way.

    `exact` is what `names_in` has said of them, if that was asked already.
    """
    exact = names_in(words) if exact is None else exact
    names = [name for name in exact if isinstance(name, search.Within)]
    bare = [without_honorific(wanted(words).strip()), *particled(words).values()]
    asked = [*bare, *(name.name or without_honorific(name.words) for name in names)]
    spelt = (name for person in _meant(exact) for one in asked for name in _spelt(person, one))
    return " ".join(dict.fromkeys([search.with_names_whole(words, names), *spelt]))


def _meant(exact: search.Exact) -> list[Person]:
    tokens = [token for one in exact for token in (one.tokens if isinstance(one, search.Within) else [one])]
    # Few words name anybody: the people are asked for only where the index knows one.
    ids = sorted(search.matching_ids("", "person", exact=tokens).values_list("object_id", flat=True)) if tokens else ()
    people = Person.objects.public().filter(uuid__in=ids[:MOST_MEANT])
    return list(people.prefetch_related("variants").order_by("pk")) if ids else []


def _spelt(person: Person, words: str) -> Iterator[str]:
    """How this person's name, or the part of it that was asked for, is printed."""
    spellings = [person.name, person.native_name, *(variant.spelling for variant in person.variants.all())]
    yield from (one for one in spellings if one and naming.same_name(one, words))
    if short := naming.initials_meant(words):
        yield from (one for one in spellings if one and not short.isdisjoint(naming.in_initials(one)))
    parts = naming.part_readings(words)
    yield from (one for one in (person.family_name, person.given_name) if parts & naming.part_readings(one))
