"""Benchmarks: what taking in and printing a picture of 24 megapixels costs, and what its versions weigh.

`python -m benchmarks.pictures > benchmarks/results/<day>-photos.md`; nothing is written to any database.
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
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from benchmarks.ssim import ssim
from newsroom.photos.darkroom.printing import Crop, Format, encoded, prints, shapes_of
from newsroom.photos.intake import Refused, examine
from newsroom.photos.intake.colour import upright_srgb
from newsroom.photos.intake.reading import opened
from tests.photos.pictures import bomb, memory_taken_by

ROUNDS = 3
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
    for _ in range(ROUNDS):
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


def weights(content: bytes) -> list[str]:
    with opened(content, "JPEG") as picture:
        negative = upright_srgb(picture)
    lines = []
    for width in (320, 640, 1280, 1920, 2560):
        sized = negative.resize((width, width * 2 // 3), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for form in Format:
            made = encoded(sized, form, b"<x/>")
            alike = ssim(sized, Image.open(io.BytesIO(made)))
            jpeg = equal_jpeg(sized, alike)
            lines.append(
                f"| {width} | {form.label} | {len(made):,} | {alike:.4f} | {jpeg:,} | {len(made) / jpeg:.2f} |"
            )
    return lines


def page_lines(content: bytes) -> list[str]:
    """What a browser loads for the head of a story: before, whole and in WebP at 1200; now, cut and in AVIF."""
    made = {
        (one.shape.crop, one.shape.width, one.shape.form): len(one.content) for one in prints(content, MIDDLE, PACKET)
    }
    with opened(content, "JPEG") as picture:
        former = upright_srgb(picture).resize((1200, 800), Image.Resampling.LANCZOS, reducing_gap=3.0)
    before = len(encoded(former, Format.WEBP, PACKET))
    screens = (
        ("phone, 390 px at 2×", 1280),
        ("phone, 390 px at 1.5×", 640),
        ("desk, 1120 px", 1280),
        ("desk, 1120 px at 2×", 1920),
    )
    return [
        f"| {name} | {before:,} | {made[Crop.HERO, width, Format.AVIF]:,} | {made[Crop.HERO, width, Format.WEBP]:,} |"
        for name, width in screens
    ]


def report(folder: Path) -> None:
    picture = landscape()
    rows = []
    for form, options in ORIGINALS.items():
        path = folder / f"a.{form.lower()}"
        path.write_bytes(saved(picture, form, **options))
        taken, printed = measured("examine", path), measured("print", path)
        rows.append(
            f"| {form} | {path.stat().st_size / MEGABYTE:.1f} | {taken['cpu']:.2f} | {1 / taken['cpu']:.1f} | "
            f"{taken['memory'] / MEGABYTE:.0f} | {printed['cpu']:.1f} | {printed['memory'] / MEGABYTE:.0f} |"
        )
    trap = folder / "bomb.png"
    trap.write_bytes(bomb())
    defused = measured("refuse", trap)
    content = (folder / "a.jpeg").read_bytes()
    say(rows, defused, weights(content), page_lines(content))


def say(rows: list[str], defused: dict[str, float], weighed: list[str], pages: list[str]) -> None:
    print(
        f"""# Pictures

A made-up picture of 6000 × 4000 pixels (clouds, edges, grain: `benchmarks/pictures.py`), each step {ROUNDS} times in a process of its own on one core of two that others kept busy; CPU seconds, the median. Python {sys.version.split()[0]}, Pillow {Image.__version__}. Memory is by how much the peak of the process rose over what it had with the file read.

## Taking in and printing

Taking in happens in the request: the whole file is decoded (a JPEG at an eighth of its size), hashed, compared and its metadata read. Printing happens in the worker: {len(shapes_of(6000, 4000))} files, 6 widths and 3 crops.

| file | MB | taking in, s | pictures a second | memory, MB | printing, s | memory, MB |
|---|---|---|---|---|---|---|
{chr(10).join(rows)}

A PNG of 50,000 × 50,000 pixels is refused in {defused["most"] * 1000:.1f} ms at the most, with {defused["memory"] / MEGABYTE:.1f} MB.

## Bytes per version, and of the JPEG that is as alike

SSIM of brightness in blocks of 8 × 8 against the uncompressed picture of the same size (`benchmarks/ssim.py`). The last column is what our file weighs of a JPEG (progressive, optimised) with at least that SSIM. The picture is no photograph: hard edges and fine grain all over are the worst case for AVIF and WebP.

| width | format | bytes | SSIM | JPEG of that SSIM | part of it |
|---|---|---|---|---|---|
{chr(10).join(weighed)}

## The picture at the head of a story

Before: the whole picture, 1200 wide, in WebP, of which the page showed 2:1. Now the part that is shown, in AVIF where the browser knows it.

| screen | before | now, AVIF | now, WebP |
|---|---|---|---|
{chr(10).join(pages)}"""
    )


def main() -> None:
    if len(sys.argv) > 1:
        measure(sys.argv[1], Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder))


if __name__ == "__main__":
    main()
