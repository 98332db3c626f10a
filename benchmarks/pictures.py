"""Benchmarks: what taking in and printing a picture of 24 megapixels costs, and what versions of photographs weigh.

`python -m benchmarks.pictures [FOLDER] > benchmarks/results/<day>-photos.md`; nothing is written to any database.
Without a folder of photographs, their place is taken by the made-up picture.
"""
# ruff: noqa: E501  (the paragraphs of the report)

from __future__ import annotations

import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw

from benchmarks.ssim import ssim
from newsroom.photos.darkroom.printing import Format, encoded, prints, shapes_of
from newsroom.photos.intake import Refused, examine
from tests.photos.pictures import bomb, memory_taken_by

ROUNDS = 3
PRINTED = {"JPEG"}  # what a camera sends; the others differ in how they are read only
MEGABYTE = 1_000_000
PACKET = b"<x/>" + b" " * 3_000  # about what a record with a handful of people makes
MIDDLE = (0.5, 0.4)
ORIGINALS = {"JPEG": {"quality": 90}, "PNG": {"compress_level": 1}, "TIFF": {}, "WEBP": {"quality": 90, "method": 0}}


def landscape(width: int = 6000, height: int = 4000) -> Image.Image:
    """Nobody's photograph: clouds of four scales, hard edges, and the grain of a sensor."""
    channels = []
    for number in range(3):
        cloud = Image.new("L", (width, height), 96 + 32 * number)
        for scale in (6, 24, 96, 384):
            noise = Image.effect_noise((scale, scale * height // width), 70).resize(
                (width, height), Image.Resampling.BICUBIC
            )
            cloud = Image.blend(cloud, noise, 0.35)
        channels.append(cloud)
    picture = Image.merge("RGB", channels)
    draw = ImageDraw.Draw(picture)
    for number in range(60):
        left, top = number * 7919 % width, number * 104_729 % height
        draw.ellipse((left, top, left + 300, top + 200 + number * 5), fill=(number * 4, 255 - number * 3, number * 2))
    return Image.blend(picture, Image.effect_noise((width, height), 10).convert("RGB"), 0.12)


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, form, **options)
    return content.getvalue()


# In a process of its own each, so that a peak is that of the one picture


def measured(step: str, path: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pictures", step, str(path)]
    return dict(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))


def measure(step: str, path: Path) -> None:
    content = path.read_bytes()
    work: dict[str, Callable[[], object]] = {
        "examine": lambda: examine(content),
        "print": lambda: [len(one.content) for one in prints(content, MIDDLE, PACKET)],
        "refuse": lambda: refused(content),
    }
    memory, seconds = memory_taken_by(work[step]), []
    for _ in range(1 if step == "print" else ROUNDS):
        begun = time.process_time()
        work[step]()
        seconds.append(time.process_time() - begun)
    print(json.dumps({"cpu": statistics.median(seconds), "most": max(seconds), "memory": memory}))


def refused(content: bytes) -> str:
    try:
        examine(content)
    except Refused as refusal:
        return str(refusal)
    raise AssertionError("the bomb was taken in")


# What the versions weigh


def equal_jpeg(sized: Image.Image, wanted: float) -> int:
    """Bytes of the smallest JPEG that is at least as alike to the picture."""
    low, high = 20, 98
    while low < high:
        middle = (low + high) // 2
        content = saved(sized, "JPEG", quality=middle, optimize=True, progressive=True)
        if ssim(sized, Image.open(io.BytesIO(content))) >= wanted:
            high = middle
        else:
            low = middle + 1
    return len(saved(sized, "JPEG", quality=low, optimize=True, progressive=True))


class Weight(NamedTuple):
    """One version: what it weighs, how alike it is, and its part of our JPEG and of the JPEG that is as alike."""

    size: int
    alike: float
    of_ours: float
    of_equal: float


def weights(photographs: Iterable[Image.Image]) -> list[str]:
    """A row for each width and format, over all photographs that are wide enough: the medians, and the worst part."""
    found: dict[tuple[int, Format], list[Weight]] = defaultdict(list)
    for photograph in photographs:
        for width in (one for one in (320, 640, 1280, 1920, 2560) if one <= photograph.width):
            for form, weight in _weighed(photograph, width):
                found[width, form].append(weight)
    return [_row_of(*key, found[key]) for key in sorted(found, key=lambda key: (key[0], key[1] != Format.JPEG, key[1]))]


