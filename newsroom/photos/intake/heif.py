"""Photo desk, intake: the pictures of Apple's phones, read as long as their decoder is installed.

`pi-heif` brings a film decoder along: who wants none in the house takes the package out, and HEIC is refused in words.
"""

from __future__ import annotations

import functools
import importlib

from PIL import Image


@functools.cache
def is_readable() -> bool:
    """Whether there is a decoder; from the first time on, Pillow knows it."""
    try:
        importlib.import_module("pi_heif").register_heif_opener(thumbnails=False, depth_images=False)
    except ImportError:
        return False
    return "HEIF" in Image.ID
