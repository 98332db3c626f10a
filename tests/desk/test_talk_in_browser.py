"""Comments, previews and shared drafts in Chromium: by keyboard, without barriers, and with nothing typed lost."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.desk.barriers import barriers
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser

STORY = "/admin/articles/article/1/"


def drawer(page: Page) -> Any:
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Comments", exact=True).focus()
    page.keyboard.press("Enter")
    opened = page.get_by_role("dialog", name="Comments")
    expect(opened.get_by_label("Comment", exact=True)).to_be_visible()
    return opened


def share(page: Page) -> str:
    page.goto(f"{STORY}preview/links/")
    page.get_by_label("For whom").fill("The speaker")
    page.get_by_role("button", name="Make a link").click()
    return page.get_by_label("Copy it now").input_value()


def say(talk: Any, words: str) -> None:
    talk.get_by_label("Comment", exact=True).fill(words)
    talk.get_by_role("button", name="Comment", exact=True).click()


def test_comment_from_the_form_leaves_what_is_typed_there(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}change/", account="chief").page
    page.wait_for_load_state("networkidle")
    page.fill("#id_standfirst", "Half a sentence")

    talk = drawer(page)
    talk.get_by_label("About").select_option("standfirst")
    say(talk, "Is this the whole sentence?")

    expect(talk.get_by_text("Your comment is kept.")).to_be_visible()
    expect(talk.get_by_text("Is this the whole sentence?").first).to_be_visible()
    expect(page.locator(".field-standfirst .talk-mark")).to_have_text("Standfirst: 1 open")
    assert page.input_value("#id_standfirst") == "Half a sentence"
    assert page.url.endswith("/change/")

    talk.get_by_role("button", name="Resolve").first.click()
    expect(page.locator(".talk-mark")).to_have_count(0)


def test_colleague_is_called_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}change/", account="chief").page
    talk = drawer(page)
    text = talk.get_by_label("Comment", exact=True)

    text.press_sequentially("Ask @")
    page.keyboard.insert_text("edi")  # at one go, or what was found for "@e" may come first
    expect(talk.get_by_role("option", name="Demo: editor @editor")).to_be_visible()
    page.keyboard.press("Enter")
    written = text.input_value()
    page.keyboard.press("Escape")

    assert written == "Ask @editor "
    expect(page.get_by_role("dialog", name="Comments")).to_be_hidden()
    expect(page.get_by_role("link", name="Comments", exact=True)).to_be_focused()


def test_words_in_another_thread_stay_while_one_is_answered(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}talk/", account="chief").page
    for words in ("First question", "Second question"):
        say(page.locator(".talk"), words)
        expect(page.locator(".talk").get_by_text(words)).to_be_visible()
    first, second = (page.locator(".thread", has_text=f"{words} question") for words in ("First", "Second"))

    first.get_by_label("Reply").fill("Half an answer")
    second.get_by_label("Reply").fill("An answer")
    second.get_by_role("button", name="Reply").click()

    expect(second.get_by_text("An answer", exact=True)).to_be_visible()
    expect(first.get_by_label("Reply")).to_have_value("Half an answer")


def test_comment_that_cannot_be_sent_stays_typed(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}talk/", account="chief").page

    page.context.set_offline(True)
    say(page.locator(".talk"), "Into the void")

    expect(page.get_by_text("Not sent: your text is still here.")).to_be_visible()
    expect(page.get_by_label("Comment", exact=True)).to_have_value("Into the void")


def test_talk_works_without_scripts(visit: Callable[..., Visit]) -> None:
    page = visit(f"{STORY}change/", account="chief", java_script_enabled=False).page

    page.get_by_role("link", name="Comments", exact=True).click()
    say(page.locator(".talk"), "Said without a script")

    expect(page.locator(".thread").get_by_text("Said without a script")).to_be_visible()


def test_shared_draft_is_read_and_signed_without_an_account(visit: Callable[..., Visit]) -> None:
    desk = visit(STORY, account="chief").page
    address = share(desk)

    outside = visit(address)
    outside.page.get_by_label("Your name").fill("Jane Doe")
    outside.page.get_by_role("button", name="Ask for a change").click()
    expect(outside.page.get_by_text("Say what should change.")).to_be_visible()
    outside.page.get_by_label("Comment").fill("The date is wrong.")
    outside.page.get_by_role("button", name="Ask for a change").click()

    expect(outside.page.locator(".said")).to_contain_text("Jane Doe asks for a change")
    desk.goto(f"{STORY}change/")
    expect(desk.locator(".sign-offs")).to_contain_text("The date is wrong.")


def test_frame_shows_the_readers_page_at_its_width(visit: Callable[..., Visit]) -> None:
    opened = visit(f"{STORY}preview/?width=390", account="chief")

    frame = opened.page.frame_locator("iframe")

    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert opened.page.frames[1].evaluate("innerWidth") == 390
    assert opened.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_has_a_barrier(visit: Callable[..., Visit], width: int, scheme: str) -> None:
    opened = visit(f"{STORY}talk/", account="chief", width=width, color_scheme=scheme)
    say(opened.page.locator(".talk"), f"A question, {width} {scheme}")
    expect(opened.page.get_by_text(f"A question, {width} {scheme}")).to_be_visible()
    address = share(opened.page)
    found = {"links": barriers(opened)}

    for path in (f"{STORY}talk/", f"{STORY}preview/", address):
        opened.complaints.clear()
        opened.page.goto(path)
        found[path] = barriers(opened)
    opened.page.goto(f"{STORY}change/")
    drawer(opened.page)
    found["drawer"] = barriers(opened)

    assert {path: broken for path, broken in found.items() if broken != (0, [], [])} == {}
