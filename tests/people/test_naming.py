"""The names authority: the printed names of the five sources, other romanisations, and any text at all."""

import time
from collections.abc import Iterable
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people import naming
from people.naming import initials, match_key, readings, same_name

unhurried = settings(deadline=None)  # a busy machine is no fault of a name

# The 46 names as the five sources print them; a bracket is one person.
PRINTED = (
    # dongA.com, the conference in Beijing
    ("Jeong Yong-sam",), ("Noh Jae-heon",), ("Kim Cheol-joong",), ("Kim Jun-yeon",),
    ("Kim Sang-bae", "Sang-bae Kim"), ("Kim Min-soo",),
    # KISTEP, the forum of 2023
    ("Sung-kyung Cho", "Seong-kyung Cho"), ("Jae-kwon Kang",), ("Cheol-soo Ahn",),
    ("Byung-Seon Jeong", "Jeong Byung-seon", "Jeong Byeong-seon"), ("Seong-cheol Shin",),
    ("Nam-joon Cho", "Namjoon Cho"), ("Young-ja Bae",), ("Seong-gyu Kim", "Kim Seong-gyu"),
    ("Hyun-soo Yoon",), ("Seok-jun Kwon",), ("Tae-young Yoon",), ("Seung-joo Lee",), ("Young-jin Jeong",),
    # The Asia Business Daily, the forum of 2025
    ("Hoon Bae", "Bae Hoon"), ("Hah Taekjip",), ("Hwang Sunghoon",), ("Han Minyoung",), ("Koo Bonkyung",),
    ("Kim Kuktae",), ("Kim Jina",),
    # KISTEP, the Wednesday forum
    ("Yoo Jun-koo",), ("Ryu Young-soo",), ("Park Ji-young",), ("Cha Jeong-mi",),
    # The Asia Business Daily, the round table
    ("Lee Jaemyung",), ("Hwang Jeonga",), ("Kim Myungjoo",), ("Han Sangwook",), ("Oh Taeseok",),
    ("Park Chansu",), ("Lee Jaehun",), ("Park Jaemin",), ("Lee Choonseok",),
)  # fmt: skip

# What else may be printed of them and of others, Hangul first where it is known; a row is one person.
ROMANISED = (
    ("김상배", "Kim Sang-bae", "Sang-bae Kim", "Kim Sangbae", "KIM Sang Bae", "Gim Sangbae", "Kim, Sang-bae"),
    ("정병선", "Jeong Byeong-seon", "Jung Byung-sun", "Byung-Seon Jeong", "Chung Byungsun", "Chŏng Pyŏngsŏn"),
    ("Sung-kyung Cho", "Seong-kyung Cho", "Jo Sung-kyung", "Cho Seongkyung", "Cho Sung Kyoung"),
    ("Nam-joon Cho", "Namjoon Cho", "Jo Namjun", "Cho Nam Joon"),
    ("노재헌", "Noh Jae-heon", "Roh Jae-hun", "No Jaeheon", "Jae-heon Roh"),
    ("Hah Taekjip", "Taekjip Ha", "Ha Taek-jip", "HA Taek Jip"),
    ("Koo Bonkyung", "Gu Bon-gyeong", "Bon-kyoung Koo", "Ku Bon-kyung"),
    ("Hwang Jeonga", "Jeong-a Hwang", "Whang Jung-ah", "Hwang Jung A"),
    ("Kim Jina", "Jin-a Kim", "Kim Jin-ah", "Gim Jina"),
    ("Park Ji-young", "Ji-young Park", "Bak Jiyeong", "Pak Ji-yung"),
    ("Yoo Jun-koo", "Yu Jungu", "Ryu Jun-gu", "Jun-koo You"),
    ("Cheol-soo Ahn", "An Cheolsu", "Ahn Chul-soo"),
    ("Seong-cheol Shin", "Sin Seongcheol", "Shin Sung-chul"),
    ("Seok-jun Kwon", "Gwon Seokjun", "Kweon Suk-joon"),
    ("Oh Taeseok", "O Tae-seok", "Tae-suk Oh"),
    ("Hyun-soo Yoon", "Yun Hyeonsu", "Youn Hyun-su"),
    ("최은희", "Choi Eun-hee", "Choe Eunhui", "Ch'oe Ŭnhŭi", "Unhee Choi"),
    ("문우진", "Moon Woo-jin", "Mun Ujin", "Woojin Moon"),
    ("우원식", "Woo Won-shik", "U Wonsik", "Won-sick Woo"),
    ("박정희", "Park Chung-hee", "Bak Jeonghui", "Pak Chŏnghŭi"),
    ("이승만", "Syngman Rhee", "Yi Seungman", "Lee Sung-man", "I Seung-man"),
    ("윤석열", "Yoon Suk-yeol", "Yun Seok-youl", "Yoon Suk Yeol"),
    ("남궁민", "Namkoong Min", "Min Namgung", "Namgung Min"),
    ("백지원", "Back Ji-won", "Paik Jiwon", "Baek Ji-weon"),
    ("류영수", "Ryu Young-soo"),
    ("유영수", "Yoo Young-soo"),
    ("김정은", "Kim Jong-un", "Kim Jeong-eun"),
    ("김대중", "Kim Dae-jung", "Kim Tae-jung"),
    ("이준석", "Lee Jun-seok", "Lee Joon-seok"),
    ("이춘석", "Lee Choonseok", "Lee Chun-seok"),
    ("이재훈", "Lee Jae-hoon"),
    ("이재현", "Lee Jae-hyun"),
    ("김상백", "Kim Sang-baek"),
)


