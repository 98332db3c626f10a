"""Benchmarks: what a search costs: `python -m benchmarks.search fill 100000`, then `python -m benchmarks.search`.

Filling writes search entries of so many stories (and a twentieth of it in Korean), 3,000 people and 2,000 meetings,
each story on one of 20 topics and in one of 20 countries, with just those rows that a page of results reads. Requests
go through the whole of Django in this very process, one at a time; each asks for something new, so that nothing is
answered from a cache. Prints Markdown.
"""

from __future__ import annotations

import datetime as dt
import gc
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from random import Random
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.test import Client

from benchmarks import words
from benchmarks.fill import NotEmpty, settle_down
from benchmarks.pages import _database_seconds as database_seconds
from benchmarks.pages import database
from benchmarks.records import BATCH, insert
from events.models import Event
from newsroom import indexing
from newsroom.articles.models import Article, Edition, EditionFacet
from newsroom.articles.models.edition import OPEN_END
from newsroom.dates import PartialDate
from newsroom.indexing import Searchable, search_entry
from newsroom.models import SearchEntry, Topic
from people.models import Person

BEGIN = dt.datetime(2010, 1, 1, tzinfo=dt.UTC)
PEOPLE, EVENTS, A_KOREAN_STORY, TOPICS = 3_000, 2_000, 20, 20
COUNTRIES = (
    "AU",
    "BR",
    "CA",
    "CH",
    "CN",
    "DE",
    "FI",
    "FR",
    "GB",
    "ID",
    "IN",
    "JP",
    "KR",
    "MY",
    "NL",
    "SE",
    "SG",
    "TH",
    "US",
    "VN",
)
ASKED, DEEP, SAVES = 40, 12, 40
LATIN, HANGUL = words._LATIN_WORDS, words._HANGUL_WORDS  # from the commonest to the rarest


# The archive


def fill(stories: int) -> None:
    if SearchEntry.objects.exists():
        raise NotEmpty("Search knows something already: give the benchmark a database of its own.")
    insert(Topic, (Topic(**_public(UUID(int=n + 1)), name=f"Topic {n}") for n in range(TOPICS)))
    entries = _entries(stories)
    while batch := list(islice(entries, BATCH)):
        SearchEntry.objects.bulk_create(batch)
    add_records()


def _entries(stories: int) -> Iterator[SearchEntry]:
    """The stories last, those in Korean among the others: the newest entries are never all of one kind or language."""
    topics = list(Topic.objects.order_by("pk").values_list("pk", flat=True))
    random, in_korean = Random(1), korean(stories)
    yield from _names(random)
    for n in range(stories):
        yield from islice(in_korean, n % A_KOREAN_STORY == 0)
        text = words.body(random, stories - n, language="en").replace("<p>", "").replace("</p>", "\n")
        about: dict[str, Any] = {"topics": (topics[n % TOPICS],), "countries": (_country(n),)}
        yield _entry("article", n, words.phrase(random, 8), text, sort_at=BEGIN + dt.timedelta(hours=n), **about)


