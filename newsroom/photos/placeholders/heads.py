"""Photo desk, placeholder pictures: heads without faces, told apart by hair, light and tilt.

Measures are in heads: the crown is at -0.5, the chin at 0.5, the right half has positive x.
"""

from collections.abc import Callable
from enum import StrEnum

from newsroom.photos.placeholders.canvas import Pen, Point, mirrored
from newsroom.photos.placeholders.palette import INK, PAPER, SHADE, Colour, mix


class Hair(StrEnum):
    PARTED = "parted"
    CROPPED = "cropped"
    SWEPT = "swept"
    RECEDING = "receding"
    BALD = "bald"
    BOB = "bob"
    LONG = "long"
    TIED = "tied"
    WAVED = "waved"
    OVER_EARS = "over the ears"
    SLEEK = "sleek"


# How much darker the side of a face is that the light does not reach.
_CONTRAST = 0.24
LONG_HAIR = frozenset({Hair.BOB, Hair.LONG, Hair.WAVED, Hair.OVER_EARS})

_HALF_FACE: tuple[Point, ...] = (
    (0.0, -0.5),
    (0.2, -0.47),
    (0.345, -0.3),
    (0.375, -0.04),
    (0.345, 0.18),
    (0.25, 0.39),
    (0.11, 0.49),
    (0.0, 0.505),
)
_CREST: tuple[Point, ...] = (
    (-0.385, 0.02),
    (-0.425, -0.2),
    (-0.37, -0.43),
    (-0.2, -0.58),
    (0.03, -0.615),
    (0.24, -0.56),
    (0.385, -0.41),
    (0.425, -0.18),
    (0.385, 0.02),
)
# From the right temple, along the hairline, to the left temple.
_HAIRLINES: dict[Hair, tuple[Point, ...]] = {
    Hair.PARTED: (
        (0.345, -0.1),
        (0.31, -0.24),
        (0.12, -0.34),
        (-0.1, -0.31),
        (-0.24, -0.36),
        (-0.345, -0.12),
    ),
    Hair.CROPPED: ((0.35, -0.08), (0.3, -0.27), (0.14, -0.29), (-0.14, -0.29), (-0.3, -0.27), (-0.35, -0.08)),
    Hair.SWEPT: ((0.35, -0.1), (0.33, -0.22), (0.2, -0.19), (-0.04, -0.26), (-0.2, -0.4), (-0.35, -0.14)),
    Hair.RECEDING: (
        (0.36, -0.1),
        (0.3, -0.38),
        (0.16, -0.43),
        (0.0, -0.35),
        (-0.16, -0.43),
        (-0.3, -0.38),
        (-0.36, -0.1),
    ),
    Hair.BOB: (
        (0.35, 0.2),
        (0.33, -0.1),
        (0.18, -0.19),
        (-0.04, -0.21),
        (-0.2, -0.2),
        (-0.33, -0.1),
        (-0.35, 0.2),
    ),
    Hair.LONG: (
        (0.36, 0.22),
        (0.31, -0.1),
        (0.13, -0.33),
        (0.02, -0.43),
        (-0.14, -0.31),
        (-0.3, -0.1),
        (-0.36, 0.22),
    ),
    Hair.TIED: ((0.355, -0.06), (0.29, -0.29), (0.08, -0.39), (-0.1, -0.38), (-0.29, -0.28), (-0.355, -0.06)),
    Hair.OVER_EARS: (
        (0.35, 0.08),
        (0.335, -0.12),
        (0.24, -0.22),
        (0.02, -0.27),
        (-0.18, -0.37),
        (-0.32, -0.14),
        (-0.36, 0.08),
    ),
    Hair.SLEEK: ((0.355, -0.08), (0.3, -0.26), (0.1, -0.41), (-0.06, -0.42), (-0.28, -0.29), (-0.355, -0.08)),
    Hair.WAVED: (
        (0.36, 0.16),
        (0.32, -0.12),
        (0.24, -0.24),
        (0.02, -0.24),
        (-0.16, -0.38),
        (-0.3, -0.14),
        (-0.36, 0.16),
    ),
}
# Where light and shade meet on a face: brow, bridge, nose, lips, chin.
_TERMINATOR: tuple[Point, ...] = (
    (0.13, 0.5),
    (0.1, 0.4),
    (0.13, 0.31),
    (0.07, 0.25),
    (0.1, 0.18),
    (0.01, 0.12),
    (0.07, -0.06),
    (0.1, -0.16),
    (0.16, -0.3),
    (0.15, -0.5),
)


