"""Front of house: which picture may stand beside a caption, and in which sizes it is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

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


def absence_of(photo: Photo, picture: Picture | None, at: dt.datetime) -> str:
    """Why the photograph itself is not shown; empty where it is. Takes what `picture_of` gives for that moment."""
    if picture and not picture.is_placeholder:
        return ""
    if not photo.is_held:
        drawn, absent = _("Placeholder drawing; the photograph is not held."), _("The photograph is not held.")
    elif not photo.may_be("use", at):
        drawn, absent = _("Placeholder drawing; the photograph is not cleared."), _("The photograph is not cleared.")
    else:
        drawn = _("Placeholder drawing; no version of the photograph is ready yet.")
        absent = _("No version of this photograph is ready yet.")
    return drawn if picture else absent


def _picture(photo: Photo, *, is_placeholder: bool) -> Picture | None:
    """In WebP, which every browser of today shows."""
    sizes = [
        one
        for one in photo.renditions.all()
        if one.is_placeholder == is_placeholder and one.format == Rendition.Format.WEBP
    ]
    return Picture(tuple(sorted(sizes, key=lambda one: one.width)), is_placeholder) if sizes else None
