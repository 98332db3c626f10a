"""Readers' pages in Chromium as they are painted: nothing moves, and the first picture comes first."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.infrastructure.browser import new_context
from tests.website.test_every_page_in_browser import STORY, every_page

pytestmark = pytest.mark.browser

WATCH = """
  window.moved = []; window.largest = null;
  const watch = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
  watch("layout-shift", (one) => moved.push(...one.sources.map(({node}) => node?.outerHTML ?? node?.textContent)));
  watch("largest-contentful-paint", (one) => { window.largest = one; });
"""
TO_THE_END = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
  for (let top = 0; top < document.documentElement.scrollHeight; top += innerHeight) {
    scrollTo({top, behavior: "instant"});
    await frame();
  }
  await frame();
  return moved;
}"""
# Whether the head offers just what the picture that the page opens with chooses from; whether it came only once.
FIRST_PICTURE = """() => {
  const first = document.querySelector("img[fetchpriority=high]");
  if (!first) return [];
  const link = document.head.querySelector("link[rel=preload][as=image]");
  const choices = [first, ...first.parentElement.querySelectorAll("source")].map((one) => one.srcset);
  const fetched = performance.getEntriesByType("resource").filter((one) => one.name === first.currentSrc);
  return [link !== null && choices.includes(link.imageSrcset), fetched.length < 2];
}"""
IS_LATE = "largest?.element?.loading === 'lazy'"


@pytest.fixture(scope="module")
def pages(demo_site: str) -> list[str]:
    return [
        *every_page(demo_site),
        STORY,
        "/events/science-and-technology-diplomacy-forum-2023/",
        "/people/kim-sang-bae/",
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_page_holds_still_and_fetches_its_first_picture_once_and_first(
    chromium: Browser, demo_site: str, pages: list[str], width: int
) -> None:
    context = new_context(chromium, demo_site, viewport={"width": width, "height": 900})
    context.add_init_script(WATCH)
    page = context.new_page()
    moved, asked, late = {}, {}, {}

    for address in pages:
        page.goto(address)
        asked[address] = page.evaluate(FIRST_PICTURE)
        late[address] = page.evaluate(IS_LATE)
        moved[address] = page.evaluate(TO_THE_END)
    context.close()

    assert {address: nodes for address, nodes in moved.items() if nodes} == {}
    opened = {address: how for address, how in asked.items() if how}
    assert {address: how for address, how in opened.items() if how != [True, True]} == {}
    assert {"/", STORY, "/photos/"} - opened.keys() == set()
    assert set(late.values()) == {False}
