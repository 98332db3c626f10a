"""Photo desk, placeholder pictures: the room behind the people, its light and its backdrop."""

import math
from dataclasses import dataclass
from random import Random

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.canvas import SHEET_HEIGHT, SHEET_WIDTH, Area, Canvas, Pen, oval
from newsroom.photos.placeholders.palette import INK, PAPER, Colour, Mood, mix
from newsroom.photos.placeholders.scenes import Backdrop, Scene

STAGE_BACKDROPS = (Backdrop.SLATS, Backdrop.GLOBE, Backdrop.PANELS, Backdrop.CURTAIN, Backdrop.WINDOWS)


@dataclass(frozen=True)
class Stage:
    """Where a scene plays. `light` is the side that the light comes from: -1 left, 1 right."""

    canvas: Canvas
    mood: Mood
    rng: Random
    light: int

    @property
    def lamp_x(self) -> float:
        return SHEET_WIDTH / 2 + self.light * 330

    def pen(self, x: float, y: float, unit: float) -> Pen:
        """For a figure there: mirrored when the light comes from the right."""
        return Pen(self.canvas, x, y, unit, haze=self.mood.haze, mirrored=self.light > 0)

    def backdrop(self, scene: Scene, choices: tuple[Backdrop, ...]) -> Backdrop:
        chosen = self.rng.choice(choices)
        return Backdrop(scene.backdrop) if scene.backdrop else chosen


def paint_walls(stage: Stage) -> None:
    """The wall, darker to the foot and to the corners, with a pool of light on it."""
    mood, lamp_x = stage.mood, stage.lamp_x / SHEET_WIDTH

    def colour_at(x: float, y: float) -> Colour:
        wall = mix(mood.wall, mood.wall_low, min(1.0, y * 0.9 + abs(x - lamp_x) * 0.35))
        distance = math.hypot((x - lamp_x) * 1.3, y - 0.3)
        return mix(wall, mood.lamp, 0.42 * max(0.0, 1 - distance / 0.75) ** 2)

    stage.canvas.wash(colour_at)


def paint_floor(stage: Stage, y: float, *, sheen: float = 0.5) -> None:
    canvas, mood = stage.canvas, stage.mood
    canvas.rectangle(-20, y, SHEET_WIDTH + 20, SHEET_HEIGHT + 20, mood.floor)
    canvas.soft([oval(stage.lamp_x, y + 40, (420, 46))], mood.lamp, blur=40, opacity=0.3 * sheen)
    canvas.rectangle(-20, y - 5, SHEET_WIDTH + 20, y, mix(mood.floor, mood.trim, 0.6))


def paint_backdrop(stage: Stage, backdrop: Backdrop, floor: float) -> None:
    """Everything but a screen, which has its own place in each composition."""
    painter = {
        Backdrop.WINDOWS: _paint_windows,
        Backdrop.CURTAIN: _paint_curtain,
        Backdrop.SLATS: _paint_slats,
        Backdrop.GLOBE: _paint_globe,
        Backdrop.PANELS: _paint_panels,
        Backdrop.SHELVES: _paint_shelves,
    }.get(backdrop)
    if painter is not None:
        painter(stage, floor)


def paint_screen(stage: Stage, area: Area) -> None:
    """A lit screen with a slide on it, and its glow on the wall."""
    canvas, mood = stage.canvas, stage.mood
    x, y = area.centre
    glow = oval(x, y, (area.width * 0.66, area.height * 0.78))
    canvas.soft([glow], mood.lamp, blur=70, opacity=0.55)
    rim = 5
    canvas.rectangle(
        area.left - rim, area.top - rim, area.right + rim, area.bottom + rim, mix(mood.wall_low, INK, 0.35)
    )
    canvas.rectangle(area.left, area.top, area.right, area.bottom, mood.screen)
    slide = stage.rng.choice((_slide_of_lines, _slide_of_bars, _slide_of_curve, _slide_of_orbits, _slide_of_title))
    slide(stage, area)


def cast_beam(stage: Stage, x: float, y: float, reach: float) -> None:
    """A shaft of light from above onto a place on the stage."""
    origin = x + stage.light * 260
    shaft = ((origin - 26, -60), (origin + 26, -60), (x + reach, y), (x - reach, y))
    stage.canvas.soft([shaft], stage.mood.lamp, blur=26, opacity=0.17)


def _slide_inks(stage: Stage) -> tuple[Colour, Colour, Colour]:
    screen = stage.mood.screen
    return (
        mix(screen, palette.ACCENT, 0.85),
        mix(screen, palette.ACCENT, 0.5),
        mix(screen, palette.ACCENT, 0.22),
    )


