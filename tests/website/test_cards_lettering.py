"""The lettering of the cards: which font writes what, and how a text fits into its box."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from newsroom.website.cards_drawn import SIZE, lettered
from newsroom.website.cards_lettering import FONTS, GOTHIC, SERIF, Style, fitted, lines, runs, suited, width, writable

STYLE = Style(SERIF, 40, "#000", leading=1)


def set_in(text: str) -> list[tuple[str, str]]:
    """The parts of a text, each with what sets it."""
    names = {"Card Serif": SERIF, "Card Gothic": GOTHIC}
    return [(part, names[str(font.getname()[0])]) for part, font in runs(text, suited(STYLE, text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Łódź, Nguyễn", [("Łódź, Nguyễn", SERIF)]),
        ("김상배 2026", [("김상배 2026", GOTHIC)]),
        ("서울 Łódź", [("서울 ", GOTHIC), ("Łódź", SERIF)]),
        ("Łódź에서", [("Łódź", SERIF), ("에서", GOTHIC)]),
        ("Seoul 韓美", [("Seoul ", SERIF), ("韓美", GOTHIC)]),
    ],
)
def test_each_word_is_set_in_the_font_that_has_it(text: str, parts: list[tuple[str, str]]) -> None:
    assert set_in(text) == parts


def test_word_that_no_font_has_is_left_out() -> None:
    assert writable("Wang  Yi 王毅\nspeaks 🙂") == "Wang Yi speaks"


def test_hangul_in_parts_is_put_together() -> None:
    assert writable("\u1100\u1161\u11a8") == "각"


def test_lines_are_broken_between_words() -> None:
    found = lines("one two three four", STYLE, round(width("three four", STYLE)))

    assert found == ["one two", "three four"]


def test_word_that_is_wider_than_a_line_is_broken() -> None:
    found = lines("Supercalifragilistic", STYLE, round(width("Superca", STYLE)) + 1)

    assert ("".join(found), found[0]) == ("Supercalifragilistic", "Superca")


def test_text_is_set_as_large_as_it_fits_and_cut_short_in_the_smallest_size() -> None:
    box = (round(width("one two", STYLE.at(60))) + 1, 60)

    found = [(*fitted(text, STYLE, box, (60, 30)),) for text in ("one two", "one two three", "one two " * 20)]

    assert [(shown, style.size) for shown, style in found[:2]] == [(["one two"], 60), (["one two three"], 30)]
    assert (len(found[2][0]), found[2][0][-1][-1], found[2][1].size) == (2, "…", 30)


@pytest.mark.parametrize("headline", ["", "王毅", "W" * 400, "word " * 200, "말" * 300])
def test_any_headline_makes_a_card(headline: str) -> None:
    content = lettered(newsroom="Meridian", kicker=headline, headline=headline, second=headline, line="", is_off=True)

    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", SIZE)
    assert len(content) < 60_000


def test_fonts_come_with_their_licence() -> None:
    licence = (FONTS / "OFL.txt").read_text()

    assert [name in licence for name in (SERIF, GOTHIC, "SIL OPEN FONT LICENSE")] == [True, True, True]
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 1_500_000
