"""Front of house: any list of stories, events, photos or corrections as a feed, filtered as its page is.

RSS 2.0, Atom and JSON Feed 1.1. What a search finds has a feed of its own, in `search_feeds`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import SyndicationFeed

from newsroom.articles.filters import editions
from newsroom.documents import site_address
from newsroom.partners import newsfeeds
from newsroom.partners.newsfeeds import printable
from newsroom.website import entries
from newsroom.website.entries import Entry
from newsroom.website.languages import tagline
from newsroom.website.listing import Listing, ListPage
from newsroom.website.lists import ArticleList, EventList, PhotoList
from newsroom.website.queries import understood
from newsroom.website.record_rows import events_by_key
from newsroom.website.stories import CorrectionList
from newsroom.website.unreadable import refuse_faults

if TYPE_CHECKING:
    EntryFeed = Feed[Entry, Any]
else:
    EntryFeed = Feed  # generic in the stubs only


class HouseFeed(EntryFeed):
    """How every feed of the house writes its entries; every address starts with SITE_URL."""

    item_guid_is_permalink = False

    def __init__(self, feed_type: type[SyndicationFeed]) -> None:
        self.feed_type = feed_type

    @property
    def form(self) -> str:
        """What its address ends with."""
        return next(name for name, one in newsfeeds.FORMATS.items() if one is self.feed_type)

    def author_name(self) -> str:
        return settings.NEWSROOM_NAME

    def feed_copyright(self) -> str:
        return newsfeeds.notice()

    def item_title(self, entry: Entry) -> str:
        return printable(entry.title)

    def item_description(self, entry: Entry) -> str:
        return newsfeeds.paragraphs(*entry.lines)

    def item_link(self, entry: Entry) -> str:
        return site_address(entry.path)

    def item_guid(self, entry: Entry) -> str:
        return entry.object_id.urn

    def item_copyright(self, entry: Entry) -> str | None:
        return printable(entry.terms) or None

    def item_author_name(self, entry: Entry) -> str | None:
        return printable(entry.author) or None

    def item_categories(self, entry: Entry) -> list[str]:
        return [printable(topic) for topic in entry.topics]

    def item_pubdate(self, entry: Entry) -> dt.datetime | None:
        return entry.published_at

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        return {"language": entry.language}

    def item_updateddate(self, entry: Entry) -> dt.datetime | None:
        return entry.updated_at


class ListFeed(HouseFeed):
    """The newest twenty of a list page, under the same filters."""

    list_page: type[ListPage]
    list_name: str  # of the page's address

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        return followed(self.list_page, self.list_name, request)

    def title(self, listing: Listing) -> str:
        return title_of(listing)

    def link(self, listing: Listing) -> str:
        return site_address(listing.query.url)

    def feed_url(self, listing: Listing) -> str:
        return site_address(replace(listing.query, path=reverse(f"{self.list_name}-{self.form}")).url)

    feed_guid = link

    def description(self, listing: Listing) -> str:
        return str(listing.view.intro) or tagline()


def followed(list_page: type[ListPage], name: str, request: HttpRequest) -> Listing:
    """The list that this request's filters leave, in its usual order and from its beginning; raises `BadParameters`."""
    at, filters = timezone.now(), list_page.filters_class
    unsorted = request.GET.copy()
    unsorted.pop("sort", None)
    query, chosen = understood(reverse(name), unsorted, filters, at)
    refuse_faults(chosen)
    return Listing(list_page(), query, chosen, QueryDict(), at)


def title_of(listing: Listing) -> str:
    return printable(f"{settings.NEWSROOM_NAME}: {listing.name}")


class ArticleFeed(ListFeed):
    list_page, list_name = ArticleList, "articles"

    def items(self, listing: Listing) -> list[Entry]:
        return entries.of_stories(editions(listing.page.rows, listing.at))


class EventFeed(ListFeed):
    list_page, list_name = EventList, "events"

    def items(self, listing: Listing) -> list[Entry]:
        return entries.of_events(events_by_key([row[-1] for row in listing.page.rows]))


class PhotoFeed(ListFeed):
    list_page, list_name = PhotoList, "photos"

    def items(self, listing: Listing) -> list[Entry]:
        return entries.of_photos([row.photo for row in listing.rows])


class CorrectionFeed(ListFeed):
    list_page, list_name = CorrectionList, "corrections"

    def items(self, listing: Listing) -> list[Entry]:
        return entries.of_corrections(listing.rows)
