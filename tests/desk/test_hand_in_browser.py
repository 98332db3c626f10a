"""Speed of hand in Chromium: the finder by keyboard, the calendar on every screen, and what a paste leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import SIDEWAYS, Visit

pytestmark = pytest.mark.browser

PASTES = Path(__file__).parent.parent / "newsroom" / "pastes"
PAGES = [
    "/admin/",
    "/admin/calendar/",
    "/admin/find/?q=kim",
    "/admin/find/?q=zzzz",
    "/admin/people/person/import/",
    "/admin/people/person/",
]
EDITOR = ".ProseMirror[contenteditable=true]"
PASTE = """([editor, markup]) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", markup);
    clipboardData.setData("text/plain", "plain");
    editor.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def find(page: Page, words: str, first: str) -> Page:
    """Types into the finder until its hits are those for the words, of which the first is this one."""
    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette[open]")
    with page.expect_response(
        lambda answer: "/find/hits/" in answer.url and answer.url.endswith(f"q={words}")
    ) as found:
        page.keyboard.type(words)
    titles = [hit["title"] for hit in found.value.json()["hits"]]
    expect(page.locator("#palette-hits .palette-title")).to_have_text(titles)
    assert first in titles[0]
    return page


def refused(opened: Visit) -> list[str]:
    return [complaint for complaint in opened.complaints if "Content Security Policy" in complaint]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/", account="chief", width=width, color_scheme=scheme)
    found = {}

    for path in PAGES:
        opened.page.goto(path)
        opened.page.wait_for_load_state("networkidle")
        found[path] = (opened.page.evaluate(SIDEWAYS), opened.axe_violations())

    assert found == dict.fromkeys(PAGES, (0, []))
    assert refused(opened) == []


def test_finder_opens_a_record_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    opened = visit("/admin/articles/article/", account="chief")

    page = find(opened.page, "sangbae", "Sang-bae")
    first = page.locator("#palette-hits [role=option]").first
    violations = opened.axe_violations()
    chosen = (first.get_attribute("aria-selected"), page.get_attribute("#palette-words", "aria-activedescendant"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/people/person/*/change/")

    assert "Sang-bae" in (page.text_content("#content") or "")
    assert (chosen, violations, refused(opened)) == (("true", "palette-hit-0"), [], [])


def test_enter_right_after_typing_opens_what_was_typed(visit: Callable[..., Visit]) -> None:
    page = visit("/admin/articles/article/", account="chief").page

    page.keyboard.press("Control+k")
    page.wait_for_selector("#palette-hits [role=option]")
    page.keyboard.type("sangbae")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/people/person/*/change/")

    assert "Sang-bae" in (page.text_content("#content") or "")


def test_arrows_walk_the_hits_round_and_escape_gives_the_focus_back(visit: Callable[..., Visit]) -> None:
    page = visit("/admin/articles/article/", account="chief").page
    page.focus("#searchbar")
    find(page, "new", "New article")
    last = page.locator("#palette-hits [role=option]").count() - 1

    page.keyboard.press("ArrowUp")
    at_the_end = page.get_attribute("#palette-words", "aria-activedescendant")
    page.keyboard.press("ArrowDown")
    at_the_start = page.get_attribute("#palette-words", "aria-activedescendant")
    page.keyboard.press("Escape")

    assert (at_the_end, at_the_start) == (f"palette-hit-{last}", "palette-hit-0")
    assert page.evaluate("document.activeElement.id") == "searchbar"


def test_finder_is_a_page_without_a_script(visit: Callable[..., Visit]) -> None:
    page = visit("/admin/", account="chief", java_script_enabled=False).page

    page.click("a[data-opens=palette]")
    page.fill("#find-words", "sangbae")
    page.click("text=Find >> nth=-1")

    assert "Sang-bae" in (page.text_content(".find-hits") or "")


@pytest.mark.parametrize("name", ["word", "docs", "portal"])
def test_paste_leaves_clean_text(visit: Callable[..., Visit], name: str) -> None:
    opened = visit("/admin/articles/article/add/", account="chief")
    page = opened.page
    page.wait_for_selector(EDITOR)
    page.click(EDITOR)

    with page.expect_response("**/admin/paste/"):
        page.evaluate(PASTE, [page.query_selector(EDITOR), (PASTES / f"{name}.html").read_text()])
    page.wait_for_function("() => document.querySelector('.ProseMirror[contenteditable=true]').textContent.length > 20")
    written = page.input_value("textarea[name=body]")

    assert [sign for sign in ("style=", "Mso", "<o:p", "<font", "&nbsp;", "·\u00a0") if sign in written] == []
    assert "<strong>" in written
    assert ("<li>" in written) == (name != "portal")
    assert ("<table" in written) == (name != "docs")
    assert refused(opened) == []
