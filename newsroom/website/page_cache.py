"""Front of house: whole answers served before Django, for as long as the head of the change feed stands still.

A WSGI wrapper. What `HeadETagMiddleware` has marked as public is kept and given to whoever asks the same; one
tiny read of the head per request says whether it still holds. Everything else, and every doubt, goes to Django.
The API is left alone: it counts its readers.
"""

from __future__ import annotations

import gzip
import itertools
import re
import threading
import uuid
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_plus

import brotli
from django.conf import settings
from django.db import DatabaseError
from django.http.cookie import parse_cookie
from django.utils import timezone

from newsroom import changes
from newsroom.partners.conditional import canonical_query, is_any, matches
from newsroom.website.middleware import API, DESK, MESSAGES_COOKIE, PUBLIC_CACHE, VERSIONLESS
from newsroom.website.preferences import THEME_COOKIE, known_theme
from newsroom.website.request_ids import ACCEPTABLE, HEADER

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, ...]
ReadHead = Callable[[], changes.Head]

LARGEST = 2_000_000  # bytes of one answer that is worth keeping
PATIENCE = 5.0  # seconds that a second asker waits for the first one's answer
SMALLEST_COMPRESSED = 500
#: what a list may be asked; anything else could fill the cache with copies of one page
ASKED = frozenset(
    {"q", "topic", "kind", "language", "country", "person", "organisation", "event", "series", "source", "photographer"}
    | {"from", "to", "when", "year", "month", "sort", "after", "before", "a", "b", "status", "mode", "role", "rights"}
    | {"part"}
)
#: made anew for each answer, or by the server
OWN = frozenset({HEADER.lower(), "date", "server", "content-length", "ratelimit", "ratelimit-policy"})
#: what is written in words, feeds and drawings too; a picture is packed already
COMPRESSED = re.compile(r"text/|application/(json|xml)|[\w/.-]+\+(json|xml)")


@dataclass
class Answer:
    """One public answer, in each coding that somebody has asked for."""

    headers: Headers
    etag: str
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(map(len, self.bodies.values())) + 1_000

    def body(self, coding: str) -> bytes:
        """The body in that coding, made once; two who make it at once make the same."""
        if coding not in self.bodies:
            self.bodies[coding] = compress(self.bodies["identity"], coding)
        return self.bodies[coding]


class Store:
    """Answers by key, the ones asked for longest ago leaving first; all of them belong to one head."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._head = ""
        self._size = 0
        self._lock = threading.Lock()

    def get(self, key: Key) -> Answer | None:
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: Key, head: str, answer: Answer) -> None:
        with self._lock:
            if head != self._head:
                self._answers.clear()
                self._head, self._size = head, 0
            self._forget(key)
            self._answers[key] = answer
            self._size += answer.size
            while self._answers and self._size > self.most_bytes:
                self._forget(next(iter(self._answers)))

    def grew(self, key: Key, answer: Answer, count: int) -> None:
        """Note that an answer has one more coding, if it is still ours."""
        with self._lock:
            if self._answers.get(key) is answer:
                self._size += count

    def _forget(self, key: Key) -> None:
        gone = self._answers.pop(key, None)
        if gone is not None:
            self._size -= gone.size

    def __len__(self) -> int:
        return len(self._answers)


class PageCache:
    """The wrapper around Django's WSGI application. `most_bytes` of 0 keeps nothing."""

    def __init__(self, application: Application, most_bytes: int, read_head: ReadHead = changes.head) -> None:
        self.application = application
        self.read_head = read_head
        self.store = Store(most_bytes)
        self._making: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        head = self._head(environ)
        if not head:
            return self.application(environ, start_response)
        key = key_of(environ, head)
        answer = self.store.get(key) or self._wait_for(key)
        if answer is not None:
            return self._give(key, answer, environ, start_response)
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        return self._make(key, head, environ, start_response)

    def _head(self, environ: Environ) -> str:
        """The version of the house that an answer would be of; empty where Django has to be asked."""
        if not self.store.most_bytes or not is_anybodys(environ):
            return ""
        try:
            head = self.read_head()
        except DatabaseError:
            return ""
        return "" if head.is_due(timezone.now()) else f"{head.generation}:{head.seq}"

    def _wait_for(self, key: Key) -> Answer | None:
        """What somebody else is making at this moment; None where nobody is, or it takes too long."""
        with self._lock:
            event = self._making.get(key)
        if event is None or not event.wait(PATIENCE):
            return None
        return self.store.get(key)

    def _make(self, key: Key, head: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self._lock:
            event = self._making.setdefault(key, threading.Event())
        try:
            made = Made(self.application, environ)
            answer = made.answer()
            if answer is None:
                return made.pass_on(start_response)
            self.store.put(key, head, answer)
            return self._give(key, answer, environ, start_response)
        finally:
            with self._lock:
                self._making.pop(key, None)
            event.set()

    def _give(self, key: Key, answer: Answer, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        headers = [*answer.headers, (HEADER, _request_id(environ))]
        known = environ.get("HTTP_IF_NONE_MATCH", "")
        if known and (matches(answer.etag, known) or is_any(known)):
            kept = {"etag", "cache-control", "vary", "content-language", HEADER.lower()}
            start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() in kept])
            return []
        coding = coding_for(environ, answer)
        known = len(answer.bodies)
        body = answer.body(coding)
        if len(answer.bodies) > known:
            self.store.grew(key, answer, len(body))
        if coding != "identity":
            headers.append(("Content-Encoding", coding))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


