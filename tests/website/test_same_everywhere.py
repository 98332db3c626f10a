"""One question behind page, feed, table, API and calendar: the same filters give the same objects in each."""

import csv
import datetime as dt
import io
import json
import re

import icalendar
import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Translation
from newsroom.models import Record
from newsroom.photos.models import Depiction
from people.models import Position
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db

ASKED = [
    ("articles", "topic=space&kind=report", 1),
    ("articles", "person=kim&from=2025-12-09&topic=sea&topic=space", 2),
    ("articles", "q=harbour", 1),
    ("articles", "country=KR&kind=no-such-kind", 0),
    ("events", "topic=space&to=2025-12", 1),
    ("events", "person=kim", 2),
    ("events", "q=harbour&from=2026", 1),
    ("people", "organisation=kistep", 1),
    ("people", "q=sangbae+kim", 1),
    ("organisations", "country=KR", 1),
    ("photos", "person=kim&from=2025", 1),
    ("topics", "q=space", 1),
]


def fill() -> None:
    space, sea = (make.make_topic(slug=name, name=name.title(), is_public=True) for name in ("space", "sea"))
    kim = make.make_person(slug="kim", family_name="Kim", given_name="Sang-bae", is_public=True)
    make.make_person(family_name="Doe", is_public=True)
    kistep = make.make_organisation(slug="kistep", name="KISTEP", country="KR", is_public=True)
    make.make_organisation(name="Elsewhere", country="JP", is_public=True)
    with changes.recording() as record:
        Position.objects.create(person=kim, organisation=kistep, title="Director")
        record.touch(kim)
    for name, day, topic in (("Forum", "2025-12-09", space), ("Harbour talks", "2026-02", sea)):
        event = make.make_event(name=name, starts_on=day, attendance=40, attendance_is_about=True, is_public=True)
        event.topics.add(topic)
        Appearance.objects.create(event=event, person=kim)
    make.make_event(name="Nobody was there", starts_on="2024", is_public=True)
    for headline, kind, topic in (
        ("Rockets", "report", space),
        ("A harbour", "brief", sea),
        ("Neither", "brief", None),
    ):
        article = make.make_article(headline=headline, kind=kind, countries=["KR"])
        article.mentions.create(person=kim)
        article.topics.set([topic] if topic else [])
        workflow.publish(article, by=None, at=AT)
    photo = make.make_photo(taken_on="2025-12-09", is_public=True)
    Depiction.objects.create(photo=photo, person=kim)
    make.make_photo(is_public=True)


def on_page(client: Client, name: str, query: str) -> list[str]:
    listing = client.get(f"/{name}/?{query}").context["listing"]
    kind = name.rpartition("/")[-1]
    model = changes.kind_named({"people": "person"}.get(kind, kind.removesuffix("s"))).model
    found: dict[int, Record] = model._default_manager.in_bulk([row[-1] for row in listing.page.rows])
    return [str(found[row[-1]].uuid) for row in listing.page.rows]


