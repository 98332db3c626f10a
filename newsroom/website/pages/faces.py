"""Detail pages: the boxes over a picture of several people, and the name that each of them shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsroom.photos.captions import where_in_picture
from newsroom.photos.depicting.marks import box_of
from newsroom.photos.depicting.places import Box
from newsroom.photos.models import Depiction

A_GROUP = 2  # of one person alone the caption tells the name
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
    anchor: str


def faces(depictions: Iterable[Depiction]) -> list[Face]:
    """From the left; empty unless at least two people have a box."""
    boxed = [(one, box) for one in depictions if (box := box_of(one))]
    return list(_faces(boxed)) if len(boxed) >= A_GROUP else []


def _faces(boxed: list[tuple[Depiction, Box]]) -> Iterator[Face]:
    for depiction, box in sorted(boxed, key=lambda one: (one[1].left, one[1].top)):
        name = _name(depiction)
        where = where_in_picture(depiction)
        words = f"{name}, {where[:1].lower()}{where[1:]}" if where else name
        anchor, beside = _beside(box)
        yield Face(
            name=name,
            words=words,
            left=_per_cent(box.left),
            top=_per_cent(box.top),
            width=_per_cent(box.width),
            height=_per_cent(box.height),
            name_left=_per_cent(beside),
            name_top=_per_cent(box.top + box.height),
            anchor=anchor,
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
