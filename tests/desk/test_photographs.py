"""Choosing photos for a story: what the library offers beside the form, and the page that needs no script."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from html5lib import parseFragment
from PIL import Image

from newsroom.articles.models import PhotoUse
from newsroom.photos import library
from newsroom.photos.models import Depiction, Lease, Photo
from tests.articles.test_placing import placing_story, uses
from tests.desk.pages import queries, told
from tests.factories import make_article, make_person, make_photo, make_row

pytestmark = pytest.mark.django_db

SHELF = "/admin/articles/article/photographs/"


def choose(article: object) -> str:
    return reverse("admin:articles_article_choose", args=[article.pk])


def parsed(page: str) -> Any:
    return parseFragment(page, namespaceHTMLElements=False)


def offered(client: Client, **asked: object) -> list[str]:
    """The keys of the photos that the shelf shows."""
    page = client.get(SHELF, asked).content.decode()
    return [str(card.get("data-key")) for card in parsed(page).iterfind(".//li[@data-key]")]


def picture(name: str, colour: str) -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_library_is_searched_by_caption_name_and_photographer(editor_client: Client) -> None:
    by = make_person(family_name="Doe", given_name="Jane")
    shown = make_person(family_name="Roe", given_name="Richard")
    captioned, depicting, taken = make_photo(description="A doe."), make_photo(), make_photo(photographer=by)
    make_row(Depiction, depicting, photo=depicting, person=shown)
    make_photo(description="Doe", trashed_at=timezone.now())

    assert offered(editor_client, q="doe") == [str(taken.pk), str(captioned.pk)]
    assert offered(editor_client, q="rich ro") == [str(depicting.pk)]
    assert offered(editor_client, q="nobody") == []


def test_search_for_a_story_looks_through_so_many_photos_by_whatever_it_finds(
    editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "WINDOW", 2)
    by = make_person(family_name="Doe", given_name="Jane")
    make_photo(photographer=by)
    make_photo(description="A doe.")
    captioned, taken = make_photo(description="A doe."), make_photo(photographer=by)

    assert offered(editor_client, q="doe") == [str(taken.pk), str(captioned.pk)]


def test_photos_are_told_by_key_and_public_id_and_nonsense_names_none(editor_client: Client) -> None:
    one, other = make_photo(), make_photo()
    make_photo()

    assert offered(editor_client, photo=one.pk, id=other.uuid) == [str(other.pk), str(one.pk)]
    assert offered(editor_client, photo="x" * 30, id="42") == []


def test_each_photo_says_what_to_know_of_it(editor_client: Client) -> None:
    photo = make_photo(original="2026/a.jpg", width=3, height=2)
    ends_at = timezone.now() + dt.timedelta(days=3, hours=1)
    make_row(Lease, photo, photo=photo, effect="allow", scope="use", ends_at=ends_at)
    for _story in range(4):
        article = make_article()
        make_row(PhotoUse, article, article=article, photo=photo)

    page = parsed(editor_client.get(SHELF).content.decode())

    said = [part.text for part in page.iterfind(".//span[@class='remarks']/span")]
    assert said == ["no credit", "lease ends in 3 days", "used 4 times"]


def test_shelf_of_twenty_costs_no_more_than_of_one(editor_client: Client) -> None:
    counts = []
    for number in (1, 20):
        for _photo in range(number):
            make_photo()
        counts.append(queries(editor_client, f"{SHELF}?q="))

    assert counts[0] == counts[1] <= 12


def test_ticked_photos_become_the_storys_without_a_script(editor_client: Client) -> None:
    first, second = make_photo(), make_photo()
    article = placing_story(first)

    answer = editor_client.post(choose(article), {"photo": [second.pk, "nonsense"]}, follow=True)

    assert uses(article) == [(first, 0), (second, 1)]
    assert told(answer) == ["1 photo was added."]


def test_pictures_sent_become_photos_of_the_story_and_what_is_none_is_named(editor_client: Client) -> None:
    article = make_article()
    files = [picture("new.png", "red"), SimpleUploadedFile("letter.png", b"no picture")]

    answer = editor_client.post(choose(article), {"file": files}, follow=True)

    photo = Photo.objects.get()
    assert uses(article) == [(photo, 0)]
    assert photo.sha256
    assert [one.partition(":")[0] for one in told(answer)] == ["letter.png", "1 photo was added."]


def test_nothing_chosen_says_so(editor_client: Client) -> None:
    article = make_article()

    answer = editor_client.post(choose(article), {})

    assert told(answer) == ["Nothing was chosen: tick a photo, or choose a file to send."]
    assert article.photo_uses.count() == 0


def test_form_offers_the_library_to_whoever_may_choose(reporter_client: Client, editor_client: Client) -> None:
    article = make_article()
    address = reverse("admin:articles_article_change", args=[article.pk])

    assert choose(article) in editor_client.get(address).content.decode()
    assert reporter_client.get(choose(article)).status_code == 403
    assert "data-photographs" in reporter_client.get("/admin/articles/article/add/").content.decode()
