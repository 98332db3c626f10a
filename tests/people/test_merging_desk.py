"""Merging at the desk: from the list or the record's page, side by side, field by field, and back again."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.confirming import address_of
from newsroom.models import User
from people import merging
from people.models import Merge, Person
from tests import factories
from tests.desk.pages import as_sent, confirmed, told
from tests.people.test_merging import make_pair

pytestmark = pytest.mark.django_db

LIST = "/admin/people/person/"
MERGE = "/admin/people/person/merge/"


def ask(client: Client, *rows: Any, **query: str) -> Any:
    return client.get(MERGE, {"id": [row.pk for row in rows], **query})


def test_two_that_are_ticked_are_shown_side_by_side(editor_client: Client) -> None:
    one, other = make_pair(biography="About cables.")
    ticked = {"action": "merge_selected", "_selected_action": [one.pk, other.pk]}

    page: Any = editor_client.post(LIST, ticked, follow=True)

    form = page.context["form"]
    assert page.redirect_chain == [(f"{MERGE}?id={one.pk}&id={other.pk}", 302)]
    assert [(choice.name, *choice.said) for choice in form.differing] == [
        ("name", "Doe Jane (family name: Doe)", "Doe Janet (family name: Doe)"),
        ("biography", "About cables.", ""),
    ]
    assert form.initial == {"keep": str(one.pk), "name": str(one.pk), "biography": str(one.pk)}


@pytest.mark.parametrize("number", [1, 3])
def test_other_numbers_than_two_are_refused_in_words(editor_client: Client, number: int) -> None:
    rows = [factories.make_person() for _ in range(number)]
    ticked = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}

    page: Any = editor_client.post(LIST, ticked, follow=True)

    assert told(page) == ["Choose exactly two to merge. Nothing was done."]


def test_page_of_a_record_leads_to_those_that_are_likely_the_same(editor_client: Client) -> None:
    one = factories.make_person(family_name="Kim", given_name="Sang-bae")
    other = factories.make_person(family_name="Kim", given_name="Sangbae")
    factories.make_person(family_name="Kim", given_name="Minsu")

    form = editor_client.get(reverse("admin:people_person_change", args=[one.pk])).content.decode()
    page: Any = ask(editor_client, one)
    searched: Any = ask(editor_client, one, q="Kim Min-su")

    assert f'href="{MERGE}?id={one.pk}"' in form
    assert [hit["row"] for hit in page.context["hits"]] == [other]
    assert [hit["row"].given_name for hit in searched.context["hits"]] == ["Minsu"]


def test_what_is_chosen_stays(editor_client: Client, editor: User) -> None:
    one, other = make_pair(biography="About cables.", desk_note="Seen in Seoul.")
    Person.objects.filter(pk=other.pk).update(biography="About ships.")
    page = ask(editor_client, one, other)
    chosen = {"keep": str(other.pk), "name": str(one.pk), "biography": str(other.pk), "desk_note": str(one.pk)}

    answer: Any = editor_client.post(MERGE, as_sent(page, **chosen), follow=True)

    other.refresh_from_db()
    assert (other.given_name, other.biography, other.desk_note) == ("Jane", "About ships.", "Seen in Seoul.")
    assert [variant.spelling for variant in other.variants.all()] == ["Doe Janet"]
    assert told(answer) == ["“Doe Jane” was merged into this."]
    entries = LogEntry.objects.filter(user=editor).order_by("object_id").values_list("object_id", "change_message")
    assert sorted(entries) == [
        (str(one.pk), "Merged into “Doe Jane”."),
        (str(other.pk), "“Doe Jane” was merged into this."),
    ]


def test_choice_that_is_missing_is_named_and_the_others_are_kept(editor_client: Client) -> None:
    one, other = make_pair()
    sent = as_sent(ask(editor_client, one, other), keep=str(other.pk))
    del sent["name"]

    page: Any = editor_client.post(MERGE, sent)

    assert page.context["form"].errors == {"name": ["This field is required."]}
    assert (page.context["form"]["keep"].value(), Merge.objects.count()) == (str(other.pk), 0)


def test_what_was_saved_meanwhile_is_shown_first(editor_client: Client) -> None:
    one, other = make_pair()
    sent = as_sent(ask(editor_client, one, other))
    Person.objects.filter(pk=other.pk).update(version=5, biography="About ships.")

    page: Any = editor_client.post(MERGE, sent)

    assert page.context["refusal"] == "Somebody saved this meanwhile: look again."
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("keys", [["x"], ["0"], ["1", "99999999999"], ["9" * 30]])
def test_keys_of_no_record_are_no_page(editor_client: Client, keys: list[str]) -> None:
    answer = editor_client.get(MERGE, {"id": keys})

    assert answer.status_code in {302, 404}


def test_record_in_the_trash_is_refused_in_words(editor_client: Client) -> None:
    one, _other = make_pair()

    page: Any = ask(editor_client, one, factories.make_person(trashed_at=timezone.now()))

    assert "lies in the trash" in page.context["refusal"]


def test_reporter_finds_no_way_to_merge(reporter_client: Client) -> None:
    one, other = make_pair()

    pages = [reporter_client.get(path).content.decode() for path in (LIST, f"{LIST}{one.pk}/change/")]

    assert ["merge" in page for page in pages] == [False, False]
    assert ask(reporter_client, one, other).status_code == 403


def test_merge_is_undone_from_the_trash(editor_client: Client, editor: User) -> None:
    one, other = make_pair()
    merging.merge(one, into=other, by=editor, at=timezone.now())
    one.refresh_from_db()
    form: Any = editor_client.get(reverse("admin:people_person_change", args=[one.pk]))
    Person.objects.filter(pk=other.pk).update(biography="About ships.")

    address = address_of("unmerge", [one], Person)
    page: Any = editor_client.get(address)
    answer: Any = editor_client.post(address.partition("?")[0], confirmed(one), follow=True)

    assert [way["address"] for way in form.context["ways_out"]] == [address]
    assert "what was added to “Doe Janet” since stays there" in page.context["open"][0].notice
    assert told(answer) == ["“Doe Jane” stands for itself again."]
    one.refresh_from_db()
    assert (one.merged_into, one.is_public, one.trashed_at) == (None, True, None)


@pytest.mark.parametrize("verb", ["restore", "purge"])
def test_merged_record_is_neither_brought_back_nor_ended(
    verb: str, client: Client, admin_user: User, editor: User
) -> None:
    one, other = make_pair()
    merging.merge(one, into=other, by=editor, at=timezone.now())
    client.force_login(admin_user, backend="django.contrib.auth.backends.ModelBackend")

    page: Any = client.post(f"{LIST}do/{verb}/", confirmed(Person.objects.get(pk=one.pk)))

    assert page.context["open"][0].result == "It was merged into another record: undo that instead."
    assert Person.objects.get(pk=one.pk).merged_into == other


def test_page_of_the_one_that_stays_leads_to_what_went_into_it(editor_client: Client, editor: User) -> None:
    one, other = make_pair()
    merging.merge(one, into=other, by=editor, at=timezone.now())

    page = editor_client.get(reverse("admin:people_person_change", args=[other.pk])).content.decode()

    assert f'href="/admin/people/person/{one.pk}/change/"' in page


def test_pages_take_as_many_queries_for_many_links_as_for_one(editor_client: Client) -> None:
    from tests.desk.pages import queries

    one, other = make_pair()
    address = f"{MERGE}?id={one.pk}&id={other.pk}"
    few = queries(editor_client, address)
    for _ in range(3):
        other.variants.create(spelling=f"Doe {_}")

    assert (few, queries(editor_client, address)) == (few, few)
