"""Who's who in the admin: every spelling finds the person, and the page shows where they are seen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Appearance, Hosting
from newsroom.articles.models import Mention
from newsroom.photos.models import Depiction
from people.models import Position
from tests.factories import make_article, make_event, make_organisation, make_person, make_photo

pytestmark = pytest.mark.django_db

SPELLINGS = [
    "Kim Sangbae", "Sang-bae Kim", "Kim Sang-bae", "KIM Sang Bae", "Kim Sang", "김상배", "Ghim",
    "Sangbae", "sang bae", "상배", "Gim", "김",
]  # fmt: skip


@pytest.fixture
def kim() -> object:
    person = make_person(family_name="Kim", given_name="Sang-bae", name_order="given-first", native_name="김상배")
    person.variants.create(spelling="Sang Bae Ghim")
    make_person(family_name="Park", given_name="Jin")
    return person


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_list_finds_a_person_by_every_spelling(spelling: str, kim: object, chief_client: Client) -> None:
    found = chief_client.get(reverse("admin:people_person_changelist"), {"q": spelling})

    assert list(found.context["cl"].result_list) == [kim]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_autocomplete_finds_a_person_by_every_spelling(spelling: str, kim: object, reporter_client: Client) -> None:
    asked = {"app_label": "articles", "model_name": "mention", "field_name": "person", "term": spelling}

    found = reporter_client.get(reverse("admin:autocomplete"), asked)

    assert [result["text"] for result in found.json()["results"]] == ["Sang-bae Kim"]


def test_given_name_alone_finds_who_is_on_record_in_another_romanisation(chief_client: Client) -> None:
    kim = make_person(family_name="Kim", given_name="Seong-gyu")
    make_person(family_name="Kim", given_name="Sang-gyu")
    address = reverse("admin:people_person_changelist")

    found = [list(chief_client.get(address, {"q": words}).context["cl"].result_list) for words in ("성규", "Sung-kyu")]

    assert found == [[kim], [kim]]


def test_who_lies_in_the_trash_is_found_there_alone(chief_client: Client) -> None:
    gone = make_person(family_name="Kim", given_name="Sang-bae", trashed_at=timezone.now())
    picker = {"app_label": "articles", "model_name": "mention", "field_name": "person", "term": "Sangbae"}
    address = reverse("admin:people_person_changelist")

    picked = chief_client.get(reverse("admin:autocomplete"), picker).json()["results"]
    asked = ({"q": "Sangbae"}, {"q": "Sangbae", "trash": "yes"})
    listed = [list(chief_client.get(address, one).context["cl"].result_list) for one in asked]

    assert (picked, listed) == ([], [[], [gone]])


@pytest.mark.parametrize("number", [1, 3])
def test_search_by_a_given_name_costs_the_same_for_any_number(number: int, chief_client: Client) -> None:
    for _number in range(number):
        make_person(family_name="Kim", given_name="Sang-bae")
    address = reverse("admin:people_person_changelist")
    chief_client.get(address)

    with CaptureQueriesContext(connection) as captured:
        chief_client.get(address, {"q": "Sangbae"})

    assert len(captured) == 10


def test_organisation_is_found_by_its_short_name_and_a_former_spelling(chief_client: Client) -> None:
    institute = make_organisation(name="Korea Institute of S&T Evaluation and Planning", short_name="KISTEP")
    institute.variants.create(spelling="Korea Inst. of Evaluation")
    address = reverse("admin:people_organisation_changelist")

    found = [list(chief_client.get(address, {"q": term}).context["cl"].result_list) for term in ("kistep", "inst.")]

    assert found == [[institute], [institute]]


def test_person_shows_where_they_are_seen(chief_client: Client) -> None:
    person = make_person()
    Appearance.objects.create(event=make_event(name="The forum"), person=person)
    Mention.objects.create(article=make_article(headline="The story"), person=person)
    Depiction.objects.create(photo=make_photo(headline="The picture"), person=person)

    page = chief_client.get(reverse("admin:people_person_change", args=[person.pk]))

    shown = [name for name in ("The forum", "The story", "The picture") if f">{name}</a>" in page.content.decode()]
    assert shown == ["The forum", "The story", "The picture"]


def test_organisation_shows_where_it_is_seen(chief_client: Client) -> None:
    organisation = make_organisation()
    Hosting.objects.create(event=make_event(name="The forum"), organisation=organisation)
    make_photo(headline="The picture").organisations.add(organisation)
    make_article(headline="The story").organisations.add(organisation)
    Position.objects.create(person=make_person(given_name="Jo"), organisation=organisation, title="Director")

    page = chief_client.get(reverse("admin:people_organisation_change", args=[organisation.pk]))

    names = ["Doe Jo", "The forum", "The story", "The picture"]
    assert [name for name in names if f">{name}</a>" in page.content.decode()] == names
