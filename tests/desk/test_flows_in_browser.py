"""A day at the desk, in Chromium: a story from its first line to its correction, its withdrawal and the trash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk.flows import DONE, LIST, Colleague
from tests.desk.flows import desk as desk
from tests.infrastructure.browser import Visit

pytestmark = pytest.mark.browser

Desk = Callable[..., Colleague]
NOTE = "Say who counted the ministries."


def tomorrow() -> str:
    """As a browser's own picker of moments takes it."""
    return (timezone.localtime() + dt.timedelta(days=1)).strftime("%Y-%m-%dT09:00")


def write_story(reporter: Colleague, headline: str) -> str:
    """All that a story needs, typed as a reporter types it; returns the address of its form."""
    reporter.open(f"{LIST}add/")
    reporter.write(headline=headline, standfirst="Both ministries hosted it, as they had before.", dateline="Seoul")
    reporter.tell("The two ministries hosted the forum together, and about 200 people came.")
    reporter.pick("sources", "asia business")
    reporter.pick("topics", "diplom")
    reporter.page.click("text=Add another Byline")
    reporter.page.fill("#id_bylines-0-words", "Meridian newsroom")
    reporter.save()
    return reporter.here()


def test_reporter_writes_a_story_and_hands_it_in(desk: Desk) -> None:
    reporter = desk("reporter")

    address = write_story(reporter, "Two ministries, one forum")
    readers = reporter.readers_page()
    reporter.do("submit", note="Ready, I think.")

    assert (reporter.state(), reporter.here()) == ("in review", address)
    assert readers == "/articles/two-ministries-one-forum/"
    expect(reporter.page.locator(".field-body_as_set")).to_contain_text("about 200 people came")
    expect(reporter.page.locator(".field-steps_so_far")).to_contain_text("Ready, I think.")
    assert reporter.opened.complaints == []


def test_story_sent_back_waits_on_the_writers_first_page_and_is_approved_in_the_end(desk: Desk) -> None:
    reporter, editor = desk("reporter"), desk("editor")
    address = write_story(reporter, "Three ministries, one forum")
    reporter.do("submit")

    editor.open(address)
    editor.do("return", note=NOTE)
    reporter.open("/admin/")
    waiting = reporter.page.locator(".row-words", has_text=NOTE)
    reporter.page.locator("li", has=waiting).get_by_role("link").click()
    reporter.page.wait_for_url(f"**{address}**")
    reporter.page.wait_for_load_state("networkidle")
    reporter.tell(" Both ministries were counted by hand.")
    reporter.do("submit", note="Mended.")
    editor.open(address)
    expect(editor.page.locator(".field-body")).to_contain_text("counted by hand")
    editor.do("approve")

    assert editor.state() == "approved"
    assert (reporter.opened.complaints, editor.opened.complaints) == ([], [])


def test_approved_story_is_scheduled_cancelled_and_published(desk: Desk, visit: Callable[..., Visit]) -> None:
    editor, chief = desk("editor"), desk("chief")
    address = editor.copy("A story for tomorrow")
    readers = editor.readers_page()
    editor.do("submit")
    chief.open(address)
    chief.do("approve")

    editor.open(address)
    editor.do("publish", visible_from=tomorrow())
    scheduled = editor.state()
    before = visit(readers).page.locator("h1").inner_text()
    editor.open("/admin/")
    expect(editor.page.locator("#content")).to_contain_text("A story for tomorrow")
    editor.open(address)
    editor.do("cancel")
    cancelled = editor.state()
    editor.do("publish")

    assert (scheduled, cancelled, editor.state()) == ("scheduled", "approved", "published")
    assert before == "This page is not here"
    reader = visit(readers)
    assert (reader.page.locator("h1").inner_text(), reader.complaints) == ("A story for tomorrow", [])
    assert (editor.opened.complaints, chief.opened.complaints) == ([], [])


def test_correction_stands_on_the_story_among_the_corrections_and_in_its_versions(
    desk: Desk, visit: Callable[..., Visit]
) -> None:
    chief, editor = desk("chief"), desk("editor")
    address = chief.copy("A story with a wrong number")
    chief.do("publish")

    editor.open(address)
    editor.write(headline="A story with the right number")
    editor.do("correct", note="The number was wrong in the headline.")
    reader = visit(editor.readers_page())

    assert editor.state() == "corrected"
    assert reader.page.locator("h1").inner_text() == "A story with the right number"
    expect(reader.page.locator(".fix")).to_contain_text("The number was wrong in the headline.")
    reader.page.locator(".fix").get_by_role("link", name="What changed").click()
    reader.page.wait_for_url("**/versions/**")
    expect(reader.page.locator("main")).to_contain_text("The number was wrong in the headline.")
    reader.page.goto("/corrections/")
    expect(reader.page.locator("main")).to_contain_text("A story with the right number")
    assert (chief.opened.complaints, editor.opened.complaints, reader.complaints) == ([], [], [])


def test_withdrawn_story_leaves_the_reason_in_its_place(desk: Desk, visit: Callable[..., Visit]) -> None:
    chief = desk("chief")
    chief.copy("A story that was wrong")
    chief.do("publish")
    readers = chief.readers_page()

    chief.page.click(".submit-row .verb-withdraw")
    chief.page.wait_for_url("**/do/withdraw/**")
    chief.page.get_by_label("Kill").check()
    chief.confirm(public_note="The meeting did not take place.")
    reader = visit(readers)

    assert chief.state() == "withdrawn"
    assert reader.page.locator("h1").inner_text() == "This story is no longer available"
    expect(reader.page.locator(".fix")).to_have_text("The meeting did not take place.")
    # What Chromium itself says of any page that is answered with 410.
    assert [words.partition(": ")[2] for words in reader.complaints] == [
        "Failed to load resource: the server responded with a status of 410 (Gone)"
    ]
    assert chief.opened.complaints == []


