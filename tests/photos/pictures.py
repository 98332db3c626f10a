"""Pictures made for tests: small, the same at every run, with features to recognise them by."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

FILES = Path(__file__).parent / "files"


def heic(name: str = "phone") -> bytes:
    """As no writer of ours makes it: a phone held upright (`phone`), or two pictures of which the second is first."""
    return (FILES / f"{name}.heic").read_bytes()


def scene(width: int = 96, height: int = 64, *, seed: int = 1) -> Image.Image:
    """Patches of many greys and colours; another seed is another picture."""
    picture = Image.new("RGB", (width, height), "silver")
    draw = ImageDraw.Draw(picture)
    for number in range(24):
        value = (number * 7919 + seed * 104_729) % 65_521
        left, top = value % width, (value // 7) % height
        colour = (value % 256, value // 3 % 256, value // 11 % 256)
        draw.rectangle((left, top, left + width // 5, top + height // 4), fill=colour)
    return picture


def encoded(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    content = io.BytesIO()
    picture.save(content, form, **options)
    return content.getvalue()


def jpeg(width: int = 96, height: int = 64, *, seed: int = 1, **options: Any) -> bytes:
    return encoded(scene(width, height, seed=seed), "JPEG", **options)


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_of(rows: bytes, width: int, height: int, *, depth: int, colours: int) -> bytes:
    """A PNG of these raw rows, each with its filter byte."""
    head = struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def bomb(side: int = 50_000) -> bytes:
    """A black PNG of so many pixels a side; at a bit each it would take side² / 8 bytes."""
    squeeze, row = zlib.compressobj(9), bytes(side // 8 + 1)
    body = b"".join(squeeze.compress(row * 500) for _ in range(side // 500)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def memory_taken_by(work: Callable[[], object]) -> int:
    """Bytes by which the peak of this process rises while it works (Linux)."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _peak()
    work()
    return _peak() - before


def _peak() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024
