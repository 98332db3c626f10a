"""Every kind of readers' page in Chromium: at any width, without script, in print, in error, and by its weight."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import cache
from urllib.parse import urljoin
from urllib.request import Request, urlopen

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.infrastructure.browser import SIDEWAYS, Visit

pytestmark = pytest.mark.browser

STORY = "/articles/a-second-model-for-korean-scientists-in-china/"
KINDS = ["articles", "events", "people", "organisations", "topics", "photos"]
PART = "/people/kim-sang-bae/?part=said"
ODD = [f"{STORY}versions/", PART, "/corrections/", "/search/", "/search/?q=quantum", "/search/?q=zzqqxx"]
NOWHERE = "/no/such/page/"
# 640 px is also what is left of 1,280 at 200 %.
WIDTHS = [320, 390, 640, 768, 1280, 1920]
WAYS = {
    "": ("", WIDTHS),
    " from right to left": ("document.documentElement.dir = 'rtl'", [390, 1280]),
    " in large letters": ("Object.assign(document.documentElement, {dir: ''}).style.fontSize = '200%'", [390, 1280]),
}
# By how much the page outgrows its window, as soon as that has this width.
SIDEWAYS_AT = f"""async (width) => {{
    while (innerWidth !== width) await new Promise(requestAnimationFrame);
    return {SIDEWAYS};
}}"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
# How every element is painted by the stylesheet whose name begins so, while the other one is switched off.
PAINTED_BY = """(name) => {
    for (const one of document.styleSheets) one.disabled = !one.href.includes(`/static/${name}.`);
    const looks = [];
    for (const one of document.querySelectorAll("body, body *")) {
        const style = getComputedStyle(one);
        const named = [...style].filter((each) => !each.startsWith("--"));
        looks.push(one.nodeName + named.map((each) => style[each]).join());
    }
    return looks;
}"""
PARTS = "[...document.querySelectorAll('link[rel=stylesheet], script[src]')].map(one => one.href || one.src)"
WITHDRAWN_AT = dt.datetime(2026, 1, 16, tzinfo=dt.UTC)
# Unpacked, and packed as it travels; scripts all together, unpacked.
WEIGHT, PACKED_WEIGHT, SCRIPT_WEIGHT = 60_000, 20_000, 15_000


@cache
def every_page(site: str) -> list[str]:
    """The home page, each list, one page of each kind, and what is neither, as long as it is found."""
    return ["/", *(f"/{kind}/" for kind in KINDS), *(_first(site, kind) for kind in KINDS), *ODD]


def _first(site: str, kind: str) -> str:
    with urlopen(f"{site}/api/v1/{kind}/?limit=1") as answer:
        address: str = json.load(answer)["results"][0]["url"]
    return address.removeprefix(site)


def in_both_languages(addresses: list[str]) -> list[str]:
    return [*addresses, *(f"/ko{address}" for address in addresses)]


def too_wide(page: Page) -> dict[str, int]:
    """By how many pixels the page, with everything on it open, outgrows windows of which widths.

    Also written from right to left, and with letters twice as large.
    """
    page.evaluate(OPEN_ALL)
    by = {}
    for way, (change, widths) in WAYS.items():
        page.evaluate(change)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            by[f"{width}{way}"] = page.evaluate(SIDEWAYS_AT, width)
    return {width: pixels for width, pixels in by.items() if pixels}


def test_page_is_never_wider_than_its_window(visit: Callable[..., Visit], demo_site: str) -> None:
    page = visit("/").page
    found = {}

    for address in in_both_languages([*every_page(demo_site), NOWHERE]):
        page.goto(address)
        found[address] = too_wide(page)

    assert {address: by for address, by in found.items() if by} == {}


def test_page_is_whole_without_script(visit: Callable[..., Visit], demo_site: str) -> None:
    opened = visit("/", java_script_enabled=False, color_scheme="dark", width=768)
    headings, said = {}, {}

    for address in in_both_languages(every_page(demo_site)):
        opened.complaints.clear()
        opened.page.goto(address)
        said[address] = list(opened.complaints)
        headings[address] = opened.page.locator("h1, .lead-main h2").count()

    assert {address: lines for address, lines in said.items() if lines} == {}
    assert {address: count for address, count in headings.items() if count != 1} == {"/": 2, "/ko/": 2}


