"""The copy desk's word on where records stand in print: what no relation shows once a story has changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from events.models import Event
from newsroom import trash
from newsroom.articles.models import Article, EditionFacet
from newsroom.models import Source, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person

Facet = EditionFacet.Facet
SHELVES: dict[type[Model], tuple[str, ...]] = {
    Person: (Facet.PERSON, Facet.BYLINE),
    Organisation: (Facet.ORGANISATION,),
    Event: (Facet.EVENT,),
    Topic: (Facet.TOPIC,),
    Photo: (Facet.PHOTO,),
}


def in_print(row: Any) -> Iterator[Model]:
    """Stories that print the record now or will; those that ever credited a source, since its rights stand there."""
    if isinstance(row, Source):
        named = Article.objects.filter(editions__story__sources__icontains=f'"{row.slug}"')
    elif shelves := SHELVES.get(type(row)):
        facets = EditionFacet.objects.filter(facet__in=shelves, value=str(row.pk))
        named = Article.objects.filter(pk__in=facets.values("article"))
    else:
        return
    yield from named.defer("body").distinct().order_by("pk")[: trash.SHOWN]


trash.also_look(in_print)
