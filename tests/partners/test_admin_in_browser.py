"""The syndication desk in Chromium: from a package to a key by keyboard and mouse, without a barrier that axe knows."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from tests.desk.barriers import look
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_partner_gets_a_package_and_a_key(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/partners/package/add/", account="admin", width=width, color_scheme=scheme)
    page, name = opened.page, f"doe-{uuid.uuid4().hex[:8]}"
    found = {"package": look(opened)}

    page.get_by_label("Name", exact=False).first.fill(name)
    page.locator("#id_slug").fill(name)
    page.locator("input[name=kinds]").first.check()
    page.locator("input[name=_save]:visible").first.click()
    page.wait_for_url("**/package/")
    found["packages"] = look(opened)

    page.goto("/admin/partners/partner/add/")
    page.locator("#id_name").fill(name)
    page.get_by_label(name).check()
    page.locator("input[name=_continue]:visible").first.click()
    page.wait_for_url("**/change/**")
    found["partner"] = look(opened)

    with page.expect_navigation():
        page.get_by_role("link", name="Issue a key").click()
    found["issue"] = look(opened)
    page.get_by_label("Label").fill("production")
    page.keyboard.press("Enter")
    page.get_by_text("Keep this key now").first.wait_for()
    found["key"] = look(opened)
    shown = page.locator("pre code").first.inner_text()

    with page.expect_navigation():
        page.get_by_role("link", name="I have kept it").click()
    page.goto("/admin/partners/removal/")
    found["removals"] = look(opened)

    assert {place: broken for place, broken in found.items() if broken != (0, [], [])} == {}
    assert shown.startswith("attache_")