def in_table(client: Client, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(("name", "query", "count"), ASKED)
def test_filters_give_the_same_objects_on_page_in_feed_table_calendar_and_api(
    client: Client, name: str, query: str, count: int
) -> None:
    fill()

    shown = on_page(client, name, query)

    assert len(shown) == count
    assert [row["id"] for row in in_table(client, f"/{name}.csv?{query}")] == shown
    api = client.get(f"/api/v1/{name}/?{query}")
    if "no-such" in query:
        assert api.status_code == 400
    else:
        assert [one["id"] for one in api.json()["results"]] == shown
    if name in {"articles", "events", "photos"}:
        items = json.loads(client.get(f"/feeds/{name}.json?{query}").content)["items"]
        assert [item["id"].removeprefix("urn:uuid:") for item in items] == shown
    if name == "events":
        held = icalendar.Calendar.from_ical(client.get(f"/events.ics?{query}").content)
        known = [one for one in in_table(client, f"/events.csv?{query}") if len(one["starts_on"]) == len("2025-12-09")]
        assert [str(one["UID"]) for one in held.events] == [f"urn:uuid:{one['id']}" for one in known]


@pytest.mark.parametrize(("prefix", "told"), [("", "Rockets"), ("/ko", "로켓")])
def test_story_in_two_languages_is_listed_once_and_by_the_text_of_the_address(
    client: Client, prefix: str, told: str
) -> None:
    original = make.make_article(headline="Rockets", slug="rockets")
    korean = make.make_article(headline="로켓", slug="roket", language="ko")
    make.make_row(Translation, korean, article=korean, original=original, made_from=1)
    for article in (original, korean):
        workflow.publish(article, by=None, at=AT)

    (shown,) = on_page(client, f"{prefix}/articles".lstrip("/"), "")
    (row,) = in_table(client, f"{prefix}/articles.csv")
    feed = json.loads(client.get(f"{prefix}/feeds/articles.json").content)

    assert (row["id"], row["headline"]) == (shown, told)
    assert [item["id"] for item in feed["items"]] == [f"urn:uuid:{shown}"]
    assert (feed["language"], feed["feed_url"]) == (
        prefix.removeprefix("/") or "en",
        f"http://testserver{prefix}/feeds/articles.json",
    )
    assert len(in_table(client, f"{prefix}/articles.csv?language=en&language=ko")) == 2
    assert len(client.get("/api/v1/articles/").json()["results"]) == 2


def test_table_tells_what_spreadsheets_can_sort(client: Client) -> None:
    fill()

    (story,) = in_table(client, "/articles.csv?topic=space")
    (event,) = in_table(client, "/events.csv?topic=space")
    (person,) = in_table(client, "/people.csv?organisation=kistep")

    assert (story["headline"], story["topics"], story["countries"]) == ("Rockets", "Space", "KR")
    assert story["first_published_at"] == "2025-12-09T03:00:00Z"
    assert (event["name"], event["starts_on"]) == ("Forum", "2025-12-09")
    assert (event["attendance"], event["attendance_is_about"]) == ("40", "True")
    assert person["positions"] == "Director, KISTEP"


def test_table_of_many_steps_is_whole_and_runs_no_formula(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.website.tables.AT_ONCE", 2)
    for number in range(5):
        make.make_topic(name=f"=SUM({number})", is_public=True)

    rows = in_table(client, "/topics.csv")

    assert [row["name"] for row in rows] == [f"'=SUM({number})" for number in range(5)]


@pytest.mark.parametrize("count", [1, 3])
def test_table_costs_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        workflow.publish(make.make_article(), by=None, at=AT)

    with django_assert_num_queries(4):  # the head, the walk, the ids, the documents
        assert len(in_table(client, "/articles.csv")) == count


@pytest.mark.parametrize(("language", "prefix"), [("en", ""), ("ko", "/ko")])
def test_page_names_every_form_of_its_list_in_its_language_with_the_filters_that_are_on(
    client: Client, language: str, prefix: str
) -> None:
    fill()

    with translation.override(language):
        ways = client.get(f"{prefix}/events/?topic=space&sort=oldest").context["listing"].feeds

    assert [url for _label, url, _kind in ways] == [
        f"{prefix}/events.ics?topic=space",
        f"{prefix}/feeds/events.atom?topic=space",
        f"{prefix}/feeds/events.rss?topic=space",
        f"{prefix}/feeds/events.json?topic=space",
        f"{prefix}/events.csv?topic=space",
        "/api/v1/events/?topic=space",
    ]


def test_korean_front_page_leads_to_korean_feeds(client: Client) -> None:
    page = client.get("/ko/").content.decode()

    feeds = re.findall(r'href="([^"]*articles\.atom)"', page)
    assert feeds == ["/ko/feeds/articles.atom"] * 2  # for programs, and for people
