"""Who stands where, in words."""

import pytest
from django.utils import translation

from newsroom.photos.captions import sentence, where_in_picture
from newsroom.photos.models import Depiction
from tests.factories import make_person, make_photo


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
