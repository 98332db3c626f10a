"""What is said of a text that is in another language than its story, and of one that only names somebody."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.articles.checks.copy import Picture
from tests.articles.checks.copies import fields, prose

CODE = "not-in-its-language"
ENGLISH, KOREAN = "The ministries met in Seoul to talk.", "두 부처가 서울에서 만나 과학기술외교를 의논했다고 밝혔다."


@pytest.mark.parametrize(
    ("language", "over", "found"),
    [
        ("en", {"standfirst": ENGLISH, "body": prose(ENGLISH, KOREAN[:9])}, []),
        ("ko", {"standfirst": KOREAN, "body": prose(KOREAN, ENGLISH)}, []),
        ("ko", {"headline": "Kim Sang-bae", "standfirst": ENGLISH, "body": prose(KOREAN)}, ["standfirst"]),
        ("ko", {"body": prose(ENGLISH, ENGLISH)}, ["body"]),
        ("ko", {"body": prose(ENGLISH, "Kim Sang-bae (김상배) spoke.")}, ["body"]),
        ("en", {"headline": KOREAN, "body": prose(ENGLISH)}, ["headline"]),
        ("ko", {"body": "", "pictures": (Picture(row=2, own_caption=ENGLISH),)}, ["photo_uses-2-caption"]),
        ("ko", {"body": "", "pictures": (Picture(row=2, caption=KOREAN, own_caption=ENGLISH),)}, []),
    ],
)
def test_text_in_another_language_is_said_beside_its_field(
    language: str, over: dict[str, Any], found: list[str]
) -> None:
    assert fields(CODE, language=language, **over) == found
