"""Photo desk, embedded metadata: the older blocks of a file, IPTC's IIM and the camera's EXIF."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from PIL import Image, ImageFile
from PIL.IptcImagePlugin import getiptcinfo

UTF8_MARK = b"\x1b%G"  # in dataset 1:90
# What Korean programs wrote when nothing said which encoding it was; the last one reads anything.
ENCODINGS = ("utf-8", "cp949", "latin-1")
MADE_BY_CAMERA = 0x8769  # the EXIF part of which the camera, not a person, is the author
TAKEN_AT = 0x9003
# What cameras write where somebody's words should stand.
CAMERA_WORDS = {"OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "DIGITAL CAMERA", "SAMSUNG", "DEFAULT"}

Datasets = dict[tuple[int, int], list[str]]


def iim(picture: Image.Image) -> Datasets:
    """The datasets of IIM by record and number; empty where the file has none, or broken ones."""
    found = None
    with suppress(Exception):  # the reader is as old as the format and raises whatever it trips over
        found = getiptcinfo(picture) if isinstance(picture, ImageFile.ImageFile) else None
    found = found or {}
    is_utf8 = UTF8_MARK in b"".join(_listed(found.get((1, 90), b"")))
    return {key: [decoded(one, is_utf8=is_utf8) for one in _listed(value)] for key, value in found.items()}


def exif(picture: Image.Image) -> dict[int, str]:
    """The text fields of EXIF that a person may have filled in, and when the picture was taken."""
    found = picture.getexif()
    texts = {tag: _text(found.get(tag)) for tag in (0x010E, 0x013B, 0x8298)}
    texts[TAKEN_AT] = _text(found.get_ifd(MADE_BY_CAMERA).get(TAKEN_AT))
    return {tag: text for tag, text in texts.items() if text and text.upper() not in CAMERA_WORDS}


def decoded(raw: bytes, *, is_utf8: bool = False) -> str:
    for encoding in ENCODINGS[:1] if is_utf8 else ENCODINGS:
        with suppress(UnicodeDecodeError):
            return raw.decode(encoding).strip("\0 \r\n")
    return raw.decode("utf-8", "replace").strip("\0 \r\n")


def _listed(value: bytes | list[bytes]) -> Iterable[bytes]:
    return value if isinstance(value, list) else [value]


def _text(value: object) -> str:
    """EXIF calls its texts ASCII, and programs put UTF-8 or CP949 there; Pillow reads them as Latin-1."""
    if isinstance(value, str):
        with suppress(UnicodeEncodeError):
            return decoded(value.encode("latin-1"))
        return value.strip("\0 \r\n")
    return decoded(value) if isinstance(value, bytes) else ""
