"""Photo desk, placeholder pictures: those who listen, before the camera, in rows or facing the stage."""

from dataclasses import replace

from newsroom.photos.placeholders.canvas import SHEET_WIDTH, Point
from newsroom.photos.placeholders.figures import (
    cast,
    draw_far_listener,
    draw_from_behind,
    outline_from_behind,
)
from newsroom.photos.placeholders.furniture import draw_seat
from newsroom.photos.placeholders.palette import INK, mix
from newsroom.photos.placeholders.rooms import Stage


def draw_blurred_row(stage: Stage, y: float, unit: float, opacity: float = 1.0) -> None:
    """Listeners close before the camera, out of focus, with the light of the stage on their hair."""
    rng = stage.rng
    shapes: list[list[Point]] = []
    x = rng.uniform(-60, 40)
    while x < SHEET_WIDTH + 80:
        if rng.random() < 0.94:
            lift, build = rng.uniform(-0.16, 0.16) * unit, rng.uniform(0.88, 1.0)
            shapes += outline_from_behind(x, y + lift, unit * rng.uniform(0.93, 1.07), build)
        x += unit * rng.uniform(1.95, 2.35)
    lit = [[(px + stage.light * unit * 0.05, py - unit * 0.05) for px, py in shape] for shape in shapes]
    stage.canvas.soft(lit, mix(stage.mood.crowd, stage.mood.lamp, 0.45), blur=unit * 0.06, opacity=0.5)
    stage.canvas.soft(shapes, stage.mood.crowd, blur=unit * 0.06, opacity=opacity)


def draw_hall_rows(stage: Stage, horizon: float) -> None:
    """Rows seen from the back of the hall: the far ones small and hazy, the near ones large and dark."""
    rng = stage.rng
    rows = rng.choice((4, 5))
    aisle = rng.choice((None, 600 + rng.uniform(-170, 170)))
    for row in range(rows):
        nearness = row / (rows - 1)
        unit = 30 + 72 * nearness**1.4
        y = horizon + 34 + 270 * nearness**1.1
        x = -40 + rng.uniform(0, unit * 2)
        while x < SHEET_WIDTH + 60:
            in_aisle = aisle is not None and abs(x - aisle) < unit * 1.4
            if not in_aisle and rng.random() < 0.92:
                _draw_listener(stage, x, y + rng.uniform(-0.16, 0.16) * unit, unit, nearness)
            x += unit * rng.uniform(2.2, 2.6)


def draw_far_rows(stage: Stage, top: float) -> None:
    """The audience as a speaker sees it: faces, the farther the smaller and the dimmer."""
    rng = stage.rng
    for row in range(5):
        nearness = row / 4
        unit, fade = 19 + 25 * nearness, 0.66 - 0.3 * nearness
        x = rng.uniform(-40, 10)
        while x < SHEET_WIDTH + 40:
            y = top + 235 * nearness**1.2 + rng.uniform(-0.2, 0.2) * unit
            pen = replace(stage.pen(x, y, unit), haze=stage.mood.wall_low, fade=fade)
            if rng.random() < 0.9:
                draw_far_listener(pen, cast(rng))
            x += unit * rng.uniform(2.2, 2.6)


def _draw_listener(stage: Stage, x: float, y: float, unit: float, nearness: float) -> None:
    """Someone in a seat, seen from behind: nearer is darker, and the stage shines on the hair."""
    shade = mix(mix(stage.mood.wall_low, stage.mood.lamp, 0.2), stage.mood.crowd, 0.12 + 0.7 * nearness)
    pen = replace(stage.pen(x, y, unit), haze=shade, fade=0.66)
    draw_from_behind(pen, cast(stage.rng))
    draw_seat(pen, mix(shade, INK, 0.5))
