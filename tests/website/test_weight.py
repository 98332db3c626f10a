"""No page is heavier than a page may be, whatever there is on record, and every row of it can be reached by links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

import pytest
from django.db.models import Model
from django.test import Client

from newsroom.website.copyfitting import room
from tests.website.giants import CROWD, EDITIONS, MEETINGS, PARTS, PHOTOS, STORIES, giants

pytestmark = pytest.mark.django_db

#: what stands below each giant, by the mark that each of its rows has, and how many rows there are
BELOW = {
    "person": {"post": PARTS, "name": PARTS, "talk": MEETINGS, "said": MEETINGS},
    "organisation": {"body": PARTS, "name": PARTS, "told": MEETINGS},
    "event": {"session": CROWD // 3, "Person": CROWD, "body": PARTS, "topic": PARTS, "source": PARTS, "said": 30},
    "assembly": {"Person": CROWD},
    "photo": {"Person": CROWD},
    "article": {
        "Person": CROWD,
        "body": PARTS,
        "meeting": MEETINGS,
        "topic": PARTS,
        "source": PARTS,
        "picture": PHOTOS,
        "mended": (EDITIONS - 1) // 5,
    },
    "topic": {},
}
LISTS = {
    "/articles/?person=somebody-0": {"story": STORIES},
    "/events/?person=somebody-0": {"meeting": MEETINGS},
    "/photos/?event=meeting-39": {"photo": PHOTOS},
    "/people/?event=meeting-38": {"Person": CROWD},
    "/articles/?more=topic": {"story": STORIES},
    "/organisations/": {"body": PARTS},
    "/topics/": {"topic": PARTS},
    "/corrections/": {"mended": (EDITIONS - 1) // 5},
    "/articles/story-39/versions/": {"version": EDITIONS - 1},
}


@pytest.fixture
def house() -> dict[str, Model]:
    return giants()


def test_pages_of_giants_are_light_and_lead_to_all_there_is(client: Client, house: dict[str, Model]) -> None:
    starts = {record.get_absolute_url(): BELOW[name] for name, record in house.items()} | LISTS

    for start, below in starts.items():
        pages = dict(walked(client, start))

        told = " ".join(pages.values())
        assert {path: over for path, page in pages.items() if (over := len(page.encode()) - room()) > 0} == {}
        assert {mark: len(set(re.findall(rf"{mark}-(?:\d+-)?\d+-of", told))) for mark in below} == below, start


def walked(client: Client, start: str) -> Iterator[tuple[str, str]]:
    """The page, the pages of its long parts, and whatever each of them goes on to."""
    ahead, seen = [start], set()
    while ahead:
        path = ahead.pop()
        if path not in seen and path.partition("?")[0] == start.partition("?")[0]:
            seen.add(path)
            page = client.get(path).content.decode()
            yield path, page
            ahead += [urljoin(path, unescape(to)) for to in re.findall(r'<a href="(\?part=\w+)#', page)]
            ahead += [urljoin(path, unescape(to)) for to in re.findall(r'<a href="([^"]+)" rel="next"', page)]
