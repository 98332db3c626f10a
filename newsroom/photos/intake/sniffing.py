"""Photo desk, intake: what a file is by its first bytes, whatever it is called, and what else hides in it."""

from __future__ import annotations

import io
import re
import zipfile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom.photos.intake import heif
from newsroom.photos.intake.structure import CutOff, end_of

MOST_BYTES = 150 * 1024 * 1024


class Refused(ValueError):
    """The file is not taken in; its words name what is wrong and what to do."""


RAW = gettext_lazy("This is a camera's raw file: develop it and upload a JPEG or TIFF.")
HEIC = gettext_lazy("This is a HEIC picture, which is not read here: export it as JPEG and upload that.")
UNKNOWN = gettext_lazy(
    "This is no picture that the desk can read: upload a JPEG, PNG, WebP, AVIF, TIFF or HEIC picture."
)

# The first that fits says what the file is: a format of ours by its plain name, or why it is refused.
SIGNATURES: tuple[tuple[bytes, str | Promise], ...] = (
    (rb"(?:II\*\0|MM\0\*).{4}CR|FUJIFILMCCD-RAW|IIU\0|IIRO|....ftypcrx", RAW),
    (rb"\xff\xd8\xff", "JPEG"),
    (rb"\x89PNG\r\n\x1a\n", "PNG"),
    (rb"RIFF....WEBP", "WEBP"),
    (rb"....ftypavi[fs]|....ftyp(?:mif1|msf1).{4,64}avi[fs]", "AVIF"),
    (rb"....ftyp(?:hei[cxms]|hev[cmx]|mif1|msf1)", "HEIF"),
    (rb"II\*\0|MM\0\*", "TIFF"),
    (rb"GIF8[79]a", gettext_lazy("This is a GIF: export it as PNG or JPEG.")),
    (rb"%PDF-", gettext_lazy("This is a PDF document: export the picture in it as JPEG.")),
    (rb"PK\x03\x04", gettext_lazy("This is a ZIP archive: unpack it and upload the pictures in it.")),
    (rb"8BPS", gettext_lazy("This is a Photoshop file: export it as JPEG or TIFF.")),
    (rb"BM", gettext_lazy("This is a Windows bitmap: save it as PNG.")),
    (rb"\xff\x0a|\0\0\0\x0cJXL |\0\0\0\x0cjP  ", gettext_lazy("This format is not read here: save a JPEG.")),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", gettext_lazy("This is a film: save a still from it as JPEG.")),
    (
        rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*\0?<",
        gettext_lazy("This is an SVG drawing or a web page, which may carry programs: export it as PNG."),
    ),
    (rb"", UNKNOWN),
)
# What a browser or a server would run if it took the picture for something else. The five bytes of a short mark alone
# turn up by chance in one large photograph of some thousands, so what follows has to fit as well.
PROGRAM = re.compile(
    rb"<(?:script|iframe|!doctype\s|html[\s>/]|\?php\s|svg[\s>/][\t\n\r -~]{5})",
    re.IGNORECASE,
)
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
PDF_IS_LOOKED_FOR_IN = 1024
PADDING = b"\0\xff \r\n"


def form_of(content: bytes) -> str:
    """The format of a picture that the desk takes, by its signature. Raises Refused."""
    if not content:
        raise Refused(_("The file is empty: it may not have been sent to its end. Choose it again."))
    if len(content) > MOST_BYTES:
        raise too_heavy()
    found = next(meaning for signature, meaning in SIGNATURES if re.match(signature, content, re.DOTALL))
    if found == "HEIF" and not heif.is_readable():
        found = HEIC
    if not isinstance(found, str):
        raise Refused(str(found))
    return found


def refuse_cut_or_stowaway(content: bytes, form: str) -> None:
    """Raise Refused where the file ends too soon, or is another kind of file as well."""
    try:
        end = end_of(content, form)
    except CutOff:
        raise cut_off() from None
    if PROGRAM.search(content) or _is_archive(content) or b"%PDF-" in content[:PDF_IS_LOOKED_FOR_IN]:
        raise Refused(_("Something other than a picture hides in this file: open it, and save it anew as JPEG or PNG."))
    rest = content[end:]
    if rest.strip(PADDING) and not (form == "JPEG" and _is_of_a_phone(rest)):
        raise Refused(_("Something is stuck onto the end of this picture: open it, and save it anew."))


def cut_off() -> Refused:
    return Refused(_("The file ends before the picture does: fetch it again in full, then upload it."))


def too_heavy() -> Refused:
    return Refused(_("The file has more than 150 MB: save the picture as JPEG and upload that."))


def _is_archive(content: bytes) -> bool:
    return zipfile.is_zipfile(io.BytesIO(content)) or any(mark in content for mark in ARCHIVES)


def _is_of_a_phone(rest: bytes) -> bool:
    """What phones put behind a JPEG of theirs: its preview or depth map, the film around it, their own notes."""
    return rest.startswith(b"\xff\xd8\xff") or rest[4:8] == b"ftyp" or rest.endswith(b"SEFT")
