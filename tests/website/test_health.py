"""What machines are told of the house."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom import changes
from newsroom.articles import workflow
from newsroom.website.health import check_migrations
from tests import factories as make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    check_migrations.cache_clear()


def test_healthy_house_says_so_and_where_its_feed_stands(client: Client) -> None:
    make.make_topic(is_public=True)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "release": "0.1.0", "head": changes.head().seq, "overdue_seconds": 0}
    assert "no-store" in answer.headers["Cache-Control"]


def test_health_asks_little_once_the_migrations_are_known(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/healthz")

    with django_assert_num_queries(2):
        client.get("/healthz")


def test_database_without_its_tables_is_reported(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE newsroom_feedhead RENAME TO newsroom_feedhead_gone")

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"status": "database unreachable"})


def test_missing_migration_is_reported(client: Client) -> None:
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("photos")
    MigrationRecorder(connection).record_unapplied(*newest)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"status": "migrations missing"})


def test_tick_that_cannot_be_done_is_reported_after_two_minutes(client: Client) -> None:
    with time_machine.travel(NOON):
        workflow.publish(make.make_article(), by=None, at=NOON, visible_from=NOON + dt.timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_due SET kind = 'unheard-of'")

    with time_machine.travel(NOON + dt.timedelta(hours=1, seconds=120), tick=False):
        late = client.get("/healthz")
    with time_machine.travel(NOON + dt.timedelta(hours=1, seconds=121), tick=False):
        too_late = client.get("/healthz")

    assert (late.status_code, late.json()["overdue_seconds"]) == (200, 120)
    assert (too_late.status_code, too_late.json()["status"]) == (503, "tick overdue")


def test_robots_are_kept_from_the_desk_and_shown_the_sitemap(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert lines == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /preferences/",
        "Disallow: /preview/",
        "Disallow: /search/",
        "Disallow: /feeds/search.",
        "Disallow: /ko/preview/",
        "Disallow: /ko/search/",
        "Disallow: /ko/feeds/search.",
        "",
        "Sitemap: http://testserver/sitemap.xml",
        "Sitemap: http://testserver/sitemap-news.xml",
    ]


def test_security_contact_is_said_until_half_a_year_from_now(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_CONTACT = "desk@newsroom.example"

    with time_machine.travel(NOON):
        lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines == [
        "Contact: mailto:desk@newsroom.example",
        "Expires: 2026-06-07T00:00:00+09:00",
        "Preferred-Languages: en, ko",
        "Canonical: http://testserver/.well-known/security.txt",
    ]


def test_newsroom_without_a_contact_has_no_security_file(client: Client) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404
