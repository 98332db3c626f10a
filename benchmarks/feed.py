"""Benchmarks: what the partner feed costs: `python -m benchmarks.feed` on an archive that `benchmarks.fill` made.

Names of its parts (syncs, lists, saves, webhooks) narrow it to these. Requests go through the WSGI application of
the site in this very process, under a partner's key, one at a time.
It adds partners and webhooks to the archive, which has to be the benchmark's own; prints Markdown.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from rest_framework.test import APIRequestFactory

from benchmarks.pages import database
from benchmarks.plain_api import Articles
from benchmarks.records import STEADY
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import Change, Topic
from newsroom.partners import cursors, entitlement, keys, packages
from newsroom.partners.models import Package, Partner, Scope
from newsroom.partners.webhooks import calling, outbox, sending
from newsroom.partners.webhooks.models import Webhook
from newsroom.wsgi import application
from people.models import Person

PAGE = 500
RUNS, ASKED = 15, 300
PARTNERS, DEAD = 200, 10


@dataclass(frozen=True)
class Answer:
    status: str
    headers: dict[str, str]
    parts: Iterator[bytes]

    def json(self) -> Any:
        return json.loads(b"".join(self.parts))


@dataclass(frozen=True)
class Asker:
    """A partner's program, without the network between."""

    key: str

    def get(self, address: str, **headers: str) -> Answer:
        site, parts = urlsplit(settings.SITE_URL), urlsplit(address)
        environ = {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": site.netloc,
            "HTTP_AUTHORIZATION": f"Bearer {self.key}",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
            **headers,
        }
        told: dict[str, Any] = {}
        parts_of_it = application(environ, lambda status, pairs, *_: told.update(status=status, headers=dict(pairs)))
        return Answer(told["status"], told["headers"], iter(parts_of_it))


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock and of CPU."""

    clock: float
    cpu: float


def spent(work: Callable[[], object]) -> Spent:
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - clock, time.process_time() - cpu)


def memory() -> float:
    """Megabytes that this process holds at this moment."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


def make_partner(name: str, package: Package) -> Partner:
    partner = Partner.objects.create(name=name, requests_per_minute=1_000_000)
    partner.packages.add(package)
    entitlement.settle(partner)
    return partner


def make_package() -> Package:
    kinds = [kind.name for kind in changes.kinds()]
    package = Package.objects.create(name="Whole", slug="whole", bit=packages.free_bit(), kinds=kinds)
    packages.fill(package)
    return package


def make_asker(partner: Partner) -> Asker:
    return Asker(keys.issue(partner, by=None, at=timezone.now(), label="benchmark", scopes=list(Scope.values)).text)


# What is measured: each prints its lines.


def sync(asker: Asker, title: str, cursor: str = "") -> str:
    """Page by page to the end; returns the last cursor."""
    count, more = 0, True

    def follow() -> None:
        nonlocal count, cursor, more
        while more:
            page = asker.get(f"/api/v1/changes/?limit={PAGE}" + (f"&cursor={cursor}" if cursor else "")).json()
            count, cursor, more = count + len(page["changes"]), page["cursor"], page["has_more"]

    took = spent(follow)
    row(title, count, took)
    return cursor


def row(title: str, count: int, took: Spent, more: str = "") -> None:
    print(f"| {title} | {count:,} | {count / took.clock:,.0f} | {count / took.cpu:,.0f} | {more} |", flush=True)


