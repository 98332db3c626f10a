"""Drawings in Chromium: complete without the script, searchable and larger with it."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.infrastructure.browser import Visit

PAGE = "/people/kim-sang-bae/"


def test_script_is_small() -> None:
    assert len((settings.BASE_DIR / "newsroom" / "static" / "drawings.js").read_bytes()) < 3_000


@pytest.mark.browser
def test_name_is_found_in_a_drawing_and_the_drawing_grows(visit: Callable[..., Visit]) -> None:
    opened = visit(PAGE, width=390)
    figure = opened.page.locator("[data-drawing]")

    figure.locator("input").fill("bae young")
    figure.locator("button", has_text="Larger").click()

    expect(figure.locator("output")).to_have_text("Found: 1")
    expect(figure.locator("svg > g:not(.off) a")).to_have_text(["Bae Young-ja"])
    assert figure.evaluate("one => one.scrollWidth > one.clientWidth && one.tabIndex === 0")
    assert opened.page.evaluate("document.documentElement.scrollWidth") == 390
    assert [opened.axe_violations(), opened.complaints] == [[], []]


@pytest.mark.browser
def test_drawing_is_complete_without_the_script(visit: Callable[..., Visit]) -> None:
    figure = visit(PAGE, java_script_enabled=False).page.locator("[data-drawing]")

    assert figure.locator("svg a:visible").count() == 19
    assert not figure.locator("input").is_visible()
