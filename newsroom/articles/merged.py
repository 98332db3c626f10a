"""The copy desk's part in a merge: stories that printed either record stand on the shelf of whichever it is now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
    EditionFacet.objects.bulk_create(
        EditionFacet(
            edition=edition,
            article_id=edition.article_id,
            facet=facet,
            value=value,
            first_published_at=edition.first_published_at,
            visible_from=edition.visible_from,
            visible_until=edition.visible_until,
        )
        for edition in editions
        for facet, value in sorted(
            {(facet, str(records[one].pk)) for facet, one in _printed(edition, model) if one in records}
        )
    )


def _printed(edition: Edition, model: type[Any]) -> Iterator[tuple[str, str]]:
    """The public ids that the edition printed, by shelf."""
    story = edition.story
    if model is Organisation:
        yield from ((Facet.ORGANISATION, one["id"]) for one in story["organisations"])
        return
    yield from ((Facet.PERSON, one["id"]) for one in story["people"])
    yield from ((Facet.BYLINE, one["person"]) for one in story["bylines"] if one["person"])


merging.also_follow(reshelve)
