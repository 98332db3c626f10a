"""The upload page: each file judged on its own, one refusal holds up nobody, and nothing is filed twice."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom.models import User
from newsroom.photos.models import Photo, RenditionJob
from tests.factories import make_photo
from tests.photos.pictures import encoded, jpeg, scene
from tests.photos.test_filing import NOW

pytestmark = pytest.mark.django_db

PAGE = "/admin/photos/photo/upload/"
ONE = f"{PAGE}one/"
PROGRESS, MAKE = f"{PAGE}progress/", f"{PAGE}make/"


def sent(content: bytes, name: str = "holiday.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def send_one(client: Client, content: bytes) -> tuple[int, dict[str, Any]]:
    answer = client.post(ONE, {"file": sent(content)})
    return answer.status_code, answer.json()


def test_picture_is_filed_and_its_page_is_named(photo_editor: User, photo_editor_client: Client) -> None:
    status, said = send_one(photo_editor_client, jpeg())

    photo = Photo.objects.get()
    assert (status, said) == (
        200,
        {
            "file": "holiday.jpg",
            "state": "new",
            "words": "Filed: complete its caption and rights.",
            "photo": {
                "key": str(photo.pk),
                "name": photo.slug,
                "address": f"/admin/photos/photo/{photo.pk}/change/",
            },
            "notes": [],
            "alike": [],
        },
    )
    assert (photo.created_by, photo.is_public) == (photo_editor, False)


def test_same_picture_sent_again_leads_to_its_record(photo_editor_client: Client) -> None:
    send_one(photo_editor_client, jpeg())

    status, said = send_one(photo_editor_client, jpeg())

    assert (status, said["state"], said["words"]) == (200, "known", "This very picture is filed already.")
    assert said["photo"]["key"] == str(Photo.objects.get().pk)


def test_near_duplicate_and_what_was_converted_are_said(photo_editor_client: Client) -> None:
    send_one(photo_editor_client, encoded(scene(480, 320), "PNG"))
    first = Photo.objects.get()

    _status, said = send_one(photo_editor_client, encoded(scene(480, 320).convert("CMYK"), "JPEG"))

    assert [one["key"] for one in said["alike"]] == [str(first.pk)]
    assert said["notes"] == ["Its colours are those of print: readers get them converted for screens."]


def test_refusal_is_final_and_says_why(photo_editor_client: Client) -> None:
    status, said = send_one(photo_editor_client, b"GIF89a")

    words = "This is a GIF: export it as PNG or JPEG."
    assert (status, said) == (422, {"state": "refused", "file": "holiday.jpg", "words": words})


def test_request_without_a_file_is_refused_in_words(photo_editor_client: Client) -> None:
    answer = photo_editor_client.post(ONE)

    assert (answer.status_code, answer.json()["words"]) == (422, "No file was sent: choose it again.")


def test_page_without_scripts_takes_several_and_tells_of_each(photo_editor_client: Client) -> None:
    files = [sent(jpeg(), "a.jpg"), sent(b"<svg/>", "b.svg"), sent(jpeg(seed=5), "c.jpg")]

    page = photo_editor_client.post(PAGE, {"file": files})

    assert [(one["file"], one["state"]) for one in page.context["outcomes"]] == [
        ("a.jpg", "new"),
        ("b.svg", "refused"),
        ("c.jpg", "new"),
    ]
    assert Photo.objects.count() == 2


def test_page_asks_for_a_file_where_none_was_chosen(photo_editor_client: Client) -> None:
    page = photo_editor_client.post(PAGE)

    assert "No file was chosen: choose one or several pictures first." in page.content.decode()


@pytest.fixture
def onlooker_client() -> Client:
    """Of somebody who may look at photos, and nothing else."""
    onlooker = User.objects.create_user("onlooker", is_staff=True)
    onlooker.user_permissions.add(Permission.objects.get(codename="view_photo"))
    client = Client()
    client.force_login(onlooker, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_list_of_photos_leads_to_the_page(photo_editor_client: Client, onlooker_client: Client) -> None:
    pages = [client.get("/admin/photos/photo/").content.decode() for client in (photo_editor_client, onlooker_client)]

    assert [f'href="{PAGE}"' in page for page in pages] == [True, False]


@pytest.mark.parametrize("address", [PAGE, ONE, PROGRESS, MAKE])
def test_who_may_not_add_photos_is_turned_away(onlooker_client: Client, client: Client, address: str) -> None:
    method = "get" if address == PROGRESS else "post"

    answers = [getattr(one, method)(address) for one in (onlooker_client, client)]

    assert [answer.status_code for answer in answers] == [403, 302]
    assert Photo.objects.count() == 0


@pytest.mark.parametrize(("address", "method"), [(ONE, "get"), (PROGRESS, "post"), (MAKE, "get")])
def test_address_takes_its_own_method_only(photo_editor_client: Client, address: str, method: str) -> None:
    assert getattr(photo_editor_client, method)(address).status_code == 405


def test_progress_is_told_in_one_question(
    photo_editor_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = []
    for seed in (1, 2, 3):
        _status, said = send_one(photo_editor_client, jpeg(seed=seed))
        keys.append(said["photo"]["key"])
    RenditionJob.objects.filter(photo=keys[0]).update(state="done", made=9, wanted=9)
    make_photo()
    photo_editor_client.get(PROGRESS)

    with django_assert_num_queries(6):  # head, session, user, two of permissions, and the orders
        answer = photo_editor_client.get(PROGRESS, {"photo": [*keys, "x", "9" * 30]})

    waits = "The versions for readers wait to be made."
    words = ["All 9 versions for readers are ready.", waits, waits]
    assert answer.json() == {"photos": dict(zip(keys, words, strict=True)), "is_over": False, "is_idle": True}


@pytest.mark.parametrize(
    ("states", "is_over", "is_idle"),
    [([], True, False), (["done"], True, False), (["waiting", "running"], False, False), (["waiting"], False, True)],
)
def test_progress_says_whether_anybody_is_at_work(
    photo_editor_client: Client, states: list[str], is_over: bool, is_idle: bool
) -> None:
    photos = [make_photo() for _ in states]
    for photo, state in zip(photos, states, strict=True):
        RenditionJob.objects.create(photo=photo, state=state, digest="a", not_before=NOW)

    said = photo_editor_client.get(PROGRESS, {"photo": [photo.pk for photo in photos]}).json()

    assert (said["is_over"], said["is_idle"]) == (is_over, is_idle)


def test_versions_are_made_where_no_worker_runs(photo_editor_client: Client) -> None:
    send_one(photo_editor_client, jpeg())

    made = [photo_editor_client.post(MAKE).json() for _ in range(2)]

    assert (made, RenditionJob.objects.get().state) == ([{"made": 1}, {"made": 0}], "done")
