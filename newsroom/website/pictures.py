"""Front of house: which picture may stand beside a caption, and in which sizes it is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from newsroom.articles.story import Snapshot
from newsroom.photos.models import Photo, Rendition

SMALL = 640  # wide enough for a row of a list on any screen
LARGE = 1280  # wide enough for one of several beside each other, which on a phone is as wide as the screen
# Every browser of today shows WebP; one that knows AVIF takes that, since it comes first.
SHOWN, LIGHTER = Rendition.Format.WEBP, Rendition.Format.AVIF
Crop = Rendition.Crop


@dataclass(frozen=True)
class Picture:
    """One picture in the sizes that are there, the smallest first; `is_placeholder` says that it was drawn."""

    sizes: tuple[Rendition, ...]
    is_placeholder: bool
    lighter: tuple[Rendition, ...] = ()
    #: the same around its focal point, in the ratio of a row's picture
    cut: tuple[Rendition, ...] = ()

    @property
    def small(self) -> Rendition:
        sizes = self.cut or self.sizes
        return next((one for one in sizes if one.width >= SMALL), sizes[-1])

    @property
    def large(self) -> Rendition:
        return self.sizes[-1]

    @property
    def is_tall(self) -> bool:
        return self.large.height > self.large.width

    @property
    def as_shot(self) -> Picture:
        """For one of several beside each other: only the sizes that a browser would choose there."""
        return replace(self, sizes=_middle(self.sizes), lighter=_middle(self.lighter))

    @property
    def srcset(self) -> str:
        return _srcset(self.sizes)

    @property
    def lighter_srcset(self) -> str:
        """Empty unless it has every width of the other: fewer would make small screens load large files."""
        widths = [one.width for one in self.sizes]
        return _srcset(self.lighter) if [one.width for one in self.lighter] == widths else ""


def with_pictures(photos: QuerySet[Photo, Any]) -> QuerySet[Photo, Any]:
    """What `picture_of` reads, in two more queries."""
    return photos.prefetch_related("leases", "renditions")


def picture_of(photo: Photo, at: dt.datetime, *, crop: str = Crop.WHOLE) -> Picture | None:
    """The photograph itself where it is held and may be used; else the drawing that stands for it, if there is one.

    In a crop that is not there, the whole picture.
    """
    is_shown = photo.is_held and photo.may_be("use", at)
    return _picture(photo, crop, is_placeholder=not is_shown) or _picture(photo, crop, is_placeholder=True)


def is_drawn(photo: Photo, at: dt.datetime) -> bool:
    """Whether the photograph itself is not to be seen: nothing is, or a drawing in its place."""
    picture = picture_of(photo, at)
    return picture is None or picture.is_placeholder


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


def alt_of(photo: Photo, printed: Snapshot) -> str:
    """The alternative text of a use in a story: its own, else the photo's in the reader's language."""
    is_of_the_photo = not printed["is_decorative"] and printed["alt"] == photo.alt_text
    return photo.local_alt_text if is_of_the_photo else str(printed["alt"])


def _picture(photo: Photo, crop: str, *, is_placeholder: bool) -> Picture | None:
    files = [one for one in photo.renditions.all() if one.is_placeholder == is_placeholder]
    shown = crop if _sizes(files, crop, SHOWN) else Crop.WHOLE
    sizes = _sizes(files, shown, SHOWN)
    if not sizes:
        return None
    return Picture(sizes, is_placeholder, _sizes(files, shown, LIGHTER), _sizes(files, Crop.ROW, SHOWN))


def _sizes(files: Iterable[Rendition], crop: str, form: str) -> tuple[Rendition, ...]:
    found = (one for one in files if (one.crop, one.format) == (crop, form))
    return tuple(sorted(found, key=lambda one: one.width))


def _middle(sizes: tuple[Rendition, ...]) -> tuple[Rendition, ...]:
    """What is neither too small nor too large for it; of a picture without such sizes all."""
    return tuple(one for one in sizes if SMALL <= one.width <= LARGE) or sizes


def _srcset(sizes: Iterable[Rendition]) -> str:
    return ", ".join(f"{one.file.url} {one.width}w" for one in sizes)
