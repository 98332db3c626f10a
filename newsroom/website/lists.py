"""Front of house: the lists that readers look through."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.filters import EventFilters
from events.models import Event
from newsroom import keyset
from newsroom.articles.filters import StoryFilters, editions
from newsroom.photos.filters import PhotoFilters
from newsroom.topics import TopicFilters
from newsroom.website import record_rows, spans
from newsroom.website.drawings.beads import company
from newsroom.website.drawings.bodies import network
from newsroom.website.drawings.venues import venues_map
from newsroom.website.follow import followed_as
from newsroom.website.listing import Listing, ListPage
from newsroom.website.pages.stretches import beginning
from newsroom.website.queries import Query
from newsroom.website.record_rows import EventRow, OrganisationRow, PersonRow, PhotoRow, TopicRow
from newsroom.website.rows import StoryRow, story_rows
from newsroom.website.spans import Span
from people.filters import OrganisationFilters, PersonFilters

MOST_COMING = 10
MOST_COMPARED = 20  # meetings that are looked through for who keeps meeting


def _keys(listing: Listing) -> list[int]:
    """A row of a walk ends with the key of what it stands for."""
    return [row[-1] for row in listing.page.rows]


class ArticleList(ListPage):
    filters_class = StoryFilters
    template_name = "website/article_list.html"
    heading = _("News")
    intro = _("Reports from forums, conferences and roundtables, with everyone named and every source credited.")
    feeds = followed_as("articles", has_feeds=True)

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s article", "%(number)s articles", found) % {"number": number}

    def rows(self, listing: Listing) -> list[StoryRow]:
        return story_rows(editions(listing.page.rows, listing.at), listing.at, words=listing.words)


class EventList(ListPage):
    filters_class = EventFilters
    template_name = "website/event_list.html"
    heading = _("Events")
    intro = _("Where science meets foreign policy: who called the meeting, who spoke, and what became of it.")
    feeds = followed_as("events", has_feeds=True, has_calendar=True)

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s event", "%(number)s events", found) % {"number": number}

    def spans(self, today: dt.date) -> list[Span]:
        return spans.held(today)

    def rows(self, listing: Listing) -> list[EventRow]:
        return record_rows.event_rows(record_rows.events_by_key(_keys(listing)), words=listing.words)

    def beside(self, listing: Listing) -> dict[str, Any]:
        """On the first page: where they meet; of the whole list what lies ahead, of a part of it who keeps meeting."""
        if listing.place.values:
            return {}
        beside: dict[str, Any] = {"map": venues_map(listing.filters.matching(), partial(_at_place, listing.query))}
        if listing.query:
            return {**beside, "company": company(_newest(listing))}
        coming = Event.objects.public().ahead(localdate(listing.at)).select_related("venue", "series")
        return {**beside, "is_whole": True, "coming": beginning(lambda: record_rows.event_rows(coming[:MOST_COMING]))}


def _newest(listing: Listing) -> list[Event]:
    found = keyset.ordered(listing.filters.matching(), EventFilters.orders["newest"])
    return list(found[:MOST_COMPARED])


def _at_place(query: Query, name: str) -> str:
    """The same list, of what names this place too."""
    words = " ".join(filter(None, [query.first("q"), name]))
    return replace(query, given={"q": (words,), **query.without("q").given}).url


class PersonList(ListPage):
    filters_class = PersonFilters
    template_name = "website/person_list.html"
    heading = _("People")
    intro = _("Everyone named in our reports, under every spelling in which they are printed.")
    feeds = followed_as("people")

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s person", "%(number)s people", found) % {"number": number}

    def rows(self, listing: Listing) -> list[PersonRow]:
        return record_rows.person_rows(_keys(listing), listing.at, words=listing.words)


class OrganisationList(ListPage):
    filters_class = OrganisationFilters
    template_name = "website/organisation_list.html"
    heading = _("Organisations")
    intro = _("Ministries, institutes and universities that people speak for.")
    feeds = followed_as("organisations")

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s organisation", "%(number)s organisations", found) % {"number": number}

    def rows(self, listing: Listing) -> list[OrganisationRow]:
        return record_rows.organisation_rows(_keys(listing), words=listing.words)

    def beside(self, listing: Listing) -> dict[str, Any]:
        """On the first page of the whole list: who meets whom."""
        return {} if listing.query or listing.place.values else {"network": network()}


class TopicList(ListPage):
    filters_class = TopicFilters
    template_name = "website/topic_list.html"
    heading = _("Topics")
    intro = _("What the meetings are about; each topic gathers its stories, events and speakers.")
    feeds = followed_as("topics")

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s topic", "%(number)s topics", found) % {"number": number}

    def rows(self, listing: Listing) -> list[TopicRow]:
        return record_rows.topic_rows(_keys(listing), listing.at)


class PhotoList(ListPage):
    filters_class = PhotoFilters
    template_name = "website/photo_list.html"
    heading = _("Photos")
    intro = _("Pictures and their captions: who stands where, at which meeting, and who took them.")
    feeds = followed_as("photos", has_feeds=True)

    def counted(self, found: int, number: str) -> str:
        return ngettext("%(number)s photo", "%(number)s photos", found) % {"number": number}

    def spans(self, today: dt.date) -> list[Span]:
        return spans.years(today)

    def rows(self, listing: Listing) -> list[PhotoRow]:
        return record_rows.photo_rows(_keys(listing), listing.at)
