"""Front of house: the diary as iCalendar (RFC 5545); an event whose day is not known is never given one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

import icalendar
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import __version__, keyset
from newsroom.dates import PartialDate
from newsroom.documents import address
from newsroom.models import Change
from newsroom.website.feeds import followed, title_of
from newsroom.website.lists import EventList
from newsroom.website.moved import following

MOST = 500  # events in one calendar
REFRESH = dt.timedelta(hours=1)
STATUS = {Event.Status.CANCELLED: "CANCELLED", Event.Status.POSTPONED: "TENTATIVE"}


@require_safe
def events_calendar(request: HttpRequest) -> HttpResponse:
    """The events that the filters of their list leave, the newest first."""
    listing = followed(EventList, "events", request)
    events = keyset.ordered(listing.filters.matching(), listing.filters.order).select_related("venue")[:MOST]
    return _answer(calendar(events, title_of(listing)), "events.ics")


@require_safe
@following("event")
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("venue"), slug=slug)
    if start_of(event) is None:
        words = _("The day of this event is not known (%(date)s), so no calendar can hold it.")
        date = event.starts_on.in_words() if event.starts_on else _("no date")
        return HttpResponseNotFound(words % {"date": date}, content_type="text/plain; charset=utf-8")
    return _answer(calendar([event], event.name), f"{slug}.ics")


def _answer(held: icalendar.Calendar, name: str) -> HttpResponse:
    response = HttpResponse(held.to_ical(), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def calendar(events: Iterable[Event], name: str) -> icalendar.Calendar:
    """The events that have a day; how many have none is said in the calendar's description."""
    placed = [(event, start) for event in events if (start := start_of(event)) is not None]
    missing = sum(1 for event in events if start_of(event) is None)
    held = _empty_calendar(name, missing)
    ids = [event.uuid for event, _start in placed]
    changes = {
        change.object_id: change for change in Change.objects.filter(kind="event", object_id__in=ids).defer("document")
    }
    for event, start in placed:
        held.add_component(_component(event, start, changes.get(event.uuid)))
    held.add_missing_timezones()
    return held


def _empty_calendar(name: str, missing: int) -> icalendar.Calendar:
    held = icalendar.Calendar()
    held.add("version", "2.0")
    held.add("prodid", f"-//Attaché//Attaché {__version__}//EN")
    held.add("calscale", "GREGORIAN")
    held.add("method", "PUBLISH")
    held.add("x-wr-calname", name)
    held.add("refresh-interval", REFRESH)
    held.add("x-published-ttl", "PT1H")
    if missing:
        words = ngettext(
            "%(missing)d event is left out, since its day is not known.",
            "%(missing)d events are left out, since their days are not known.",
            missing,
        )
        held.add("x-wr-caldesc", words % {"missing": missing})
    return held


def _component(event: Event, start: dt.date, change: Change | None) -> icalendar.Event:
    """`change` gives the version; None before the feed has met the event."""
    component = icalendar.Event()
    component.add("uid", event.uuid.urn)
    component.add("sequence", change.version if change else 0)
    component.add("dtstamp", change.changed_at if change else timezone.now())
    component.add("summary", event.name)
    component.add("dtstart", start)
    if end := end_of(event):
        component.add("dtend", end)
    component.add("status", STATUS.get(Event.Status(event.status), "CONFIRMED"))
    component.add("url", address(event))
    for name, value in _details(event):
        component.add(name, value)
    return component


def _details(event: Event) -> Iterator[tuple[str, object]]:
    """What is known beyond day and name."""
    date = event.starts_on
    inferred = [_("Date: %(date)s") % {"date": date.in_words()}] if date and date.inferred else []
    if lines := [line for line in (event.theme, event.summary, *inferred) if line]:
        yield "description", "\n\n".join(lines)
    if venue := event.venue:
        yield "location", ", ".join(part for part in (str(venue), venue.address, str(venue.country.name)) if part)
        if venue.latitude is not None and venue.longitude is not None:
            yield "geo", (float(venue.latitude), float(venue.longitude))


def start_of(event: Event) -> dt.date | None:
    """The instant where one is known, else the day; None where the source does not say the day for certain."""
    return _local(event, event.starts_at) if event.starts_at else _day(event.starts_on)


def end_of(event: Event) -> dt.date | None:
    """The instant, or the day *after* the last one, as iCalendar counts; None leaves it open."""
    if event.starts_at:
        return _local(event, event.ends_at) if event.ends_at else None
    last = _day(event.ends_on)
    return last + dt.timedelta(days=1) if last else None


def _day(date: PartialDate | None) -> dt.date | None:
    is_certain = date is not None and date.is_day and not (date.approximate or date.uncertain)
    return date.earliest if date and is_certain else None


def _local(event: Event, moment: dt.datetime) -> dt.datetime:
    """In the zone of the venue; in UTC where that is not known."""
    zone = event.venue.time_zone if event.venue else ""
    return moment.astimezone(ZoneInfo(zone) if zone else dt.UTC)
