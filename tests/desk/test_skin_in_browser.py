"""The desk's skin in Chromium: no barrier that axe knows, nothing refused by the policy, no sideways scroll."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.desk.barriers import barriers, settled
from tests.infrastructure.browser import SIDEWAYS, Visit

pytestmark = pytest.mark.browser

PAGES = [
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/1/change/",
    "/admin/articles/article/1/history/",
    "/admin/articles/article/1/revisions/",
    "/admin/articles/article/1/revisions/compare/?from=1&to=working",
    "/admin/articles/article/1/revisions/compare/",
    "/admin/articles/article/1/revisions/1/restore/",
    "/admin/articles/article/do/publish/?id=1",
    "/admin/articles/article/add/",
    "/admin/events/event/1/change/",
    "/admin/people/person/?q=zzzz",
    "/admin/people/person/1/change/",
    "/admin/people/person/1/history/",
    "/admin/people/position/1/delete/",
    "/admin/photos/photo/1/change/",
    "/admin/newsroom/user/1/change/",
    "/admin/no/such/page/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/", account="admin", width=width, color_scheme=scheme)
    found = {}

    for path in PAGES:
        opened.complaints.clear()
        opened.page.goto(path)
        found[path] = barriers(opened)

    assert {path: broken for path, broken in found.items() if broken != (0, [], [])} == {}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_login_has_no_barrier(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/login/", width=width, color_scheme=scheme)

    assert (opened.page.evaluate(SIDEWAYS), opened.axe_violations()) == (0, [])


def test_what_stock_leaves_nameless_has_a_name(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/articles/article/1/change/", account="chief").page)

    expect(page.locator(".prose-editor [contenteditable=true]")).to_have_attribute("aria-label", "Story")
    expect(page.locator(".field-events .select2-search__field")).to_have_attribute("aria-label", "Events")
    expect(page.locator("label[for=id_embargo_until_0]")).to_have_text("Embargo until:")


def test_leaving_with_unsaved_text_asks_first(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/people/person/1/change/", account="chief").page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.click("text=History")
    page.wait_for_url("**/history/")
    page.go_back()
    page.fill("#id_biography", "Half a sentence")
    page.click("text=History")
    page.wait_for_url("**/history/")

    assert asked == ["beforeunload"]


def test_saving_asks_nothing(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/newsroom/topic/", account="chief").page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto("/admin/newsroom/topic/add/")
    page.fill("#id_name", "Ocean research")
    page.fill("#id_slug", "ocean-research")
    page.click("input[name=_save]:visible")
    page.wait_for_url("**/admin/newsroom/topic/")

    assert asked == []


def test_save_bar_stays_in_sight(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/articles/article/1/change/", account="chief", width=390).page)

    bar = page.locator(".submit-row").bounding_box()

    assert bar is not None
    assert bar["y"] + bar["height"] == 900
    assert bar["height"] < 80


def test_side_column_stands_beside_the_story(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/articles/article/1/change/", account="chief").page)

    main, side = (page.locator(column).bounding_box() for column in (".column-main", ".column-side"))

    assert main is not None
    assert side is not None
    assert main["y"] == side["y"]
    assert side["x"] >= main["x"] + main["width"]


def test_wide_rows_become_cards_once_added(visit: Callable[..., Visit]) -> None:
    page = settled(visit("/admin/photos/photo/add/", account="photo").page)
    rows = page.locator("#depictions-group table")

    page.click("#depictions-group .add-row a")

    expect(rows).to_have_class(re.compile("cards"))
    assert page.evaluate(SIDEWAYS) == 0
