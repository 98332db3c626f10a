"""Front of house: which picture may stand beside a caption, and in which sizes it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from newsroom.photos.models import Photo, Rendition

SMALL = 640  # wide enough for a row of a list on any screen


@dataclass(frozen=True)
class Picture:
    """One picture in the sizes that are there, the smallest first; `placeholder` says that it was drawn."""

    sizes: tuple[Rendition, ...]
    is_placeholder: bool

    @property
    def small(self) -> Rendition:
        return next((one for one in self.sizes if one.width >= SMALL), self.sizes[-1])

    @property
    def large(self) -> Rendition:
        return self.sizes[-1]

    @property
    def srcset(self) -> str:
        return ", ".join(f"{one.file.url} {one.width}w" for one in self.sizes)


def with_pictures(photos: QuerySet[Photo, Any]) -> QuerySet[Photo, Any]:
    """What `picture_of` reads, in two more queries."""
    return photos.prefetch_related("leases", "renditions")


def picture_of(photo: Photo, at: dt.datetime) -> Picture | None:
    """The photograph itself where it is held and may be used; else the drawing that stands for it, if there is one."""
    is_shown = photo.is_held and photo.may_be("use", at)
    return _picture(photo, is_placeholder=not is_shown) or _picture(photo, is_placeholder=True)


def _picture(photo: Photo, *, is_placeholder: bool) -> Picture | None:
    """In WebP, which every browser of today shows."""
    sizes = [
        one
        for one in photo.renditions.all()
        if one.is_placeholder == is_placeholder and one.format == Rendition.Format.WEBP
    ]
    return Picture(tuple(sorted(sizes, key=lambda one: one.width)), is_placeholder) if sizes else None
