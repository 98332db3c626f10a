"""Lists as RSS, Atom and JSON Feed, read by a feed reader's own parser."""

import datetime as dt
import json
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline
from newsroom.models import Change, Source
from newsroom.website.lists import ArticleList
from tests import factories as make
from tests.website.hidden import SECRET, hide_things, show_things

pytestmark = pytest.mark.django_db

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
FORMATS = ["rss", "atom", "json"]
EVERY_FEED = [f"/feeds/{what}.{form}" for what in ("articles", "events") for form in FORMATS]


def publish(headline: str = "A story", *, days: int = 0, **fields: Any) -> Article:
    article = make.make_article(headline=headline, **fields)
    workflow.publish(article, by=None, at=AT - dt.timedelta(days=days))
    return article


def parsed(client: Client, path: str) -> Any:
    """What a feed reader understands; it complains of nothing."""
    answer = client.get(path)
    understood = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not understood.bozo, understood.get("bozo_exception")
    return understood


def titles(client: Client, path: str) -> list[str]:
    if ".json" in path:
        return [item["title"] for item in client.get(path).json()["items"]]
    return [entry.title for entry in parsed(client, path).entries]


@pytest.mark.parametrize(
    ("form", "version", "content_type"),
    [("rss", "rss20", "application/rss+xml"), ("atom", "atom10", "application/atom+xml")],
)
def test_xml_feed_tells_of_itself(client: Client, form: str, version: str, content_type: str) -> None:
    publish()

    found = parsed(client, f"/feeds/articles.{form}?kind=report")

    assert found.version == version
    assert found.headers["content-type"] == f"{content_type}; charset=utf-8"
    assert found.feed.title == "Meridian: News – Kind: Report"
    assert found.feed.link == "http://testserver/articles/?kind=report"
    selves = [link.href for link in found.feed.links if link.rel == "self"]
    assert selves == [f"http://testserver/feeds/articles.{form}?kind=report"]
    assert found.feed.rights.startswith("Texts by Meridian")


@pytest.mark.parametrize("path", ["/feeds/articles.atom?kind=interview", "/feeds/events.rss"])
def test_feed_of_nothing_is_as_old_as_the_last_change(client: Client, path: str) -> None:
    publish()
    changed_at = Change.objects.latest("seq").changed_at.replace(microsecond=0)

    found = parsed(client, path)

    assert parsedate_to_datetime(client.get(path).headers["Last-Modified"]) == changed_at
    assert (found.entries, dt.datetime(*found.feed.updated_parsed[:6], tzinfo=dt.UTC)) == ([], changed_at)


def test_atom_entry_holds_the_story_by_its_lasting_id(client: Client) -> None:
    source = make.make_source(publisher="Daily & Sons")
    topic = make.make_topic(name="Quantum", is_public=True)
    article = make.make_article(headline="Five < six", standfirst="And & more.")
    article.topics.add(topic)
    article.sources.add(source)
    Byline.objects.create(article=article, words="Meridian newsroom")
    workflow.publish(article, by=None, at=AT)

    (entry,) = parsed(client, "/feeds/articles.atom").entries

    assert entry.id == f"urn:uuid:{article.uuid}"
    assert entry.title == "Five < six"
    assert entry.link == f"http://testserver/articles/{article.slug}/"
    assert entry.summary == "<p>And &amp; more.</p><p>Source: Daily &amp; Sons</p>"
    assert entry.author == "Meridian newsroom"
    assert [tag.term for tag in entry.tags] == ["Quantum"]
    assert entry.published == "2025-12-09T03:00:00+00:00"
    assert entry.updated == Change.objects.get(kind="article").changed_at.isoformat()


def test_rss_entry_has_an_id_that_is_no_address(client: Client) -> None:
    article = publish()

    (entry,) = parsed(client, "/feeds/articles.rss").entries

    assert (entry.id, entry.guidislink) == (f"urn:uuid:{article.uuid}", False)
    assert entry.published == "Tue, 09 Dec 2025 03:00:00 +0000"


