"""Photographs within a story's text: in their places, once, with the words of this use, and gone with their rights."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, PhotoUse
from newsroom.photos.models import Lease, Photo
from newsroom.website.templatetags.reading import prose
from tests.articles.test_placing import STRANGER, placed, placing_story
from tests.factories import make_article, make_row
from tests.website.html import open_page, words
from tests.website.test_pictures import ready_photo

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)


def published(article: Article) -> Article:
    workflow.publish(article, by=None, at=AT)
    return article


def pictures(client: Client, article: Article) -> dict[str, list[str]]:
    """The captions of the page's figures, by the part of the page in which they stand."""
    main = open_page(client, article.get_absolute_url())
    return {
        part: [words(one).partition(" About")[0] for one in main.iterfind(f".//*[@class='{part}']//figcaption")]
        for part in ("hero", "prose", "shots")
    }


def test_photograph_stands_in_its_place_and_nowhere_else(client: Client) -> None:
    within, after = ready_photo(description="Within."), ready_photo(description="After.")
    article = make_article(body=f"<p>Before.</p>{placed(within)}")
    for order, photo in enumerate((within, after)):
        make_row(PhotoUse, article, article=article, photo=photo, order=order)

    assert pictures(client, published(article)) == {"hero": [], "prose": ["Within."], "shots": ["After."]}


def test_photograph_in_the_text_has_the_words_of_this_use_and_a_size(client: Client) -> None:
    photo = ready_photo(description="On record.", alt_text="On record.")
    article = make_article(body=placed(photo))
    make_row(PhotoUse, article, article=article, photo=photo, caption="Of this use.", alt_text="Two people.")

    main = open_page(client, published(article).get_absolute_url())

    image = main.find(".//*[@class='prose']//figure//img").attrib
    assert pictures(client, article)["prose"] == ["Of this use."]
    assert (image["alt"], image["width"], image["height"], image["loading"]) == ("Two people.", "1280", "640", "lazy")


def test_lead_picture_that_the_text_shows_does_not_head_the_story_too(client: Client) -> None:
    photo = ready_photo(description="Lead.")
    article = make_article(body=placed(photo))
    make_row(PhotoUse, article, article=article, photo=photo, is_lead=True)

    assert pictures(client, published(article)) == {"hero": [], "prose": ["Lead."], "shots": []}


def test_photograph_whose_record_is_hidden_leaves_the_text_standing(client: Client) -> None:
    article = published(placing_story(ready_photo(is_public=False, description="Secret.")))

    page = client.get(article.get_absolute_url()).content.decode()

    assert "Text." in page
    assert ("Secret." in page, "<figure" in page, "data-photo" in page) == (False, False, False)


def test_photograph_whose_right_has_ended_says_so_in_its_place(client: Client) -> None:
    photo = ready_photo()
    article = published(placing_story(photo))
    with changes.recording() as record:
        Lease.objects.update(ends_at=AT)
        record.touch(photo)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "The photograph is not cleared." in page
    assert f"/media/{photo.pk}-" not in page


def test_photographs_cost_no_query_each(client: Client) -> None:
    counts = []
    for number in (1, 3):
        article = published(placing_story(*(ready_photo() for _ in range(number))))
        client.get(article.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(f"{article.get_absolute_url()}?nocache={number}")
        counts.append(len(captured))

    assert counts[0] == counts[1] > 5


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<p>A.</p>", '<p><bdi class="dateline">Seoul.</bdi> A.</p>'),
        (placed(STRANGER).removeprefix("<p>Text.</p>") + "<p>A.</p>", '<p><bdi class="dateline">Seoul.</bdi> A.</p>'),
        ("<h2>A.</h2><p>B.</p>", "<h2>A.</h2><p>B.</p>"),
        (
            "<table></table>",
            '<div class="scroll" role="group" tabindex="0" aria-label="Table"><table></table></div>',
        ),
    ],
)
def test_dateline_heads_the_first_paragraph_whatever_opens_the_text_and_tables_have_room(body: str, shown: str) -> None:
    assert prose(body, "Seoul") == shown


def test_draft_shows_photographs_as_readers_would_get_them(editor_client: Client) -> None:
    photo: Photo = ready_photo(description="Within.")
    article = placing_story(photo)

    page: Any = editor_client.get(f"/admin/articles/article/{article.pk}/preview/page/")

    assert f"Here {photo.slug}." in page.content.decode()
    assert page.content.decode().count("<figure") == 1
