"""Who stands where, in words."""

import pytest
from django.utils import translation

from newsroom.photos.captions import sentence, where_in_picture
from newsroom.photos.models import Depiction
from tests.factories import make_organisation, make_person, make_photo


@pytest.mark.parametrize(
    ("row", "place", "words"),
    [
        ("", None, ""),
        ("front", None, "Front row"),
        ("back", None, "Back row"),
        ("", 1, "First from left"),
        ("", 6, "Sixth from left"),
        ("front", 5, "Front row, fifth from left"),
        ("second", 2, "Second row, second from left"),
        ("third", 12, "Third row, twelfth from left"),
        ("front", 13, "Front row, 13th from left"),
        ("", 21, "21st from left"),
        ("", 22, "22nd from left"),
        ("", 23, "23rd from left"),
        ("", 24, "24th from left"),
        ("", 99, "99th from left"),
    ],
)
def test_place_is_told_as_far_as_it_is_known(row: str, place: int | None, words: str) -> None:
    assert where_in_picture(Depiction(row=row, place_from_left=place), "en") == words


def test_place_is_told_in_the_active_language() -> None:
    depiction = Depiction(row="front", place_from_left=5)

    with translation.override("ko"):
        korean = where_in_picture(depiction)
        english = where_in_picture(depiction, "en")

    assert ("5" in korean, korean != english, english) == (True, True, "Front row, fifth from left")


def test_telling_a_place_leaves_the_active_language_alone() -> None:
    with translation.override("ko"):
        where_in_picture(Depiction(row="front"), "en")

        assert translation.get_language() == "ko"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("printed", "english", "korean"),
    [
        ("도정한", "Doe Jeong-han", "도정한"),
        ("Jeong-han Doe", "Jeong-han Doe", "도정한"),
        ("", "Doe Jeong-han", "도정한"),
    ],
)
def test_name_printed_in_hangul_is_told_in_latin_letters_to_readers_of_english(
    printed: str, english: str, korean: str
) -> None:
    photo = make_photo()
    person = make_person(family_name="Doe", given_name="Jeong-han", native_name="도정한")
    depiction = Depiction(photo=photo, person=person, name_as_printed=printed)

    assert [sentence(depiction, photo, language) for language in ("en", "ko")] == [english, korean]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("printed", "title_ko", "english", "korean"),
    [
        ("", "회장", "president, KSTAC", "재중과협 회장"),
        ("", "", "president, KSTAC", "president, KSTAC"),
        ("President of KSTAC", "회장", "President of KSTAC", "재중과협 회장"),
        ("President of KSTAC", "", "President of KSTAC", "President of KSTAC"),
        ("재중과협회장", "회장", "president, KSTAC", "재중과협회장"),
    ],
)
def test_title_is_told_in_the_language_of_its_readers(printed: str, title_ko: str, english: str, korean: str) -> None:
    body = make_organisation(name="Association", short_name="KSTAC", native_name="재중과협", is_public=True)
    person = make_person()
    position = person.positions.create(title="President", title_ko=title_ko, organisation=body)
    depiction = Depiction(photo=make_photo(), person=person, position=position, title_as_printed=printed)

    told = {language: sentence(depiction, depiction.photo, language) for language in ("en", "ko")}

    assert told == {"en": f"{person.name}, {english}", "ko": f"{person.name}, {korean}"}