def draw_back_hair(pen: Pen, hair: Hair, tone: Colour) -> None:
    """What hangs behind the neck, to be drawn before the body."""
    if hair is Hair.BOB:
        pen.curve(mirrored(((0.0, -0.6), (0.38, -0.45), (0.47, 0.0), (0.47, 0.38), (0.3, 0.52), (0.0, 0.5))), tone)
    elif hair is Hair.LONG:
        pen.curve(mirrored(((0.0, -0.6), (0.38, -0.45), (0.46, 0.1), (0.5, 0.7), (0.4, 1.02), (0.0, 0.95))), tone)
    elif hair is Hair.WAVED:
        waves = (
            (0.0, -0.64),
            (0.36, -0.52),
            (0.5, -0.15),
            (0.47, 0.12),
            (0.56, 0.4),
            (0.45, 0.66),
            (0.0, 0.6),
        )
        pen.curve(mirrored(waves), tone)
    elif hair is Hair.OVER_EARS:
        pen.curve(
            mirrored(((0.0, -0.6), (0.38, -0.45), (0.455, -0.05), (0.42, 0.19), (0.27, 0.3), (0.0, 0.3))),
            tone,
        )
    elif hair is Hair.TIED:
        pen.oval(0.06, -0.6, (0.2, 0.17), mix(tone, PAPER, 0.05))


def draw_neck(pen: Pen, skin: Colour) -> None:
    shaded = mix(skin, SHADE, 0.3)
    pen.curve(mirrored(((0.0, 0.2), (0.19, 0.25), (0.18, 0.55), (0.19, 0.74), (0.1, 0.98), (0.0, 1.04))), skin)
    pen.curve(mirrored(((0.0, 0.3), (0.185, 0.35), (0.18, 0.56), (0.09, 0.68), (0.0, 0.7))), shaded)


def draw_head(pen: Pen, *, skin: Colour, tone: Colour, hair: Hair, turn: float) -> None:
    """The light falls from the left of the pen; `turn` leans the chin to either side, -1 to 1."""
    shade = mix(skin, SHADE, _CONTRAST)
    lean = _leaning(turn)
    if hair not in LONG_HAIR:
        pen.oval(-0.375, 0.03, (0.055, 0.1), mix(skin, SHADE, 0.1))
        pen.oval(0.375, 0.03, (0.055, 0.1), mix(shade, INK, 0.12))
    face = [lean(point) for point in mirrored(_HALF_FACE)]
    pen.curve(face, skin)
    pen.curve([*map(lean, _HALF_FACE[1:-1]), *map(lean, _TERMINATOR)], shade)
    _draw_crest(pen, hair, tone, skin)


def draw_glasses(pen: Pen, turn: float) -> None:
    frame = mix(INK, PAPER, 0.12)
    x = turn * 0.05
    for side in (-1, 1):
        pen.ring(x + side * 0.165, 0.0, (0.13, 0.105), frame, 0.026)
    pen.stroke(((x - 0.04, -0.02), (x + 0.04, -0.02)), frame, 0.026)


