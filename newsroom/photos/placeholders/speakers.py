"""Photo desk, placeholder pictures: one speaker or one sitter, in a shot that the seed chooses.

Whoever is drawn stands for a person whom the caption names, so the figure is `cast_anyone`.
"""

from collections.abc import Callable
from typing import TypeAlias

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.audience import draw_blurred_row, draw_far_rows
from newsroom.photos.placeholders.canvas import Area, oval
from newsroom.photos.placeholders.figures import (
    Pose,
    cast_anyone,
    draw_figure,
    draw_from_behind,
    draw_in_profile,
)
from newsroom.photos.placeholders.furniture import (
    Lectern,
    draw_lectern,
    draw_lectern_from_the_side,
    draw_microphones,
    draw_place,
    draw_plant,
    draw_table,
)
from newsroom.photos.placeholders.palette import INK, Colour, mix
from newsroom.photos.placeholders.rooms import (
    STAGE_BACKDROPS,
    Stage,
    cast_beam,
    paint_backdrop,
    paint_floor,
    paint_screen,
)
from newsroom.photos.placeholders.scenes import Backdrop, Scene

Shot: TypeAlias = Callable[[Stage, Backdrop, int], None]

_WOODS = (
    palette.ACCENT,
    palette.ACCENT_DEEP,
    mix(palette.BRASS, palette.ACCENT_DEEP, 0.55),
    mix(palette.TINT, palette.ACCENT, 0.4),
)


def compose_lectern(stage: Stage, scene: Scene) -> None:
    shots: tuple[Shot, ...] = (
        _near_shot,
        _middle_shot,
        _wide_shot,
        _wide_shot,
        _shot_from_the_wing,
        _shot_from_behind,
    )
    shot = stage.rng.choice(shots)
    backdrop = stage.backdrop(scene, (Backdrop.SCREEN, *STAGE_BACKDROPS))
    shot(stage, backdrop, -stage.light)


def compose_portrait(stage: Stage, scene: Scene) -> None:
    rng = stage.rng
    side = -stage.light
    backdrop = stage.backdrop(scene, (*STAGE_BACKDROPS, Backdrop.SHELVES, Backdrop.SCREEN))
    paint_backdrop(stage, backdrop, 830)
    if backdrop is Backdrop.SCREEN:
        paint_screen(stage, Area(600 - side * 170 - 420, 70, 600 - side * 170 + 330, 560))
    stage.canvas.soften(rng.uniform(6, 11))
    # The stand of a press conference goes with its curtain.
    sittings = (_sit_facing,) if backdrop is Backdrop.CURTAIN else (_sit_facing, _sit_facing, _sit_aside, _sit_at_desk)
    rng.choice(sittings)(stage, 600 + side * rng.uniform(0, 190), backdrop)


def _sit_facing(stage: Stage, x: float, backdrop: Backdrop) -> None:
    rng = stage.rng
    y, unit = 330 + rng.uniform(-12, 20), rng.uniform(172, 240)
    draw_figure(stage.pen(x, y, unit), cast_anyone(rng), Pose.AT_EASE)
    if backdrop is Backdrop.CURTAIN or rng.random() < 0.2:
        draw_microphones(stage.pen(x, 812, 150), rng.choice((2, 3)))


def _sit_aside(stage: Stage, x: float, backdrop: Backdrop) -> None:
    """In profile, turned to the light."""
    rng = stage.rng
    y, unit = 330 + rng.uniform(-10, 20), rng.uniform(168, 214)
    draw_in_profile(stage.pen(x, y, unit).mirror(), cast_anyone(rng), Pose.AT_EASE)


def _sit_at_desk(stage: Stage, x: float, backdrop: Backdrop) -> None:
    rng = stage.rng
    y, unit = 300 + rng.uniform(-10, 10), rng.uniform(126, 150)
    draw_figure(stage.pen(x, y, unit), cast_anyone(rng), Pose.AT_TABLE)
    edge = y + 2.08 * unit
    draw_table(stage.canvas, stage.mood, Area(-80, edge + 20, 1280, 900))
    draw_place(stage.pen(x - stage.light * 1.2 * unit, edge + 14, 0.62 * unit))


def _near_shot(stage: Stage, backdrop: Backdrop, side: int) -> None:
    rng = stage.rng
    x, y = 600 + side * rng.uniform(60, 210), rng.uniform(285, 315)
    paint_backdrop(stage, backdrop, 830)
    if backdrop is Backdrop.SCREEN:
        left = 600 - side * 300 - 360
        paint_screen(stage, Area(left, 60, left + 640, 440))
    stage.canvas.soften(5)
    _draw_speaker(stage, x, y, rng.uniform(134, 150))


