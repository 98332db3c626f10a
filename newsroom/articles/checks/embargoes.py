"""The copy desk's checks: a story that would be out before the embargo of what it shows or tells of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy
from newsroom.articles.checks.findings import Hit, Level, check

Embargoed = Callable[[Copy], Iterable[tuple[str, dt.datetime | None]]]


def _outlasting(embargoed: Embargoed, copy: Copy) -> Iterator[Hit]:
    for name, until in embargoed(copy):
        if until and until > copy.opens_at:
            yield Hit(words={"record": name, "until_at": until.isoformat()})


def _events(copy: Copy) -> Iterator[tuple[str, dt.datetime | None]]:
    return ((meeting.name, meeting.embargo_until) for meeting in copy.meetings)


def _photos(copy: Copy) -> Iterator[tuple[str, dt.datetime | None]]:
    return ((picture.title, picture.embargo_until) for picture in copy.pictures)


EMBARGOED = (
    (
        "event-embargo",
        _("“%(record)s” is under embargo until %(until_at)s: give the story an embargo that ends no earlier."),
        _events,
    ),
    (
        "photo-embargo",
        _(
            "The photo “%(record)s” is under embargo until %(until_at)s: "
            "give the story an embargo that ends no earlier."
        ),
        _photos,
    ),
)
for code, sentence, embargoed in EMBARGOED:
    check(code, Level.ERROR, sentence, "embargo_until_0")(partial(_outlasting, embargoed))
