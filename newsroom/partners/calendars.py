"""The diary as iCalendar (RFC 5545), from stored documents; an event whose day is not known is never given one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from events.models import Event
from newsroom import __version__
from newsroom.changes import Document
from newsroom.dates import PartialDate
from newsroom.models import Change
from newsroom.partners import reservation

CONTENT_TYPE = "text/calendar; charset=utf-8"
MOST = 500  # events in one calendar
REFRESH = dt.timedelta(hours=1)
STATUS = {Event.Status.CANCELLED: "CANCELLED", Event.Status.POSTPONED: "TENTATIVE"}

Recorded = tuple[Change, Document]


def calendar(events: Iterable[Recorded], name: str) -> icalendar.Calendar:
    """The events that have a day; how many have none is said in the calendar's description."""
    placed, missing = [], 0
    for entry, document in events:
        hours = Hours.recorded(document)
        if hours.start is None:
            missing += 1
        else:
            placed.append(_component(entry, document, hours))
    held = _empty_calendar(name, missing)
    for component in placed:
        held.add_component(component)
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
    held.add("x-tdm-reservation", "1")
    held.add("x-tdm-policy", reservation.policy_address())
    if missing:
        words = ngettext(
            "%(missing)d event is left out, since its day is not known.",
            "%(missing)d events are left out, since their days are not known.",
            missing,
        )
        held.add("x-wr-caldesc", words % {"missing": missing})
    return held


def _component(entry: Change, document: Document, hours: Hours) -> icalendar.Event:
    component = icalendar.Event()
    component.add("uid", entry.object_id.urn)
    component.add("sequence", entry.version)
    component.add("dtstamp", entry.changed_at)
    component.add("last-modified", entry.changed_at)
    component.add("summary", title_of(document))
    component.add("dtstart", hours.start)
    if hours.end:
        component.add("dtend", hours.end)
    component.add("status", STATUS.get(_status(document), "CONFIRMED"))
    if is_off(document):
        component.add("transp", "TRANSPARENT")
    component.add("url", document["url"])
    for name, value in _details(document):
        component.add(name, value)
    return component


def _status(document: Document) -> Event.Status:
    return Event.Status(document["status"])


def is_off(document: Document) -> bool:
    """Whether nobody should come on the day that stands there."""
    return _status(document) in STATUS


def title_of(document: Document) -> str:
    """The event's name, with a word where it does not take place then: few calendars show a status."""
    words = _("%(event)s (%(status)s)") % {"event": document["name"], "status": _status(document).label}
    return words if is_off(document) else str(document["name"])


def _details(document: Document) -> Iterator[tuple[str, object]]:
    """What is known beyond day and name."""
    date = date_of(document, "starts_on")
    inferred = [_("Date: %(date)s") % {"date": date.in_words()}] if date and date.inferred else []
    if lines := [line for line in (document["theme"], document["summary"], *inferred) if line]:
        yield "description", "\n\n".join(lines)
    if topics := [one["name"] for one in document["topics"]]:
        yield "categories", topics
    if venue := document["venue"]:
        yield "location", place_in_words(venue)
        if venue["latitude"] is not None and venue["longitude"] is not None:
            yield "geo", (venue["latitude"], venue["longitude"])


def place_in_words(venue: Document) -> str:
    named = ", ".join(part for part in (venue["name"], venue["city"]) if part)
    country = str(countries.name(venue["country"])) if venue["country"] else ""
    return ", ".join(part for part in (named, venue["address"], country) if part)


def date_of(document: Document, name: str) -> PartialDate | None:
    return PartialDate.parse(document[name]["edtf"]) if document[name] else None


def _moment_of(document: Document, name: str) -> dt.datetime | None:
    return dt.datetime.fromisoformat(document[name]) if document[name] else None


@dataclass(frozen=True)
class Hours:
    """When an event is, as far as a calendar can hold that."""

    starts_on: PartialDate | None
    ends_on: PartialDate | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    zone: str

    @classmethod
    def of(cls, event: Event) -> Hours:
        """Reads `event.venue`."""
        zone = event.venue.time_zone if event.venue else ""
        return cls(event.starts_on, event.ends_on, event.starts_at, event.ends_at, zone)

    @classmethod
    def recorded(cls, document: Document) -> Hours:
        dates = date_of(document, "starts_on"), date_of(document, "ends_on")
        moments = _moment_of(document, "starts_at"), _moment_of(document, "ends_at")
        return cls(*dates, *moments, document["venue"]["time_zone"] if document["venue"] else "")

    @property
    def start(self) -> dt.date | None:
        """The instant where one is known, else the day; None where the source does not say the day for certain."""
        return self._local(self.starts_at) if self.starts_at and not self._lasts_days else _day(self.starts_on)

    @property
    def end(self) -> dt.date | None:
        """The instant, or the day *after* the last one, as iCalendar counts; None leaves it open."""
        if self.starts_at and not self._lasts_days:
            return self._local(self.ends_at) if self.ends_at else None
        last = _day(self.ends_on)
        return last + dt.timedelta(days=1) if last else None

    @property
    def _lasts_days(self) -> bool:
        """Whether it ends on a later day at no hour that is known; a calendar takes both ends by the hour or none."""
        first, last = _day(self.starts_on), _day(self.ends_on)
        return self.ends_at is None and first is not None and last is not None and first < last

    def _local(self, moment: dt.datetime) -> dt.datetime:
        """In the zone of the venue; in UTC where that is not known, or where its clocks show the hour once more.

        Of two hours by one name, iCalendar means the first.
        """
        local = moment.astimezone(ZoneInfo(self.zone) if self.zone else dt.UTC)
        return local.astimezone(dt.UTC) if local.fold else local


def _day(date: PartialDate | None) -> dt.date | None:
    is_certain = date is not None and date.is_day and not (date.approximate or date.uncertain)
    return date.earliest if date and is_certain else None
