"""Photo desk, placeholder pictures: people, cast by the seed and drawn from the head down.

Measures are in heads, as in `heads`; a standing figure is a little over seven of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.canvas import Pen, Point, mirrored
from newsroom.photos.placeholders.heads import (
    Hair,
    draw_back_hair,
    draw_glasses,
    draw_head,
    draw_head_from_behind,
    draw_neck,
)
from newsroom.photos.placeholders.palette import INK, PAPER, Colour, mix


class Dress(StrEnum):
    TIE = "tie"
    OPEN_COLLAR = "open collar"
    BLOUSE = "blouse"
    ROUND_NECK = "round neck"
    ROLL_NECK = "roll neck"


class Pose(StrEnum):
    AT_EASE = "at ease"
    CLASPED = "clasped"
    AT_LECTERN = "at lectern"
    POINTING_OUT = "pointing out"
    AT_TABLE = "at table"


_MEN = (Hair.PARTED, Hair.PARTED, Hair.CROPPED, Hair.CROPPED, Hair.SWEPT, Hair.SWEPT, Hair.RECEDING, Hair.BALD)
_WOMEN = (Hair.BOB, Hair.BOB, Hair.LONG, Hair.TIED, Hair.TIED, Hair.WAVED)
_SOLE = 6.75


@dataclass(frozen=True)
class Figure:
    skin: Colour
    hair: Hair
    hair_tone: Colour
    dress: Dress
    jacket: Colour
    shirt: Colour
    tie: Colour
    build: float
    turn: float
    skirt: bool = False
    glasses: bool = False
    badge: bool = False


def cast(rng: Random) -> Figure:
    """One more person, whom the random numbers choose."""
    woman = rng.random() < 0.4
    hair = rng.choice(_WOMEN if woman else _MEN)
    grey = rng.random() < (0.6 if hair in {Hair.RECEDING, Hair.BALD} else 0.16)
    light = rng.random() < (0.34 if woman else 0.1)
    return Figure(
        skin=rng.choice(palette.SKINS),
        hair=hair,
        hair_tone=rng.choice(palette.GREYS if grey else palette.HAIRS),
        dress=rng.choice(_WOMENS_DRESS if woman else _MENS_DRESS),
        jacket=rng.choice(palette.LIGHT_JACKETS if light else palette.JACKETS),
        shirt=mix(PAPER, rng.choice(palette.LIGHT_JACKETS), rng.choice((0.0, 0.0, 0.3))),
        tie=palette.SEAL if rng.random() < 0.07 else rng.choice(palette.TIES),
        build=rng.uniform(0.84, 0.9) if woman else rng.uniform(0.96, 1.06),
        turn=rng.uniform(-1, 1),
        skirt=woman and rng.random() < 0.5,
        glasses=rng.random() < 0.3,
        badge=rng.random() < 0.22,
    )


_MENS_DRESS = (Dress.TIE, Dress.TIE, Dress.TIE, Dress.OPEN_COLLAR, Dress.ROLL_NECK)
_WOMENS_DRESS = (Dress.BLOUSE, Dress.BLOUSE, Dress.ROUND_NECK, Dress.ROUND_NECK, Dress.ROLL_NECK)


def draw_figure(pen: Pen, figure: Figure, pose: Pose, *, contrast: float = 0.3) -> None:
    """From the head to the hips; the light falls from the left of the pen, or from its mirror's."""
    draw_back_hair(pen, figure.hair, figure.hair_tone)
    _draw_resting_arms(pen, figure, pose)
    _draw_torso(pen, figure)
    draw_neck(pen, mix(figure.skin, INK, 0.04))
    _draw_front(pen, figure)
    if figure.badge:
        _draw_badge(pen)
    draw_head(
        pen,
        skin=figure.skin,
        tone=figure.hair_tone,
        hair=figure.hair,
        turn=figure.turn,
        contrast=contrast,
    )
    if figure.glasses:
        draw_glasses(pen, figure.turn)
    _draw_bent_arms(pen, figure, pose)


