"""Drawings: what happened in a series of meetings or on a topic: meetings, stories, and words on record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.filters import EventFilters
from events.models import Event, Statement
from events.querysets import EventQuerySet
from newsroom import keyset
from newsroom.articles.models import Edition, EditionFacet
from newsroom.dates import PartialDate, span_in_words
from newsroom.website.drawings.timeline import MOST_ROWS, Happening, Timeline, timeline
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.topic import TopicPage

MOST_STORIES = 60
MOST_STATEMENTS = 300
MOST_EARLIER = 1_000  # meetings that are counted by year where there are too many to be drawn


@dataclass(frozen=True)
class Chronicle:
    """The drawing, and all that is in it in the order of time, for the table beside it."""

    drawing: Timeline
    entries: list[tuple[str, str, Link]]
    undated: int


def chronicle_of_topic(page: TopicPage) -> Chronicle | None:
    meetings = _Meetings(Event.objects.public().filter(topics=page.topic), f"topic={page.topic.slug}")
    return _chronicle(page.events, [row.edition for row in page.stories], meetings)


def chronicle_of_series(event: Event, at: dt.datetime) -> Chronicle | None:
    """The newest public meetings of the series that this one belongs to; none of a meeting that stands alone."""
    if event.series is None:
        return None
    meetings = _Meetings(Event.objects.public().filter(series=event.series), f"series={event.series.slug}")
    events = list(keyset.ordered(meetings.all, EventFilters.orders["newest"])[:MOST_ROWS])
    return _chronicle(events, _stories_about(events, at), meetings) if len(events) > 1 else None


@dataclass(frozen=True)
class _Meetings:
    """All that a chronicle is of, and the filter under which the list has them."""

    all: EventQuerySet
    filter: str

    def in_years_before(self, drawn: Sequence[Event]) -> Counter[int]:
        """How many others there were in each year, in those that can be counted whole."""
        others = self.all.exclude(pk__in=[event.pk for event in drawn]).exclude(starts_on_earliest=None)
        newest = others.order_by("-starts_on_earliest", "-pk").values_list("starts_on_earliest", "starts_on_latest")
        spans = [(start, end) for start, end in newest[:MOST_EARLIER] if start and end]
        first = spans[-1][0].year + 1 if len(spans) == MOST_EARLIER else 0
        return Counter(start.year for start, end in spans if start.year == end.year >= first)

    def of(self, year: int) -> Link:
        years = f"from={year}&to={year}"
        return Link(_("Events of %(year)d") % {"year": year}, f"{reverse('events')}?{self.filter}&{years}")


def _stories_about(events: Sequence[Event], at: dt.datetime) -> list[Edition]:
    shelf = EditionFacet.objects.visible(at).filter(
        facet=EditionFacet.Facet.EVENT, value__in=[str(event.pk) for event in events]
    )
    newest = shelf.order_by("-first_published_at", "-article_id").values("edition")[:MOST_STORIES]
    return list(Edition.objects.filter(pk__in=list(newest.values_list("edition", flat=True))).in_lists())


def _chronicle(events: Sequence[Event], stories: Sequence[Edition], meetings: _Meetings) -> Chronicle | None:
    earlier = meetings.in_years_before(events)
    held = [one for event in events if (one := _happening(event))]
    published = [localdate(story.first_published_at) for story in stories]
    said = _said(events)
    lanes = [
        (_("Earlier events, by year"), [dt.date(year, 7, 1) for year in earlier.elements()]),
        (_("Articles"), published),
        (_("Statements"), [day for day, _event in said]),
    ]
    drawing = timeline(held, lanes)
    if drawing is None:
        return None
    entries = [
        *((dt.date(year, 7, 1), str(year), _meetings(n), meetings.of(year)) for year, n in earlier.items()),
        *((one.first, one.words, _("Event"), one.link) for one in held),
        *((day, _words(day), _("Article"), _story(one)) for day, one in zip(published, stories, strict=True)),
        *((day, _words(day), _times_said(number), link(event)) for (day, event), number in Counter(said).items()),
    ]
    rows = [(words, kind, to) for _day, words, kind, to in sorted(entries, key=lambda entry: (entry[0], entry[3]))]
    return Chronicle(drawing, rows, len(events) - len(held))


def _happening(event: Event) -> Happening | None:
    """None where not even the year is known."""
    start, end = event.starts_on, event.ends_on or event.starts_on
    if start is None or end is None or start.earliest is None or end.latest is None:
        return None
    is_settled = not event.is_off and all(_is_settled(day) for day in (start, end))
    return Happening(link(event), _when(event), start.earliest, end.latest, is_settled)


def _when(event: Event) -> str:
    days = span_in_words(event.starts_on, event.ends_on)
    return f"{days} ({event.get_status_display()})" if event.is_off else days


def _is_settled(date: PartialDate) -> bool:
    return date.is_day and not (date.inferred or date.approximate or date.uncertain)


def _said(events: Sequence[Event]) -> list[tuple[dt.date, Event]]:
    """When and where words on record were said, at settled meetings alone: a span has no day."""
    public = Statement.objects.public().filter(event__in=[event.pk for event in events])
    keys = public.order_by("event", "order").values_list("event", flat=True)[:MOST_STATEMENTS]
    of_key = {event.pk: event for event in events}
    return [(day, of_key[key]) for key in keys if (day := _day(of_key[key]))]


def _day(event: Event) -> dt.date | None:
    return event.starts_on.earliest if event.starts_on and _is_settled(event.starts_on) else None


def _meetings(number: int) -> str:
    return ngettext("%(n)d event", "%(n)d events", number) % {"n": number}


def _times_said(number: int) -> str:
    return ngettext("%(n)d statement", "%(n)d statements", number) % {"n": number}


def _story(edition: Edition) -> Link:
    return Link(edition.headline, edition.get_absolute_url())


def _words(day: dt.date) -> str:
    return PartialDate(day.year, day.month, day.day).in_words()
