"""Photo desk: a fingerprint of what a picture shows, which survives resizing and saving anew.

A difference hash: whether each of 8 × 8 patches is brighter than the one to its right.
"""

from __future__ import annotations

from PIL import Image

SIDE = 8
BITS = SIDE * SIDE
BAND_BITS = 16
ALIKE = 8  # bits in which two pictures may differ and still be pointed out as alike


def likeness_of(picture: Image.Image) -> int | None:
    """None for a picture without features, which would be like every other one of the kind."""
    patches = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX).tobytes()
    value = 0
    for place in range(BITS):
        row, column = divmod(place, SIDE)
        left = row * (SIDE + 1) + column
        value = value << 1 | (patches[left] > patches[left + 1])
    return value or None


def bands_of(likeness: int) -> tuple[int, ...]:
    """Four parts of the hash: if two differ in three bits or fewer, one part at least is the same."""
    return tuple(likeness >> shift & (1 << BAND_BITS) - 1 for shift in range(BITS - BAND_BITS, -1, -BAND_BITS))


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()
