"""Rows and places from the left, as they follow from boxes."""

from __future__ import annotations

import pytest

from newsroom.photos.depicting.places import Box, Place, places_of, rows_of
from newsroom.photos.models import Depiction

Row = Depiction.Row


def face(left: float, top: float, size: float = 0.1) -> Box:
    return Box(left, top, size, size)


def test_one_row_is_counted_from_the_left() -> None:
    boxes = [face(0.7, 0.31), face(0.1, 0.3), face(0.4, 0.33)]

    places = places_of(boxes)

    assert places == [Place(Row.NOT_STATED, 3), Place(Row.NOT_STATED, 1), Place(Row.NOT_STATED, 2)]


def test_somebody_alone_has_no_place() -> None:
    assert places_of([face(0.4, 0.3)]) == [Place()]


def test_no_boxes_have_no_places() -> None:
    assert places_of([]) == []


@pytest.mark.parametrize(
    ("tops", "rows"),
    [
        ([0.6, 0.3], [Row.FRONT, Row.BACK]),
        ([0.3, 0.6], [Row.BACK, Row.FRONT]),
        ([0.7, 0.5, 0.3], [Row.FRONT, Row.SECOND, Row.BACK]),
        ([0.8, 0.6, 0.4, 0.2], [Row.FRONT, Row.SECOND, Row.THIRD, Row.BACK]),
    ],
)
def test_the_lowest_row_is_the_front(tops: list[float], rows: list[str]) -> None:
    places = places_of([face(0.4, top) for top in tops])

    assert [place.row for place in places] == rows


def test_rows_that_have_no_name_have_no_places() -> None:
    places = places_of([face(0.4, top) for top in (0.85, 0.65, 0.45, 0.25, 0.05)])

    assert places[3:] == [Place(), Place(Row.BACK, 1)]


def test_row_that_rises_to_one_side_is_one_row() -> None:
    boxes = [face(0.1, 0.30), face(0.3, 0.32), face(0.5, 0.34), face(0.7, 0.36)]

    assert rows_of(boxes) == [[0, 1, 2, 3]]


@pytest.mark.parametrize(("top", "count"), [(0.45, 1), (0.46, 2)])
def test_half_of_the_lower_box_decides(top: float, count: int) -> None:
    boxes = [Box(0.1, 0.4, 0.1, 0.1), Box(0.3, top, 0.1, 0.1)]

    assert len(rows_of(boxes)) == count


def test_tall_box_stands_beside_a_low_one() -> None:
    boxes = [Box(0.1, 0.2, 0.2, 0.6), Box(0.5, 0.3, 0.1, 0.1)]

    assert rows_of(boxes) == [[0, 1]]


def test_order_in_which_boxes_are_given_changes_nothing() -> None:
    boxes = [face(0.1, 0.6), face(0.3, 0.62), face(0.2, 0.3), face(0.4, 0.31)]

    forwards, backwards = places_of(boxes), places_of(boxes[::-1])

    assert forwards == backwards[::-1]
