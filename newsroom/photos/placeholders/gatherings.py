"""Photo desk, placeholder pictures: several at a table, a full hall, everybody for the album."""

from dataclasses import replace

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.audience import draw_blurred_row, draw_hall_rows
from newsroom.photos.placeholders.canvas import Area, Canvas, oval
from newsroom.photos.placeholders.figures import Figure, Pose, cast, cast_anyone, draw_figure, draw_legs
from newsroom.photos.placeholders.furniture import Lectern, draw_lectern, draw_place, draw_table
from newsroom.photos.placeholders.palette import INK, PAPER, mix
from newsroom.photos.placeholders.rooms import (
    STAGE_BACKDROPS,
    Stage,
    cast_beam,
    paint_backdrop,
    paint_floor,
    paint_screen,
)
from newsroom.photos.placeholders.scenes import Backdrop, Scene

# A table seats no more; a row of a group may be longer.
_MOST_SEATS = 9
# Where the front row stands: their marks, below it, survive a crop to 2:1.
_SOLE = 646.0


def compose_panel(stage: Stage, scene: Scene) -> None:
    rng = stage.rng
    people = min(scene.people, _MOST_SEATS)
    floor, head, unit = 650.0, 365.0, min(68.0, 940 / (people * 2.9))
    paint_backdrop(stage, stage.backdrop(scene, STAGE_BACKDROPS), floor)
    half, shift = rng.uniform(270, 360), rng.uniform(-90, 90)
    paint_screen(stage, Area(600 + shift - half, 56, 600 + shift + half, rng.uniform(250, 300)))
    paint_floor(stage, floor)
    stage.canvas.soften(2)
    pitch, top = unit * rng.uniform(2.7, 2.95), head + 1.98 * unit
    seats = [600 + pitch * (place - (people - 1) / 2) for place in range(people)]
    for x in seats:
        _draw_seated(stage, x, head + rng.uniform(-6, 8), unit)
    table = Area(seats[0] - pitch * 0.62, top + 12, seats[-1] + pitch * 0.62, floor - 6)
    draw_table(stage.canvas, stage.mood, table)
    for x in seats:
        draw_place(stage.pen(x, top + 16, unit * 0.62))
    if rng.random() < 0.75:
        draw_blurred_row(stage, 722, rng.uniform(54, 68))


def compose_hall(stage: Stage, scene: Scene) -> None:
    rng = stage.rng
    horizon = 430.0
    paint_backdrop(stage, stage.backdrop(scene, (Backdrop.SLATS, Backdrop.PANELS, Backdrop.CURTAIN)), horizon)
    _paint_ceiling_lights(stage)
    half, shift = rng.uniform(230, 330), -stage.light * rng.uniform(0, 110)
    paint_screen(stage, Area(600 + shift - half, 130, 600 + shift + half, 350))
    paint_floor(stage, horizon - 26, sheen=1.0)
    stage.canvas.soften(1.6)
    speaker_x = 600 + shift + stage.light * (half + 60)
    cast_beam(stage, speaker_x, horizon, 60)
    _draw_far_speaker(stage, speaker_x, horizon - 20)
    draw_hall_rows(stage, horizon)


def compose_group(stage: Stage, scene: Scene) -> None:
    unit = min(57.0, 1010 / (scene.people * 1.96))
    head, floor = _SOLE - 6.75 * unit, _SOLE - 0.9 * unit
    paint_backdrop(stage, stage.backdrop(scene, _GROUP_BACKDROPS), floor)
    half = stage.rng.uniform(300, 400)
    highest = head - (scene.rows - 1) * 0.86 * unit
    paint_screen(stage, Area(600 - half, 26, 600 + half, max(190.0, highest + 0.6 * unit)))
    paint_floor(stage, floor)
    stage.canvas.soften(2.4)
    for row in range(scene.rows - 1, 0, -1):
        _draw_back_row(stage, scene.people + row % 2, row, unit)
    _draw_front_row(stage, scene, unit)


_GROUP_BACKDROPS = (Backdrop.SLATS, Backdrop.GLOBE, Backdrop.PANELS, Backdrop.CURTAIN)


