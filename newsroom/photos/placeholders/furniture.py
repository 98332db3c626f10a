"""Photo desk, placeholder pictures: what people stand and sit behind."""

from enum import StrEnum

from newsroom.photos.placeholders import palette
from newsroom.photos.placeholders.canvas import Area, Canvas, Pen, mirrored
from newsroom.photos.placeholders.palette import INK, PAPER, Colour, Mood, mix


class Lectern(StrEnum):
    TAPERED = "tapered"
    COLUMN = "column"
    BOX = "box"
    GLASS = "glass"


def draw_lectern(pen: Pen, kind: Lectern, wood: Colour) -> None:
    """Its top is at the height 0 of the pen, its foot a little over four heads below."""
    {
        Lectern.TAPERED: _draw_tapered,
        Lectern.COLUMN: _draw_column,
        Lectern.BOX: _draw_box,
        Lectern.GLASS: _draw_glass,
    }[kind](pen, wood)


def draw_lectern_from_the_side(pen: Pen, wood: Colour) -> None:
    """Its reading plate slopes from the right of the pen towards a speaker on the left."""
    pen.shape(((0.16, 0.1), (0.92, -0.06), (0.8, 4.3), (0.3, 4.3)), wood)
    pen.shape(((0.16, 0.1), (0.44, 0.04), (0.46, 4.3), (0.3, 4.3)), mix(wood, INK, 0.25))
    pen.shape(((-0.28, 0.1), (1.16, -0.34), (1.2, -0.2), (-0.24, 0.24)), mix(wood, PAPER, 0.4))
    pen.shape(((-0.24, 0.24), (1.2, -0.2), (1.2, -0.12), (-0.2, 0.34)), mix(wood, INK, 0.1))
    pen.stroke(((0.9, -0.25), (0.78, -0.8), (0.48, -1.2), (0.2, -1.38)), mix(INK, PAPER, 0.4), 0.04)
    pen.limb(((0.22, -1.36), (0.04, -1.46)), (0.1, 0.14), mix(INK, PAPER, 0.05))


def draw_microphones(pen: Pen, count: int) -> None:
    """Goosenecks that rise from the height 0 of the pen."""
    for index in range(count):
        lean = (index - (count - 1) / 2) * 0.34 or 0.12
        stem = ((lean * 2.2, 0.05), (lean * 2.1, -0.35), (lean * 1.5, -0.62), (lean * 0.8, -0.78))
        pen.stroke(stem, mix(INK, PAPER, 0.3), 0.04)
        pen.limb(((lean * 0.95, -0.75), (lean * 0.5, -0.86)), (0.1, 0.13), mix(INK, PAPER, 0.05))


