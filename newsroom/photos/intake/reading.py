"""Photo desk, intake: a picture opened within limits, decoded once to its end, and what was found in it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from newsroom.photos.embedded import Facts, facts_in
from newsroom.photos.intake import sniffing
from newsroom.photos.intake.colour import eight_bits, without_transparency
from newsroom.photos.intake.sniffing import Refused
from newsroom.photos.likeness import likeness_of

logger = logging.getLogger(__name__)

MOST_PIXELS = 80_000_000
LEAST_SIDE = 16
DEEP = {"I", "F"}  # thirty-two bits a channel: measurements rather than photographs
PATCH = 128  # pixels to which a picture is brought before it is compared with others
NEW_SUBFILE_TYPE, DNG_VERSION = 254, 50706

# Pillow warns above this many pixels and refuses above twice as many; `_refuse_size` is stricter than both.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class Note(models.TextChoices):
    """What an editor should know of how the file was read."""

    FIRST_FRAME = "first-frame", gettext_lazy("It moves, or has several pages: only the first picture is used.")
    COLOURS = "colours", gettext_lazy("Its colours are those of print: readers get them converted for screens.")
    DEPTH = "depth", gettext_lazy("It has sixteen bits a channel: readers get eight.")
    TURNED = "turned", gettext_lazy("The camera was turned: readers get the picture upright.")
    TRANSPARENT = "transparent", gettext_lazy("It is transparent in places: readers see white there.")


@dataclass(frozen=True)
class Examined:
    """What is known of a picture that may be taken in; width and height are those of the upright picture."""

    form: str
    width: int
    height: int
    size: int
    sha256: str
    likeness: int | None
    notes: tuple[str, ...]
    facts: Facts


def examine(content: bytes) -> Examined:
    """Read the picture once, to its end. Raises Refused."""
    form = sniffing.form_of(content)
    sniffing.refuse_cut_or_stowaway(content, form)
    with opened(content, form) as picture:
        _refuse_size(picture)
        _refuse_unusable(picture)
        notes, facts = tuple(_notes(picture)), facts_in(picture)
        width, height = upright_size(picture)
        likeness = likeness_of(_small(picture))
    digest = hashlib.sha256(content).hexdigest()
    return Examined(form, width, height, len(content), digest, likeness, notes, facts)


@contextlib.contextmanager
def opened(content: bytes, form: str) -> Iterator[Image.Image]:
    """The picture, read by that format's decoder and no other. Raises Refused for what the decoder cannot take."""
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            yield picture
    except Refused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_large() from None
    except Exception as error:  # a decoder may raise anything at all over a file that means harm
        logger.info("A %s could not be read: %r", form, error)
        raise _unreadable(form, error) from error


def upright_size(picture: Image.Image) -> tuple[int, int]:
    is_on_its_side = picture.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    width, height = picture.size
    return (height, width) if is_on_its_side else (width, height)


def _refuse_size(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise _too_large()
    if min(picture.size) < LEAST_SIDE:
        raise Refused(
            _("The picture has %(width)s × %(height)s pixels, too few to show: upload the picture itself.")
            % {"width": picture.width, "height": picture.height}
        )


def _refuse_unusable(picture: Image.Image) -> None:
    if picture.mode in DEEP:
        raise Refused(_("The picture has thirty-two bits a channel: save it with eight or sixteen."))
    tags = getattr(picture, "tag_v2", {})
    if DNG_VERSION in tags or tags.get(NEW_SUBFILE_TYPE, 0) & 1:  # its first page is only a thumbnail
        raise Refused(str(sniffing.RAW))


def _notes(picture: Image.Image) -> Iterator[str]:
    is_phone_jpeg, first = picture.format == "MPO", picture.tell()  # of a HEIC, the one that its file calls the first
    if getattr(picture, "n_frames", 1) > 1 and not is_phone_jpeg:
        yield Note.FIRST_FRAME
        picture.seek(first)
    if picture.mode in {"CMYK", "LAB", "YCCK"}:
        yield Note.COLOURS
    if picture.mode.startswith("I;16") or _has_sixteen_bits(picture):
        yield Note.DEPTH
    if picture.getexif().get(0x0112, 1) != 1:
        yield Note.TURNED
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        yield Note.TRANSPARENT


def _has_sixteen_bits(picture: Image.Image) -> bool:
    """Colour of sixteen bits is eight already in Pillow's hands: only the file's own description tells."""
    raw_modes = (part for tile in getattr(picture, "tile", []) for part in _texts(tile.args))
    return any(";16" in mode for mode in raw_modes)


def _texts(arguments: object) -> Iterator[str]:
    for part in arguments if isinstance(arguments, tuple) else (arguments,):
        if isinstance(part, str):
            yield part


def _small(picture: Image.Image) -> Image.Image:
    """Decoded to its last byte, though a JPEG only at an eighth of its size, which takes a sixtieth of the memory."""
    picture.draft(None, (PATCH, PATCH))
    picture.load()
    if picture.mode in {"RGB", "L", "CMYK"}:
        picture = picture.reduce(max(1, min(picture.size) // PATCH))
    return without_transparency(eight_bits(picture))


def _too_large() -> Refused:
    return Refused(_("This picture has more than 80 megapixels: upload a smaller one."))


def _unreadable(form: str, error: Exception) -> Refused:
    if "truncated" in str(error) or isinstance(error, EOFError):
        return sniffing.cut_off()
    message = _("This %(format)s picture is damaged and cannot be read: open it, save it anew, then upload it.")
    return Refused(message % {"format": form})
