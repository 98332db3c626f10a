"""What the photo desk's records refuse, and which pictures may be used and passed on when."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db.models import ProtectedError

from newsroom.photos.models import Depiction, Lease, Photo, Rendition, original_name
from tests import factories
from tests.factories import refuses

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
INSTANT = dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("leases", "allowed"),
    [
        ([], False),
        (["allow use"], True),
        (["deny use"], False),
        (["allow use", "deny use"], False),
        (["deny use", "allow use"], False),
        (["allow syndication"], False),
        (["allow use", "deny syndication"], True),
        (["allow use", "allow use"], True),
        (["allow use past"], False),
        (["allow use coming"], False),
        (["allow use running"], True),
        (["allow use", "deny use past"], True),
        (["allow use", "deny use coming"], True),
        (["allow use", "deny use running"], False),
        (["allow use past", "allow use coming"], False),
    ],
)
@pytest.mark.parametrize("scope", ["use", "syndication"])
def test_picture_is_allowed_where_a_lease_allows_and_none_denies(leases: list[str], allowed: bool, scope: str) -> None:
    """Asked of the photo and of the table; with the scopes exchanged, the same holds for the other one."""
    spans = {
        "past": {"starts_at": NOW - 2 * HOUR, "ends_at": NOW},
        "coming": {"starts_at": NOW + INSTANT, "ends_at": NOW + HOUR},
        "running": {"starts_at": NOW, "ends_at": NOW + INSTANT},
    }
    other = {"use": "syndication", "syndication": "use"}
    photo = factories.make_photo()
    for words in leases:
        effect, leased, *span = words.split()
        leased = leased if scope == "use" else other[leased]
        Lease.objects.create(photo=photo, effect=effect, scope=leased, **(spans[span[0]] if span else {}))

    ask = {"use": Photo.objects.usable, "syndication": Photo.objects.syndicable}[scope]

    assert (photo.may_be(scope, NOW), ask(NOW).exists()) == (allowed, allowed)


def test_lease_of_one_photo_says_nothing_of_another() -> None:
    allowed, denied = factories.make_photo(), factories.make_photo()
    for photo, effect in ((allowed, "allow"), (denied, "allow"), (denied, "deny")):
        Lease.objects.create(photo=photo, effect=effect, scope="use")

    assert list(Photo.objects.usable(NOW)) == [allowed]


def test_lease_cannot_end_before_it_starts_or_as_it_starts() -> None:
    photo = factories.make_photo()
    spans = [(NOW, NOW - HOUR), (NOW, NOW), (NOW, NOW + INSTANT), (None, NOW), (NOW, None)]

    refused = [
        refuses(Lease, photo=photo, effect="allow", scope="use", starts_at=start, ends_at=end) for start, end in spans
    ]

    assert refused == [True, True, False, False, False]


def test_person_is_depicted_once_in_a_photo() -> None:
    photo, person = factories.make_photo(), factories.make_person()

    assert [refuses(Depiction, photo=photo, person=person) for _ in range(2)] == [False, True]


def test_two_people_cannot_stand_at_one_place() -> None:
    photo = factories.make_photo()
    places: list[dict[str, Any]] = [
        {"row": "front", "place_from_left": 5},
        {"row": "front", "place_from_left": 5},
        {"row": "second", "place_from_left": 5},
        {"row": "front"},
        {"row": "front"},
    ]

    refused = [refuses(Depiction, photo=photo, person=factories.make_person(), **place) for place in places]

    assert refused == [False, True, False, False, False]


@pytest.mark.parametrize("place", [0, 100])
def test_place_from_the_left_is_one_that_can_be_counted(place: int) -> None:
    depiction = Depiction(photo=factories.make_photo(), person=factories.make_person(), place_from_left=place)

    with pytest.raises(ValidationError) as refused:
        depiction.full_clean()

    assert list(refused.value.message_dict) == ["place_from_left"]


def test_person_in_a_photo_cannot_be_deleted() -> None:
    person = factories.make_person()
    Depiction.objects.create(photo=factories.make_photo(), person=person)

    with pytest.raises(ProtectedError):
        person.delete()


def test_rendition_stands_once_for_each_format_and_width() -> None:
    photo = factories.make_photo()
    size = {"photo": photo, "height": 6, "size": 9, "file": "a.webp"}
    shapes = [("WEBP", 8, False), ("WEBP", 8, False), ("AVIF", 8, False), ("WEBP", 16, False), ("WEBP", 8, True)]

    refused = [
        refuses(Rendition, format=kind, width=width, is_placeholder=drawn, **size) for kind, width, drawn in shapes
    ]

    assert refused == [False, True, False, False, False]


def test_photo_is_called_by_its_headline_or_the_beginning_of_its_caption_or_its_slug() -> None:
    assert str(Photo(headline="A wave", description="Somebody waves.")) == "A wave"
    assert str(Photo(slug="photo-1a2b")) == "photo-1a2b"
    assert str(Photo(description="word " * 40)) == f"{('word ' * 16).strip()[:79]}…"


def test_photo_without_an_original_is_not_held() -> None:
    assert (Photo().is_held, Photo(original="2026/a.jpg", width=8, height=6).is_held) == (False, True)


def test_original_gets_a_name_that_nobody_can_guess() -> None:
    names = [original_name(Photo(), "../../Press Photo.JPEG") for _ in range(2)]

    assert names[0] != names[1]
    assert all(len(name.rsplit("/", 1)[1]) == 32 + len(".jpeg") and ".." not in name for name in names)


def test_originals_and_renditions_never_share_a_place() -> None:
    name = storages["originals"].save("a.txt", ContentFile(b"secret"))

    assert (storages["originals"].exists(name), storages["default"].exists(name)) == (True, False)


def test_address_of_a_photo_is_its_public_id() -> None:
    photo = factories.make_photo()

    assert photo.get_absolute_url() == f"/photos/{photo.uuid}/"
