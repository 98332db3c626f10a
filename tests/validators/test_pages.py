"""The readers' pages as others read them: no link leads nowhere, the Nu checker and extruct find no fault."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.infrastructure import validators
from tests.validators.walking import HTML, Answer, Walk

pytestmark = pytest.mark.validators

WEIGHT = 60_000
# What each page says of itself to machines, by its address.
TOLD_OF = {
    r"/": {"WebSite"},
    r"/articles/[^/]+/": {"NewsArticle"},
    r"/events/[^/]+/": {"Event"},
    r"/people/[^/]+/": {"Person"},
    r"/organisations/[^/]+/": {
        *("Organization", "GovernmentOrganization", "ResearchOrganization"),
        *("CollegeOrUniversity", "NewsMediaOrganization", "Corporation"),
    },
    r"/topics/[^/]+/": {"CollectionPage"},
    r"/photos/[^/]+/": {"ImageObject"},
    r"/(articles|events|people|organisations|topics|photos|corrections)/": {"CollectionPage"},
}


def test_every_link_leads_somewhere(walk: Walk) -> None:
    broken = {
        (answer.status, page, target)
        for page, target, _mark in walk.links
        if (answer := walk.answers[target]).status != 200
    }

    assert broken == set()
    assert {"/articles/", "/ko/articles/", "/events/", "/search/", "/corrections/"} <= walk.answers.keys()


def test_every_fragment_is_there(walk: Walk) -> None:
    pages = {answer.path: answer.anchors for answer in walk.pages()}

    missing = {
        (page, target, mark) for page, target, mark in walk.links if mark and mark not in pages.get(target, {mark})
    }

    assert missing == set()


def test_every_page_keeps_to_its_weight(walk: Walk) -> None:
    """Unpacked, with its stylesheet, what it tells machines and its drawings: all that comes before its pictures.

    The reference of the API is no page of the readers' site.
    """
    weights = {
        page.path: len(page.body) + sum(len(walk.answers[one].body) for one in page.links() if one.endswith(".css"))
        for page in walk.pages()
        if not page.path.startswith("/api/")
    }

    assert {path: weight for path, weight in weights.items() if weight > WEIGHT} == {}
    assert min(weights.values()) > WEIGHT / 2  # each with the stylesheet


def test_nobody_is_led_behind_the_counter(walk: Walk, demo_data: Path) -> None:
    with sqlite3.connect(f"file:{demo_data}/newsroom.sqlite3?mode=ro", uri=True) as demo:
        drafts = demo.execute(
            "SELECT slug FROM articles_article WHERE id NOT IN (SELECT article_id FROM articles_edition)"
        ).fetchall()
    demo.close()

    behind = {target for _page, target, _mark in walk.links if target.startswith(("/admin/", "/preview/"))}
    told = {slug for (slug,) in drafts for answer in walk.answers.values() if slug and slug.encode() in answer.body}

    assert (behind, told, drafts != []) == (set(), set(), True)


def test_every_page_is_valid_html(walk: Walk, tmp_path: Path) -> None:
    """Twice the same fault on pages of one kind is told once."""
    names = {}
    for number, page in enumerate(walk.pages()):
        names[f"{number:05}.html"] = page.path
        (tmp_path / f"{number:05}.html").write_bytes(page.body)

    said = validators.said(
        "java", "-jar", str(validators.NU), "--format", "json", "--stdout", "--exit-zero-always", str(tmp_path)
    )

    found = {}
    for fault in json.loads(said)["messages"]:
        found.setdefault(fault["message"], names[Path(urlsplit(fault["url"]).path).name])
    assert (found, len(names) > 100) == ({}, True)


def test_every_record_says_what_it_is(walk: Walk) -> None:
    expected = {page.path: kinds for page in walk.pages() if (kinds := _told_of(page.path))}

    told = _linked([walk.answers[path] for path in expected], walk.site)

    assert {path: told[path] for path, kinds in expected.items() if not kinds & told[path]} == {}
    assert all(kinds in expected.values() for kinds in TOLD_OF.values())


def _told_of(path: str) -> set[str]:
    """None of a page that tells of no record of its own."""
    address = path.removeprefix("/ko")
    return next((kinds for pattern, kinds in TOLD_OF.items() if re.fullmatch(pattern, address)), set())


def _linked(pages: list[Answer], site: str) -> dict[str, set[str]]:
    """The types of what each page tells, as JSON-LD, in the first place."""
    given = [{"url": site + page.path, "html": page.body.decode()} for page in pages]
    python = str(validators.PROGRAMS / "python")
    told = json.loads(validators.said(python, "programs/linked.py", given=json.dumps(given)))
    return {page.path: set(_types(blocks)) for page, blocks in zip(pages, told, strict=True)}


def _types(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        for node in block.get("@graph", [block]):
            kinds = node.get("@type", [])
            yield from kinds if isinstance(kinds, list) else [kinds]


def test_every_page_of_both_languages_says_which_it_is(walk: Walk) -> None:
    wrong = {
        page.path: page.tree.get("lang")
        for page in walk.pages()
        if page.kind == HTML and page.tree.get("lang") != ("ko" if page.path.startswith("/ko/") else "en")
    }

    assert wrong == {}
