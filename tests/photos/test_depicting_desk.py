"""The desk's page of marks: what it keeps, derives and refuses, and who may open it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.models import Change
from newsroom.photos import filing
from newsroom.photos.models import Depiction, Photo, RenditionJob
from people.models import NameVariant, Person, Position
from tests.desk.pages import as_sent, queries, with_row
from tests.factories import make_organisation, make_person, make_photo, make_row
from tests.photos.pictures import jpeg
from tests.photos.test_filing import NOW

pytestmark = pytest.mark.django_db

FRONT = {"box_x": "0.3", "box_y": "0.6", "box_width": "0.1", "box_height": "0.1"}
BACK = {**FRONT, "box_y": "0.2"}


def page_of(photo: Photo) -> str:
    return reverse("admin:photos_photo_depict", args=[photo.pk])


def mark(photo: Photo, person: Person, **values: Any) -> Depiction:
    values = {name: Decimal(value) if name.startswith("box_") else value for name, value in values.items()}
    return make_row(Depiction, photo, photo=photo, person=person, **values)


def row(index: int, **typed: Any) -> dict[str, list[str]]:
    """What is typed into one person's fields."""
    return {f"depictions-{index}-{name}": [str(value)] for name, value in typed.items()}


def places(photo: Photo) -> list[tuple[str, str, int | None]]:
    return list(photo.depictions.values_list("person__family_name", "row", "place_from_left"))


def errors(page: Any) -> list[dict[str, list[str]]]:
    return [dict(one) for one in page.context["forms"].errors if one]


def test_rows_and_places_follow_the_boxes(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(family_name="Back"), **BACK)
    mark(photo, make_person(family_name="Right"), **{**FRONT, "box_x": "0.7"})
    mark(photo, make_person(family_name="Left"), **FRONT)

    photo_editor_client.post(page_of(photo), as_sent(photo_editor_client.get(page_of(photo))))

    assert places(photo) == [("Left", "front", 1), ("Right", "front", 2), ("Back", "back", 1)]


def test_person_is_added_with_a_box(photo_editor_client: Client) -> None:
    photo, person = make_photo(), make_person(family_name="Doe")
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), {**sent, **row(0, person=person.pk, **FRONT)})

    one = photo.depictions.get()
    assert (one.person, one.box_x, one.box_height, one.place_from_left) == (
        person,
        Decimal("0.3"),
        Decimal("0.1"),
        None,
    )


def test_what_is_typed_by_hand_wins_over_the_boxes(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(family_name="One"), **FRONT)
    mark(photo, make_person(family_name="Two"), **{**FRONT, "box_x": "0.7"})
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), {**sent, **row(1, row="second", place_from_left="7")})

    assert places(photo) == [("Two", "second", 7), ("One", "", 1)]


def test_places_by_hand_stay_where_nothing_follows_the_boxes(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(family_name="One"), row="front", place_from_left=3, **BACK)
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), sent)

    assert ("follow" in sent, places(photo)) == (False, [("One", "front", 3)])


def test_two_people_change_their_places_in_one_save(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(family_name="One"), row="front", place_from_left=1, order=1)
    mark(photo, make_person(family_name="Two"), row="front", place_from_left=2, order=2)
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), {**sent, **row(0, place_from_left="2"), **row(1, place_from_left="1")})

    assert places(photo) == [("One", "front", 2), ("Two", "front", 1)]


def test_place_taken_twice_is_refused_and_stays_typed(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(), row="front", place_from_left=1, order=1)
    mark(photo, make_person(), row="front", place_from_left=2, order=2)
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    page = photo_editor_client.post(page_of(photo), {**sent, **row(1, place_from_left="1")})

    assert errors(page) == [{"place_from_left": ["Two people cannot stand at the same place in the same row."]}]
    assert (page.status_code, as_sent(page)["depictions-1-place_from_left"]) == (422, ["1"])


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({**FRONT, "box_width": ""}, "box_width", "A box needs all four numbers, or none: fill this one in."),
        ({**FRONT, "box_x": "0.95"}, "box_x", "The box reaches beyond the picture: move it in, or make it smaller."),
        ({**FRONT, "box_y": "-0.1"}, "box_y", "The box reaches beyond the picture: move it in, or make it smaller."),
        ({**FRONT, "box_width": "0"}, "box_width", "The box has no size: draw it larger."),
    ],
)
def test_box_that_is_none_names_what_to_do(
    photo_editor_client: Client, typed: dict[str, str], field: str, words: str
) -> None:
    photo = make_photo()
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    page = photo_editor_client.post(page_of(photo), {**sent, **row(0, person=make_person().pk, **typed)})

    assert errors(page) == [{field: [words]}]


def test_box_without_a_person_asks_for_one(photo_editor_client: Client) -> None:
    photo = make_photo()
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    page = photo_editor_client.post(page_of(photo), {**sent, **row(0, **FRONT)})

    assert errors(page) == [{"person": ["This field is required."]}]


def test_person_is_taken_out(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person())
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), {**sent, **row(0, DELETE="on")})

    assert photo.depictions.count() == 0


