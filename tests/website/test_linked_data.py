"""A story in the words of schema.org: what is printed, its corrections, and nothing that could end the block."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.photos.models import Lease, Rendition
from tests import factories as make
from tests.factories import make_row

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


def data_of(client: Client, path: str = "/articles/forum/") -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode())
    (facts,) = [json.loads(block) for block in blocks]
    return dict(facts)


def make_story(**over: Any) -> Article:
    return make.make_article(**{"slug": "forum", "headline": "Forum opens", "standfirst": "At last.", **over})


def test_story_is_a_news_article_with_all_that_it_prints(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_NAME = "Meridian"
    article = make_story()
    person = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    make_row(Byline, article, article=article, words="Meridian newsroom")
    make_row(Byline, article, article=article, person=person, role="translation", order=1)
    make_row(Mention, article, article=article, person=person, title_as_printed="President")
    article.organisations.add(make.make_organisation(slug="academy", name="Academy", is_public=True))
    article.events.add(make.make_event(slug="congress", name="Congress", is_public=True))
    article.topics.add(make.make_topic(name="Space", is_public=True))
    article.sources.add(make.make_source(publisher="Asia Daily", title="Opening", url="https://daily.example/1"))
    workflow.publish(article, by=None, at=AT)

    doe = {"@type": "Person", "name": "Doe Kim", "url": "http://testserver/people/doe/"}
    assert data_of(client) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": article.uuid.urn,
        "url": "http://testserver/articles/forum/",
        "mainEntityOfPage": "http://testserver/articles/forum/",
        "headline": "Forum opens",
        "description": "At last.",
        "inLanguage": "en",
        "version": 1,
        "datePublished": "2025-12-09T03:00:00Z",
        "dateModified": "2025-12-09T03:00:00Z",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Meridian",
            "url": "http://testserver/",
            "correctionsPolicy": "http://testserver/corrections/",
        },
        "author": [{"@type": "Organization", "name": "Meridian newsroom"}],
        "translator": [doe],
        "about": [{"@type": "Event", "name": "Congress", "url": "http://testserver/events/congress/"}],
        "mentions": [
            {**doe, "jobTitle": "President"},
            {"@type": "Organization", "name": "Academy", "url": "http://testserver/organisations/academy/"},
        ],
        "keywords": ["Space"],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "Opening",
                "publisher": "Asia Daily",
                "url": "https://daily.example/1",
            }
        ],
    }


def test_corrections_are_dated_comments_the_newest_first(client: Client) -> None:
    article = make_story()
    workflow.publish(article, by=None, at=AT)
    for number in (1, 2):
        workflow.correct(article, by=None, at=AT + number * DAY, note=f"Note {number}.")

    facts = data_of(client)

    comment = {"@type": "CorrectionComment", "inLanguage": "en"}
    assert facts["correction"] == [
        {**comment, "text": "Note 2.", "datePublished": "2025-12-11T03:00:00Z"},
        {**comment, "text": "Note 1.", "datePublished": "2025-12-10T03:00:00Z"},
    ]
    assert (facts["version"], facts["dateModified"]) == (3, "2025-12-11T03:00:00Z")


def test_correction_still_to_come_is_no_comment_yet(client: Client) -> None:
    article = make_story()
    workflow.publish(article, by=None, at=AT)

    workflow.correct(article, by=None, at=AT + DAY, note="Secret.", visible_from=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))

    assert "correction" not in data_of(client)


def test_story_without_a_byline_is_the_newsrooms_own(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_NAME = "Meridian"
    workflow.publish(make_story(), by=None, at=AT)

    assert data_of(client)["author"] == [{"@type": "NewsMediaOrganization", "name": "Meridian"}]


def test_hidden_records_are_not_told_to_machines_either(client: Client) -> None:
    article = make_story()
    article.events.add(make.make_event(name="Secret talks"))
    article.topics.add(make.make_topic(name="Secret topic"))
    article.organisations.add(make.make_organisation(name="Secret service"))
    workflow.publish(article, by=None, at=AT)

    assert "Secret" not in json.dumps(data_of(client))


def test_drawing_that_stands_for_a_picture_is_no_image(client: Client) -> None:
    article = make_story()
    make_row(PhotoUse, article, article=article, photo=make.make_photo(is_public=True), is_lead=True)
    workflow.publish(article, by=None, at=AT)

    assert "image" not in data_of(client)


@pytest.mark.parametrize("headline", ["</script><script>alert(1)</script>", "<!-- <script>", "AT&T “says” \u2028 so"])
def test_no_text_ends_the_block(headline: str, client: Client) -> None:
    workflow.publish(make_story(headline=headline, body="<p>Fine.</p>"), by=None, at=AT)

    response = client.get("/articles/forum/")

    assert data_of(client)["headline"] == headline
    assert response.content.decode().count("<script") == 1


def test_policy_allows_no_script_for_the_block(client: Client) -> None:
    workflow.publish(make_story(), by=None, at=AT)

    policy = client.get("/articles/forum/").headers["Content-Security-Policy"]

    assert re.findall(r"script-src [^;]*", policy) == ["script-src 'self'"]


def test_photograph_that_is_shown_is_the_image(client: Client) -> None:
    article = make_story()
    photo = make.make_photo(is_public=True, original="2025/a.jpg", width=9, height=6, credit_line="Doe / Academy")
    make_row(Rendition, photo, photo=photo, format="WEBP", width=1200, height=800, size=9, file="real.webp")
    make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    make_row(PhotoUse, article, article=article, photo=photo, is_lead=True, caption="Doe waves.")
    workflow.publish(article, by=None, at=AT)

    assert data_of(client)["image"] == {
        "@type": "ImageObject",
        "url": "http://testserver/media/real.webp",
        "width": 1200,
        "height": 800,
        "caption": "Doe waves.",
        "creditText": "Doe / Academy",
    }
