"""Front of house: what a feed says of a story, a meeting, a correction, a photo or a name, read for all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.dates import span_in_words
from newsroom.documents import ai_training, site_address
from newsroom.local_names import name_of
from newsroom.models import Change, Source, Topic
from newsroom.partners import reservation
from newsroom.photos.models import Photo
from newsroom.website.hits import LABELS
from newsroom.website.pages.places import where_in_words
from newsroom.website.stories import Correction, Gone
from newsroom.website.translated import address_of


@dataclass(frozen=True)
class Entry:
    """One object in a feed; `updated_at` is when the public last saw it change."""

    object_id: UUID
    path: str
    title: str
    lines: tuple[str, ...]
    updated_at: dt.datetime | None
    published_at: dt.datetime | None = None
    author: str = ""
    topics: list[str] = field(default_factory=list)
    terms: str = ""
    #: of its words, where that is known
    language: str = ""


def of_stories(stories: Collection[Edition]) -> list[Entry]:
    sources = _sources(stories)
    changed = changed_at("article", [story.article.uuid for story in stories])
    topics = names_of_topics(topic["id"] for story in stories for topic in story.story["topics"])
    return [_story(story, sources, topics, changed.get(story.article.uuid)) for story in stories]


def _story(
    story: Edition, sources: Mapping[str, Source], topics: Mapping[str, str], updated_at: dt.datetime | None
) -> Entry:
    used = [sources[slug] for slug in story.story["sources"] if slug in sources]
    credited = dict.fromkeys(source.publisher for source in used)
    credit = _("Source: %(publishers)s") % {"publishers": ", ".join(credited)} if credited else ""
    return Entry(
        object_id=story.article.uuid,
        path=address_of(story),
        title=story.headline,
        lines=(story.standfirst, credit),
        updated_at=updated_at or story.visible_from,
        published_at=story.first_published_at,
        author=", ".join(byline["name"] for byline in story.story["bylines"]),
        topics=[topics[topic["id"]] for topic in story.story["topics"] if topic["id"] in topics],
        terms=reservation.training_in_words(ai_training(map(sources.get, story.story["sources"]))),
        language=story.language,
    )


def of_events(events: Collection[Event]) -> list[Entry]:
    """Reads each event's venue."""
    changed = changed_at("event", [event.uuid for event in events])
    return [_event(event, changed.get(event.uuid)) for event in events]


def _event(event: Event, updated_at: dt.datetime | None) -> Entry:
    """When it was announced is not known, so an event has no day of publication."""
    title = _("%(event)s (%(status)s)") % {"event": name_of(event), "status": event.get_status_display()}
    when_and_where = [span_in_words(event.starts_on, event.ends_on), where_in_words(event)]
    return Entry(
        object_id=event.uuid,
        path=event.get_absolute_url(),
        title=title if event.is_off else name_of(event),
        lines=(" · ".join(filter(None, when_and_where)), event.theme, event.summary),
        updated_at=updated_at or timezone.now(),
    )


def of_photos(photos: Collection[Photo]) -> list[Entry]:
    changed = changed_at("photo", [photo.uuid for photo in photos])
    return [
        Entry(
            object_id=photo.uuid,
            path=photo.get_absolute_url(),
            title=str(photo),
            lines=(photo.description, photo.credit_line),
            updated_at=changed.get(photo.uuid) or timezone.now(),
            terms=" ".join(filter(None, [photo.copyright_notice, photo.usage_terms])),
        )
        for photo in photos
    ]


def of_corrections(corrections: Iterable[Correction | Gone]) -> list[Entry]:
    return [_gone(one) if isinstance(one, Gone) else _correction(one) for one in corrections]


def _correction(one: Correction) -> Entry:
    """With an id of its own, made of its story's and the number of the edition that brought it."""
    return Entry(
        object_id=uuid5(one.edition.article.uuid, str(one.edition.number)),
        path=address_of(one.edition),
        title=_("Correction: %(headline)s") % {"headline": one.headline},
        lines=(one.edition.correction_note,),
        updated_at=one.edition.visible_from,
        published_at=one.edition.visible_from,
    )


def _gone(one: Gone) -> Entry:
    """With an id that names no story; there is no page to lead to but the list itself."""
    moment = one.withdrawal.withdrawn_at
    return Entry(
        object_id=uuid5(NAMESPACE_URL, f"{site_address('/corrections/')}#{one.withdrawal.pk}-{moment.isoformat()}"),
        path=reverse("corrections"),
        title=one.told,
        lines=(one.withdrawal.public_note,),
        updated_at=moment,
        published_at=moment,
    )


def of_names(kind: str, records: Collection[Any], lines: Mapping[UUID, str]) -> list[Entry]:
    """People, organisations or topics, with a line on each."""
    changed = changed_at(kind, [record.uuid for record in records])
    return [
        Entry(
            object_id=record.uuid,
            path=record.get_absolute_url(),
            title=record.local_name if isinstance(record, Topic) else name_of(record),
            lines=(str(LABELS[kind][1]), lines.get(record.uuid, "")),
            updated_at=changed.get(record.uuid) or timezone.now(),
        )
        for record in records
    ]


def _sources(stories: Collection[Edition]) -> dict[str, Source]:
    slugs = {slug for story in stories for slug in story.story["sources"]}
    return {one.slug: one for one in Source.objects.filter(slug__in=slugs).only("slug", "publisher", "ai_training")}


def names_of_topics(ids: Iterable[str]) -> dict[str, str]:
    """The names of public topics only, by id, in the reader's language."""
    asked = {UUID(one) for one in ids}
    return {str(topic.uuid): topic.local_name for topic in Topic.objects.public().filter(uuid__in=asked)}


def changed_at(kind: str, object_ids: Collection[UUID]) -> dict[UUID, dt.datetime]:
    """When the public last saw each of these objects change."""
    return dict(Change.objects.filter(kind=kind, object_id__in=object_ids).values_list("object_id", "changed_at"))
