"""Photo desk, placeholder pictures: the finished picture, its mark and its file."""

from io import BytesIO
from random import Random
from typing import Literal, TypeAlias

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from newsroom.photos.placeholders.canvas import Canvas
from newsroom.photos.placeholders.compositions import compose
from newsroom.photos.placeholders.palette import INK, PAPER, SEAL
from newsroom.photos.placeholders.scenes import Scene

Format: TypeAlias = Literal["WEBP", "JPEG", "AVIF"]

SMALLEST_SIDE = 32
LARGEST_SIDE = 2400
MARK = "Placeholder"
# Below this width the word would be a smudge; the seal alone marks the picture.
NARROWEST_FOR_WORD = 320
_GRAIN = 5
# On a ground lighter than this, of 255, the word is written in ink.
_BRIGHT = 128


def draw(scene: Scene, width: int = 1200, height: int = 800) -> Image.Image:
    """The picture of a scene, in any shape: it is composed for 3:2 and cut from the middle.

    Raises ValueError for a side that is too small to show anything or too large to be meant.
    """
    if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
        raise ValueError(f"A picture measures {SMALLEST_SIDE} to {LARGEST_SIDE} pixels a side, not {width}x{height}.")
    canvas = Canvas(width, height)
    compose(canvas, scene)
    picture = _with_grain(canvas.finished(), scene.seed)
    _mark(picture)
    return picture


def encode(image: Image.Image, format: Format) -> bytes:  # noqa: A002 - Pillow's own word
    options: dict[str, dict[str, object]] = {
        "WEBP": {"quality": 82, "method": 4},
        "JPEG": {"quality": 84, "optimize": True, "progressive": True},
        "AVIF": {"quality": 62, "speed": 8, "max_threads": 1},
    }
    if format not in options:
        raise ValueError(f"A placeholder is a WEBP, JPEG or AVIF file, not {format}.")
    file = BytesIO()
    image.save(file, format, **options[format])
    return file.getvalue()


def _with_grain(picture: Image.Image, seed: str) -> Image.Image:
    """The tooth of paper, which also keeps soft gradients from banding."""
    size = picture.size
    noise = Random(seed).randbytes(size[0] * size[1])  # noqa: S311 - a picture, not a secret
    grain = Image.frombytes("L", size, noise).point([128 + round((level / 255 - 0.5) * _GRAIN) for level in range(256)])
    return ImageChops.add(picture, Image.merge("RGB", (grain, grain, grain)), 1, -128)


def _mark(picture: Image.Image) -> None:
    """A small seal in the lower right corner, with the word where there is room for it."""
    side = max(8, round(min(picture.size) * 0.026))
    margin = side
    left, top = picture.width - margin - side, picture.height - margin - side
    pen = ImageDraw.Draw(picture, "RGBA")
    pen.rectangle(
        (left, top, left + side, top + side),
        fill=(*SEAL, 235),
        outline=(*PAPER, 235),
        width=max(1, side // 10),
    )
    pen.line(
        (left + side * 0.28, top + side * 0.72, left + side * 0.72, top + side * 0.28),
        fill=(*PAPER, 235),
        width=max(1, side // 9),
    )
    if picture.width >= NARROWEST_FOR_WORD:
        _write_mark(picture, pen, left - side // 2, top + side // 2, max(10, round(side * 0.8)))


def _write_mark(picture: Image.Image, pen: ImageDraw.ImageDraw, right: int, middle: int, size: int) -> None:
    font = ImageFont.load_default(size)
    ground = picture.crop(pen.textbbox((right, middle), MARK, font=font, anchor="rm"))
    ink, halo = (INK, PAPER) if _brightness(ground) > _BRIGHT else (PAPER, INK)
    pen.text((right, middle), MARK, font=font, fill=(*halo, 0), anchor="rm", stroke_width=2, stroke_fill=(*halo, 70))
    pen.text((right, middle), MARK, font=font, fill=ink, anchor="rm")


def _brightness(picture: Image.Image) -> float:
    return float(ImageStat.Stat(picture.convert("L")).mean[0])