def draw_legs(pen: Pen, figure: Figure) -> None:
    cloth = mix(figure.jacket, INK, 0.45)
    if figure.skirt:
        _draw_skirt(pen, figure, cloth)
        return
    wide = figure.build
    for side, tone in ((-1, mix(cloth, PAPER, 0.05)), (1, mix(cloth, INK, 0.25))):
        pen.limb(((side * 0.36 * wide, 3.0), (side * 0.36, 4.7), (side * 0.34, 6.5)), (0.76, 0.52, 0.38), tone)
        pen.oval(side * 0.38, _SOLE - 0.1, (0.24, 0.13), mix(INK, PAPER, 0.03))


def draw_from_behind(pen: Pen, figure: Figure) -> None:
    """A listener in the row before the camera: shoulders and the back of a head."""
    _draw_torso(pen, figure)
    draw_head_from_behind(pen, skin=figure.skin, tone=figure.hair_tone, hair=figure.hair)


def outline_from_behind(x: float, y: float, unit: float, build: float) -> list[list[Point]]:
    """The same listener as bare shapes, for a row that is out of focus."""
    head = mirrored(((0.0, -0.58), (0.3, -0.5), (0.42, -0.15), (0.36, 0.25), (0.2, 0.42), (0.18, 0.7)))
    body = mirrored(((0.0, 0.6), (0.3, 0.72), (0.85, 0.95), (1.08, 1.4), (1.15, 4.0)))
    return [
        [(x + px * unit, y + py * unit) for px, py in head],
        [(x + px * unit * build, y + py * unit) for px, py in body],
    ]


def _draw_skirt(pen: Pen, figure: Figure, cloth: Colour) -> None:
    stocking = mix(figure.skin, INK, 0.45)
    for side in (-1, 1):
        pen.limb(((side * 0.27, 4.4), (side * 0.26, 5.4), (side * 0.22, 6.5)), (0.36, 0.32, 0.18), stocking)
        pen.oval(side * 0.25, _SOLE - 0.09, (0.17, 0.12), mix(INK, PAPER, 0.03))
    pen.curve(mirrored(((0.0, 2.6), (0.6, 2.7), (0.66, 3.4), (0.6, 4.75), (0.3, 4.8), (0.0, 4.8))), cloth)


def _draw_torso(pen: Pen, figure: Figure) -> None:
    half: tuple[Point, ...] = (
        (0.0, 0.66),
        (0.2, 0.66),
        (0.36, 0.76),
        (0.66, 0.86),
        (0.9, 0.98),
        (0.98, 1.2),
        (0.86, 1.55),
        (0.78, 2.1),
        (0.8, 2.9),
        (0.8, 3.42),
        (0.4, 3.46),
        (0.0, 3.46),
    )
    wide = figure.build
    pen.curve([(x * wide, y) for x, y in mirrored(half)], figure.jacket)
    shaded = mix(figure.jacket, INK, 0.32)
    pen.curve([(x * wide, y) for x, y in (*half[2:], (0.1, 2.6), (0.16, 1.8), (0.3, 1.0))], shaded)
    lit = mix(figure.jacket, PAPER, 0.2)
    pen.curve(
        [(x * wide, y) for x, y in ((-0.4, 0.77), (-0.68, 0.86), (-0.91, 0.985), (-0.99, 1.2), (-0.93, 1.08), (-0.7, 0.93))],
        lit,
    )


def _draw_front(pen: Pen, figure: Figure) -> None:
    {
        Dress.TIE: _draw_tie,
        Dress.OPEN_COLLAR: _draw_open_collar,
        Dress.BLOUSE: _draw_blouse,
        Dress.ROUND_NECK: _draw_round_neck,
        Dress.ROLL_NECK: _draw_roll_neck,
    }[figure.dress](pen, figure)


