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

TEXTS = ("kind", "language", "headline", "standfirst", "dateline", "body")


def snapshot(article: Article) -> Snapshot:
    """The story as it stands: its texts; under `printed` the names, titles and captions as they are printed.

    `working` holds what the desk typed, which is less than what is printed (an empty caption prints that of the
    photo) and more (the embargo); a restoration starts from it. Revisions made before it was kept have none.
    Objects are named by their public ids, sources by their slugs; lists keep their order.
    """
    rows = _rows(article)
    return {
        "slug": article.slug,
        **texts(article),
        "printed": _printed(article, rows),
        "working": _working(article, rows),
    }


def texts(story: Article | Edition) -> Snapshot:
    """The fields that an edition copies from its article under the same names."""
    return {name: getattr(story, name) for name in TEXTS}


def printed(article: Article) -> Snapshot:
    """What an edition freezes beside its texts."""
    return _printed(article, _rows(article))


def of_edition(edition: Edition) -> Snapshot:
    """An edition in the shape of a snapshot, to be compared with others."""
    return {**texts(edition), "printed": edition.story}


@dataclass(frozen=True)
class Rows:
    """The rows below a story and the records that it names, each list in its order."""

    bylines: list[Byline]
    mentions: list[Mention]
    uses: list[PhotoUse]
    organisations: list[Organisation]
    events: list[Event]
    topics: list[Topic]
    sources: list[Source]


def _rows(article: Article) -> Rows:
    return Rows(
        bylines=list(article.bylines.select_related("person")),
        mentions=list(article.mentions.select_related("person")),
        uses=list(article.photo_uses.select_related("photo")),
        organisations=list(article.organisations.order_by("name")),
        events=list(article.events.order_by("pk").select_related("venue")),
        topics=list(article.topics.order_by("name")),
        sources=list(article.sources.order_by("pk")),
    )


def _printed(article: Article, rows: Rows) -> Snapshot:
    held_in = {event.held_in for event in rows.events if event.held_in}
    return {
        "bylines": [_byline(byline) for byline in rows.bylines],
        "people": [_mention(mention) for mention in rows.mentions],
        "organisations": _named(rows.organisations),
        "events": _named(rows.events),
        "topics": _named(rows.topics),
        "photos": [_use(use) for use in rows.uses],
        "sources": [source.slug for source in rows.sources],
        "countries": sorted({country.code for country in article.countries} | held_in),
    }


def _named(records: Iterable[Any]) -> list[Snapshot]:
    return [{"id": str(record.uuid), "name": record.name} for record in records]


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


def _working(article: Article, rows: Rows) -> Snapshot:
    """The rows as typed; `record` is what one called the record then, should it be gone one day."""
    return {
        "countries": sorted(country.code for country in article.countries),
        "embargo_until": article.embargo_until.isoformat() if article.embargo_until else None,
        "desk_note": article.desk_note,
        "bylines": [
            {**_of_person(one.person), "order": one.order, "role": one.role, "words": one.words} for one in rows.bylines
        ],
        "people": [
            {**_of_person(one.person), "order": one.order, "name": one.name_as_printed, "title": one.title_as_printed}
            for one in rows.mentions
        ],
        "photos": [_use_as_typed(use) for use in rows.uses],
        "sources": [{"slug": source.slug, "record": str(source)} for source in rows.sources],
    }


def _of_person(person: Person | None) -> Snapshot:
    return {"id": str(person.uuid) if person else None, "record": str(person) if person else ""}


def _use_as_typed(use: PhotoUse) -> Snapshot:
    return {
        "id": str(use.photo.uuid),
        "record": str(use.photo),
        "order": use.order,
        "caption": use.caption,
        "alt": use.alt_text,
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
        people=_by_id(Person.objects.select_related("merged_into"), authors | _ids(stories, "people")),
        organisations=_by_id(Organisation.objects.select_related("merged_into"), _ids(stories, "organisations")),
        events=_by_id(Event.objects.select_related("venue", "series"), _ids(stories, "events")),
        topics=_by_id(Topic.objects.all(), _ids(stories, "topics")),
        photos=_by_id(photos_with_all(Photo.objects.all()), _ids(stories, "photos")),
        sources={source.slug: source for source in Source.objects.filter(slug__in=slugs)},
    )


def _ids(stories: Iterable[Snapshot], part: str) -> set[str]:
    return {one["id"] for story in stories for one in story[part]}


def _by_id(records: QuerySet[Any], ids: Iterable[str]) -> dict[str, Any]:
    """The records by the ids under which they were printed; one that was merged is what it was merged into."""
    found = records.filter(uuid__in={UUID(one) for one in ids})
    return {str(record.uuid): getattr(record, "merged_into", None) or record for record in found}


def with_corrections(editions: QuerySet[Edition], at: dt.datetime) -> QuerySet[Edition]:
    """Editions with their story's public history at hand, as `article.public_editions`, newest first."""
    history = Edition.objects.shown_by(at).defer("body", "story")
    return editions.select_related("article").prefetch_related(
        Prefetch("article__editions", history, "public_editions")
    )
