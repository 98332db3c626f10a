"""What partners and readers call the values of a filter beside slugs, codes and ids.

A person or an organisation in any spelling, a topic by its name or code, a country by its name, a kind in capitals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_countries import countries

from newsroom.filters import AnyOf, Filters
from newsroom.models import Topic
from newsroom.options import Codes, Countries
from people.models import Organisation, Person

MOST_MEANT = 50  # records that one spelling may mean
MOST_LOOKED_UP = 10  # values of one filter that are no addresses


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


def replace(query: QueryDict, filters: Filters) -> bool:
    """Put what addresses write in the place of what is only called so; returns whether any is."""
    is_replaced = False
    for name, values in filters.unknown.items():
        for value in values[:MOST_LOOKED_UP]:
            if known := _meant(name, value, filters.facets[name]):
                kept = [one for one in query.getlist(name) if one.strip() != value]
                query.setlist(name, list(dict.fromkeys([*kept, *known])))
                is_replaced = True
    return is_replaced


def _meant(name: str, value: str, facet: AnyOf) -> list[str]:
    if isinstance(facet.catalogue, Codes):
        return _codes(value, facet.catalogue)
    if isinstance(facet.catalogue, Countries):
        return _countries(value)
    slug = slugify(value, allow_unicode=True)
    if slug != value and any(facet.catalogue.named([slug])):
        return [slug]
    return list(CALLED[name](value).values_list("slug", flat=True)[:MOST_MEANT]) if name in CALLED else []


def _codes(value: str, catalogue: Codes) -> list[str]:
    """The words of a fixed list in capitals, or as they are shown."""
    asked = value.casefold()
    return [one.value for one in catalogue.standing() if asked in (one.value.casefold(), one.label.casefold())]


def _countries(value: str) -> list[str]:
    """By two or three letters of ISO 3166, or by a name in any language of the site."""
    names = (countries.by_name(value, language=language) for language, _name in settings.LANGUAGES)
    code = countries.alpha2(value.upper()) or next(filter(None, names), "")
    return [code] if code else []


def refusal(name: str, values: Sequence[str], facet: AnyOf) -> str:
    """Which values name nothing, and where to find some that do."""
    told = {"name": name, "values": ", ".join(values)}
    if isinstance(facet.catalogue, Codes):
        told["known"] = ", ".join(option.value for option in facet.catalogue.standing())
        return _("there is no %(name)s %(values)s; there are: %(known)s") % told
    if isinstance(facet.catalogue, Countries):
        return _("there is no %(name)s %(values)s; take two letters of ISO 3166, such as KR") % told
    return _("there is no public %(name)s %(values)s; take a slug or an id") % told