def _draw_seated(stage: Stage, x: float, y: float, unit: float) -> None:
    pen = stage.pen(x, y, unit)
    chair = mix(stage.mood.crowd, stage.mood.trim, 0.25)
    pen.curve(((-0.9, 1.15), (-0.75, 0.9), (0.75, 0.9), (0.9, 1.15), (0.95, 3.0), (-0.95, 3.0)), chair)
    draw_figure(pen, cast(stage.rng), Pose.AT_TABLE)


def _draw_far_speaker(stage: Stage, x: float, foot: float) -> None:
    unit = 25.0
    pen = replace(stage.pen(x, foot - 5.2 * unit, unit), fade=0.12)
    draw_figure(pen, cast_anyone(stage.rng), Pose.AT_LECTERN)
    top = replace(stage.pen(x, foot - 2.8 * unit, 0.66 * unit), fade=0.12)
    draw_lectern(top, Lectern.TAPERED, palette.ACCENT)


def _paint_ceiling_lights(stage: Stage) -> None:
    for row, y in enumerate((34, 70, 96)):
        spread = 250 - row * 46
        lamps = [oval(600 + spread * (step - 2.5), y, (30 - row * 7, 5 - row)) for step in range(6)]
        stage.canvas.soft(lamps, stage.mood.lamp, blur=14, opacity=0.5)
        for lamp in lamps:
            stage.canvas.polygon(lamp, stage.mood.screen)


def _pitch(unit: float) -> float:
    return 1.96 * unit


def _draw_back_row(stage: Stage, people: int, row: int, unit: float) -> None:
    """A row on its riser, dimmer and a little smaller than the one before it."""
    rng, size = stage.rng, unit * (1 - 0.045 * row)
    rise = row * 0.86 * unit
    sole = _SOLE - 6.75 * (unit - size) - rise
    _draw_riser(stage, sole, people * _pitch(unit) / 2 + 0.4 * unit)
    for place in range(people):
        x = 600 + _pitch(unit) * (place - (people - 1) / 2) + rng.uniform(-0.08, 0.08) * unit
        y = sole - 6.75 * size + rng.uniform(-0.16, 0.12) * unit
        pen = replace(stage.pen(x, y, size), fade=0.13 * row + 0.05)
        figure = cast(rng)
        draw_legs(pen, figure)
        draw_figure(pen, figure, Pose.AT_EASE)


def _draw_riser(stage: Stage, y: float, half: float) -> None:
    front = mix(stage.mood.floor, stage.mood.trim, 0.35)
    stage.canvas.rectangle(600 - half, y - 12, 600 + half, _SOLE - 34, mix(front, INK, 0.12))
    stage.canvas.rectangle(600 - half, y - 12, 600 + half, y + 8, mix(front, stage.mood.lamp, 0.3))


def _draw_front_row(stage: Stage, scene: Scene, unit: float) -> None:
    places = range(1, scene.people + 1)
    middles = [600 + _pitch(unit) * (place - (scene.people + 1) / 2) for place in places]
    feet = [oval(x, _SOLE, (unit * 0.9, unit * 0.16)) for x in middles]
    stage.canvas.soft(feet, INK, blur=8, opacity=0.5)
    for place, x in zip(places, middles, strict=True):
        _draw_standing(stage, x, unit, named=place in scene.marked, others_named=bool(scene.marked))


def _draw_standing(stage: Stage, x: float, unit: float, *, named: bool, others_named: bool) -> None:
    rng = stage.rng
    size = unit * rng.uniform(0.95, 1.02)
    # Both are cast, so that marking one person moves nobody else.
    somebody, anyone = cast(rng), cast_anyone(rng)
    pose = rng.choice((Pose.CLASPED, Pose.CLASPED, Pose.AT_EASE))
    pen = replace(stage.pen(x, _SOLE - 6.75 * size, size), fade=0.1 if others_named and not named else 0.0)
    figure = _lit(anyone) if named else somebody
    draw_legs(pen, figure)
    draw_figure(pen, figure, pose)
    if named:
        _draw_marker(stage.canvas, x, _SOLE + 0.55 * unit, unit)


def _lit(figure: Figure) -> Figure:
    return replace(figure, skin=mix(figure.skin, PAPER, 0.3))


def _draw_marker(canvas: Canvas, x: float, y: float, unit: float) -> None:
    """A dot at the feet of someone whom the caption names."""
    for share, ink in ((0.27, PAPER), (0.19, palette.SEAL)):
        canvas.polygon(oval(x, y, (unit * share, unit * share)), ink)