def test_json_feed_is_complete(client: Client) -> None:
    article = publish("Headline", standfirst="Standfirst.")
    changed_at = Change.objects.get(kind="article").changed_at

    answer = client.get("/feeds/articles.json")

    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    assert json.loads(answer.content) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Meridian: News",
        "home_page_url": "http://testserver/articles/",
        "feed_url": "http://testserver/feeds/articles.json",
        "description": str(ArticleList.intro),
        "language": "en",
        "authors": [{"name": "Meridian"}],
        "_rights": {
            "notice": (
                "Texts by Meridian; sources are credited in each, and rights in them stay with their owners. "
                "Text and data mining and the training of AI are reserved."
            ),
            "tdm_reservation": 1,
            "tdm_policy": "http://testserver/.well-known/tdm-policy.json",
        },
        "items": [
            {
                "id": f"urn:uuid:{article.uuid}",
                "url": f"http://testserver/articles/{article.slug}/",
                "title": "Headline",
                "content_html": "<p>Standfirst.</p>",
                "tags": [],
                "language": "en",
                "date_published": "2025-12-09T03:00:00+00:00",
                "date_modified": changed_at.isoformat(),
                "_rights": {"notice": "AI training: not stated."},
            }
        ],
    }


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("atom", "<rights>AI training: forbidden.</rights>"),
        ("rss", ">AI training: forbidden.</dc:rights>"),
        ("json", '"_rights": {"notice": "AI training: forbidden."}'),
    ],
)
def test_what_sources_say_of_training_travels_with_each_story(client: Client, form: str, written: str) -> None:
    article = make.make_article()
    article.sources.set([make.make_source(ai_training="forbidden"), make.make_source(ai_training="allowed")])
    workflow.publish(article, by=None, at=AT)

    assert client.get(f"/feeds/articles.{form}").content.decode().count(written) == 1


def test_source_that_is_no_longer_on_record_allows_no_training(client: Client) -> None:
    article = make.make_article()
    kept, renamed = make.make_source(ai_training="allowed"), make.make_source(ai_training="allowed")
    article.sources.set([kept, renamed])
    workflow.publish(article, by=None, at=AT)
    before = client.get("/feeds/articles.atom").content.decode()

    Source.objects.filter(pk=renamed.pk).update(slug="renamed")

    after = client.get("/feeds/articles.atom").content.decode()
    assert ("AI training: allowed." in before, "AI training: allowed." in after) == (True, False)


@pytest.mark.parametrize("form", FORMATS)
def test_feed_of_articles_takes_the_filters_of_the_list_but_not_its_order(client: Client, form: str) -> None:
    publish("Old report", days=2)
    publish("New report")
    publish("Brief", kind="brief")

    assert titles(client, f"/feeds/articles.{form}?kind=report&sort=oldest") == ["New report", "Old report"]
    assert titles(client, f"/feeds/articles.{form}?kind=no-such-kind") == []


@pytest.mark.parametrize("form", FORMATS)
def test_feed_of_events_takes_the_filters_of_the_list(client: Client, form: str) -> None:
    make.make_event(name="Forum", kind="forum", starts_on="2025-12-09", is_public=True)
    make.make_event(name="Seminar", kind="seminar", starts_on="2025-12-10", is_public=True)

    assert titles(client, f"/feeds/events.{form}") == ["Seminar", "Forum"]
    assert titles(client, f"/feeds/events.{form}?kind=forum") == ["Forum"]


def test_event_says_its_date_as_known_and_that_it_is_off(client: Client) -> None:
    make.make_event(name="Forum", starts_on="?2025-XX-06", status="cancelled", is_public=True)

    (entry,) = parsed(client, "/feeds/events.atom").entries

    assert entry.title == "Forum (cancelled)"
    assert entry.summary == "<p>the 6th of an unknown month, 2025 (year inferred)</p>"
    assert "published" not in entry


def test_feed_ends_after_twenty(client: Client) -> None:
    for day in range(21):
        publish(f"Story {day}", days=day)

    assert titles(client, "/feeds/articles.rss") == [f"Story {day}" for day in range(20)]


def test_feed_shows_words_that_were_searched_without_what_xml_cannot_hold(client: Client) -> None:
    assert parsed(client, "/feeds/articles.atom?q=deep%01sea&topic=%1f").feed.title == "Meridian: News – “deepsea”"


def test_headline_with_a_control_character_breaks_no_feed(client: Client) -> None:
    publish("Bell\x07s", standfirst="A\x00B\x0bC".replace("\x00", ""))

    assert titles(client, "/feeds/articles.rss") == ["Bells"]