def _draw_tie(pen: Pen, figure: Figure) -> None:
    _draw_shirt(pen, figure.shirt, 0.31)
    pen.shape(mirrored(((0.0, 0.78), (0.085, 0.8), (0.055, 0.98), (0.0, 0.99))), figure.tie)
    pen.shape(mirrored(((0.0, 0.96), (0.05, 0.96), (0.1, 1.6), (0.0, 1.74))), mix(figure.tie, INK, 0.18))
    _draw_collar(pen, figure.shirt)
    _draw_lapels(pen, figure)


def _draw_open_collar(pen: Pen, figure: Figure) -> None:
    _draw_shirt(pen, figure.shirt, 0.31)
    pen.shape(mirrored(((0.0, 0.62), (0.15, 0.66), (0.0, 1.06))), mix(figure.skin, INK, 0.16))
    _draw_collar(pen, figure.shirt)
    _draw_lapels(pen, figure)


def _draw_blouse(pen: Pen, figure: Figure) -> None:
    _draw_shirt(pen, figure.shirt, 0.33)
    pen.curve(mirrored(((0.0, 0.6), (0.19, 0.64), (0.12, 0.92), (0.0, 1.02))), mix(figure.skin, INK, 0.08))
    _draw_lapels(pen, figure)


def _draw_round_neck(pen: Pen, figure: Figure) -> None:
    pen.curve(mirrored(((0.0, 0.6), (0.3, 0.7), (0.25, 0.93), (0.0, 1.03))), mix(figure.jacket, PAPER, 0.35))
    pen.curve(mirrored(((0.0, 0.56), (0.24, 0.66), (0.19, 0.88), (0.0, 0.97))), mix(figure.skin, INK, 0.08))
    pen.stroke(((0.02, 1.03), (0.02, 3.4)), mix(figure.jacket, INK, 0.4), 0.03)


def _draw_roll_neck(pen: Pen, figure: Figure) -> None:
    wool = mix(figure.shirt, palette.ACCENT, 0.45)
    _draw_shirt(pen, wool, 0.31)
    pen.curve(mirrored(((0.0, 0.52), (0.2, 0.54), (0.26, 0.82), (0.0, 0.9))), mix(wool, INK, 0.12))
    _draw_lapels(pen, figure)


def _draw_shirt(pen: Pen, shirt: Colour, half: float) -> None:
    pen.shape(((-half, 0.7), (half, 0.7), (0.0, 1.98)), shirt)
    pen.shape(((0.05, 0.7), (half, 0.7), (0.0, 1.98)), mix(shirt, INK, 0.14))


def _draw_collar(pen: Pen, shirt: Colour) -> None:
    pen.shape(((-0.23, 0.6), (-0.02, 0.82), (-0.15, 0.98), (-0.32, 0.74)), mix(shirt, PAPER, 0.5))
    pen.shape(((0.23, 0.6), (0.02, 0.82), (0.15, 0.98), (0.32, 0.74)), mix(shirt, INK, 0.1))


def _draw_lapels(pen: Pen, figure: Figure) -> None:
    lapel = ((0.3, 0.68), (0.56, 0.84), (0.6, 1.12), (0.46, 1.16), (0.5, 1.26), (0.03, 2.02), (0.0, 1.9))
    pen.shape([(-x, y) for x, y in lapel], mix(figure.jacket, PAPER, 0.1))
    pen.shape(lapel, mix(figure.jacket, INK, 0.12))
    pen.stroke(((0.02, 1.98), (0.04, 3.4)), mix(figure.jacket, INK, 0.5), 0.03)


def _draw_badge(pen: Pen) -> None:
    ribbon = mix(palette.ACCENT, PAPER, 0.2)
    pen.stroke(((-0.3, 0.78), (0.0, 2.0), (0.3, 0.78)), ribbon, 0.045)
    pen.shape(((-0.17, 1.98), (0.17, 1.98), (0.17, 2.42), (-0.17, 2.42)), PAPER)
    pen.shape(((-0.17, 1.98), (0.17, 1.98), (0.17, 2.1), (-0.17, 2.1)), ribbon)


