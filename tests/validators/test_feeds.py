"""Feeds and calendars as others read them: each parser understands every entry, and all understand the same."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import icalendar
import pytest

from tests.infrastructure import validators
from tests.validators.walking import Answer, Walk, asked

pytestmark = pytest.mark.validators

FORMATS = {"application/rss+xml": "rss", "application/atom+xml": "atom", "application/feed+json": "json"}


PARTNERS = [f"/api/v1/{plural}.{form}" for plural in ("articles", "events") for form in ("rss", "atom", "json")]


@pytest.fixture(scope="module")
def feeds(walk: Walk, key: str) -> list[Answer]:
    """Those that pages lead to, and a partner's own."""
    partners = [asked(walk.site, path, Authorization=f"Bearer {key}") for path in PARTNERS]
    found = [answer for answer in [*walk.answers.values(), *partners] if answer.kind in FORMATS]
    assert {FORMATS[feed.kind] for feed in found} == set(FORMATS.values())
    assert set(PARTNERS) <= {feed.path for feed in found}
    return found


def test_feedsmith_understands_every_entry(feeds: list[Answer]) -> None:
    given = json.dumps([feed.body.decode() for feed in feeds])

    told = json.loads(validators.said("node", "programs/feeds.mjs", given=given))

    assert told == [{"format": FORMATS[feed.kind], **_expected(feed)} for feed in feeds]
    assert all(one["entries"] for one, feed in zip(told, feeds, strict=True) if "?" not in feed.path)


def _expected(feed: Answer) -> dict[str, Any]:
    """The same in feedparser's eyes; of a JSON Feed, as it stands written."""
    if feed.kind == "application/feed+json":
        written = json.loads(feed.body)
        return {"title": written["title"], "entries": [[one["id"], one["title"]] for one in written["items"]]}
    read = feedparser.parse(feed.body, response_headers={"content-type": feed.kind})
    assert not read.bozo, (feed.path, read.get("bozo_exception"))
    return {"title": read.feed.title, "entries": [[entry.id, entry.title] for entry in read.entries]}


def test_every_calendar_holds_its_events(walk: Walk, key: str) -> None:
    calendars = {path: answer.body for path, answer in walk.answers.items() if answer.kind == "text/calendar"}
    calendars |= {path: asked(walk.site, path, Authorization=f"Bearer {key}").body for path in ["/api/v1/events.ics"]}

    held = {path: icalendar.Calendar.from_ical(body).events for path, body in calendars.items()}

    assert {path for path, events in held.items() if not events and "?" not in path} == set()
    assert [event.errors for events in held.values() for event in events] == [
        [] for events in held.values() for _ in events
    ]
    assert all(str(event["UID"]).startswith("urn:uuid:") for events in held.values() for event in events)
    assert len(held) > 1
