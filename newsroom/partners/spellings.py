"""What partners call the values of a filter beside slugs and ids: a person in any spelling, a topic by its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from newsroom.filters import AnyOf, Codes, Countries
from newsroom.models import Topic
from people.models import Organisation, Person

MOST_MEANT = 50  # records that one spelling may mean


def _people(spelling: str) -> Any:
    return Person.objects.public().named(spelling)


def _organisations(spelling: str) -> Any:
    return Organisation.objects.public().named(spelling)


def _topics(name: str) -> Any:
    code = name.removeprefix("medtop:")
    return Topic.objects.public().filter(Q(name__iexact=name) | Q(name_ko__iexact=name) | Q(medtop=code))


CALLED: dict[str, Callable[[str], Any]] = {
    "person": _people,
    "photographer": _people,
    "organisation": _organisations,
    "topic": _topics,
}


def replace(query: QueryDict, unknown: Mapping[str, Sequence[str]]) -> bool:
    """Put the slugs of all who are called so in the place of what is no slug; returns whether any are."""
    is_replaced = False
    for name, values in unknown.items():
        for value in values:
            if slugs := _meant(name, value):
                kept = [one for one in query.getlist(name) if one.strip() != value]
                query.setlist(name, [*kept, *slugs])
                is_replaced = True
    return is_replaced


def _meant(name: str, value: str) -> list[str]:
    if name == "country" and value.upper() != value:
        return [value.upper()]
    if name not in CALLED:
        return []
    return list(CALLED[name](value).values_list("slug", flat=True)[:MOST_MEANT])


def refusal(name: str, values: Sequence[str], facet: AnyOf) -> str:
    """Which values name nothing, and where to find some that do."""
    told = {"name": name, "values": ", ".join(values)}
    if isinstance(facet.catalogue, Codes):
        told["known"] = ", ".join(option.value for option in facet.catalogue.standing())
        return _("there is no %(name)s %(values)s; there are: %(known)s") % told
    if isinstance(facet.catalogue, Countries):
        return _("there is no %(name)s %(values)s; take two letters of ISO 3166, such as KR") % told
    return _("there is no public %(name)s %(values)s; take a slug or an id") % told
