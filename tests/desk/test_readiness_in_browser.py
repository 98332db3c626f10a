"""What the checks found, in Chromium: findings lead to their fields, and the story is checked again in place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.desk.barriers import barriers, settled
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser

PAGES = [
    "/admin/reports/",
    "/admin/reports/ageing/",
    "/admin/reports/people-in-print/",
    "/admin/reports/events-in-print/",
    "/admin/articles/article/?checks=warnings",
]


def opened_story(page: Page, headline: str) -> Page:
    page.goto("/admin/articles/article/")
    page.click(f"#result_list >> text={headline}")
    page.wait_for_url("**/change/")
    return settled(page)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.getAttribute('aria-label')"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_reports_and_findings_have_no_barrier(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/", account="chief", width=width, color_scheme=scheme)
    opened_story(opened.page, "A decade of a Korean association in Beijing")
    story = opened.page.url
    pages = [*PAGES, story, story.replace("/change/", "/checks/")]
    found = {}

    for path in pages:
        opened.complaints.clear()
        opened.page.goto(path)
        found[path] = barriers(opened)

    assert {path: broken for path, broken in found.items() if broken != (0, [], [])} == {}


def test_finding_leads_to_its_field_by_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = opened_story(visit("/admin/", account="editor").page, "A decade of a Korean association in Beijing")
    dateline = page.locator(".findings a", has_text="No dateline")

    dateline.focus()
    page.keyboard.press("Enter")

    assert focused(page) == "id_dateline"


def test_finding_in_the_text_leads_into_the_editor(visit: Callable[..., Visit]) -> None:
    page = opened_story(visit("/admin/", account="editor").page, "A decade of a Korean association in Beijing")

    page.evaluate("document.querySelector('.findings a').setAttribute('href', '#id_body')")
    page.click(".findings a >> nth=0")

    assert focused(page) == "Story"


def test_finding_on_its_own_page_leads_to_the_field_of_the_form(visit: Callable[..., Visit]) -> None:
    page = opened_story(visit("/admin/", account="editor").page, "A decade of a Korean association in Beijing")
    page.goto(page.url.replace("/change/", "/checks/"))

    page.click(".findings a:has-text('No dateline')")
    page.wait_for_url("**/change/#id_dateline")

    assert focused(settled(page)) == "id_dateline"


def test_story_is_checked_again_in_place_and_the_text_stays(visit: Callable[..., Visit]) -> None:
    opened = visit("/admin/", account="editor")
    page = opened_story(opened.page, "A decade of a Korean association in Beijing")
    address = page.url
    page.fill("#id_dateline", "Beijing")

    page.click(".readiness-again")
    expect(page.locator(".readiness-summary")).not_to_contain_text("at the last save")

    assert (page.url, page.input_value("#id_dateline")) == (address, "Beijing")
    assert page.locator("[data-readiness][aria-live=polite] .findings a:has-text('No dateline')").count() == 1
    assert [complaint for complaint in opened.complaints if "Content Security Policy" in complaint] == []