@pytest.mark.parametrize("address", ["/", "/ko/articles/", STORY, "/search/?q=quantum", NOWHERE])
def test_first_key_leads_to_the_content(visit: Callable[..., Visit], address: str) -> None:
    page = visit(address).page

    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_printed_page_keeps_its_text_and_loses_the_sites_furniture(visit: Callable[..., Visit], demo_site: str) -> None:
    page = visit("/", width=700).page
    page.emulate_media(media="print")
    narrow, furniture = {}, {}

    for address in (_first(demo_site, kind) for kind in KINDS):
        page.goto(address)
        heading = page.locator("main h1").bounding_box()
        narrow[address] = heading is None or heading["width"] < 350
        furniture[address] = page.locator(".nav, .find, .lang, .foot, .crumbs, .skip").filter(visible=True).count()

    assert set(narrow.values()) == {False}
    assert set(furniture.values()) == {0}


def serve(page: Page, text: str) -> None:
    """Has the page stand where nothing is."""
    page.unroute(f"**{NOWHERE}")
    page.route(f"**{NOWHERE}", lambda route: route.fulfill(body=text, content_type="text/html; charset=utf-8"))


@pytest.mark.parametrize(("width", "scheme", "language"), [(390, "light", "en"), (1280, "dark", "ko")])
def test_page_of_an_error_has_no_barrier(visit: Callable[..., Visit], width: int, scheme: str, language: str) -> None:
    opened = visit("/", width=width, color_scheme=scheme)
    note = {"withdrawal": {"act": "kill", "withdrawn_at": WITHDRAWN_AT, "public_note": "It named a wrong room."}}
    found = {}

    for name in ("400.html", "403.html", "403_csrf.html", "405.html", "500.html", "503.html", "website/withdrawn.html"):
        with translation.override(language):
            text = render_to_string(name, note)
        serve(opened.page, text)
        opened.page.goto(NOWHERE)
        found[name] = (opened.page.evaluate(SIDEWAYS), opened.axe_violations())

    assert {name: broken for name, broken in found.items() if broken != (0, [])} == {}


def sent(address: str) -> int:
    """Its bytes as they travel: packed, since every browser asks for that."""
    with urlopen(Request(address, headers={"Accept-Encoding": "gzip"})) as answer:
        return len(answer.read())


def whole(address: str) -> bytes:
    with urlopen(address) as answer:
        content: bytes = answer.read()
        return content


def test_page_is_light(visit: Callable[..., Visit], demo_site: str) -> None:
    page = visit("/").page
    read, packed, scripts = {}, {}, set()

    for address in in_both_languages(every_page(demo_site)):
        page.goto(address)
        parts = [part for part in page.evaluate(PARTS) if part.startswith(demo_site)]
        styles = [part for part in parts if part.endswith(".css")]
        scripts |= {part for part in parts if part.endswith(".js")}
        here = urljoin(demo_site, address)
        read[address] = len(whole(here)) + sum(len(whole(style)) for style in styles)
        packed[address] = sum(map(sent, [here, *styles]))

    assert {address: weight for address, weight in packed.items() if weight > PACKED_WEIGHT} == {}
    assert {address: weight for address, weight in read.items() if weight > WEIGHT} == {}
    assert (len(scripts) > 0, sum(len(whole(script)) for script in scripts) <= SCRIPT_WEIGHT) == (True, True)


def test_suggestion_is_chosen_by_mouse_on_a_phone(visit: Callable[..., Visit]) -> None:
    opened = visit("/ko/search/", width=390, color_scheme="dark")
    page = opened.page

    page.locator("main [role=combobox]").fill("kim sang")
    options = page.locator("main [role=option]")
    expect(options.first).to_be_visible()
    boxes = [box for box in (one.bounding_box() for one in options.all()) if box]
    found = (page.evaluate(SIDEWAYS), opened.axe_violations())
    options.first.click()
    page.wait_for_url("**/ko/people/kim-sang-bae/")

    assert found == (0, [])
    assert [box for box in boxes if box["x"] < 0 or box["x"] + box["width"] > 390 or box["height"] < 24] == []
    assert opened.complaints == []


def test_search_needs_no_suggestions(visit: Callable[..., Visit]) -> None:
    page = visit("/", java_script_enabled=False, width=390).page

    page.get_by_role("searchbox").fill("kim sang")
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url("**/search/?q=kim+sang")

    expect(page.get_by_role("link", name="Kim Sang-bae").first).to_be_visible()


@pytest.mark.parametrize(("address", "scheme"), [("/articles/", "dark"), (STORY, "light")])
def test_browser_of_before_2024_shows_the_same_page(visit: Callable[..., Visit], address: str, scheme: str) -> None:
    opened = visit("/healthz", color_scheme=scheme, reduced_motion="reduce")
    page = opened.page

    page.add_init_script("CSS.supports = () => false")
    page.goto(address)
    page.wait_for_function("document.styleSheets.length === 2")
    older, newer = (page.evaluate(PAINTED_BY, name) for name in ("older", "site"))

    assert (older == newer, len(older) > 100, opened.complaints) == (True, True, [])
