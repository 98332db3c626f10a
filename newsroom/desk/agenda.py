"""The desk's agenda: what falls into a span of days, of stories and of the diary, as far as this user may see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom import policy
from newsroom.articles import work
from newsroom.articles.models import Article
from newsroom.dates import PartialDate
from newsroom.desk_pages import form_of
from newsroom.models import User
from newsroom.website.calendars import end_of, start_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOST = 500  # of each sort
A_YEAR = dt.timedelta(days=366)  # what is known by its year alone stands at its first day
DAY = dt.timedelta(days=1)

LABELS: dict[str, StrOrPromise] = {
    "due": _("due"),
    "scheduled": _("scheduled"),
    "published": _("published"),
    "event": _("event"),
}


@dataclass(frozen=True)
class Span:
    """Days of the newsroom's calendar, the last one included, seen at a moment."""

    first: dt.date
    last: dt.date
    at: dt.datetime

    @property
    def opens(self) -> dt.datetime:
        return midnight(self.first)

    @property
    def closes(self) -> dt.datetime:
        return midnight(self.last + DAY)


@dataclass(frozen=True)
class Wanted:
    """Which stories are shown: one colleague's, in one state, or all."""

    who: User | None = None
    state: str = ""

    def among(self, stories: QuerySet[Any]) -> QuerySet[Any]:
        if self.who:
            stories = stories.filter(work.own(self.who))
        return stories.filter(state=self.state) if self.state else stories


@dataclass(frozen=True)
class Entry:
    """One line of the agenda: on which days, and at what moment if it has one; without days, `words` say when."""

    kind: str
    title: str
    address: str
    record: Article | Event = field(repr=False)
    first: dt.date | None = None
    last: dt.date | None = None
    moment: dt.datetime | None = None
    words: str = ""

    @property
    def label(self) -> StrOrPromise:
        return LABELS[self.kind]

    @property
    def order(self) -> tuple[Any, ...]:
        """Whole days first, then by the clock."""
        return (self.moment is not None, self.moment or timezone.now(), self.kind, self.title)


def midnight(day: dt.date) -> dt.datetime:
    """The first moment of a day in the newsroom's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def entries(user: User, span: Span, wanted: Wanted | None = None) -> list[Entry]:
    """All that falls into the span, at most `MOST` of each sort."""
    wanted = wanted or Wanted()
    return [*due(user, span, wanted), *scheduled(user, span, wanted), *published(user, span, wanted), *held(user, span)]


def due(user: User, span: Span, wanted: Wanted) -> Iterator[Entry]:
    stories = work.seen(user).filter(state__in=work.UNFINISHED, due_on__gte=span.first, due_on__lte=span.last)
    for story in _listed(wanted.among(stories), "due_on"):
        yield Entry("due", story.headline, _address(story), story, story.due_on, story.due_on)


def scheduled(user: User, span: Span, wanted: Wanted) -> Iterator[Entry]:
    stories = work.appearing(user, max(span.at, span.opens), span.closes)
    for story in _listed(wanted.among(stories), "opens_at"):
        yield _at_a_moment("scheduled", story, story.opens_at, story.headline)


def published(user: User, span: Span, wanted: Wanted) -> Iterator[Entry]:
    """Stories that readers have, at the moment of their first edition."""
    stories = work.first_published(user, span.opens, min(span.at, span.closes), span.at)
    for story in _listed(wanted.among(stories), "published_at"):
        yield _at_a_moment("published", story, story.published_at, story.printed_headline)


def held(user: User, span: Span) -> Iterator[Entry]:
    """Events on their days; those whose day is not known follow the words of their source."""
    known = policy.seen_by(user, Event.objects.filter(trashed_at=None)).select_related("venue")
    begun = known.filter(starts_on_earliest__gte=span.first - A_YEAR, starts_on_earliest__lte=span.last)
    lasting = begun.filter(Q(starts_on_latest__gte=span.first) | Q(ends_on_latest__gte=span.first))
    for event in lasting.order_by("starts_on_earliest", "pk")[:MOST]:
        yield _event(event)


def _event(event: Event) -> Entry:
    address = form_of(event)
    start, end = start_of(event), end_of(event)
    if start is None:
        return Entry("event", event.name, address, event, words=_when(event.starts_on))
    if isinstance(start, dt.datetime):
        last = _day(end) if isinstance(end, dt.datetime) else _day(start)
        return Entry("event", event.name, address, event, _day(start), last, start)
    return Entry("event", event.name, address, event, start, end - DAY if end else start)


def _at_a_moment(kind: str, story: Article, moment: dt.datetime, headline: str) -> Entry:
    return Entry(kind, headline, _address(story), story, _day(moment), _day(moment), moment)


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localtime(moment).date()


def _when(date: PartialDate | None) -> str:
    return date.in_words() if date else ""


def _address(story: Article) -> str:
    return form_of(story)


def _listed(stories: QuerySet[Any], order: str) -> QuerySet[Any]:
    return stories.defer("body", "desk_note").order_by(F(order), "pk")[:MOST]