def test_marks_of_somebody_else_are_not_overwritten(photo_editor_client: Client) -> None:
    photo, mine = make_photo(), make_person(family_name="Mine")
    sent = as_sent(photo_editor_client.get(page_of(photo)))
    theirs = as_sent(photo_editor_client.get(page_of(photo)))
    photo_editor_client.post(page_of(photo), {**theirs, **row(0, person=make_person(family_name="Theirs").pk)})

    refused = photo_editor_client.post(page_of(photo), {**sent, **row(0, person=mine.pk)})
    photo_editor_client.post(page_of(photo), as_sent(refused))

    assert (refused.status_code, [name for name, *_ in places(photo)]) == (409, ["Theirs", "Mine"])


def test_save_moves_the_head_and_orders_new_versions(photo_editor_client: Client) -> None:
    photo = filing.file_upload(jpeg(), by=None, at=NOW).photo
    Photo.objects.filter(pk=photo.pk).update(is_public=True)
    before = RenditionJob.objects.get().digest
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    photo_editor_client.post(page_of(photo), {**sent, **row(0, person=make_person().pk, **FRONT)})

    assert Change.objects.filter(object_id=photo.uuid).count() == 1
    assert RenditionJob.objects.get().digest != before


def test_sentences_are_told_in_both_languages(photo_editor_client: Client) -> None:
    person = make_person(family_name="Doe", given_name="Jane", native_name="도제인")
    house = make_organisation(name="Board", short_name="")
    make_row(Position, person, person=person, organisation=house, title="President")
    photo = make_photo()
    mark(photo, person, row="front", place_from_left=5)

    page = photo_editor_client.get(page_of(photo))

    told = page.context["sentences"][0]
    assert told.english == f"Front row, fifth from left: {person.name}, president, Board"
    assert ("도제인, president, Board" in told.korean, "5" in told.korean) == (True, True)


def test_caption_is_held_against_the_marks(photo_editor_client: Client) -> None:
    person, other = make_person(family_name="Doe", given_name="Jane"), make_person(family_name="Moe", given_name="Kay")
    make_row(NameVariant, other, person=other, spelling="Kay R. Moe")
    photo = make_photo(description="Jane Doe (fifth from left) listens to Kay R. Moe.")
    mark(photo, person, place_from_left=4)

    page = photo_editor_client.get(page_of(photo))
    form = photo_editor_client.get(reverse("admin:photos_photo_change", args=[photo.pk]))

    doubts = [
        f"{person.name}: the caption says fifth from left, marked fourth from left.",
        "The caption names Kay R. Moe, who is not marked in the picture.",
    ]
    assert page.context["doubts"] == doubts
    assert [form.content.decode().count(doubt) for doubt in doubts] == [1, 1]


def test_people_are_recognised_in_whatever_romanisation_the_caption_has(photo_editor_client: Client) -> None:
    """One is marked and stands elsewhere than the caption says; of two who are not, one may be somebody else marked."""
    marked = make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배")
    make_person(family_name="Jeong", given_name="Yong-sam")
    photo = make_photo(description="Sangbae Kim (fifth from left) hears Chung Yongsam. 김상배 교수(왼쪽에서 세 번째).")
    mark(photo, marked, place_from_left=4)

    page = photo_editor_client.get(page_of(photo))

    assert page.context["doubts"] == [
        f"{marked.name}: the caption says fifth from left, marked fourth from left.",
        f"{marked.name}: the caption says third from left, marked fourth from left.",
        "The caption names Chung Yongsam, who is not marked in the picture.",
    ]


def test_caption_is_not_doubted_before_anybody_is_marked(photo_editor_client: Client) -> None:
    make_person(family_name="Doe", given_name="Jane")
    photo = make_photo(description="Jane Doe speaks.")

    assert photo_editor_client.get(page_of(photo)).context["doubts"] == []


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_many_people(photo_editor_client: Client, count: int) -> None:
    photo = make_photo(description="Somebody speaks.")
    for _ in range(count):
        mark(photo, make_person())

    assert queries(photo_editor_client, page_of(photo)) == 12


def test_page_is_for_those_who_edit_the_photo(reporter_client: Client) -> None:
    photo = make_photo()

    answers = [reporter_client.get(page_of(photo)), reporter_client.post(page_of(photo), {})]

    assert [answer.status_code for answer in answers] == [403, 403]


@pytest.mark.parametrize("key", ["99999", "none", "9" * 30])
def test_page_of_no_photo_is_not_found(photo_editor_client: Client, key: str) -> None:
    assert photo_editor_client.get(f"/admin/photos/photo/{key}/depict/").status_code == 404


def test_form_of_the_photo_keeps_boxes_that_it_does_not_show(photo_editor_client: Client) -> None:
    photo = make_photo()
    mark(photo, make_person(), **FRONT)
    address = reverse("admin:photos_photo_change", args=[photo.pk])

    photo_editor_client.post(
        address, with_row(as_sent(photo_editor_client.get(address)), "depictions", person=make_person().pk)
    )

    assert [one.box_x for one in photo.depictions.order_by("pk")] == [Decimal("0.3"), None]


def test_person_that_is_no_key_is_refused_in_words(photo_editor_client: Client) -> None:
    photo = make_photo()
    sent = as_sent(photo_editor_client.get(page_of(photo)))

    page = photo_editor_client.post(page_of(photo), {**sent, **row(0, person="none")})

    words = "Select a valid choice. That choice is not one of the available choices."
    assert (page.status_code, errors(page)) == (422, [{"person": [words]}])
