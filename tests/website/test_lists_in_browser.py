"""Lists and the search box in Chromium: what a script adds to them, by keyboard, and that all is there without it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


def is_same_page(page: Page) -> bool:
    """Whether the mark that `mark_page` left is still there, so that nothing has been loaded anew."""
    return bool(page.evaluate("window.marked === true"))


def mark_page(page: Page) -> None:
    page.evaluate("window.marked = true")


def test_filtered_list_comes_without_a_new_page_and_goes_back(visit: Callable[..., Visit]) -> None:
    opened = visit("/articles/", width=1280)
    page = opened.page
    mark_page(page)
    before = page.locator("#outcome").inner_text()

    page.locator(".filters input[type=checkbox]:not(:checked)").first.check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".chip")).to_have_count(1)
    chosen, focused = page.url, page.evaluate("document.activeElement.id")
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)

    assert ("?" in chosen, focused, is_same_page(page)) == (True, "outcome", True)
    assert page.locator("#outcome").inner_text() == before
    assert opened.complaints == []


def test_chip_is_taken_off_and_words_are_searched_in_place(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/?kind=report", width=1280).page
    mark_page(page)

    page.fill("main #q", "Korea")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome")).to_contain_text("Korea")
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)

    assert page.url.endswith("/articles/?q=Korea")
    assert page.locator(".lang a").get_attribute("href") == "/ko/articles/?q=Korea"
    assert is_same_page(page)


def test_whoever_changes_the_language_stays_at_the_same_part_of_the_page(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/?q=Korea#outcome").page

    page.locator(".lang a").click()
    page.wait_for_url("**/ko/**")

    assert page.url.endswith("/ko/articles/?q=Korea#outcome")


def test_date_that_cannot_be_read_gets_the_focus_and_keeps_what_was_typed(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/", width=390).page
    mark_page(page)

    page.locator(".filters > summary").press("Enter")
    page.get_by_label("From", exact=True).fill("soon")
    page.keyboard.press("Enter")
    field = page.locator("[aria-invalid]")

    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    assert (field.input_value(), is_same_page(page)) == ("soon", True)
    assert page.title().startswith("Error: ")


def test_search_is_narrowed_in_place_and_its_new_box_suggests(visit: Callable[..., Visit]) -> None:
    opened = visit("/search/?q=diplomacy", width=1280)
    page = opened.page
    mark_page(page)
    everything = page.locator("#outcome").inner_text()

    page.get_by_label("South Korea").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#outcome")).to_be_focused()
    narrowed = page.locator("#outcome").inner_text()
    page.fill("main #q", "kim sang")
    expect(page.locator("main").get_by_role("option").first).to_contain_text("Kim Sang-bae")
    page.go_back()
    expect(page.locator(".chip")).to_have_count(0)

    assert page.locator("#outcome").inner_text() == everything != narrowed
    assert page.url.endswith("/search/?q=diplomacy")
    assert is_same_page(page)
    assert opened.complaints == []


def test_list_is_filtered_without_script(visit: Callable[..., Visit]) -> None:
    page = visit("/articles/", width=1280, java_script_enabled=False).page

    page.locator(".filters input[type=checkbox]").first.check()
    page.get_by_role("button", name="Apply filters").click()

    expect(page.locator(".chip")).to_have_count(1)


@pytest.mark.parametrize("width", [1280, 390])
def test_suggestion_is_chosen_by_keys(visit: Callable[..., Visit], width: int) -> None:
    opened = visit("/", width=width)
    page = opened.page
    box = page.get_by_role("combobox")

    box.fill("kim sang")  # at one go: what is typed by and by may be asked for by and by
    expect(page.get_by_role("option").first).to_contain_text("Kim Sang-bae")
    found = (box.get_attribute("aria-expanded"), opened.axe_violations())
    box.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.wait_for_url("**/people/kim-sang-bae/")

    assert found == ("true", [])
    assert active
    assert opened.complaints == []


def test_enter_searches_and_escape_closes_the_suggestions(visit: Callable[..., Visit]) -> None:
    page = visit("/", width=1280).page
    box = page.get_by_role("combobox")
    box.fill("kim sang")
    expect(page.get_by_role("listbox")).to_be_visible()

    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")

    page.wait_for_url("**/search/?q=kim+sang")
