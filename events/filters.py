"""How readers and partners look through the diary."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from events.models import Appearance, Event, Hosting, Series
from events.querysets import EventQuerySet
from newsroom.filters import AnyOf, Bound, Filters, Rows, Sort, Words, column
from newsroom.options import TOPICS, Codes, Countries, Records
from people.filters import ORGANISATIONS, PEOPLE, names_in


def _with_place() -> Rows:
    """Events with the country in which they are held: their own, else their venue's."""
    own = NullIf(F("country"), Value(""))
    return Event.objects.annotate(place=Coalesce(own, F("venue__country"), Value("")))


def _public_series() -> Rows:
    return Series.objects.filter(pk__in=Event.objects.public().exclude(series=None).values("series"))


def _not_over_by(events: Rows, day: dt.date) -> Rows:
    return cast(EventQuerySet, events).held_between(day, None)


def _begun_by(events: Rows, day: dt.date) -> Rows:
    return cast(EventQuerySet, events).held_between(None, day)


class EventFilters(Filters):
    """Lists public events; a span finds those whose dates, however imprecise, may overlap it.

    Scheduled are those whose day is not over: of one that nobody has said was held, the status is not known.
    """

    q = Words("event", exact=names_in)
    kind = column(Event, "kind", Codes(Event.Kind), label=_("Kind of meeting"))
    topic = AnyOf(TOPICS, rows=Event.topics.through._default_manager.all, owner="event", key="topic")
    country = AnyOf(Countries(), rows=_with_place, key="place")
    organisation = AnyOf(
        ORGANISATIONS,
        label=_("Host or organiser"),
        rows=Hosting.objects.all,
        owner="event",
        key="organisation",
    )
    series = column(Event, "series", Records(_public_series))
    person = AnyOf(PEOPLE, rows=Appearance.objects.public, owner="event", key="person")
    mode = column(Event, "mode", Codes(Event.Mode), label=_("Held"))
    status = column(Event, "status", Codes(Event.Status), label=_("Status"))
    from_ = Bound(_not_over_by, is_end=False)
    to = Bound(_begun_by, is_end=True)
    sort = Sort([("newest", _("Newest first")), ("oldest", _("Oldest first"))])

    orders = {"newest": ("-starts_on_earliest", "-id"), "oldest": ("starts_on_earliest", "id")}
    place = (dt.date | None, int)

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self.filters["status"].rows = lambda: Event.objects.settled(localdate(at))

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Event.objects.public()
