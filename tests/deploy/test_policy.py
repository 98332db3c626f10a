"""The content security policy, as Chromium holds it: the desk works under it, and nothing slips through."""

from collections.abc import Callable

import pytest

from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser


def test_prose_editor_starts_under_the_policy(visit: Callable[..., Visit]) -> None:
    desk = visit("/admin/articles/article/add/", account="editor")

    desk.page.locator(".prose-editor [contenteditable=true]").first.wait_for()

    assert desk.complaints == []


# Ends when the picture that is not there has told of it, to whoever may listen.
INLINE = """() => new Promise((end) => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    document.body.insertAdjacentHTML("beforeend", "<img src='/no/such/picture' onerror='window.ran = true'>");
    document.body.lastElementChild.addEventListener("error", end);
})"""


@pytest.mark.parametrize("path", ["/", "/admin/login/"])
def test_inline_code_is_refused(visit: Callable[..., Visit], path: str) -> None:
    page = visit(path).page

    with page.expect_console_message(lambda told: "Content Security Policy" in told.text):
        page.evaluate(INLINE)

    assert page.evaluate("window.ran") is None
