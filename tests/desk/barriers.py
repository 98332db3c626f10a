"""What bars somebody's way on a page of the desk, as Chromium and axe see it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.infrastructure.browser import AT_REST, SIDEWAYS, Visit

VIOLATIONS = """options => axe.run(options).then(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`))"""


def settled(page: Page) -> Page:
    page.wait_for_load_state("networkidle")
    return page


def barriers(opened: Visit) -> tuple[int, list[str], list[str]]:
    """By how much the page is too wide, what the policy refused of it, and what axe finds."""
    sideways = settled(opened.page).evaluate(SIDEWAYS)
    refused = [complaint for complaint in opened.complaints if "Content Security Policy" in complaint]
    return sideways, refused, opened.axe_violations()


def barriers_at_any_size(opened: Visit) -> list[str]:
    """What keeps somebody from using the page that is open: in light, then in dark, then on a phone."""
    page = opened.page
    page.evaluate(AXE_SCRIPT)
    page.evaluate(AT_REST)
    found = complaints(opened) + broken(page)  # axe's own styles are refused later, which is no fault of ours
    page.emulate_media(color_scheme="dark")
    page.evaluate(AT_REST)
    found += [f"dark: {rule}" for rule in broken(page, runOnly=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 390, "height": 900})
    page.evaluate(AT_REST)
    found += [f"by phone: {rule}" for rule in broken(page)]
    if sideways := page.evaluate(SIDEWAYS):
        found.append(f"by phone: {sideways} pixels too wide")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def broken(page: Page, **options: list[str]) -> list[str]:
    """The rules that axe, which is in the page already, finds broken there."""
    return list(page.evaluate(VIOLATIONS, {"resultTypes": ["violations"], **options}))


def complaints(opened: Visit) -> list[str]:
    """But for what Chromium says of every page that is answered with 403 or 404."""
    return [words for words in opened.complaints if "the server responded with a status of 40" not in words]


def look(opened: Visit) -> tuple[int, list[str], list[str]]:
    """What bars the way on this page; the next one begins without complaints, those about axe's own marks included."""
    found = barriers(opened)
    opened.complaints.clear()
    return found