def draw_table(canvas: Canvas, mood: Mood, area: Area) -> None:
    """A long table under a cloth that hangs to the floor in folds; `area` is its front."""
    left, right, top, foot = area.left, area.right, area.top, area.bottom
    cloth = mix(mood.crowd, mood.wall, 0.28)
    shadow = ((left, foot - 6), (right, foot - 6), (right + 30, foot + 22), (left - 30, foot + 22))
    canvas.soft([shadow], INK, blur=14, opacity=0.28)
    canvas.rectangle(left + 8, top, right - 8, foot, cloth)
    folds = max(1, int(area.width // 46))
    for fold in range(folds + 1):
        x = left + 20 + (area.width - 40) * fold / folds
        canvas.polygon(((x, top + 26), (x + 13, foot), (x - 4, foot)), mix(cloth, INK, 0.16))
    board = ((left - 4, top + 24), (right + 4, top + 24), (right - 12, top - 8), (left + 12, top - 8))
    canvas.polygon(board, mix(cloth, mood.screen, 0.34))
    canvas.rectangle(left - 4, top + 23, right + 4, top + 32, mix(cloth, INK, 0.25))


def draw_seat(pen: Pen, cover: Colour) -> None:
    """The back of a seat in a row of them, seen from behind."""
    pen.curve(mirrored(((0.0, 1.52), (0.7, 1.54), (0.92, 1.7), (0.96, 2.6), (1.0, 7.0), (0.0, 7.2))), cover)
    pen.curve(mirrored(((0.0, 1.52), (0.7, 1.54), (0.86, 1.63), (0.0, 1.6))), mix(cover, PAPER, 0.14))


def draw_place(pen: Pen) -> None:
    """What stands before each one at a table: a card without a name, a glass, a microphone."""
    pen.shape(((-0.52, 0.3), (0.52, 0.3), (0.47, -0.02), (-0.47, -0.02)), mix(PAPER, palette.ACCENT, 0.06))
    pen.shape(((-0.3, 0.17), (0.3, 0.17), (0.3, 0.13), (-0.3, 0.13)), mix(PAPER, palette.ACCENT, 0.5))
    pen.shape(((0.78, 0.2), (0.98, 0.2), (1.01, -0.18), (0.75, -0.18)), mix(PAPER, palette.ACCENT, 0.28))
    pen.stroke(((-0.78, 0.2), (-0.74, -0.28), (-0.58, -0.46)), mix(INK, PAPER, 0.1), 0.05)
    pen.oval(-0.55, -0.5, (0.09, 0.09), INK)


def _draw_tapered(pen: Pen, wood: Colour) -> None:
    pen.shape(((-1.02, 0.2), (1.02, 0.2), (0.72, 4.3), (-0.72, 4.3)), wood)
    pen.shape(((0.1, 0.2), (1.02, 0.2), (0.72, 4.3), (0.1, 4.3)), mix(wood, INK, 0.2))
    pen.shape(((-0.42, 0.9), (0.42, 0.9), (0.36, 1.55), (-0.36, 1.55)), mix(wood, PAPER, 0.22))
    _draw_top(pen, wood, 1.3)


def _draw_column(pen: Pen, wood: Colour) -> None:
    pen.shape(((-0.36, 0.2), (0.36, 0.2), (0.3, 4.1), (-0.3, 4.1)), wood)
    pen.shape(((0.06, 0.2), (0.36, 0.2), (0.3, 4.1), (0.06, 4.1)), mix(wood, INK, 0.25))
    pen.shape(((-0.8, 4.05), (0.8, 4.05), (0.92, 4.3), (-0.92, 4.3)), mix(wood, INK, 0.2))
    pen.shape(((-0.98, 0.1), (0.98, 0.1), (0.9, 0.85), (-0.9, 0.85)), mix(wood, PAPER, 0.08))
    _draw_top(pen, wood, 1.14)


def _draw_box(pen: Pen, wood: Colour) -> None:
    pen.shape(((-1.22, 0.2), (1.22, 0.2), (1.22, 4.3), (-1.22, 4.3)), wood)
    for slat in range(9):
        x = -1.12 + slat * 0.28
        pen.shape(((x, 0.34), (x + 0.1, 0.34), (x + 0.1, 4.2), (x, 4.2)), mix(wood, INK, 0.22))
    pen.shape(((-0.6, 0.8), (0.6, 0.8), (0.6, 1.6), (-0.6, 1.6)), mix(wood, PAPER, 0.2))
    _draw_top(pen, wood, 1.4)


def _draw_glass(pen: Pen, wood: Colour) -> None:
    pane = mix(wood, PAPER, 0.3)
    pen.shape(((-0.92, 0.2), (0.92, 0.2), (0.78, 4.3), (-0.78, 4.3)), mix(pane, INK, 0.3))
    pen.shape(((-0.84, 0.2), (-0.1, 0.2), (-0.5, 4.3), (-0.7, 4.3)), mix(pane, INK, 0.12))
    pen.shape(((0.2, 0.2), (0.4, 0.2), (0.05, 4.3), (-0.12, 4.3)), mix(pane, INK, 0.2))
    _draw_top(pen, mix(pane, PAPER, 0.2), 1.2)


def _draw_top(pen: Pen, wood: Colour, half: float) -> None:
    pen.shape(((-half + 0.12, -0.14), (half - 0.12, -0.14), (half, 0.06), (-half, 0.06)), mix(wood, PAPER, 0.42))
    pen.shape(((-half, 0.06), (half, 0.06), (half - 0.02, 0.24), (-half + 0.02, 0.24)), mix(wood, PAPER, 0.14))


def draw_plant(pen: Pen, leaf: Colour) -> None:
    """A potted plant, the foot of its pot at the height 0."""
    for x, reach, bend in (
        (-0.7, 2.2, -0.5),
        (-0.3, 2.8, -0.2),
        (0.1, 3.1, 0.1),
        (0.5, 2.6, 0.35),
        (0.8, 2.0, 0.6),
    ):
        blade = (
            (0.0, -0.9),
            (x * 0.6 - 0.14, -0.9 - reach * 0.5),
            (x + bend, -0.9 - reach),
            (x * 0.6 + 0.16, -0.9 - reach * 0.45),
        )
        pen.curve(blade, mix(leaf, PAPER, 0.1 if x < 0 else 0.0))
    pen.shape(mirrored(((0.0, -1.0), (0.55, -1.0), (0.42, 0.0), (0.0, 0.0))), mix(leaf, PAPER, 0.55))
