#!/usr/bin/env python3
"""Keeps a copy of everything that a key opens in one SQLite file. Python 3.9 or later, nothing to install.

    python3 partner_mirror.py --site https://news.example.org --key attache_… --file mirror.sqlite3

`object` has each document by type and id; `merged` says what an id that is gone was merged into.
Each page of changes is stored in one transaction with the cursor that leads on, so the program may be killed
at any moment, and goes on where it was. Run it with --once from a timer, or leave it running.
"""

from __future__ import annotations

import argparse
import email.utils
import http.client
import json
import os
import sqlite3
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS object (
    type TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, document TEXT NOT NULL, sync INTEGER NOT NULL,
    PRIMARY KEY (type, id));
CREATE TABLE IF NOT EXISTS merged (type TEXT NOT NULL, id TEXT NOT NULL, into_id TEXT NOT NULL, PRIMARY KEY (type, id));
CREATE TABLE IF NOT EXISTS place (only INTEGER PRIMARY KEY CHECK (only = 1), cursor TEXT, sync INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS object_by_sync ON object (sync);
INSERT OR IGNORE INTO place VALUES (1, NULL, 1);
"""
PATIENCE = 60  # seconds for one answer
LONGEST_WAIT = 3600  # seconds, whatever the server asks for
PAUSES = (1, 5, 30, 60)  # seconds to wait after the first failure in a row, the second, and so on


class CursorExpired(Exception):
    """What we may have is another than before, or the archive was restored: begin anew, and drop what does not come."""


class Refused(Exception):
    """Asking again would not help."""


def open_mirror(path: str) -> sqlite3.Connection:
    mirror = sqlite3.connect(path, isolation_level=None)
    mirror.execute("PRAGMA journal_mode=WAL")
    mirror.execute("PRAGMA synchronous=FULL")  # what we say we have, we have on disk
    mirror.executescript(TABLES)
    return mirror


def fetch(site: str, key: str, cursor: str | None, limit: int) -> Any:
    """The next page of changes. Sending a cursor tells the newsroom that everything up to it is stored."""
    query = urllib.parse.urlencode({"limit": limit, **({"cursor": cursor} if cursor else {})})
    headers = {"Accept": "application/json", "User-Agent": "partner-mirror"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(f"{site}/api/v1/changes/?{query}", headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)


def fetch_patiently(site: str, key: str, cursor: str | None, limit: int) -> Any:
    """The same, waiting as long as the server asks for, or longer from failure to failure."""
    failures = 0
    while True:
        try:
            return fetch(site, key, cursor, limit)
        except urllib.error.HTTPError as error:
            if error.code == 410:
                raise CursorExpired from error
            if error.code < 500 and error.code != 429:
                raise Refused(f"{error.code}: {error.read().decode('utf-8', 'replace')}") from error
            wait = seconds(error.headers.get("Retry-After") or "")
        except (OSError, ValueError, http.client.HTTPException) as error:  # no connection, or half an answer
            print(f"no answer: {error}", file=sys.stderr)
            wait = 0
        time.sleep(wait or PAUSES[min(failures, len(PAUSES) - 1)])
        failures += 1


def seconds(asked: str) -> float:
    """How long the server wants to be left alone: it, or what stands before it, says so in seconds or by the clock."""
    if asked.isdigit():
        return min(int(asked), LONGEST_WAIT)
    try:
        until = email.utils.parsedate_to_datetime(asked).timestamp()
    except (TypeError, ValueError):
        return 0
    return max(0, min(until - time.time(), LONGEST_WAIT))


def store(mirror: sqlite3.Connection, page: Any, sync: int) -> None:
    """Apply one page and its cursor: both or neither."""
    mirror.execute("BEGIN IMMEDIATE")
    try:
        for change in page["changes"]:
            apply(mirror, change, sync)
        if not page["has_more"]:  # the end of a sync: what did not come is no longer ours
            mirror.execute("DELETE FROM object WHERE sync < ?", (sync,))
        mirror.execute("UPDATE place SET cursor = ?", (page["cursor"],))
        mirror.execute("COMMIT")
    except BaseException:
        mirror.execute("ROLLBACK")
        raise


def apply(mirror: sqlite3.Connection, change: Any, sync: int) -> None:
    name = (change["type"], change["id"])
    mirror.execute("DELETE FROM merged WHERE type = ? AND id = ?", name)  # which may have been undone
    if change["op"] == "remove":
        mirror.execute("DELETE FROM object WHERE type = ? AND id = ?", name)
        if change["replaced_by"]:  # links of yours that lead to it lead there now
            mirror.execute("INSERT INTO merged VALUES (?, ?, ?)", (*name, change["replaced_by"]))
        return
    document = json.dumps(change["object"], ensure_ascii=False, sort_keys=True)
    mirror.execute(
        "INSERT INTO object VALUES (?, ?, ?, ?, ?) ON CONFLICT (type, id) DO UPDATE SET"
        " version = excluded.version, document = excluded.document, sync = excluded.sync"
        " WHERE excluded.version >= object.version OR excluded.sync > object.sync",
        (*name, change["version"], document, sync),
    )


def follow(mirror: sqlite3.Connection, site: str, key: str, limit: int = 500) -> int:
    """Take everything that is new; returns how many changes there were. The last request proves that all is stored."""
    count = 0
    while True:
        cursor, sync = mirror.execute("SELECT cursor, sync FROM place").fetchone()
        try:
            page = fetch_patiently(site, key, cursor, limit)
        except CursorExpired:
            mirror.execute("UPDATE place SET cursor = NULL, sync = sync + 1")
            continue
        store(mirror, page, sync)
        count += len(page["changes"])
        if not page["has_more"] and page["cursor"] == cursor:
            return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", required=True, help="such as https://news.example.org")
    parser.add_argument(
        "--key", default=os.environ.get("PARTNER_KEY", ""), help="or in PARTNER_KEY; none: the public's"
    )
    parser.add_argument("--file", default="mirror.sqlite3")
    parser.add_argument("--limit", type=int, default=500, help="changes in one answer")
    parser.add_argument("--every", type=int, default=60, help="seconds between two looks")
    parser.add_argument("--once", action="store_true", help="look once, and end")
    wish = parser.parse_args()
    mirror = open_mirror(wish.file)
    while True:
        print(f"{follow(mirror, wish.site.rstrip('/'), wish.key, wish.limit)} changes", flush=True)
        if wish.once:
            return
        time.sleep(wish.every)


if __name__ == "__main__":
    try:
        main()
    except Refused as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(130)
