"""Which people and organisations a spelling means, in whatever romanisation, order or script."""

import pytest
from pytest_django import DjangoAssertNumQueries

from people.models import NameVariant, Organisation, Person
from tests import factories

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "Kim Sangbae",
    "Sang-bae Kim",
    "Kim Sang-bae",
    "kim sangbae",
    "KIM SANG BAE",
    "Sangbae Kim",
    "  Kim Sang-bae ",
]


def named(spelling: str) -> list[Person]:
    return list(Person.objects.named(spelling).order_by("pk"))


@pytest.fixture
def sang_bae() -> Person:
    return factories.make_person(family_name="Kim", given_name="Sang-bae")


@pytest.mark.parametrize("spelling", [*SPELLINGS, "김상배"])
def test_person_is_found_by_any_romanisation_and_by_hangul(sang_bae: Person, spelling: str) -> None:
    assert named(spelling) == [sang_bae]


@pytest.mark.parametrize("spelling", [*SPELLINGS, "김상배", "김 상배"])
def test_person_is_found_by_the_native_name_on_record(spelling: str) -> None:
    person = factories.make_person(family_name="Someone", given_name="Else", native_name="김상배")

    assert named(spelling) == [person]


@pytest.mark.parametrize("spelling", [*SPELLINGS, "김상배"])
def test_person_is_found_by_a_variant_in_hangul(spelling: str) -> None:
    person = factories.make_person(family_name="Someone", given_name="Else")
    NameVariant.objects.create(person=person, spelling="김상배", script="Hang")

    assert named(spelling) == [person]


@pytest.mark.parametrize("spelling", ["Kim Sang-bum", "Lee Sang-bae", "Kim", "Sang-bae", "김상범", "", "  ", "-", "…"])
def test_another_name_does_not_find_the_person(sang_bae: Person, spelling: str) -> None:
    assert named(spelling) == []


def test_two_people_of_one_name_are_both_found() -> None:
    people = [factories.make_person(family_name="Kim", given_name=given) for given in ("Sang-bae", "Sangbae")]

    assert named("Sang-bae Kim") == people


def test_hangul_on_record_tells_two_people_apart() -> None:
    ryu, yoo = (
        factories.make_person(family_name="Someone", given_name=str(n), native_name=name)
        for n, name in enumerate(["류영수", "유영수"])
    )

    assert (named("류영수"), named("유영수")) == ([ryu], [yoo])


def test_western_name_is_found_in_either_order() -> None:
    person = factories.make_person(family_name="Curie", given_name="Marie", name_order="given-first")

    assert (named("Marie Curie"), named("Curie Marie"), named("Marie")) == ([person], [person], [])


def test_variant_of_an_organisation_names_nobody(sang_bae: Person) -> None:
    NameVariant.objects.create(organisation=factories.make_organisation(), spelling="Kim Jong-un Institute")

    assert named("Kim Jong-un Institute") == []


def test_several_spellings_of_one_person_find_them_once(sang_bae: Person) -> None:
    for spelling in ("Sang-bae Kim", "Kim Sangbae"):
        NameVariant.objects.create(person=sang_bae, spelling=spelling)

    assert named("Kim Sang-bae") == [sang_bae]


@pytest.mark.parametrize("words", ["Sangbae", "SANG-BAE", "Sang bae", "상배", "Kim", "gim", "김"])
def test_part_of_a_name_finds_the_person(sang_bae: Person, words: str) -> None:
    factories.make_person(family_name="Park", given_name="Sang-bum")

    assert list(Person.objects.named_in_part(words)) == [sang_bae]


@pytest.mark.parametrize("words", ["Sang", "Bae", "Sang-bum", "Gyeong", "상", "Doe", "", " ", "-", "…", "100%", "🦘"])
def test_another_part_finds_nobody(sang_bae: Person, words: str) -> None:
    assert list(Person.objects.named_in_part(words)) == []


def test_given_name_finds_who_has_it_in_hangul_or_before_the_family_name() -> None:
    hoon = factories.make_person(family_name="Lee", given_name="Young-Hoon", name_order="given-first")
    native = factories.make_person(family_name="Someone", given_name="Yerim", native_name="이영훈")
    factories.make_person(family_name="Lee", given_name="Young-ho")

    assert list(Person.objects.named_in_part("Yeonghun").order_by("pk")) == [hoon, native]


@pytest.mark.parametrize("number", [1, 3])
def test_looking_up_a_name_costs_the_same_for_any_number(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        factories.make_person(family_name="Kim", given_name="Sang-bae")

    with django_assert_num_queries(3):
        found = named("Kim Sangbae")

    assert len(found) == number


def test_public_people_are_those_with_an_open_door() -> None:
    factories.make_person()
    shown = factories.make_person(is_public=True)

    assert list(Person.objects.public()) == [shown]


@pytest.mark.parametrize(
    "spelling", ["KISTEP", "kistep", "Korea Institute", "korea institute ", "한국원", "K-Institute"]
)
def test_organisation_is_found_by_each_of_its_names(spelling: str) -> None:
    kistep = factories.make_organisation(name="Korea Institute", short_name="KISTEP", native_name="한국원")
    factories.make_organisation(name="Korea Institutes")
    NameVariant.objects.create(organisation=kistep, spelling="K-Institute")

    assert list(Organisation.objects.named(spelling)) == [kistep]


@pytest.mark.parametrize("spelling", ["", " "])
def test_blank_names_no_organisation(spelling: str) -> None:
    factories.make_organisation()

    assert list(Organisation.objects.named(spelling)) == []
