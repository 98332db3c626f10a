"""What is found in a picture that is taken in: its size as seen, its fingerprints, and what an editor should know."""

from __future__ import annotations

import hashlib
import io

import pytest
from PIL import Image, ImageCms, ImageEnhance

from newsroom.photos.intake import Note, examine
from newsroom.photos.intake.colour import upright_srgb
from newsroom.photos.likeness import ALIKE, bands_of, distance
from tests.photos.pictures import encoded, heic, jpeg, png_of, scene

FORMS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")
NEAR = 6  # of 255, which is what a lossy format may change


def turned(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return jpeg(exif=exif)


def shown(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as picture:
        return upright_srgb(picture)


def differs_by(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of their average colours."""
    first, second = (
        picture.convert("RGB").resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) for picture in (one, other)
    )
    return max(abs(a - b) for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("form", FORMS)
def test_picture_is_known_by_its_content(form: str) -> None:
    content = encoded(scene(), form)

    found = examine(content)

    assert (found.form, found.width, found.height, found.size) == (form, 96, 64, len(content))
    assert (found.sha256, found.notes) == (hashlib.sha256(content).hexdigest(), ())


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_picture_is_measured_and_shown_upright(orientation: int) -> None:
    found = examine(turned(orientation))

    assert (found.width, found.height) == ((96, 64) if orientation < 5 else (64, 96))
    assert shown(turned(orientation)).size == (found.width, found.height)
    assert found.notes == (() if orientation == 1 else (Note.TURNED,))


@pytest.mark.parametrize("form", ["PNG", "WEBP", "AVIF", "TIFF"])
def test_moving_picture_gives_its_first_frame_and_says_so(form: str) -> None:
    content = encoded(scene(), form, save_all=True, append_images=[scene(seed=5)])

    found = examine(content)

    assert found.notes == (Note.FIRST_FRAME,)
    assert found.likeness is not None
    assert distance(found.likeness, examine(encoded(scene(), "PNG")).likeness or 0) <= ALIKE


def test_second_picture_of_a_phone_is_no_animation() -> None:
    content = encoded(scene(), "MPO", save_all=True, append_images=[scene(48, 32)])

    found = examine(content)

    assert (found.form, found.width, found.notes) == ("JPEG", 96, ())


def test_picture_of_a_phone_is_read_upright_with_its_words_and_without_its_place() -> None:
    found = examine(heic())

    assert (found.form, found.width, found.height, found.notes) == ("HEIF", 128, 192, ())
    assert {name: fact.value for name, fact in found.facts.items()} == {"headline": "과학외교"}
    assert shown(heic()).size == (128, 192)


def test_burst_of_a_phone_gives_the_picture_that_it_calls_the_first() -> None:
    found, first = examine(heic("burst")), examine(encoded(scene(192, 128, seed=5), "PNG"))

    assert found.notes == (Note.FIRST_FRAME,)
    assert found.likeness is not None
    assert distance(found.likeness, first.likeness or 0) <= ALIKE


def test_colours_of_print_become_those_of_screens() -> None:
    content = encoded(scene().convert("CMYK"), "JPEG", quality=95)

    assert examine(content).notes == (Note.COLOURS,)
    assert differs_by(shown(content), scene()) <= NEAR


def test_profile_of_a_picture_is_obeyed() -> None:
    """Under a profile whose red is green, red is green."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    exchanged = profile.replace(b"rXYZ", b"    ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"    ", b"gXYZ", 1)
    red = Image.new("RGB", (64, 64), "red")

    seen = [shown(encoded(red, "PNG", icc_profile=one)).getpixel((9, 9)) for one in (profile, exchanged)]

    assert seen == [(255, 0, 0), (0, 255, 0)]


def test_broken_profile_is_passed_over() -> None:
    content = encoded(scene(), "PNG", icc_profile=b"no profile at all")

    assert differs_by(shown(content), scene()) == 0


def test_sixteen_bits_of_grey_are_scaled_not_cut() -> None:
    grey = Image.new("I;16", (64, 64), 0x8000)

    picture = shown(encoded(grey, "PNG"))

    assert (picture.mode, picture.getpixel((5, 5))) == ("RGB", (128, 128, 128))
    assert examine(encoded(grey, "TIFF")).notes == (Note.DEPTH,)


def test_sixteen_bits_of_colour_are_scaled_not_cut() -> None:
    row = b"\x00" + b"\xff\x00\x80\x00\x00\x80" * 32
    content = png_of(row * 32, 32, 32, depth=16, colours=2)

    assert shown(content).getpixel((5, 5)) == (255, 128, 0)
    assert examine(content).notes == (Note.DEPTH,)


def test_palette_becomes_true_colours() -> None:
    content = encoded(scene().quantize(64), "PNG")

    assert shown(content).mode == "RGB"
    assert differs_by(shown(content), scene()) <= NEAR


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_transparent_picture_is_shown_on_white(mode: str) -> None:
    clear = Image.new("RGBA", (64, 64), (200, 0, 0, 0)).convert(mode)
    content = encoded(clear, "PNG", **({"transparency": 0} if mode == "P" else {}))

    assert shown(content).getpixel((9, 9)) == (255, 255, 255)
    assert examine(content).notes == (Note.TRANSPARENT,)


def test_colours_of_lab_become_those_of_screens() -> None:
    lab = ImageCms.profileToProfile(
        scene(), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    assert lab is not None

    assert differs_by(shown(encoded(lab, "TIFF")), scene()) <= NEAR


def test_picture_for_readers_carries_nothing_of_the_file() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"

    assert shown(jpeg(exif=exif, comment=b"secret")).info == {}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [(96, 64), (48, 32), (300, 200)])
def test_picture_resized_and_saved_anew_is_alike(form: str, size: tuple[int, int]) -> None:
    whole = scene(480, 320)
    other = ImageEnhance.Brightness(whole.resize(size)).enhance(1.1)

    one, again = examine(encoded(whole, "PNG")).likeness, examine(encoded(other, form)).likeness

    assert one is not None
    assert again is not None
    assert distance(one, again) <= ALIKE


def test_other_pictures_are_not_alike() -> None:
    likenesses = [examine(jpeg(480, 320, seed=seed)).likeness or 0 for seed in range(1, 7)]

    near = [(one, other) for one in likenesses for other in likenesses if one < other and distance(one, other) <= ALIKE]
    assert near == []


def test_empty_picture_is_like_no_other() -> None:
    assert examine(encoded(Image.new("RGB", (64, 64), "white"), "PNG")).likeness is None


def test_hashes_three_bits_apart_share_a_band() -> None:
    value = 0x0123_4567_89AB_CDEF
    other = value ^ (1 << 3 | 1 << 20 | 1 << 60)

    shared = [one == another for one, another in zip(bands_of(value), bands_of(other), strict=True)]

    assert (bands_of(value), shared) == ((0x0123, 0x4567, 0x89AB, 0xCDEF), [False, True, False, False])
