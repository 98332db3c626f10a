"""Names over a picture of several people: on the photograph alone, and for everybody who reads."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from newsroom import changes
from newsroom.models import FeedHead
from newsroom.photos import filing
from newsroom.photos.darkroom import orders
from newsroom.photos.depicting.places import Box
from newsroom.photos.models import Depiction, Lease, Photo
from newsroom.website.pages.faces import Face, cut_frame, faces
from people.models import Person
from tests.factories import make_person, make_photo, make_row
from tests.photos.pictures import jpeg
from tests.photos.test_filing import NOW


def boxed(left: str, name: str = "Doe", **values: Any) -> Depiction:
    box = {"box_x": Decimal(left), "box_y": Decimal("0.2"), "box_width": Decimal("0.1"), "box_height": Decimal("0.2")}
    person = Person(family_name=name, given_name="Jane", is_public=True)
    return Depiction(person=person, **{**box, **values})


@pytest.mark.parametrize(
    ("left", "anchor", "at"), [("0.05", "start", "5.00%"), ("0.45", "middle", "50.00%"), ("0.85", "end", "95.00%")]
)
def test_name_is_written_away_from_the_sides(left: str, anchor: str, at: str) -> None:
    found = [(one.anchor, one.name_left) for one in faces([boxed(left), boxed(left)])]

    assert found == [(anchor, at), (anchor, at)]


def test_faces_stand_from_the_left_with_their_place() -> None:
    right, left = boxed("0.6", row="front", place_from_left=2), boxed("0.1", row="front", place_from_left=1)

    first = faces([right, left])[0]

    name = left.person.name
    words = f"{name}, front row, first from left"
    assert first == Face(name, words, "10.00%", "20.00%", "10.00%", "20.00%", "10.00%", "40.00%", "1.3em", "start")


def test_one_box_alone_is_not_drawn() -> None:
    assert faces([boxed("0.1"), Depiction(person=Person(family_name="Roe"))]) == []


def test_name_at_the_foot_of_the_picture_is_written_above_its_box() -> None:
    low = boxed("0.1", box_y=Decimal("0.75"))

    first = faces([low, boxed("0.6")])[0]

    assert (first.top, first.name_top, first.drop) == ("75.00%", "75.00%", "-.5em")


def test_boxes_are_those_of_the_part_that_is_shown() -> None:
    photo = Photo(width=1000, height=1000, focal_x=Decimal("0.5"), focal_y=Decimal("0.3"))
    above, seen, half = boxed("0.1", box_y=Decimal("0.0")), boxed("0.3"), boxed("0.6", box_y=Decimal("0.05"))

    frame = cut_frame(photo, Fraction(2))
    found = [(one.left, one.top, one.height) for one in faces([above, seen, half], frame)]

    assert frame == Box(0, 0.05, 1, 0.5)
    assert found == [("10.00%", "0.00%", "30.00%"), ("30.00%", "30.00%", "40.00%"), ("60.00%", "0.00%", "40.00%")]


def test_box_that_is_mostly_cut_off_is_not_drawn() -> None:
    frame = Box(0, 0.5, 1, 0.5)

    assert faces([boxed("0.1"), boxed("0.3"), boxed("0.6", box_y=Decimal("0.6"))], frame) == []


def test_name_of_a_hidden_person_is_the_printed_one() -> None:
    hidden = boxed("0.1", name_as_printed="J. Doe")
    hidden.person.is_public = False

    assert faces([hidden, boxed("0.5")])[0].name == "J. Doe"


def group_photo() -> Photo:
    photo = filing.file_upload(jpeg(), by=None, at=NOW).photo
    orders.work(lambda: NOW)
    Photo.objects.filter(pk=photo.pk).update(is_public=True, description="Two people.")
    for left in ("0.1", "0.6"):
        mark(photo, left)
    return photo


def mark(photo: Photo, left: str) -> Depiction:
    box = {"box_x": Decimal(left), "box_y": Decimal("0.2"), "box_width": Decimal("0.1"), "box_height": Decimal("0.2")}
    return make_row(Depiction, photo, photo=photo, person=make_person(is_public=True), **box)


@pytest.mark.django_db
def test_page_draws_faces_over_the_photograph_only_where_it_may_be_shown(client: Client) -> None:
    photo = group_photo()
    before = client.get(photo.get_absolute_url()).content.decode()
    make_row(Lease, photo, photo=photo, effect="allow", scope="use")

    after = client.get(photo.get_absolute_url()).content.decode()

    assert (before.count("<rect"), after.count("<rect"), after.count('role="img"')) == (0, 2, 2)


@pytest.mark.django_db
def test_box_that_moves_moves_the_head() -> None:
    photo = make_photo(is_public=True)
    one = mark(photo, "0.1")
    before = FeedHead.objects.get().seq

    with changes.recording() as record:
        Depiction.objects.filter(pk=one.pk).update(box_x=Decimal("0.3"))
        record.touch(photo)

    assert FeedHead.objects.get().seq == before + 1
