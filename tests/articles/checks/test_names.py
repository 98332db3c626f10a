"""Names in a text against those on record."""

import pytest

from newsroom.articles.checks.copy import Known, Picture
from people.spellings import names_in
from tests.articles.checks.copies import copy, fields, found, person, prose, sentences


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Jeong Byung-seon's forum", "Jeong Byung-seon"),
        ("by Ursula von der Leyen.", "Ursula von der Leyen"),
        ("John F. Kennedy spoke", "John F. Kennedy"),
        ("정병선 원장은", "정병선"),
        ("정병선은 말했다", "정병선"),
        ("정병선원장이", "정병선"),
    ],
)
def test_name_is_found_in_its_text(text: str, name: str) -> None:
    assert name in names_in(text)


@pytest.mark.parametrize("text", ["The forum. Kim spoke.", "과학기술정보통신부", "they met", ""])
def test_no_name_is_found_over_a_full_stop_or_inside_a_word(text: str) -> None:
    assert list(names_in(text)) == []


@pytest.mark.parametrize(
    ("text", "name", "record"),
    [
        ("Jeong Byeong-seon opened it.", "Jeong Byeong-seon", "Jeong Byung-seon"),
        ("Byung-Seon Jeong opened it.", "Byung-Seon Jeong", "Jeong Byung-seon"),
        ("President Chung Byung-sun opened it.", "Chung Byung-sun", "Jeong Byung-seon"),
        ("Jeong Byungseon’s forum opened.", "Jeong Byungseon", "Jeong Byung-seon"),
    ],
)
def test_another_romanisation_of_a_linked_person_is_found(text: str, name: str, record: str) -> None:
    assert sentences("name-spelt-otherwise", body=prose(text), people=(person(),)) == [
        f"The text has “{name}”; on record, and printed with this story, is “{record}”."
    ]


def test_another_hangul_spelling_of_the_same_family_name_is_found() -> None:
    ryu = person(name="Ryu Young-soo", native_name="류영수")

    assert fields("name-spelt-otherwise", body=prose("유영수 본부장이 말했다."), people=(ryu,)) == ["body"]
    assert fields("name-spelt-otherwise", body=prose("류영수 본부장이 말했다."), people=(ryu,)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Jeong Byung-seon opened it, Jeong said.",
        "Jeong Byung‑seon opened it.",  # with a hyphen that does not break
        "정병선 원장이 열었다.",
        "Jeong Yong-sam opened it.",
        "Kim Byung-seon opened it.",
        "The Science Ministry and Seoul National University met.",
    ],
)
def test_name_on_record_and_names_of_others_are_right(text: str) -> None:
    assert sentences("name-spelt-otherwise", body=prose(text), people=(person(),)) == []


def test_spelling_printed_with_the_story_is_right_and_the_one_asked_for() -> None:
    printed = person(name_as_printed="Byung-seon Jeong")

    assert sentences("name-spelt-otherwise", body=prose("Byung-seon Jeong spoke."), people=(printed,)) == []
    (sentence,) = sentences("name-spelt-otherwise", body=prose("Jeong Byeong-seon spoke."), people=(printed,))
    assert sentence.endswith("is “Byung-seon Jeong”.")


def test_where_two_may_be_meant_nobody_is_wrong() -> None:
    two = (
        person(name="Yoo Young-soo", native_name="유영수"),
        person(key=2, name="Ryu Young-soo", native_name="류영수"),
    )

    assert sentences("name-spelt-otherwise", body=prose("Yu Yeongsu spoke."), people=two) == []


def test_headline_in_capitals_is_no_other_spelling() -> None:
    assert fields("name-spelt-otherwise", headline="JEONG BYUNG-SEON OPENS FORUM", people=(person(),)) == []


def test_name_in_a_caption_leads_to_the_caption() -> None:
    shown = Picture(row=3, caption="Jeong Byeong-seon at the forum.")

    assert fields("name-spelt-otherwise", people=(person(),), pictures=(shown,)) == ["photo_uses-3-caption"]


def test_somebody_on_record_who_is_not_linked_is_named() -> None:
    known = Known(7, "Sang-bae Kim", "Kim Sang-bae")

    (finding,) = found("person-not-linked", copy(known=(known,)))

    assert finding.link == "#mentions-group"
    assert finding.sentence == "“Sang-bae Kim” is on record as Kim Sang-bae, and not among the people in the story."


@pytest.mark.parametrize(
    "over",
    [
        {"people": (person(key=7),)},
        {"authors": frozenset({7})},
        {"people": (person(key=8, name="Kim Sang-bae", spellings=("Sang-bae Kim",)),)},  # a namesake is linked
        {"people": (person(key=8, name="Kim Sangbae"),)},  # one in another romanisation
    ],
)
def test_whoever_is_linked_signs_or_has_a_namesake_there_is_right(over: dict[str, object]) -> None:
    known = Known(7, "Sang-bae Kim", "Kim Sang-bae")

    assert found("person-not-linked", copy(known=(known,), **over)) == []


def test_somebody_is_named_once_however_many_bear_the_name() -> None:
    namesakes = (Known(7, "Kim Min-su", "Kim Min-su"), Known(8, "Kim Min-su", "Kim Min-su"))

    assert sentences("recorded-person-not-linked", known=namesakes) == [
        "“Kim Min-su” is on record, and not among the people in the story."
    ]
    assert found("person-not-linked", copy(known=namesakes)) == []


def test_person_under_several_spellings_is_named_once_by_that_on_record() -> None:
    spelt = (Known(7, "Kim Minsu", "Kim Min-su"), Known(7, "Kim Min-su", "Kim Min-su"))

    said = [found(code, copy(known=spelt)) for code in ("recorded-person-not-linked", "person-not-linked")]

    assert [len(findings) for findings in said] == [1, 0]


def test_part_of_the_name_of_somebody_linked_is_nobody() -> None:
    known = (Known(7, "Kim Sang", "Kim Sang"), Known(8, "Kim Sang Bae", "Kim Sang-bae"))

    assert found("recorded-person-not-linked", copy(known=known, authors=frozenset({8}))) == []
