"""What the public sees of a photo: its caption always, its picture only where a lease allows it."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from newsroom import changes, search
from newsroom.models import Change
from newsroom.photos.documents import with_all
from newsroom.photos.models import Depiction, Lease, Photo, Rendition
from tests import factories
from tests.changes.feed import document, entry, head
from tests.factories import make_row

pytestmark = pytest.mark.django_db

HELD: dict[str, Any] = {"original": "2026/a.jpg", "width": 1600, "height": 1200}


def add_rendition(photo: Photo, **over: Any) -> Rendition:
    size = {"format": "WEBP", "width": 800, "height": 600, "size": 9000, "file": "photos/a.webp"}
    return make_row(Rendition, photo, photo=photo, **{**size, **over})


def allow(photo: Photo, scope: str) -> None:
    make_row(Lease, photo, photo=photo, effect="allow", scope=scope)


def test_document_of_a_caption_without_a_picture_is_complete() -> None:
    person = factories.make_person(is_public=True, slug="doe", family_name="Doe", given_name="Kim")
    event = factories.make_event(is_public=True, slug="congress", name="Congress")
    photo = factories.make_photo(
        is_public=True, description="Doe waves.", credit_line="Asia Daily", taken_on="2025-12-09", event=event
    )
    make_row(
        Depiction,
        photo,
        photo=photo,
        person=person,
        row="front",
        row_is_inferred=True,
        place_from_left=5,
        name_as_printed="K. Doe",
        title_as_printed="President",
    )

    assert document(photo) == {
        "id": str(photo.uuid),
        "type": "photo",
        "url": f"http://testserver/photos/{photo.uuid}/",
        "headline": "",
        "caption": "Doe waves.",
        "is_name_label": False,
        "alt_text": "",
        "alt_text_ko": "",
        "photographer": None,
        "credit_line": "Asia Daily",
        "copyright_notice": "",
        "usage_terms": "",
        "rights": "unknown",
        "data_mining": "unspecified",
        "taken_on": {"edtf": "2025-12-09", "earliest": "2025-12-09", "latest": "2025-12-09"},
        "place": "",
        "event": {
            "id": str(event.uuid),
            "type": "event",
            "name": "Congress",
            "url": "http://testserver/events/congress/",
        },
        "is_file_picture": False,
        "people": [
            {
                "person": {
                    "id": str(person.uuid),
                    "type": "person",
                    "name": "Doe Kim",
                    "url": "http://testserver/people/doe/",
                },
                "name_as_printed": "K. Doe",
                "title_as_printed": "President",
                "row": "front",
                "row_is_inferred": True,
                "place_from_left": 5,
                "where": "Front row, fifth from left",
                "is_portrait": False,
            }
        ],
        "organisations": [],
        "source": None,
        "renditions": [],
        "withheld": [{"what": "renditions", "reason": "not-held"}],
        "on_our_pages": False,
    }


def test_picture_that_is_held_without_a_right_is_withheld() -> None:
    photo = factories.make_photo(is_public=True, **HELD)
    add_rendition(photo)
    allow(photo, "use")

    found = document(photo)

    assert (found["renditions"], found["withheld"]) == ([], [{"what": "renditions", "reason": "rights"}])
    assert found["on_our_pages"] is True


@pytest.mark.parametrize("missing", ["original", "version", "lease"])
def test_picture_is_on_our_pages_only_where_it_is_held_cleared_and_ready(missing: str) -> None:
    photo = factories.make_photo(is_public=True, **({} if missing == "original" else HELD))
    add_rendition(photo, is_placeholder=missing == "version")
    if missing != "lease":
        allow(photo, "use")

    assert document(photo)["on_our_pages"] is False


def test_clearance_moves_the_head_before_any_version_is_ready() -> None:
    photo = factories.make_photo(is_public=True, **HELD)
    before = head()

    allow(photo, "use")

    assert (document(photo)["on_our_pages"], head()) == (False, before + 1)


def test_picture_that_may_be_passed_on_is_given_with_its_size() -> None:
    photo = factories.make_photo(is_public=True, **HELD)
    add_rendition(photo)
    allow(photo, "syndication")

    found = document(photo)

    assert found["renditions"] == [
        {
            "href": f"http://testserver/api/v1/photos/{photo.uuid}/renditions/photos/a.webp",
            "width": 800,
            "height": 600,
            "contentType": "image/webp",
            "sizeInBytes": 9000,
        }
    ]
    assert (found["withheld"], found["on_our_pages"]) == ([], False)


def test_placeholder_is_never_given_to_partners_and_moves_the_head() -> None:
    photo = factories.make_photo(is_public=True)
    allow(photo, "syndication")
    before = head()

    add_rendition(photo, is_placeholder=True)

    assert document(photo)["renditions"] == []
    assert head() == before + 1


def test_what_pages_show_beside_the_document_moves_the_head_and_stays_out_of_it() -> None:
    photo = factories.make_photo(is_public=True)
    before, first = head(), entry(photo)

    with changes.recording() as record:
        record.touch(photo)
        Photo.objects.update(focal_x="0.125")

    assert (head(), entry(photo).document) == (before + 1, first.document)
    assert entry(photo).digest != first.digest


def test_hidden_photo_leaves_nothing_of_what_stands_beside() -> None:
    photo = factories.make_photo()
    before = head()

    add_rendition(photo)

    assert (head(), Change.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("event", "is_named"),
    [
        ({"is_public": True}, True),
        ({"is_public": False}, False),
        ({"is_public": True, "attribution": "chatham-house"}, False),
    ],
)
def test_photo_names_its_event_where_that_is_public(event: dict[str, Any], is_named: bool) -> None:
    photo = factories.make_photo(is_public=True, event=factories.make_event(name="Congress", **event))

    assert bool(document(photo)["event"]) is is_named
    assert search.counts("Congress").get("photo", 0) == int(is_named)


@pytest.mark.parametrize("words", ["waves", "hall", "doe", "president", "daily"])
def test_photo_is_found_by_what_its_page_says(words: str) -> None:
    person = factories.make_person(family_name="Doe", given_name="Kim")
    photo = factories.make_photo(
        is_public=True, description="Somebody waves.", place="Great hall", credit_line="Asia Daily"
    )
    make_row(Depiction, photo, photo=photo, person=person, title_as_printed="President")

    assert search.counts(words) == {"photo": 1}


def test_people_are_told_in_the_desks_order() -> None:
    photo = factories.make_photo(is_public=True)
    people = [factories.make_person(family_name=name, given_name="") for name in ("Third", "First", "Second")]
    for order, person in zip((3, 1, 2), people, strict=True):
        make_row(Depiction, photo, photo=photo, person=person, order=order)

    assert [one["person"]["name"] for one in document(photo)["people"]] == ["First", "Second", "Third"]


def test_next_turn_of_the_leases_is_due() -> None:
    now = dt.datetime.now(dt.UTC)
    photo = factories.make_photo(is_public=True)
    moments = [now + dt.timedelta(days=days) for days in (-1, 2, 3, 5)]
    make_row(Lease, photo, photo=photo, effect="allow", scope="use", starts_at=moments[0], ends_at=moments[3])
    make_row(Lease, photo, photo=photo, effect="deny", scope="use", starts_at=moments[1], ends_at=moments[2])

    assert changes.head().due_at == moments[1]


@pytest.mark.parametrize("number", [1, 3])
def test_everything_of_photos_is_read_in_a_fixed_number_of_queries(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(number):
        photo = factories.make_photo(is_public=True)
        make_row(Depiction, photo, photo=photo, person=factories.make_person())

    with django_assert_num_queries(5):
        photos = list(with_all(Photo.objects.all()))

    assert len(photos) == number
