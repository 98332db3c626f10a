"""Whole answers served before Django: what is kept, for whom, and for how long."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import brotli
import pytest
import time_machine
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.website.page_cache import Answer, Application, PageCache, coding_for
from tests import factories as make

pytestmark = pytest.mark.django_db

MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """A server's request ends its connection; the test's transaction lives on one."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Counted:
    """Django, and how often it was asked."""

    def __init__(self, application: Application) -> None:
        self.application, self.count = application, 0

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.count += 1
        return self.application(environ, start_response)


def still_head() -> changes.Head:
    return changes.Head(1, None, "generation")


class Reader:
    """Asks a cache as a server would."""

    def __init__(self, most_bytes: int = MEGABYTE, application: Application | None = None) -> None:
        self.django = Counted(application or WSGIHandler())
        # An application of a test's own needs no database, and threads would not see the test's.
        self.cache = PageCache(self.django, most_bytes, still_head if application else changes.head)

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str], bytes]:
        path, _mark, query = path.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        told: list[Any] = []
        body = b"".join(self.cache(environ, lambda status, found, *_: told.extend([status, dict(found)])))
        return told[0], told[1], body


@pytest.fixture
def reader() -> Reader:
    return Reader()


def test_second_reader_gets_the_same_page_without_django(reader: Reader) -> None:
    make.make_topic(name="Quantum", is_public=True)

    first, second = reader.get("/topics/"), reader.get("/topics/")

    assert reader.django.count == 1
    assert (second[0], second[2]) == ("200 OK", first[2])
    assert b"Quantum" in second[2]
    assert second[1]["X-Request-ID"] != first[1]["X-Request-ID"]


def test_page_is_the_one_that_django_gives(reader: Reader) -> None:
    plain = Reader(most_bytes=0).get("/articles/")

    reader.get("/articles/")
    status, headers, body = reader.get("/articles/")

    own = {"X-Request-ID", "Vary", "Content-Length"}
    assert (status, body) == (plain[0], plain[2])
    assert {name: value for name, value in headers.items() if name not in own} == {
        name: value for name, value in plain[1].items() if name not in own
    }


def test_change_of_anything_public_ends_it(reader: Reader) -> None:
    reader.get("/topics/")
    make.make_topic(name="Quantum", is_public=True)

    status, _headers, body = reader.get("/topics/")

    assert (reader.django.count, status) == (2, "200 OK")
    assert b"Quantum" in body
    assert len(reader.cache.store) == 1


def test_story_appears_on_time_though_nobody_wrote(reader: Reader) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False) as clock:
        later = timezone.now() + dt.timedelta(hours=1)
        story = make.make_article(headline="Observatory opens")
        workflow.publish(story, by=None, at=timezone.now(), visible_from=later)
        before = reader.get("/articles/")[2]
        clock.move_to(later)

        after = reader.get("/articles/")[2]

    assert (b"Observatory opens" in before, b"Observatory opens" in after) == (False, True)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/topics/", {"cookie": "sessionid=abc"}),
        ("/topics/", {"cookie": "theme=dark; messages=abc"}),
        ("/topics/", {"authorization": "Bearer abc"}),
        ("/topics/?utm_source=letter", {}),
        ("/healthz", {}),
        ("/admin/login/", {}),
        ("/api/v1/topics/", {}),
        ("/nowhere/", {}),
    ],
)
def test_what_may_be_somebodys_own_always_asks_django(reader: Reader, path: str, headers: dict[str, str]) -> None:
    reader.get(path, **headers)
    reader.get(path, **headers)

    assert (reader.django.count, len(reader.cache.store)) == (2, 0)


def test_each_theme_has_its_page(reader: Reader) -> None:
    dark = reader.get("/topics/", cookie="theme=dark")[2]
    light = reader.get("/topics/", cookie="theme=light")[2]
    unknown = reader.get("/topics/", cookie="theme=blue")[2]
    plain = reader.get("/topics/")[2]

    assert (b'data-theme="dark"' in dark, b'data-theme="light"' in light) == (True, True)
    assert unknown == plain
    assert reader.django.count == 3


@pytest.mark.parametrize("cookie", ['theme="dark"', "theme=dark ", "theme=light; theme=dark", " theme = dark"])
def test_odd_cookie_gives_its_theme_to_nobody_else(reader: Reader, cookie: str) -> None:
    asked = Reader(most_bytes=0)

    odd, plain, light = (reader.get("/topics/", cookie=one)[2] for one in (cookie, "", "theme=light"))

    assert odd == asked.get("/topics/", cookie=cookie)[2]
    assert (plain, light) == (asked.get("/topics/")[2], asked.get("/topics/", cookie="theme=light")[2])


def test_order_of_filters_makes_no_other_page(reader: Reader) -> None:
    reader.get("/articles/?kind=report&language=en")
    reader.get("/articles/?language=en&kind=report")

    assert reader.django.count == 1


