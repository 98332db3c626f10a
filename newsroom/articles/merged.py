"""The copy desk's part in a merge: stories that printed either record stand on the shelf of whichever it is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.articles import facets
from newsroom.articles.models import Edition, EditionFacet
from newsroom.articles.story import cast
from people import merging
from people.models import Organisation, Person

AT_ONCE = 200  # editions
Facet = EditionFacet.Facet
SHELVES: dict[type[Any], tuple[str, ...]] = {
    Person: (Facet.PERSON, Facet.BYLINE),
    Organisation: (Facet.ORGANISATION,),
}


def reshelve(one: Person | Organisation, other: Person | Organisation) -> None:
    """Shelve the editions of both anew by what they printed; right after a merge and after it is undone."""
    concerned = EditionFacet.objects.filter(facet__in=SHELVES[type(one)], value__in=[str(one.pk), str(other.pk)])
    keys = sorted(set(concerned.values_list("edition", flat=True)))
    for start in range(0, len(keys), AT_ONCE):
        _reshelve(list(Edition.objects.filter(pk__in=keys[start : start + AT_ONCE]).defer("body")), type(one))


def _reshelve(editions: list[Edition], model: type[Any]) -> None:
    known = cast(editions)
    records = known.people if model is Person else known.organisations
    EditionFacet.objects.filter(edition__in=editions, facet__in=SHELVES[model]).delete()
    now = (
        (edition, [(facet, str(records[one].pk)) for facet, one in _printed(edition, model) if one in records])
        for edition in editions
    )
    EditionFacet.objects.bulk_create(row for edition, shelved in now for row in facets.rows(edition, shelved))


def _printed(edition: Edition, model: type[Any]) -> Iterator[tuple[str, str]]:
    """The public ids that the edition printed, by shelf."""
    story = edition.story
    if model is Organisation:
        yield from ((Facet.ORGANISATION, one["id"]) for one in story["organisations"])
        return
    yield from ((Facet.PERSON, one["id"]) for one in story["people"])
    yield from ((Facet.BYLINE, one["person"]) for one in story["bylines"] if one["person"])


merging.also_follow(reshelve)
