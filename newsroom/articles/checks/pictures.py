"""The copy desk's checks: pictures without words for those who do not see them, without credit, or without right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Picture
from newsroom.articles.checks.findings import Hit, Level, check
from newsroom.photos import rights

ENDS_SOON = dt.timedelta(days=3)
_FILE_NAME = re.compile(
    r"\S.*\.(?:jpe?g|png|gif|webp|avif|tiff?|heic|bmp|svg)"
    r"|(?:IMG|DSC[FN]?|PXL|DJI|MVI|P|KakaoTalk|Screenshot|Screen Shot|image|photo|picture|스크린샷|캡처|사진)"
    r"[\s_-]*\(?\d[\d\s_.,:()-]*(?:at[\s\d.:]*)?",
    re.IGNORECASE,
)


def _where(field: str, picture: Picture) -> Hit:
    return Hit(f"photo_uses-{picture.row}-{field}", {"photo": picture.title})


def _on_record(copy: Copy, is_wrong: Callable[[Picture], bool]) -> Iterator[Hit]:
    """What has to change on the record of a photo; of a picture that is not held there is nothing to allow."""
    for picture in copy.pictures:
        if picture.is_held and is_wrong(picture):
            yield Hit(f"photo_uses-{picture.row}-photo", {"photo": picture.title}, picture.link)


@check(
    "no-alt-text",
    Level.ERROR,
    _("“%(photo)s” has no alternative text: say what it shows, or call it decorative."),
    "photo_uses",
)
def no_alt_text(copy: Copy) -> Iterator[Hit]:
    for picture in copy.pictures:
        if not picture.is_decorative and not picture.alt_text.strip():
            yield _where("alt_text", picture)


@check(
    "alt-text-is-a-file-name",
    Level.ERROR,
    _("The alternative text of “%(photo)s” looks like the name of a file: say what the picture shows."),
    "photo_uses",
)
def alt_text_is_a_file_name(copy: Copy) -> Iterator[Hit]:
    for picture in copy.pictures:
        if not picture.is_decorative and _FILE_NAME.fullmatch(picture.alt_text.strip()):
            yield _where("alt_text", picture)


@check("no-credit", Level.ERROR, _("“%(photo)s” has no credit: name who took it or whose it is."), "photo_uses")
def no_credit(copy: Copy) -> Iterator[Hit]:
    yield from _on_record(copy, lambda picture: not picture.credit.strip())


@check(
    "rights-missing",
    Level.ERROR,
    _("Nothing on record allows the use of “%(photo)s”: add a lease, or take another picture."),
    "photo_uses",
)
def rights_missing(copy: Copy) -> Iterator[Hit]:
    yield from _on_record(copy, lambda picture: rights.is_not_cleared(picture.rights, copy.opens_at))


@check(
    "rights-expired",
    Level.ERROR,
    _("The right to use “%(photo)s” has ended: renew it, or take another picture."),
    "photo_uses",
)
def rights_expired(copy: Copy) -> Iterator[Hit]:
    yield from _on_record(copy, lambda picture: rights.is_expired(picture.rights, copy.opens_at))


@check(
    "rights-denied",
    Level.ERROR,
    _("The use of “%(photo)s” is refused on its record: take another picture."),
    "photo_uses",
)
def rights_denied(copy: Copy) -> Iterator[Hit]:
    yield from _on_record(copy, lambda picture: rights.is_denied(picture.rights, copy.opens_at))


@check(
    "rights-ending",
    Level.WARNING,
    _("The right to use “%(photo)s” ends on %(end_at)s: readers see a drawing in its place from then on."),
    "photo_uses",
)
def rights_ending(copy: Copy) -> Iterator[Hit]:
    for picture in copy.pictures:
        end = rights.end_of_use(picture.rights, copy.opens_at) if picture.is_held else None
        if end is not None and end - copy.opens_at <= ENDS_SOON:
            words = {"photo": picture.title, "end_at": end.isoformat()}
            yield Hit(f"photo_uses-{picture.row}-photo", words, picture.link)
