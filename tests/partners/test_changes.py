"""The change feed as a partner follows it."""

from __future__ import annotations

import datetime as dt
import uuid
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.models import FeedHead
from tests import factories
from tests.partners.conftest import Api, World, make_world

pytestmark = pytest.mark.django_db


def test_first_sync_has_every_public_object_once(api: Api, world: World) -> None:
    found, _cursor = api.follow()

    assert sorted(change["type"] for change in found) == [
        "article",
        "event",
        "organisation",
        "person",
        "photo",
        "topic",
    ]
    assert {change["op"] for change in found} == {"upsert"}
    assert {change["object"]["id"] for change in found} == {change["id"] for change in found}


def test_first_sync_spares_removals_on_its_later_pages_too(api: Api) -> None:
    for _number in range(3):
        topic = factories.make_topic(is_public=True)
        with changes.recording() as record:
            record.touch(topic)
            topic.is_public = False
            topic.save()
        factories.make_topic(is_public=True)

    found, _cursor = api.follow(limit=1)

    assert [change["op"] for change in found] == ["upsert"] * 3


def test_delta_has_what_changed_and_nothing_else(api: Api, world: World) -> None:
    _found, cursor = api.follow()

    with changes.recording() as record:
        record.touch(world.topic)
        world.topic.description = "About cables."
        world.topic.save()

    found, _cursor = api.follow(cursor)
    assert [(change["type"], change["version"], change["kind"]) for change in found] == [("topic", 2, "changed")]
    assert found[0]["object"]["description"] == "About cables."


def test_delta_without_changes_is_empty_and_keeps_its_cursor(api: Api, world: World) -> None:
    _found, cursor = api.follow()

    assert api.follow(cursor) == ([], cursor)


def test_withdrawal_comes_as_removal_with_its_public_reason(api: Api, world: World) -> None:
    _found, cursor = api.follow()

    workflow.withdraw(world.article, by=None, at=timezone.now(), public_note="Wrong room.", private_note="Our fault.")

    found, _cursor = api.follow(cursor)
    removal = next(change for change in found if change["type"] == "article")
    assert (removal["op"], removal["reason"], removal["must_remove"]) == ("remove", "withdrawn", True)
    assert (removal["note"], removal["object"]) == ("Wrong room.", None)
    assert "Our fault" not in str(found)


@pytest.mark.parametrize(
    ("act", "reason"), [("unpublish", "withdrawn"), ("takedown", "taken-down"), ("kill", "killed")]
)
def test_removal_says_by_which_act(api: Api, world: World, act: str, reason: str) -> None:
    _found, cursor = api.follow()

    workflow.withdraw(world.article, by=None, at=timezone.now(), act=act, private_note="Libel.")

    found, _cursor = api.follow(cursor)
    assert [change["reason"] for change in found if change["type"] == "article"] == [reason]


def test_correction_comes_as_correction(api: Api, world: World) -> None:
    _found, cursor = api.follow()
    world.article.headline = "A better headline"
    world.article.save()

    workflow.correct(world.article, by=None, at=timezone.now(), note="The headline named another town.")

    found, _cursor = api.follow(cursor)
    assert [(change["kind"], change["note"]) for change in found] == [("corrected", "The headline named another town.")]
    assert found[0]["object"]["corrections"][0]["note"] == "The headline named another town."


def test_what_was_never_public_leaves_no_trace(api: Api, world: World) -> None:
    _found, cursor = api.follow()

    factories.make_article(headline="Not yet")
    factories.make_person(family_name="Hidden")
    workflow.publish(factories.make_article(), by=None, at=timezone.now(), visible_from=_in_an_hour())

    assert api.follow(cursor)[0] == []


def _in_an_hour() -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=1)


def test_types_narrow_the_feed(api: Api, world: World) -> None:
    found, _cursor = api.follow(types="topic,person")

    assert sorted(change["type"] for change in found) == ["person", "topic"]


def test_cursor_of_other_types_is_refused(api: Api, world: World) -> None:
    _found, cursor = api.follow(types="topic")

    assert api.problem("changes/", 400, cursor=cursor, types="person")["type"].endswith("/problems/bad-cursor/")


def test_cursor_of_a_restored_archive_has_ended(api: Api, client: Client, world: World) -> None:
    _found, cursor = api.follow()
    FeedHead.objects.update(generation=uuid.uuid4())

    response = client.get("/api/v1/changes/", {"cursor": cursor})

    assert response.status_code == 410
    assert response["Link"].endswith('/api/v1/changes/>; rel="start"')
    assert response.json()["type"].endswith("/problems/cursor-expired/")


@pytest.mark.parametrize("cursor", ["", "0", "abc", "….1.1.ffffff", "0" * 2000, "00000000.1.1", "-1.0.0.0", "\x00"])
def test_cursor_that_is_none_of_ours_is_refused(api: Api, world: World, cursor: str) -> None:
    assert api.problem("changes/", 400, cursor=cursor)["status"] == 400


def test_cursor_beyond_the_head_is_of_an_archive_set_back(api: Api, world: World) -> None:
    _found, cursor = api.follow()
    generation, entitlement, seq, until, types = cursor.split(".")

    ahead = f"{generation}.{entitlement}.{int(seq) + 1}.{until}.{types}"

    assert api.problem("changes/", 410, cursor=ahead)["type"].endswith("/problems/cursor-expired/")


def test_restored_archive_ends_cursors_by_command(api: Api, world: World) -> None:
    _found, cursor = api.follow()

    call_command("feed_restart", verbosity=0, stdout=StringIO())

    assert api.problem("changes/", 410, cursor=cursor)["type"].endswith("/problems/cursor-expired/")


@pytest.mark.parametrize(
    "limit", ["0", "501", "0000000010000", "0000000019999999999999999999999999999", "-1", "x", "1.5", "９", "9" * 30]
)
def test_limit_out_of_bounds_is_refused(api: Api, world: World, limit: str) -> None:
    assert api.problem("changes/", 400, limit=limit)["errors"][0]["parameter"] == "limit"


def test_pages_link_to_the_next(client: Client, world: World) -> None:
    response = client.get("/api/v1/changes/", {"limit": 2})

    cursor = response.json()["cursor"]
    assert response.json()["has_more"] is True
    assert f"cursor={cursor}" in response["Link"]


def test_changes_take_as_many_queries_for_many_as_for_one(client: Client, django_assert_num_queries: object) -> None:
    make_world()
    one = _queries(client)
    for _number in range(2):
        make_world()

    assert (_queries(client), one) == (4, 4)


def _queries(client: Client) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/changes/")
    return len(captured)
