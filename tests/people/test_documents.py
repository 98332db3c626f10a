"""What the public sees of people and organisations."""

import pytest
from django.utils import translation

from newsroom import search
from newsroom.models import SearchEntry
from people import naming
from people.documents import search_token
from people.models import Attestation, NameVariant, Position
from tests import factories
from tests.changes.feed import document
from tests.factories import make_row

pytestmark = pytest.mark.django_db


def test_document_of_a_person_is_complete() -> None:
    source = factories.make_source(publisher="Asia Daily", published_on="2025-12")
    kistep = factories.make_organisation(is_public=True, slug="kistep", name="Korea Institute")
    person = factories.make_person(
        is_public=True, slug="kim-sang-bae", family_name="Kim", given_name="Sang-bae", biography="Studies power."
    )
    make_row(NameVariant, person, person=person, spelling="Sang-bae Kim", source=source)
    position = make_row(Position, person, person=person, organisation=kistep, title="President", starts_on="2023")
    make_row(Attestation, person, position=position, seen_on="2025-XX-06", title_as_printed="president")

    credit = {
        "publisher": "Asia Daily",
        "author": "",
        "title": "",
        "published_on": {"edtf": "2025-12", "earliest": "2025-12-01", "latest": "2025-12-31"},
        "url": "",
        "rights_notice": "",
        "redistribution": "unknown",
        "ai_training": "unknown",
    }
    assert document(person) == {
        "id": str(person.uuid),
        "type": "person",
        "url": "http://testserver/people/kim-sang-bae/",
        "slug": "kim-sang-bae",
        "name": "Kim Sang-bae",
        "family_name": "Kim",
        "given_name": "Sang-bae",
        "name_order": "family-first",
        "native_name": "",
        "biography": "Studies power.",
        "orcid": "",
        "wikidata": "",
        "variants": [{"spelling": "Sang-bae Kim", "script": "Latn", "source": credit}],
        "positions": [
            {
                "title": "President",
                "title_ko": "",
                "organisation": {
                    "id": str(kistep.uuid),
                    "type": "organisation",
                    "name": "Korea Institute",
                    "url": "http://testserver/organisations/kistep/",
                },
                "starts_on": {"edtf": "2023", "earliest": "2023-01-01", "latest": "2023-12-31"},
                "ends_on": None,
                "attestations": [
                    {
                        "seen_on": {"edtf": "2025-XX-06", "earliest": "2025-01-06", "latest": "2025-12-06"},
                        "title_as_printed": "president",
                        "source": None,
                    }
                ],
            }
        ],
    }


def test_document_of_an_organisation_is_complete() -> None:
    parent = factories.make_organisation(name="Ministry")
    kist = factories.make_organisation(
        is_public=True,
        slug="kist",
        name="Korea Institute",
        short_name="KIST",
        kind="institute",
        country="KR",
        parent=parent,
    )
    make_row(NameVariant, kist, organisation=kist, spelling="K.I.S.T.")

    assert document(kist) == {
        "id": str(kist.uuid),
        "type": "organisation",
        "url": "http://testserver/organisations/kist/",
        "slug": "kist",
        "name": "Korea Institute",
        "short_name": "KIST",
        "native_name": "",
        "kind": "institute",
        "country": "KR",
        "parent": {"name": "Ministry"},
        "description": "",
        "website": "",
        "ror": "",
        "wikidata": "",
        "variants": [{"spelling": "K.I.S.T.", "script": "Latn", "source": None}],
    }


def test_address_is_the_english_one_whatever_language_is_active() -> None:
    with translation.override("ko"):
        person = factories.make_person(is_public=True, slug="doe")

    assert document(person)["url"] == "http://testserver/people/doe/"


@pytest.mark.parametrize("words", ["Envoy", "Academy", "power", "Sang-bae", "Sangbae"])
def test_person_is_found_by_what_the_page_says(words: str) -> None:
    academy = factories.make_organisation(name="Academy")
    person = factories.make_person(is_public=True, family_name="Kim", given_name="Sang-bae", biography="Studies power.")
    make_row(Position, person, person=person, organisation=academy, title="Envoy")

    assert search.counts(words) == {"person": 1}


def test_person_is_found_under_every_reading_of_the_name() -> None:
    person = factories.make_person(is_public=True, family_name="Kim", given_name="Sang-bae")

    readings = [search_token(reading) for reading in naming.readings("김상배")]

    assert list(search.matching_ids("", "person", exact=readings).values_list("object_id", flat=True)) == [person.uuid]


def test_organisation_is_found_by_its_short_name_and_its_spellings() -> None:
    kist = factories.make_organisation(is_public=True, name="Korea Institute", short_name="KIST")
    make_row(NameVariant, kist, organisation=kist, spelling="Quasar House")

    assert [search.counts(words) for words in ("KIST", "quasar")] == [{"organisation": 1}] * 2


def test_spelling_that_repeats_the_name_is_said_once() -> None:
    person = factories.make_person(is_public=True, family_name="Kim", given_name="Sang-bae")
    source, other = factories.make_source(), factories.make_source()
    for seen_in in (source, other):
        make_row(NameVariant, person, person=person, spelling="Sang-bae Kim", source=seen_in)

    assert SearchEntry.objects.get(object_id=person.uuid).text == "Sang-bae Kim"
