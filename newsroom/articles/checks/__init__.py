"""The copy desk's checks: what is wrong, or doubtful, in a story before it is printed.

    checks.look_over(article, at)    # every finding, as the story stands in the database at that moment
    checks.errors(article, at)       # those that keep it from being approved
    checks.keep(article, at)         # the same, and remember them with the story for its form and for lists
    checks.kept(article)             # what was remembered at the last save, in the reader's language

A check is a pure function over `copy.Copy`; `findings.CHECKS` lists them all.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from newsroom.articles.checks import (  # noqa: F401  importing them is what enters the checks into the list
    borrowed,
    completeness,
    days,
    embargoes,
    languages,
    names,
    pictures,
    titles,
    translations,
    wording,
)
from newsroom.articles.checks.findings import CHECKS, Check, Finding, Hit, Level, hits
from newsroom.articles.checks.loading import copy_of
from newsroom.articles.models import Article

__all__ = ["CHECKS", "EMBARGOES", "NOT_LINKED", "Finding", "Level", "errors", "keep", "kept", "look_over", "warnings"]

#: what holds although somebody approved the story
EMBARGOES = {"event-embargo", "photo-embargo"}
#: what the report on people whom stories name only is made of
NOT_LINKED = {"person-not-linked", "recorded-person-not-linked"}
MOST_KEPT = 100  # findings; whoever has more has enough to do


def look_over(article: Article, at: dt.datetime) -> list[Finding]:
    """Every finding at that moment, errors first."""
    return [check.says(hit) for check, hit in hits(copy_of(article, at))]


def errors(article: Article, at: dt.datetime) -> list[Finding]:
    return [finding for finding in look_over(article, at) if finding.is_error]


def warnings(article: Article, at: dt.datetime) -> list[Finding]:
    return [finding for finding in look_over(article, at) if finding.is_warning]


def keep(article: Article, at: dt.datetime) -> list[Finding]:
    """Look the story over and remember what was found; call it after the story's rows are saved."""
    found = list(hits(copy_of(article, at)))
    article.error_count = sum(check.level == Level.ERROR for check, _hit in found)
    article.warning_count = sum(check.level == Level.WARNING for check, _hit in found)
    article.findings = [_written(check, hit) for check, hit in found[:MOST_KEPT]]
    # Not by `save`: to be looked over is no edit, and the moment of the last one stays.
    Article.objects.filter(pk=article.pk).update(
        error_count=article.error_count, warning_count=article.warning_count, findings=article.findings
    )
    return [check.says(hit) for check, hit in found]


def kept(article: Article) -> list[Finding]:
    """What was found at the last save; a check that is gone since says nothing."""
    return [CHECKS[one["code"]].says(_read(one)) for one in article.findings if one["code"] in CHECKS]


def _written(check: Check, hit: Hit) -> dict[str, Any]:
    return {"code": check.code, "field": hit.field, "words": dict(hit.words), "link": hit.link}


def _read(written: dict[str, Any]) -> Hit:
    return Hit(written["field"], written["words"], written["link"])
