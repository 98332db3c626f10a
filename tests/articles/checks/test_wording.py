"""Slips of the hand, in English and in Korean."""

import pytest

from tests.articles.checks.copies import fields, prose, sentences


def test_heading_of_the_second_rank_comes_not_first() -> None:
    body = "<p>They met.</p><h3>Three Cs</h3><h2>Panel</h2>"

    assert sentences("heading-skipped", body=body) == [
        "“Three Cs” is a heading of the second rank without one of the first above it."
    ]


def test_headings_in_order_are_right() -> None:
    body = "<h2>Three Cs</h2><h3>Competitiveness</h3><p>At home.</p><h2>Panel</h2>"

    assert sentences("heading-skipped", body=body) == []
    assert sentences("heading-empty", body=body) == []


def test_empty_heading_is_found() -> None:
    assert fields("heading-empty", body="<h2> </h2><p>They met.</p>") == ["body"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ('<p>The report is <a href="/x">here</a>.</p>', "here"),
        ('<p>For the report <a href="/x">Click here</a>.</p>', "Click here"),
        ('<p><a href="/x">Read more →</a></p>', "Read more →"),
        ("<p>Click here for the report.</p>", "Click here"),
        ('<p>보고서는 <a href="/x">여기를 클릭</a>하세요.</p>', "여기를 클릭"),
        ('<p><a href="/x">바로가기</a></p>', "바로가기"),
        ("<p>보고서를 보려면 여기를 눌러 주십시오.</p>", "여기를 눌러"),
    ],
)
def test_link_that_says_nothing_is_named(body: str, words: str) -> None:
    assert sentences("click-here", body=body) == [
        f"“{words}” does not say where the link leads: let its own words say so."
    ]


@pytest.mark.parametrize(
    "body",
    [
        '<p><a href="/x">The report of the forum</a> is out; here it is short.</p>',
        '<p>여기에 <a href="/x">포럼 보고서</a>를 싣는다.</p>',
        '<p>There is <a href="/x">more on the forum</a>.</p>',
    ],
)
def test_link_that_names_its_end_is_right(body: str) -> None:
    assert sentences("click-here", body=body) == []


@pytest.mark.parametrize(
    "text",
    [
        "He said, “In the past both were apart. “Korea must change,” he added.",
        "He called it strategic”.",
        "She spoke of ‘openness and protection.",
        'The "strategy was set.',
        "그는 “전략이 필요하다고 말했다.",
        "이른바 ‘과학외교를 강조했다.",
        "보고서 「과학기술외교 전략을 냈다.",
        "과학외교’를 강조했다.",
    ],
)
def test_quotation_mark_without_its_other_half_is_found(text: str) -> None:
    assert fields("unbalanced-quotation-marks", body=prose(text)) == ["body"]


@pytest.mark.parametrize(
    "text",
    [
        "“It’s KISTEP’s forum,” he said; the ministers’ aides agreed.",
        "In the ’90s, or the ‘90s, rock ‘n’ roll was young.",
        'A 5" screen showed "three Cs".',
        "He asked: “Who said ‘never’?”",
        "그는 “전략이 필요하다”며 ‘AI’를 꼽았다.",
        "보고서 「과학기술외교 전략」과 『백서』, 《연감》을 냈다.",
        "‘과학외교’를 강조했다.",
    ],
)
def test_pairs_and_apostrophes_are_right(text: str) -> None:
    assert fields("unbalanced-quotation-marks", body=prose(text)) == []


def test_quotation_over_several_paragraphs_is_closed_in_the_last() -> None:
    carried_on = prose("“The first part.", "“The second part.”")

    assert fields("unbalanced-quotation-marks", body=carried_on) == []
    assert fields("unbalanced-quotation-marks", body=prose("“The first part.", "The rest.")) == ["body"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ministers met in the the ballroom.", "the the"),
        ("The the forum opened.", "The the"),
        ("They agreed to to meet.", "to to"),
        ("A a plan.", "A a"),
        ("정부는 정부는 밝혔다.", "정부는 정부는"),
        ("기술 협력을 협력을 넓힌다.", "협력을 협력을"),
    ],
)
def test_doubled_word_is_named(text: str, words: str) -> None:
    assert sentences("doubled-word", body=prose(text)) == [f"“{words}” stands twice in a row: take one out."]


@pytest.mark.parametrize(
    "text",
    [
        "What he had had was that that he wanted.",
        "Bora Bora and Duran Duran.",
        "It was very very small; 10 10 kinds.",
        "Co-operation operation.",
        "The plan is his. His plan holds.",
        "하나 하나 따져 보았다. 매우 매우 컸다.",
        "그 그림은 이 이론과 같다.",
    ],
)
def test_words_doubled_on_purpose_are_right(text: str) -> None:
    assert sentences("doubled-word", body=prose(text)) == []


def test_doubled_word_of_a_headline_leads_to_the_headline() -> None:
    assert fields("doubled-word", headline="Ministers in in Seoul") == ["headline"]