def _pairs_of_one_person(people: Iterable[tuple[str, ...]]) -> set[frozenset[str]]:
    return {frozenset(pair) for spellings in people for pair in combinations(spellings, 2)}


def _pairs_with_the_same_name(people: Iterable[tuple[str, ...]]) -> set[frozenset[str]]:
    spellings = [spelling for person in people for spelling in person]
    return {frozenset(pair) for pair in combinations(spellings, 2) if same_name(*pair)}


def test_printed_names_of_the_sources_are_forty_six():
    assert len({spelling for person in PRINTED for spelling in person}) == 46


def test_printed_names_meet_in_exactly_the_eight_pairs_of_one_person():
    found = _pairs_with_the_same_name(PRINTED)

    assert found == _pairs_of_one_person(PRINTED)
    assert len(found) == 8


def test_romanised_names_miss_three_older_spellings_and_cannot_part_ryu_from_yoo():
    one_person = _pairs_of_one_person(ROMANISED)

    found = _pairs_with_the_same_name(ROMANISED)

    assert (len(one_person), len(found & one_person)) == (186, 182)
    assert one_person - found == {
        frozenset({"김정은", "Kim Jong-un"}),
        frozenset({"Kim Jong-un", "Kim Jeong-eun"}),
        frozenset({"김대중", "Kim Tae-jung"}),
        frozenset({"Kim Dae-jung", "Kim Tae-jung"}),
    }
    assert found - one_person == {
        frozenset({"류영수", "Yoo Young-soo"}),
        frozenset({"유영수", "Ryu Young-soo"}),
        frozenset({"Ryu Young-soo", "Yoo Young-soo"}),
    }


@pytest.mark.parametrize("spellings", [*PRINTED, *ROMANISED], ids=lambda spellings: spellings[0])
def test_match_key_is_one_for_all_spellings_of_a_person(spellings):
    assert {match_key(spelling) for spelling in spellings} == {match_key(spellings[0])}


def test_match_key_is_the_letters_that_no_romanisation_disagrees_about():
    assert match_key("Kim Sang-bae") == match_key("김상배") == "aakkmps"


def test_match_key_of_a_name_without_firm_letters_is_not_empty():
    assert match_key("이유리") == match_key("Lee Yu-ri") == "-"


@pytest.mark.parametrize("blank", ["", " ", "\0", "…", "\N{PARTY POPPER}", "\ud800"])
def test_match_key_of_what_holds_no_letter_is_empty(blank):
    assert match_key(blank) == ""


def test_match_key_of_a_very_long_name_fits_its_column():
    assert match_key("Kim Sang-bae " * 100) == "a" * 120


@pytest.mark.parametrize(
    "printed",
    [
        "Lee Yi Rhee I Ri",
        "Park Bak Pak",
        "Chung Jeong Jung",
        "Choi Choe",
        "Noh Roh No",
        "Yoo Yu Ryu",
        "Ahn An",
        "Hah Ha",
        "Koo Gu Ku",
        "Oh O",
        "Shin Sin",
        "Kwon Gwon",
        "Woo U",
        "Moon Mun",
        "Cho Jo",
        "Lim Im Yim",
        "Namgung Nam-gung Namkoong",
    ],
)
def test_family_name_is_one_in_all_its_spellings_at_either_end(printed):
    spellings = [form for family in printed.split() for form in (f"{family} Sang-jin", f"Sangjin {family}")]

    assert [pair for pair in product(spellings, repeat=2) if not same_name(*pair)] == []
    assert len({match_key(spelling) for spelling in spellings}) == 1


def test_surname_spellings_all_fold_to_the_key_of_their_hangul():
    strays = [
        (hangul, spelling)
        for forms, printed in naming.SURNAMES.items()
        for hangul, spelling in product(forms.split(), printed.split())
        if match_key(spelling) != match_key(hangul)
    ]

    assert strays == []


