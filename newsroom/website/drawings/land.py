"""Drawings: the outline of the land in a window of the world, without borders: where one runs is not ours to say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from math import ceil, cos, floor, radians
from pathlib import Path

Point = tuple[float, float]  # degrees east and north
Ring = tuple[Point, ...]

FILE = Path(__file__).with_name("land.txt")
UNIT = 20  # of the file, in a degree
RATIO = 2.0  # every map is twice as wide as it is high
ACROSS, DOWN = 1000, 500  # of the drawing
FINEST = 2  # of the drawing: a shorter step is not drawn
NORTH, SOUTH = 84, -60
WHOLE = 360


@dataclass(frozen=True)
class Window:
    """A part of the world; its east lies beyond 180 degrees where the date line runs through it."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Point], *, least: float, margin: float = 0.12) -> Window:
        """The smallest one, of the ratio of all maps, that shows these points; at least so many degrees high."""
        west, east = _shortest_span([east for east, _north in points])
        south, north = min(north for _east, north in points), max(north for _east, north in points)
        middle = (south + north) / 2
        narrowing = max(cos(radians(middle)), 0.3)
        height = max((north - south) * (1 + 2 * margin), (east - west) * (1 + 2 * margin) * narrowing / RATIO, least)
        height = min(height, NORTH - SOUTH)
        bottom = min(max(middle - height / 2, SOUTH), NORTH - height)
        width = min(height * RATIO / narrowing, WHOLE)
        centre = (west + east) / 2
        return cls(floor(centre - width / 2), floor(bottom), ceil(centre + width / 2), ceil(bottom + height))

    def place(self, point: Point) -> Point:
        """Where a point lies, as shares of the width and of the height from the top."""
        east = point[0] + WHOLE * ceil((self.west - point[0]) / WHOLE)
        return (east - self.west) / (self.east - self.west), (self.north - point[1]) / (self.north - self.south)


def _shortest_span(meridians: Sequence[float]) -> tuple[float, float]:
    """From the westernmost to the easternmost, the short way round the world."""
    ordered = sorted({meridian % WHOLE for meridian in meridians})
    gaps = [(after - before, after) for before, after in pairwise([*ordered, ordered[0] + WHOLE])]
    gap, west = max(gaps)
    west = west % WHOLE
    west = west - WHOLE if west > WHOLE / 2 else west
    return west, west + WHOLE - gap


@lru_cache(maxsize=128)
def outline(window: Window) -> str:
    """The land as the path of an SVG whose view box is ACROSS by DOWN."""
    return "".join(_path(ring) for ring in _in_window(window))


@cache
def _rings() -> tuple[Ring, ...]:
    lines = FILE.read_text(encoding="ascii").splitlines()
    return tuple(_ring(line) for line in lines if not line.startswith("#"))


def _ring(line: str) -> Ring:
    steps = [(int(east), int(north)) for east, north in (pair.split(",") for pair in line.split())]
    corners = accumulate(steps, lambda corner, step: (corner[0] + step[0], corner[1] + step[1]))
    return tuple((east / UNIT, north / UNIT) for east, north in corners)


def _in_window(window: Window) -> Iterator[Ring]:
    """The rings, as often as the world repeats itself in the window, cut at its edges, in units of the drawing."""
    for ring in _rings():
        for turn in (-WHOLE, 0, WHOLE):
            moved: Sequence[Point] = [(east + turn, north) for east, north in ring]
            if _touches(moved, window) and (cut := _cut(moved, window)):
                yield tuple(_drawn(point, window) for point in cut)


def _touches(ring: Sequence[Point], window: Window) -> bool:
    easts, norths = [point[0] for point in ring], [point[1] for point in ring]
    return (
        min(easts) < window.east
        and max(easts) > window.west
        and min(norths) < window.north
        and max(norths) > window.south
    )


def _drawn(point: Point, window: Window) -> Point:
    across = (point[0] - window.west) / (window.east - window.west)
    down = (window.north - point[1]) / (window.north - window.south)
    return across * ACROSS, down * DOWN


def _cut(ring: Sequence[Point], window: Window) -> Sequence[Point]:
    """The part of a ring inside the window: cut at one edge after the other (Sutherland and Hodgman)."""
    edges: tuple[tuple[int, float, Callable[[float, float], bool]], ...] = (
        (0, window.west, float.__ge__),
        (0, window.east, float.__le__),
        (1, window.south, float.__ge__),
        (1, window.north, float.__le__),
    )
    for axis, edge, is_inside in edges:
        ring = list(_cut_at(ring, axis, float(edge), is_inside))
    return ring


def _cut_at(
    ring: Sequence[Point], axis: int, edge: float, is_inside: Callable[[float, float], bool]
) -> Iterator[Point]:
    for before, corner in pairwise([*ring[-1:], *ring]):
        was, now = is_inside(float(before[axis]), edge), is_inside(float(corner[axis]), edge)
        if was != now:
            share = (edge - before[axis]) / (corner[axis] - before[axis])
            yield before[0] + share * (corner[0] - before[0]), before[1] + share * (corner[1] - before[1])
        if now:
            yield corner


def _path(ring: Ring) -> str:
    """In whole units and in steps from corner to corner; nothing of what is too small to be seen."""
    corners = [(round(ring[0][0]), round(ring[0][1]))]
    for across, down in ring[1:]:
        last = corners[-1]
        if abs(across - last[0]) >= FINEST or abs(down - last[1]) >= FINEST:
            corners.append((round(across), round(down)))
    if len(corners) < 3:
        return ""
    steps = (f"{corner[0] - last[0]} {corner[1] - last[1]}" for last, corner in pairwise(corners))
    return f"M{corners[0][0]} {corners[0][1]}l{' '.join(steps)}z"
