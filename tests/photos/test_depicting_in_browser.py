"""Marking people in Chromium: by mouse, by keys, on a phone, in the dark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.infrastructure.browser import SIDEWAYS, Visit
from tests.photos.pictures import jpeg
from tests.photos.test_upload_in_browser import WAIT

pytestmark = pytest.mark.browser

UPLOAD = "/admin/photos/photo/upload/"


def depict(opened: Visit, tmp_path: Path, seed: int) -> Page:
    """The page of marks of a picture that was just taken in."""
    page, picture = opened.page, tmp_path / f"{seed}.jpg"
    picture.write_bytes(jpeg(600, 400, seed=seed))
    page.set_input_files("#id_file", picture)
    expect(page.locator("#uploads li.new")).to_contain_text("versions for readers are ready.", timeout=WAIT)
    page.goto(f"{page.locator('#uploads li.new a').get_attribute('href')}".replace("change/", "depict/"))
    return page


def choose(row: Locator, name: str, shown: str) -> None:
    row.locator(".select2-selection").press("Enter")
    row.page.locator(".select2-search__field").fill(name)
    # Until the answer is there, the picker shows whom it found for fewer letters.
    row.page.locator(".select2-results__option:only-child", has_text=shown).click()


def place(page: Page, number: int) -> tuple[str, str]:
    row = page.locator(".mark").nth(number)
    return row.locator("[name$=-row]").input_value(), row.locator("[name$=-place_from_left]").input_value()


def test_people_are_marked_by_mouse_and_counted_from_the_boxes(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = depict(visit(UPLOAD, account="photo"), tmp_path, 401)
    page.locator(".stage").click(position={"x": 600, "y": 300})
    choose(page.locator(".mark").nth(0), "Sangbae Kim", "Kim Sang-bae")
    page.locator(".stage").click(position={"x": 200, "y": 300})
    choose(page.locator(".mark").nth(1), "Jeong Yong-sam", "Jeong Yong-sam")

    page.get_by_role("button", name="Save").click()

    expect(page.locator(".messagelist")).to_have_text("The marks are saved.")
    assert (place(page, 0), place(page, 1)) == (("", "1"), ("", "2"))
    expect(page.locator(".sentences li").first).to_contain_text("First from left: Jeong Yong-sam")


def test_box_is_made_moved_sized_and_removed_by_keys(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = depict(visit(UPLOAD, account="photo"), tmp_path, 411)
    page.get_by_role("button", name="Add a person with a box").press("Enter")
    box = page.locator(".stage .box")

    for keys in ("ArrowLeft", "ArrowLeft", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp"):
        box.press(keys)

    numbers = [page.locator(f".marks [data-box={name}]").first.input_value() for name in ("box_x", "box_y")]
    sizes = [page.locator(f".marks [data-box={name}]").first.input_value() for name in ("box_width", "box_height")]
    assert (numbers, sizes) == (["0.4300", "0.3600"], ["0.0900", "0.1100"])
    box.press("Delete")
    expect(box).to_have_count(0)
    expect(page.get_by_role("button", name="Add a box", exact=True)).to_be_focused()


def test_place_typed_by_hand_stays(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = depict(visit(UPLOAD, account="photo"), tmp_path, 421)
    expect(page.locator("#id_follow")).to_be_checked()

    page.locator("[name$=-place_from_left]").first.fill("4")

    expect(page.locator("#id_follow")).not_to_be_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_page_has_no_barrier(visit: Callable[..., Visit], tmp_path: Path, width: int, scheme: str) -> None:
    opened = visit(UPLOAD, account="photo", width=width, color_scheme=scheme)
    page = depict(opened, tmp_path, 430 + width + (scheme == "dark"))
    page.get_by_role("button", name="Add a person with a box").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".errornote")).to_be_visible()

    refused = [complaint for complaint in opened.complaints if "Content Security Policy" in complaint]
    assert (page.evaluate(SIDEWAYS), refused, opened.axe_violations()) == (0, [], [])
