"""Which events, appearances and statements the public may see; the attribution rule is part of the answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from newsroom.dates import overlapping
from newsroom.querysets import EmbargoedQuerySet, out

if TYPE_CHECKING:
    from events.models import Appearance, Event, Statement  # noqa: F401  named in quotes

RULE_OF_SILENCE = "chatham-house"


class EventQuerySet(EmbargoedQuerySet["Event"]):
    """Questions about events."""

    def held_between(self, start: dt.date | None, end: dt.date | None) -> Self:
        """Those whose dates, however imprecise, may overlap the span; an open end is None."""
        begun = overlapping("starts_on", None, end)
        not_over = overlapping("starts_on", start, None) | overlapping("ends_on", start, None)
        return self.filter(begun, not_over)

    def coming(self, today: dt.date) -> Self:
        """Those that may still lie ahead."""
        return self.filter(Q(starts_on_latest__gte=today) | Q(ends_on_latest__gte=today))

    def ahead(self, today: dt.date) -> Self:
        """Those of which it is not known that they were held, the nearest first."""
        return self.coming(today).exclude(status="held").order_by("starts_on_earliest", "pk")

    def settled(self, today: dt.date) -> Self:
        """Those of which their status is still true: all but the ones announced for a day that is over."""
        last_day_is_over = Q(ends_on="", starts_on_latest__lt=today) | Q(ends_on_latest__lt=today)
        return self.exclude(last_day_is_over, status="scheduled")

    def naming_people(self) -> Self:
        """Those at which people may be named as having been there."""
        return self.exclude(attribution=RULE_OF_SILENCE)


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    """Questions about appearances."""

    def public(self) -> Self:
        """Parts in public events that may be named: none under the Chatham House Rule."""
        return self.filter(out(of="event__")).exclude(event__attribution=RULE_OF_SILENCE)


class StatementQuerySet(models.QuerySet["Statement"]):
    """Questions about statements."""

    def public(self) -> Self:
        """Words from public events that may be attributed: none under the Chatham House Rule."""
        return self.filter(out(of="event__")).exclude(event__attribution=RULE_OF_SILENCE)
