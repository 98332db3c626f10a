"""The partner's handbook on the site: getting started, and what changed in the API, as docs/ has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

DOCS, EXAMPLES = settings.BASE_DIR / "docs", settings.BASE_DIR / "examples"
MIRROR = "partner_mirror.py"
PLACES = {
    "partners.md": "/api/v1/docs/getting-started/",
    "api-changelog.md": "/api/v1/docs/changelog/",
    f"../{MIRROR}": f"/api/v1/docs/{MIRROR}",
}
HERE = "http://127.0.0.1:8000"  # what the page calls the site that it is read on

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ITEM = re.compile(r"(?:-|\d+\.) ")
INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<strong>[^*]+)\*\*|\[(?P<text>[^]]+)\]\((?P<to>[^)]+)\)")


@dataclass(frozen=True)
class Chapter:
    title: str
    body: SafeString


def getting_started(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/chapter.html", {"chapter": chapter("partners.md")})


def changelog(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/chapter.html", {"chapter": chapter("api-changelog.md")})


def mirror(request: HttpRequest) -> FileResponse:
    """The example, to be taken along."""
    return FileResponse((EXAMPLES / MIRROR).open("rb"), content_type="text/x-python; charset=utf-8")


@cache
def chapter(name: str) -> Chapter:
    """One page of docs/, with this site's own address in its programs, and without the folders of ours."""
    text = (DOCS / name).read_text().replace(HERE, settings.SITE_URL).replace(f"examples/{MIRROR}", MIRROR)
    title, _newline, rest = text.removeprefix("# ").partition("\n")
    return Chapter(title, as_html(rest))


def as_html(text: str) -> SafeString:
    """The little Markdown that docs/ is written in; everything else in it is text."""
    blocks: list[SafeString] = []
    for place, part in enumerate(FENCED.split(text)):
        if place % 3 == 0:
            blocks += _prose(part)
        elif place % 3 == 2:
            blocks.append(format_html('<pre class="scroll" tabindex="0"><code>{}</code></pre>', part))
    return SafeString("\n".join(blocks))


def _prose(text: str) -> Iterator[SafeString]:
    for block in filter(None, (block.strip("\n") for block in re.split(r"\n{2,}", text))):
        if block.startswith("## "):
            title = block.removeprefix("## ")
            yield format_html('<h2 id="{}">{}</h2>', slugify(title), _inline(title))
        elif ITEM.match(block):
            yield _list(block)
        else:
            yield format_html("<p>{}</p>", _inline(block))


def _list(block: str) -> SafeString:
    """Lines that are indented go on with their item."""
    number = 0
    items: list[tuple[int, str]] = []
    for line in block.split("\n"):
        number += bool(ITEM.match(line))
        items.append((number, ITEM.sub("", line, count=1).strip()))
    texts = (" ".join(line for _number, line in lines) for _item, lines in groupby(items, lambda item: item[0]))
    written = SafeString("".join(format_html("<li>{}</li>", _inline(text)) for text in texts))
    return format_html("<ol>{}</ol>" if block[0].isdigit() else "<ul>{}</ul>", written)


def _inline(text: str) -> SafeString:
    parts, end = [], 0
    for found in INLINE.finditer(text):
        parts += [escape(text[end : found.start()]), _marked(found)]
        end = found.end()
    return SafeString("".join([*parts, escape(text[end:])]))


def _marked(found: re.Match[str]) -> SafeString:
    if found["code"]:
        return format_html("<code>{}</code>", found["code"])
    if found["strong"]:
        return format_html("<strong>{}</strong>", found["strong"])
    return format_html('<a href="{}">{}</a>', PLACES.get(found["to"], found["to"]), found["text"])
