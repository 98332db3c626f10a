"""Photo desk, intake: where a picture ends within its file, walked by the structure of each format."""

from __future__ import annotations

import re

PNG_HEAD, WEBP_HEAD = 8, 8
# In a JPEG's entropy-coded data FF is followed by 00 or a restart marker; anything else begins a segment.
NEXT_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
STANDALONE = {0x01, *range(0xD0, 0xD9)}
EOI, SOS = 0xD9, 0xDA
BOX_NAME = re.compile(rb"[A-Za-z0-9 ]{4}")


class CutOff(Exception):
    """The file ends before its picture does."""


def end_of(content: bytes, form: str) -> int:
    """How many bytes the picture takes; all of them where the format cannot tell. Raises CutOff."""
    walk = {
        "PNG": _end_of_png,
        "WEBP": _end_of_webp,
        "JPEG": _end_of_jpeg,
        "AVIF": _end_of_boxes,
        "HEIF": _end_of_boxes,
    }
    return walk.get(form, len)(content)


def _end_of_png(content: bytes) -> int:
    at = PNG_HEAD
    while at + 12 <= len(content):
        length, name = _head(content, at)
        at += 12 + length
        if name == b"IEND" and at <= len(content):
            return at
    raise CutOff


def _end_of_webp(content: bytes) -> int:
    size = int.from_bytes(content[4:8], "little")
    end = WEBP_HEAD + size + size % 2
    if WEBP_HEAD + size > len(content):
        raise CutOff
    return min(end, len(content))


def _end_of_jpeg(content: bytes) -> int:
    at = 2
    while at + 2 <= len(content):
        found = NEXT_MARKER.search(content, at)
        if found is None:
            break
        marker, at = content[found.end() - 1], found.end()
        if marker == EOI:
            return at
        if marker not in STANDALONE:
            at += int.from_bytes(content[at : at + 2], "big")
    raise CutOff


def _end_of_boxes(content: bytes) -> int:
    """AVIF and HEIC: boxes one after the other (ISO/IEC 14496-12); what is none begins what was stuck on."""
    at, names = 0, set()
    while at + 8 <= len(content):
        length, name = _head(content, at)
        if not BOX_NAME.fullmatch(name) or 1 < length < 8:
            break
        at += _length_of_box(content, at, length)
        names.add(name)
    if at > len(content) or b"mdat" not in names:
        raise CutOff
    return at


def _head(content: bytes, at: int) -> tuple[int, bytes]:
    """Length and name, with which both a chunk of PNG and a box begin."""
    return int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]


def _length_of_box(content: bytes, at: int, length: int) -> int:
    """A 0 says: to the end of the file; a 1: the length follows in eight bytes."""
    if length == 0:
        return len(content) - at
    if length == 1:
        return max(16, int.from_bytes(content[at + 8 : at + 16], "big"))
    return length
