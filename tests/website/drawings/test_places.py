"""Drawings: dots and their names on a map."""

from itertools import combinations

from newsroom.website.drawings.places import MOST_DOTS, NARROW, Map, Place, map_of
from newsroom.website.pages.links import Link


def place(name: str, east: float, north: float, number: int = 1) -> Place:
    return Place(Link(name, f"/events/?q={name}"), (east, north), number)


def drawn(*places: Place) -> Map:
    drawing = map_of(places, least=14)
    assert drawing is not None
    return drawing


def test_nowhere_is_no_map() -> None:
    assert map_of([], least=14) is None


def test_place_alone_stands_in_the_middle_with_its_name() -> None:
    (dot,) = drawn(place("Seoul", 126.97, 37.56)).dots

    assert (dot.x, dot.y, dot.radius) == ("49.92%", "49.60%", 5)
    assert dot.label is not None
    assert (dot.label.text, dot.label.anchor) == ("Seoul", "start")


def test_dot_grows_with_what_happened_there_and_the_largest_is_named_first() -> None:
    dots = drawn(place("A", 10, 50), place("B", 30, 50, 16), place("C", 50, 50, 4)).dots

    assert [(dot.place.link.name, dot.radius) for dot in dots] == [("B", 10), ("C", 5), ("A", 4)]


def test_names_never_cover_each_other() -> None:
    places = [place(f"Somewhere {number}", 5 + number % 15 * 3, 45 + number // 15 * 2) for number in range(200)]

    dots = drawn(*places).dots

    assert len(dots) == MOST_DOTS
    boxes = [
        (float(dot.x[:-1]) / 100 * NARROW + dot.label.dx, float(dot.y[:-1]) / 100 * 160 + dot.label.dy, dot.label)
        for dot in dots
        if dot.label
    ]
    left = {"start": 0, "end": -1, "middle": -0.5}
    assert boxes
    assert [
        (one, two)
        for one, two in combinations(boxes, 2)
        if abs(one[1] - two[1]) < 12
        and abs((one[0] + left[one[2].anchor] * 84) - (two[0] + left[two[2].anchor] * 84)) < 70
    ] == []


def test_map_of_the_same_is_the_same() -> None:
    places = [place(f"Place {number}", number, number / 2) for number in range(30)]

    assert drawn(*places) == drawn(*reversed(places))
