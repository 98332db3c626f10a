"""What every story needs, and how long its headline may be."""

import pytest

from newsroom.articles.checks.copy import Document
from tests.articles.checks.copies import copy, fields, found, sentences

WHOLE = {
    "standfirst": "About 250 came.",
    "dateline": "Seoul",
    "byline_count": 1,
    "documents": (Document("KISTEP"),),
}
LACKS = {
    "no-headline": {"headline": " "},
    "no-text": {"body": "<p> </p><h2></h2>"},
    "no-standfirst": {"standfirst": ""},
    "no-byline": {"byline_count": 0},
    "no-dateline": {"dateline": ""},
    "no-source": {"documents": ()},
}


@pytest.mark.parametrize("code", LACKS)
def test_what_is_missing_is_named_once(code: str) -> None:
    assert len(found(code, copy(**{**WHOLE, **LACKS[code]}))) == 1
    assert found(code, copy(**WHOLE)) == []


def test_only_a_headline_and_a_text_are_errors() -> None:
    empty = copy(headline="", body="")

    assert [code for code in LACKS if found(code, empty)[0].is_error] == ["no-headline", "no-text"]


def test_byline_leads_to_its_rows() -> None:
    assert [finding.link for finding in found("no-byline", copy())] == ["#bylines-group"]


@pytest.mark.parametrize(
    ("language", "headline", "count"),
    [
        ("en", "Specialist ministries should run science diplomacy, roundtable says", 0),
        ("en", "S" * 85, 0),
        ("en", "S" * 86, 1),
        ("ko", "과학기술외교, 전문 부처가 이끌어야", 0),
        ("ko", "과" * 46, 1),
    ],
)
def test_headline_is_measured_by_its_language(language: str, headline: str, count: int) -> None:
    assert fields("long-headline", language=language, headline=headline) == ["headline"] * count


def test_long_headline_says_by_how_much() -> None:
    assert sentences("long-headline", headline="S" * 90) == [
        "The headline has 90 characters: lists cut it off after 85."
    ]
