"""Photo desk, darkroom: one picture into every size, crop and format that pages and partners get.

Touches no record, so it runs outside of any transaction.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TypeAlias

from PIL import Image

from newsroom.photos.intake.colour import upright_srgb
from newsroom.photos.intake.reading import opened, upright_size
from newsroom.photos.intake.sniffing import form_of
from newsroom.photos.models import Rendition

Crop: TypeAlias = Rendition.Crop
Format: TypeAlias = Rendition.Format
RECIPE = 2  # of everything below: a change of it has every picture made anew
# The heaviest first: each is made only where it is lighter than the one before it.
FORMATS = (Format.JPEG, Format.WEBP, Format.AVIF)
WIDTHS = (320, 640, 960, 1280, 1920, 2560)
RATIOS = {Crop.ROW: Fraction(4, 3), Crop.HERO: Fraction(2), Crop.SQUARE: Fraction(1)}
# As wide as the boxes that our pages cut to, once and twice for dense screens.
CROP_WIDTHS = {Crop.ROW: (320, 640), Crop.HERO: (640, 1280, 1920), Crop.SQUARE: (160, 320)}
ONLY_FOR_PAGES = (Format.WEBP, Format.AVIF)  # which a browser chooses from; partners get whole pictures
# Measured on photographs (benchmarks/results): a faster AVIF is a fifth heavier, a slower WebP no lighter.
OPTIONS: dict[str, dict[str, object]] = {
    Format.AVIF: {"speed": 6},
    Format.WEBP: {"method": 4},
    Format.JPEG: {"optimize": True, "progressive": True},
}
# The first is of about equal likeness to the original in all three; the next ones where that is too heavy.
QUALITIES: dict[str, tuple[int, ...]] = {Format.AVIF: (60, 50), Format.WEBP: (76, 66, 56), Format.JPEG: (82,)}
INDISPENSABLE = {Format.JPEG, Format.WEBP}  # for partners and for pages, whatever they weigh
# Below this many pixels of width between two steps, one of them will do.
SMALLEST_STEP = Fraction(6, 5)

Focus = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One file to be made: which part of the picture, how large, in which format."""

    crop: Crop
    width: int
    height: int
    form: Format


@dataclass(frozen=True)
class Print:
    """One file that was made."""

    shape: Shape
    content: bytes


def shapes_of(width: int, height: int) -> list[Shape]:
    """Every file that may be made of a picture of this size, none larger than the picture; the largest come first."""
    whole = [
        Shape(Crop.WHOLE, one, round(one * height / width), form) for one in _steps(WIDTHS, width) for form in FORMATS
    ]
    cut = [shape for crop in RATIOS for shape in _cut_shapes(crop, width, height)]
    return sorted(whole + cut, key=lambda shape: -shape.width)


def prints(content: bytes, focus: Focus, packet: bytes) -> Iterator[Print]:
    """All of them, one by one as they are ready, each carrying this XMP packet. Raises `intake.Refused`."""
    with opened(content, form_of(content)) as picture:
        shapes = shapes_of(*upright_size(picture))
        picture.draft(None, _scaled_to(picture.size, max(WIDTHS)))
        negative = upright_srgb(picture)
    for _frame, of_frame in groupby(shapes, key=lambda shape: (shape.crop, shape.width)):
        group = list(of_frame)
        yield from _lighter_and_lighter(_sized(negative, group[0], focus), group, packet)


def encoded(picture: Image.Image, form: Format, packet: bytes, *, below: int | None = None) -> bytes | None:
    """Nothing but the pixels and the packet: what the original carried stays with it.

    None where it cannot be had in fewer bytes than `below`, unless somebody needs this very format.
    """
    content = b""
    for quality in QUALITIES[form]:
        content = _saved(picture, form, packet, quality)
        if below is None or len(content) < below:
            return content
    return content if form in INDISPENSABLE else None


def crop_box(width: int, height: int, ratio: Fraction, focus: Focus) -> tuple[int, int, int, int]:
    """The largest part of that ratio with the focal point as near to its middle as the edges allow."""
    wide, high = min(width, round(height * ratio)), min(height, round(width / ratio))
    left = min(max(round(focus[0] * width - wide / 2), 0), width - wide)
    top = min(max(round(focus[1] * height - high / 2), 0), height - high)
    return left, top, left + wide, top + high


def _lighter_and_lighter(sized: Image.Image, shapes: list[Shape], packet: bytes) -> Iterator[Print]:
    below = None
    for shape in shapes:
        if content := encoded(sized, shape.form, packet, below=below):
            below = len(content)
            yield Print(shape, content)


def _saved(picture: Image.Image, form: Format, packet: bytes, quality: int) -> bytes:
    content = io.BytesIO()
    picture.save(content, form.value, xmp=packet, quality=quality, **OPTIONS[form])
    return content.getvalue()


def _cut_shapes(crop: Crop, width: int, height: int) -> Iterator[Shape]:
    left, _top, right, _bottom = crop_box(width, height, RATIOS[crop], (0.5, 0.5))
    for one in _steps(CROP_WIDTHS[crop], right - left):
        for form in ONLY_FOR_PAGES:
            yield Shape(crop, one, round(one / RATIOS[crop]), form)


def _steps(widths: tuple[int, ...], most: int) -> list[int]:
    """Those of the ladder that the picture fills, and its own width where the ladder would leave much of it out."""
    steps = [width for width in widths if width <= most]
    if not steps or (most < max(widths) and most >= SMALLEST_STEP * steps[-1]):
        steps.append(most)
    return steps


def _sized(negative: Image.Image, shape: Shape, focus: Focus) -> Image.Image:
    ratio = RATIOS.get(shape.crop)
    box = crop_box(*negative.size, ratio, focus) if ratio else (0, 0, *negative.size)
    return negative.resize((shape.width, max(1, shape.height)), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _scaled_to(size: tuple[int, int], width: int) -> tuple[int, int]:
    """What to ask of a JPEG's decoder, which can leave out detail that no version would show."""
    return min(width, size[0]), min(round(width * size[1] / size[0]), size[1])
