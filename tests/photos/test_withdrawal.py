"""A right that ends: every address of the picture is gone at that moment, and partners are told."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.partners.models import Package
from newsroom.photos import filing
from newsroom.photos.darkroom import cupboard, orders
from newsroom.photos.intake import examine
from newsroom.photos.models import Lease, Photo
from tests import factories as make
from tests.partners.conftest import Api, client_of, make_package, make_partner
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def everything(db: None) -> Package:
    return make_package(kinds=[kind.name for kind in changes.kinds()], has_pictures=True)


@pytest.fixture
def photo() -> Photo:
    """Public, held, with its versions, and for an hour in everybody's use; the lead of a story."""
    with time_machine.travel(NOW - HOUR, tick=False):
        found = filing.file_upload(jpeg(640, 400), by=None, at=NOW - HOUR).photo
        orders.work(timezone.now)
        with changes.recording() as record:
            Photo.objects.filter(pk=found.pk).update(is_public=True, description="A hall.")
            for scope in Lease.Scope.values:
                Lease.objects.create(photo=found, effect="allow", scope=scope, ends_at=NOW + HOUR)
            record.touch(found)
        story = make.make_article(slug="hall")
        story.photo_uses.create(photo=found, is_lead=True)
        workflow.publish(story, by=None, at=timezone.now())
    return Photo.objects.get(pk=found.pk)


def addresses_on(client: Client, path: str) -> set[str]:
    """Every picture that the page names: its sizes, its formats, its card."""
    page = client.get(path).content.decode()
    return {part for part in page.replace('"', " ").replace(",", " ").split() if "/media/" in part}


def pictures_on(client: Client) -> set[str]:
    """Those that the story shows; its card is not seen on the page."""
    return {one for one in addresses_on(client, "/articles/hall/") if "/media/cards/" not in one}


def statuses(client: Client, addresses: set[str]) -> set[int]:
    answers = [client.get(urlsplit(address).path) for address in addresses]
    return {answer.status_code for answer in answers if answer.getvalue() is not None}


def deny(photo: Photo) -> None:
    with changes.recording() as record:
        for scope in Lease.Scope.values:
            Lease.objects.create(photo=photo, effect="deny", scope=scope)
        record.touch(photo)


def hide(photo: Photo) -> None:
    with changes.recording() as record:
        Photo.objects.filter(pk=photo.pk).update(is_public=False)
        record.touch(photo)


def take_out(photo: Photo) -> None:
    with changes.recording() as record:
        filing.take_out(photo, at=timezone.now())
        record.touch(photo)


def replace(photo: Photo) -> None:
    content, former = jpeg(640, 400, seed=2), photo.original.name or ""
    with filing.stored(content, examine(content)) as original, changes.recording() as record:
        filing.hold(photo, original)
        photo.save()
        filing.settle(photo, original, former=former, at=timezone.now())
        record.touch(photo)
    orders.work(timezone.now)


@pytest.mark.parametrize("withdraw", [deny, hide, take_out])
def test_every_address_of_a_withdrawn_picture_is_gone_at_once(
    client: Client, photo: Photo, everything: Package, withdraw: Any
) -> None:
    with time_machine.travel(NOW, tick=False):
        partner = client_of(make_partner(everything))
        hrefs = {one["href"] for one in partner.get(f"/api/v1/photos/{photo.uuid}/").json()["renditions"]}
        addresses = addresses_on(client, "/articles/hall/") | addresses_on(client, photo.get_absolute_url())
        before = statuses(client, addresses), statuses(partner, hrefs)

        withdraw(photo)

        after = statuses(client, addresses), statuses(partner, hrefs)
        left = pictures_on(client)

    assert (len(addresses) > 4, before, after, left) == (True, ({200}, {200}), ({410}, {410}), set())


def test_end_of_a_lease_needs_no_worker_and_is_told_by_the_next_tick(
    client: Client, photo: Photo, everything: Package
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        api = Api.of(make_partner(everything))
        addresses = addresses_on(client, photo.get_absolute_url())
        _found, cursor = api.follow(types="photo")
        clock.move_to(NOW + HOUR)

        gone = statuses(client, addresses)
        changes.tick(timezone.now())

        (entry,) = api.follow(cursor, types="photo")[0]
    told = entry["object"]
    assert (gone, entry["op"], told["renditions"], told["withheld"]) == (
        {410},
        "upsert",
        [],
        [{"what": "renditions", "reason": "rights"}],
    )


def test_partner_is_told_to_remove_a_photo_that_is_hidden(photo: Photo, everything: Package) -> None:
    with time_machine.travel(NOW, tick=False):
        api = Api.of(make_partner(everything))
        _found, cursor = api.follow(types="photo")

        hide(photo)

        (entry,) = api.follow(cursor, types="photo")[0]
    assert (entry["op"], entry["must_remove"], entry["object"]) == ("remove", True, None)


def test_replaced_picture_stays_with_the_pages_and_partners_that_have_it(
    client: Client, photo: Photo, everything: Package
) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        partner = client_of(make_partner(everything))
        hrefs = {one["href"] for one in partner.get(f"/api/v1/photos/{photo.uuid}/").json()["renditions"]}
        shown = pictures_on(client)
        replace(photo)
        now_shown = pictures_on(client)
        at_once = statuses(client, shown | now_shown), statuses(partner, hrefs)
        Lease.objects.update(ends_at=None)
        clock.shift(cupboard.GRACE)
        cupboard.clear(timezone.now())
        later = statuses(client, shown), statuses(partner, hrefs), statuses(client, now_shown)

    assert (shown & now_shown, at_once, later) == (set(), ({200}, {200}), ({410}, {410}, {200}))
