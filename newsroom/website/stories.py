"""Front of house: what happened to stories: their corrections, and what is said where one was taken away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom import addresses
from newsroom.articles.filters import CorrectionFilters
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.keyset import Page
from newsroom.website.follow import followed_as
from newsroom.website.listing import PAGE_SIZE, Listing, ListPage


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
    """What took the story away, until another edition appears."""
    return Withdrawal.objects.standing(at).filter(article=article).first()


@dataclass(frozen=True)
class Correction:
    """A public note, beside the headline that its story has today."""

    edition: Edition
    headline: str
    is_withdrawal: ClassVar = False


@dataclass(frozen=True)
class Gone:
    """What the page in a withdrawn story's place says, and no more: neither its headline nor its address."""

    withdrawal: Withdrawal
    is_withdrawal: ClassVar = True

    @property
    def told(self) -> str:
        return str(TOLD[Withdrawal.Act(self.withdrawal.act)])


TOLD = {
    Withdrawal.Act.UNPUBLISH: _("A story was withdrawn"),
    Withdrawal.Act.TAKEDOWN: _("A story was taken down"),
    Withdrawal.Act.KILL: _("A story was found to be wrong and taken back"),
}


class CorrectionList(ListPage):
    filters_class = CorrectionFilters
    template_name = "website/corrections.html"
    heading = _("Corrections")
    intro = _("What we got wrong and have put right. Every version of a story stays open to readers.")
    feeds = followed_as("corrections", has_feeds=True, has_records=False)

    def counted(self, found: int, number: str) -> str:
        words = ngettext("%(number)s correction or withdrawal", "%(number)s corrections and withdrawals", found)
        return words % {"number": number}

    def page(self, listing: Listing) -> Page:
        filters: CorrectionFilters = listing.filters
        return filters.page(listing.place, size=PAGE_SIZE)

    def rows(self, listing: Listing) -> list[Correction | Gone]:
        order = [key for _moment, key in listing.page.rows]
        corrected = Edition.objects.in_lists().in_bulk([key for key in order if key > 0])
        gone = Withdrawal.objects.in_bulk([-key for key in order if key < 0])
        headlines = _headlines(corrected.values(), listing.at)
        return [
            Correction(corrected[key], headlines.get(corrected[key].article_id, "")) if key > 0 else Gone(gone[-key])
            for key in order
        ]


def _headlines(editions: Any, at: dt.datetime) -> dict[int, str]:
    standing = Edition.objects.visible(at).filter(article__in=[edition.article_id for edition in editions])
    return dict(standing.values_list("article", "headline"))