def test_feed_of_a_korean_list_speaks_korean(client: Client) -> None:
    topic = make.make_topic(slug="space", name="Space", name_ko="우주", is_public=True)
    article = make.make_article(headline="로켓", language="ko")
    article.topics.add(topic)
    workflow.publish(article, by=None, at=AT)

    found = parsed(client, "/ko/feeds/articles.atom?topic=space")

    assert (found.feed.language, found.feed.title) == ("ko", "Meridian: 뉴스 – 주제: 우주")
    assert found.feed.link == "http://testserver/ko/articles/?topic=space"
    assert [(entry.title, entry.link, [tag.term for tag in entry.tags]) for entry in found.entries] == [
        ("로켓", f"http://testserver/ko/articles/{article.slug}/", ["우주"])
    ]


def test_entry_in_another_language_than_its_feed_says_so(client: Client) -> None:
    publish("Rocket")
    publish("로켓", days=1, language="ko")

    atom = parsed(client, "/feeds/articles.atom")
    rss = parsed(client, "/ko/feeds/articles.rss")

    assert [entry.title_detail.language for entry in atom.entries] == ["en", "ko"]
    assert [entry.language for entry in rss.entries] == ["en", "ko"]


def test_addresses_follow_the_site_and_not_the_request(client: Client, settings: Settings) -> None:
    publish()
    settings.SITE_URL = "https://newsroom.example"

    feeds = [client.get(path).content.decode() for path in EVERY_FEED]

    assert [feed.count("testserver") for feed in feeds] == [0] * 6
    assert all("https://newsroom.example/" in feed for feed in feeds)


@pytest.mark.parametrize("path", EVERY_FEED)
def test_feed_shows_nothing_hidden(client: Client, path: str) -> None:
    show_things()
    hide_things()

    answer = client.get(path)

    assert len(titles(client, path)) == 1
    assert SECRET not in answer.content.decode().lower()
    assert client.get(f"{path}?q={SECRET}").content.decode().count("urn:uuid:") == 0


def test_feed_names_only_the_topics_that_are_public(client: Client) -> None:
    article = make.make_article()
    gone = make.make_topic(name="Secret plan", is_public=True)
    article.topics.set([make.make_topic(name="Space", is_public=True), make.make_topic(name="Secret"), gone])
    workflow.publish(article, by=None, at=AT)
    gone.delete()

    [item] = client.get("/feeds/articles.json").json()["items"]

    assert item["tags"] == ["Space"]


@pytest.mark.parametrize("count", [1, 3])
def test_feed_of_articles_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        article = make.make_article()
        article.sources.add(make.make_source())
        article.topics.add(make.make_topic(is_public=True))
        workflow.publish(article, by=None, at=AT - dt.timedelta(days=day))

    with django_assert_num_queries(6):  # the head, the walk, its editions, publishers, topics, changes
        assert len(titles(client, "/feeds/articles.atom")) == count


@pytest.mark.parametrize("count", [1, 3])
def test_feed_of_events_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        make.make_event(starts_on=f"2025-12-0{day + 1}", venue=make.make_venue(), is_public=True)

    with django_assert_num_queries(4):  # the head, the page, its events, their changes
        assert len(titles(client, "/feeds/events.rss")) == count


@pytest.mark.parametrize("form", FORMATS)
def test_each_correction_is_an_entry_of_its_own(client: Client, form: str) -> None:
    story = publish("Told wrongly", days=3)
    for day, note in ((2, "A name was wrong."), (1, "A date was wrong.")):
        story.headline = "Told rightly"
        story.save()
        workflow.correct(story, by=None, at=AT - dt.timedelta(days=day), note=note)

    assert titles(client, f"/feeds/corrections.{form}") == ["Correction: Told rightly"] * 2
    newest, older = client.get("/feeds/corrections.json").json()["items"]
    assert newest["content_html"] == "<p>A date was wrong.</p>"
    assert newest["date_published"] == "2025-12-08T03:00:00+00:00"
    assert newest["id"] != older["id"]


def test_feed_of_photos_tells_their_terms(client: Client) -> None:
    make.make_photo(headline="Doe speaks", description="A hall.", usage_terms="Ask first.", is_public=True)

    (item,) = client.get("/feeds/photos.json").json()["items"]

    assert (item["title"], item["_rights"]["notice"]) == ("Doe speaks", "Ask first.")
