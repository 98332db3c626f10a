"""Takes the README's pictures from a running demo: `python -m docs.take_screenshots http://127.0.0.1:8000 PASSWORD`.

PASSWORD is the one that `make demo` prints. Needs the tools of requirements-dev.txt and Debian's Chromium.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.infrastructure import chromium

FOLDER = Path(__file__).resolve().parent / "screenshots"
PAGES = {
    "home-1280": ("/", 1280, 960),
    "article-1280": ("/articles/a-second-model-for-korean-scientists-in-china/", 1280, 960),
    "person-1280": ("/people/kim-sang-bae/", 1280, 960),
    "drawing-1280": ("/people/kim-sang-bae/#company", 1280, 960),
    "photos-1280": ("/photos/", 1280, 960),
}


def main(site: str, password: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
        for name, (path, width, height) in PAGES.items():
            take(page_of(browser, width, height), f"{site}{path}", name)
        desk = page_of(browser, 1280, 960)
        log_in(desk, site, password)
        take(desk, f"{site}/admin/", "desk-1280")
        desk.goto(f"{site}/admin/articles/article/")
        desk.locator("#result_list tbody th a").first.click()
        save(desk, "desk-article-1280")
        browser.close()


def page_of(browser: Browser, width: int, height: int) -> Page:
    return browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")


def log_in(page: Page, site: str, password: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.fill("input[name=username]", "chief")
    page.fill("input[name=password]", password)
    page.click("[type=submit]")


def take(page: Page, address: str, name: str) -> None:
    page.goto(address)
    save(page, name)


def save(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2])
