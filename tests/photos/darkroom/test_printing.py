"""Which versions are made of a picture: never larger than it is, around its focal point, in three formats."""

from __future__ import annotations

import io
from fractions import Fraction

import pytest
from PIL import Image, ImageDraw

from newsroom.photos.darkroom import printing
from newsroom.photos.darkroom.printing import Crop, Format, Print, crop_box, prints, shapes_of
from newsroom.photos.intake import Refused
from tests.photos.pictures import encoded, jpeg, scene

PACKET = b"<x/>"


def widths(width: int, height: int, crop: str, form: str) -> list[int]:
    return sorted(one.width for one in shapes_of(width, height) if (one.crop, one.form) == (crop, form))


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("size", "ladder"),
    [
        ((6000, 4000), [320, 640, 960, 1280, 1920, 2560]),
        ((2560, 1440), [320, 640, 960, 1280, 1920, 2560]),
        ((1300, 900), [320, 640, 960, 1280]),
        ((1600, 900), [320, 640, 960, 1280, 1600]),
        ((500, 900), [320, 500]),
        ((96, 64), [96]),
    ],
)
@pytest.mark.parametrize("form", list(Format))
def test_ladder_ends_with_the_picture(size: tuple[int, int], ladder: list[int], form: str) -> None:
    assert widths(*size, Crop.WHOLE, form) == ladder


@pytest.mark.parametrize(
    ("crop", "ladder"), [(Crop.ROW, [320, 640]), (Crop.HERO, [640, 1280, 1920]), (Crop.SQUARE, [160, 320])]
)
def test_crops_are_made_for_browsers_only(crop: Crop, ladder: list[int]) -> None:
    assert [widths(6000, 4000, crop, form) for form in ("AVIF", "WEBP", "JPEG")] == [ladder, ladder, []]


def test_no_shape_stands_twice() -> None:
    for size in ((6000, 4000), (640, 640), (96, 64), (16, 4000), (4000, 16)):
        shapes = shapes_of(*size)

        assert len(set(shapes)) == len(shapes)
        assert all(0 < one.width <= size[0] and one.height > 0 for one in shapes)


@pytest.mark.parametrize(
    ("size", "ratio", "focus", "box"),
    [
        ((600, 400), Fraction(1), (0.5, 0.5), (100, 0, 500, 400)),
        ((600, 400), Fraction(1), (0.0, 0.5), (0, 0, 400, 400)),
        ((600, 400), Fraction(1), (1.0, 0.5), (200, 0, 600, 400)),
        ((600, 400), Fraction(2), (0.5, 0.0), (0, 0, 600, 300)),
        ((600, 400), Fraction(2), (0.5, 1.0), (0, 100, 600, 400)),
        ((400, 600), Fraction(4, 3), (0.5, 0.4), (0, 90, 400, 390)),
        ((600, 300), Fraction(2), (0.9, 0.9), (0, 0, 600, 300)),
    ],
)
def test_crop_keeps_the_focal_point_and_stays_inside(
    size: tuple[int, int], ratio: Fraction, focus: tuple[float, float], box: tuple[int, int, int, int]
) -> None:
    assert crop_box(*size, ratio, focus) == box


def test_crop_shows_what_the_focal_point_is_on() -> None:
    picture = Image.new("RGB", (1200, 400), "white")
    ImageDraw.Draw(picture).rectangle((1000, 0, 1199, 399), fill="red")

    made = prints(encoded(picture, "PNG"), (0.9, 0.5), PACKET)

    square = next(opened(one.content) for one in made if one.shape.crop == Crop.SQUARE and one.shape.form == "WEBP")
    red, green, _blue = square.convert("RGB").getpixel((square.width - 20, 20))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)


def test_every_file_is_what_its_shape_says() -> None:
    made = list(prints(jpeg(700, 400), (0.5, 0.5), PACKET))

    said = [(one.shape.form, one.shape.width, one.shape.height) for one in made]
    found = [(picture.format, *picture.size) for picture in (opened(one.content) for one in made)]
    assert (found, {one.shape for one in made} <= set(shapes_of(700, 400))) == (said, True)


def test_newer_format_is_made_where_it_is_lighter_only() -> None:
    """The scene's hard edges are dear in AVIF; what pages and partners cannot do without is there at every width."""
    made = list(prints(jpeg(700, 400), (0.5, 0.5), PACKET))

    frames: dict[tuple[str, int], list[Print]] = {}
    for one in made:
        frames.setdefault((one.shape.crop, one.shape.width), []).append(one)
    orders = [[one.shape.form for one in sorted(frame, key=lambda one: -len(one.content))] for frame in frames.values()]
    assert {tuple(order) for order in orders} == {("JPEG", "WEBP", "AVIF"), ("WEBP", "AVIF"), ("WEBP",)}
    assert len(frames) == len({(one.crop, one.width) for one in shapes_of(700, 400)})


def test_picture_that_no_newer_format_makes_lighter_still_has_what_pages_show() -> None:
    sized = scene(64, 64)

    made = [printing.encoded(sized, form, PACKET, below=1) for form in (Format.JPEG, Format.WEBP, Format.AVIF)]

    assert [bool(content) for content in made] == [True, True, False]


def test_picture_on_its_side_is_printed_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    made = list(prints(jpeg(700, 400, exif=exif), (0.5, 0.5), PACKET))

    whole = [one for one in made if one.shape.crop == Crop.WHOLE and one.shape.form == "JPEG"]
    assert [opened(one.content).size for one in whole] == [(400, 700), (320, 560)]


def test_same_picture_makes_the_same_files() -> None:
    first, again = ([one.content for one in prints(jpeg(400, 300), (0.5, 0.5), PACKET)] for _ in range(2))

    assert first == again


def test_transparent_and_moving_pictures_are_printed_too() -> None:
    clear = scene(400, 300).convert("RGBA")
    moving = encoded(scene(400, 300), "WEBP", save_all=True, append_images=[scene(400, 300, seed=3)])

    counts = [len(list(prints(one, (0.5, 0.5), PACKET))) for one in (encoded(clear, "PNG"), moving)]

    assert counts == [len(shapes_of(400, 300))] * 2


def test_what_the_desk_would_refuse_is_not_printed() -> None:
    with pytest.raises(Refused):
        list(prints(b"<svg/>", (0.5, 0.5), PACKET))