def _country(number: int) -> str:
    return COUNTRIES[number // TOPICS % len(COUNTRIES)]


def _names(random: Random) -> Iterator[SearchEntry]:
    for n in range(PEOPLE):
        name, text = words.phrase(random, 2), words.phrase(random, 20) + (f" {words.COMMON}" if n % 3 == 0 else "")
        yield _entry("person", n, name, text, exact=(f"nsome{n}",))
    for n in range(EVENTS):
        name, text = words.phrase(random, 6) + (f" {words.COMMON}" if n % 2 == 0 else ""), words.phrase(random, 60)
        yield _entry("event", n, name, text, sort_at=BEGIN + dt.timedelta(days=n))


def korean(stories: int) -> Iterator[SearchEntry]:
    random = Random(2)
    for n in range(stories, stories + stories // A_KOREAN_STORY):
        text = words.body(random, 0, language="ko").replace("<p>", "").replace("</p>", "\n")
        title = words.phrase(random, 8, language="ko")
        yield _entry("article", n, title, text, language="ko", sort_at=BEGIN + dt.timedelta(hours=n))


def _entry(
    kind: str,
    number: int,
    title: str,
    text: str,
    *,
    language: str = "en",
    sort_at: dt.datetime | None = None,
    exact: tuple[str, ...] = (),
    **about: Any,
) -> SearchEntry:
    return search_entry(kind, UUID(int=number + 1), Searchable(title, text, language, sort_at, exact, **about))


def add_records() -> None:
    """The public records behind the entries, without what a page of results leaves out."""
    people = ((uuid, *title.split()) for uuid, title in _of_kind("person"))
    insert(Person, (Person(**_public(uuid), family_name=last, given_name=first) for uuid, last, first in people))
    day = PartialDate(2025, 9)
    insert(Event, (Event(**_public(uuid), name=title, starts_on=day) for uuid, title in _of_kind("event")))
    stories = list(_of_kind("article"))
    state = Article.State.PUBLISHED
    articles = insert(Article, (Article(uuid=uuid, slug=f"story-{uuid.int}", state=state) for uuid, _ in stories))
    pairs = zip(articles, stories, strict=True)
    editions = insert(Edition, (_edition(article, title) for article, (_uuid, title) in pairs))
    insert(EditionFacet, map(_facet, editions))


def _of_kind(kind: str) -> Iterable[tuple[UUID, str]]:
    return SearchEntry.objects.filter(kind=kind).order_by("pk").values_list("object_id", "title").iterator()


def _public(uuid: UUID) -> dict[str, object]:
    return {"uuid": uuid, "slug": f"record-{uuid.int}", "is_public": True}


def _edition(article: Article, title: str) -> Edition:
    opens = {"visible_from": BEGIN, "visible_until": OPEN_END, "first_published_at": BEGIN, "made_at": BEGIN}
    return Edition(article=article, number=1, headline=title, story={}, **opens)


def _facet(edition: Edition) -> EditionFacet:
    """The countries that are offered are those which stories have."""
    opens = {"visible_from": BEGIN, "visible_until": OPEN_END, "first_published_at": BEGIN}
    facet, value = EditionFacet.Facet.COUNTRY, _country(edition.article.uuid.int - 1)
    return EditionFacet(edition=edition, article=edition.article, facet=facet, value=value, **opens)


# What is measured


@dataclass
class Asked:
    """Addresses of one sort, and what each took: milliseconds by the clock and of CPU."""

    name: str
    paths: list[str]
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time() + database_seconds()
        work()
        self.cpu.append(1000 * (time.process_time() + database_seconds() - cpu))
        self.wall.append(1000 * (time.perf_counter() - wall))


def searches() -> Iterator[Asked]:
    random = Random("searches")
    some = words.phrase(random, 2000).split()
    names = list(SearchEntry.objects.filter(kind="person").order_by("pk").values_list("title", flat=True)[:ASKED])
    yield _pages("words of nearly every text", LATIN[:ASKED])
    yield _pages("words of every third to twentieth text", LATIN[60 : 60 + 10 * ASKED : 10])
    yield _pages("rare words", LATIN[-ASKED:])
    yield _pages("two words", _phrases(some, 2))
    yield _pages("three words", _phrases(some[500:], 3))
    yield _pages("Korean words", HANGUL[: 25 * ASKED : 25])
    yield _pages("names", names)
    yield _pages("names, misspelt", (f"{name[:3]}{name[4:]}o" for name in names))
    pairs = _phrases(some[800:], 2)
    yield _pages("stories alone, two words", pairs, kind="article")
    yield _pages("on a topic, two words", _phrases(some[900:], 2), topic="record-4")
    yield _pages(
        "in a country and a year, two words", _phrases(some[1000:], 2), country="KR", **{"from": "2018", "to": "2018"}
    )


def _phrases(some: list[str], length: int) -> Iterator[str]:
    return (" ".join(some[length * n : length * (n + 1)]) for n in range(ASKED))


def _pages(name: str, queries: Iterable[str], **more: str) -> Asked:
    return Asked(name, [f"/search/?{urlencode({'q': query, **more})}" for query in queries])


def suggestions() -> Iterator[Asked]:
    for letters in (2, 3, 5):
        typed = dict.fromkeys(word[:letters] for word in LATIN[:400])
        yield Asked(f"{letters} letters", [f"/search/suggest/?q={one}" for one in islice(typed, ASKED)])
    yield Asked("Hangul", [f"/search/suggest/?q={word[0]}" for word in HANGUL[:ASKED]])


def answer(client: Client, path: str) -> object:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"{path} answered {response.status_code}")
    return response


_NEXT = re.compile(r'href="([^"]+)" rel="next"')


def deep(client: Client) -> Asked:
    """Page after page of words that stand in nearly every text, to where nothing is weighed any more, and there."""
    asked = Asked(f"{DEEP} pages on, and far behind them", [])
    for word in LATIN[:4]:
        path = f"/search/?q={word}"
        for _page in range(DEEP):
            path = unescape(_NEXT.findall(client.get(path).content.decode())[0])
            asked.time(lambda path=path: answer(client, path))
    return asked


def save() -> Asked:
    """One more story for search to know, and one that it has known; committed."""
    asked = Asked("search entry of a story, written and committed", [])
    random = Random("save")
    for n in range(SAVES):
        text = Searchable(words.phrase(random, 8), words.body(random, 1, language="en"), "en", BEGIN)
        uuid = UUID(int=10_000_000 + n // 2)
        asked.time(lambda uuid=uuid, text=text: _saved(uuid, text))
    SearchEntry.objects.filter(object_id__gte=UUID(int=10_000_000)).delete()
    return asked


def _saved(uuid: UUID, text: Searchable) -> None:
    with transaction.atomic():
        indexing.index("article", {uuid: text})


def _told(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{median(ordered):.1f} | {ordered[int(0.95 * (len(ordered) - 1))]:.1f} | {ordered[-1]:.1f}"


def measure() -> None:
    client = Client(SERVER_NAME=urlsplit(settings.SITE_URL).hostname or "", raise_request_exception=True)
    print(f"{database()}, {SearchEntry.objects.count():,} entries; load {os.getloadavg()[0]:.1f} before we began\n")
    for _warm_up in range(3):
        answer(client, f"/search/?q={LATIN[0]}")
    gc.collect()
    gc.freeze()  # as `newsroom.wsgi` does
    _tell("page of results", [*(_asked(client, one) for one in searches()), deep(client)])
    _tell("suggestions", [_asked(client, one) for one in suggestions()])
    _tell("save", [save()])
    print(f"Load at the end: {os.getloadavg()[0]:.1f}.")


def _asked(client: Client, asked: Asked) -> Asked:
    for path in asked.paths:
        asked.time(lambda path=path: answer(client, path))
    return asked


def _tell(title: str, groups: list[Asked]) -> None:
    print(f"| {title}, ms | asked | CPU median | p95 | max | clock median | p95 | max |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    everything = Asked("**all**", [])
    for one in groups:
        everything.wall += one.wall
        everything.cpu += one.cpu
    for one in [*groups, everything] if len(groups) > 1 else groups:
        print(f"| {one.name} | {len(one.cpu)} | {_told(one.cpu)} | {_told(one.wall)} |")
    print(flush=True)


def main() -> None:
    if sys.argv[1:2] != ["fill"]:
        measure()
        return
    begun = time.monotonic()
    try:
        fill(int(sys.argv[2]))
    except NotEmpty as refusal:
        sys.exit(str(refusal))
    settle_down()
    print(f"{SearchEntry.objects.count():,} entries in {time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