class Made:
    """What Django answered: a public answer to be kept, or whatever it is, to be passed on."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status = ""
        self.headers: Headers = []
        self.arguments: tuple[Any, ...] = ()
        self.read: list[bytes] = []
        # A whole answer serves everyone: what this reader has already is seen to by us.
        whole = {name: value for name, value in environ.items() if name != "HTTP_IF_NONE_MATCH"}
        self.result = application(whole, self._start)
        self._rest = iter(self.result)

    def _start(self, status: str, headers: Headers, *arguments: Any) -> Callable[[bytes], object]:
        self.status, self.headers, self.arguments = status, headers, arguments
        return self.read.append

    def answer(self) -> Answer | None:
        named = {name.lower(): value for name, value in self.headers}
        is_public = named.get("cache-control") == PUBLIC_CACHE and "etag" in named and "set-cookie" not in named
        if not (self.status.startswith("200") and is_public and self._read_all()):
            return None
        kept = [(name, value) for name, value in self.headers if name.lower() not in OWN | {"vary"}]
        vary = ", ".join(filter(None, [named.get("vary", ""), "Accept-Encoding"]))
        return Answer([*kept, ("Vary", vary)], named["etag"], {"identity": b"".join(self.read)})

    def _read_all(self) -> bool:
        """Whether the body is small enough to be kept; what was read so far is never lost."""
        size = 0
        for part in self._rest:
            self.read.append(part)
            size += len(part)
            if size > LARGEST:
                return False
        self._close()
        return True

    def pass_on(self, start_response: StartResponse) -> Iterator[bytes]:
        start_response(self.status, self.headers, *self.arguments)
        return self._remaining()

    def _remaining(self) -> Iterator[bytes]:
        try:
            yield from itertools.chain(self.read, self._rest)
        finally:
            self._close()

    def _close(self) -> None:
        close = getattr(self.result, "close", None)
        if close is not None:
            close()


def is_anybodys(environ: Environ) -> bool:
    """Whether the question is one whose answer may be the same for everybody."""
    path, cookies = environ.get("PATH_INFO", ""), environ.get("HTTP_COOKIE", "")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and not path.startswith((DESK, API, *VERSIONLESS))
        and settings.SESSION_COOKIE_NAME not in cookies
        and MESSAGES_COOKIE not in cookies
        and "HTTP_AUTHORIZATION" not in environ
        and "HTTP_RANGE" not in environ
        and names_of(environ.get("QUERY_STRING", "")) <= ASKED
    )


def names_of(query: str) -> set[str]:
    return {unquote_plus(pair.partition("=")[0]) for pair in query.split("&") if pair}


def key_of(environ: Environ, head: str) -> Key:
    return (
        head,
        environ.get("wsgi.url_scheme", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
        environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_HOST", ""),
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        canonical_query(environ.get("QUERY_STRING", "")),
        _theme(environ),
        timezone.localdate().isoformat(),  # what a page says of today ends with the newsroom's day
    )


def _theme(environ: Environ) -> str:
    """The reader's choice, read as Django reads it."""
    cookies = environ.get("HTTP_COOKIE", "")
    return known_theme(parse_cookie(cookies).get(THEME_COOKIE, "")) if THEME_COOKIE in cookies else ""


def coding_for(environ: Environ, answer: Answer) -> str:
    """The best coding that the reader takes, if the answer is of a kind that gains by it."""
    kind = next((value for name, value in answer.headers if name.lower() == "content-type"), "")
    if len(answer.bodies["identity"]) < SMALLEST_COMPRESSED or not COMPRESSED.match(kind):
        return "identity"
    accepted = {
        name.strip(): weight.replace(" ", "")
        for name, _semicolon, weight in (part.partition(";") for part in _accepted(environ).split(","))
    }
    taken = (coding for coding in ("br", "gzip") if accepted.get(coding, "q=0") not in {"q=0", "q=0.0", "q=0.00"})
    return next(taken, "identity")


def _accepted(environ: Environ) -> str:
    accepted: str = environ.get("HTTP_ACCEPT_ENCODING", "")
    return accepted.lower()


def compress(body: bytes, coding: str) -> bytes:
    if coding == "br":
        packed: bytes = brotli.compress(body, quality=5)
        return packed
    return gzip.compress(body, 6, mtime=0)


def _request_id(environ: Environ) -> str:
    given = environ.get(f"HTTP_{HEADER.upper().replace('-', '_')}", "")
    return given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