def _bar(stage: Stage, area: Area, box: tuple[float, float, float, float], fill: Colour) -> None:
    """A rectangle in shares of the screen: left, top, width, height."""
    left, top, width, height = box
    x, y = area.left + left * area.width, area.top + top * area.height
    stage.canvas.rectangle(x, y, x + width * area.width, y + height * area.height, fill)


def _slide_of_lines(stage: Stage, area: Area) -> None:
    strong, middle, pale = _slide_inks(stage)
    _bar(stage, area, (0.1, 0.16, 0.52, 0.07), strong)
    for line in range(stage.rng.choice((3, 4))):
        top = 0.36 + line * 0.14
        _bar(stage, area, (0.1, top, 0.025, 0.04), middle)
        _bar(stage, area, (0.155, top, stage.rng.uniform(0.34, 0.66), 0.038), pale if line % 2 else middle)


def _slide_of_title(stage: Stage, area: Area) -> None:
    strong, middle, _ = _slide_inks(stage)
    _bar(stage, area, (0.0, 0.0, 0.035, 1.0), strong)
    for top, width, height, ink in (
        (0.3, 0.62, 0.085, strong),
        (0.46, 0.44, 0.085, strong),
        (0.66, 0.3, 0.035, middle),
    ):
        _bar(stage, area, (0.13, top, width, height), ink)


def _slide_of_bars(stage: Stage, area: Area) -> None:
    strong, middle, pale = _slide_inks(stage)
    _bar(stage, area, (0.09, 0.13, 0.4, 0.055), strong)
    count = stage.rng.choice((6, 7, 8))
    for column in range(count):
        height = 0.14 + 0.4 * (column / count) * stage.rng.uniform(0.7, 1.1)
        ink = strong if column == count - 2 else (middle, pale)[column % 2]
        _bar(stage, area, (0.1 + column * 0.8 / count, 0.86 - height, 0.52 / count, height), ink)
    _bar(stage, area, (0.09, 0.865, 0.82, 0.012), strong)


def _slide_of_curve(stage: Stage, area: Area) -> None:
    strong, middle, pale = _slide_inks(stage)
    for line in range(4):
        _bar(stage, area, (0.09, 0.3 + line * 0.17, 0.82, 0.008), pale)
    for ink, rise, width in ((middle, 0.2, 4), (strong, 0.42, 6)):
        shares = [(0.1 + 0.1 * step, 0.8 - rise * (step / 8) ** 1.7 - 0.03 * math.sin(step * 1.9)) for step in range(9)]
        points = [(area.left + x * area.width, area.top + y * area.height) for x, y in shares]
        stage.canvas.line(points, ink, width)
        stage.canvas.polygon(oval(*points[-1], (9, 9)), ink)
    _bar(stage, area, (0.09, 0.12, 0.36, 0.055), strong)


def _slide_of_orbits(stage: Stage, area: Area) -> None:
    strong, middle, pale = _slide_inks(stage)
    x, y = area.left + area.width * 0.67, area.centre[1]
    reach = min(area.height * 0.36, area.width * 0.28)
    for share, ink in ((1.0, pale), (0.68, middle)):
        stage.canvas.ring(x, y, (reach * share, reach * share), ink, 4)
        turn = stage.rng.uniform(0, 2 * math.pi)
        place = (x + math.cos(turn) * reach * share, y + math.sin(turn) * reach * share)
        stage.canvas.polygon(oval(*place, (reach * 0.11, reach * 0.11)), middle)
    stage.canvas.polygon(oval(x, y, (reach * 0.28, reach * 0.28)), strong)
    for top, width, ink in (
        (0.3, 0.26, strong),
        (0.45, 0.2, middle),
        (0.55, 0.23, middle),
        (0.65, 0.15, pale),
    ):
        _bar(stage, area, (0.08, top, width, 0.045), ink)


def _paint_windows(stage: Stage, floor: float) -> None:
    canvas, mood, rng = stage.canvas, stage.mood, stage.rng
    count = rng.choice((3, 4, 5))
    pitch = SHEET_WIDTH / count
    sky = mix(mood.screen, mood.lamp, 0.4)
    frame = mix(mood.wall_low, INK, 0.12)
    sill = floor - rng.uniform(60, 150)
    for index in range(count):
        left, right = index * pitch + pitch * 0.1, (index + 1) * pitch - pitch * 0.1
        canvas.rectangle(left - 7, 20, right + 7, sill + 7, frame)
        canvas.rectangle(left, 27, right, sill, sky)
        _paint_skyline(stage, left, right, sill)
        middle = (left + right) / 2
        canvas.rectangle(middle - 4, 27, middle + 4, sill, frame)
        canvas.rectangle(left, 190, right, 198, frame)
    shafts = [
        ((left, 0), (left + 120, 0), (left - stage.light * 330 + 120, 800), (left - stage.light * 330, 800))
        for left in (200, 560, 920)
    ]
    canvas.soft(shafts, mood.lamp, blur=30, opacity=0.16)


