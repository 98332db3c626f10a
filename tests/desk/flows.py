"""What colleagues do at the desk, in Chromium: they open a story, write it, press a verb and confirm it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import Visit

Visiting = Callable[..., Visit]

LIST = "/admin/articles/article/"
# A story of the demo in which the checks find nothing: copies of it are ready to go out.
READY = "Seoul weighs openness against protection in its technology diplomacy"
DONE = ".messagelist .success"


@dataclass
class Colleague:
    """Somebody at the desk, with one tab open."""

    opened: Visit

    @property
    def page(self) -> Page:
        return self.opened.page

    def open(self, path: str) -> None:
        """Scripts included: the prose editor and the pickers are there once the network rests."""
        self.page.goto(path)
        self.page.wait_for_load_state("networkidle")

    def write(self, **typed: str) -> None:
        for name, words in typed.items():
            self.page.fill(f"#id_{name}", words)

    def tell(self, story: str) -> None:
        """Type at the end of the text, as one does in the prose editor."""
        self.page.click(".prose-editor [contenteditable=true]")
        self.page.keyboard.press("Control+End")
        self.page.keyboard.type(story)

    def pick(self, field: str, words: str) -> None:
        """The first that a picker finds for the words."""
        self.page.click(f".field-{field} .select2-search__field")
        self._take_first(words)

    def choose(self, field: str, words: str) -> None:
        """The same in a field that takes one alone, whose picker opens at a click."""
        self.page.click(f".field-{field} .select2-selection")
        self._take_first(words)

    def _take_first(self, words: str) -> None:
        self.page.keyboard.type(words)
        # Until the answer is there, the picker shows what it found for fewer words.
        self.page.locator(".select2-results__option--highlighted", has_text=words).click()

    def save(self) -> None:
        """A page that has just been saved says so until the next one is there."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+s")
        expect(self.page.locator(DONE)).to_be_visible()

    def do(self, verb: str, **typed: str) -> None:
        """Press the verb's button under the story, and confirm it on the page that asks."""
        self.page.click(f".submit-row .verb-{verb}")
        self.page.wait_for_url(f"**/do/{verb}/**")
        self.confirm(**typed)

    def confirm(self, **typed: str) -> None:
        """Fill in what the verb asks, go on in spite of warnings, and come to the story again."""
        for name, words in typed.items():
            self.page.fill(f"[name={name}]", words)
        for doubts in self.page.locator("[name=despite_warnings]").all():
            doubts.check()
        with self.page.expect_navigation():
            self.page.click(".submit-row [type=submit].default")
        expect(self.page.locator(DONE)).to_be_visible()

    def copy(self, headline: str) -> str:
        """A draft of one's own that is ready to go out; returns the address of its form."""
        self.page.goto(LIST)
        row = self.page.locator("#result_list tbody tr", has=self.page.locator(f"a:text-is('{READY}')"))
        key = row.locator("input.action-select").get_attribute("value")
        self.page.goto(f"{LIST}do/duplicate/?id={key}")
        self.confirm()
        self.page.wait_for_load_state("networkidle")
        self.write(headline=headline)
        self.save()
        return self.here()

    def here(self) -> str:
        """The path of the page, without what was asked of it."""
        return self.page.evaluate("location.pathname")  # type: ignore[no-any-return]

    def state(self) -> str:
        return self.page.locator(".field-state .readonly").inner_text()

    def readers_page(self) -> str:
        """Where readers find the story that is open."""
        return f"/articles/{self.page.input_value('#id_slug')}/"


@pytest.fixture
def desk(visit: Visiting) -> Callable[..., Colleague]:
    """Somebody of the demo's accounts."""

    def sit_down(account: str, path: str = "/admin/", **options: Any) -> Colleague:
        colleague = Colleague(visit(path, account=account, **options))
        colleague.page.wait_for_load_state("networkidle")
        return colleague

    return sit_down
