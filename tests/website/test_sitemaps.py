"""Which pages search engines are told of."""

import datetime as dt

import pytest
from defusedxml import ElementTree
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.articles import workflow
from newsroom.models import Change
from newsroom.photos.models import Lease, Rendition
from newsroom.website import sitemaps
from tests import factories as make
from tests.factories import make_row
from tests.website.hidden import SECRET, hide_things, show_things

pytestmark = pytest.mark.django_db

LISTS = ["/", "/articles/", "/events/", "/people/", "/organisations/", "/topics/", "/photos/", "/corrections/"]
SPACE = {"s": sitemaps.SITEMAP, "n": sitemaps.NEWS, "x": sitemaps.XHTML, "i": sitemaps.IMAGE}


def in_both(paths: list[str]) -> list[str]:
    """The address of each page, and that of its Korean twin."""
    return [f"http://testserver{language}{path}" for path in paths for language in ("", "/ko")]


def read(client: Client, path: str) -> ElementTree:
    return ElementTree.fromstring(client.get(path).getvalue())


def files(client: Client) -> list[str]:
    addresses = [one.findtext("s:loc", None, SPACE) for one in read(client, "/sitemap.xml")]
    return [address.removeprefix("http://testserver") for address in addresses]


def found(client: Client) -> dict[str, str | None]:
    """Each address of every file with its last change."""
    urls = [url for path in files(client) for url in read(client, path)]
    return {url.findtext("s:loc", None, SPACE): url.findtext("s:lastmod", None, SPACE) for url in urls}


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

    assert list(found(client)) == in_both(paths)


def test_empty_house_has_its_lists_alone(client: Client) -> None:
    assert files(client) == ["/sitemap-list-1.xml"]


def test_page_tells_when_it_last_changed(client: Client) -> None:
    make.make_event(slug="forum", is_public=True)
    changed_at = Change.objects.get(kind="event").changed_at

    assert found(client)["http://testserver/events/forum/"] == changed_at.isoformat(timespec="seconds")


def test_file_tells_when_one_of_its_pages_last_changed(client: Client) -> None:
    make.make_event(is_public=True)
    changed_at = Change.objects.get(kind="event").changed_at

    told = [one.findtext("s:lastmod", None, SPACE) for one in read(client, "/sitemap.xml")]

    assert told == 2 * [changed_at.isoformat(timespec="seconds")]


def test_list_changes_with_what_it_lists(client: Client) -> None:
    make.make_event(is_public=True)
    changed_at = Change.objects.get(kind="event").changed_at.isoformat(timespec="seconds")

    told = {address: found(client)[address] for address in in_both(["/", "/events/", "/people/"])}

    assert list(told.values()) == [changed_at, changed_at, changed_at, changed_at, None, None]


def test_page_names_its_other_language(client: Client) -> None:
    make.make_event(slug="forum", is_public=True)

    urls = read(client, files(client)[1])

    told = [[(link.get("hreflang"), link.get("href")) for link in url.findall("x:link", SPACE)] for url in urls]
    assert told == 2 * [
        [
            ("en", "http://testserver/events/forum/"),
            ("ko", "http://testserver/ko/events/forum/"),
            ("x-default", "http://testserver/events/forum/"),
        ]
    ]
    assert client.get("/ko/events/forum/").status_code == 200


def test_addresses_follow_the_site(client: Client, settings: Settings) -> None:
    settings.SITE_URL = "https://newsroom.example"

    addresses = [url.findtext("s:loc", None, SPACE) for url in read(client, "/sitemap-list-1.xml")]

    assert addresses == [one.replace("http://testserver", "https://newsroom.example") for one in in_both(LISTS)]


def test_pages_beyond_one_file_stand_in_the_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST", 4)
    for number in range(5):
        make.make_topic(slug=f"topic-{number}", is_public=True)

    in_files = [len(read(client, path)) for path in files(client)[1:]]

    assert (sum(in_files), max(in_files)) == (10, 4)
    assert len(found(client)) == 2 * (len(LISTS) + 5)


@pytest.mark.parametrize("path", ["/sitemap-topic-2.xml", "/sitemap-topic-0.xml", "/sitemap-user-1.xml"])
def test_file_that_is_not_listed_is_not_there(client: Client, path: str) -> None:
    make.make_topic(is_public=True)

    assert client.get(path).status_code == 404


def test_sitemap_shows_nothing_hidden(client: Client) -> None:
    show_things()
    hide_things()

    text = "".join(client.get(path).getvalue().decode() for path in files(client))

    assert SECRET not in text
    assert list(found(client))[2 * len(LISTS) :] == in_both(["/articles/open/", "/events/open-day/"])


@pytest.mark.parametrize("count", [1, 3])
def test_file_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        make.make_topic(is_public=True)

    with django_assert_num_queries(3):  # the head, the last number, the pages
        assert len(read(client, "/sitemap-topic-1.xml")) == 2 * count


def test_photograph_that_is_shown_is_told_of_with_its_page(client: Client) -> None:
    shown, drawn, denied = (make.make_photo(is_public=True, original="2025/a.jpg") for _number in range(3))
    for photo, name, width in ((shown, "s.webp", 400), (shown, "l.webp", 900), (denied, "no.webp", 900)):
        versions = {"format": "WEBP", "width": width, "height": 9, "size": 9, "file": name}
        make_row(Rendition, photo, photo=photo, **versions)
    make_row(
        Rendition, drawn, photo=drawn, format="WEBP", width=9, height=9, size=9, file="d.webp", is_placeholder=True
    )
    for photo in (shown, drawn):
        make_row(Lease, photo, photo=photo, effect="allow", scope="use")

    images = [one.text for one in read(client, "/sitemap-photo-1.xml").iterfind(".//i:loc", SPACE)]

    assert images == 2 * ["http://testserver/media/l.webp"]


def test_news_are_the_stories_of_two_days(client: Client) -> None:
    now = timezone.now()
    old = make.make_article(headline="Old")
    workflow.publish(old, by=None, at=now - dt.timedelta(days=3))
    new = make.make_article(slug="new", headline="Ice & <fire>", language="ko")
    workflow.publish(new, by=None, at=now - dt.timedelta(hours=1))
    workflow.publish(make.make_article(), by=None, at=now, visible_from=now + dt.timedelta(hours=1))

    (url,) = read(client, "/sitemap-news.xml")

    assert url.findtext("s:loc", None, SPACE) == "http://testserver/ko/articles/new/"
    assert url.findtext("n:news/n:title", None, SPACE) == "Ice & <fire>"
    assert url.findtext("n:news/n:publication/n:language", None, SPACE) == "ko"
