"""Detail pages: the boxes over a picture of several people, and the name that each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from newsroom.photos.captions import where_in_picture
from newsroom.photos.darkroom.printing import crop_box
from newsroom.photos.depicting.marks import box_of
from newsroom.photos.depicting.places import Box
from newsroom.photos.models import Depiction, Photo

WHOLE = Box(0, 0, 1, 1)
BELOW, ABOVE = "1.3em", "-.5em"  # from the edge of the box to the base line of its name
NEAR_THE_BOTTOM = 0.9  # a name below a box that ends there would be cut off
A_GROUP = 2  # of one person alone the caption tells the name
A_CROWD = 30  # the names of more would cover each other
AT_THE_EDGE = 0.3  # nearer to a side than this, a name is written away from it


@dataclass(frozen=True)
class Face:
    """One box, as attributes of the drawing over the picture: lengths in per cent, since it has no size of its own."""

    name: str
    words: str
    left: str
    top: str
    width: str
    height: str
    name_left: str
    name_top: str
    drop: str
    anchor: str


def faces(depictions: Iterable[Depiction], frame: Box = WHOLE) -> list[Face]:
    """Those within the part of the picture that is shown, from the left; none unless several have a box."""
    boxed = [(one, within) for one in depictions if (box := box_of(one)) and (within := _within(box, frame))]
    return list(_faces(boxed)) if A_GROUP <= len(boxed) <= A_CROWD else []


def cut_frame(photo: Photo, ratio: Fraction) -> Box:
    """The part of the photograph that its version in this ratio shows."""
    wide, high = photo.width or 1, photo.height or 1
    left, top, right, bottom = crop_box(wide, high, ratio, (float(photo.focal_x), float(photo.focal_y)))
    return Box(left / wide, top / high, (right - left) / wide, (bottom - top) / high)


def _faces(boxed: list[tuple[Depiction, Box]]) -> Iterator[Face]:
    for depiction, box in sorted(boxed, key=lambda one: (one[1].left, one[1].top)):
        name = _name(depiction)
        where = where_in_picture(depiction)
        words = f"{name}, {where[:1].lower()}{where[1:]}" if where else name
        anchor, beside = _beside(box)
        is_below = box.top + box.height < NEAR_THE_BOTTOM
        yield Face(
            name=name,
            words=words,
            left=_per_cent(box.left),
            top=_per_cent(box.top),
            width=_per_cent(box.width),
            height=_per_cent(box.height),
            name_left=_per_cent(beside),
            name_top=_per_cent(box.top + box.height if is_below else box.top),
            drop=BELOW if is_below else ABOVE,
            anchor=anchor,
        )


def _within(box: Box, frame: Box) -> Box | None:
    """The box as parts of the frame; None where less than half of it is to be seen."""
    left, top = max(box.left, frame.left), max(box.top, frame.top)
    wide = min(box.left + box.width, frame.left + frame.width) - left
    high = min(box.top + box.height, frame.top + frame.height) - top
    if wide <= 0 or high <= 0 or wide * high < box.width * box.height / 2:
        return None
    return Box(
        (left - frame.left) / frame.width, (top - frame.top) / frame.height, wide / frame.width, high / frame.height
    )


def _name(depiction: Depiction) -> str:
    person = depiction.person
    return person.name if person.is_public else depiction.name_as_printed or person.name


def _beside(box: Box) -> tuple[str, float]:
    """How the name is aligned to its box, and with which of its points, so that none is cut off at a side."""
    middle = box.left + box.width / 2
    if middle < AT_THE_EDGE:
        return "start", box.left
    return ("end", box.left + box.width) if middle > 1 - AT_THE_EDGE else ("middle", middle)


def _per_cent(part: float) -> str:
    return f"{part * 100:.2f}%"
