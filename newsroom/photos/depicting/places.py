"""Photo desk: rows and places from the left, as they follow from the boxes around faces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from newsroom.photos.models import Depiction

Row = Depiction.Row
#: of the lower of two boxes, how much the other has to stand beside it for both to be of one row
BESIDE = 0.5
#: the names of rows, from the front, for as many as there are
NAMES: dict[int, tuple[Row, ...]] = {
    1: (Row.NOT_STATED,),
    2: (Row.FRONT, Row.BACK),
    3: (Row.FRONT, Row.SECOND, Row.BACK),
    4: (Row.FRONT, Row.SECOND, Row.THIRD, Row.BACK),
}


@dataclass(frozen=True)
class Box:
    """A part of the picture, in parts of its sides from the left and from the top."""

    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


@dataclass(frozen=True)
class Place:
    """Where somebody stands; no place from the left where they stand alone, or in a row that has no name."""

    row: Row = Row.NOT_STATED
    from_left: int | None = None


def places_of(boxes: Sequence[Box]) -> list[Place]:
    """The place of each box, in the order in which they are given; the front row is the lowest in the picture."""
    if len(boxes) == 1:
        return [Place()]
    rows = rows_of(boxes)
    places = {
        index: _place(rows, number, place) for number, row in enumerate(rows) for place, index in enumerate(row, 1)
    }
    return [places[index] for index in range(len(boxes))]


def rows_of(boxes: Sequence[Box]) -> list[list[int]]:
    """The numbers of the boxes, row by row from the front, each from the left.

    A box belongs to the row whose average box it overlaps in height by half; a tall box counts as much as a low one.
    """
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda one: (-boxes[one].middle, boxes[one].left)):
        row = next((row for row in rows if _is_beside(boxes[index], [boxes[one] for one in row])), None)
        if row is None:
            rows.append([index])
        else:
            row.append(index)
    return [sorted(row, key=lambda one: (boxes[one].left + boxes[one].width / 2, one)) for row in rows]


def _is_beside(box: Box, row: Sequence[Box]) -> bool:
    top, height = fmean(one.top for one in row), fmean(one.height for one in row)
    overlap = min(box.top + box.height, top + height) - max(box.top, top)
    return round(overlap - BESIDE * min(box.height, height), 6) >= 0


def _place(rows: Sequence[Sequence[int]], number: int, place: int) -> Place:
    """With more rows than have names, those between the third and the last stay without."""
    names = NAMES.get(len(rows), (Row.FRONT, Row.SECOND, Row.THIRD))
    if number < len(names):
        return Place(names[number], place)
    return Place(Row.BACK, place) if number == len(rows) - 1 else Place()
