"""The original on a photo's page at the desk: judged before the database is held, and never shown to all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from newsroom.models import User
from newsroom.photos import filing
from newsroom.photos.darkroom import orders
from newsroom.photos.models import Intake, Photo, RenditionJob, renditions
from tests.desk.pages import as_sent, complaints
from tests.factories import make_person, make_photo
from tests.photos.embedded.test_facts import alt, bag, xmp
from tests.photos.pictures import jpeg
from tests.photos.test_filing import NOW, kept_files
from tests.photos.watching import WatchingStorage

pytestmark = pytest.mark.django_db


def change(photo: Photo) -> str:
    return reverse("admin:photos_photo_change", args=[photo.pk])


def send(client: Client, photo: Photo, content: bytes, **typed: Any) -> Any:
    sent = as_sent(client.get(change(photo)), **typed)
    return client.post(change(photo), {**sent, "original": SimpleUploadedFile("holiday.jpg", content)})


def may_see_originals(user: User) -> None:
    user.user_permissions.add(Permission.objects.get(codename="see_original_photo"))


def test_file_that_is_refused_says_why_and_keeps_what_was_typed(photo_editor_client: Client) -> None:
    page = send(photo_editor_client, make_photo(), b"<svg/>", place="Busan")

    words = "This is an SVG drawing or a web page, which may carry programs: export it as PNG."
    assert complaints(page) == [words]
    assert as_sent(page)["place"] == ["Busan"]
    assert kept_files() == []


def test_picture_of_another_photo_is_recognised(photo_editor_client: Client) -> None:
    """Not so the very file that this photo holds already."""
    held = make_photo(slug="held")
    send(photo_editor_client, held, jpeg())

    page = send(photo_editor_client, make_photo(slug="another"), jpeg(), place="Busan")
    again = send(photo_editor_client, held, jpeg())

    assert complaints(page) == [f'This very picture is filed already. <a href="{change(held)}">{held}</a>']
    assert (as_sent(page)["place"], again.status_code) == (["Busan"], 302)


def test_file_goes_again_when_the_form_is_refused_for_another_reason(photo_editor_client: Client) -> None:
    page = send(photo_editor_client, make_photo(), jpeg(), focal_x="7")

    assert (len(complaints(page)), kept_files()) == (1, [])


def test_picture_is_read_and_stored_before_the_database_is_held(
    photo_editor_client: Client, settings: Settings
) -> None:
    watched = {**settings.STORAGES["originals"], "BACKEND": "tests.photos.watching.WatchingStorage"}
    settings.STORAGES = {**settings.STORAGES, "originals": watched}
    WatchingStorage.held.clear()
    photo = make_photo()

    send(photo_editor_client, photo, jpeg())
    photo_editor_client.post("/admin/photos/photo/upload/one/", {"file": SimpleUploadedFile("b.jpg", jpeg(seed=5))})

    photo.refresh_from_db()
    assert (photo.is_held, Photo.objects.count(), WatchingStorage.held) == (True, 2, [False, False])


def test_what_the_file_says_fills_what_is_empty(photo_editor_client: Client) -> None:
    person = make_person(family_name="Doe", given_name="Kim")
    photo = make_photo(description="Ours.")
    packet = xmp(
        alt("dc:description", **{"x-default": "Theirs."}) + bag("e:PersonInImage", "Kim Doe"),
        'photoshop:Headline="A wave"',
    )

    send(photo_editor_client, photo, jpeg(xmp=packet))

    photo.refresh_from_db()
    assert (photo.headline, photo.description) == ("A wave", "Ours.")
    assert [one.person for one in photo.depictions.all()] == [person]


def test_replaced_file_leaves_storage_and_has_its_versions_made(
    photo_editor_client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    photo = make_photo()
    send(photo_editor_client, photo, jpeg())
    first = RenditionJob.objects.get().digest

    with django_capture_on_commit_callbacks(execute=True):
        send(photo_editor_client, photo, jpeg(seed=9))

    job = RenditionJob.objects.get()
    assert (job.digest != first, job.state, [path.read_bytes() for path in kept_files()]) == (
        True,
        "done",
        [jpeg(seed=9)],
    )


def test_versions_are_ordered_anew_when_their_words_change(photo_editor_client: Client) -> None:
    photo = make_photo()
    send(photo_editor_client, photo, jpeg())
    RenditionJob.objects.update(state="done")
    page = photo_editor_client.get(change(photo))
    photo_editor_client.post(change(photo), as_sent(page))
    unchanged = RenditionJob.objects.get().state

    page = photo_editor_client.get(change(photo))
    photo_editor_client.post(change(photo), as_sent(page, alt_text="Two people"))

    assert (unchanged, RenditionJob.objects.get().state) == ("done", "waiting")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "waiting"}, "The versions for readers wait to be made."),
        ({"state": "running", "made": 3, "wanted": 9}, "3 of 9 versions for readers are made."),
        ({"state": "done", "made": 9, "wanted": 9}, "All 9 versions for readers are ready."),
        (
            {"state": "failed", "failure": "It broke."},
            "The versions for readers could not be made: It broke. Save the photo to try again.",
        ),
    ],
)
def test_page_says_how_far_the_versions_are(photo_editor_client: Client, facts: dict[str, Any], words: str) -> None:
    photo = filing.file_upload(jpeg(), by=None, at=NOW).photo
    RenditionJob.objects.update(**facts)

    page = photo_editor_client.get(change(photo)).content.decode()

    assert f"96 × 64 pixels; a new file takes its place. {words}" in page


def test_what_the_file_says_is_for_those_who_may_see_originals(
    photo_editor: User, photo_editor_client: Client, reporter_client: Client
) -> None:
    packet = xmp("", 'photoshop:Instructions="SECRET embargo"')
    photo = filing.file_upload(jpeg(xmp=packet), by=photo_editor, at=NOW).photo
    may_see_originals(photo_editor)

    clients = (photo_editor_client, reporter_client)
    seen = ["SECRET embargo" in one.get(change(photo)).content.decode() for one in clients]

    assert seen == [True, False]


def test_page_says_what_differs_and_who_is_not_marked(photo_editor: User, photo_editor_client: Client) -> None:
    may_see_originals(photo_editor)
    packet = xmp(bag("e:PersonInImage", "Nobody Known"), 'photoshop:Headline="Theirs"')
    photo = filing.file_upload(jpeg(xmp=packet), by=photo_editor, at=NOW).photo
    Photo.objects.filter(pk=photo.pk).update(headline="Ours")

    page = photo_editor_client.get(change(photo)).content.decode()

    assert "<dt>headline <small>XMP</small> <small>differs</small></dt>" in page
    assert "Not marked in the picture: Nobody Known." in page


def test_former_state_of_the_words_leaves_the_file_as_it_is(photo_editor_client: Client) -> None:
    photo = make_photo(description="First.")
    send(photo_editor_client, photo, jpeg(), description="Second.")
    before = photo.history.earliest()

    address = reverse("admin:photos_photo_simple_history", args=[photo.pk, before.history_id])
    photo_editor_client.post(address, as_sent(photo_editor_client.get(address)))

    photo.refresh_from_db()
    assert (photo.description, photo.is_held, photo.width, len(photo.sha256)) == ("First.", True, 96, 64)


def test_photo_that_ends_takes_its_files_along(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        photo = filing.file_upload(jpeg(), by=None, at=NOW).photo
    assert len([path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]) > 0

    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()

    left = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert (kept_files(), left, Intake.objects.count()) == ([], [], 0)


def test_panel_costs_the_same_whatever_the_file_says(photo_editor: User, photo_editor_client: Client) -> None:
    may_see_originals(photo_editor)
    plain = filing.file_upload(jpeg(seed=3), by=photo_editor, at=NOW).photo
    people = bag("e:PersonInImage", *(f"Nobody {number}" for number in range(9)))
    talkative = filing.file_upload(jpeg(seed=4, xmp=xmp(people)), by=photo_editor, at=NOW).photo
    photo_editor_client.get(change(plain))

    counts = []
    for photo in (plain, talkative):
        with CaptureQueriesContext(connection) as captured:
            photo_editor_client.get(change(photo))
        counts.append(len(captured))

    assert counts[1] - counts[0] == 1  # who is marked is asked only where the file names people


def ready_photo(**over: Any) -> Photo:
    photo = filing.file_upload(jpeg(1400, 700), by=None, at=NOW).photo
    Photo.objects.filter(pk=photo.pk).update(**over)
    orders.work(lambda: NOW)
    return photo


@pytest.mark.parametrize(
    ("asked", "width"),
    [("", 640), ("?width=100", 320), ("?width=1000", 1280), ("?width=9999", 1280), ("?width=x", 640)],
)
def test_desk_sees_the_picture_of_a_photo_that_readers_do_not_know(
    reporter_client: Client, asked: str, width: int
) -> None:
    photo = ready_photo()
    wanted = photo.renditions.get(crop="", format="WEBP", width=width)

    answer = reporter_client.get(reverse("admin:photos_photo_picture", args=[photo.pk]) + asked)

    with renditions().open(str(wanted.file)) as kept:
        assert answer.getvalue() == kept.read()
    assert "private" in answer.headers["Cache-Control"]


def test_nobody_else_sees_it(client: Client, reporter_client: Client) -> None:
    ready, waiting = ready_photo(), make_photo()
    onlooker = User.objects.create_user("onlooker", is_staff=True)
    other = Client()
    other.force_login(onlooker, backend="django.contrib.auth.backends.ModelBackend")

    asked = [(client, ready), (other, ready), (reporter_client, waiting)]
    answers = [one.get(reverse("admin:photos_photo_picture", args=[photo.pk])) for one, photo in asked]

    assert [answer.status_code for answer in answers] == [302, 404, 404]


def test_page_shows_the_picture_as_it_is_kept(photo_editor_client: Client) -> None:
    photo = ready_photo(alt_text="Two people wave")

    page = photo_editor_client.get(change(photo)).content.decode()

    name = photo.renditions.get(crop="", format="WEBP", width=640).file.name
    address = f"/admin/photos/photo/{photo.pk}/picture/?file={name}"
    assert f'<img class="kept" src="{address}" width="640" height="320" alt="Two people wave">' in page
