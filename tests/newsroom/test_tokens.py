"""The tokenizer: what of a text is found, and by which words."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom import tokens

HOSTILE = [
    'say "hello',
    "NEAR(",
    "a*",
    "96%",
    "(x",
    "x' OR 1=1 --",
    "\0x",
    "x\ud800",
    "\u202ex",
    "x" * 100_000,
    "a-" * 50_000,
    "과" * 100_000,
    " ".join(f"w{number}" for number in range(3_000)),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Diplomacies diplomacy", ["diplomaci", "diplomaci"]),
        ("Łódź, CO₂ and Øresund", ["lodz", "co2", "and", "oresund"]),
        ("Ｓŏng ｆｏｒｕｍ", ["song", "forum"]),
        ("dip\0lo\u00admacy", ["diplomaci"]),
        ("Sang-bae", ["sangba", "sang", "bae"]),
        ("S&T", ["st", "s", "t"]),
        ("Chʻoe’s", ["choe", "ch", "oe"]),
        ("Korea's 3.5% of 2023-12", ["korea", "3", "5", "of", "2023", "12"]),
        ("KISTEP과 北京", ["kistep", "과", "北京", "京"]),
        ("과학외교", ["과학", "학외", "외교", "교"]),
        ("미·중 한-중·일 과학·외교", ["미중", "중", "한중", "중일", "일", "과학", "학", "외교", "교"]),
        ("snake_case ৴", ["snake", "case"]),
        ("\ud800 -- %", []),
    ],
)
def test_text_is_indexed_by(text: str, expected: list[str]):
    assert tokens.for_index(text) == expected


def test_decomposed_hangul_is_indexed_as_composed():
    decomposed = "\u1112\u1161\u11ab\u1100\u116e\u11a8"

    assert tokens.for_index(decomposed) == tokens.for_index("한국")


def test_exact_tokens_go_in_as_they_are():
    assert tokens.for_index("Forums", exact=("n0kimsangbae",)) == ["forum", "n0kimsangbae"]


def test_long_text_keeps_its_beginning_and_its_exact_tokens():
    text = " ".join(f"w{number}" for number in range(20_000))

    found = tokens.for_index(text, exact=("n0kim",))

    assert (len(found), found[0], found[-2], found[-1]) == (12_000, "w0", "w11998", "n0kim")


def test_long_word_is_cut_into_pieces():
    assert tokens.for_index("7" * 50) == ["7" * 24, "7" * 24, "77"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("science diplomacy", [["scienc"], ["diplomaci"]]),
        ("Sang-bae Kim", [["sangba", "sang bae"], ["kim"]]),
        ("3.5", [["3 5"]]),
        ("과학외교 포럼", [["과학 학외 외교"], ["포럼"]]),
        ("핵", [["핵*"]]),
        ("외교의", [["외교 교의", "외교"]]),
        ("“외교의”", [["외교 교의"]]),
        ("Forum forum", [["forum"]]),
        ("2025년 12월3일에", [["2025"], ["decemb", "12 월*"], ["3"]]),
        ("제5회 30여 명", [["5"], ["30"]]),
        ("1990년대의", [["1990s", "1990"]]),
        ("1차관", [["1"], ["차관"]]),
        ("“2025년”", [["2025 년"]]),
        ("G20 13월 3.5일", [["13"], ["g20"], ["3 5"], ["일*"]]),
        ('"-', []),
        ("", []),
    ],
)
def test_query_asks_for(query: str, expected: list[list[str]]):
    assert tokens.for_query(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("외교의", ["외교의"]),
        ("외교를 서울에서", ["외교를", "서울에서"]),
        ("한국으로부터", ["한국으로부터"]),
        ("인도", []),
        ("은", []),
        ("이재은 회담", ["이재은"]),
        ("“이재은” 회담", []),
        ("KISTEP의", []),
        ("science", []),
    ],
)
def test_words_that_may_end_in_a_particle_are(query: str, expected: list[str]):
    assert list(tokens.particled(query)) == expected


@given(st.text(alphabet="aAéBb-&.'’ 3과학외교", max_size=40), st.text(alphabet="aéb 3", max_size=8))
def test_words_are_found_in_a_text_as_its_index_finds_them(text: str, query: str):
    sought = {token for group in tokens.for_query(query) for words in group for token in words.split()}

    found = any(True for _span in tokens.found_in(text, query))

    assert found == (not sought.isdisjoint(tokens.for_index(text)))


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_query_asks_for_little(query: str):
    groups = tokens.for_query(query)

    words = [word for group in groups for alternative in group for word in alternative.split()]
    assert 1 <= len(groups) <= 10
    assert all(word.removesuffix("*").isalnum() and len(word) <= 24 for word in words)


def test_long_query_loses_no_half_word():
    assert tokens.for_query("forum " * 33 + "diplomacy") == [["forum"]]


@given(st.text(max_size=300))
def test_any_token_is_letters_and_digits(text: str):
    assert all(token.isalnum() and token == token.casefold() for token in tokens.for_index(text))


@given(st.text(alphabet="aé-&.'’ 3과학외교北b", max_size=40))
def test_text_holds_each_alternative_it_is_asked_by(text: str):
    indexed = f" {' '.join(tokens.for_index(text))} "

    missing = [
        group
        for group in tokens.for_query(text)
        if not all(f" {words}".removesuffix("*") in indexed for words in group)
    ]

    assert missing == []


def test_stems_agree_between_threads():
    words = [f"{beginning}{ending}" for beginning in ("nation", "diplom", "polit") for ending in WORD_ENDINGS]
    alone = [tokens._stem(word) for word in words]

    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(tokens._stem, words * 50))

    assert together == alone * 50


WORD_ENDINGS = ("al", "ally", "alities", "acies", "ations", "ics", "ically", "izing", "ized", "ful")


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Diplomacy, diplomacies", "diplomacy", ["Diplomacy", "diplomacies"]),
        ("Sang-bae Kim, Sangbae", "sang-bae", ["Sang-bae", "Sangbae"]),
        ("Korea-China ties", "china", ["China"]),
        ("Łódź’s forum", "lodz", ["Łódź’s"]),
        ("국가과학기술 정책", "과학기술", ["과학기술"]),
        ("기술과 과학기술, 과학", "과학기술", ["과학기술"]),
        ("외교교류의 외교 교류", "“외교 교류” 교류를", ["외교교류", "외교", "교류"]),
        ("북핵과 핵", "핵", ["핵", "핵"]),
        ("한·미·중의 미중", "미·중", ["미·중", "미중"]),
        ("12월 월드컵", "12월", ["12"]),
        ("nothing of it", "forum", []),
        ("nothing", "", []),
    ],
)
def test_words_are_found_in_text(text: str, query: str, expected: list[str]):
    assert [text[first:last] for first, last in tokens.found_in(text, query)] == expected
