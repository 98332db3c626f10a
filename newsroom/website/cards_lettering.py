"""Front of house: the lettering of the cards: Latin in the serif of our headlines, Hangul always in a gothic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont

FONTS = Path(__file__).parent / "fonts"
SERIF, GOTHIC = "card-serif-bold.ttf", "card-gothic-bold.ttf"
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
NO_SIGN = "\U0010fffe"  # stands in no font, so it is drawn as what is drawn for want of a sign
ELLIPSIS = "…"


@dataclass(frozen=True)
class Style:
    """How a line is set: the font that is asked first, its size, its colour, and the distance of two lines."""

    font: str
    size: int
    colour: str
    leading: float = 1.2

    @property
    def line_height(self) -> int:
        return round(self.size * self.leading)

    def at(self, size: int) -> Style:
        return replace(self, size=size)


@cache
def _font(name: str, size: int) -> Font:
    return ImageFont.truetype(FONTS / name, size)


@cache
def _draws(name: str, sign: str) -> bool:
    """Whether the font has the sign."""
    font = _font(name, 40)
    return sign.isspace() or bytes(font.getmask(sign)) != bytes(font.getmask(NO_SIGN))


def writable(text: str) -> str:
    """The text without the words that no font of ours can write, in one line."""
    words = unicodedata.normalize("NFC", text).split()
    return " ".join(word for word in words if all(_draws(SERIF, sign) or _draws(GOTHIC, sign) for sign in word))


def suited(style: Style, text: str) -> Style:
    """The style for a text: one with Hangul in it is all gothic, as far as that goes."""
    return replace(style, font=GOTHIC) if HANGUL.search(text) else style


def runs(text: str, style: Style) -> Iterator[tuple[str, Font]]:
    """The parts of a line with their fonts: the other one sets what the style's own cannot, whole words if it can."""
    parts = (part for word in re.split(r"(?<=\s)", text) for part in _set_together(word))
    for name, together in groupby(parts, lambda part: _font_for(part, style.font)):
        yield "".join(together), _font(name, style.size)


def width(text: str, style: Style) -> float:
    return sum(font.getlength(part) for part, font in runs(text, style))


def write(picture: Image.Image, place: tuple[int, int], text: str, style: Style, *, anchor: str = "l") -> None:
    """One line on its base line, which begins there or, with the anchor "r", ends there."""
    left = place[0] - (width(text, style) if anchor == "r" else 0)
    pen = ImageDraw.Draw(picture)
    for part, font in runs(text, style):
        pen.text((left, place[1]), part, fill=style.colour, font=font, anchor="ls")
        left += font.getlength(part)


def lines(text: str, style: Style, most: int) -> list[str]:
    """The text in lines no wider than that; only a word that is wider than a line is broken."""
    done: list[str] = []
    line = ""
    for piece in _pieces(text, style, most):
        longer = f"{line} {piece}".strip()
        if line and width(longer, style) > most:
            done.append(line)
            longer = piece
        line = longer
    return [*done, line]


def fitted(text: str, style: Style, box: tuple[int, int], sizes: tuple[int, ...]) -> tuple[list[str], Style]:
    """The text in the largest of these sizes in which it fits into the box; in the smallest it is cut short."""
    for size in sizes:
        set_so = suited(style, text).at(size)
        found = lines(text, set_so, box[0])
        if len(found) * set_so.line_height <= box[1]:
            return found, set_so
    kept = found[: max(1, box[1] // set_so.line_height)]
    return [*kept[:-1], shortened(f"{kept[-1]} {ELLIPSIS}", set_so, box[0])], set_so


def shortened(text: str, style: Style, most: int) -> str:
    """The text as far as it fits into one line."""
    if width(text, style) <= most:
        return text
    kept = text.removesuffix(ELLIPSIS)
    while kept and width(kept + ELLIPSIS, style) > most:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def _set_together(word: str) -> Iterator[str]:
    """The word whole, else its Hangul and its Latin apart, else sign by sign: whatever one font has all of."""
    for part in [word] if _is_of_one_font(word) else re.split(f"({HANGUL.pattern}+)", word):
        yield from [part] if _is_of_one_font(part) else part


def _is_of_one_font(word: str) -> bool:
    return _draws_all(SERIF, word) or _draws_all(GOTHIC, word)


def _font_for(word: str, first: str) -> str:
    other = SERIF if first == GOTHIC else GOTHIC
    return other if not _draws_all(first, word) and _draws_all(other, word) else first


def _draws_all(name: str, word: str) -> bool:
    return all(_draws(name, sign) for sign in word)


def _pieces(text: str, style: Style, most: int) -> Iterator[str]:
    for word in text.split():
        rest = word
        while width(rest, style) > most:
            cut = next(end for end in range(len(rest), 0, -1) if end == 1 or width(rest[:end], style) <= most)
            yield rest[:cut]
            rest = rest[cut:]
        if rest:
            yield rest
