"""Lists as news feeds and calendars through the doors of the API: exactly what whoever asks may have."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom.changes import Document
from newsroom.dates import span_in_words
from newsroom.documents import site_address
from newsroom.models import Change
from newsroom.partners import calendars, lists, newsfeeds, reservation
from newsroom.partners.calendars import CONTENT_TYPE, Recorded, calendar
from newsroom.partners.doors import PartnerView
from newsroom.partners.entitlement import Access, shaped
from newsroom.partners.newsfeeds import FeedType, paragraphs, printable
from newsroom.partners.parameters import Parameters
from newsroom.partners.problems import Overdue
from newsroom.partners.rendering import AsAddressed
from newsroom.partners.views import address_of_next, next_link, overdue, standing

Item = dict[str, Any]


class ListFeed(PartnerView):
    """A list as Atom, RSS or JSON Feed, under the filters of the list; its pages lead on as the list's do."""

    content_negotiation_class = AsAddressed
    source: lists.ObjectSource
    feed_type: ClassVar[FeedType]

    def get(self, request: Request) -> Response:
        page = _page(self, request)
        onward = address_of_next(request, page.next_cursor)
        feed = self._feed(request, onward)
        for entry, document in _recorded(page.entries, self.access):
            feed.add_item(**ITEMS[self.source.kind](entry, document))
        answer = HttpResponse(content_type=self.feed_type.content_type, headers=next_link(onward))
        feed.write(answer, "utf-8")
        return answer  # type: ignore[return-value]

    def _feed(self, request: Request, onward: str | None) -> SyndicationFeed:
        own = site_address(request.get_full_path())
        return self.feed_type(
            title=f"{settings.NEWSROOM_NAME}: {TITLES[self.source.kind]}",
            link=f"{settings.SITE_URL}/{self.source.plural}/",
            description=settings.NEWSROOM_TAGLINE,
            language=settings.LANGUAGE_CODE,
            author_name=settings.NEWSROOM_NAME,
            feed_copyright=newsfeeds.notice(),
            feed_url=own,
            feed_guid=own,
            next_url=onward,
        )


class ListCalendar(PartnerView):
    """The events of a list as iCalendar."""

    content_negotiation_class = AsAddressed
    source: lists.ObjectSource

    def get(self, request: Request) -> Response:
        page = _page(self, request, size=calendars.MOST)
        name = f"{settings.NEWSROOM_NAME}: {TITLES[self.source.kind]}"
        headers = next_link(address_of_next(request, page.next_cursor))
        return _calendar(_recorded(page.entries, self.access), name, headers)


class OneCalendar(PartnerView):
    """One event as iCalendar; 404 where its day is not known."""

    content_negotiation_class = AsAddressed
    source: lists.ObjectSource

    def get(self, request: Request, uuid: UUID) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        entry = standing(self.access, self.source.kind, uuid)
        if uuid in overdue(request):
            raise Overdue
        [(_entry, document)] = recorded = _recorded([entry], self.access)
        if calendars.Hours.recorded(document).start is None:
            raise Http404
        return _calendar(recorded, document["name"], {})


def _page(view: ListFeed | ListCalendar, request: Request, size: int | None = None) -> lists.ObjectPage:
    """The entries that are asked for; `size`: how many there are at most, and unless told."""
    parameters = Parameters(request.query_params)
    parameters.allow(view.source.names, repeated=view.source.repeated)
    limit = parameters.limit(default=size, largest=size) if size else parameters.limit()
    parameters.check()
    return view.source.page(request.query_params, view.access, limit, without=overdue(request))


def _recorded(entries: Sequence[Change], access: Access) -> list[Recorded]:
    return [(entry, json.loads(shaped(entry, access))) for entry in entries]


def _calendar(recorded: Iterable[Recorded], name: str, headers: Mapping[str, str]) -> Response:
    held = calendar(recorded, name).to_ical()
    return HttpResponse(held, content_type=CONTENT_TYPE, headers=headers)  # type: ignore[return-value]


def _story(entry: Change, document: Document) -> Item:
    """The whole text, since whoever asks here is there to print it."""
    credited = ", ".join(dict.fromkeys(one["publisher"] for one in document["sources"]))
    credit = _("Source: %(publishers)s") % {"publishers": credited} if credited else ""
    return {
        **_framed(entry, document, document["headline"]),
        "description": paragraphs(document["standfirst"], credit),
        "summary": printable(document["standfirst"]),
        "content": printable(document["body_html"]) + paragraphs(credit),
        "language": document["language"],
        "author_name": printable(", ".join(one["name"] for one in document["bylines"])) or None,
        "pubdate": dt.datetime.fromisoformat(document["first_published_at"]),
    }


def _event(entry: Change, document: Document) -> Item:
    """When it was announced is not known, so an event has no day of publication."""
    where = calendars.place_in_words(document["venue"]) if document["venue"] else ""
    when = span_in_words(*(calendars.date_of(document, name) for name in ("starts_on", "ends_on")))
    when_and_where = " · ".join(filter(None, [when, where]))
    return {
        **_framed(entry, document, calendars.title_of(document)),
        "description": paragraphs(when_and_where, document["theme"], document["summary"]),
        "author_name": None,
        "pubdate": None,
    }


def _framed(entry: Change, document: Document, title: str) -> Item:
    terms = reservation.training_in_words(reservation.training(document))
    return {
        "title": printable(title),
        "link": document["url"],
        "unique_id": entry.object_id.urn,
        "unique_id_is_permalink": False,
        "updateddate": entry.changed_at,
        "categories": [printable(topic["name"]) for topic in document["topics"]],
        "item_copyright": terms or None,
    }


ITEMS = {"article": _story, "event": _event}
TITLES = {"article": "News", "event": "Events"}
