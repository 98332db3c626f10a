"""What the photo desk refuses, each with words that say what is wrong and what to do."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
import zlib

import pytest
from PIL import Image
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from newsroom.photos.intake import Refused, examine, heif
from tests.photos.pictures import bomb, chunk, encoded, heic, jpeg, memory_taken_by, png_of, scene

CUT_OFF = "The file ends before the picture does: fetch it again in full, then upload it."
STOWAWAY = "Something other than a picture hides in this file: open it, and save it anew as JPEG or PNG."
STUCK_ON = "Something is stuck onto the end of this picture: open it, and save it anew."
DRAWING = "This is an SVG drawing or a web page, which may carry programs: export it as PNG."
UNKNOWN = "This is no picture that the desk can read: upload a JPEG, PNG, WebP, AVIF, TIFF or HEIC picture."
RAW = "This is a camera's raw file: develop it and upload a JPEG or TIFF."
TOO_LARGE = "This picture has more than 80 megapixels: upload a smaller one."
FORMS = ("JPEG", "PNG", "WEBP", "AVIF", "TIFF")


def refusal(content: bytes) -> str:
    """What the desk says to it; empty where it takes the file in."""
    try:
        examine(content)
    except Refused as refused:
        return str(refused)
    return ""


def archive() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        packed.writestr("run.js", "steal()")
    return content.getvalue()


def png(*chunks: bytes) -> bytes:
    """A picture with more chunks before its end."""
    content = encoded(scene(), "PNG")
    end = content.rindex(b"IEND") - 4
    return content[:end] + b"".join(chunks) + content[end:]


def tiff(tag: int, value: object) -> bytes:
    tags = ImageFileDirectory_v2()
    tags[tag] = value
    return encoded(scene(), "TIFF", tiffinfo=tags)


def thumbnail_page() -> bytes:
    """What the raw files of several makers begin with: a TIFF whose first page says that it is a thumbnail."""
    tags = ImageFileDirectory_v2()
    tags[254] = 1
    return encoded(scene(), "TIFF", tiffinfo=tags)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty: it may not have been sent to its end. Choose it again."),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', DRAWING),
        (b'\xef\xbb\xbf <?xml version="1.0"?><svg/>', DRAWING),
        ("<svg/>".encode("utf-16"), DRAWING),
        (b"<!doctype html><script>steal()</script>", DRAWING),
        (b"%PDF-1.7\n", "This is a PDF document: export the picture in it as JPEG."),
        (b"GIF89a\x01\x00\x01\x00", "This is a GIF: export it as PNG or JPEG."),
        (b"BM\x00\x00", "This is a Windows bitmap: save it as PNG."),
        (b"8BPS\x00\x01", "This is a Photoshop file: export it as JPEG or TIFF."),
        (b"\x00\x00\x00\x20ftypisom", "This is a film: save a still from it as JPEG."),
        (b"\xff\x0a\xfa", "This format is not read here: save a JPEG."),
        (b"II*\x00\x10\x00\x00\x00CR\x02\x00", RAW),
        (b"FUJIFILMCCD-RAW 0201", RAW),
        (b"MZ\x90\x00", UNKNOWN),
        (b"plain words", UNKNOWN),
    ],
)
def test_file_that_is_no_picture_is_called_by_what_it_is(content: bytes, words: str) -> None:
    assert refusal(content) == words


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_picture_that_is_cut_off_is_refused(form: str, part: float) -> None:
    content = encoded(scene(), form)

    assert refusal(content[: int(len(content) * part)]) == CUT_OFF


@pytest.mark.parametrize("form", FORMS)
def test_whole_picture_is_taken_in(form: str) -> None:
    assert refusal(encoded(scene(), form)) == ""


def test_picture_of_a_phone_is_judged_like_any_other() -> None:
    """Cut off, with something behind it, with a program in it, or larger by its own word than it can be."""
    whole = heic()
    size = whole.index(b"ispe") + 8
    bomb_of_a_phone = whole[:size] + struct.pack(">II", 50_000, 50_000) + whole[size + 8 :]
    files = [whole[:-9], whole + b"MZ\x90\x00" * 8, whole + b"<script>", bomb_of_a_phone]

    assert [refusal(one) for one in files] == [CUT_OFF, STUCK_ON, STOWAWAY, TOO_LARGE]


def test_archive_behind_a_picture_is_refused() -> None:
    hidden = archive()

    assert [refusal(encoded(scene(), form) + hidden) for form in FORMS] == [STOWAWAY] * len(FORMS)


@pytest.mark.parametrize(
    "content",
    [
        jpeg(comment=b"<script>steal()</script>"),
        png(chunk(b"tEXt", b"Comment\x00<?php steal(); ?>")),
        png(chunk(b"tEXt", b"Comment\x00<SVG onload=steal()>")),
        jpeg(comment=b"%PDF-1.7"),
        jpeg() + b"7z\xbc\xaf\x27\x1c\x00\x04",
    ],
)
def test_picture_that_is_a_program_as_well_is_refused(content: bytes) -> None:
    assert refusal(content) == STOWAWAY


@pytest.mark.parametrize("chance", [b"<svg \x8f\x02", b"<?php\x93", b"<HTML\xd1"])
def test_few_bytes_that_photographs_hold_by_chance_are_no_program(chance: bytes) -> None:
    assert refusal(jpeg(comment=b"\x9c" + chance + b"\x07" * 9)) == ""


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_anything_stuck_onto_a_picture_is_refused(form: str) -> None:
    assert refusal(encoded(scene(), form) + b"MZ\x90\x00" * 8) == STUCK_ON


def test_what_phones_put_behind_their_pictures_is_no_stowaway() -> None:
    film = b"\x00\x00\x00\x10ftypmp42\x00\x00\x00\x00"
    behind = [jpeg(32, 32), film, b"\x00\x01notes of a phone\x00SEFT", b"\x00" * 512, b"\r\n"]

    assert [refusal(jpeg() + more) for more in behind] == [""] * len(behind)


def test_bomb_is_defused_before_it_takes_memory() -> None:
    content = bomb()

    taken = memory_taken_by(lambda: refusal(content))

    assert (refusal(content), len(content) < 1_000_000, taken < 200_000_000) == (TOO_LARGE, True, True)


@pytest.mark.parametrize("side", [9_000, 13_000, 50_000])
def test_picture_of_too_many_pixels_is_refused(side: int) -> None:
    assert refusal(bomb(side)) == TOO_LARGE


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 15)])
def test_picture_of_hardly_a_pixel_is_refused(size: tuple[int, int]) -> None:
    words = "The picture has {} × {} pixels, too few to show: upload the picture itself.".format(*size)

    assert refusal(encoded(Image.new("RGB", size), "PNG")) == words


def test_text_that_swells_when_unpacked_is_refused() -> None:
    swollen = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(200_000_000), 9))

    taken = memory_taken_by(lambda: refusal(png(swollen)))

    assert (refusal(png(swollen)).startswith("This PNG picture is damaged"), taken < 50_000_000) == (True, True)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0\x00\x02\xff\xd9",
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"") + chunk(b"IEND", b""),
        b"RIFF\x04\x00\x00\x00WEBP",
        b"\x00\x00\x00\x10ftypavif\x00\x00\x00\x00",
        b"II*\x00\x08\x00\x00\x00\xff\xff",
        png_of(b"\x09" * 4000, 32, 32, depth=8, colours=2),
    ],
)
def test_damaged_picture_is_refused_in_words(content: bytes) -> None:
    words = refusal(content)

    assert words == CUT_OFF or words.endswith("is damaged and cannot be read: open it, save it anew, then upload it.")


def test_measurements_are_no_photograph() -> None:
    words = "The picture has thirty-two bits a channel: save it with eight or sixteen."

    assert [refusal(encoded(scene().convert(mode), "TIFF")) for mode in ("F", "I")] == [words, words]


def test_raw_file_in_the_dress_of_a_tiff_is_refused() -> None:
    assert [refusal(one) for one in (tiff(50706, b"\x01\x04\x00\x00"), thumbnail_page())] == [RAW, RAW]


def test_size_of_a_refused_header_is_never_trusted() -> None:
    """A TIFF that claims a strip of four gigabytes, and holds none of it."""
    content = bytearray(encoded(scene(), "TIFF"))
    place = content.index(struct.pack("<HHI", 279, 4, 1))
    content[place + 8 : place + 12] = b"\xff\xff\xff\xff"

    taken = memory_taken_by(lambda: refusal(bytes(content)))

    assert taken < 50_000_000


def test_picture_of_a_phone_is_asked_for_in_another_format_where_it_cannot_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    heif.is_readable.cache_clear()

    words = refusal(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")

    heif.is_readable.cache_clear()
    assert words == "This is a HEIC picture, which is not read here: export it as JPEG and upload that."
