"""What the records of people and organisations refuse, derive and are known by."""

from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from people.models import Attestation, NameVariant, Organisation, Person, Position
from tests import factories
from tests.factories import refuses

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({"family_name": "Kim", "given_name": "Sang-bae"}, "Kim Sang-bae"),
        ({"family_name": "Curie", "given_name": "Marie", "name_order": "given-first"}, "Marie Curie"),
        ({"family_name": "Suharto", "given_name": ""}, "Suharto"),
        ({"family_name": "Suharto", "given_name": "", "name_order": "given-first"}, "Suharto"),
        ({"family_name": "홍", "given_name": "길동"}, "홍길동"),
        ({"family_name": "홍", "given_name": "Gil-dong"}, "홍 Gil-dong"),
    ],
)
def test_name_follows_the_order_of_the_person(names: dict[str, str], name: str) -> None:
    assert Person(**names).name == str(Person(**names)) == name


def test_door_of_a_new_record_is_shut() -> None:
    assert (Person().is_public, Organisation().is_public) == (False, False)


@pytest.mark.parametrize(("short", "known_as"), [("KISTEP", "KISTEP"), ("", "Korea Institute")])
def test_organisation_is_known_by_its_short_name_where_it_has_one(short: str, known_as: str) -> None:
    assert Organisation(name="Korea Institute", short_name=short, is_public=True).known_as == known_as


def test_organisation_that_is_not_public_is_known_by_its_name_alone() -> None:
    assert Organisation(name="Korea Institute", short_name="KISTEP").known_as == "Korea Institute"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("orcid", "0000-0002-1825"),
        ("orcid", "0000-0002-1825-009x"),
        ("wikidata", "42"),
        ("wikidata", "Q0"),
        ("name_order", "backwards"),
    ],
)
def test_person_refuses_an_id_of_another_shape(name: str, value: str) -> None:
    person = Person(slug="doe", family_name="Doe", **{name: value})

    with pytest.raises(ValidationError) as refused:
        person.full_clean()

    assert list(refused.value.message_dict) == [name]


def test_person_takes_ids_of_the_right_shape() -> None:
    Person(slug="doe", family_name="Doe", orcid="0000-0002-1694-233X", wikidata="Q42").full_clean()


@pytest.mark.parametrize("ror", ["05apxxy63x", "15apxxy63", "05apxxi63"])
def test_organisation_refuses_a_ror_id_of_another_shape(ror: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Organisation(slug="a", name="A", ror=ror).full_clean()

    assert list(refused.value.message_dict) == ["ror"]


def test_spelling_belongs_to_one_person_or_one_organisation() -> None:
    person, organisation = factories.make_person(), factories.make_organisation()
    owners = [{}, {"person": person}, {"organisation": organisation}, {"person": person, "organisation": organisation}]

    assert [refuses(NameVariant, spelling="Doe", **owner) for owner in owners] == [True, False, False, True]


def test_spelling_stands_once_for_each_source_and_once_without_one() -> None:
    person, source = factories.make_person(), factories.make_source()
    rows = [{"source": None}, {"source": None}, {"source": source}, {"source": source}]

    assert [refuses(NameVariant, person=person, spelling="Doe", **row) for row in rows] == [False, True, False, True]


def test_position_stands_once_for_each_organisation_and_once_without_one() -> None:
    person, organisation = factories.make_person(), factories.make_organisation()
    rows = [{"organisation": None}, {"organisation": None}, {"organisation": organisation}] * 2

    refused = [refuses(Position, person=person, title="Director", **row) for row in rows]

    assert refused == [False, True, False, True, True, True]


def test_attestation_stands_once_for_each_day_source_and_wording() -> None:
    position = Position.objects.create(person=factories.make_person(), title="Director")
    source = factories.make_source()
    rows: list[dict[str, Any]] = [
        {"seen_on": "2025-12-09"},
        {"seen_on": "2025-12-09"},
        {"seen_on": "2025-12"},
        {"seen_on": "2025-12-09", "source": source},
        {"seen_on": "2025-12-09", "source": source, "title_as_printed": "director"},
        {"seen_on": "2025-12-09", "source": source},
    ]

    refused = [refuses(Attestation, position=position, **row) for row in rows]

    assert refused == [False, True, False, False, False, True]


def test_organisation_that_somebody_works_for_cannot_be_deleted() -> None:
    organisation = factories.make_organisation()
    Position.objects.create(person=factories.make_person(), organisation=organisation, title="Director")

    with pytest.raises(ProtectedError):
        organisation.delete()


def test_deleted_person_takes_spellings_and_positions_along() -> None:
    person = factories.make_person()
    NameVariant.objects.create(person=person, spelling="Doe")
    Position.objects.create(person=person, title="Director")

    person.delete()

    assert (NameVariant.objects.count(), Position.objects.count()) == (0, 0)


def test_former_states_of_a_person_are_kept_without_the_key() -> None:
    person = factories.make_person(family_name="Doe")
    person.family_name = "Roe"
    person.save()

    kept = person.history.order_by("history_date", "history_id").values_list("family_name", flat=True)

    assert list(kept) == ["Doe", "Roe"]
    assert "match_key" not in {field.name for field in person.history.model._meta.fields}


def test_rows_are_named_in_fixtures_by_what_they_are() -> None:
    person = factories.make_person(slug="doe")
    position = Position.objects.create(person=person, title="Envoy")
    attested = Attestation.objects.create(position=position, seen_on="2025-XX-06")
    spelling = NameVariant.objects.create(person=person, spelling="Doe K.")

    keys = [row.natural_key() for row in (person, position, spelling)]

    assert keys == [("doe",), ("doe", None, "Envoy"), ("doe", None, "Doe K.", None)]
    for row in (person, position, spelling, attested):
        assert type(row).objects.get_by_natural_key(*row.natural_key()) == row


def test_person_survives_being_written_out_and_read_in() -> None:
    person = factories.make_person(slug="doe", family_name="Kim", given_name="Sang-bae", native_name="김상배")
    written = serializers.serialize("json", [person], use_natural_primary_keys=True)
    Person.objects.all().delete()

    for read in serializers.deserialize("json", written):
        read.save()

    again = Person.objects.get(match_key=person.match_key, native_match_key=person.native_match_key)
    assert (again.slug, again.uuid, again.native_name) == ("doe", person.uuid, "김상배")
