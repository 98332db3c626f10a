"""Drawings: words broken and cut to the room that a picture has for them.

Room is counted in half-ems: a Latin letter takes about one, a Hangul or Han character two.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

ELLIPSIS = "…"


def room(text: str) -> int:
    """How many half-ems the text takes; marks that sit on a letter take none."""
    return sum(_room(sign) for sign in text)


def _room(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def shortened(text: str, most: int) -> str:
    """The text, cut where it would not fit; what is cut ends in an ellipsis."""
    if room(text) <= most:
        return text
    return next(_pieces(text, most - 1), "").rstrip(" ,;:-–") + ELLIPSIS


def left_out(text: str, short: str) -> str:
    """What the shorter of two cuts of a text leaves out of the longer one."""
    return text[len(short) - len(ELLIPSIS) :]


def broken(text: str, width: int, most: int) -> list[str]:
    """The text in lines of that width, broken between words; of more than `most` lines the rest is cut."""
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, width):
            if lines and room(joined := f"{lines[-1]} {piece}") <= width:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], shortened(f"{lines[most - 1]} {lines[most]}", width)]


def _pieces(text: str, width: int) -> Iterator[str]:
    """The text in parts that fit, broken anywhere: words are rarely longer than a line."""
    part, taken = "", 0
    for sign in text:
        if taken + _room(sign) > width:
            yield part
            part, taken = "", 0
        part, taken = part + sign, taken + _room(sign)
    if part:
        yield part
