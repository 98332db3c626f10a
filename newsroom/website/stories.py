"""Front of house: what happened to stories: their versions, their corrections, and where one was taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from newsroom.articles.filters import CorrectionFilters
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.markup import plain
from newsroom.website.listing import Listing, ListPage

AROUND = 8  # words that stay beside a change
MOST_VERSIONS = 30

Piece = tuple[str, str]  # the text, and the element that marks it: "del", "ins" or none


@dataclass(frozen=True)
class Difference:
    """One text of a story that two versions print differently."""

    name: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    """An edition in the public history of its story, with what it changed in the one before."""

    edition: Edition
    is_current: bool
    differences: list[Difference]


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every edition that readers could see so far, the newest first."""
    at = timezone.now()
    article = get_object_or_404(Article.objects.once_public(at), slug=slug)
    editions = list(article.editions.shown_by(at)[:MOST_VERSIONS])
    if not editions:
        return gone(request, article, at)
    history = [Version(edition, edition.is_visible(at), changed) for edition, changed in _with_changes(editions)]
    return render(request, "website/versions.html", {"article": article, "current": editions[0], "history": history})


def gone(request: HttpRequest, article: Article, at: dt.datetime) -> HttpResponse:
    """What stays of a story that the public could read once: that it is gone, since when, and why.

    410 rather than 404, so that others take it down as well; not even the headline is repeated.
    """
    context = {"withdrawal": standing_withdrawal(article, at)}
    return render(request, "website/withdrawn.html", context, status=410)


def standing_withdrawal(article: Article, at: dt.datetime) -> Withdrawal | None:
    """What took the story away, until another edition appears; a scheduled return changes nothing before its hour.

    The story's public document gives its reason by the same rule.
    """
    withdrawal: Withdrawal | None = getattr(article, "withdrawal", None)
    if withdrawal is None:
        return None
    since = article.editions.filter(visible_from__gte=withdrawal.withdrawn_at, visible_from__lte=at)
    return None if since.filter(visible_until__gt=F("visible_from")).exists() else withdrawal


def _with_changes(editions: list[Edition]) -> Iterator[tuple[Edition, list[Difference]]]:
    for later, earlier in pairwise(editions):
        yield later, list(_differences(earlier, later))
    if len(editions) < MOST_VERSIONS:
        yield editions[-1], []


def _differences(earlier: Edition, later: Edition) -> Iterator[Difference]:
    texts = {
        _("Headline"): (earlier.headline, later.headline),
        _("Standfirst"): (earlier.standfirst, later.standfirst),
        _("Text"): (plain(earlier.body), plain(later.body)),
    }
    for name, (old, new) in texts.items():
        if old != new:
            yield Difference(name, list(_compared(old.split(), new.split())))


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    """What was taken out, what was put in, and a few words around each."""
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(AROUND):
        yield "… ", ""
        for how, old_from, old_to, new_from, new_to in group:
            if how == "equal":
                yield f"{' '.join(new[new_from:new_to])} ", ""
                continue
            yield from _marked(old[old_from:old_to], "del")
            yield from _marked(new[new_from:new_to], "ins")
        yield "… ", ""


def _marked(words: list[str], element: str) -> Iterator[Piece]:
    if words:
        yield " ".join(words), element
        yield " ", ""


@dataclass(frozen=True)
class Correction:
    """A public note, beside the headline that its story has today."""

    edition: Edition
    headline: str


class CorrectionList(ListPage):
    filters_class = CorrectionFilters
    template_name = "website/corrections.html"
    heading = gettext_lazy("Corrections")
    intro = gettext_lazy("What we got wrong and have put right. Every version of a story stays open to readers.")

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s correction", "%(number)s corrections", found) % {"number": number}

    def rows(self, listing: Listing) -> list[Correction]:
        order = [key for _moment, key in listing.page.rows]
        corrected = Edition.objects.in_lists().in_bulk(order)
        headlines = _headlines(corrected.values(), listing.at)
        return [Correction(corrected[key], headlines.get(corrected[key].article_id, "")) for key in order]


def _headlines(editions: Any, at: dt.datetime) -> dict[int, str]:
    standing = Edition.objects.visible(at).filter(article__in=[edition.article_id for edition in editions])
    return dict(standing.values_list("article", "headline"))
