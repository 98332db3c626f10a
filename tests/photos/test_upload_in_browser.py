"""The upload page in Chromium: by drop, by keyboard and without scripts; what was not sent is tried again."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import SIDEWAYS, Visit
from tests.photos.pictures import jpeg

pytestmark = pytest.mark.browser

PAGE = "/admin/photos/photo/upload/"
# Files cannot be dropped by a mouse that a program moves: this is the event that a browser would send.
DROP = """(element, [name, content]) => {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    const dropped = new DataTransfer();
    dropped.items.add(new File([bytes], name, { type: "image/jpeg" }));
    element.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""
WAIT = 60_000  # milliseconds, on a machine that is busy with other things


def files(folder: Path, *seeds: int) -> list[Path]:
    paths = [folder / f"{seed}.jpg" for seed in seeds]
    for path, seed in zip(paths, seeds, strict=True):
        path.write_bytes(jpeg(300, 200, seed=seed))
    return paths


def states(page: Page) -> list[str]:
    return [str(row.get_attribute("class")) for row in page.locator("#uploads li").all()]


def settle(page: Page, summary: str) -> None:
    expect(page.locator("#upload-summary")).to_have_text(summary, timeout=WAIT)


def test_pictures_are_sent_one_by_one_and_each_says_what_became_of_it(
    visit: Callable[..., Visit], tmp_path: Path
) -> None:
    bad = tmp_path / "drawing.jpg"
    bad.write_bytes(b"<svg/>")
    page = visit(PAGE, account="photo").page

    page.set_input_files("#id_file", [*files(tmp_path, 101, 102), bad])

    settle(page, "Filed: 2. Refused: 1. Not sent: 0. Under way: 0.")
    assert states(page) == ["new", "new", "refused"]
    assert page.locator("#uploads li.new a").count() == 2
    expect(page.locator("#uploads li.new").first).to_contain_text("versions for readers are ready.", timeout=WAIT)


def test_picture_is_dropped(visit: Callable[..., Visit]) -> None:
    page = visit(PAGE, account="photo").page

    page.locator(".drop").evaluate(DROP, ["dropped.jpg", base64.b64encode(jpeg(300, 200, seed=111)).decode()])

    settle(page, "Filed: 1. Refused: 0. Not sent: 0. Under way: 0.")


def test_what_was_not_sent_is_kept_and_tried_again_by_keyboard(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(PAGE, account="photo").page
    page.route("**/upload/one/", lambda route: route.abort())
    page.set_input_files("#id_file", files(tmp_path, 121, 122))
    settle(page, "Filed: 0. Refused: 0. Not sent: 2. Under way: 0.")
    page.unroute("**/upload/one/")

    page.get_by_role("button", name="Try again: 121.jpg").press("Enter")
    settle(page, "Filed: 1. Refused: 0. Not sent: 1. Under way: 0.")
    page.get_by_role("button", name="Try all again that were not sent").press("Enter")

    settle(page, "Filed: 2. Refused: 0. Not sent: 0. Under way: 0.")


def test_page_works_without_scripts(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(PAGE, account="photo", java_script_enabled=False).page
    page.set_input_files("#id_file", files(tmp_path, 131, 132))

    page.get_by_role("button", name="Upload").press("Enter")

    expect(page.locator("#uploads li")).to_have_count(2, timeout=WAIT)
    assert states(page) == ["new", "new"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_page_has_no_barrier(visit: Callable[..., Visit], tmp_path: Path, width: int, scheme: str) -> None:
    opened = visit(PAGE, account="photo", width=width, color_scheme=scheme)
    bad = tmp_path / "a-drawing-with-a-name-that-is-much-longer-than-a-phone-is-wide.jpg"
    bad.write_bytes(b"<svg/>")

    opened.page.set_input_files("#id_file", [bad, *files(tmp_path, 141)])
    settle(opened.page, "Filed: 1. Refused: 1. Not sent: 0. Under way: 0.")

    refused = [complaint for complaint in opened.complaints if "Content Security Policy" in complaint]
    assert (opened.page.evaluate(SIDEWAYS), refused, opened.axe_violations()) == (0, [], [])
