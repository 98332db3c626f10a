"""Front of house: what one row of a list shows of a story, read for all rows at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from newsroom import search
from newsroom.articles.models import Edition
from newsroom.articles.story import Snapshot
from newsroom.models import SearchEntry, Source
from newsroom.photos.models import Photo
from newsroom.website.pictures import Picture, absence_of, alt_of, picture_of, with_pictures
from newsroom.website.spellings import with_names_meant

Snippet = list[tuple[str, bool]]


@dataclass(frozen=True)
class StoryRow:
    """A story in a list: its edition of the moment, and what stands around its headline."""

    edition: Edition
    publishers: list[str] = field(default_factory=list)
    picture: Picture | None = None
    absence: str = ""
    photo: Photo | None = None
    caption: str = ""
    alt: str = ""
    snippet: Snippet = field(default_factory=list)

    @property
    def named(self) -> int:
        """How many people the story names."""
        return len(self.edition.story["people"])


def story_rows(editions: Collection[Edition], at: dt.datetime, *, words: str = "") -> list[StoryRow]:
    """Rows for these editions, in five queries at most however many they are."""
    publishers = _publishers(editions)
    photos = _lead_photos(editions)
    snippets = snippets_of("article", [edition.article.uuid for edition in editions], words)
    return [
        StoryRow(
            edition=edition,
            publishers=list(dict.fromkeys(publishers[one] for one in edition.story["sources"] if one in publishers)),
            snippet=snippets.get(edition.article.uuid, []),
            **_pictured(edition, photos.get(lead_id(edition)), at),
        )
        for edition in editions
    ]


def _pictured(edition: Edition, photo: Photo | None, at: dt.datetime) -> dict[str, Any]:
    """What a row shows of its story's lead picture."""
    if photo is None:
        return {}
    picture, printed = picture_of(photo, at), _lead(edition)
    return {
        "picture": picture,
        "absence": absence_of(photo, picture, at),
        "photo": photo,
        "caption": printed["caption"],
        "alt": alt_of(photo, printed),
    }


def lead_id(edition: Edition) -> str:
    """The public id of the story's lead picture; empty where it has none."""
    return str(_lead(edition).get("id", ""))


def _lead(edition: Edition) -> Snapshot:
    return next((one for one in edition.story["photos"] if one["is_lead"]), {})


def _publishers(editions: Collection[Edition]) -> dict[str, str]:
    slugs = {slug for edition in editions for slug in edition.story["sources"]}
    return dict(Source.objects.filter(slug__in=slugs).values_list("slug", "publisher"))


def _lead_photos(editions: Collection[Edition]) -> dict[str, Photo]:
    ids = {lead for edition in editions if (lead := lead_id(edition))}
    photos = with_pictures(Photo.objects.public().filter(uuid__in=ids))
    return {str(photo.uuid): photo for photo in photos}


def snippets_of(kind: str, object_ids: Collection[UUID], words: str) -> dict[UUID, Snippet]:
    """The lines that show why each of these objects was found; none where nothing was asked."""
    if not words:
        return {}
    entries = SearchEntry.objects.filter(kind=kind, object_id__in=object_ids).only("object_id", "text")
    marked = with_names_meant(words)
    return {entry.object_id: search.snippet(entry.text, marked) for entry in entries}
