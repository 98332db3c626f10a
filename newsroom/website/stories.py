"""Front of house: what happened to stories: their corrections, and what is said where one was taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy, ngettext

from newsroom import addresses
from newsroom.articles.filters import CorrectionFilters
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.website.follow import followed_as
from newsroom.website.listing import Listing, ListPage


def once_public(slug: str, at: dt.datetime) -> Article:
    """A story that the public could read once, under this slug or a former one. Raises Http404."""
    stories = Article.objects.once_public(at)
    found = stories.filter(slug=slug).first()
    return found or get_object_or_404(stories, uuid=addresses.owner("article", slug))


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
    feeds = followed_as("corrections", has_feeds=True, has_records=False)

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
