"""Drawings: places on a map: where their dots stand, and which of their names there is room for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from newsroom.website.drawings.labels import room, shortened
from newsroom.website.drawings.land import NORTH, SOUTH, Point, Window, outline
from newsroom.website.pages.links import Link

# A map that is legible on the smallest screen is legible on all: there the room is counted, in pixels.
NARROW, LOW = 320, 160
SIGN, LINE, LABEL = 7, 16, 18  # the width of half an em and the height of a line; half-ems of a name
SMALLEST, LARGEST = 4, 10  # radius of a dot
MOST_DOTS = 120


@dataclass(frozen=True)
class Place:
    """Somewhere on the map, and how much happened there."""

    link: Link
    point: Point
    number: int = 1


@dataclass(frozen=True)
class Box:
    """What a dot or a label covers."""

    left: float
    top: float
    right: float
    bottom: float

    def is_clear_of(self, others: Iterable[Box]) -> bool:
        return all(
            self.right <= one.left or self.left >= one.right or self.bottom <= one.top or self.top >= one.bottom
            for one in others
        )

    @property
    def is_inside(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= NARROW and self.bottom <= LOW


@dataclass(frozen=True)
class Label:
    text: str
    dx: int
    dy: int
    anchor: str


@dataclass(frozen=True)
class Dot:
    place: Place
    x: str
    y: str
    radius: int
    label: Label | None


@dataclass(frozen=True)
class Map:
    window: Window
    dots: list[Dot]

    @cached_property
    def land(self) -> str:
        return outline(self.window)


def map_of(places: Sequence[Place], *, least: float) -> Map | None:
    """The map that shows these places, those with the most first; `least` is how many degrees high it is at least.

    Places near the poles, where no outline is kept, are left out; there is no map of these alone.
    """
    shown = sorted(filter(_is_drawable, places), key=lambda one: (-one.number, one.link))[:MOST_DOTS]
    if not shown:
        return None
    window = Window.around([one.point for one in shown], least=least)
    spots = [window.place(one.point) for one in shown]
    radii = [_radius(one.number, shown[0].number) for one in shown]
    taken = [_around(spot, radius) for spot, radius in zip(spots, radii, strict=True)]
    dots = []
    for place, spot, radius in zip(shown, spots, radii, strict=True):
        label, box = _label(place, spot, radius, taken)
        taken += [box] if box else []
        dots.append(Dot(place, f"{spot[0]:.2%}", f"{spot[1]:.2%}", radius, label))
    return Map(window, dots)


def _is_drawable(place: Place) -> bool:
    return SOUTH <= place.point[1] <= NORTH


def _radius(number: int, most: int) -> int:
    """Its area tells the share of the place with the most."""
    return max(SMALLEST, round(LARGEST * (number / most) ** 0.5)) if most > 1 else SMALLEST + 1


def _around(spot: Point, radius: float) -> Box:
    x, y = spot[0] * NARROW, spot[1] * LOW
    return Box(x - radius, y - radius, x + radius, y + radius)


def _label(place: Place, spot: Point, radius: int, taken: Sequence[Box]) -> tuple[Label | None, Box | None]:
    """On the first side where it covers nothing: right, left, above, below; none where there is no room."""
    text = shortened(place.link.name, LABEL)
    for label, box in _sides(text, spot, radius + 3):
        if box.is_inside and box.is_clear_of(taken):
            return label, box
    return None, None


def _sides(text: str, spot: Point, gap: int) -> list[tuple[Label, Box]]:
    x, y, width = spot[0] * NARROW, spot[1] * LOW, room(text) * SIGN
    half = LINE / 2
    return [
        (Label(text, gap, 4, "start"), Box(x + gap, y - half, x + gap + width, y + half)),
        (Label(text, -gap, 4, "end"), Box(x - gap - width, y - half, x - gap, y + half)),
        (Label(text, 0, -gap - 2, "middle"), Box(x - width / 2, y - gap - LINE, x + width / 2, y - gap)),
        (Label(text, 0, gap + 11, "middle"), Box(x - width / 2, y + gap, x + width / 2, y + gap + LINE)),
    ]
