"""The whole story as one thing: snapshots for revisions and editions, and the live records beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from events.models import Event
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse, Revision
from newsroom.models import Source, Topic, User
from newsroom.photos.documents import with_all as photos_with_all
from newsroom.photos.models import Photo
from people.models import Organisation, Person

Snapshot = dict[str, Any]


def snapshot(article: Article) -> Snapshot:
    """The story as it stands: its texts, and under `printed` the names, titles and captions as they are printed.

    Objects are named by their public ids, sources by their slugs; lists keep their order.
    """
    return {
        "slug": article.slug,
        "kind": article.kind,
        "language": article.language,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "body": article.body,
        "printed": printed(article),
    }


def printed(article: Article) -> Snapshot:
    """What an edition freezes beside its texts."""
    events = list(article.events.order_by("pk").select_related("venue"))
    return {
        "bylines": [_byline(byline) for byline in article.bylines.select_related("person")],
        "people": [_mention(mention) for mention in article.mentions.select_related("person")],
        "organisations": [{"id": str(one.uuid), "name": one.name} for one in article.organisations.order_by("name")],
        "events": [{"id": str(event.uuid), "name": event.name} for event in events],
        "topics": [{"id": str(topic.uuid), "name": topic.name} for topic in article.topics.order_by("name")],
        "photos": [_use(use) for use in article.photo_uses.select_related("photo")],
        "sources": [source.slug for source in article.sources.order_by("pk")],
        "countries": sorted({country.code for country in article.countries} | {e.held_in for e in events if e.held_in}),
    }


def _byline(byline: Byline) -> Snapshot:
    person = str(byline.person.uuid) if byline.person else None
    return {"role": byline.role, "person": person, "name": byline.words or str(byline.person)}


def _mention(mention: Mention) -> Snapshot:
    return {
        "id": str(mention.person.uuid),
        "name": mention.name_as_printed or mention.person.name,
        "title": mention.title_as_printed,
    }


def _use(use: PhotoUse) -> Snapshot:
    return {
        "id": str(use.photo.uuid),
        "caption": use.caption or use.photo.description,
        "alt": "" if use.is_decorative else use.alt_text or use.photo.alt_text,
        "is_lead": use.is_lead,
        "is_decorative": use.is_decorative,
    }


def keep(article: Article, *, by: User | None, at: dt.datetime, note: str = "") -> Revision:
    """Add a revision: the story as it stands now. Call it after the story's rows are saved."""
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    return Revision.objects.create(
        article=article, number=last + 1, story=snapshot(article), saved_by=by, saved_at=at, note=note
    )


# The live records beside frozen editions


@dataclass(frozen=True)
class Cast:
    """The records that some editions name, by public id (sources by slug): their addresses, doors and rights today."""

    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    photos: dict[str, Photo] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)


def cast(editions: Iterable[Edition]) -> Cast:
    """What these editions name, in six queries however many they are."""
    stories = [edition.story for edition in editions]
    authors = {one["person"] for story in stories for one in story["bylines"] if one["person"]}
    slugs = {slug for story in stories for slug in story["sources"]}
    return Cast(
        people=_by_id(Person.objects.all(), authors | _ids(stories, "people")),
        organisations=_by_id(Organisation.objects.all(), _ids(stories, "organisations")),
        events=_by_id(Event.objects.select_related("venue", "series"), _ids(stories, "events")),
        topics=_by_id(Topic.objects.all(), _ids(stories, "topics")),
        photos=_by_id(photos_with_all(Photo.objects.all()), _ids(stories, "photos")),
        sources={source.slug: source for source in Source.objects.filter(slug__in=slugs)},
    )


def _ids(stories: Iterable[Snapshot], part: str) -> set[str]:
    return {one["id"] for story in stories for one in story[part]}


def _by_id(records: QuerySet[Any], ids: Iterable[str]) -> dict[str, Any]:
    return {str(record.uuid): record for record in records.filter(uuid__in={UUID(one) for one in ids})}


def with_corrections(editions: QuerySet[Edition], at: dt.datetime) -> QuerySet[Edition]:
    """Editions with their story's public history at hand, as `article.public_editions`, newest first."""
    history = Edition.objects.shown_by(at).defer("body", "story")
    return editions.select_related("article").prefetch_related(
        Prefetch("article__editions", history, "public_editions")
    )
