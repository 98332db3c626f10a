"""Front of house: any list of stories or events as RSS 2.0, Atom and JSON Feed 1.1, filtered as the page is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import gettext as _

from events.models import Event
from newsroom.articles.filters import editions
from newsroom.articles.models import Edition
from newsroom.documents import ai_training, site_address
from newsroom.models import Change, Source, Topic
from newsroom.partners import newsfeeds, reservation
from newsroom.partners.newsfeeds import printable
from newsroom.website.listing import Listing, ListPage, Query
from newsroom.website.lists import ArticleList, EventList
from newsroom.website.pages.days import span_in_words
from newsroom.website.pages.places import where_in_words
from newsroom.website.record_rows import events_by_key


@dataclass(frozen=True)
class Entry:
    """One story or event in a feed; `updated_at` is when the public last saw it change."""

    object_id: UUID
    path: str
    title: str
    lines: tuple[str, ...]
    updated_at: dt.datetime | None
    published_at: dt.datetime | None = None
    author: str = ""
    topics: list[str] = field(default_factory=list)
    terms: str = ""


if TYPE_CHECKING:
    EntryFeed = Feed[Entry, Listing]
else:
    EntryFeed = Feed  # generic in the stubs only


class ListFeed(EntryFeed):
    """The newest twenty of a list page, under the same filters; every address starts with SITE_URL."""

    list_page: type[ListPage]
    list_name: str  # of the page's address
    item_guid_is_permalink = False

    def __init__(self, feed_type: type[SyndicationFeed]) -> None:
        self.feed_type = feed_type

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Listing:
        return followed(self.list_page, self.list_name, request)

    def title(self, listing: Listing) -> str:
        return title_of(listing)

    def link(self, listing: Listing) -> str:
        return site_address(listing.query.url)

    def feed_url(self, listing: Listing) -> str:
        suffix = next(name for name, one in newsfeeds.FORMATS.items() if one is self.feed_type)
        return site_address(replace(listing.query, path=reverse(f"{self.list_name}-{suffix}")).url)

    feed_guid = link

    def description(self, listing: Listing) -> str:
        return str(listing.view.intro) or settings.NEWSROOM_TAGLINE

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
        return entry.terms or None

    def item_author_name(self, entry: Entry) -> str | None:
        return printable(entry.author) or None

    def item_categories(self, entry: Entry) -> list[str]:
        return [printable(topic) for topic in entry.topics]

    def item_pubdate(self, entry: Entry) -> dt.datetime | None:
        return entry.published_at

    def item_updateddate(self, entry: Entry) -> dt.datetime | None:
        return entry.updated_at


def followed(list_page: type[ListPage], name: str, request: HttpRequest) -> Listing:
    """The list that this request's filters leave, in its usual order and from its beginning."""
    at, filters = timezone.now(), list_page.filters_class
    query = Query.read(reverse(name), request.GET, filters.base_filters).without("sort")
    return Listing(list_page(), query, filters(query.data, at=at), QueryDict(), at)


def title_of(listing: Listing) -> str:
    """The list with its filters in words; without a number, which would change with every story."""
    words = [f"“{listing.words}”"] if listing.words else []
    asked = ", ".join([*words, *(chip.label for chip in listing.chips)])
    name = f"{settings.NEWSROOM_NAME}: {listing.heading}"
    return printable(f"{name} – {asked}") if asked else name


class ArticleFeed(ListFeed):
    list_page, list_name = ArticleList, "articles"

    def items(self, listing: Listing) -> list[Entry]:
        stories = editions(listing.page.rows, listing.at)
        sources = _sources(stories)
        changed = changed_at("article", [story.article.uuid for story in stories])
        topics = _topics(stories)
        return [_story(story, sources, topics, changed.get(story.article.uuid)) for story in stories]


def _story(
    story: Edition, sources: Mapping[str, Source], topics: Mapping[str, str], updated_at: dt.datetime | None
) -> Entry:
    used = [sources[slug] for slug in story.story["sources"] if slug in sources]
    credited = dict.fromkeys(source.publisher for source in used)
    credit = _("Source: %(publishers)s") % {"publishers": ", ".join(credited)} if credited else ""
    return Entry(
        object_id=story.article.uuid,
        path=story.get_absolute_url(),
        title=story.headline,
        lines=(story.standfirst, credit),
        updated_at=updated_at or story.visible_from,
        published_at=story.first_published_at,
        author=", ".join(byline["name"] for byline in story.story["bylines"]),
        topics=[topics[topic["id"]] for topic in story.story["topics"] if topic["id"] in topics],
        terms=reservation.training_in_words(ai_training(used)),
    )


class EventFeed(ListFeed):
    list_page, list_name = EventList, "events"

    def items(self, listing: Listing) -> list[Entry]:
        events = events_by_key([key for *_place, key in listing.page.rows])
        changed = changed_at("event", [event.uuid for event in events])
        return [_event(event, changed.get(event.uuid)) for event in events]


def _event(event: Event, updated_at: dt.datetime | None) -> Entry:
    """When it was announced is not known, so an event has no day of publication."""
    is_off = event.status in {Event.Status.CANCELLED, Event.Status.POSTPONED}
    title = _("%(event)s (%(status)s)") % {"event": event.name, "status": event.get_status_display()}
    when_and_where = [span_in_words(event.starts_on, event.ends_on), where_in_words(event)]
    return Entry(
        object_id=event.uuid,
        path=event.get_absolute_url(),
        title=title if is_off else event.name,
        lines=(" · ".join(filter(None, when_and_where)), event.theme, event.summary),
        updated_at=updated_at or timezone.now(),
    )


def _sources(stories: Collection[Edition]) -> dict[str, Source]:
    slugs = {slug for story in stories for slug in story.story["sources"]}
    return {one.slug: one for one in Source.objects.filter(slug__in=slugs).only("slug", "publisher", "ai_training")}


def _topics(stories: Collection[Edition]) -> dict[str, str]:
    """The names of public topics only, by id."""
    ids = {UUID(topic["id"]) for story in stories for topic in story.story["topics"]}
    return {str(one): name for one, name in Topic.objects.public().filter(uuid__in=ids).values_list("uuid", "name")}


def changed_at(kind: str, object_ids: Collection[UUID]) -> dict[UUID, dt.datetime]:
    """When the public last saw each of these objects change."""
    return dict(Change.objects.filter(kind=kind, object_id__in=object_ids).values_list("object_id", "changed_at"))
