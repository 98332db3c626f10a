"""Nothing lost, in Chromium: closed tabs, ended sessions, two editors on one story, and a save by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, Response, expect

from tests.desk.barriers import barriers
from tests.infrastructure.browser import PASSWORD, Visit

pytestmark = pytest.mark.browser

STORY = "/admin/articles/article/1/change/"
PERSON = "/admin/people/person/{}/change/"
ADD = "/admin/articles/article/add/"
KEPT = "Your unsaved text is kept:"


def write(page: Page, headline: str, story: str = "") -> None:
    page.fill("#id_headline", headline)
    if story:
        page.locator(".prose-editor [contenteditable=true]").click()
        page.keyboard.press("Control+End")
        page.keyboard.type(story)


@contextmanager
def until_kept(page: Page, words: str) -> Iterator[None]:
    """What is typed meanwhile goes to the server by and by: wait until it has these last words of it."""

    def has_them(answer: Response) -> bool:
        return "/open/typed/" in answer.url and quote_plus(words) in (answer.request.post_data or "")

    with page.expect_response(has_them):
        yield
    expect(page.locator(".typed-kept")).to_contain_text(KEPT)


def end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def log_in_here(page: Page, account: str) -> None:
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", PASSWORD)
    page.click("[type=submit]")


def discard(page: Page, path: str) -> None:
    """Leave nothing behind for the next test: of an "add" page neither what other windows left."""
    page.goto(path)
    # What only the browser had must have reached the server, or it would be there again after the discarding.
    page.wait_for_function("Object.keys(localStorage).every((key) => !key.startsWith('typed '))")
    page.goto(path)
    for left in reversed(range(page.locator(".unsaved").count())):
        page.locator("text=Discard it").first.click()
        expect(page.locator(".unsaved")).to_have_count(left)


@pytest.mark.parametrize("path", [STORY, ADD])
def test_closed_tab_loses_nothing(visit: Callable[..., Visit], path: str) -> None:
    first = visit(path, account="chief").page
    with until_kept(first, "A sentence nobody saved."):
        write(first, "Half a headline", "A sentence nobody saved.")
    first.close()

    second = first.context.new_page()
    second.goto(path)
    expect(second.locator("#unsaved-heading")).to_have_text("You have unsaved text")
    second.click("text=Bring it back")

    expect(second.locator("#id_headline")).to_have_value("Half a headline")
    expect(second.locator(".prose-editor [contenteditable=true]")).to_contain_text("A sentence nobody saved.")
    discard(second, path)


def test_tab_closed_before_the_server_heard_loses_nothing(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(1)
    first = visit(path, account="chief").page
    first.fill("#id_desk_note", "Typed in the last second")
    first.close(run_before_unload=False)

    second = first.context.new_page()
    second.goto(path)

    expect(second.locator(".unsaved")).to_contain_text("Typed in the last second")
    discard(second, path)


@pytest.mark.parametrize("path", [STORY, ADD])
def test_session_that_ends_in_mid_edit_keeps_the_text_in_the_browser(visit: Callable[..., Visit], path: str) -> None:
    page = visit(path, account="editor").page
    end_session(page)
    write(page, "Typed without a session")
    trouble = page.locator(".typed-trouble")
    expect(trouble).to_have_text("Not signed in: your text is kept in this browser.")
    page.close()

    later = page.context.new_page()
    later.goto(path)
    log_in_here(later, "editor")

    expect(later.locator("#unsaved-heading")).to_be_visible()
    later.click("text=Bring it back")
    expect(later.locator("#id_headline")).to_have_value("Typed without a session")
    discard(later, path)


def test_login_in_a_new_tab_lets_the_old_one_go_on_and_save(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(2)
    page = visit(path, account="editor").page
    end_session(page)
    page.fill("#id_desk_note", "Before and after")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (in a new tab)").click()
    log_in_here(opened.value, "editor")
    opened.value.wait_for_url("**/admin/")
    opened.value.close()

    page.bring_to_front()
    with until_kept(page, "Before and after, the end"):
        page.fill("#id_desk_note", "Before and after, the end")
    page.keyboard.press("Control+s")

    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(page.locator("#id_desk_note")).to_have_value("Before and after, the end")
    expect(page.locator(".unsaved")).to_have_count(0)


def test_form_sent_after_the_session_ended_is_offered_after_the_login(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(3)
    page = visit(path, account="editor").page
    page.fill("#id_desk_note", "Sent too late")
    end_session(page)
    page.keyboard.press("Control+s")
    expect(page.locator("#content")).to_contain_text("What you typed is kept")

    log_in_here(page, "editor")

    expect(page.locator(".unsaved")).to_contain_text("Sent too late")
    discard(page, path)


def test_browser_that_lost_all_its_cookies_is_asked_to_sign_in(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(3)
    page = visit(path, account="editor").page
    page.context.clear_cookies()
    page.fill("#id_desk_note", "Typed without a cookie")
    trouble = page.locator(".typed-trouble")
    expect(trouble).to_have_text("Not signed in: your text is kept in this browser.")
    page.keyboard.press("Control+s")
    expect(page.locator("#content")).to_contain_text("What you typed is kept")

    log_in_here(page, "editor")

    expect(page.locator(".unsaved")).to_contain_text("Typed without a cookie")
    discard(page, path)


def test_server_that_is_away_leaves_the_text_in_the_browser(visit: Callable[..., Visit]) -> None:
    page = visit(PERSON.format(4), account="editor").page
    page.context.set_offline(True)
    page.fill("#id_desk_note", "Typed in a tunnel")
    trouble = page.locator(".typed-trouble")
    expect(trouble).to_have_text("The server does not answer: your text is kept in this browser.")

    page.context.set_offline(False)
    with until_kept(page, "Typed in a tunnel, and out of it"):
        page.fill("#id_desk_note", "Typed in a tunnel, and out of it")

    expect(trouble).to_have_text("")
    discard(page, PERSON.format(4))


@pytest.mark.parametrize(
    ("number", "width", "scheme", "script"),
    [(5, 1280, "light", True), (6, 390, "dark", True), (7, 1280, "dark", False)],
)
def test_two_editors_collide_and_both_texts_stand(
    visit: Callable[..., Visit], number: int, width: int, scheme: str, script: bool
) -> None:
    path = PERSON.format(number)
    mine = visit("/admin/", account="editor", width=width, color_scheme=scheme, java_script_enabled=script)
    mine.page.goto(path)
    theirs = visit(path, account="chief").page
    theirs.fill("#id_desk_note", "Their note of the day")
    theirs.keyboard.press("Control+s")
    expect(theirs.locator(".messagelist .success")).to_be_visible()

    mine.complaints.clear()
    mine.page.fill("#id_desk_note", "My note of the day")
    mine.page.click(".submit-row [name=_continue]")

    expect(mine.page.locator(".conflict .compared")).to_contain_text("note of the day")
    expect(mine.page.locator("#id_desk_note")).to_have_value("My note of the day")
    assert not script or barriers(mine) == (0, [], [])
    mine.page.click(".conflict button[name=_theirs]")
    expect(mine.page.locator("#id_desk_note")).to_have_value("Their note of the day")
    mine.page.click(".submit-row [name=_continue]")
    expect(mine.page.locator(".messagelist .success")).to_be_visible()


def test_two_windows_that_add_keep_a_text_each(visit: Callable[..., Visit]) -> None:
    first = visit(ADD, account="reporter").page
    second = first.context.new_page()
    second.goto(ADD)
    for page, headline in ((first, "One story"), (second, "Another story")):
        page.bring_to_front()
        with until_kept(page, headline):
            write(page, headline)
    first.close()
    second.close()

    later = visit("/admin/", account="reporter").page
    found = []
    for _ in range(2):
        later.goto(ADD)
        with later.expect_navigation():
            later.locator("text=Bring it back").first.click()
        found.append(later.locator("#id_headline").input_value())
        later.goto(ADD)
        later.locator("text=Discard it").first.click()
        expect(later.locator(".unsaved")).to_have_count(2 - len(found))

    assert found == ["Another story", "One story"]


def test_earlier_text_outlives_what_is_typed_beneath_its_notice(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(10)
    first = visit(path, account="editor").page
    with until_kept(first, "Earlier words"):
        first.fill("#id_desk_note", "Earlier words")
    first.goto("/admin/")

    first.goto(path)
    with until_kept(first, "Later words"):
        first.fill("#id_desk_note", "Later words")
    expect(first.locator(".unsaved")).to_contain_text("Earlier words")
    first.goto("/admin/")

    first.goto(path)
    expect(first.locator(".unsaved")).to_have_count(2)
    with until_kept(first, "Last words"):
        first.fill("#id_desk_note", "Last words")
    first.locator("text=Discard it").first.click()
    expect(first.locator(".unsaved")).to_have_count(1)
    expect(first.locator(".unsaved")).to_contain_text("Earlier words")
    expect(first.locator("#id_desk_note")).to_have_value("Last words")
    first.click("text=Bring it back")
    expect(first.locator("#id_desk_note")).to_have_value("Earlier words")
    discard(first, path)


def save(page: Page) -> None:
    page.click(".submit-row [name=_continue]")


@pytest.mark.parametrize("script", [True, False])
def test_two_editors_in_different_fields_of_a_story_keep_both(visit: Callable[..., Visit], script: bool) -> None:
    opened = visit("/admin/", account="editor", java_script_enabled=script)
    mine = opened.page
    mine.goto(STORY)
    theirs = visit(STORY, account="chief").page
    write(theirs, f"Their headline {script}", "Their last words.")
    save(theirs)
    expect(theirs.locator(".messagelist .success")).to_be_visible()

    opened.complaints.clear()
    mine.fill("#id_desk_note", f"My note {script}")
    save(mine)

    expect(mine.locator(".conflict .taken")).to_contain_text("Headline, Story")
    expect(mine.locator(".conflict .difference")).to_have_count(0)
    expect(mine.locator("#content")).not_to_contain_text("Please correct")
    assert not script or barriers(opened) == (0, [], [])
    save(mine)
    expect(mine.locator(".messagelist .success")).to_be_visible()
    expect(mine.locator("#id_headline")).to_have_value(f"Their headline {script}")
    expect(mine.locator("#id_desk_note")).to_have_value(f"My note {script}")


def test_story_that_the_editor_left_alone_is_no_quarrel(visit: Callable[..., Visit]) -> None:
    mine, theirs = visit(STORY, account="editor").page, visit(STORY, account="chief").page
    expect(mine.locator(".prose-editor [contenteditable=true]")).to_be_visible()
    theirs.fill("#id_desk_note", "Another note")
    save(theirs)
    expect(theirs.locator(".messagelist .success")).to_be_visible()

    write(mine, "My headline")
    save(mine)

    expect(mine.locator(".conflict .taken")).to_have_text("Taken over from Demo: chief editor: Note for the desk")
    expect(mine.locator(".conflict .difference")).to_have_count(0)


def test_notice_of_unsaved_text_has_no_barrier(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(8)
    opened = visit(path, account="editor", width=390)
    with until_kept(opened.page, "Half a sentence"):
        opened.page.fill("#id_desk_note", "Half a sentence")
    opened.page.goto("/admin/")
    opened.complaints.clear()

    opened.page.goto(path)

    expect(opened.page.locator(".unsaved")).to_be_visible()
    assert barriers(opened) == (0, [], [])
    discard(opened.page, path)


def test_each_sees_who_else_is_here_and_when_they_go(visit: Callable[..., Visit]) -> None:
    path = PERSON.format(9)
    first = visit(path, account="chief").page
    expect(first.locator(".present")).to_have_text("")
    first.wait_for_load_state("networkidle")
    second = visit(path, account="editor").page
    expect(second.locator(".present")).to_contain_text("has this open too, since")

    first.goto("/admin/")
    second.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(second.locator(".present")).to_have_text("")  # or at its next beat, if it asked too early
