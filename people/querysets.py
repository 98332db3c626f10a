"""Which people and organisations: the public ones, those called so, those seen together."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef, Q, Subquery

from newsroom.querysets import ModelT, RecordQuerySet
from people import naming
from people.spellings import by_family, ends_of, family_spellings, in_cases, is_hangul

if TYPE_CHECKING:
    from people.models import Organisation, Person  # noqa: F401  named in quotes

A_FAMILY, A_FAMILY_IN_HANGUL = "Kim", "김"
MOST_CANDIDATES = 10_000  # for a given name alone; the newest
NAME = ("family_name", "given_name", "name_order", "native_name")

# With which letters a given name is printed that begins so in the Revised Romanisation of Korean.
ONSETS = {
    "g": "gk", "k": "kg", "d": "dt", "t": "td", "b": "bp", "p": "pb", "j": "jcz", "c": "cj", "r": "rl",
    "n": "n", "m": "m", "s": "s", "h": "hw",
}  # fmt: skip
VOWELS = "aeiouwy"


class MergeableQuerySet(RecordQuerySet[ModelT]):
    """Questions about records that may turn out to be one."""

    def unmerged(self) -> Self:
        """Those that stand for themselves: the names of the others are spellings of the record they went into."""
        return self.filter(merged_into=None)


class PersonQuerySet(MergeableQuerySet["Person"]):
    """Questions about people."""

    def named(self, spelling: str) -> Self:
        """Everyone who may be meant by this spelling, in whatever romanisation, order or script.

        Two steps: an indexed key finds candidates, then the names themselves are compared.
        """
        candidates = self.unmerged().possibly_named(spelling).only(*NAME).prefetch_related("variants")
        return self.filter(pk__in=[person.pk for person in candidates if _is_called(person, spelling)])

    def with_namesake(self) -> Self:
        """Those who share their folded key with somebody who was on record before; that one's name stands beside them.

        Whether it is one name, `naming.same_name` tells.
        """
        people = self.model._default_manager.filter(match_key=OuterRef("match_key"), pk__lt=OuterRef("pk"))
        others = people.filter(trashed_at=None).exclude(match_key="").order_by("pk")
        beside = {f"namesake_{name}": Subquery(others.values(name)[:1]) for name in ("slug", *NAME)}
        return self.filter(Exists(others), trashed_at=None).annotate(**beside)

    def possibly_named(self, spelling: str) -> Self:
        """The candidates that share the spelling's folded key."""
        key = naming.match_key(spelling)
        if not key:
            return self.none()
        by_variant = self.model._default_manager.filter(variants__match_key=key).values("pk")
        return self.filter(Q(match_key=key) | Q(native_match_key=key) | Q(pk__in=by_variant))

    def named_in_part(self, words: str) -> Self:
        """Everyone whose family name or given name alone these words are, in whatever romanisation or in Hangul.

        As far as names of Korea go: of any others, only the letters tell.
        """
        given = _given(f"{A_FAMILY} {words}" if not is_hangul(words) else f"{A_FAMILY_IN_HANGUL}{words}")
        alike = Q(family_name__in=in_cases(family_spellings(words)))
        if given:
            people = self.model._default_manager.possibly_given(words, given).only(*NAME).order_by("-pk")
            alike |= Q(pk__in=[person.pk for person in people[:MOST_CANDIDATES] if _is_given(person, given)])
        return self.unmerged().filter(alike)

    def possibly_given(self, words: str, given: Iterable[str]) -> Self:
        """The candidates for a given name: with one family name or other they share its folded key, and its onset."""
        keys = {naming.match_key(hangul[0] + words) for hangul in naming.SURNAMES}
        onsets = {letter for name in given for letter in ONSETS.get(name[0], VOWELS)}
        begins = Q(*(("given_name__istartswith", letter) for letter in sorted(onsets)), _connector=Q.OR)
        return self.filter(Q(match_key__in=keys) | Q(native_match_key__in=keys)).filter(begins)

    def possibly_called(self, names: Collection[str]) -> Self:
        """The candidates for any of these whole names: the same folded key, and a family name that stands in them.

        A name in Hangul is taken by its letters.
        """
        hangul = {name for name in names if is_hangul(name)}
        latin = set(names) - hangul
        words = {part for name in latin for part in ends_of(name) if not family_spellings(part)}
        asked = Q(native_match_key__in=_keys(hangul), native_name__in=hangul)
        asked |= Q(match_key__in=_keys(latin), family_name__in=words | in_cases(words))
        for family, bearers in by_family(latin).items():
            asked |= Q(match_key__in=_keys(bearers), family_name__in=in_cases(family))
        return self.unmerged().filter(asked)


class OrganisationQuerySet(MergeableQuerySet["Organisation"]):
    """Questions about organisations."""

    def named(self, spelling: str) -> Self:
        """The organisations with this name, short name or recorded spelling, whatever its case."""
        name = spelling.strip()
        if not name:
            return self.none()
        by_variant = self.model._default_manager.filter(variants__spelling__iexact=name).values("pk")
        return self.unmerged().filter(
            Q(name__iexact=name) | Q(short_name__iexact=name) | Q(native_name__iexact=name) | Q(pk__in=by_variant)
        )


def _is_called(person: Person, spelling: str) -> bool:
    names = [person.name, person.native_name, *(variant.spelling for variant in person.variants.all())]
    return any(naming.same_name(name, spelling) for name in names if name)


def _given(spelling: str) -> frozenset[str]:
    """The given names of Korea as which a whole name can be read, in the Revised Romanisation."""
    readings = (reading.partition(", ") for reading in naming.readings(spelling))
    return frozenset(given for _family, comma, given in readings if comma)


def _is_given(person: Person, given: frozenset[str]) -> bool:
    return any(not given.isdisjoint(_given(name)) for name in (person.name, person.native_name) if name)


def _keys(names: Iterable[str]) -> set[str]:
    return set(map(naming.match_key, names))
