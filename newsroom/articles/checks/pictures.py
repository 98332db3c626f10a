"""The copy desk's checks: pictures without words for those who do not see them, without credit, or without right."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Picture
from newsroom.articles.checks.findings import Hit, Level, check
from newsroom.photos import rights
from newsroom.photos.rights import Right

IsWrong = Callable[[Picture, dt.datetime], bool]

ENDS_SOON = dt.timedelta(days=3)
_FILE_NAME = re.compile(
    r"\S.*\.(?:jpe?g|png|gif|webp|avif|tiff?|heic|bmp|svg)"
    r"|(?:IMG|DSC[FN]?|PXL|DJI|MVI|P|KakaoTalk|Screenshot|Screen Shot|image|photo|picture|스크린샷|캡처|사진)"
    r"[\s_-]*\(?\d[\d\s_.,:()-]*(?:at[\s\d.:]*)?",
    re.IGNORECASE,
)


def _in_form(picture: Picture) -> Hit:
    """The words of this use."""
    return Hit(f"photo_uses-{picture.row}-alt_text", {"photo": picture.title})


def _on_record(picture: Picture) -> Hit:
    """What has to change on the record of the photo."""
    return Hit(f"photo_uses-{picture.row}-photo", {"photo": picture.title}, picture.link)


def _lacks_alt_text(picture: Picture, _at: dt.datetime) -> bool:
    return not picture.is_decorative and not picture.alt_text.strip()


def _has_a_file_name_for_it(picture: Picture, _at: dt.datetime) -> bool:
    return not picture.is_decorative and bool(_FILE_NAME.fullmatch(picture.alt_text.strip()))


def _lacks_credit(picture: Picture, _at: dt.datetime) -> bool:
    return picture.is_held and not picture.credit.strip()


def _by_rights(is_wrong: Callable[[Sequence[Right], dt.datetime], bool]) -> IsWrong:
    """Of a picture that is not held there is nothing to allow."""
    return lambda picture, at: picture.is_held and is_wrong(picture.rights, at)


WRONG: tuple[tuple[str, Promise, IsWrong, Callable[[Picture], Hit]], ...] = (
    (
        "no-alt-text",
        _("“%(photo)s” has no alternative text: say what it shows, or call it decorative."),
        _lacks_alt_text,
        _in_form,
    ),
    (
        "alt-text-is-a-file-name",
        _("The alternative text of “%(photo)s” looks like the name of a file: say what the picture shows."),
        _has_a_file_name_for_it,
        _in_form,
    ),
    (
        "no-credit",
        _("“%(photo)s” has no credit: name who took it or whose it is."),
        _lacks_credit,
        _on_record,
    ),
    (
        "rights-missing",
        _("Nothing on record allows the use of “%(photo)s”: add a lease, or take another picture."),
        _by_rights(rights.is_not_cleared),
        _on_record,
    ),
    (
        "rights-expired",
        _("The right to use “%(photo)s” has ended: renew it, or take another picture."),
        _by_rights(rights.is_expired),
        _on_record,
    ),
    (
        "rights-denied",
        _("The use of “%(photo)s” is refused on its record: take another picture."),
        _by_rights(rights.is_denied),
        _on_record,
    ),
)


def _wrong(is_wrong: IsWrong, place: Callable[[Picture], Hit], copy: Copy) -> Iterator[Hit]:
    return (place(picture) for picture in copy.pictures if is_wrong(picture, copy.opens_at))


for code, sentence, is_wrong, place in WRONG:
    check(code, Level.ERROR, sentence, "photo_uses")(partial(_wrong, is_wrong, place))


@check(
    "no-usage-terms",
    Level.WARNING,
    _("“%(photo)s” is somebody else's, and its record has no usage terms: write there what they allow."),
    "photo_uses",
)
def no_usage_terms(copy: Copy) -> Iterator[Hit]:
    return (_on_record(picture) for picture in copy.pictures if picture.is_held and picture.lacks_terms)


@check(
    "photo-used-before",
    Level.NOTE,
    _("“%(photo)s” is used %(uses)s times: readers may know it from another story."),
    "photo_uses",
)
def photo_used_before(copy: Copy) -> Iterator[Hit]:
    for picture in copy.pictures:
        if picture.uses > 1:
            hit = _on_record(picture)
            yield replace(hit, words={**hit.words, "uses": picture.uses})


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
            hit = _on_record(picture)
            yield replace(hit, words={**hit.words, "end_at": end.isoformat()})