def export(asker: Asker) -> None:
    held: list[float] = []
    count = 0

    def read() -> None:
        nonlocal count
        for part in asker.get("/api/v1/export.ndjson").parts:
            count += part.count(b"\n")
            held.append(memory())

    gc.collect()
    took = spent(read)
    early, late = held[len(held) // 10], held[-1]
    row("export, streamed", count, took, f"memory {early:,.0f} MB after a tenth, {late:,.0f} MB at the end")


def delta_cursor(asker: Asker, last: str) -> str:
    """That of a partner who stood at the very beginning when everything changed."""
    head = changes.head()
    types = tuple(sorted(kind.name for kind in changes.kinds()))
    begun = cursors.resume(last, head, last.split(".")[1], types)
    return str(replace(begun, seq=0, until=0))


def not_modified(asker: Asker, title: str, address: str) -> None:
    first = asker.get(address)
    list(first.parts)

    def ask() -> None:
        for _time in range(ASKED):
            answer = asker.get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
            assert (answer.status[:3], b"".join(answer.parts)) == ("304", b""), answer.status

    took = spent(ask)
    print(f"| {title} | {ASKED / took.clock:,.0f} | {1000 * took.cpu / ASKED:.2f} |", flush=True)


def lists(asker: Asker) -> None:
    """In turn, so that a busy moment of the machine strikes both."""
    print("| list of 100 stories | ms of CPU, median |\n|---|--:|")
    plain, factory = Articles.as_view({"get": "list"}), APIRequestFactory()

    def theirs() -> None:
        answer = plain(factory.get("/", headers={"host": urlsplit(settings.SITE_URL).netloc}))
        assert len(json.loads(answer.render().content)["results"]) == 100

    def ours() -> None:
        # A partner's answers are not kept: each is read from the feed.
        assert len(asker.get("/api/v1/articles/?limit=100").json()["results"]) == 100

    theirs()
    ours()
    pairs = [(spent(theirs).cpu, spent(ours).cpu) for _run in range(RUNS)]
    plainly, kept = (1000 * median(column) for column in zip(*pairs, strict=True))
    print(
        f"| plain ModelViewSet | {plainly:,.1f} |\n| ours | {kept:,.1f} |\n| ratio | {plainly / kept:,.1f} |",
        flush=True,
    )


def recorded(instance: Any, field: str, value: str) -> None:
    with changes.recording() as record:
        record.touch(instance)
        bare(instance, field, value)


def bare(instance: Any, field: str, value: str) -> None:
    setattr(instance, field, value)
    instance.save()


def correct(story: Article, number: int) -> None:
    story.standfirst = f"Measured for the {number}. time."
    story.save()
    workflow.correct(story, by=None, at=timezone.now(), note="A measurement.")


def saves() -> None:
    print("| save | ms by the clock, median | ms of CPU, median |\n|---|--:|--:|")
    topic, person = Topic.objects.latest("pk"), Person.objects.get(slug=STEADY)
    story = Article.objects.filter(state=Article.State.PUBLISHED).latest("pk")
    _save("a topic's description, bare `save()`", lambda n: bare(topic, "description", f"{n}"))
    _save("the same, recorded", lambda n: recorded(topic, "description", f"again {n}"))
    _save("a person's biography, bare `save()`", lambda n: bare(person, "biography", f"{n}"))
    _save("the same, recorded: 60 stories looked at", lambda n: recorded(person, "biography", f"a {n}"))
    _save("the person's name, recorded: all of them written", lambda n: recorded(person, "given_name", f"Specimen {n}"))
    _save("a correction, with its edition and the search index", lambda n: correct(story, n))


def _save(title: str, work: Callable[[int], object]) -> None:
    work(0)
    took = [spent(partial(work, number)) for number in range(1, RUNS + 1)]
    clock, cpu = 1000 * median(one.clock for one in took), 1000 * median(one.cpu for one in took)
    print(f"| {title} | {clock:,.1f} | {cpu:,.1f} |", flush=True)


class Endpoint(BaseHTTPRequestHandler):
    """Takes every message at `/live`, and leaves whoever calls `/dead` without an answer."""

    heard: list[float] = []
    over = threading.Event()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.path.startswith("/dead"):
            self.over.wait(60)
        else:
            self.heard.append(time.perf_counter())
            self.send_response(204)
            self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Not a word."""


class Server(ThreadingHTTPServer):
    request_queue_size = PARTNERS
    daemon_threads = True


def fan_out(package: Package) -> None:
    settings.WEBHOOKS_MAY_BE_LOCAL = True  # the endpoints are this machine's
    outbox.wake_by(lambda: None)  # the sender below is the only one
    server = Server(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for number in range(PARTNERS):
        kind = "live" if number % (PARTNERS // DEAD) else "dead"
        url = f"http://127.0.0.1:{server.server_address[1]}/{kind}/{number}"
        Webhook.objects.create(partner=make_partner(f"Partner {number}", package), url=url)
    recorded(Topic.objects.latest("pk"), "description", "News for 200 partners.")
    begun = time.perf_counter()
    tried = sending.deliver_all()
    done = time.perf_counter() - begun
    Endpoint.over.set()
    server.shutdown()
    heard = [moment - begun for moment in Endpoint.heard]
    print(f"{tried} endpoints called, {DEAD} of them dead. The {len(heard)} others had their message after")
    print(
        f"{median(heard):.2f} s (median) and {max(heard):.2f} s (the last); the sender waited {calling.PATIENCE:.0f} s"
    )
    print(f"for each dead one, all at a time, and was done after {done:.1f} s.", flush=True)


def syncs(asker: Asker) -> None:
    print("| sync | objects | objects/s by the clock | objects/s of CPU | |\n|---|--:|--:|--:|---|")
    last = sync(asker, f"first sync, pages of {PAGE}")
    sync(asker, f"delta of everything, pages of {PAGE}", delta_cursor(asker, last))
    export(asker)
    print("\n| 304 | answers/s by the clock | ms of CPU |\n|---|--:|--:|")
    not_modified(asker, "changes, from the last cursor", f"/api/v1/changes/?cursor={last}")
    not_modified(asker, "list of articles", "/api/v1/articles/")


def main() -> None:
    wanted, load = sys.argv[1:] or ["syncs", "lists", "saves", "webhooks"], os.getloadavg()[0]
    objects = Change.objects.exclude(mask=0).count()
    package = make_package()
    asker = make_asker(make_partner("Benchmark", package))
    print(f"{database()}, {objects:,} objects, load of the machine {load:.1f} before we began\n")
    parts: dict[str, Callable[[], None]] = {
        "syncs": lambda: syncs(asker),
        "lists": lambda: lists(asker),
        "saves": saves,
        "webhooks": lambda: fan_out(package),
    }
    for name in wanted:
        parts[name]()
        print()
    print(f"Load at the end: {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main()