def _paint_skyline(stage: Stage, left: float, right: float, sill: float) -> None:
    mood, rng = stage.mood, stage.rng
    for depth in (0.16, 0.3):
        x = left
        while x < right:
            width = rng.uniform(24, 70)
            top = sill - rng.uniform(30, 170) * (1.25 - depth)
            stage.canvas.rectangle(x, top, min(right, x + width), sill, mix(mood.screen, mood.wall_low, depth))
            x += width


def _paint_curtain(stage: Stage, floor: float) -> None:
    x = -30.0
    while x < SHEET_WIDTH:
        width = stage.rng.uniform(34, 66)
        dark, pale = mix(stage.mood.wall_low, INK, 0.14), mix(stage.mood.wall, stage.mood.lamp, 0.16)
        near = max(0.0, 1 - abs(x - stage.lamp_x) / 800)
        stage.canvas.rectangle(x, -20, x + width, floor, mix(stage.mood.wall_low, pale, 0.25 + 0.5 * near))
        stage.canvas.rectangle(x + width * 0.68, -20, x + width, floor, mix(dark, stage.mood.wall, 0.2 + 0.4 * near))
        x += width
    stage.canvas.soften(9)


def _paint_slats(stage: Stage, floor: float) -> None:
    canvas, mood = stage.canvas, stage.mood
    pitch = stage.rng.choice((22, 30, 42))
    for index in range(SHEET_WIDTH // pitch + 1):
        x = index * pitch
        near = max(0.0, 1 - abs(x - stage.lamp_x) / 760)
        lath = mix(mix(mood.wall_low, mood.trim, 0.45), mood.lamp, 0.3 * near)
        canvas.rectangle(x, -20, x + pitch * 0.62, floor, lath)
    canvas.rectangle(-20, floor - 74, SHEET_WIDTH + 20, floor, mix(mood.wall_low, mood.floor, 0.4))


def _paint_globe(stage: Stage, floor: float) -> None:
    """Meridians and parallels of a large globe that the frame cuts off."""
    canvas, mood = stage.canvas, stage.mood
    x, y = SHEET_WIDTH / 2 - stage.light * stage.rng.uniform(60, 260), stage.rng.uniform(300, 380)
    reach = stage.rng.uniform(330, 430)
    canvas.polygon(oval(x, y, (reach, reach), steps=90), mix(mood.wall, mood.lamp, 0.2))
    ink = mix(mood.wall, mood.lamp, 0.5)
    for share in (1.0, 0.72, 0.38):
        canvas.ring(x, y, (reach * share, reach), ink, 3)
    canvas.line(((x, y - reach), (x, y + reach)), ink, 3)
    for share in (-0.66, -0.34, 0.0, 0.34, 0.66):
        half = reach * math.sqrt(1 - share * share)
        canvas.line(((x - half, y + share * reach), (x + half, y + share * reach)), ink, 3)
    canvas.rectangle(-20, floor - 8, SHEET_WIDTH + 20, floor, mood.trim)


def _paint_panels(stage: Stage, floor: float) -> None:
    canvas, mood, rng = stage.canvas, stage.mood, stage.rng
    size = rng.choice((134, 172, 216))
    for row in range(int(floor // size) + 1):
        for column in range(-1, SHEET_WIDTH // size + 1):
            x = column * size + (row % 2) * size / 2
            y = row * size
            near = max(0.0, 1 - math.hypot(x - stage.lamp_x, y - 240) / 820)
            fill = mix(mix(mood.wall, mood.trim, rng.uniform(0.1, 0.6)), mood.lamp, 0.36 * near)
            canvas.rectangle(x + 3, y + 3, x + size - 3, min(floor, y + size - 3), fill)


def _paint_shelves(stage: Stage, floor: float) -> None:
    canvas, mood, rng = stage.canvas, stage.mood, stage.rng
    pitch = rng.uniform(128, 168)
    spines = (mood.trim, mood.lamp, mood.wall_low, palette.ACCENT, mix(mood.trim, PAPER, 0.4), palette.BRASS)
    top = -60.0
    while top < floor:
        canvas.rectangle(-20, top, SHEET_WIDTH + 20, top + pitch, mix(mood.wall_low, INK, 0.3))
        x = -20.0
        while x < SHEET_WIDTH + 20:
            width, height = rng.uniform(14, 36), pitch * rng.uniform(0.58, 0.84)
            if rng.random() < 0.84:
                canvas.rectangle(
                    x,
                    top + pitch - height,
                    x + width - 2,
                    top + pitch,
                    mix(rng.choice(spines), mood.haze, 0.42),
                )
            x += width
        canvas.rectangle(-20, top + pitch - 9, SHEET_WIDTH + 20, top + pitch, mix(mood.trim, mood.lamp, 0.2))
        top += pitch
