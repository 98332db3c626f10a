"""Front of house: a card as a picture: the photograph over a strip with its credit, or the headline in our type."""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction

from PIL import Image, ImageDraw

from newsroom.photos.darkroom.printing import Focus, crop_box
from newsroom.website.cards_lettering import GOTHIC, SERIF, Style, fitted, shortened, width, writable, write

SIZE = WIDE, HIGH = 1200, 630
STRIP = 66  # below a photograph
MARGIN = 72
# The tokens of the stylesheet: a card is seen on other people's pages, so it is always our light one.
PAPER, INK, SOFT, RULE, ACCENT, SEAL = "#faf8f3", "#15191c", "#5e676b", "#b9b5aa", "#17544e", "#9b2c22"
BRAND = Style(SERIF, 44, INK)
KICKER = Style(GOTHIC, 27, ACCENT)
HEADLINE = Style(SERIF, 76, INK, leading=1.16)
SIZES = (76, 68, 60, 52, 46, 40)
SECOND = Style(GOTHIC, 38, SOFT)
LINE = Style(GOTHIC, 27, SOFT)
SHADES = 96  # of a drawn card: letters on paper need no more


def lettered(*, newsroom: str, kicker: str, headline: str, second: str, line: str, is_off: bool) -> bytes:
    """A card of words, as PNG; red is for what does not take place as announced."""
    card = Image.new("RGB", SIZE, PAPER)
    _brand(card, (MARGIN, 104), newsroom, BRAND)
    pen = ImageDraw.Draw(card)
    pen.line((MARGIN, 138, WIDE - MARGIN, 138), fill=INK, width=3)
    pen.line((MARGIN, 145, WIDE - MARGIN, 145), fill=RULE, width=1)
    room = WIDE - 2 * MARGIN
    kicker_style = replace(KICKER, colour=SEAL) if is_off else KICKER
    write(card, (MARGIN, 204), shortened(writable(kicker), kicker_style, room), kicker_style)
    second = shortened(writable(second), SECOND, room)
    below = _headline(card, writable(headline) or newsroom, 228, 490 if second else 556)
    write(card, (MARGIN, below + 64), second, SECOND)
    write(card, (MARGIN, HIGH - 48), shortened(writable(line), LINE, room), LINE)
    return _png(card)


def cropped(photograph: bytes, focus: Focus, *, newsroom: str, credit: str) -> bytes:
    """A card of a photograph around its focal point, as JPEG; it carries the words that the photograph carried."""
    card = Image.new("RGB", SIZE, PAPER)
    with Image.open(io.BytesIO(photograph)) as picture:
        packet: bytes = picture.info.get("xmp", b"")
        high = HIGH - STRIP
        box = crop_box(*picture.size, Fraction(WIDE, high), focus)
        shown = picture.convert("RGB").resize((WIDE, high), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    card.paste(shown, (0, 0))
    brand, base = BRAND.at(34), HIGH - 22
    left = _brand(card, (36, base), newsroom, brand)
    words = shortened(writable(credit), LINE.at(24), WIDE - left - 36 - 48)
    write(card, (WIDE - 36, base), words, LINE.at(24), anchor="r")
    return _jpeg(card, packet)


def _brand(card: Image.Image, place: tuple[int, int], newsroom: str, style: Style) -> int:
    """The newsroom's name and its seal; gives back where they end."""
    name = shortened(writable(newsroom), style, WIDE // 2)
    write(card, place, name, style)
    left, side = place[0] + round(width(name, style) + style.size * 0.12), round(style.size * 0.3)
    seal = (left, place[1] - side, left + side - 1, place[1] - 1)
    ImageDraw.Draw(card).rounded_rectangle(seal, radius=1, fill=SEAL)
    return left + side


def _headline(card: Image.Image, words: str, top: int, bottom: int) -> int:
    """In the largest type that it fits in; gives back the base line of its last line."""
    written, style = fitted(words, HEADLINE, (WIDE - 2 * MARGIN, bottom - top), SIZES)
    base = top + style.size
    for line in written:
        write(card, (MARGIN, base), line, style)
        base += style.line_height
    return base - style.line_height


def _png(card: Image.Image) -> bytes:
    content = io.BytesIO()
    card.quantize(SHADES, dither=Image.Dither.NONE).save(content, "PNG", optimize=True)
    return content.getvalue()


def _jpeg(card: Image.Image, packet: bytes) -> bytes:
    content = io.BytesIO()
    card.save(content, "JPEG", quality=84, optimize=True, progressive=True, xmp=packet)
    return content.getvalue()
