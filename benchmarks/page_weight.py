"""Benchmarks: what a phone and a desk really load of pictures on our pages, held against what they would have loaded.

`python -m benchmarks.page_weight FOLDER`: the demo with these photographs in the place of its placeholders.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Response, sync_playwright

from newsroom import changes
from newsroom.articles.models import PhotoUse
from newsroom.photos import filing
from newsroom.photos.darkroom import orders
from newsroom.photos.intake import examine
from newsroom.photos.models import Lease, Photo, Rendition, originals
from tests.infrastructure import chromium
from tests.infrastructure.browser import PASSED_ON, ROOT, answers, free_port, stop

SCREENS = {"390 px at 2×": (390, 844, 2), "1280 px": (1280, 900, 1)}
PAGES = {"home": "/", "list of stories": "/articles/", "story with five photographs": "/articles/{story}/"}
STORY = "online-forum-weighs-science-diplomacy-for-a-divided-world"
AS_BEFORE = 1280  # one file for every screen, as wide as the widest column


class Load(NamedTuple):
    """Bytes that a page brings: its pictures now, the originals of the same, one JPEG of each; and all the rest."""

    pictures: int
    originals: int
    single: int
    rest: int


def held(folder: Path) -> None:
    """The photos on these pages get a photograph each, and the right to be shown."""
    files = cycle(sorted(folder.iterdir()))
    for number, photo in enumerate(_on_these_pages()):
        content = _another(next(files), number)
        found = examine(content)
        with filing.stored(content, found) as original, changes.recording() as record:
            filing.hold(photo, original)
            photo.save()
            Lease.objects.create(photo=photo, effect=Lease.Effect.ALLOW, scope=Lease.Scope.USE)
            filing.settle(photo, original, at=timezone.now())
            record.touch(photo)
    orders.work()


def _on_these_pages() -> Iterable[Photo]:
    uses = PhotoUse.objects.filter(Q(article__slug=STORY) | Q(is_lead=True))
    return Photo.objects.filter(pk__in=uses.values("photo")).order_by("pk")


def _another(path: Path, number: int) -> bytes:
    """The same photograph is not the same file twice: each time a little more is cut off its edge."""
    with Image.open(path) as picture:
        edge = number * 4
        cut = picture.convert("RGB").crop((edge, edge, picture.width, picture.height))
        content = io.BytesIO()
        cut.save(content, "JPEG", quality=92)
        return content.getvalue()


@contextmanager
def demo(folder: Path) -> Iterator[str]:
    port = free_port()
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "deploy" / "start.py"), "demo"],
        env={**kept, "PORT": str(port), "DATA_DIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while process.poll() is None and not answers(address):
            time.sleep(1)
        yield address
    finally:
        stop(process)


def loaded(browser: Browser, address: str, screen: tuple[int, int, int]) -> dict[str, int]:
    width, height, density = screen
    viewport = {"width": width, "height": height}
    page = browser.new_page(viewport=viewport, device_scale_factor=density)  # type: ignore[arg-type]
    answered: list[Response] = []
    page.on("response", lambda response: answered.append(response))  # noqa: PLW0108  Playwright marks the function
    page.goto(address, wait_until="networkidle")
    for _ in range(page.evaluate("Math.ceil(document.body.scrollHeight / innerHeight)")):
        page.mouse.wheel(0, height)
        page.wait_for_timeout(300)
    page.wait_for_load_state("networkidle")
    sizes = {one.url: one.request.sizes()["responseBodySize"] for one in answered if one.ok}
    page.close()
    return sizes


def compared(sizes: dict[str, int]) -> Load:
    pictures = {url: size for url, size in sizes.items() if "/media/" in url}
    photos = {one.photo for one in _versions(pictures)}
    return Load(
        sum(pictures.values()),
        sum(originals().size(photo.original.name or "") for photo in photos),
        sum(_single(photo) for photo in photos),
        sum(sizes.values()) - sum(pictures.values()),
    )


def _versions(addresses: Iterable[str]) -> list[Rendition]:
    names = [address.rpartition("/media/")[2] for address in addresses]
    return list(Rendition.objects.filter(file__in=names, is_placeholder=False).select_related("photo"))


def _single(photo: Photo) -> int:
    whole = photo.renditions.filter(is_placeholder=False, crop="", format=Rendition.Format.JPEG)
    return min((one.size for one in whole if one.width >= AS_BEFORE), default=0)


def measured(address: str) -> Iterator[str]:
    """All pages first: the browser's driver and the database do not go together."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.FLAGS)
        sizes = {
            (name, screen): loaded(browser, address + path.format(story=STORY), frame)
            for name, path in PAGES.items()
            for screen, frame in SCREENS.items()
        }
    for (name, screen), of_page in sizes.items():
        load = compared(of_page)
        share = load.pictures / load.single if load.single else 0
        numbers = [f"{one:,}" for one in (load.originals, load.single, load.pictures)]
        yield f"| {name} | {screen} | {' | '.join(numbers)} | {share:.2f} | {load.rest:,} |"


def main() -> None:
    """In a process of its own with the data of the demo, since the settings are read once."""
    photographs = sys.argv[1]
    if len(sys.argv) > 2:
        held(Path(photographs))
        print("\n".join(measured(sys.argv[2])))
        return
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address:
        inside = {**os.environ, "DATA_DIR": folder, "SITE_URL": address, "SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "benchmarks.page_weight", photographs, address]
        subprocess.run(command, env=inside, check=True)


if __name__ == "__main__":
    main()
