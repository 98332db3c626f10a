"""What is said of a translation whose original has moved on, was withdrawn, or is found where it is not."""

import pytest

from newsroom.articles.checks.copy import Original
from tests.articles.checks.copies import sentences

FOLLOWING = {"headline": "모두 모였다", "language": "ko", "made_from": 2, "newest": 2}


CODES = [
    "original-changed",
    "original-withdrawn",
    "same-language-as-original",
    "filed-unlike-original",
    "person-of-original-missing",
]


@pytest.mark.parametrize("code", CODES)
def test_translation_that_follows_its_original_is_in_order(code: str) -> None:
    assert sentences(code, original=Original(**FOLLOWING)) == []
    assert sentences(code) == []


@pytest.mark.parametrize(
    ("code", "over", "said"),
    [
        (
            "original-changed",
            {"newest": 3},
            (
                "“모두 모였다” has changed since it was translated: edition 3 is out, and this text follows edition 2. "
                "Bring it up to date, then choose the newest edition under “made from”."
            ),
        ),
        (
            "original-withdrawn",
            {"is_withdrawn": True},
            "“모두 모였다”, of which this is a translation, was withdrawn: see whether this story can stand.",
        ),
        (
            "same-language-as-original",
            {"language": "en"},
            "The story is a translation of “모두 모였다”, which is in the same language: correct one of both.",
        ),
        (
            "filed-unlike-original",
            {"filed": (("topics", "Space, Water"),)},
            (
                "“모두 모였다”, of which this is a translation, is filed under Space, Water and this story is not, so "
                "that readers of its language do not find it there: add what is missing, or take it over under "
                "“In other languages”."
            ),
        ),
        (
            "person-of-original-missing",
            {"people": "Jane Doe"},
            (
                "“모두 모였다”, of which this is a translation, is also about Jane Doe: add who is missing, with the "
                "name and title that this story prints, or their pages do not show it to readers of its language."
            ),
        ),
    ],
)
def test_translation_that_is_out_of_step_is_told_what_to_do(code: str, over: dict[str, object], said: str) -> None:
    assert sentences(code, original=Original(**{**FOLLOWING, **over})) == [said]
