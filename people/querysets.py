"""Which people and organisations: the public ones, those called so, those seen together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from newsroom.querysets import RecordQuerySet
from people import naming

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
