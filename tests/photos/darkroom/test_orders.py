"""Orders for versions: claimed once, tried again, handed in whole, and never for a picture that is gone."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from newsroom import changes
from newsroom.photos import tasks
from newsroom.photos.darkroom import cupboard, orders
from newsroom.photos.darkroom.printing import shapes_of
from newsroom.photos.models import FormerRendition, Lease, Photo, RenditionJob, originals, renditions
from tests import factories as make
from tests.changes.feed import document, head
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
SIZE = {"width": 96, "height": 64}
FILES = len(shapes_of(96, 64))


def held_photo(content: bytes | None = None, **over: Any) -> Photo:
    kept = originals().save("2026/a.jpg", ContentFile(jpeg() if content is None else content))
    return make.make_photo(**{"original": kept, "sha256": "a" * 64, **SIZE, **over})


def ordered(photo: Photo, at: dt.datetime = NOW) -> RenditionJob:
    with changes.recording():
        job = orders.order(photo, at=at)
    assert job is not None
    return job


def replace(photo: Photo, content: bytes) -> None:
    """As an editor would, with another file."""
    photo.original.name, photo.sha256 = originals().save("2026/b.jpg", ContentFile(content)), "b" * 64
    photo.save()


def names(photo: Photo) -> set[str]:
    return {str(one.file) for one in photo.renditions.filter(is_placeholder=False)}


def former(photo: Photo) -> dict[str, dt.datetime]:
    return dict(FormerRendition.objects.filter(photo=photo).values_list("name", "served_until"))


def test_order_is_filled_and_every_file_is_there() -> None:
    photo = held_photo()
    ordered(photo)

    tried = orders.work(lambda: NOW)

    job = RenditionJob.objects.get()
    assert (tried, job.state, job.made, job.wanted, job.attempts) == (1, "done", FILES, FILES, 1)
    assert photo.renditions.count() == FILES
    assert [renditions().size(name) for name in names(photo)] == [
        photo.renditions.get(file=name).size for name in names(photo)
    ]


@pytest.mark.django_db(transaction=True)
def test_versions_are_made_beside_the_request_where_no_worker_runs(settings: Settings) -> None:
    settings.DEVELOPS_IN_THREAD = True

    ordered(held_photo())
    tasks.darkroom.submit(int).result()  # it does one thing after the other

    assert RenditionJob.objects.get().state == "done"


def test_photo_that_is_not_held_orders_nothing() -> None:
    with changes.recording():
        assert orders.order(make.make_photo(), at=NOW) is None

    assert RenditionJob.objects.count() == 0


def test_order_for_what_stands_already_is_none() -> None:
    photo = held_photo()
    ordered(photo)
    orders.work(lambda: NOW)

    job = ordered(photo, NOW + MINUTE)

    assert (job.state, orders.work(lambda: NOW + MINUTE)) == ("done", 0)


@pytest.mark.parametrize("change", [{"alt_text": "Others"}, {"focal_x": "0.1"}, {"sha256": "c" * 64}])
def test_versions_are_made_anew_when_their_words_focus_or_file_change(change: dict[str, str]) -> None:
    photo = held_photo()
    ordered(photo)
    orders.work(lambda: NOW)
    Photo.objects.filter(pk=photo.pk).update(**change)

    job = ordered(photo, NOW + MINUTE)

    assert (job.state, job.attempts, orders.work(lambda: NOW + MINUTE)) == ("waiting", 0, 1)


def test_ready_versions_are_told_to_the_feed() -> None:
    photo = held_photo(is_public=True)
    make.make_row(Lease, photo, photo=photo, effect="allow", scope="syndication")
    ordered(photo)
    before = head()

    orders.work(lambda: NOW)

    told = document(photo)["renditions"]
    assert (head(), {one["contentType"] for one in told}) == (before + 1, {"image/avif", "image/webp", "image/jpeg"})
    assert [(one["width"], one["height"]) for one in told] == [(96, 64)] * 3  # the crops are ours alone


def test_order_is_claimed_once() -> None:
    ordered(held_photo())

    first, second = orders.claim(NOW), orders.claim(NOW)

    assert (first is not None, second) == (True, None)


def test_order_of_a_worker_that_died_is_taken_over_when_its_lease_ends() -> None:
    ordered(held_photo())
    orders.claim(NOW)

    during, after = orders.claim(NOW + orders.LEASE - MINUTE), orders.claim(NOW + orders.LEASE)

    assert during is None
    assert after is not None
    assert after.attempts == 2


def test_worker_that_comes_late_hands_nothing_in() -> None:
    photo = held_photo()
    ordered(photo)
    late = orders.claim(NOW)
    in_time = orders.claim(NOW + orders.LEASE)
    assert late is not None
    assert in_time is not None

    orders.fill(late, clock=lambda: NOW + orders.LEASE)

    assert photo.renditions.count() == 0
    orders.fill(in_time, clock=lambda: NOW + orders.LEASE)
    assert photo.renditions.count() == FILES


def test_picture_that_was_replaced_meanwhile_is_made_of_the_new_file() -> None:
    photo = held_photo()
    ordered(photo)
    claimed = orders.claim(NOW)
    assert claimed is not None
    replace(photo, jpeg(seed=9))
    ordered(photo)

    orders.fill(claimed, clock=lambda: NOW)
    half = photo.renditions.count()
    orders.work(lambda: NOW)

    assert (half, photo.renditions.count(), RenditionJob.objects.get().state) == (0, FILES, "done")


def test_missing_original_is_tried_again_later_and_given_up_in_words(caplog: pytest.LogCaptureFixture) -> None:
    photo = held_photo()
    ordered(photo)
    originals().delete(str(photo.original))
    moments, moment = [], NOW

    for _ in range(orders.MOST_ATTEMPTS):
        assert orders.work(partial(dt.datetime.fromisoformat, moment.isoformat())) == 1
        job = RenditionJob.objects.get()
        moments.append((job.not_before - moment) // MINUTE if job.state == "waiting" else job.state)
        moment = max(moment, job.not_before)

    assert moments == [1, 2, 4, 8, "failed"]
    assert RenditionJob.objects.get().failure.startswith("It failed 5 times, the last time so: ")
    assert orders.work(lambda: moment + orders.LEASE) == 0


def test_picture_that_cannot_be_read_is_given_up_at_once() -> None:
    ordered(held_photo(b"<svg/>"))

    orders.work(lambda: NOW)

    job = RenditionJob.objects.get()
    assert (job.state, job.failure.startswith("This is an SVG drawing")) == ("failed", True)


def test_picture_over_which_workers_die_is_given_up() -> None:
    ordered(held_photo())
    RenditionJob.objects.update(attempts=orders.MOST_ATTEMPTS, state="running")

    assert orders.claim(NOW) is None
    assert RenditionJob.objects.get().state == "failed"


def test_failed_order_is_tried_anew_when_the_photo_is_saved() -> None:
    photo = held_photo()
    ordered(photo)
    RenditionJob.objects.update(state="failed", attempts=5, failure="It broke.")

    job = ordered(photo)

    assert (job.state, job.attempts, job.failure) == ("waiting", 0, "")


def test_replaced_picture_keeps_its_former_versions_until_the_new_are_there() -> None:
    photo = held_photo()
    ordered(photo)
    orders.work(lambda: NOW)
    before = names(photo)

    replace(photo, jpeg(seed=9))
    ordered(photo)
    between = names(photo)
    orders.work(lambda: NOW)

    assert (between, names(photo) & before) == (before, set())
    assert former(photo) == dict.fromkeys(before, NOW + cupboard.GRACE)
    assert all(renditions().exists(name) for name in before)


def test_picture_that_comes_back_is_no_former_one() -> None:
    photo = held_photo()
    for number, content in enumerate((jpeg(), jpeg(seed=9), jpeg())):
        photo.original.name, photo.sha256 = originals().save("2026/c.jpg", ContentFile(content)), str(number) * 64
        photo.save()
        ordered(photo)
        orders.work(lambda: NOW)

    assert set(former(photo)).isdisjoint(names(photo))
    assert len(former(photo)) == FILES


def test_former_versions_are_cleared_when_their_time_is_over(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    photo, twin = held_photo(), held_photo(sha256="d" * 64)
    for one in (photo, twin):
        ordered(one)
    orders.work(lambda: NOW)
    shared = names(photo) & names(twin)
    alone = names(photo) - shared
    replace(photo, jpeg(seed=9))
    ordered(photo)
    orders.work(lambda: NOW)

    early, late = cupboard.clear(NOW), cupboard.clear(NOW + cupboard.GRACE)

    assert (early, late) == (0, len(alone | shared))
    assert [renditions().exists(name) for name in sorted(alone)] == [False] * len(alone)
    assert [renditions().exists(name) for name in sorted(shared)] == [True] * len(shared)
    assert cupboard.clear(NOW + cupboard.GRACE) == 0


def test_original_that_is_taken_out_leaves_nothing_public(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    photo = held_photo(is_public=True)
    ordered(photo)
    orders.work(lambda: NOW)
    gone = names(photo)

    with django_capture_on_commit_callbacks(execute=True), changes.recording():
        orders.take_down(photo, at=NOW)

    assert (photo.renditions.count(), RenditionJob.objects.count()) == (0, 0)
    assert former(photo) == dict.fromkeys(gone, NOW)
    assert [renditions().exists(name) for name in sorted(gone)] == [False] * len(gone)


def test_command_looks_at_every_held_photo_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    photo = held_photo()
    make.make_photo()

    call_command("process_photos")
    call_command("process_photos", "--all")

    assert capsys.readouterr().out == "0 photos processed\n1 photos processed\n"
    assert photo.renditions.count() == FILES
