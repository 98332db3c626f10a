"""A story's photographs in Chromium: found, sent, put in order and set in the text, by keyboard and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.desk.flows import Colleague
from tests.desk.flows import desk as desk

pytestmark = pytest.mark.browser

ADD = "/admin/articles/article/add/"
Desk = Callable[..., Colleague]


def chosen(page: Page) -> Locator:
    """What the rows of photos hold, from the first to the last."""
    return page.locator("#photo_uses-group tr.form-row:not(.empty-form) select[name$=-photo] option:checked")


def find(page: Page, words: str) -> None:
    """Look for these words in the library that is open, and take the first photo, by keyboard alone."""
    dialog = page.get_by_role("dialog", name="Choose a photograph")
    expect(dialog.get_by_label("Words, names or photographer")).to_be_focused()
    page.keyboard.insert_text(words)  # at one go: typed by and by, half of it may be looked for first
    expect(dialog.get_by_role("button", name=re.compile(words, re.IGNORECASE)).first).to_be_visible()
    expect(dialog.locator("li")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()


def text(page: Page) -> str:
    """The story's text with a sign for each photograph."""
    return re.sub(r"<figure[^>]*> ?</figure>", "[*]", page.input_value("#id_body"))


def test_photograph_is_set_moved_and_taken_out_by_keyboard(desk: Desk) -> None:
    chief = desk("chief", ADD)
    page = chief.page
    chief.tell("One.")
    page.keyboard.press("Enter")
    page.keyboard.type("Two.")

    page.get_by_role("button", name="Photograph", exact=True).press("Enter")
    find(page, "opens the conference")
    expect(page.locator("figure.photograph figcaption")).to_contain_text("Jeong Yong-sam")
    assert text(page) == "<p>One.</p><p>Two.</p>[*]"
    expect(chosen(page)).to_have_text(["Jeong Yong-sam opens the conference"])

    page.keyboard.press("Alt+ArrowUp")
    assert text(page) == "<p>One.</p>[*]<p>Two.</p>"
    page.get_by_role("button", name="Move up: Jeong Yong-sam opens the conference").first.press("Enter")
    assert text(page) == "[*]<p>One.</p><p>Two.</p>"

    page.locator("figure.photograph [data-what=out]").press("Enter")
    assert text(page) == "<p>One.</p><p>Two.</p>"


def test_photos_are_found_sent_and_put_in_order_beside_the_form(desk: Desk, tmp_path: Path) -> None:
    picture = tmp_path / "new.png"
    Image.effect_noise((64, 48), 60).save(picture)
    chief = desk("chief", ADD)
    page = chief.page
    said = page.locator(".photographs > [role=status]")

    for words in ("opens the conference", "keynote in beijing"):
        page.get_by_role("button", name="Choose from the library").press("Enter")
        find(page, words)
    page.set_input_files("[data-send]", picture)
    expect(said).to_have_text("Filed and added: new.png. Complete its caption and rights on its own page.")

    expect(page.locator(".row-card").nth(2)).to_contain_text("no rights")
    first, second, new = (words.strip() for words in chosen(page).all_text_contents())
    page.get_by_role("button", name=f"Move up: {new}").press("Enter")
    expect(said).to_have_text("Now at place 2 of 3.")
    last = page.locator("#photo_uses-group tr.form-row:not(.empty-form)").nth(2)
    below = {"x": 200, "y": last.bounding_box()["height"] - 8}
    page.locator(".grip").first.drag_to(last, target_position=below)

    expect(chosen(page)).to_have_text([new, second, first])
    orders = page.locator("#photo_uses-group tr.form-row:not(.empty-form) [name$=-order]")
    for place in range(3):
        expect(orders.nth(place)).to_have_value(str(place))
    page.locator("#photo_uses-group .inline-deletelink").first.click()
    expect(chosen(page)).to_have_count(2)
    assert chief.opened.complaints == []


def test_photos_are_chosen_without_scripts(desk: Desk) -> None:
    key = desk("chief", "/admin/articles/article/").page.locator("#result_list tbody th a").first.get_attribute("href")
    page = desk("chief", str(key), java_script_enabled=False).page

    page.get_by_role("link", name="Choose from the library").click()
    page.get_by_label("Words, names or photographer").fill("Kim Jun-yeon")
    page.get_by_role("button", name="Show").click()
    page.get_by_label("Kim Jun-yeon gives the keynote").check()
    page.get_by_role("button", name="Add to the story").click()

    expect(page.locator(".messagelist")).to_contain_text(re.compile(r"\d photos? w(as|ere) added"))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_neither_the_library_nor_a_photograph_in_the_text_has_a_barrier(desk: Desk, width: int, scheme: str) -> None:
    chief = desk("chief", ADD, width=width, color_scheme=scheme)
    page = chief.page
    page.get_by_role("button", name="Photograph", exact=True).press("Enter")
    expect(page.locator(".photographs-dialog .shelf button").first).to_be_visible()

    assert chief.opened.complaints == []
    assert chief.opened.axe_violations() == []
    find(page, "keynote in beijing")
    expect(page.locator("figure.photograph figcaption")).not_to_be_empty()
    assert chief.opened.axe_violations() == []
