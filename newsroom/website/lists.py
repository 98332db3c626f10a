"""Front of house: the lists that readers look through."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from newsroom.articles.filters import ArticleFilters, editions
from newsroom.website.listing import Listing, ListPage
from newsroom.website.rows import StoryRow, story_rows


class ArticleList(ListPage):
    filters_class = ArticleFilters
    template_name = "website/article_list.html"
    heading = _("News")
    intro = _("Reports from forums, conferences and roundtables, with everyone named and every source credited.")
    feeds = (
        (_("Atom feed"), "/feeds/articles.atom", "application/atom+xml"),
        (_("RSS feed"), "/feeds/articles.rss", "application/rss+xml"),
        (_("JSON feed"), "/feeds/articles.json", "application/feed+json"),
        (_("API"), "/api/v1/articles/", "application/json"),
    )

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s article", "%(number)s articles", found) % {"number": number}

    def rows(self, listing: Listing) -> list[StoryRow]:
        return story_rows(editions(listing.page.rows, listing.at), listing.at, words=listing.words)

    def beside(self, listing: Listing) -> dict[str, Any]:
        return {"row_template": "website/_row_article.html"}
