"""Files that no record holds any more go; every other stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from newsroom import changes, trash
from newsroom.photos import filing
from newsroom.photos.darkroom import cupboard, orders, sweeping
from newsroom.photos.models import Depiction, FormerRendition, Lease, Photo, RenditionJob, originals, renditions
from newsroom.website import cards
from newsroom.website.pictures import with_pictures
from tests import factories as make
from tests.photos.pictures import jpeg

NAME = "0a1b2c3d4e" * 4
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def tomorrow() -> dt.datetime:
    return timezone.now() + sweeping.YOUNG + dt.timedelta(minutes=1)


def files() -> set[str]:
    """Under both roots."""
    roots = (Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_MEDIA_ROOT))
    return {str(path) for root in roots for path in root.rglob("*") if path.is_file()}


def shown_photo() -> Photo:
    """Public and cleared, with its original and its versions."""
    photo = filing.file_upload(jpeg(620, 400), by=None, at=NOW).photo
    orders.work(lambda: NOW)
    with changes.recording() as record:
        Photo.objects.filter(pk=photo.pk).update(is_public=True, description="A hall.")
        Lease.objects.create(photo=photo, effect="allow", scope="use")
        record.touch(photo)
    return Photo.objects.get(pk=photo.pk)


def card_of(photo: Photo) -> str:
    return cards.of_photo(with_pictures(Photo.objects.filter(pk=photo.pk)).get(), timezone.now()).path


def found_at(client: Client, *addresses: str) -> set[int]:
    """The status of each; the files are read, so that they are closed."""
    answers = [client.get(address) for address in addresses]
    return {answer.status_code for answer in answers if answer.getvalue() is not None}


@pytest.mark.django_db
def test_file_that_nothing_holds_is_swept_a_day_later() -> None:
    kept = [
        renditions().save(f"{NAME}.webp", ContentFile(b"x")),
        originals().save(f"2026/03/{NAME[:32]}.jpg", ContentFile(b"x")),
    ]

    found = [sweeping.sweep(at) for at in (timezone.now(), tomorrow(), tomorrow())]

    assert (len(kept), found, files()) == (2, [0, 2, 0], set())


@pytest.mark.django_db
def test_file_of_a_photo_stays_and_so_does_what_we_did_not_name(client: Client) -> None:
    photo = shown_photo()
    assert client.get(card_of(photo)).status_code == 200
    for name in ("favicon.ico", f"{NAME}.webp.part", "notes/2026.txt"):
        renditions().save(name, ContentFile(b"x"))
    FormerRendition.objects.create(
        photo=photo, name=renditions().save(f"{NAME}.webp", ContentFile(b"x")), served_until=NOW
    )
    before = files()

    swept = sweeping.sweep(tomorrow())

    assert (swept, files()) == (0, before)


@pytest.mark.django_db
def test_nothing_is_swept_from_under_a_worker() -> None:
    photo = make.make_photo(original="2026/a.jpg", sha256="a" * 64, width=9, height=6)
    make.make_row(RenditionJob, photo, photo=photo, state="running", digest="x", not_before=NOW)
    renditions().save(f"{NAME}.webp", ContentFile(b"x"))

    assert sweeping.sweep(tomorrow()) == 0


@pytest.mark.django_db(transaction=True)
def test_photo_that_is_deleted_for_good_leaves_no_file(client: Client) -> None:
    photo = shown_photo()
    make.make_row(Depiction, photo, photo=photo, person=make.make_person())
    FormerRendition.objects.create(
        photo=photo, name=renditions().save(f"{NAME}.webp", ContentFile(b"x")), served_until=tomorrow()
    )
    assert client.get(card_of(photo)).status_code == 200
    before = len(files())

    trash.discard(photo, by=make.make_user("Chief editor"), at=timezone.now())
    trash.purge(Photo.objects.get(pk=photo.pk), by=make.make_user("Administrator"), at=timezone.now())

    assert (before > 5, files(), Photo.objects.count()) == (True, set(), 0)


@pytest.mark.django_db(transaction=True)
def test_picture_that_is_taken_out_leaves_no_file_and_no_address(client: Client) -> None:
    photo = shown_photo()
    card = card_of(photo)
    versions = [f"/media/{one.file}" for one in photo.renditions.all()]
    assert found_at(client, card, *versions) == {200}

    with changes.recording() as record:
        filing.take_out(photo, at=timezone.now())
        record.touch(photo)

    assert (files(), found_at(client, card, *versions)) == (set(), {410})


@pytest.mark.django_db
def test_cards_of_what_is_no_longer_public_are_swept(client: Client) -> None:
    photo, house = shown_photo(), cards.of_house()
    for path in (card_of(photo), house.path):
        assert client.get(path).status_code == 200
    with changes.recording() as record:
        Photo.objects.filter(pk=photo.pk).update(is_public=False)
        record.touch(photo)

    swept = sweeping.sweep(tomorrow())

    kept = [path.name for path in (Path(settings.MEDIA_ROOT) / cupboard.CARDS).rglob("*.*")]
    assert (swept, kept) == (1, [f"en-{house.name}"])
