"""Parts of a record at the desk: nobody writes one onto a record that is not theirs to edit."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Change, User
from people.models import Person, Position
from tests.desk.pages import as_sent
from tests.factories import make_person

pytestmark = pytest.mark.django_db

ADD = "/admin/people/position/add/"
REFUSAL = ["This record is not yours to change: choose another, or ask an editor."]
#: whose a person is, and whether readers know them; a reporter writes onto the first alone
PEOPLE = [("own", False), ("own", True), ("others", False), ("others", True)]


def person(whose: str, user: User, **over: Any) -> Person:
    return make_person(created_by=user if whose == "own" else None, **over)


def refusals(answer: Any) -> list[str]:
    return answer.context["adminform"].form.errors.get("person", []) if answer.context else []


@pytest.mark.parametrize(("whose", "is_public"), PEOPLE)
def test_reporter_adds_a_position_to_ones_own_draft_alone(
    whose: str, is_public: bool, reporter_client: Client, reporter: User
) -> None:
    chosen = person(whose, reporter, is_public=is_public)
    before = list(Change.objects.values_list("object_id", "version"))

    answer = reporter_client.post(
        ADD, as_sent(reporter_client.get(ADD), person=str(chosen.pk), title="Director", starts_on="2020")
    )

    may = (whose, is_public) == ("own", False)
    assert list(chosen.positions.values_list("title", flat=True)) == (["Director"] if may else [])
    assert refusals(answer) == ([] if may else REFUSAL)
    assert may or as_sent(answer)["person"] == [str(chosen.pk)]
    assert may or list(Change.objects.values_list("object_id", "version")) == before


@pytest.mark.parametrize(("whose", "is_public"), PEOPLE)
def test_reporter_moves_a_position_to_ones_own_draft_alone(
    whose: str, is_public: bool, reporter_client: Client, reporter: User
) -> None:
    chosen, former = person(whose, reporter, is_public=is_public), person("own", reporter)
    position = Position.objects.create(person=former, title="Director")
    address = reverse("admin:people_position_change", args=[position.pk])

    answer = reporter_client.post(address, as_sent(reporter_client.get(address), person=str(chosen.pk)))

    position.refresh_from_db()
    may = (whose, is_public) == ("own", False)
    assert (position.person, refusals(answer)) == ((chosen, []) if may else (former, REFUSAL))


def test_editor_adds_a_position_to_anyone(editor_client: Client) -> None:
    chosen = make_person(is_public=True)

    editor_client.post(ADD, as_sent(editor_client.get(ADD), person=str(chosen.pk), title="Director", starts_on="2020"))

    assert list(chosen.positions.values_list("title", flat=True)) == ["Director"]


def test_picker_of_a_position_offers_whom_one_may_edit(
    reporter_client: Client, editor_client: Client, reporter: User
) -> None:
    people = {(whose, public): person(whose, reporter, is_public=public) for whose, public in PEOPLE}
    asked = {"app_label": "people", "model_name": "position", "field_name": "person", "term": "Doe"}

    offered = [
        {int(one["id"]) for one in client.get(reverse("admin:autocomplete"), asked).json()["results"]}
        for client in (reporter_client, editor_client)
    ]

    assert offered == [{people["own", False].pk}, {one.pk for one in people.values()}]


def test_picker_of_a_story_still_offers_everyone(reporter_client: Client) -> None:
    someone = make_person(is_public=True)
    asked = {"app_label": "articles", "model_name": "mention", "field_name": "person", "term": "Doe"}

    found = reporter_client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [one["id"] for one in found] == [str(someone.pk)]