def test_second_readings_all_fold_to_the_key_of_their_hangul():
    strays = [
        (spelling, hangul)
        for spelling, row in naming.SECOND_READINGS.items()
        for hangul in row.split()
        if match_key(spelling) != match_key(hangul)
    ]

    assert strays == []


def test_syllables_stand_once_each_in_the_table():
    assert len(naming.SYLLABLES) == len(set(naming.SYLLABLES))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kim Sang-bae", "Kim Sang-baek"),
        ("Kim Sang-bae", "Bae Sang-kim"),
        ("Lee Jaehun", "Lee Jae-hyun"),
        ("Noh Jae-heon", "Lee Jaehun"),
        ("Lee Joonseok", "Lee Choonseok"),
        ("Seung-joo Lee", "Choonseok Lee"),
        ("Park Dae-young", "Park Tae-young"),
        ("Jeong Yong-sam", "Jeong Young-sam"),
        ("Kim Jong-su", "Kim Jeong-su"),
        ("유영수", "류영수"),
        ("정병선", "전병선"),
        ("Alfred Nobel", "Alfred Noble"),
        ("Alfred Nobel", "A. Nobel"),
        ("Alfred Nobel", "Nobel"),
        ("I. Jin", "Lee Jin"),
        ("Jean Jean", "Jean"),
        ("", "Kim Sang-bae"),
        ("", ""),
    ],
)
def test_same_name_keeps_different_people_apart(one, other):
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alfred Nobel", "NOBEL, Alfred"),
        ("José Ángel", "Angel Jose"),
        ("Müller", "muller"),
        ("Jean-Pierre Serre", "Serre Jean Pierre"),
        ("O’Brien", "O'Brien"),
        ("J.K. Rowling", "J. K. Rowling"),
        ("Łukasz Sørensen", "Lukasz Sorensen"),
        ("Weiß", "WEISS"),
        ("Kim Sang‑bae", "Kim Sang-bae"),
        ("Ｋｉｍ　Ｓａｎｇ－ｂａｅ", "Kim Sang-bae"),
        ("김 상배", "김상배"),
        ("김상배", "김상배"),
        ("金相培", "金相培"),
    ],
)
def test_same_name_ignores_order_accents_and_punctuation(one, other):
    assert same_name(one, other)
    assert match_key(one) == match_key(other)


def test_same_name_tells_japanese_sounds_apart_that_differ_by_a_mark():
    assert not same_name("カギ", "ガギ")


def test_readings_cut_a_joined_given_name_wherever_both_parts_are_syllables():
    assert readings("Kim Jungu") == {
        "gim, jun-gu",
        "gim, jeon-gu",
        "gim, jung-u",
        "gim, jeong-u",
        "gim, jeung-u",
    }


def test_readings_take_either_end_for_the_family_name():
    assert readings("Min Han") == {"min, han", "han, min"}


def test_readings_of_hangul_are_exact_and_know_double_surnames():
    assert readings("남궁민") == {"namgung, min", "nam, gung-min"}


def test_readings_of_other_names_are_their_words_in_order():
    assert readings("Nobel, Alfred") == {"alfred nobel"}


def test_readings_of_no_words_are_none():
    assert readings(" … ") == frozenset()


@pytest.mark.parametrize("spelling", ["Kim Sang-bae", "Hah Taekjip", "Sung-kyung Cho", "김상배", "남궁민", "Han Kang"])
def test_readings_are_korean_with_a_surname_at_an_end_and_syllables_beside_it(spelling):
    assert {"," in reading for reading in readings(spelling)} == {True}


@pytest.mark.parametrize(
    "spelling",
    ["", "Kim", "Alfred Nobel", "Bruce Lee", "I. Jin", "Li Wei", "José Ángel", "한국과학기술원", "金相培"],
)
def test_readings_are_not_korean_without_both(spelling):
    assert not any("," in reading for reading in readings(spelling))


@pytest.mark.parametrize(
    ("family", "given_name", "monogram"),
    [
        ("Kim", "Sang-bae", "KS"),
        ("kim", "sangbae", "KS"),
        ("김", "상배", "김"),
        ("남궁", "민", "남"),
        ("Ángel", "José", "ÁJ"),
        ("’t Hooft", "Gerard", "TG"),
        ("Plato", "", "P"),
        ("", "Plato", "P"),
        ("", "", ""),
    ],
)
def test_initials_are_family_first(family, given_name, monogram):
    assert initials(family, given_name) == monogram


