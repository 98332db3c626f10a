"""Pictures for the public, and the rights that are asked for each time."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from newsroom.photos.models import FormerRendition, Photo, Rendition, renditions
from tests import factories as make

pytestmark = pytest.mark.django_db

PIXELS = b"RIFF....WEBP"
NAME = "0a1b2c3d4e" * 4
HOUR = dt.timedelta(hours=1)
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def rendition_of(photo: Photo, name: str = f"{NAME}.webp", **over: Any) -> str:
    """Its address."""
    kept = renditions().save(name, ContentFile(PIXELS))
    facts = {"format": "WEBP", "width": 640, "height": 427, "size": len(PIXELS), **over}
    make.make_row(Rendition, photo, photo=photo, file=kept, **facts)
    return f"/media/{kept}"


def lease(photo: Photo, **over: Any) -> None:
    make.make_row(type(photo.leases.model()), photo, photo=photo, **{"effect": "allow", "scope": "use", **over})


@pytest.mark.parametrize(
    ("extension", "content_type"), [("webp", "image/webp"), ("jpg", "image/jpeg"), ("avif", "image/avif")]
)
def test_picture_is_served_as_what_its_name_says_and_nothing_else(
    client: Client, extension: str, content_type: str
) -> None:
    address = rendition_of(make.make_photo(is_public=True), f"{NAME}.{extension}", is_placeholder=True)

    answer = client.get(address)

    assert (answer.status_code, answer.getvalue()) == (200, PIXELS)
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_photograph_is_kept_by_browsers_and_asked_for_again_by_what_serves_many(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo)

    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"{NAME}"'})

    assert (first.status_code, first.getvalue(), again.status_code, again.content) == (200, PIXELS, 304, b"")
    marks = [(one.headers["ETag"], one.headers["Cache-Control"]) for one in (first, again)]
    assert marks == [(f'"{NAME}"', "public, max-age=31536000, s-maxage=0, immutable")] * 2


@pytest.mark.parametrize(
    "turns",
    [
        [{"ends_at": NOW + HOUR}],
        [{}, {"effect": "deny", "starts_at": NOW + HOUR}],
        [{"ends_at": NOW + HOUR}, {"ends_at": NOW + 2 * HOUR}, {"starts_at": NOW + 3 * HOUR}],
    ],
)
def test_photograph_is_kept_no_longer_than_its_leases_stay_as_they_are(
    client: Client, turns: list[dict[str, Any]]
) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    for turn in turns:
        lease(photo, **turn)

    with time_machine.travel(NOW, tick=False):
        answer = client.get(address)

    kept = answer.headers["Cache-Control"]
    assert (answer.getvalue(), kept) == (PIXELS, "public, max-age=3600, s-maxage=0, immutable")


def test_photograph_that_was_denied_is_gone_for_those_who_keep_it_too(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo)
    known = client.get(address)
    assert known.getvalue() == PIXELS

    lease(photo, effect="deny")

    gone = client.get(address, headers={"If-None-Match": known.headers["ETag"]})
    assert (gone.status_code, gone.headers["Cache-Control"]) == (410, "no-store")
    assert gone.content == b"This picture is no longer available."


def test_placeholder_goes_when_its_photo_is_hidden(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo, is_placeholder=True)
    Photo.objects.filter(pk=photo.pk).update(is_public=False)

    assert client.get(address).status_code == 410


def test_picture_of_a_photo_that_never_was_public_is_not_even_gone(client: Client) -> None:
    photo = make.make_photo()
    address = rendition_of(photo)
    lease(photo)

    assert client.get(address).status_code == 404


def test_picture_needs_a_lease_for_our_pages(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo, scope="syndication")
    without = client.get(address).status_code

    lease(photo)

    assert (without, client.get(address).getvalue()) == (410, PIXELS)


@pytest.mark.parametrize(
    "ending",
    [
        {"ends_at": -HOUR},
        {"starts_at": HOUR},
    ],
)
def test_picture_is_not_served_outside_its_lease(client: Client, ending: dict[str, dt.timedelta]) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo, **{name: timezone.now() + distance for name, distance in ending.items()})

    assert client.get(address).status_code == 410


def test_refusal_is_stronger_than_a_lease(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo)
    lease(photo, effect="deny")

    assert client.get(address).status_code == 410


def former_rendition_of(photo: Photo, until: dt.timedelta) -> str:
    """The address of a version that was replaced; its file is still there."""
    kept = renditions().save(f"{NAME}.webp", ContentFile(PIXELS))
    served_until = timezone.now() + until
    make.make_row(FormerRendition, photo, photo=photo, name=kept, served_until=served_until)
    return f"/media/{kept}"


def test_replaced_version_is_served_to_open_pages_for_a_while(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    address = former_rendition_of(photo, HOUR)
    lease(photo)

    assert client.get(address).getvalue() == PIXELS


@pytest.mark.parametrize(("until", "allowed"), [(-HOUR, True), (HOUR, False)])
def test_replaced_version_is_gone_with_its_time_and_with_its_right(
    client: Client, until: dt.timedelta, allowed: bool
) -> None:
    photo = make.make_photo(is_public=True)
    address = former_rendition_of(photo, until)
    lease(photo, effect="allow" if allowed else "deny")

    assert client.get(address).status_code == 410


def test_picture_that_two_photos_hold_is_served_while_one_of_them_may(client: Client) -> None:
    denied, allowed = make.make_photo(is_public=True), make.make_photo(is_public=True)
    address = rendition_of(denied)
    name = address.removeprefix("/media/")
    facts = {"format": "WEBP", "width": 640, "height": 427, "size": len(PIXELS)}
    make.make_row(Rendition, allowed, photo=allowed, file=name, **facts)
    lease(allowed)

    assert client.get(address).getvalue() == PIXELS


def test_file_of_another_type_is_never_served(client: Client) -> None:
    address = rendition_of(make.make_photo(is_public=True), f"{NAME}.svg", is_placeholder=True)

    assert client.get(address).status_code == 404


def test_file_that_no_record_names_is_not_served(client: Client) -> None:
    kept = renditions().save(f"{NAME}.webp", ContentFile(PIXELS))

    assert client.get(f"/media/{kept}").status_code == 404


def test_record_whose_file_is_gone_is_not_found(client: Client) -> None:
    address = rendition_of(make.make_photo(is_public=True), is_placeholder=True)
    renditions().delete(address.removeprefix("/media/"))

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("name", ["%00.webp", "a%00b.jpg", f"{NAME}%00.avif", f"{NAME}.webp%0A", f"x/{NAME}.webp"])
def test_name_that_no_picture_can_have_is_not_even_looked_up(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, name: str
) -> None:
    with django_assert_num_queries(0):
        assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "path", ["../private/a.webp", "%2e%2e/%2e%2e/a.webp", "/etc/passwd.webp", "a.webp%00", "a/../b.webp", "%ff.webp"]
)
def test_way_out_of_the_folder_leads_nowhere(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_picture_is_read_only(client: Client) -> None:
    assert client.post(rendition_of(make.make_photo(is_public=True), is_placeholder=True)).status_code == 405


def test_rights_cost_one_query(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    photo = make.make_photo(is_public=True)
    address = rendition_of(photo)
    lease(photo)

    with django_assert_num_queries(1):
        assert client.get(address).getvalue() == PIXELS
