"""Walks the running demo as a search engine does: every page that others lead to, and everything they are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from defusedxml import ElementTree

HTML, CSS = "text/html", "text/css"
# Where a visitor or a machine begins without being led there.
DOORS = ("/", "/ko/", "/robots.txt", "/sitemap.xml", "/sitemap-news.xml", "/healthz")
LEADING = {
    "a": ["href"],
    "link": ["href"],
    "script": ["src"],
    "img": ["src", "srcset"],
    "source": ["src", "srcset"],
    "use": ["href"],
    "iframe": ["src"],
    "form": ["action"],
}


@dataclass(frozen=True)
class Answer:
    """What stood at an address, redirects not followed."""

    path: str
    status: int
    kind: str
    body: bytes

    @cached_property
    def tree(self) -> Element:
        page: Element = html5lib.parse(self.body, namespaceHTMLElements=False)
        return page

    @cached_property
    def anchors(self) -> set[str]:
        return {mark for one in self.tree.iter() if (mark := one.get("id"))}

    def links(self) -> Iterator[str]:
        """As written in the document; only what a GET follows."""
        if self.kind == HTML:
            yield from _of_page(self.tree)
        elif self.kind == CSS:
            yield from re.findall(r"url\([\"']?([^)\"']+)", self.body.decode())
        elif self.path.startswith("/sitemap"):
            yield from (one.text or "" for one in ElementTree.fromstring(self.body).iter() if one.tag.endswith("}loc"))


def _of_page(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        names = LEADING.get(str(one.tag).rpartition("}")[2], [])
        if one.tag == "form" and one.get("method", "get").lower() != "get":
            continue
        for name in names:
            value = one.get(name, "").strip()
            yield from ([part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value])
        if one.tag == "meta" and one.get("property", "") in {"og:url", "og:image"}:
            yield one.get("content", "")


@dataclass
class Walk:
    """Every answer by its path and query, and who leads where: (page, target, fragment)."""

    site: str
    answers: dict[str, Answer] = field(default_factory=dict)
    links: set[tuple[str, str, str]] = field(default_factory=set)

    def pages(self) -> list[Answer]:
        """The pages of HTML in the order of their addresses."""
        return [one for _path, one in sorted(self.answers.items()) if one.kind == HTML and one.status == 200]

    def go(self) -> Walk:
        """Links of narrowed lists are not followed further: their combinations have no end."""
        line = HTTPConnection(urlsplit(self.site).netloc, timeout=30)
        ahead = list(DOORS)
        while ahead:
            path = ahead.pop()
            if path in self.answers:
                continue
            answer = self.answers[path] = _get(line, path)
            if "?" not in path and answer.status == 200:
                ahead += [target for target in self._lead(answer) if target not in self.answers]
        line.close()
        return self

    def _lead(self, answer: Answer) -> Iterator[str]:
        for link in answer.links():
            parts = urlsplit(urljoin(f"{self.site}{answer.path}", link))
            if f"{parts.scheme}://{parts.netloc}" == self.site:
                target = parts.path + (f"?{parts.query}" if parts.query else "")
                self.links.add((answer.path, target, parts.fragment))
                yield target


def asked(site: str, path: str, **headers: str) -> Answer:
    """One answer by itself, as to somebody who sends these headers."""
    line = HTTPConnection(urlsplit(site).netloc, timeout=30)
    try:
        return _get(line, path, **headers)
    finally:
        line.close()


def _get(line: HTTPConnection, path: str, **headers: str) -> Answer:
    line.request("GET", path, headers={"Accept": "text/html,*/*", **headers})
    response = line.getresponse()
    kind = response.getheader("Content-Type", "").partition(";")[0]
    return Answer(path, response.status, kind, response.read())
