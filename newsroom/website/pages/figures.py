"""Detail pages: a picture with its caption, its credit apart from it, and who stands where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.photos.darkroom.printing import RATIOS
from newsroom.photos.models import Depiction, Photo
from newsroom.website.pages.faces import Face, cut_frame, faces
from newsroom.website.pages.links import Link, link
from newsroom.website.pictures import Crop, Picture, absence_of, picture_of
from newsroom.website.templatetags.folding import folded

MOST_NAMED = 24  # people beside a picture; the page of the picture names everybody
MOST_DRAWN = 3  # drawings in the place of photographs


@dataclass(frozen=True)
class Shown:
    """Somebody in the picture, with the place from the left if it is known."""

    person: Link
    place: int | None


@dataclass(frozen=True)
class PictureRow:
    """People who stand in one row."""

    label: str
    people: list[Shown]


@dataclass(frozen=True)
class Figure:
    """A photo as a page shows it: what may be shown of it, and the record that stays in any case."""

    photo: Photo
    caption: str
    alt: str
    picture: Picture | None
    #: the same, cut as the head of a story shows it; one that is upright stands there whole
    hero: Picture | None
    absence: str
    rows: list[PictureRow]
    #: how many more are on record than those named in its rows
    more: int

    @property
    def is_tall(self) -> bool:
        return self.picture is not None and self.picture.is_tall

    @property
    def faces(self) -> list[Face]:
        """Boxes of people, for the photograph itself: a drawing stands for nobody's face."""
        is_photograph = self.picture is not None and not self.picture.is_placeholder
        return faces(self.photo.depictions.all()) if is_photograph else []

    @property
    def hero_faces(self) -> list[Face]:
        """The same for the picture at the head of a story, which shows a part of it unless it is upright."""
        if self.is_tall:
            return self.faces
        if self.hero is None or self.hero.is_placeholder or self.hero.large.crop != Crop.HERO:
            return []
        return faces(self.photo.depictions.all(), cut_frame(self.photo, RATIOS[Crop.HERO]))

    @property
    def note(self) -> str:
        """What a reader must know of the picture: drawn, held back, or of another occasion."""
        return " ".join(part for part in (self.absence, self._file_label()) if part)

    def _file_label(self) -> str:
        return _("File picture, from another occasion.") if self.photo.is_file_picture else ""

    @property
    def has_places(self) -> bool:
        """Whether people are listed beside it: in their places, or as the names of the boxes over it."""
        return any(row.label for row in self.rows) or bool(self.faces)


def figure(photo: Photo, at: dt.datetime, *, caption: str = "", alt: str | None = None) -> Figure:
    """The photo under its own caption, or under that of one use; reads what `photos.documents.with_all` brings.

    An `alt` of "" says that the picture is decorative in this use.
    """
    people = _placed(photo.depictions.all())
    picture, said = picture_of(photo, at), photo.local_alt_text if alt is None else alt
    return Figure(
        photo=photo,
        caption=caption or photo.description,
        alt=_alternative(said, picture),
        picture=picture,
        hero=picture if picture and picture.is_tall else picture_of(photo, at, crop=Crop.HERO),
        absence=absence_of(photo, picture, at),
        rows=list(_rows(people[:MOST_NAMED])),
        more=len(people[MOST_NAMED:]),
    )


def figures(photos: Iterable[Photo], at: dt.datetime) -> list[Figure]:
    return [figure(photo, at) for photo in photos]


def gallery(figures: Sequence[Figure]) -> list[Figure]:
    """Every photograph that can be shown, and drawings for no more than a row."""
    left_out = not_drawn(figures)
    return [one for one in figures if one not in left_out]


def not_drawn(figures: Sequence[Figure]) -> Sequence[Figure]:
    """Of pictures beside each other those after the first few that are not shown: no row needs more drawings."""
    return folded([one for one in figures if one.absence], MOST_DRAWN)


def _alternative(alt: str, picture: Picture | None) -> str:
    if not alt or picture is None or not picture.is_placeholder:
        return alt
    return _("Placeholder drawing. %(alt)s") % {"alt": alt}


def _placed(depictions: Iterable[Depiction]) -> list[Depiction]:
    """Row by row from the front, whoever has no stated row last."""
    order = [*Depiction.Row.values[1:], Depiction.Row.NOT_STATED.value]
    return sorted(depictions, key=lambda one: (order.index(one.row), one.place_from_left or 999, one.order))


def _rows(placed: Sequence[Depiction]) -> Iterable[PictureRow]:
    for row, people in groupby(placed, key=lambda one: (one.row, one.place_from_left is not None)):
        together = list(people)
        yield PictureRow(_row_label(row[0], row[1], together), [_shown(one) for one in together])


def _row_label(row: str, has_places: bool, people: Sequence[Depiction]) -> str:
    name = str(Depiction.Row(row).label) if row else ""
    if name and all(one.row_is_inferred for one in people):
        name = _("%(row)s (inferred)") % {"row": name}
    if has_places:
        name = _("%(row)s, from left") % {"row": name} if name else _("from left")
    return f"{capfirst(name)}:" if name else ""


def _shown(depiction: Depiction) -> Shown:
    person = depiction.person
    name = person.name if person.is_public else depiction.name_as_printed or person.name
    return Shown(link(person, name), depiction.place_from_left)