def _weighed(photograph: Image.Image, width: int) -> Iterator[tuple[Format, Weight]]:
    size = (width, round(width * photograph.height / photograph.width))
    sized = photograph.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    ours = encoded(sized, Format.JPEG, b"<x/>") or b""
    yield Format.JPEG, Weight(len(ours), ssim(sized, Image.open(io.BytesIO(ours))), 1, 1)
    for form in (Format.WEBP, Format.AVIF):
        if made := encoded(sized, form, b"<x/>", below=len(ours)):
            alike = ssim(sized, Image.open(io.BytesIO(made)))
            yield form, Weight(len(made), alike, len(made) / len(ours), len(made) / equal_jpeg(sized, alike))


def _row_of(width: int, form: Format, weights_found: list[Weight]) -> str:
    size, alike, of_ours, of_equal = (statistics.median(column) for column in zip(*weights_found, strict=True))
    worst = max(one.of_equal for one in weights_found)
    numbers = f"{size:,.0f} | {alike:.4f} | {of_ours:.2f} | {of_equal:.2f} | {worst:.2f}"
    return f"| {width} | {form.label} | {len(weights_found)} | {numbers} |"


def photographs_in(folder: Path) -> Iterator[Image.Image]:
    for path in sorted(folder.iterdir()):
        with Image.open(path) as picture:
            yield picture.convert("RGB")


def report(folder: Path) -> None:
    picture = landscape()
    rows = []
    for form, options in ORIGINALS.items():
        path = folder / f"a.{form.lower()}"
        path.write_bytes(saved(picture, form, **options))
        taken = measured("examine", path)
        printed = measured("print", path) if form in PRINTED else {}
        rows.append(_cells(form, path.stat().st_size, taken, printed))
    trap = folder / "bomb.png"
    trap.write_bytes(bomb())
    photographs = photographs_in(Path(sys.argv[1])) if len(sys.argv) > 1 else iter([picture])
    say(rows, measured("refuse", trap), weights(photographs))


def _cells(form: str, size: int, taken: dict[str, float], printed: dict[str, float]) -> str:
    print_cells = f"{printed['cpu']:.1f} | {printed['memory'] / MEGABYTE:.0f}" if printed else " | "
    return (
        f"| {form} | {size / MEGABYTE:.1f} | {taken['cpu']:.2f} | {1 / taken['cpu']:.1f} | "
        f"{taken['memory'] / MEGABYTE:.0f} | {print_cells} |"
    )


def say(rows: list[str], defused: dict[str, float], weighed: list[str]) -> None:
    print(
        f"""# Pictures

Taking in {ROUNDS} times, printing once, in a process of its own on one core of two that others kept busy; CPU seconds, the median. Python {sys.version.split()[0]}, Pillow {Image.__version__}. Memory is by how much the peak of the process rose over what it had with the file read.

## Taking in and printing

A made-up picture of 6000 × 4000 pixels (clouds, edges, grain: `benchmarks/pictures.py`). Taking in happens in the request: the whole file is decoded (a JPEG at an eighth of its size), hashed, compared and its metadata read. Printing happens in the worker: {len(shapes_of(6000, 4000))} files, 6 widths and 3 crops.

| file | MB | taking in, s | pictures a second | memory, MB | printing, s | memory, MB |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

A PNG of 50,000 × 50,000 pixels is refused in {defused["most"] * 1000:.1f} ms at the most, with {defused["memory"] / MEGABYTE:.1f} MB.

## Bytes per version, and of the JPEG that is as alike

SSIM of brightness in blocks of 8 × 8 against the uncompressed picture of the same size (`benchmarks/ssim.py`). Medians over the photographs that are wide enough. “As alike”: what our file weighs of a JPEG (progressive, optimised) with at least its SSIM. A version that would not be lighter than the next older format is not made.

| width | format | photographs | bytes | SSIM | part of our JPEG | of the JPEG as alike | the worst |
|---|---|---|---|---|---|---|---|
{chr(10).join(weighed)}"""
    )


def main() -> None:
    if len(sys.argv) > 2:
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder))


if __name__ == "__main__":
    main()
