"""Benchmarks: what a reader or a partner costs, page by page: `python -m benchmarks.pages [runs]` prints JSON.

Requests go through the whole of Django in this very process, one at a time and anonymous; nothing is sent
that would be answered from a cache, but for the one line that measures just that.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import words
from benchmarks.records import STEADY
from newsroom import changes, keyset
from newsroom.articles.filters import ArticleFilters
from newsroom.articles.models import Article, EditionFacet
from newsroom.models import Topic
from newsroom.partners import cursors
from newsroom.partners.entitlement import ANYBODY
from people.models import Organisation, Person

Facet = EditionFacet.Facet
WARM_UP, RUNS = 2, 15
NEWS = 20  # changes that a partner missed who asks again
PROLIFIC, TOPIC, RARE_ORGANISATION = "person-0001", "topic-0001", "organisation-0190"
MEASURED_STORY = "story-000005"  # a story of the same words at every size


class WrongAnswer(RuntimeError):
    """A page did not answer as it has to: its time would mean nothing."""


@dataclass(frozen=True)
class Page:
    """One address to be measured, under the name of its line in the table."""

    name: str
    path: str
    etag: str = ""

    @property
    def status(self) -> int:
        return 304 if self.etag else 200


@dataclass
class Measured:
    """What one page cost: milliseconds of CPU and of the clock, run by run."""

    page: Page
    queries: int
    size: int
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def pages() -> list[Page]:
    """Every page that is measured; at depth means from the middle or the end of its list."""
    return [*_lists(), *_details(), *_searches(), *_api(), Page("feed, Atom", "/feeds/articles.atom")]


def _lists() -> Iterator[Page]:
    topic = Topic.objects.get(slug=TOPIC)
    on_topic = {"topic": TOPIC}
    yield Page("home", "/")
    yield _stories("articles")
    yield _stories("articles, middle", after=_place(0.5))
    yield _stories("articles, last page", before=_place(1))
    yield _stories("articles, oldest first", sort="oldest")
    yield _stories("articles on a topic", **on_topic)
    yield _stories("articles on a topic, middle", **on_topic, after=_place(0.5, Facet.TOPIC, topic.pk))
    yield _stories("articles on a topic, last page", **on_topic, before=_place(1, Facet.TOPIC, topic.pk))
    yield _stories("articles by topic and kind", **on_topic, kind="analysis")
    yield _stories("articles by topic and a rare organisation", **on_topic, organisation=RARE_ORGANISATION)
    yield _stories("articles on either of two topics", topic=[TOPIC, "topic-0002"])
    yield _stories("articles with a person of 60 stories", person=STEADY)
    yield _stories("articles with a person of very many", person=PROLIFIC)
    yield _stories("articles of a year", **{"from": "2026", "to": "2026"})
    yield _stories("articles, a common word", q=words.COMMON)
    yield _stories("articles, a rare word", q=words.RARE)
    yield Page("events", "/events/")
    yield Page("people", "/people/")
    yield Page("organisations", "/organisations/")
    yield Page("topics", "/topics/")
    yield Page("photos", "/photos/")
    yield Page("corrections", "/corrections/")


def _stories(name: str, **query: str | list[str]) -> Page:
    return Page(name, _address("/articles/", **query))


def _address(path: str, **query: Any) -> str:
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def _place(depth: float, facet: str = Facet.ALL, value: int | str = "") -> str:
    """The token of a place in a shelf, from 0 for its newest to 1 for its oldest story."""
    walk = EditionFacet.objects.on(facet, str(value)).order_by(*ArticleFilters.orders["newest"])
    rows = walk.values_list("first_published_at", "article_id")
    return keyset.encode(rows[int(depth * (rows.count() - 1))])


def _details() -> Iterator[Page]:
    story = Article.objects.get(slug=MEASURED_STORY)
    event = story.events.get()
    corrected = Article.objects.filter(state=Article.State.CORRECTED).latest("pk")
    yield Page("article", story.get_absolute_url())
    yield Page("article, its versions", f"{corrected.get_absolute_url()}versions/")
    yield Page("event", event.get_absolute_url())
    yield Page("person of 60 stories", f"/people/{STEADY}/")
    yield Page("person of very many stories", f"/people/{PROLIFIC}/")
    yield Page("organisation of very many stories", "/organisations/organisation-0001/")
    yield Page("topic of very many stories", f"/topics/{TOPIC}/")


def _searches() -> Iterator[Page]:
    yield Page("search, a common word", _address("/search/", q=words.COMMON))
    yield Page("search, a rare word", _address("/search/", q=words.RARE))
    yield Page("search, a name", _address("/search/", q=Person.objects.get(slug=STEADY).name))


def _api() -> Iterator[Page]:
    articles = "/api/v1/articles/"
    organisation = Organisation.objects.get(slug=RARE_ORGANISATION).uuid
    topic = Topic.objects.get(slug=TOPIC)
    on_topic = _place(0.5, Facet.TOPIC, topic.pk)
    yield Page("API articles", articles)
    yield Page("API articles, middle", _address(articles, cursor=_place(0.5)))
    yield Page("API articles on a topic", _address(articles, topic=topic.uuid))
    yield Page("API articles on a topic, middle", _address(articles, topic=topic.uuid, cursor=on_topic))
    yield Page("API articles, topic and organisation", _address(articles, topic=topic.uuid, organisation=organisation))
    yield Page("API article", f"{articles}{Article.objects.get(slug=MEASURED_STORY).uuid}/")
    yield Page("API events", "/api/v1/events/")
    yield Page("API people", "/api/v1/people/")
    yield Page("API changes, first 100", "/api/v1/changes/")
    yield Page(f"API changes, last {NEWS}", _address("/api/v1/changes/", cursor=_recent_cursor()))


def _recent_cursor() -> str:
    """That of a partner who has had everything but the last changes."""
    head = changes.head()
    everything = tuple(sorted(kind.name for kind in changes.kinds()))
    return str(replace(cursors.begin(head, ANYBODY.tag, everything), seq=head.seq - NEWS, until=0))


def measure(asked: list[Page], *, runs: int = RUNS) -> list[Measured]:
    """Each page in turn, over and over, so that a busy moment of the machine strikes all of them alike."""
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname or "", raise_request_exception=True)
    asked = [*asked, _unchanged(client)]
    for _ in range(WARM_UP - 1):
        for page in asked:
            _answer(client, page)
    measured = [_counted(client, page) for page in asked]
    gc.collect()
    for _ in range(runs):
        for one in measured:
            _time(client, one)
    return measured


def _unchanged(client: Client) -> Page:
    """A list asked for again by somebody who has it."""
    return Page("articles, not modified", "/articles/", etag=client.get("/articles/").headers["ETag"])


def _answer(client: Client, page: Page) -> Any:
    response = client.get(page.path, headers={"If-None-Match": page.etag} if page.etag else None)
    if response.status_code != page.status:
        raise WrongAnswer(f"{page.path} answered {response.status_code}")
    return response


def _counted(client: Client, page: Page) -> Measured:
    """The last of the warm-up: how many statements the page takes, and how many bytes it has."""
    with CaptureQueriesContext(connection) as queries:
        response = _answer(client, page)
    return Measured(page, len(queries), len(response.content))


def _time(client: Client, one: Measured) -> None:
    cpu, database, wall = time.process_time(), _database_seconds(), time.perf_counter()
    _answer(client, one.page)
    spent = time.process_time() - cpu
    one.wall.append(1000 * (time.perf_counter() - wall))
    one.cpu.append(1000 * (spent + _database_seconds() - database))


def _database_seconds() -> float:
    """CPU time of this connection's process of PostgreSQL, where Linux tells; SQLite works within our own."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return 0.0
    account = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(account.read_text().split()[0]) / 1e9 if account.exists() else 0.0


def database() -> str:
    """The engine with its version."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SHOW server_version")
            return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
        cursor.execute("SELECT sqlite_version()")
        return f"SQLite {cursor.fetchone()[0]}"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    load_before = os.getloadavg()[0]
    measured = measure(pages(), runs=runs)
    outcome = {
        "database": database(),
        "articles": Article.objects.count(),
        "load": [load_before, os.getloadavg()[0]],
        "pages": [asdict(one) for one in measured],
    }
    json.dump(outcome, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
