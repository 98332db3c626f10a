"""Sentences that a story shares with its source, word for word."""

import pytest

from newsroom.articles.checks.copy import Document, Post
from tests.articles.checks.copies import copy, fields, found, meeting, person, prose, sentences

TEN = "the quick brown quokka jumps over every lazy wombat here"
KOREAN = "어제 회의에 참석한 여러 나라의 대표들은 새로운 연구 협력 방안을 두고 오래 이야기했다"
LONG = " ".join(f"word{chr(97 + number)}" for number in range(24))
CODES = ("carried-over", "carried-over-at-length")


def shared(text: str, source: str, **over: object) -> list[str]:
    seen = copy(body=prose(text), documents=(Document("Report", source),), **over)
    return [code for code in CODES if found(code, seen)]


def test_ten_words_in_a_row_are_found_and_nine_are_not() -> None:
    nine = TEN.rpartition(" ")[0]

    assert shared(f"Yesterday {TEN} again.", f"They say {TEN} often.") == ["carried-over"]
    assert shared(f"Yesterday {nine} again.", f"They say {nine} often.") == []


def test_what_was_carried_over_is_shown_with_its_source() -> None:
    documents = (Document("KISTEP: Report", f"They say {TEN}, often."),)

    (sentence,) = sentences("carried-over", body=prose(f"Yes, {TEN} again."), documents=documents)

    assert sentence == (
        f"10 words in a row are those of “KISTEP: Report”: “{TEN}.” Say it in our own words, or quote it."
    )


def test_punctuation_and_capitals_hide_nothing() -> None:
    assert shared(TEN.replace(" over", ", over").title(), TEN.upper()) == []  # all in capitals: a name
    assert shared(TEN.replace(" over", ", over").capitalize(), TEN.upper()) == ["carried-over"]


def test_korean_is_compared_by_its_words() -> None:
    assert shared(f"{KOREAN}.", f"{KOREAN}. 그리고 떠났다.") == ["carried-over"]
    assert shared("대표들은 협력 방안을 오래 논의했다.", KOREAN) == []


def test_long_stretch_is_an_error_and_found_once() -> None:
    seen = copy(body=prose(f"{LONG}."), documents=(Document("Report", LONG),))

    assert [(one.is_error, one.field) for one in found("carried-over-at-length", seen)] == [(True, "body")]
    assert found("carried-over", seen) == []


def test_two_stretches_of_a_paragraph_are_two_findings() -> None:
    other = "seven small sharks swim slowly southward since someone shouted something"

    assert fields("carried-over", body=prose(f"{TEN} but {other}."), documents=(Document("R", f"{other}. {TEN}"),)) == [
        "body",
        "body",
    ]


@pytest.mark.parametrize("quoted", ["“{}”", '"{}"', "「{}」"])
def test_quotation_may_be_word_for_word(quoted: str) -> None:
    assert shared(f"He said: {quoted.format(TEN)} and left.", TEN) == []


def test_titles_and_names_have_no_other_wording() -> None:
    title = "professor of the center for international law at the institute for foreign affairs and national security"
    posts = (Post("Professor", "Professor", as_printed=(title,)),)
    book = "The Rise of Chinese Science and Technology in 2026 and Future Prospects"
    name = "Annual Forum of the Very Small and Rather Quiet but Useful Institutes of the North"

    assert shared(f"Yoo, {title}, spoke.", title, people=(person(posts=posts),)) == []
    assert shared(f"The book is {book}.", book) == []
    assert shared(f"It was the {name}.", name, meetings=(meeting(name=name, names=(name,)),)) == []


def test_source_without_a_text_tells_nothing() -> None:
    assert shared(TEN, "") == []
