"""Looking back in Chromium: comparing and restoring by keyboard alone, and no barrier in what one is told then."""

from collections.abc import Callable

import pytest

from tests.desk.barriers import barriers, settled
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser

STORY = "/admin/articles/article/1/"


def test_story_is_changed_compared_and_brought_back_by_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}change/", account="chief").page
    headline = settled(page).input_value("#id_headline")
    page.focus("#id_headline")
    page.keyboard.press("End")
    page.keyboard.type(" zzyzx")
    page.focus("input[name=_continue]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messagelist")

    page.focus("text=All revisions: compare, restore")
    page.keyboard.press("Enter")
    page.wait_for_url("**/revisions/")
    page.focus("#compare-form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/**")
    new = page.locator("#part-headline + .delta ins").inner_text()
    page.go_back()
    page.focus("text=Restore… >> nth=1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/restore/")
    gone = page.locator("#part-headline + .delta del").inner_text()
    page.focus("#restore_form input[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")

    assert ("zzyzx" in new, "zzyzx" in gone) == (True, True)
    assert page.input_value("#id_headline") == headline


def test_public_history_has_no_barrier(visit: Callable[..., Visit]) -> None:
    opened = visit("/admin/articles/article/?state__exact=published", account="chief")
    page = opened.page
    page.locator("#result_list .field-headline a").last.click()
    page.wait_for_url("**/change/**")
    key = page.url.split("/change/")[0].split("/")[-1]
    page.goto(f"/admin/articles/article/do/correct/?id={key}")
    page.fill("textarea[name=note]", "A name was spelt wrongly.")
    for doubt in page.locator("input[name=despite_warnings]").all():
        doubt.check()
    page.click("input[type=submit].default")
    page.wait_for_selector(".messagelist .success")
    found = {}

    page.goto("/corrections/")
    page.get_by_role("link", name="What changed").first.click()
    page.wait_for_url("**/versions/")
    address = f"{page.url}?from=1&to=2"
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        found[width, scheme] = barriers(opened)

    assert found == dict.fromkeys(found, (0, [], []))
