"""The bottom shelf: what `manage.py check` says about a set-up that would hurt somebody later."""

import sqlite3
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Caution
from django.http.request import validate_host

# SQLite's race between a writer and a checkpoint of the write-ahead log, and the releases that end it.
WAL_RACE_FIXED = (3, 51, 3)
WAL_RACE_BACKPORTS = {(3, 44): 6, (3, 50): 7}


def survives_wal_race(version: tuple[int, int, int]) -> bool:
    major, minor, patch = version
    backport = WAL_RACE_BACKPORTS.get((major, minor))
    return version >= WAL_RACE_FIXED or (backport is not None and patch >= backport)


@register(Tags.compatibility)
def check_sqlite_release(**_: Any) -> list[CheckMessage]:
    uses_sqlite = any("sqlite" in database["ENGINE"] for database in settings.DATABASES.values())
    if not uses_sqlite or survives_wal_race(sqlite3.sqlite_version_info):
        return []
    return [
        Caution(
            f"SQLite {sqlite3.sqlite_version} can corrupt a WAL database that two processes write.",
            hint="Install the pinned pysqlite3 wheel, a SQLite from 3.51.3 on, or use PostgreSQL.",
            id="newsroom.W001",
        )
    ]


@register(Tags.security)
def check_allowed_hosts(**_: Any) -> list[CheckMessage]:
    if settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ALLOWED_HOSTS has to name the hosts of this site: empty serves nobody, '*' believes anybody.",
            hint="Leave the variable unset to allow the host of SITE_URL.",
            id="newsroom.E001",
        )
    ]


@register(Tags.security)
def check_site_host(**_: Any) -> list[CheckMessage]:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if validate_host(host, settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            f"ALLOWED_HOSTS lacks {host}, the host of SITE_URL: our own addresses would be refused.",
            hint="Add it to ALLOWED_HOSTS, or leave that variable unset.",
            id="newsroom.E002",
        )
    ]