def test_story_is_put_into_the_trash_and_brought_back(desk: Desk) -> None:
    reporter = desk("reporter")
    address = write_story(reporter, "A story thought better of")

    reporter.page.click(".deletelink")
    reporter.page.wait_for_url("**/do/trash/**")
    reporter.confirm()
    trashed = reporter.page.locator("#id_headline").count()
    reporter.open(f"{LIST}?trash=yes")
    reporter.page.get_by_role("link", name="A story thought better of").click()
    reporter.page.get_by_role("link", name="Bring back").click()
    reporter.page.wait_for_url("**/do/restore/**")
    reporter.confirm()

    assert (trashed, reporter.here()) == (0, address)
    assert reporter.page.input_value("#id_headline") == "A story thought better of"
    assert reporter.opened.complaints == []


def test_colleague_finds_where_they_were_called(desk: Desk) -> None:
    chief, editor = desk("chief"), desk("editor")
    address = chief.copy("A story to talk about")

    chief.open(address.replace("/change/", "/talk/"))
    chief.page.get_by_label("Comment", exact=True).fill("Who else was there, @editor?")
    chief.page.get_by_role("button", name="Comment", exact=True).click()
    expect(chief.page.get_by_text("Your comment is kept.")).to_be_visible()
    editor.open("/admin/")
    editor.page.locator("li", has_text="Who else was there").get_by_role("link").click()
    answer = editor.page.locator(".thread", has_text="Who else was there")

    expect(answer).to_be_visible()
    assert (chief.opened.complaints, editor.opened.complaints) == ([], [])


def test_draft_is_approved_by_a_guest_until_its_link_is_revoked(desk: Desk, visit: Callable[..., Visit]) -> None:
    chief = desk("chief")
    address = chief.copy("A story for a speaker to read")
    chief.open(address.replace("/change/", "/preview/links/"))
    chief.page.get_by_label("For whom").fill("The speaker")
    chief.page.get_by_role("button", name="Make a link").click()
    link = chief.page.get_by_label("Copy it now").input_value()

    guest = visit(link)
    guest.page.get_by_label("Your name").fill("Jane Doe")
    guest.page.get_by_role("button", name="Approve").click()
    expect(guest.page.locator(".said")).to_contain_text("Jane Doe approved")
    chief.open(address)
    expect(chief.page.locator(".sign-offs")).to_contain_text("Jane Doe approved")
    chief.open(address.replace("/change/", "/preview/links/"))
    chief.page.get_by_role("button", name="Revoke The speaker").click()
    expect(chief.page.locator(DONE)).to_be_visible()
    late = visit(link)

    expect(late.page.locator(".said")).to_have_count(0)
    assert "A story for a speaker to read" not in late.page.content()
    assert (chief.opened.complaints, guest.complaints) == ([], [])


def test_story_is_found_changed_and_handed_in_by_keyboard_alone(desk: Desk) -> None:
    reporter = desk("reporter")
    address = write_story(reporter, "Quokkas of the diplomatic quarter")
    reporter.open("/admin/")
    press, text = reporter.page.keyboard.press, reporter.page.keyboard.type

    press("Control+k")
    text("quokkas")
    expect(reporter.page.locator("#palette-hits [role=option]")).to_have_count(1)
    press("Enter")
    reporter.page.wait_for_url(f"**{address}")
    reporter.page.wait_for_load_state("networkidle")
    tab_to(reporter, "#id_headline")
    press("End")
    text(", and others")
    reporter.save()
    reporter.page.wait_for_load_state("networkidle")
    tab_to(reporter, ".submit-row .verb-submit", backwards=True)
    press("Enter")
    reporter.page.wait_for_url("**/do/submit/**")
    tab_to(reporter, "#id_note")
    text("By keyboard.")
    tab_to(reporter, ".submit-row .default")
    press("Enter")
    expect(reporter.page.locator(DONE)).to_be_visible()

    assert reporter.state() == "in review"
    expect(reporter.page.locator(".field-headline .readonly")).to_have_text(
        "Quokkas of the diplomatic quarter, and others"
    )
    assert reporter.opened.complaints == []


def tab_to(colleague: Colleague, selector: str, backwards: bool = False) -> None:
    """Press Tab until the focus is there; every stop on the way has to show that it has it."""
    hidden = []
    for _stop in range(120):
        colleague.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if unmarked := colleague.page.evaluate(UNMARKED):
            hidden.append(unmarked)
        if colleague.page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert hidden == []
            return
    pytest.fail(f"Tab never comes to {selector}.")


# What has the focus and does not show it: no outline around it, nor around what stands for it, or out of sight.
UNMARKED = """() => {
    const focused = document.activeElement;
    if (focused === document.body) return "";
    const shows = (element) => {
        const style = getComputedStyle(element);
        return parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" || style.boxShadow !== "none";
    };
    const box = focused.getBoundingClientRect();
    const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
    const around = [focused, focused.parentElement, focused.closest(".select2-container, .prose-editor, label")];
    return inSight && around.some((element) => element && shows(element)) ? "" : focused.outerHTML.slice(0, 200);
}"""
