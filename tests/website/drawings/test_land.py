"""Drawings: windows of the world, and the land in them."""

import re

import pytest

from newsroom.website.drawings import land
from newsroom.website.drawings.land import Point, Window, outline

SEOUL, TOKYO, FIJI, SAMOA, GENEVA, HONOLULU = (
    (126.97, 37.56),
    (139.69, 35.68),
    (178.4, -18.1),
    (-171.8, -13.8),
    (6.1, 46.2),
    (-157.8, 21.3),
)


@pytest.mark.parametrize(
    "points",
    [
        [SEOUL],
        [SEOUL, TOKYO],
        [FIJI, SAMOA],
        [GENEVA, HONOLULU, SEOUL],
        [(0, 89.0)],
        [(0, -89.0)],
        [(180.0, 0)],
        [(-180.0, 0), (180.0, 0)],
        [(10.0 * number - 180, 50.0) for number in range(36)],
    ],
)
def test_window_shows_every_point_that_lies_on_the_map(points: list[Point]) -> None:
    window = Window.around(points, least=14)

    places = [window.place(point) for point in points if land.SOUTH <= point[1] <= land.NORTH]
    assert [place for place in places if not (0 <= place[0] <= 1 and 0 <= place[1] <= 1)] == []
    assert window.east - window.west <= 362


def test_window_around_one_place_has_it_in_the_middle() -> None:
    across, down = Window.around([SEOUL], least=14).place(SEOUL)

    assert (round(across, 1), round(down, 1)) == (0.5, 0.5)


def test_window_takes_the_short_way_across_the_date_line() -> None:
    window = Window.around([FIJI, SAMOA], least=14)

    assert window.east - window.west < 40
    assert window.place(FIJI) < window.place(SAMOA)


def test_outline_stays_in_its_frame() -> None:
    path = outline(Window.around([SEOUL], least=14))

    for ring in re.findall(r"M([^l]+)l([^z]+)z", path):
        x, y = map(int, ring[0].split())
        steps = list(map(int, ring[1].split()))
        for across, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + across, y + down
            assert 0 <= x <= land.ACROSS
            assert 0 <= y <= land.DOWN


def test_outline_of_the_whole_world_is_light() -> None:
    assert 5_000 < len(outline(Window(-180, -60, 180, 84))) < 25_000


def test_open_sea_has_no_outline() -> None:
    assert outline(Window(-140, -40, -130, -35)) == ""


def test_inland_the_frame_is_full() -> None:
    assert outline(Window(90, 40, 100, 45)) == "M1000 0l0 500 -1000 0 0 -500z"
