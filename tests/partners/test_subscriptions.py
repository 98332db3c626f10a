"""Feeds and calendars through the doors of the API: what the asker may have, read by a reader's own parser."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import feedparser
import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.models import Change
from newsroom.partners.models import Package
from tests import factories
from tests.partners.conftest import Api, World, client_of, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

FEEDS = [f"{plural}.{form}" for plural in ("articles", "events") for form in ("atom", "rss", "json")]


def parsed(client: Client, path: str) -> Any:
    """What a feed reader understands; it complains of nothing."""
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    understood = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not understood.bozo, understood.get("bozo_exception")
    return understood


def ids(client: Client, path: str) -> list[str]:
    if ".json" in path:
        return [item["id"] for item in client.get(f"/api/v1/{path}").json()["items"]]
    if ".ics" in path:
        return [str(event["UID"]) for event in read(client, path).events]
    return [entry.id for entry in parsed(client, path).entries]


def read(client: Client, path: str = "events.ics") -> icalendar.Calendar:
    answer = client.get(f"/api/v1/{path}")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


@pytest.mark.parametrize("path", [*FEEDS, "events.ics"])
def test_feed_holds_exactly_what_the_list_has_for_its_asker(world: World, path: str) -> None:
    other = make_world()
    plural, kind = path.partition(".")[0], "article" if path.startswith("articles") else "event"
    askers = [
        Client(),
        client_of(make_partner(make_package(kinds=[kind], topics=[other.topic]))),
        client_of(make_partner(make_package(kinds=["topic"]))),
    ]

    found = [ids(client, path) for client in askers]

    listed = [[f"urn:uuid:{one['id']}" for one in Api(client).get(f"{plural}/")["results"]] for client in askers]
    assert found == listed
    assert [len(several) for several in found] == [2, 1, 0]


def test_story_comes_whole_with_its_terms(client: Client, world: World) -> None:
    (atom,) = parsed(client, "articles.atom").entries
    (rss,) = parsed(client, "articles.rss").entries
    [item] = client.get("/api/v1/articles.json").json()["items"]

    body = json.loads(Change.objects.get(kind="article").document)["body_html"]
    assert atom.content[0].value.startswith(body)
    assert rss.content[0].value == atom.content[0].value == item["content_html"]
    assert (atom.id, atom.author, atom.rights) == (
        world.article.uuid.urn,
        "Meridian newsroom",
        "AI training: not stated.",
    )
    assert item["_rights"] == {"notice": "AI training: not stated."}
    assert [tag.term for tag in atom.tags] == [world.topic.name]


@pytest.mark.parametrize("path", FEEDS)
def test_feed_takes_the_filters_of_its_list(client: Client, world: World, path: str) -> None:
    make_world()

    assert len(ids(client, f"{path}?topic={world.topic.slug}")) == 1
    assert client.get(f"/api/v1/{path}?topic=nowhere")["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["format", "fields", "expand", "count", "nonsense"])
def test_feed_has_one_format_and_is_not_cut(client: Client, name: str) -> None:
    assert client.get(f"/api/v1/articles.atom?{name}=json").status_code == 400


def test_feed_leads_on_through_the_archive(client: Client) -> None:
    for _number in range(3):
        make_world()

    first = parsed(client, "articles.atom?limit=2")
    [onward] = [link.href for link in first.feed.links if link.rel == "next"]
    rest = parsed(client, onward.partition("/api/v1/")[2])
    as_json = client.get("/api/v1/articles.json?limit=2")

    assert len({entry.id for entry in [*first.entries, *rest.entries]}) == 3
    assert [link.rel for link in rest.feed.links] == ["alternate", "self"]
    assert as_json.json()["next_url"] == onward.replace(".atom", ".json")
    assert as_json["Link"] == f'<{as_json.json()["next_url"]}>; rel="next"'


@pytest.mark.parametrize("accept", ["text/html", "application/json", "application/xml", "*/*"])
@pytest.mark.parametrize("path", ["articles.atom", "events.ics", "export.ndjson"])
def test_address_names_the_format_whatever_is_accepted(client: Client, path: str, accept: str) -> None:
    assert client.get(f"/api/v1/{path}", headers={"accept": accept}).status_code == 200


def test_withdrawn_story_leaves_the_feed(client: Client, world: World) -> None:
    workflow.withdraw(world.article, by=None, at=timezone.now(), public_note="")

    assert [ids(client, f"articles.{form}") for form in ("atom", "rss", "json")] == [[], [], []]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("?2025-XX-06", None, "the 6th of an unknown month, 2025 (year inferred)"),
        ("2025-12-09", "2025-12-10", "9–10 December 2025"),
    ],
)
def test_event_says_when_it_is_and_that_it_is_off(client: Client, first: str, last: str | None, said: str) -> None:
    event = factories.make_event(is_public=True, name="Forum", starts_on=first, ends_on=last, status="cancelled")

    (entry,) = parsed(client, "events.rss").entries

    assert (entry.id, entry.title, entry.summary) == (event.uuid.urn, "Forum (cancelled)", f"<p>{said}</p>")


def test_not_modified_feed_costs_two_queries(everything: Package, world: World) -> None:
    client = client_of(make_partner(everything))
    version = client.get("/api/v1/articles.atom")["ETag"]

    with CaptureQueriesContext(connection) as captured:
        again = client.get("/api/v1/articles.atom", headers={"if-none-match": version})

    assert (again.status_code, len(captured)) == (304, 2)


@pytest.mark.parametrize("path", ["articles.rss", "events.json", "events.ics"])
def test_feed_takes_as_many_queries_for_three_as_for_one(client: Client, path: str) -> None:
    counts = []
    for _number in range(3):
        make_world()
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/api/v1/{path}")
        counts.append(len(captured))

    assert counts == [5, 5, 5]


# Calendars


def test_calendar_counts_versions_and_keeps_its_ids(client: Client, world: World) -> None:
    before = Change.objects.get(kind="event").version
    with changes.recording() as record:
        record.touch(world.event)
        world.event.status = "postponed"
        world.event.save()

    (held,) = read(client).events

    entry = Change.objects.get(kind="event")
    assert (held["UID"], held["SEQUENCE"]) == (world.event.uuid.urn, before + 1)
    assert (held["STATUS"], held["DTSTAMP"].dt) == ("TENTATIVE", entry.changed_at.replace(microsecond=0))


def test_calendar_gives_hours_in_the_zone_of_the_venue(client: Client) -> None:
    starts_at = dt.datetime(2025, 12, 9, 1, tzinfo=dt.UTC)
    factories.make_event(is_public=True, starts_at=starts_at, venue=factories.make_venue(time_zone="Asia/Seoul"))

    calendar = read(client)

    assert [zone["TZID"] for zone in calendar.timezones] == ["Asia/Seoul"]
    assert (calendar.events[0]["DTSTART"].params["TZID"], calendar.events[0]["DTSTART"].dt) == ("Asia/Seoul", starts_at)


def test_one_event_is_a_calendar_for_those_who_may_have_it(client: Client, world: World) -> None:
    path = f"events/{world.event.uuid}.ics"
    outside = client_of(make_partner(make_package(kinds=["topic"])))

    assert ids(client, path) == [world.event.uuid.urn]
    assert outside.get(f"/api/v1/{path}").json()["status"] == 404


def test_event_whose_day_is_not_known_has_no_calendar(client: Client) -> None:
    event = factories.make_event(is_public=True, starts_on="2025-12")

    assert client.get(f"/api/v1/events/{event.uuid}.ics").json()["status"] == 404
    assert read(client)["X-WR-CALDESC"] == "1 event is left out, since its day is not known."
