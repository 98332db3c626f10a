"""Front of house: the diary as iCalendar, under the filters of the list of events."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Mapping
from uuid import UUID

import icalendar
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import keyset
from newsroom.changes import Document
from newsroom.documents import site_address
from newsroom.local_names import if_read_here, name_of
from newsroom.models import Change
from newsroom.partners.calendars import CONTENT_TYPE, MOST, Hours, Recorded, calendar
from newsroom.website.entries import names_of_topics
from newsroom.website.feeds import followed, title_of
from newsroom.website.lists import EventList
from newsroom.website.moved import following


@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """The events that the filters of their list leave, the newest first."""
    listing = followed(EventList, "events", request)
    events = keyset.ordered(listing.filters.matching(), listing.filters.order)
    held = calendar(_recorded(list(events.values_list("uuid", flat=True)[:MOST])), title_of(listing))
    return _answer(held, "events.ics")


@require_safe
@following("event")
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("venue"), slug=slug)
    if start_of(event) is None:
        words = _("The day of this event is not known (%(date)s), so no calendar can hold it.")
        date = event.starts_on.in_words() if event.starts_on else _("no date")
        return HttpResponseNotFound(words % {"date": date}, content_type="text/plain; charset=utf-8")
    return _answer(calendar(_recorded([event.uuid]), name_of(event)), f"{slug}.ics")


def _recorded(ids: Collection[UUID]) -> list[Recorded]:
    """What the feed keeps of these for the public, in their order."""
    found = {entry.object_id: entry for entry in Change.objects.current().filter(kind="event", object_id__in=ids)}
    kept = {one: json.loads(found[one].document) for one in ids if one in found}
    topics = names_of_topics(topic["id"] for document in kept.values() for topic in document["topics"])
    return [(found[one], _in_this_language(document, topics)) for one, document in kept.items()]


def _in_this_language(document: Document, topics: Mapping[str, str]) -> Document:
    """What is kept for everybody leads to the page without prefix, and names the event and its topics in English."""
    name = if_read_here(document["native_name"]) or document["name"]
    named = [topic | {"name": topics.get(topic["id"], topic["name"])} for topic in document["topics"]]
    address = site_address(reverse("event", args=[document["slug"]]))
    return document | {"name": name, "url": address, "topics": named}


def _answer(held: icalendar.Calendar, name: str) -> HttpResponse:
    response = HttpResponse(held.to_ical(), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def start_of(event: Event) -> dt.date | None:
    return Hours.of(event).start


def end_of(event: Event) -> dt.date | None:
    return Hours.of(event).end
