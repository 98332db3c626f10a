"""The copy desk's checks: whether a translation says what its original says now, and is found where that one is."""

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


@check(
    "filed-unlike-original",
    Level.WARNING,
    _(
        "“%(story)s”, of which this is a translation, is filed under %(names)s and this story is not, so that readers "
        "of its language do not find it there: add what is missing, or take it over under “In other languages”."
    ),
    "topics",
)
def filed_unlike_original(copy: Copy) -> Iterator[Hit]:
    """A list finds each text under what that text itself is filed under."""
    if copy.original:
        for field, names in copy.original.filed:
            yield Hit(field=field, words={"story": copy.original.headline, "names": names})


@check(
    "person-of-original-missing",
    Level.WARNING,
    _(
        "“%(story)s”, of which this is a translation, is also about %(names)s: add who is missing, with the name and "
        "title that this story prints, or their pages do not show it to readers of its language."
    ),
    "mentions",
)
def person_of_original_missing(copy: Copy) -> Iterator[Hit]:
    if copy.original and copy.original.people:
        yield Hit(words={"story": copy.original.headline, "names": copy.original.people}, link="#mentions-group")
