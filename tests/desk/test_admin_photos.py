"""The photo desk in the admin: what is missing is found, and an upload is judged by its content."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from newsroom.photos.models import Photo, originals
from tests.desk.pages import as_sent
from tests.factories import make_event, make_photo

pytestmark = pytest.mark.django_db

LIST = "/admin/photos/photo/"


def change(photo: Photo) -> str:
    return reverse("admin:photos_photo_change", args=[photo.pk])


def picture(form: str = "JPEG") -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(content, form)
    return content.getvalue()


def send(client: Client, photo: Photo, name: str, content: bytes) -> object:
    sent = {**as_sent(client.get(change(photo))), "original": SimpleUploadedFile(name, content)}
    return client.post(change(photo), sent)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("original__isempty=1", ["no credit", "no alt", "file picture"]),
        ("original__isempty=0", ["held"]),
        ("credit_line__isempty=1", ["no credit"]),
        ("alt_text__isempty=1", ["no alt"]),
        ("is_file_picture__exact=1", ["file picture"]),
        ("rights__exact=agency", ["held"]),
    ],
)
def test_list_finds_what_is_missing(asked: str, found: list[str], chief_client: Client) -> None:
    complete = {"credit_line": "AP", "alt_text": "People", "rights": "own"}
    file = {"original": "2025/01/a.jpg", "width": 30, "height": 20}
    make_photo(**{**complete, **file, "headline": "held", "rights": "agency"})
    make_photo(**{**complete, "headline": "no credit", "credit_line": ""})
    make_photo(**{**complete, "headline": "no alt", "alt_text": ""})
    make_photo(**{**complete, "headline": "file picture", "is_file_picture": True})

    page = chief_client.get(f"{LIST}?{asked}")

    assert sorted(photo.headline for photo in page.context["cl"].result_list) == sorted(found)


def test_list_is_filtered_by_event(chief_client: Client) -> None:
    photo = make_photo(event=make_event())
    make_photo(event=make_event())

    page = chief_client.get(LIST, {"event__id__exact": photo.event_id})

    assert list(page.context["cl"].result_list) == [photo]


def test_upload_is_kept_untouched_under_a_name_and_fingerprint_of_its_own(
    photo_editor_client: Client,
) -> None:
    photo, content = make_photo(), picture("PNG")

    send(photo_editor_client, photo, "holiday.jpg", content)

    photo.refresh_from_db()
    assert photo.original.name.endswith(".png")
    assert "holiday" not in photo.original.name
    assert photo.sha256 == hashlib.sha256(content).hexdigest()
    assert Path(originals().path(photo.original.name)).read_bytes() == content
    assert (photo.width, photo.height) == (30, 20)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'),
        ("drawing.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>steal()</script></svg>'),
        ("moving.jpg", picture("GIF")),
    ],
)
def test_upload_of_no_picture_of_ours_is_refused(name: str, content: bytes, photo_editor_client: Client) -> None:
    photo = make_photo()

    send(photo_editor_client, photo, name, content)

    photo.refresh_from_db()
    assert photo.original.name == ""


def test_kept_original_is_told_of_but_not_linked_to(photo_editor_client: Client) -> None:
    photo = make_photo()
    send(photo_editor_client, photo, "a.jpg", picture())
    photo.refresh_from_db()

    page = photo_editor_client.get(change(photo)).content.decode()

    assert "30 × 20 pixels; a new file takes its place." in page
    assert photo.original.name not in page


def test_saving_without_a_new_file_keeps_the_original(photo_editor_client: Client) -> None:
    photo = make_photo()
    send(photo_editor_client, photo, "a.jpg", picture())
    photo.refresh_from_db()
    before = photo.original.name

    photo_editor_client.post(change(photo), as_sent(photo_editor_client.get(change(photo)), place="Seoul"))

    photo.refresh_from_db()
    assert (photo.original.name, photo.place) == (before, "Seoul")


@pytest.mark.django_db(transaction=True)
def test_original_that_is_removed_leaves_nothing_behind(photo_editor_client: Client) -> None:
    photo = make_photo()
    send(photo_editor_client, photo, "a.jpg", picture())
    photo.refresh_from_db()
    kept = Path(originals().path(photo.original.name))
    assert {one.format for one in photo.renditions.all()} == {"WEBP", "JPEG"}
    photo.renditions.create(is_placeholder=True, file="a.webp", format="WEBP", width=30, height=20, size=1)
    page = photo_editor_client.get(change(photo))

    photo_editor_client.post(change(photo), as_sent(page, **{"original-clear": "on"}))

    photo.refresh_from_db()
    assert 'name="original-clear"' in page.content.decode()
    assert (photo.is_held, photo.sha256, photo.width, photo.height) == (False, "", None, None)
    assert [one.is_placeholder for one in photo.renditions.all()] == [True]
    assert not kept.exists()


def test_photo_without_a_file_offers_none_to_remove(photo_editor_client: Client) -> None:
    page = photo_editor_client.get(change(make_photo()))

    assert "original-clear" not in page.content.decode()
