"""A search that is followed: the newest hits as a feed, named by the page, asked by a browser's own field."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.articles import workflow
from newsroom.articles.models import Article
from tests import factories as make
from tests.website.html import parse
from tests.website.test_feeds import FORMATS, parsed, titles

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def publish(headline: str, *, days: int = 0, **fields: object) -> Article:
    article = make.make_article(headline=headline, **fields)
    workflow.publish(article, by=None, at=AT - dt.timedelta(days=days))
    return article


def page(client: Client, path: str) -> ET.Element:
    return parse(client.get(path).content.decode())


@pytest.mark.parametrize("form", FORMATS)
def test_feed_of_a_search_has_the_newest_first_and_names_last(client: Client, form: str) -> None:
    make.make_person(family_name="Harbour", given_name="Jane", is_public=True)
    publish("Harbour, long ago", days=900)
    make.make_event(name="Harbour talks", starts_on="2025-06-01", is_public=True)
    publish("Harbour opens")
    publish("Something else")

    names = {"Harbour Jane", "Jane Harbour"}

    *dated, name = titles(client, f"/feeds/search.{form}?q=harbour")
    assert dated == ["Harbour opens", "Harbour talks", "Harbour, long ago"]
    assert name in names
    assert titles(client, f"/feeds/search.{form}?q=harbour&kind=Events&kind=nothing") == ["Harbour talks"]
    assert titles(client, f"/feeds/search.{form}?q=harbour&from=2025&to=2025-06") == ["Harbour talks"]
    assert titles(client, f"/feeds/search.{form}") == []


def test_feed_of_a_search_says_what_it_follows_and_leads_to_its_page(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://newsroom.example"

    feed = parsed(client, "/feeds/search.atom?q=deep%01+sea&kind=article").feed

    assert feed.title == "Meridian: Search – “deep sea” – Articles"
    assert feed.link == "https://newsroom.example/search/?q=deep%01+sea&kind=article"


def test_feed_of_a_search_takes_the_filters_of_its_page(client: Client) -> None:
    publish("Harbour opens", countries=["KR"])
    publish("Harbour closes", countries=["JP"])

    feed = client.get("/feeds/search.json?q=harbour&country=south+korea").json()

    assert [item["title"] for item in feed["items"]] == ["Harbour opens"]
    assert feed["title"] == "Meridian: Search – “harbour” – Country: South Korea"
    assert feed["home_page_url"] == "http://testserver/search/?q=harbour&country=KR"


def test_page_offers_no_feed_with_a_date_that_cannot_be_read(client: Client) -> None:
    ways = client.get("/search/?q=harbour&from=2025&to=2024&country=KR").context["ways"]

    assert {path.partition("?")[2] for _label, path, _kind in ways} == {"q=harbour&country=KR&from=2025"}


def test_search_page_names_its_feeds_and_the_calendar_of_its_meetings(client: Client) -> None:
    publish("Harbour opens")
    make.make_event(name="Harbour talks", starts_on="2025-06-01", is_public=True)

    everything, stories = (page(client, f"/search/?q=harbour{kind}") for kind in ("", "&kind=article"))

    feeds = [f"/feeds/search.{form}?q=harbour" for form in ("atom", "rss", "json")]
    heads = [one.attrib["href"] for one in everything.iter("link") if one.get("type") and one.get("rel") == "alternate"]
    assert heads == [*feeds, "/events.ics?q=harbour"]
    assert [one.attrib["href"] for one in stories.findall(".//p[@class='follow']/a")] == [
        f"{feed}&kind=article" for feed in feeds
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_feed_of_a_search_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for day in range(count):
        publish("Harbour opens", days=day)
        make.make_event(name="Harbour talks", starts_on="2025-06-01", venue=make.make_venue(), is_public=True)
        make.make_photo(headline="Harbour", is_public=True)

    with django_assert_num_queries(12):  # the head, two of the index, and what is shown of each kind
        assert len(titles(client, "/feeds/search.json?q=harbour")) == 3 * count


def test_browsers_field_asks_the_search_page(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://newsroom.example"

    answer = client.get("/opensearch.xml")

    tree = ET.fromstring(answer.content)
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml; charset=utf-8"
    assert tree.findtext("o:ShortName", namespaces=space) == "Meridian"
    asked = {one.attrib["type"]: one.attrib["template"] for one in tree.findall("o:Url", space)}
    assert asked["text/html"] == "https://newsroom.example/search/?q={searchTerms}"
    (link,) = page(client, "/").findall(".//link[@rel='search']")
    assert link.attrib["href"] == "/opensearch.xml"
