import sqlite3

import pytest
from pytest_django import Settings

from newsroom.checks import check_allowed_hosts, check_site_host, check_sqlite_release, survives_wal_race


@pytest.mark.parametrize(
    ("version", "survives"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_sqlite_release_is_known_by_its_number(version: tuple[int, int, int], survives: bool) -> None:
    assert survives_wal_race(version) is survives


def test_old_sqlite_is_warned_of(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))

    assert [message.id for message in check_sqlite_release()] == ["newsroom.W001"]


def test_old_sqlite_does_not_matter_beside_postgres(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 40, 1))

    assert check_sqlite_release() == []


@pytest.mark.parametrize(
    ("hosts", "found"),
    [
        (["newsroom.example"], []),
        ([], ["newsroom.E001"]),
        (["*"], ["newsroom.E001"]),
        (["newsroom.example", "*"], ["newsroom.E001"]),
    ],
)
def test_allowed_hosts_have_to_be_named(settings: Settings, hosts: list[str], found: list[str]) -> None:
    settings.ALLOWED_HOSTS = hosts

    assert [message.id for message in check_allowed_hosts()] == found


@pytest.mark.parametrize(
    ("site_url", "found"),
    [
        ("https://newsroom.example", []),
        ("https://newsroom.example:8443", []),
        ("https://desk.newsroom.example", []),
        ("https://other.example", ["newsroom.E002"]),
    ],
)
def test_own_address_has_to_be_allowed(settings: Settings, site_url: str, found: list[str]) -> None:
    settings.ALLOWED_HOSTS = [".newsroom.example"]
    settings.SITE_URL = site_url

    assert [message.id for message in check_site_host()] == found
