"""Photo desk, placeholder pictures: people, cast by the seed and drawn from the head down.

Measures are in heads, as in `heads`; a standing figure is a little over seven of them.
"""

from dataclasses import dataclass
from enum import StrEnum
from random import Random

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.canvas import Pen, Point, mirrored, smooth
from newsroom.photos.placeholders.heads import (
    Hair,
    draw_back_hair,
    draw_glasses,
    draw_head,
    draw_head_from_behind,
    draw_head_in_profile,
    draw_neck,
)
from newsroom.photos.placeholders.palette import INK, PAPER, SHADE, Colour, mix


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


_MEN = (
    Hair.PARTED,
    Hair.PARTED,
    Hair.CROPPED,
    Hair.CROPPED,
    Hair.SWEPT,
    Hair.SWEPT,
    Hair.RECEDING,
    Hair.BALD,
)
_WOMEN = (Hair.BOB, Hair.BOB, Hair.LONG, Hair.TIED, Hair.TIED, Hair.WAVED)
_MENS_DRESS = (*[Dress.TIE] * 5, Dress.OPEN_COLLAR, Dress.OPEN_COLLAR, Dress.ROLL_NECK)
_WOMENS_DRESS = (*[Dress.BLOUSE] * 3, *[Dress.ROUND_NECK] * 3, Dress.ROLL_NECK)
_ANYONES_HAIR = (Hair.SWEPT, Hair.OVER_EARS, Hair.OVER_EARS, Hair.SLEEK, Hair.CROPPED)
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
    light = rng.random() < (0.26 if woman else 0.06)
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


def cast_anyone(rng: Random) -> Figure:
    """Someone to stand for a named person: cut, dress and build are such as anyone may have."""
    return Figure(
        skin=rng.choice(palette.CLAYS),
        hair=rng.choice(_ANYONES_HAIR),
        hair_tone=rng.choice((*palette.HAIRS, *palette.HAIRS, palette.GREYS[2])),
        dress=rng.choice((Dress.OPEN_COLLAR, Dress.OPEN_COLLAR, Dress.ROLL_NECK)),
        jacket=rng.choice((*palette.JACKETS, *palette.LIGHT_JACKETS[1:4], palette.ACCENT, palette.ACCENT)),
        shirt=mix(PAPER, rng.choice(palette.LIGHT_JACKETS), rng.choice((0.0, 0.3))),
        tie=rng.choice(palette.TIES),
        build=rng.uniform(0.89, 0.97),
        turn=rng.uniform(-1, 1),
        glasses=rng.random() < 0.3,
    )


def draw_figure(pen: Pen, figure: Figure, pose: Pose) -> None:
    """From the head to the hips; the light falls from the left of the pen, or from its mirror's."""
    draw_back_hair(pen, figure.hair, figure.hair_tone)
    _draw_resting_arms(pen, figure, pose)
    _draw_torso(pen, figure)
    draw_neck(pen, mix(figure.skin, SHADE, 0.04))
    _draw_front(pen, figure)
    if figure.badge:
        _draw_badge(pen)
    draw_head(pen, skin=figure.skin, tone=figure.hair_tone, hair=figure.hair, turn=figure.turn)
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


def draw_from_behind(pen: Pen, figure: Figure, pose: Pose = Pose.AT_TABLE) -> None:
    _draw_resting_arms(pen, figure, pose)
    _draw_torso(pen, figure)
    pen.stroke(((0.0, 1.5), (0.0, 3.4)), mix(figure.jacket, INK, 0.45), 0.03)
    draw_neck(pen, mix(figure.skin, SHADE, 0.35))
    collar = ((0.0, 0.62), (0.24, 0.64), (0.32, 0.78), (0.2, 1.0), (0.0, 1.1))
    pen.curve(mirrored(collar), mix(figure.jacket, PAPER, 0.12))
    draw_head_from_behind(pen, skin=figure.skin, tone=figure.hair_tone, hair=figure.hair)


def draw_in_profile(pen: Pen, figure: Figure, pose: Pose) -> None:
    """Turned to the right of the pen, which the light comes from; a lectern would stand there."""
    coat = figure.jacket
    pen.curve(((-0.66, 3.0), (0.42, 3.0), (0.34, 5.0), (0.3, 6.8), (-0.4, 6.8), (-0.55, 5.0)), mix(coat, INK, 0.5))
    pen.curve(_PROFILE_COAT, coat)
    shaded = (*_PROFILE_COAT[:6], (-0.3, 3.4), (-0.34, 2.2), (-0.2, 1.2))
    pen.curve(shaded, mix(coat, INK, 0.34))
    draw_head_in_profile(pen, skin=figure.skin, tone=figure.hair_tone)
    pen.curve(((-0.3, 0.7), (-0.1, 0.74), (0.18, 0.72), (0.2, 0.86), (0.02, 0.9), (-0.3, 0.82)), figure.shirt)
    pen.curve(((-0.36, 0.7), (-0.1, 0.8), (0.12, 0.86), (0.3, 1.2), (0.05, 1.4), (-0.5, 1.0)), coat)
    if pose is Pose.AT_LECTERN:
        pen.oval(1.16, 2.2, (0.2, 0.12), mix(figure.skin, SHADE, 0.08))
        _draw_arm(pen, figure, ((-0.12, 1.32), (0.06, 2.3), (0.98, 2.24)), 0.0)
    else:
        _draw_arm(pen, figure, ((-0.14, 1.32), (-0.16, 2.3), (0.1, 3.3)), 0.0)


