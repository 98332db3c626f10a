"""The copy desk's way to begin a story with another one: a copy of all that was typed, and of nothing that was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from newsroom import changes, policy
from newsroom.articles import checks, story
from newsroom.articles.models import Article
from newsroom.models import User

ROWS = ("bylines", "mentions", "photo_uses")
LINKS = ("topics", "events", "organisations", "sources")
# An embargo goes with the words that it is on: an editor may take it off, knowingly.
FIELDS = ("kind", "language", "standfirst", "dateline", "body", "countries", "desk_note", "embargo_until")
LONGEST_SLUG, LONGEST_HEADLINE = 120, 160


def duplicate(article: Article, *, by: User, at: dt.datetime) -> Article:
    """A draft of the user's own with the same words, rows, links and embargo; no state, assignment nor past."""
    with changes.recording() as record:
        if not policy.can(by, "duplicate", article):
            raise policy.Refused(_("This is not yours to do."))
        source = Article.objects.get(pk=article.pk)
        copy = Article.objects.create(
            headline=_("Copy of %(headline)s")[:LONGEST_HEADLINE] % {"headline": source.headline[:150]},
            slug=_free_slug(source.slug),
            created_by=by,
            **{name: getattr(source, name) for name in FIELDS},
        )
        _copy_rows(source, copy)
        story.keep(copy, by=by, at=at, note=_("Copy of “%(slug)s”") % {"slug": source.slug})
        checks.keep(copy, at)
        record.touch(copy)
        return copy


def _copy_rows(source: Article, copy: Article) -> None:
    for name in ROWS:
        rows = list(getattr(source, name).all())
        for row in rows:
            row.pk, row._state.adding, row.article = None, True, copy
        getattr(copy, name).model._default_manager.bulk_create(rows)
    for name in LINKS:
        getattr(copy, name).set(getattr(source, name).all())


def _free_slug(slug: str) -> str:
    return next(name for name in _names(slug) if not Article.objects.filter(slug=name).exists())


def _names(slug: str) -> Iterator[str]:
    yield f"{slug[: LONGEST_SLUG - 5]}-copy"
    number = 2
    while True:
        ending = f"-copy-{number}"
        yield f"{slug[: LONGEST_SLUG - len(ending)]}{ending}"
        number += 1
