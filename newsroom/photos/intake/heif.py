"""Photo desk, intake: the pictures of Apple's phones, read where the operator has installed a decoder for them.

`pi-heif` is no requirement of ours: it brings a film decoder along, which a newsroom without such phones can spare.
"""

from __future__ import annotations

import functools
import importlib

from PIL import Image


@functools.cache
def is_readable() -> bool:
    """Whether there is a decoder; from the first time on, Pillow knows it."""
    try:
        importlib.import_module("pi_heif").register_heif_opener()
    except ImportError:
        return False
    return "HEIF" in Image.ID
