"""A webhook at the desk in Chromium: made, looked at, and tested, without a barrier that axe knows."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.desk.barriers import look
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_webhook_is_made_and_asked_about(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit("/admin/partners/partner/add/", account="admin", width=width, color_scheme=scheme)
    page, name = opened.page, f"doe-{uuid.uuid4().hex[:8]}"
    page.locator("#id_name").fill(name)
    page.locator("input[name=_save]:visible").first.click()
    page.wait_for_url("**/partner/")
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/partners/webhook/add/")
    found: dict[str, Any] = {"add": look(opened)}

    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill(name)
    page.locator(".select2-results__option--highlighted", has_text=name).click()
    page.locator("#id_url").fill(f"https://example.org/{name}")
    page.locator("input[name=_continue]:visible").first.click()
    page.wait_for_url("**/change/**")
    found["change"] = look(opened)
    with page.expect_navigation():
        page.get_by_role("link", name="Send a test").click()
    found["ask"] = look(opened)
    page.goto(f"{page.url.partition('/admin/')[0]}/admin/partners/webhook/")
    found["list"] = look(opened)

    assert {place: broken for place, broken in found.items() if broken != (0, [], [])} == {}
