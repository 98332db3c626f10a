"""What a typed caption says of who stands where, held against the marks."""

from __future__ import annotations

import pytest

from newsroom.photos.depicting.typed import Mark, doubts

DOE = Mark("Jane Doe", frozenset({"Jane Doe", "Doe Jane", "도제인"}), "front", 4)
ROE = Mark("Kim Roe", frozenset({"Kim Roe", "Roe Kim"}), "front", 2)
POE = Mark("A. Poe", frozenset({"A. Poe"}), "back", 1)
MARKS = [DOE, ROE, POE]
FIFTH = "Jane Doe: the caption says fifth from left, marked fourth from left."
ROUND = "The caption puts Jane Doe to the left of Kim Roe; the marks have it the other way round."
BACK = "Jane Doe: the caption says back row, marked front row."


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("Jane Doe (fifth from left) opens the hall.", [FIFTH]),
        ("Jane Doe, president of the board, 5th from the left.", [FIFTH]),
        ("Fifth from left: Jane Doe.", [FIFTH]),
        ("왼쪽에서 다섯 번째 도제인 회장.", [FIFTH]),
        ("도제인 회장(왼쪽에서 5번째)이 발언했다.", [FIFTH]),
        ("Jane Doe (back row) and Kim Roe (second from left).", [BACK]),
        ("뒷줄 도제인.", [BACK]),
        ("Jane Doe (back row, fifth from left).", [BACK, FIFTH]),
        ("Kim Roe (second from left) and Jane Doe (fifth from left).", [FIFTH]),
        ("Second from left Kim Roe, fifth from left Jane Doe.", [FIFTH]),
        ("Kim Roe came. Fifth from left: Jane Doe.", [FIFTH]),
        ("In the front row A. Poe.", ["A. Poe: the caption says front row, marked back row."]),
        (
            "From left: Jane Doe and Kim Roe.",
            [ROUND],
        ),
        ("Back row, from left: Jane Doe.", [BACK]),
        ("Jane Doe (left) greets Kim Roe (right).", [ROUND]),
        ("Kim Roe (on the right) is greeted by Jane Doe.", [ROUND]),
        ("도제인 회장(왼쪽)과 Kim Roe.", [ROUND]),
    ],
)
def test_what_the_caption_says_otherwise_is_told(caption: str, expected: list[str]) -> None:
    assert sorted(doubts(caption, MARKS)) == sorted(expected)


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "Jane Doe (front row, fourth from left) opens the hall.",
        "Front row, fourth from left: Jane Doe, with Kim Roe.",
        "From left: Kim Roe, somebody else and Jane Doe.",
        "Front row, from left: Kim Roe, Jane Doe; back row, from left: A. Poe.",
        "앞줄 왼쪽에서 네 번째 도제인.",
        "Fifth from left: Janet Doering.",
        "The fifth from left did not give a name.",
        "Kim Roe (left) greets Jane Doe (far right).",
        "Jane Doe (left) and A. Poe of the back row.",
        "The left of the hall hears Jane Doe and Kim Roe.",
        "Jane Doe, fourth from left. Third from left stands a guest.",
    ],
)
def test_caption_that_agrees_leaves_no_doubt(caption: str) -> None:
    assert doubts(caption, MARKS) == []


def test_mark_without_a_place_is_not_doubted() -> None:
    assert doubts("Back row, fifth from left: Jane Doe.", [Mark("Jane Doe", frozenset({"Jane Doe"}))]) == []


def test_whoever_is_named_and_not_marked_is_told_once() -> None:
    words = "The caption names Kay Moe, who is not marked in the picture."

    assert doubts("Kay Moe speaks.", MARKS, ["Kay Moe", "Kay Moe"]) == [words]
