"""The folded key follows its spelling through every way of saving."""

import pytest

from people.models import NameVariant, Person
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_key_follows_a_renamed_person() -> None:
    person = make_person(family_name="Kim", given_name="Sang-bae")
    person.family_name, person.given_name = "Park", "Jin"

    person.save()

    assert list(Person.objects.possibly_named("Kim Sangbae")) == []
    assert list(Person.objects.possibly_named("Jin Park")) == [person]


def test_spelling_of_a_known_person_is_saved_without_being_created_by_a_manager() -> None:
    person = make_person()

    NameVariant(person=person, spelling="Kim Sangbae").save()

    assert list(Person.objects.possibly_named("Sang-bae Kim")) == [person]
