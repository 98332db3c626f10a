"""Photo desk, placeholder pictures: the sheet that scenes are drawn on, and the pen that draws."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFilter

from newsroom.photos.placeholders.palette import Colour, mix

SHEET_WIDTH = 1200
SHEET_HEIGHT = 800

# Three, since Pillow sets the corners of a shape on whole pixels: at two, curves show it.
OVERSAMPLING = 3

Point: TypeAlias = tuple[float, float]
Shape: TypeAlias = Sequence[Point]

# Soft edges need few pixels: their masks are made this much smaller and stretched.
SOFT_REDUCTION = 8
WASH_GRID = (48, 32)
CURVE_STEPS = 8


@dataclass(frozen=True)
class Area:
    """A rectangle of the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Canvas:
    """A sheet of 1200 by 800 units that covers the size asked for, centred, drawn oversize."""

    def __init__(self, width: int, height: int) -> None:
        self.scale = max(width / SHEET_WIDTH, height / SHEET_HEIGHT) * OVERSAMPLING
        self.image = Image.new("RGB", (width * OVERSAMPLING, height * OVERSAMPLING))
        self.left = (SHEET_WIDTH - self.image.width / self.scale) / 2
        self.top = (SHEET_HEIGHT - self.image.height / self.scale) / 2
        self._draw = ImageDraw.Draw(self.image)

    @property
    def right(self) -> float:
        return SHEET_WIDTH - self.left

    @property
    def bottom(self) -> float:
        return SHEET_HEIGHT - self.top

    def finished(self) -> Image.Image:
        return self.image.reduce(OVERSAMPLING)

    def polygon(self, shape: Shape, fill: Colour) -> None:
        self._draw.polygon([self._pixel(point) for point in shape], fill=fill)

    def rectangle(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        self.polygon(((left, top), (right, top), (right, bottom), (left, bottom)), fill)

    def line(self, points: Shape, fill: Colour, width: float) -> None:
        pixels = [self._pixel(point) for point in points]
        self._draw.line(pixels, fill=fill, width=max(1, round(width * self.scale)), joint="curve")

    def ring(self, x: float, y: float, radii: Point, fill: Colour, width: float) -> None:
        corners = (*self._pixel((x - radii[0], y - radii[1])), *self._pixel((x + radii[0], y + radii[1])))
        self._draw.ellipse(corners, outline=fill, width=max(1, round(width * self.scale)))

    def wash(self, colour_at: Callable[[float, float], Colour]) -> None:
        """Paint the whole sheet by a function of the place, both running from 0 to 1."""
        columns, rows = WASH_GRID
        grid = Image.new("RGB", WASH_GRID)
        grid.putdata([colour_at(x / (columns - 1), y / (rows - 1)) for y in range(rows) for x in range(columns)])
        even = grid.resize((8 * columns, 8 * rows), Image.Resampling.BICUBIC)
        self.image.paste(even.resize(self.image.size, Image.Resampling.BILINEAR))

    def soft(self, shapes: Sequence[Shape], fill: Colour, *, blur: float, opacity: float = 1.0) -> None:
        """Lay shapes on the sheet with blurred edges; where they overlap they are one."""
        box = self._box_around(shapes, 3 * blur)
        if box is None:
            return
        left, top, right, bottom = box
        reduction = SOFT_REDUCTION if blur * self.scale > SOFT_REDUCTION else 2
        small = (max(1, (right - left) // reduction), max(1, (bottom - top) // reduction))
        mask = Image.new("L", small)
        pen = ImageDraw.Draw(mask)
        for shape in shapes:
            pixels = [self._pixel(point) for point in shape]
            pen.polygon(
                [((x - left) / reduction, (y - top) / reduction) for x, y in pixels],
                fill=round(255 * opacity),
            )
        mask = mask.filter(ImageFilter.GaussianBlur(blur * self.scale / reduction))
        stretched = mask.resize((right - left, bottom - top), Image.Resampling.BILINEAR)
        self.image.paste(fill, box, stretched)

    def soften(self, blur: float) -> None:
        """Put everything drawn so far out of focus."""
        reduction = 2 * OVERSAMPLING
        small = self.image.reduce(reduction).filter(ImageFilter.GaussianBlur(blur * self.scale / reduction))
        self.image.paste(small.resize(self.image.size, Image.Resampling.BILINEAR))

    def _pixel(self, point: Point) -> Point:
        return round((point[0] - self.left) * self.scale), round((point[1] - self.top) * self.scale)

    def _box_around(self, shapes: Sequence[Shape], margin: float) -> tuple[int, int, int, int] | None:
        pixels = [self._pixel(point) for shape in shapes for point in shape]
        reach = margin * self.scale
        left = max(0, math.floor(min(x for x, _ in pixels) - reach))
        top = max(0, math.floor(min(y for _, y in pixels) - reach))
        right = min(self.image.width, math.ceil(max(x for x, _ in pixels) + reach))
        bottom = min(self.image.height, math.ceil(max(y for _, y in pixels) + reach))
        return (left, top, right, bottom) if left < right and top < bottom else None


@dataclass(frozen=True)
class Pen:
    """Draws in units of its own (for a figure, the height of its head) around a point.

    `haze` and `fade` dull every colour it lays down, as distance and darkness do.
    """

    canvas: Canvas
    x: float
    y: float
    unit: float
    haze: Colour = (0, 0, 0)
    fade: float = 0.0
    mirrored: bool = False

    def mirror(self) -> "Pen":
        return replace(self, mirrored=not self.mirrored)

    def shape(self, points: Shape, fill: Colour) -> None:
        self.canvas.polygon(self._placed(points), self._seen(fill))

    def curve(self, points: Shape, fill: Colour) -> None:
        """A closed shape that passes smoothly through the points."""
        self.shape(smooth(points), fill)

    def oval(self, x: float, y: float, radii: Point, fill: Colour) -> None:
        self.shape(oval(x, y, radii), fill)

    def stroke(self, points: Shape, fill: Colour, width: float) -> None:
        self.canvas.line(self._placed(points), self._seen(fill), width * self.unit)

    def ring(self, x: float, y: float, radii: Point, fill: Colour, width: float) -> None:
        ((x, y),) = self._placed(((x, y),))
        radii = radii[0] * self.unit, radii[1] * self.unit
        self.canvas.ring(x, y, radii, self._seen(fill), width * self.unit)

    def limb(self, joints: Shape, widths: Sequence[float], fill: Colour) -> None:
        """A tapering limb with round joints: a sleeve, a trouser leg."""
        for index in range(len(joints) - 1):
            start, end = joints[index : index + 2]
            self.shape(_taper(start, end, widths[index], widths[index + 1]), fill)
        for (x, y), width in zip(joints, widths, strict=True):
            self.oval(x, y, (width / 2, width / 2), fill)

    def _placed(self, points: Shape) -> list[Point]:
        unit_x = -self.unit if self.mirrored else self.unit
        return [(self.x + x * unit_x, self.y + y * self.unit) for x, y in points]

    def _seen(self, fill: Colour) -> Colour:
        return mix(fill, self.haze, self.fade)


def oval(x: float, y: float, radii: Point, steps: int = 36) -> list[Point]:
    turns = [2 * math.pi * step / steps for step in range(steps)]
    return [(x + radii[0] * math.cos(turn), y + radii[1] * math.sin(turn)) for turn in turns]


def mirrored(half: Shape) -> list[Point]:
    """A shape from its right half, listed from the top to the bottom."""
    left = [(-x, y) for x, y in reversed(half) if x]
    return [*half, *left]


def smooth(points: Shape) -> list[Point]:
    """The closed Catmull-Rom curve through the points."""
    count = len(points)
    return [
        _between([points[(index + step) % count] for step in (-1, 0, 1, 2)], part / CURVE_STEPS)
        for index in range(count)
        for part in range(CURVE_STEPS)
    ]


def _between(four: Shape, t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = four
    return _spline(ax, bx, cx, dx, t), _spline(ay, by, cy, dy, t)


def _spline(a: float, b: float, c: float, d: float, t: float) -> float:
    square = (2 * a - 5 * b + 4 * c - d) * t * t
    cube = (3 * b - a - 3 * c + d) * t * t * t
    return (2 * b + (c - a) * t + square + cube) / 2


def _taper(start: Point, end: Point, start_width: float, end_width: float) -> list[Point]:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = math.hypot(along_x, along_y) or 1.0
    across_x, across_y = -along_y / length / 2, along_x / length / 2
    return [
        (start[0] + across_x * start_width, start[1] + across_y * start_width),
        (end[0] + across_x * end_width, end[1] + across_y * end_width),
        (end[0] - across_x * end_width, end[1] - across_y * end_width),
        (start[0] - across_x * start_width, start[1] - across_y * start_width),
    ]
