"""Benchmarks: what every page of the demo weighs before its pictures, unpacked and as it travels.

`python -m benchmarks.page_bytes`: its own demo, each address of the sitemap and each list, by kind of page.
"""

from __future__ import annotations

import gzip
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.request import urlopen

from benchmarks.page_weight import demo

LISTS = ["articles", "events", "people", "organisations", "topics", "photos"]
PLACE = re.compile(r"<loc>([^<]+)</loc>")
STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
DRAWINGS, BLOCKS = (re.compile(rf"<{name}.*?</{name}>", re.DOTALL) for name in ("svg", "script"))


class Weight(NamedTuple):
    """Bytes of a page with its stylesheet: all; of that its text, drawings and what machines read; the sum packed."""

    whole: int
    text: int
    drawings: int
    blocks: int
    packed: int


def fetched(address: str) -> str:
    with urlopen(address) as answer:
        content: bytes = answer.read()
        return content.decode()


def addresses(site: str) -> Iterator[str]:
    yield from (f"{site}/", *(f"{site}/{kind}/" for kind in LISTS), f"{site}/search/?q=kim", f"{site}/corrections/")
    for part in PLACE.findall(fetched(f"{site}/sitemap.xml")):
        yield from PLACE.findall(fetched(part))


def weighed(page: str, style: str) -> Weight:
    drawings, blocks = (sum(len(one.encode()) for one in found.findall(page)) for found in (DRAWINGS, BLOCKS))
    whole = len(page.encode()) + len(style.encode())
    packed = sum(len(gzip.compress(one.encode(), 6)) for one in (page, style))
    return Weight(whole, whole - drawings - blocks, drawings, blocks, packed)


def kind_of(path: str) -> str:
    parts = path.removeprefix("/ko").strip("/").split("/")
    if parts[0] not in LISTS:
        return parts[0] or "home"
    return f"{parts[0]}, {'one' if len(parts) > 1 else 'list'}"


def weights(site: str) -> dict[str, list[Weight]]:
    found = defaultdict(list)
    style = fetched(site + STYLE.findall(fetched(f"{site}/"))[0])
    for address in dict.fromkeys(addresses(site)):
        found[kind_of(address.removeprefix(site).partition("?")[0])].append(weighed(fetched(address), style))
    return found


def rows(found: dict[str, list[Weight]]) -> Iterator[str]:
    for kind, pages in sorted(found.items()):
        columns = [sorted(column) for column in zip(*pages, strict=True)]
        whole, text, drawings, blocks, packed = columns
        numbers = [f"{round(median(one)):,} | {one[-1]:,}" for one in (whole, packed)]
        yield f"| {kind} | {len(pages)} | {' | '.join(numbers)} | {text[-1]:,} | {drawings[-1]:,} | {blocks[-1]:,} |"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as site:
        print("\n".join(rows(weights(site))))


if __name__ == "__main__":
    main()
