"""The readers' pages in Chromium: no barrier that axe knows, nothing on the console, no sideways scroll."""

import json
from collections.abc import Callable
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import SIDEWAYS, Visit

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
STORY = "/articles/a-second-model-for-korean-scientists-in-china/"
PAGES = [
    "/",
    "/articles/",
    "/articles/?topic=quantum-technology&kind=analysis&from=soon",
    STORY,
    f"{STORY}versions/",
    "/events/",
    "/events/science-and-technology-diplomacy-forum-2023/",
    "/events/kstac-10th-anniversary-conference/",
    "/people/",
    "/people/kim-sang-bae/",
    "/organisations/",
    "/topics/",
    "/topics/science-diplomacy/",
    "/photos/",
    "/corrections/",
    "/search/",
    "/search/?q=Kim+Sangbae",
    "/search/?q=zzqqxx",
    "/search/?topic=science-diplomacy&from=soon",
    "/api/v1/docs/",
    "/problems/gone/",
    "/ko/",
    "/ko/events/science-and-technology-diplomacy-forum-2023/",
]


def barriers(opened: Visit) -> tuple[int, list[str], list[str]]:
    """By how much the page is too wide, what stands on the console, and what axe finds with everything open."""
    page: Page = opened.page
    page.evaluate(OPEN_ALL)
    return page.evaluate(SIDEWAYS), list(opened.complaints), opened.axe_violations()


@pytest.mark.parametrize("width", [1280, 900])
def test_title_of_one_long_word_widens_no_table(visit: Callable[..., Visit], width: int) -> None:
    page = visit("/people/kim-sang-bae/", width=width).page
    titles = page.locator(".data td:last-child")

    titles.evaluate_all("(cells) => cells.forEach((one) => one.textContent = 'Y'.repeat(200))")

    assert (page.evaluate(SIDEWAYS), titles.count() > 0) == (0, True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(visit: Callable[..., Visit], demo_site: str, width: int, scheme: str) -> None:
    opened = visit("/", width=width, color_scheme=scheme)
    found = {}

    for path in [*PAGES, *_first_of(demo_site, "organisations"), *_first_of(demo_site, "photos")]:
        opened.complaints.clear()
        opened.page.goto(path)
        found[path] = barriers(opened)

    assert {path: broken for path, broken in found.items() if broken != (0, [], [])} == {}


def _first_of(site: str, plural: str) -> list[str]:
    """The page of one object of this kind; its address starts with the site's."""
    with urlopen(f"{site}/api/v1/{plural}/?limit=1") as answer:
        results = json.load(answer)["results"]
    return [one["url"] for one in results]


def test_page_of_nothing_has_no_barrier(visit: Callable[..., Visit]) -> None:
    opened = visit("/no/such/page/")

    assert (opened.page.evaluate(SIDEWAYS), opened.axe_violations()) == (0, [])


def test_filters_work_without_a_script(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/", java_script_enabled=False).page

    page.get_by_label("Quantum technology").check()
    page.get_by_role("button", name="Apply filters").click()

    page.wait_for_url("**topic=quantum-technology**")
    expect(page.locator(".chips").get_by_text("Quantum technology")).to_have_count(1)


def test_theme_is_kept_without_a_script(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/", java_script_enabled=False).page

    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.partition("//")[2].partition("/")[2] == "articles/"
