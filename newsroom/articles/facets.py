"""The dense keys under which lists find an edition; written when it is made, removed when it closes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from django.utils.text import slugify

from newsroom.articles.models import Article, Edition, EditionFacet

Facet = EditionFacet.Facet


def write(edition: Edition) -> None:
    """Put the edition on its shelves; its article's relations have to be those that it printed."""
    EditionFacet.objects.bulk_create(rows(edition, shelves(edition)))


def rows(edition: Edition, shelved: Iterable[tuple[str, str]]) -> Iterator[EditionFacet]:
    """One for each shelf and what it is about, twice named ones once."""
    for facet, value in sorted(set(shelved)):
        yield EditionFacet(
            edition=edition,
            article_id=edition.article_id,
            facet=facet,
            value=value,
            kind=edition.kind,
            language=edition.language,
            first_published_at=edition.first_published_at,
            visible_from=edition.visible_from,
            visible_until=edition.visible_until,
        )


def follow(edition: Edition, at: dt.datetime) -> None:
    """Carry a changed interval over; an edition closed for good loses its shelves."""
    shelved = EditionFacet.objects.filter(edition=edition)
    if edition.visible_until <= max(at, edition.visible_from):
        shelved.delete()
    else:
        shelved.update(
            visible_from=edition.visible_from,
            visible_until=edition.visible_until,
            first_published_at=edition.first_published_at,
        )


def sweep(articles: Collection[int], at: dt.datetime) -> int:
    """Take from their shelves the editions of these stories that time has closed; returns how many rows went."""
    closed = Edition.objects.filter(article__in=articles, visible_until__lte=at).values("pk")
    return EditionFacet.objects.filter(edition__in=closed).delete()[0]


def shelves(edition: Edition) -> Iterator[tuple[str, str]]:
    """Where the edition belongs, by facet and value; it need not be saved."""
    article = edition.article
    yield Facet.ALL, ""
    yield Facet.KIND, edition.kind
    yield Facet.LANGUAGE, edition.language
    yield from ((Facet.COUNTRY, code) for code in edition.story["countries"])
    for facet, keys in _related(article):
        yield from ((facet, str(key)) for key in keys)
    for source in article.sources.all():
        yield Facet.SOURCE, str(source.pk)
        yield Facet.PUBLISHER, publisher_slug(source.publisher)


def _related(article: Article) -> Iterator[tuple[str, Iterator[int]]]:
    yield Facet.TOPIC, article.topics.values_list("pk", flat=True).iterator()
    yield Facet.PERSON, article.mentions.values_list("person", flat=True).iterator()
    yield Facet.BYLINE, article.bylines.exclude(person=None).values_list("person", flat=True).iterator()
    yield Facet.ORGANISATION, article.organisations.values_list("pk", flat=True).iterator()
    yield Facet.EVENT, article.events.values_list("pk", flat=True).iterator()
    yield Facet.PHOTO, article.photo_uses.values_list("photo", flat=True).iterator()


def publisher_slug(publisher: str) -> str:
    """How a publisher is named in an address; Hangul stays as it is."""
    return slugify(publisher, allow_unicode=True)[:80]