def _draw_resting_arms(pen: Pen, figure: Figure, pose: Pose) -> None:
    if pose is not Pose.AT_EASE:
        return
    wide = figure.build
    for side, tone in ((-1, mix(figure.jacket, PAPER, 0.05)), (1, mix(figure.jacket, INK, 0.42))):
        pen.oval(side * 0.99 * wide, 3.36, (0.13, 0.22), mix(figure.skin, INK, 0.1 if side < 0 else 0.35))
        joints = ((side * 0.8 * wide, 1.16), (side * 0.97 * wide, 2.2), (side * 1.0 * wide, 3.15))
        pen.limb(joints, (0.38, 0.34, 0.26), tone)


# From the shoulder by the elbow to the wrist, for the arm on the right; the left one mirrors it.
_BENT: dict[Pose, tuple[Point, Point, Point]] = {
    Pose.CLASPED: ((0.8, 1.18), (0.98, 2.12), (0.2, 2.72)),
    Pose.AT_LECTERN: ((0.8, 1.18), (1.12, 2.05), (0.74, 2.62)),
    Pose.POINTING_OUT: ((0.8, 1.18), (1.12, 2.05), (0.74, 2.62)),
    Pose.AT_TABLE: ((0.8, 1.18), (1.1, 1.95), (0.3, 2.22)),
}
_RAISED: tuple[Point, Point, Point] = ((-0.8, 1.2), (-1.2, 2.05), (-1.62, 1.3))


def _draw_bent_arms(pen: Pen, figure: Figure, pose: Pose) -> None:
    if pose not in _BENT:
        return
    shoulder, elbow, wrist = _BENT[pose]
    right = tuple((x * figure.build, y) for x, y in (shoulder, elbow, wrist))
    left = tuple((-x, y) for x, y in right)
    _draw_arm(pen, figure, right, 0.3)
    if pose is Pose.POINTING_OUT:
        _draw_arm(pen, figure, _RAISED, 0.0)
        _draw_open_hand(pen, _RAISED[2], figure.skin)
    else:
        _draw_arm(pen, figure, left, 0.0)
    if pose in {Pose.CLASPED, Pose.AT_TABLE}:
        _draw_folded_hands(pen, wrist[1], figure.skin)


def _draw_arm(pen: Pen, figure: Figure, joints: tuple[Point, ...], dark: float) -> None:
    edge = mix(figure.jacket, INK, 0.5)
    sleeve = mix(mix(figure.jacket, PAPER, 0.05), INK, dark)
    pen.limb(joints, (0.4, 0.42, 0.34), edge)
    pen.limb(joints, (0.36, 0.37, 0.29), sleeve)


def _draw_folded_hands(pen: Pen, y: float, skin: Colour) -> None:
    pen.curve(((-0.22, y - 0.1), (0.0, y - 0.15), (0.23, y - 0.08), (0.2, y + 0.12), (0.0, y + 0.16), (-0.2, y + 0.12)), mix(skin, INK, 0.12))
    pen.stroke(((-0.1, y + 0.08), (0.1, y - 0.06)), mix(skin, INK, 0.35), 0.03)


_OPEN_HAND: tuple[Point, ...] = (
    (-0.12, 0.06),
    (-0.17, -0.16),
    (-0.17, -0.42),
    (-0.06, -0.52),
    (0.06, -0.5),
    (0.12, -0.4),
    (0.13, -0.2),
    (0.25, -0.3),
    (0.29, -0.24),
    (0.16, 0.02),
    (0.1, 0.1),
)


def _draw_open_hand(pen: Pen, wrist: Point, skin: Colour) -> None:
    x, y = wrist
    pen.limb(((x + 0.03, y + 0.1), (x - 0.02, y - 0.06)), (0.3, 0.27), mix(PAPER, INK, 0.06))
    pen.curve([(x - 0.04 + px * 0.95 + py * 0.2, y - 0.08 + py * 0.95) for px, py in _OPEN_HAND], skin)
