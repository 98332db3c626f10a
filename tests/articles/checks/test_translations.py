"""What is said of a translation whose original has moved on, was withdrawn, or is in its own language."""

import pytest

from newsroom.articles.checks.copy import Original
from tests.articles.checks.copies import sentences

FOLLOWING = {"headline": "모두 모였다", "language": "ko", "made_from": 2, "newest": 2}


@pytest.mark.parametrize("code", ["original-changed", "original-withdrawn", "same-language-as-original"])
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
    ],
)
def test_translation_that_is_out_of_step_is_told_what_to_do(code: str, over: dict[str, object], said: str) -> None:
    assert sentences(code, original=Original(**{**FOLLOWING, **over})) == [said]
