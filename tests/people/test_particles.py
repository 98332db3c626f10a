"""Korean particles in a search: cut off nouns, never off a name that is on record."""

import uuid

import pytest

from newsroom import search
from newsroom.indexing import Searchable, search_entry
from people.documents import name_tokens
from people.filters import names_in
from people.models import NameVariant
from tests import factories as make

pytestmark = pytest.mark.django_db

TITLES = (
    "이재은",
    "이재명",
    "김민도",
    "김민석",
    "외교",
    "외교의 길",
    "서울 회의",
    "국제회의",
    "한반도",
    "서재의 책",
    "Sang-bae Kim",
)


def index() -> None:
    make.make_person(native_name="이재은", is_public=True)
    make.make_person(native_name="서재만")  # nobody may know
    dotty = make.make_person(native_name="", is_public=True)
    NameVariant.objects.create(person=dotty, spelling="김민도", script=NameVariant.Script.HANGUL)
    for title in TITLES:
        exact = name_tokens([title]) if title == "Sang-bae Kim" else ()
        search_entry("article", uuid.uuid4(), Searchable(title, "", exact=exact)).save()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("이재은", ["이재은"]),
        ("“이재은”", ["이재은"]),
        ("이재은이", ["이재은"]),
        ("이재은의", ["이재은"]),
        ("이재은을", ["이재은"]),
        ("이재은 -이재명", ["이재은"]),
        ("이재명", ["이재명"]),
        ("이재명은", ["이재명"]),
        ("이재", ["이재명", "이재은"]),
        ("김민도", ["김민도"]),
        ("김민도와", ["김민도"]),
        ("김민석도", ["김민석"]),
        ("외교", ["외교", "외교의 길"]),
        ("외교의", ["외교", "외교의 길"]),
        ("외교를", ["외교", "외교의 길"]),
        ("“외교의”", ["외교의 길"]),
        ("외교 -외교의", []),
        ("외교 -“외교의”", ["외교"]),
        ("서울에서", ["서울 회의"]),
        ("회의", ["국제회의", "서울 회의"]),
        ("회의에서", ["국제회의", "서울 회의"]),
        ("한반도", ["한반도"]),
        ("서재만", ["서재의 책"]),
        ("김상배의", ["Sang-bae Kim"]),
        ("외교에 김상배가", []),
    ],
)
def test_particle_is_cut_off_where_it_is_one(query: str, expected: list[str]) -> None:
    index()

    found = search.matches(query, kinds=["article"], exact=names_in(query))

    assert sorted(found.values_list("title", flat=True)) == expected


def test_word_that_is_a_name_is_marked_alone() -> None:
    make.make_person(native_name="이재은", is_public=True)

    asked = search.with_names_whole("이재은 회담", names_in("이재은 회담"))

    assert search.snippet("이재명과 이재은의 회담", asked) == [
        ("이재명과 ", False),
        ("이재은", True),
        ("의 ", False),
        ("회담", True),
    ]