@st.composite
def _korean_spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A name in Hangul and the same in letters: any surname and syllables, in any order and cut."""
    forms = draw(st.sampled_from(sorted(naming.SURNAMES)))
    hangul = draw(st.sampled_from(forms.split()))
    family = draw(st.sampled_from(naming.SURNAMES[forms].split()))
    syllables = draw(st.lists(st.sampled_from(naming.SYLLABLES), min_size=1, max_size=2))
    given_name = draw(st.sampled_from(["-", " ", ""])).join(map(_revised, syllables))
    order = draw(st.permutations([family, given_name]))
    return hangul + "".join(syllables), draw(st.sampled_from([str, str.upper, str.title]))(" ".join(order))


def _revised(syllable: str) -> str:
    """The Revised Romanisation of one syllable, as the reading of a name spells it."""
    (reading,) = readings("김" + syllable)
    return reading.removeprefix("gim, ")


def test_every_syllable_of_the_table_is_read_as_itself():
    missed = [syllable for syllable in naming.SYLLABLES if not same_name(f"김{syllable}", f"Kim {_revised(syllable)}")]

    assert missed == []


@unhurried
@given(_korean_spellings())
def test_any_korean_name_meets_its_hangul(spellings):
    hangul, printed = spellings

    assert same_name(hangul, printed)
    assert match_key(hangul) == match_key(printed)


_letters = st.text("aeiouywghkrlnmjcsbpt-' .김이라노상배é\u0306", max_size=14)
_spellings = st.one_of(st.text(max_size=200), _letters, _korean_spellings().map(lambda pair: pair[1]))


@unhurried
@given(_spellings)
def test_any_text_is_its_own_name(spelling):
    assert same_name(spelling, spelling) is (spelling != "")


@unhurried
@given(_spellings, _spellings)
def test_same_name_is_symmetric(one, other):
    assert same_name(one, other) is same_name(other, one)


@unhurried
@given(_spellings)
def test_every_reading_of_any_text_folds_to_its_key(spelling):
    assert {match_key(reading) for reading in readings(spelling)} <= {match_key(spelling)}


@unhurried
@given(_spellings)
def test_match_key_of_any_text_fits_a_column_of_any_database(spelling):
    key = match_key(spelling)

    assert len(key) <= naming.KEY_LENGTH
    assert key.replace("-", "0").isalnum() or key == ""
    assert key.encode().decode() == key


@pytest.mark.parametrize(
    "spelling",
    [
        "Kim " + "jung" * 5_000,
        "Jung-" * 5_000 + "Kim",
        "Kim " * 5_000,
        "ㅋ" * 20_000,
        "o\u0306" * 10_000,
        "a" * 20_000,
    ],
    ids=["joined", "hyphens", "words", "jamo", "breves", "vowels"],
)
def test_comparison_takes_no_longer_for_hostile_names_than_their_length_asks(spelling):
    before = time.process_time()

    same_name(spelling, spelling + "x")

    assert time.process_time() - before < 1


def test_readings_of_a_most_ambiguous_name_stay_few():
    family_first, family_last = 2 * (3 * 2 * 3), 1 * (2 * 3 * 2)

    assert len(readings("Chun Jung Sun Jung")) == family_first + family_last


@pytest.mark.parametrize(
    ("asked", "family", "given"),
    [
        ("Rhee", "Lee", "Seung-joo"),
        ("Yi", "Lee", "Seung-joo"),
        ("Bak", "Park", "Ji-young"),
        ("김", "Kim", "Sang-bae"),
        ("상배", "Kim", "Sang-bae"),
        ("Byung-sun", "Jeong", "Byeong-seon"),
        ("byeong seon", "Jeong", "Byung-seon"),
        ("byungsun", "Jeong", "Byeong-seon"),
    ],
)
def test_part_of_a_name_is_read_as_a_family_or_a_given_name(asked: str, family: str, given: str) -> None:
    read = naming.part_readings(asked)

    assert not read.isdisjoint(naming.part_readings(family) | naming.part_readings(given))


@pytest.mark.parametrize(
    ("asked", "name", "is_meant"),
    [
        ("B.-S. Jung", "Jeong Byeong-seon", True),
        ("Chung, P. S.", "정병선", True),
        ("S. Kim", "Sang-bae Kim", True),
        ("J. Doe", "Jane Mary Doe", True),
        ("J. B. Kim", "Kim Sang-bae", False),
        ("Kim Sang-bae", "Kim Sang-bae", False),
        ("U.S.", "U Sang", False),
        ("S. Kim Korea", "Kim Sang", False),
    ],
)
def test_initials_stand_for_names_that_begin_so(asked: str, name: str, is_meant: bool) -> None:
    assert (not naming.initials_meant(asked).isdisjoint(naming.in_initials(name))) == is_meant


def test_a_row_of_letters_is_no_given_name() -> None:
    assert naming.initials_meant("K. " * 60 + "Kim") == frozenset()


@pytest.mark.parametrize(
    ("word", "name"), [("China", "Jina"), ("policy", "Pol"), ("Jung Byung-sun", "Byung-sun"), ("", "")]
)
def test_other_words_are_no_part_of_a_name(word: str, name: str) -> None:
    assert naming.part_readings(word).isdisjoint(naming.part_readings(name))
