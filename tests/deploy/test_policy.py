"""The content security policy, as Chromium holds it: the desk works under it, and nothing slips through."""

from collections.abc import Callable

import pytest

from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


def test_prose_editor_starts_under_the_policy(visit: Callable[..., Visit]) -> None:
    desk = visit("/admin/articles/article/add/", account="editor")

    desk.page.locator(".prose-editor [contenteditable=true]").first.wait_for()

    assert desk.complaints == []


@pytest.mark.parametrize("path", ["/", "/admin/login/"])
def test_inline_code_is_refused(visit: Callable[..., Visit], path: str) -> None:
    opened = visit(path)

    opened.page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
        }"""
    )
    opened.page.wait_for_timeout(200)

    assert opened.page.evaluate("window.ran") is None
    assert [complaint for complaint in opened.complaints if "Content Security Policy" in complaint] != []
