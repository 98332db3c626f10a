"""The library in Chromium: a grid that anybody can use, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.infrastructure.browser import SIDEWAYS, Visit

pytestmark = pytest.mark.browser

LIBRARY = "/admin/photos/photo/library/"


def test_photos_are_selected_and_changed_together(visit: Callable[..., Visit]) -> None:
    page = visit(f"{LIBRARY}?q=Beijing", account="photo").page
    count = page.locator(".grid > li").count()

    page.get_by_role("button", name="Select all on this page").press("Enter")
    page.get_by_role("button", name="Change credit, rights or event of the selected").press("Enter")

    expect(page.locator(".confirm-rows > li")).to_have_count(count)


@pytest.mark.parametrize("address", [LIBRARY, f"{LIBRARY}?sheet=1", "/admin/photos/photo/collections/"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_have_no_barrier(visit: Callable[..., Visit], address: str, width: int, scheme: str) -> None:
    opened = visit(address, account="photo", width=width, color_scheme=scheme)

    assert (opened.page.evaluate(SIDEWAYS), list(opened.complaints), opened.axe_violations()) == (0, [], [])
