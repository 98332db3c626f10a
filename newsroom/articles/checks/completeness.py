"""The copy desk's checks: what readers expect of every story and this one lacks, and a headline beyond its length."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy
from newsroom.articles.checks.findings import Hit, Level, check

# “About 70” is what the form asks for; beyond these a list cuts the headline off. A Hangul syllable is two wide.
LONGEST_HEADLINE = {"en": 85, "ko": 45}


@check("no-headline", Level.ERROR, _("The story has no headline."), "headline")
def no_headline(copy: Copy) -> Iterator[Hit]:
    if not copy.headline.strip():
        yield Hit()


@check("no-text", Level.ERROR, _("The story has no text."), "body")
def no_text(copy: Copy) -> Iterator[Hit]:
    if not any(block.text for block in copy.blocks):
        yield Hit()


@check("no-standfirst", Level.WARNING, _("No standfirst: write a sentence that makes the reader stay."), "standfirst")
def no_standfirst(copy: Copy) -> Iterator[Hit]:
    if not copy.standfirst.strip():
        yield Hit()


@check("no-byline", Level.WARNING, _("No byline: say who signs the story."), "bylines")
def no_byline(copy: Copy) -> Iterator[Hit]:
    if not copy.byline_count:
        yield Hit(link="#bylines-group")


@check(
    "no-dateline",
    Level.WARNING,
    _("No dateline: name the place the story is told from, if it is known."),
    "dateline",
)
def no_dateline(copy: Copy) -> Iterator[Hit]:
    if not copy.dateline.strip():
        yield Hit()


@check("no-source", Level.WARNING, _("No source: name the documents that the story rests on."), "sources")
def no_source(copy: Copy) -> Iterator[Hit]:
    if not copy.documents:
        yield Hit()


@check(
    "long-headline",
    Level.WARNING,
    _("The headline has %(length)s characters: lists cut it off after %(limit)s."),
    "headline",
)
def long_headline(copy: Copy) -> Iterator[Hit]:
    limit = LONGEST_HEADLINE.get(copy.language, LONGEST_HEADLINE["en"])
    if (length := len(copy.headline)) > limit:
        yield Hit(words={"length": length, "limit": limit})