def draw_head_from_behind(pen: Pen, *, skin: Colour, tone: Colour, hair: Hair) -> None:
    if hair not in LONG_HAIR:
        for side in (-1, 1):
            pen.oval(side * 0.38, 0.05, (0.06, 0.1), mix(skin, SHADE, 0.25))
    draw_back_hair(pen, hair, tone)
    skull = ((0.0, -0.56), (0.24, -0.51), (0.39, -0.27), (0.4, 0.0), (0.34, 0.28), (0.2, 0.42), (0.0, 0.45))
    pen.curve(mirrored(skull), skin if hair is Hair.BALD else tone)


_PROFILE: tuple[Point, ...] = (
    (0.02, -0.5),
    (0.22, -0.44),
    (0.33, -0.3),
    (0.365, -0.16),
    (0.35, -0.07),
    (0.4, 0.02),
    (0.47, 0.11),
    (0.445, 0.15),
    (0.375, 0.17),
    (0.395, 0.22),
    (0.37, 0.265),
    (0.39, 0.31),
    (0.35, 0.36),
    (0.365, 0.43),
    (0.31, 0.5),
    (0.2, 0.5),
    (0.04, 0.4),
    (-0.04, 0.36),
    (-0.34, 0.2),
    (-0.4, -0.15),
    (-0.28, -0.42),
)
_PROFILE_HAIR: tuple[Point, ...] = (
    (0.3, -0.36),
    (0.26, -0.52),
    (0.04, -0.61),
    (-0.22, -0.57),
    (-0.42, -0.38),
    (-0.475, -0.1),
    (-0.41, 0.17),
    (-0.29, 0.36),
    (-0.17, 0.33),
    (-0.12, 0.14),
    (-0.03, -0.02),
    (0.07, 0.06),
    (0.1, -0.14),
    (0.17, -0.27),
)


def draw_head_in_profile(pen: Pen, *, skin: Colour, tone: Colour) -> None:
    """Turned to the right of the pen, which is where the light comes from."""
    shade = mix(skin, SHADE, _CONTRAST)
    pen.curve(
        ((-0.3, 0.0), (0.02, 0.2), (0.13, 0.5), (0.17, 0.8), (0.1, 1.05), (-0.32, 1.0), (-0.29, 0.6)),
        mix(skin, SHADE, 0.28),
    )
    pen.curve(_PROFILE, skin)
    pen.curve(
        (
            (0.02, -0.3),
            (0.12, 0.0),
            (0.16, 0.26),
            (0.26, 0.42),
            (0.2, 0.5),
            (0.04, 0.4),
            (-0.2, 0.28),
            (-0.3, -0.1),
        ),
        shade,
    )
    pen.curve(_PROFILE_HAIR, tone)
    pen.curve(((0.22, -0.45), (0.04, -0.55), (-0.16, -0.52), (0.02, -0.47)), mix(tone, PAPER, 0.16))
    pen.oval(-0.06, 0.07, (0.075, 0.11), mix(skin, SHADE, 0.12))


def _draw_crest(pen: Pen, hair: Hair, tone: Colour, skin: Colour) -> None:
    gloss = mix(tone, PAPER, 0.13)
    if hair is Hair.BALD:
        pen.curve(((-0.39, 0.06), (-0.41, -0.16), (-0.36, -0.26), (-0.33, -0.1), (-0.36, 0.04)), tone)
        pen.curve(((0.39, 0.06), (0.41, -0.16), (0.36, -0.26), (0.33, -0.1), (0.36, 0.04)), mix(tone, INK, 0.3))
        pen.curve(((-0.2, -0.4), (-0.1, -0.45), (0.02, -0.46), (-0.06, -0.42)), mix(skin, PAPER, 0.35))
        return
    pen.curve((*_CREST, *_HAIRLINES[hair]), tone)
    pen.curve(((-0.36, -0.26), (-0.28, -0.44), (-0.1, -0.54), (-0.16, -0.44), (-0.3, -0.3)), gloss)


def _leaning(turn: float) -> Callable[[Point], Point]:
    return lambda point: (point[0] + turn * 0.06 * (point[1] + 0.5), point[1])