def draw_far_listener(pen: Pen, figure: Figure) -> None:
    """A face in the audience, seen from the stage: a few plain shapes, to be put out of focus."""
    pen.curve(mirrored(((0.0, 0.6), (0.4, 0.7), (0.95, 1.0), (1.05, 2.4), (0.0, 2.6))), figure.jacket)
    pen.shape(mirrored(((0.0, 0.66), (0.2, 0.7), (0.0, 1.3))), figure.shirt)
    pen.oval(0.0, -0.1, (0.43, 0.5), figure.hair_tone)
    pen.oval(0.0, 0.06, (0.34, 0.44), figure.skin)


def outline_from_behind(x: float, y: float, unit: float, build: float) -> list[list[Point]]:
    """The same listener as bare shapes, for a row that is out of focus."""
    head = smooth(mirrored(((0.0, -0.58), (0.27, -0.5), (0.41, -0.18), (0.37, 0.16), (0.2, 0.42), (0.0, 0.46))))
    body = smooth(mirrored(((0.0, 0.2), (0.17, 0.3), (0.2, 0.66), (0.8, 0.93), (1.06, 1.4), (1.15, 4.0))))
    return [
        [(x + px * unit, y + py * unit) for px, py in head],
        [(x + px * unit * build, y + py * unit) for px, py in body],
    ]


def _draw_skirt(pen: Pen, figure: Figure, cloth: Colour) -> None:
    stocking = mix(figure.skin, SHADE, 0.45)
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
        [
            (x * wide, y)
            for x, y in (
                (-0.4, 0.77),
                (-0.68, 0.86),
                (-0.91, 0.985),
                (-0.99, 1.2),
                (-0.93, 1.08),
                (-0.7, 0.93),
            )
        ],
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
    pen.shape(mirrored(((0.0, 0.62), (0.15, 0.66), (0.0, 1.06))), mix(figure.skin, SHADE, 0.16))
    _draw_collar(pen, figure.shirt)
    _draw_lapels(pen, figure)


def _draw_blouse(pen: Pen, figure: Figure) -> None:
    _draw_shirt(pen, figure.shirt, 0.33)
    pen.curve(mirrored(((0.0, 0.6), (0.19, 0.64), (0.12, 0.92), (0.0, 1.02))), mix(figure.skin, SHADE, 0.08))
    _draw_lapels(pen, figure)


def _draw_round_neck(pen: Pen, figure: Figure) -> None:
    pen.curve(mirrored(((0.0, 0.6), (0.3, 0.7), (0.25, 0.93), (0.0, 1.03))), mix(figure.jacket, PAPER, 0.35))
    pen.curve(mirrored(((0.0, 0.56), (0.24, 0.66), (0.19, 0.88), (0.0, 0.97))), mix(figure.skin, SHADE, 0.08))
    pen.stroke(((0.02, 1.03), (0.02, 3.4)), mix(figure.jacket, INK, 0.4), 0.03)


def _draw_roll_neck(pen: Pen, figure: Figure) -> None:
    wool = mix(figure.tie, PAPER, 0.1)
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
        pen.oval(side * 0.99 * wide, 3.36, (0.13, 0.22), mix(figure.skin, SHADE, 0.1 if side < 0 else 0.35))
        joints = ((side * 0.8 * wide, 1.16), (side * 0.97 * wide, 2.2), (side * 1.0 * wide, 3.15))
        pen.limb(joints, (0.38, 0.34, 0.26), tone)


_PROFILE_COAT: tuple[Point, ...] = (
    (-0.3, 0.7),
    (-0.58, 0.98),
    (-0.72, 1.5),
    (-0.66, 2.4),
    (-0.74, 3.2),
    (-0.7, 3.5),
    (0.46, 3.5),
    (0.48, 3.1),
    (0.46, 2.4),
    (0.52, 1.7),
    (0.36, 1.15),
    (0.14, 0.86),
)
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
    _draw_arm(pen, figure, right, 0.24)
    if pose is Pose.POINTING_OUT:
        _draw_arm(pen, figure, _RAISED, 0.0)
        _draw_open_hand(pen, _RAISED[2], figure.skin)
    else:
        _draw_arm(pen, figure, left, 0.0)
    if pose in {Pose.CLASPED, Pose.AT_TABLE}:
        _draw_folded_hands(pen, wrist[1], figure.skin)


def _draw_arm(pen: Pen, figure: Figure, joints: tuple[Point, ...], dark: float) -> None:
    fold = [(x, y + 0.045) for x, y in joints]
    pen.limb(fold, (0.2, 0.35, 0.29), mix(figure.jacket, INK, 0.5))
    pen.limb(joints, (0.34, 0.33, 0.26), mix(mix(figure.jacket, PAPER, 0.06), INK, dark))


def _draw_folded_hands(pen: Pen, y: float, skin: Colour) -> None:
    pen.curve(
        (
            (-0.22, y - 0.1),
            (0.0, y - 0.15),
            (0.23, y - 0.08),
            (0.2, y + 0.12),
            (0.0, y + 0.16),
            (-0.2, y + 0.12),
        ),
        mix(skin, SHADE, 0.12),
    )
    pen.stroke(((-0.1, y + 0.08), (0.1, y - 0.06)), mix(skin, SHADE, 0.35), 0.03)


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
