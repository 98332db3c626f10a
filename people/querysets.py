"""Which people and organisations: the public ones, those called so, those seen together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from newsroom.querysets import RecordQuerySet
from people import naming
from people.spellings import family_spellings, is_hangul

if TYPE_CHECKING:
    from people.models import Organisation, Person  # noqa: F401  named in quotes


class PersonQuerySet(RecordQuerySet["Person"]):
    """Questions about people."""

    def named(self, spelling: str) -> Self:
        """Everyone who may be meant by this spelling, in whatever romanisation, order or script.

        Two steps: an indexed key finds candidates, then the names themselves are compared.
        """
        candidates = self.possibly_named(spelling).prefetch_related("variants")
        return self.filter(pk__in=[person.pk for person in candidates if _is_called(person, spelling)])

    def possibly_named(self, spelling: str) -> Self:
        """The candidates that share the spelling's folded key."""
        key = naming.match_key(spelling)
        if not key:
            return self.none()
        by_variant = self.model._default_manager.filter(variants__match_key=key).values("pk")
        return self.filter(Q(match_key=key) | Q(native_match_key=key) | Q(pk__in=by_variant))

    def possibly_called(self, names: Iterable[str]) -> Self:
        """The candidates for any of these whole names: the same folded key, and a family name that stands in them.

        A name in Hangul is taken by its letters.
        """
        hangul = {name for name in names if is_hangul(name)}
        asked = Q(native_match_key__in=set(map(naming.match_key, hangul)), native_name__in=hangul)
        for families, keys in _by_family(set(names) - hangul).items():
            asked |= Q(match_key__in=keys, family_name__in=families)
        return self.filter(asked)


class OrganisationQuerySet(RecordQuerySet["Organisation"]):
    """Questions about organisations."""

    def named(self, spelling: str) -> Self:
        """The organisations with this name, short name or recorded spelling, whatever its case."""
        name = spelling.strip()
        if not name:
            return self.none()
        by_variant = self.model._default_manager.filter(variants__spelling__iexact=name).values("pk")
        return self.filter(
            Q(name__iexact=name) | Q(short_name__iexact=name) | Q(native_name__iexact=name) | Q(pk__in=by_variant)
        )


def _is_called(person: Person, spelling: str) -> bool:
    names = [person.name, person.native_name, *(variant.spelling for variant in person.variants.all())]
    return any(naming.same_name(name, spelling) for name in names if name)


def _by_family(names: Iterable[str]) -> dict[frozenset[str], set[str]]:
    """The folded keys of names, by the family names of Korea that stand in them; those of all others together."""
    of_korea: dict[frozenset[str], set[str]] = defaultdict(set)
    others: set[str] = set()
    keys: set[str] = set()
    for name in names:
        keys.add(key := naming.match_key(name))
        for part in _parts(name.split()):
            if spellings := family_spellings(part):
                of_korea[spellings].add(key)
            else:
                others |= {part, part.title()}
    return {**of_korea, frozenset(others): keys}


def _parts(words: list[str]) -> set[str]:
    """What of a whole name may be the family name: words at its beginning or at its end."""
    return {" ".join(part) for cut in range(1, len(words)) for part in (words[:cut], words[cut:])}
