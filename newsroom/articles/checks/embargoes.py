"""The copy desk's checks: a story that would be out before the embargo of what it shows or tells of."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Meeting, Picture
from newsroom.articles.checks.findings import Hit, Level, check


@check(
    "event-embargo",
    Level.ERROR,
    _("“%(record)s” is under embargo until %(until_at)s: give the story an embargo that ends no earlier."),
    "embargo_until_0",
)
def event_embargo(copy: Copy) -> Iterator[Hit]:
    for meeting in copy.meetings:
        yield from _outlasting(copy, meeting, meeting.name)


@check(
    "photo-embargo",
    Level.ERROR,
    _("The photo “%(record)s” is under embargo until %(until_at)s: give the story an embargo that ends no earlier."),
    "embargo_until_0",
)
def photo_embargo(copy: Copy) -> Iterator[Hit]:
    for picture in copy.pictures:
        yield from _outlasting(copy, picture, picture.title)


def _outlasting(copy: Copy, record: Meeting | Picture, name: str) -> Iterator[Hit]:
    if record.embargo_until and record.embargo_until > copy.opens_at:
        yield Hit(words={"record": name, "until_at": record.embargo_until.isoformat()})
