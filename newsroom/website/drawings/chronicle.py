"""Drawings: what happened in a series of meetings or on a topic: meetings, stories, and words on record."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Statement
from newsroom.articles.models import Edition, EditionFacet
from newsroom.dates import PartialDate, span_in_words
from newsroom.website.drawings.timeline import MOST_ROWS, Happening, Timeline, timeline
from newsroom.website.pages.links import Link, link
from newsroom.website.pages.topic import TopicPage

MOST_STORIES = 60
MOST_STATEMENTS = 300


@dataclass(frozen=True)
class Chronicle:
    """The drawing, and all that is in it in the order of time, for the table beside it."""

    drawing: Timeline
    entries: list[tuple[str, str, Link]]
    undated: int


def chronicle_of_topic(page: TopicPage) -> Chronicle | None:
    return _chronicle(page.events, [row.edition for row in page.stories])


def chronicle_of_series(event: Event, at: dt.datetime) -> Chronicle | None:
    """The newest public meetings of the series that this one belongs to; none of a meeting that stands alone."""
    if event.series_id is None:
        return None
    series = Event.objects.public().filter(series=event.series_id)
    events = list(series.order_by("-starts_on_earliest", "-pk")[:MOST_ROWS])
    return _chronicle(events, _stories_about(events, at)) if len(events) > 1 else None


def _stories_about(events: Sequence[Event], at: dt.datetime) -> list[Edition]:
    shelf = EditionFacet.objects.visible(at).filter(
        facet=EditionFacet.Facet.EVENT, value__in=[str(event.pk) for event in events]
    )
    newest = shelf.order_by("-first_published_at", "-article_id").values("edition")[:MOST_STORIES]
    return list(Edition.objects.filter(pk__in=list(newest.values_list("edition", flat=True))).in_lists())


def _chronicle(events: Sequence[Event], stories: Sequence[Edition]) -> Chronicle | None:
    held = [one for event in events if (one := _happening(event))]
    published = [localdate(story.first_published_at) for story in stories]
    said = _said(events)
    drawing = timeline(held, [(_("Articles"), published), (_("Statements"), [day for day, _event in said])])
    if drawing is None:
        return None
    entries = [
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


def _times_said(number: int) -> str:
    return ngettext("%(n)d statement", "%(n)d statements", number) % {"n": number}


def _story(edition: Edition) -> Link:
    return Link(edition.headline, edition.get_absolute_url())


def _words(day: dt.date) -> str:
    return PartialDate(day.year, day.month, day.day).in_words()