@pytest.mark.parametrize("host", ["testserver", "evil.example"])
def test_each_host_is_judged_by_django(reader: Reader, host: str) -> None:
    reader.get("/topics/")

    statuses = [reader.get("/topics/", host=host)[0][:3] for _time in range(2)]

    assert statuses == (["200"] * 2 if host == "testserver" else ["400"] * 2)


def test_reader_who_has_it_is_told_so(reader: Reader) -> None:
    etag = reader.get("/topics/")[1]["ETag"]

    status, headers, body = reader.get("/topics/", if_none_match=f'"another", {etag.removeprefix("W/")}')

    assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", etag)
    assert reader.django.count == 1


@pytest.mark.parametrize(("path", "told"), [("/topics/", "304 Not Modified"), ("/topics/none/", "404 Not Found")])
def test_any_version_at_all_is_known_of_what_there_is(reader: Reader, path: str, told: str) -> None:
    answers = [reader.get(path, if_none_match="*")[0] for _number in range(2)]

    assert answers == [told, told]


def test_first_reader_who_has_it_leaves_it_whole_for_others(reader: Reader) -> None:
    etag = Reader().get("/topics/")[1]["ETag"]

    status = reader.get("/topics/", if_none_match=etag)[0]

    assert status == "304 Not Modified"
    assert reader.get("/topics/")[0] == "200 OK"
    assert reader.django.count == 1


def test_head_gives_no_body_and_makes_no_page(reader: Reader) -> None:
    alone = reader.get("/topics/", method="HEAD")
    page = reader.get("/topics/")[2]
    beside = reader.get("/topics/", method="HEAD")

    assert (alone[0], beside[2]) == ("200 OK", b"")
    assert beside[1]["Content-Length"] == str(len(page))
    assert reader.django.count == 2


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_page_comes_in_the_coding_that_is_accepted(
    reader: Reader, accepted: str, coding: str | None, unpack: Callable[[bytes], bytes]
) -> None:
    plain = reader.get("/topics/")[2]

    _status, headers, body = reader.get("/topics/", accept_encoding=accepted)

    assert (headers.get("Content-Encoding"), unpack(body)) == (coding, plain)
    assert headers["Content-Length"] == str(len(body))
    assert "Accept-Encoding" in headers["Vary"]


@pytest.mark.parametrize(
    ("kind", "coding"),
    [
        ("application/atom+xml; charset=utf-8", "br"),
        ("application/feed+json; charset=utf-8", "br"),
        ("application/problem+json", "br"),
        ("text/calendar; charset=utf-8", "br"),
        ("image/svg+xml", "br"),
        ("image/png", "identity"),
        ("", "identity"),
    ],
)
def test_only_what_is_written_in_words_is_packed(kind: str, coding: str) -> None:
    answer = Answer([("Content-Type", kind)], 'W/"1"', {"identity": b"x" * 1_000})

    assert coding_for({"HTTP_ACCEPT_ENCODING": "gzip, br"}, answer) == coding


def test_what_was_asked_for_longest_ago_leaves_first() -> None:
    reader = Reader(most_bytes=16_000)
    for path in ("/topics/", "/events/", "/people/", "/articles/"):
        reader.get(path)
    asked = reader.django.count

    reader.get("/articles/")
    kept = reader.django.count == asked
    reader.get("/topics/")

    assert (kept, reader.django.count) == (True, asked + 1)


def test_cache_of_no_size_keeps_nothing() -> None:
    reader = Reader(most_bytes=0)
    reader.get("/topics/")
    reader.get("/topics/")

    assert reader.django.count == 2


def test_two_who_ask_at_once_are_served_by_one_answer() -> None:
    entered, go_on = threading.Event(), threading.Event()
    public = [("Cache-Control", "public, max-age=0, must-revalidate"), ("ETag", 'W/"1"'), ("Content-Type", "text/html")]

    def slow(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        entered.set()
        go_on.wait(5)
        start_response("200 OK", public)
        return [b"page"]

    reader = Reader(application=slow)
    bodies: list[bytes] = []
    threads = [threading.Thread(target=lambda: bodies.append(reader.get("/topics/")[2])) for _ in range(3)]
    threads[0].start()
    entered.wait(5)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join(10)

    assert (bodies, reader.django.count) == ([b"page"] * 3, 1)


def test_answer_too_large_to_keep_comes_whole() -> None:
    public = [("Cache-Control", "public, max-age=0, must-revalidate"), ("ETag", 'W/"1"')]

    def large(_environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("200 OK", public)
        return iter([b"x" * MEGABYTE] * 5)

    reader = Reader(application=large)

    bodies = [reader.get("/topics/")[2] for _time in range(2)]

    assert [len(body) for body in bodies] == [5 * MEGABYTE] * 2
    assert (reader.django.count, len(reader.cache.store)) == (2, 0)
