"""Objects of the API: lists and details of every kind, and what they say when there is nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Edition
from newsroom.models import Due
from tests import factories
from tests.partners.conftest import KINDS, Api, World, make_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("plural", KINDS)
def test_list_and_detail_are_one_document(api: Api, world: World, plural: str) -> None:
    results = api.get(f"{plural}/")["results"]

    assert [api.get(f"{plural}/{one['id']}/") for one in results] == results
    assert len(results) == 1


@pytest.mark.parametrize("plural", KINDS)
def test_list_pages_through_everything_once(api: Api, client: Client, plural: str) -> None:
    for _number in range(5):
        make_world()

    met, address = [], f"/api/v1/{plural}/?limit=2"
    while address:
        page = client.get(address).json()
        met += [one["id"] for one in page["results"]]
        address = page["next"]

    assert (len(met), len(set(met))) == (5, 5)


@pytest.mark.parametrize("plural", KINDS)
def test_list_takes_as_many_queries_for_three_as_for_one(client: Client, plural: str) -> None:
    make_world()
    one = _queries(client, plural)
    make_world()
    make_world()

    assert (_queries(client, plural), one) == (5, 5)


def _queries(client: Client, plural: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/api/v1/{plural}/")
    return len(captured)


@pytest.mark.parametrize("plural", KINDS)
def test_unknown_parameter_is_named_and_refused(api: Api, world: World, plural: str) -> None:
    problem = api.problem(f"{plural}/", 400, colour="green", limit="x")

    assert [fault["parameter"] for fault in problem["errors"]] == ["colour", "limit"]


@pytest.mark.parametrize("parameter", ["topic", "person", "organisation", "event", "kind", "language", "country"])
def test_unknown_value_is_named_and_refused(api: Api, world: World, parameter: str) -> None:
    problem = api.problem("articles/", 400, **{parameter: "nowhere"})

    assert [fault["parameter"] for fault in problem["errors"]] == [parameter]


def test_unknown_order_is_refused_with_those_that_there_are(api: Api) -> None:
    problem = api.problem("articles/", 400, sort="loudest")

    assert problem["errors"] == [{"parameter": "sort", "detail": "is none of newest, oldest"}]


@pytest.mark.parametrize("field", ["slug", "uuid"])
@pytest.mark.parametrize("name", ["topic", "person", "organisation", "event"])
def test_articles_are_filtered_by_slug_and_by_public_id(api: Api, world: World, name: str, field: str) -> None:
    make_world()

    results = api.get("articles/", **{name: str(getattr(getattr(world, name), field))})["results"]

    assert [one["id"] for one in results] == [str(world.article.uuid)]


def test_withdrawn_object_is_gone_with_its_reason(api: Api, world: World) -> None:
    workflow.withdraw(world.article, by=None, at=timezone.now(), public_note="Wrong room.")

    problem = api.problem(f"articles/{world.article.uuid}/", 410)

    assert (problem["reason"], problem["note"]) == ("withdrawn", "Wrong room.")
    assert api.get("articles/")["results"] == []


def test_object_never_public_does_not_exist(api: Api) -> None:
    hidden = factories.make_person()

    assert api.problem(f"people/{hidden.uuid}/", 404)["status"] == 404
    assert api.problem(f"people/{uuid.uuid4()}/", 404)["status"] == 404


def test_object_of_another_kind_does_not_exist(api: Api, world: World) -> None:
    assert api.problem(f"people/{world.article.uuid}/", 404)["status"] == 404


def test_person_who_is_hidden_stays_a_name_in_the_story(api: Api, world: World) -> None:
    with changes.recording() as record:
        record.touch(world.person)
        world.person.is_public = False
        world.person.save()

    mention = api.get(f"articles/{world.article.uuid}/")["people"][0]

    assert mention == {"name": world.person.name, "title": "President"}


def test_hidden_record_is_refused_without_telling_its_slug(api: Api, world: World) -> None:
    hidden = factories.make_topic(slug="secret-merger-talks")

    problem = api.problem("articles/", 400, topic=str(hidden.uuid))

    assert "secret-merger-talks" not in str(problem)


def test_expired_story_is_not_served_while_a_tick_is_owed(api: Api, world: World, settings: Any) -> None:
    settings.MIDDLEWARE = []  # as if no request could tick
    ends = timezone.now() + dt.timedelta(hours=1)
    workflow.publish(world.article, by=None, at=timezone.now(), visible_until=ends)

    with time_machine.travel(ends + dt.timedelta(minutes=1)):
        statuses = [
            api.client.get(f"/api/v1/{path}").status_code for path in (f"articles/{world.article.uuid}/", "changes/")
        ]
        listed = api.get("articles/")["results"]

    assert (statuses, listed) == ([503, 503], [])


def test_record_that_cannot_be_shown_does_not_hold_up_the_clock(api: Api, world: World, caplog: Any) -> None:
    ends = timezone.now() + dt.timedelta(hours=1)
    workflow.publish(world.article, by=None, at=timezone.now(), visible_until=ends)
    broken = make_world().article
    workflow.publish(broken, by=None, at=timezone.now(), visible_until=ends)
    Edition.objects.filter(article=broken).update(story={})

    with time_machine.travel(ends - dt.timedelta(minutes=1)):
        Due.objects.update(due_at=timezone.now())
        changes.tick(timezone.now())
        seen = [api.client.get(f"/api/v1/articles/{one.uuid}/").status_code for one in (world.article, broken)]

    assert (seen, "cannot be shown" in caplog.text) == ([200, 410], True)


def test_picture_that_is_not_held_is_said_to_be_withheld(api: Api, world: World) -> None:
    document = api.get(f"photos/{world.photo.uuid}/")

    assert (document["renditions"], document["withheld"]) == ([], [{"what": "renditions", "reason": "not-held"}])


@pytest.mark.parametrize("path", ["nowhere", "articles/not-a-uuid/", "ARTICLES", "articles.atom/", "articles/1/2/3/"])
def test_address_that_does_not_exist_is_a_problem(api: Api, path: str) -> None:
    assert api.problem(path, 404)["type"].endswith("/problems/not-found/")


@pytest.mark.parametrize(("method", "path"), [("get", "articles"), ("post", "webhooks"), ("get", "docs")])
def test_address_without_its_slash_leads_to_the_one_that_was_meant(
    client: Client, settings: Any, method: str, path: str
) -> None:
    response = getattr(client, method)(f"/api/v1/{path}?q=a%20%EA%B9%80")

    assert (response.status_code, response.content) == (308, b"")
    assert response["Location"] == f"{settings.SITE_URL}/api/v1/{path}/?q=a%20%EA%B9%80"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["", "articles/", "changes/"])
def test_writing_is_refused(client: Client, method: str, path: str) -> None:
    response = getattr(client, method)(f"/api/v1/{path}", data="{}", content_type="application/json")

    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_format_that_nobody_speaks_is_refused(client: Client) -> None:
    response = client.get("/api/v1/articles/", headers={"accept": "application/xml"})

    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")
    assert response.json()["detail"] == "The Accept header allows no format that this address can give."


HOSTILE: list[tuple[str, dict[str, Any]]] = [
    ("articles/", {"q": "\x00"}),
    ("articles/", {"q": 'say "hello'}),
    ("articles/", {"q": "a" * 100_000}),
    ("articles/", {"q": "word " * 3000}),
    ("articles/", {"q": "NEAR("}),
    ("articles/", {"from": "0"}),
    ("articles/", {"from": "99999"}),
    ("articles/", {"to": "9999-12-31T23:59:59-12:00"}),
    ("events/", {"from": "0001-01-01"}),
    ("events/", {"to": "2025-02-30"}),
    ("articles/", {"topic": "9" * 40}),
    ("articles/", {"person": ["x"] * 60}),
    ("articles/?topic=%ED%A0%80", {}),
    ("articles/?topic=%FF%FE", {}),
    ("articles/", {"cursor": "AAAA"}),
    ("articles/", {"cursor": "WyJub3QtYS1kYXRlIiwgMV0"}),
    ("articles/", {"cursor": "\x00"}),
    ("articles/", {"sort": "internal_note"}),
    ("articles/", {"ordering": "desk_note"}),
    ("articles/", {"desk_note__startswith": "a"}),
    ("people/", {"q": "%"}),
    ("changes/", {"types": "user"}),
    ("changes/", {"types": "article," * 1000}),
]


@pytest.mark.parametrize(("path", "query"), HOSTILE, ids=lambda value: str(value)[:40])
def test_hostile_query_is_refused_or_answered(client: Client, world: World, path: str, query: dict[str, Any]) -> None:
    response = client.get(f"/api/v1/{path}", query)

    assert response.status_code in {200, 400, 404, 414}
    assert response["Content-Type"] == (
        "application/json" if response.status_code == 200 else "application/problem+json"
    )
