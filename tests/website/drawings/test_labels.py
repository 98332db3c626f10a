"""Drawings: words in the room that there is."""

import pytest

from newsroom.website.drawings.labels import broken, left_out, room, shortened


@pytest.mark.parametrize(("text", "taken"), [("", 0), ("Kim", 3), ("김상배", 6), ("e\u0301", 1), ("A김", 3)])
def test_room_counts_wide_signs_twice_and_accents_not_at_all(text: str, taken: int) -> None:
    assert room(text) == taken


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("Forum", 5, "Forum"), ("Forums", 5, "Foru…"), ("One, two", 5, "One…"), ("과학기술", 5, "과학…"), ("Ab", 1, "…")],
)
def test_text_is_cut_where_it_would_not_fit(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


@pytest.mark.parametrize(("short", "rest"), [("Science…", " and te…"), ("…", "Science and te…")])
def test_what_a_shorter_cut_leaves_out_completes_it(short: str, rest: str) -> None:
    assert left_out("Science and te…", short) == rest


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Science forum", ["Science", "forum"]),
        ("a b c d e f g h", ["a b c d", "e f g h"]),
        ("Internationalisation", ["Internat", "ionalis…"]),
        ("one two three four five", ["one two", "three f…"]),
        ("과학기술외교", ["과학기술", "외교"]),
    ],
)
def test_text_is_broken_into_the_lines_that_there_are(text: str, lines: list[str]) -> None:
    assert broken(text, 8, 2) == lines
