"""Two records become one and two again in Chromium, by the keyboard; the page has no barrier that axe knows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.desk.barriers import barriers_at_any_size
from tests.desk.flows import DONE, Colleague
from tests.desk.flows import desk as desk

pytestmark = pytest.mark.browser

LIST = "/admin/people/person/"


def add_person(editor: Colleague, family: str, given: str) -> None:
    editor.open(f"{LIST}add/")
    editor.write(family_name=family, given_name=given, slug=f"{family}-{given}".lower())
    editor.save()


def test_two_become_one_and_two_again_by_the_keyboard(desk: Callable[..., Colleague]) -> None:
    editor = desk("editor")
    page = editor.page
    add_person(editor, "Quimby", "Sangbae")
    add_person(editor, "Quimby", "Sang-bae")

    editor.open(f"{LIST}?q=Quimby")
    for box in page.locator("input.action-select").all():
        box.press("Space")
    page.locator("select[name=action]").select_option("merge_selected")
    page.locator(".actions button").press("Enter")
    page.wait_for_url("**/merge/**")
    found = barriers_at_any_size(editor.opened)
    page.locator("[name=keep]").first.press("Space")
    page.locator(".submit-row .default").press("Enter")
    expect(page.locator(DONE)).to_contain_text("was merged into this.")
    page.locator(".seen a[href*='/people/person/']").click()
    page.locator("a[href*='/do/unmerge/']").click()
    page.wait_for_url("**/do/unmerge/**")
    page.locator(".submit-row .default").press("Enter")

    expect(page.locator(DONE)).to_contain_text("stands for itself again.")
    assert found == []