def _middle_shot(stage: Stage, backdrop: Backdrop, side: int) -> None:
    rng = stage.rng
    x, y = 600 + side * rng.uniform(170, 250), rng.uniform(265, 295)
    paint_backdrop(stage, backdrop, 690)
    paint_floor(stage, 690)
    if backdrop is Backdrop.SCREEN or rng.random() < 0.4:
        centre, half = 600 - side * 210, rng.uniform(240, 290)
        paint_screen(stage, Area(centre - half, 90, centre + half, rng.uniform(390, 450)))
    stage.canvas.soften(2.6)
    _draw_speaker(stage, x, y, rng.uniform(98, 112))
    if rng.random() < 0.6:
        draw_blurred_row(stage, 706, rng.uniform(60, 74))


def _wide_shot(stage: Stage, backdrop: Backdrop, side: int) -> None:
    rng = stage.rng
    x, unit = 600 + side * rng.uniform(190, 290), rng.uniform(58, 68)
    floor = 620.0
    paint_backdrop(stage, backdrop, floor)
    paint_floor(stage, floor)
    centre, half = 600 - side * 170, rng.uniform(270, 330)
    paint_screen(stage, Area(centre - half, 96, centre + half, rng.uniform(400, 460)))
    stage.canvas.soften(1.8)
    cast_beam(stage, x, floor, 120)
    if rng.random() < 0.5:
        draw_plant(stage.pen(x + side * 170, floor + 26, 44), mix(palette.ACCENT, INK, 0.2))
    _draw_speaker(stage, x, floor + 30 - 6.7 * unit, unit)
    draw_blurred_row(stage, 662, 44, opacity=0.92)
    draw_blurred_row(stage, 718, 66)


def _shot_from_the_wing(stage: Stage, backdrop: Backdrop, side: int) -> None:
    """The speaker in profile, turned to the light; listeners below."""
    rng = stage.rng
    x, unit = 600 + side * rng.uniform(90, 200), rng.uniform(112, 140)
    paint_backdrop(stage, backdrop, 830)
    if backdrop is Backdrop.SCREEN:
        paint_screen(stage, Area(600 - side * 60 - 440, 50, 600 - side * 60 + 440, 520))
    stage.canvas.soften(6)
    y = rng.uniform(280, 310)
    pen = stage.pen(x, y, unit).mirror()
    draw_in_profile(pen, cast_anyone(rng), Pose.AT_LECTERN)
    draw_lectern_from_the_side(stage.pen(x + stage.light * 1.04 * unit, y + 2.4 * unit, unit).mirror(), _wood(stage))
    draw_blurred_row(stage, 712, rng.uniform(56, 72))


def _shot_from_behind(stage: Stage, backdrop: Backdrop, side: int) -> None:
    """Over the speaker's shoulder into the hall."""
    rng = stage.rng
    x, unit = 600 + side * rng.uniform(120, 230), rng.uniform(112, 132)
    y = rng.uniform(290, 320)
    paint_backdrop(stage, Backdrop.PANELS if backdrop is Backdrop.SCREEN else backdrop, 330)
    _hang_spotlights(stage)
    stage.canvas.rectangle(-20, 330, 1220, 820, mix(stage.mood.floor, stage.mood.wall_low, 0.4))
    draw_far_rows(stage, 372)
    stage.canvas.soften(4.5)
    top = stage.pen(x, y + 2.3 * unit, unit)
    draw_lectern(top, Lectern.COLUMN, _wood(stage))
    draw_microphones(stage.pen(x + stage.light * 1.25 * unit, y + 2.3 * unit, unit), 1)
    draw_from_behind(stage.pen(x, y, unit), cast_anyone(rng), Pose.AT_EASE)


def _hang_spotlights(stage: Stage) -> None:
    for index in range(5):
        x, y = 140 + index * 230 + stage.rng.uniform(-30, 30), 90 + 14 * (index % 2)
        stage.canvas.soft([oval(x, y, (60, 60))], stage.mood.lamp, blur=36, opacity=0.6)
        stage.canvas.polygon(oval(x, y, (15, 15)), stage.mood.screen)


def _draw_speaker(stage: Stage, x: float, y: float, unit: float) -> None:
    rng = stage.rng
    pose = rng.choice((Pose.AT_LECTERN, Pose.AT_LECTERN, Pose.POINTING_OUT))
    pen = stage.pen(x, y, unit)
    draw_figure(pen, cast_anyone(rng), pose)
    top = stage.pen(x, y + 2.42 * unit, unit)
    draw_microphones(top, rng.choice((1, 1, 2)))
    draw_lectern(top, rng.choice(tuple(Lectern)), _wood(stage))


def _wood(stage: Stage) -> Colour:
    return stage.rng.choice(_WOODS)
