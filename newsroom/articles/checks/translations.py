"""The copy desk's checks: whether a translation says what its original says now, and whether that one still stands."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy
from newsroom.articles.checks.findings import Hit, Level, check


@check(
    "original-changed",
    Level.WARNING,
    _(
        "“%(story)s” has changed since it was translated: edition %(newest)s is out, and this text follows edition "
        "%(made_from)s. Bring it up to date, then choose the newest edition under “made from”."
    ),
    "translation",
)
def original_changed(copy: Copy) -> Iterator[Hit]:
    original = copy.original
    if original and original.newest > original.made_from:
        words = {"story": original.headline, "newest": original.newest, "made_from": original.made_from}
        yield Hit(words=words, link="#translation-group")


@check(
    "original-withdrawn",
    Level.WARNING,
    _("“%(story)s”, of which this is a translation, was withdrawn: see whether this story can stand."),
    "translation",
)
def original_withdrawn(copy: Copy) -> Iterator[Hit]:
    if copy.original and copy.original.is_withdrawn:
        yield Hit(words={"story": copy.original.headline}, link=copy.original.link)


@check(
    "same-language-as-original",
    Level.ERROR,
    _("The story is a translation of “%(story)s”, which is in the same language: correct one of both."),
    "language",
)
def same_language_as_original(copy: Copy) -> Iterator[Hit]:
    if copy.original and copy.original.language == copy.language:
        yield Hit(words={"story": copy.original.headline})
