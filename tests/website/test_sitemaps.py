"""Which pages search engines are told of."""

import datetime as dt

import pytest
from defusedxml import ElementTree
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.articles import workflow
from newsroom.models import Change
from newsroom.website.sitemaps import NAMESPACE
from tests import factories as make
from tests.website.hidden import SECRET, hide_things, show_things

pytestmark = pytest.mark.django_db

LISTS = ["/", "/articles/", "/events/", "/people/", "/organisations/", "/topics/", "/photos/", "/corrections/"]


def found(client: Client) -> dict[str, str | None]:
    """Each address with its last change."""
    urls = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = {"s": NAMESPACE}
    return {url.findtext("s:loc", None, space): url.findtext("s:lastmod", None, space) for url in urls}


def test_sitemap_names_every_public_page(client: Client) -> None:
    story = make.make_article(slug="story")
    workflow.publish(story, by=None, at=dt.datetime(2025, 12, 9, tzinfo=dt.UTC))
    make.make_event(slug="forum", is_public=True)
    make.make_person(slug="kim", is_public=True)
    make.make_organisation(slug="kistep", is_public=True)
    make.make_topic(slug="quantum", is_public=True)
    photo = make.make_photo(is_public=True)
    records = ["articles/story", "events/forum", "people/kim", "organisations/kistep", "topics/quantum"]
    paths = [*LISTS, *(f"/{record}/" for record in records), f"/photos/{photo.uuid}/"]

    assert list(found(client)) == [f"http://testserver{path}" for path in paths]


def test_page_tells_when_it_last_changed(client: Client) -> None:
    make.make_event(slug="forum", is_public=True)
    changed_at = Change.objects.get(kind="event").changed_at

    assert found(client)["http://testserver/events/forum/"] == changed_at.isoformat(timespec="seconds")


def test_addresses_follow_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://newsroom.example"

    assert list(found(client)) == [f"https://newsroom.example{path}" for path in LISTS]


def test_sitemap_shows_nothing_hidden(client: Client) -> None:
    show_things()
    hide_things()

    text = client.get("/sitemap.xml").content.decode()

    assert SECRET not in text
    assert list(found(client))[len(LISTS) :] == [
        "http://testserver/articles/open/",
        "http://testserver/events/open-day/",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_sitemap_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        make.make_topic(is_public=True)

    with django_assert_num_queries(7):  # the head and six kinds of pages
        assert len(found(client)) == len(LISTS) + count
