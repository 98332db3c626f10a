"""Detail pages: dates as a page shows them, to readers in words and to machines as far as they can read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.dates import PartialDate, season_in_words, span_in_words


def machine(date: PartialDate | None) -> str:
    """What HTML's `time` element takes: a day, a month or a year, of a season too; empty where even that is open."""
    if date is None or date.year is None or date.year_span > 1:
        return ""
    parts = [f"{date.year:04}", *(f"{part:02}" for part in (date.month, date.day) if date.month and part)]
    return "-".join(parts)


def certain_day(date: PartialDate | None) -> str:
    """ISO 8601 of a full day of which no part is inferred or in doubt; empty for any other."""
    if date is None or date.inferred or date.approximate or date.uncertain:
        return ""
    return date.iso_or_none() or ""


def certain_part(date: PartialDate | None) -> str:
    """ISO 8601 of a day, a month or a year of which no part is inferred or in doubt; empty for any other."""
    if date is None or date.inferred or date.approximate or date.uncertain:
        return ""
    return machine(date)


@dataclass(frozen=True)
class CalendarLeaf:
    """The date of an event as a leaf from a calendar: what is not known is said, never guessed."""

    day: str
    month: str
    year: str


def calendar_leaf(date: PartialDate | None, last: PartialDate | None = None) -> CalendarLeaf | None:
    if date is None:
        return None
    if last is None or last == date:
        return _in_one(date) if _is_doubtful(date) else CalendarLeaf(str(date.day or ""), _month(date), _year(date))
    if date.day is None or _is_doubtful(date):
        return _in_one(date, last)
    if date.is_day and last.is_day and (date.year, date.month) == (last.year, last.month):
        return CalendarLeaf(f"{date.day}–{last.day}", _month(date), str(date.year))
    return CalendarLeaf(str(date.day), _month(date), _("to %(last)s") % {"last": last.in_words()})


def _in_one(date: PartialDate, last: PartialDate | None = None) -> CalendarLeaf:
    """All of it as one phrase, where a day or a month in large letters would claim too much, or leave too much out."""
    return CalendarLeaf("", "", capfirst(span_in_words(date, last)))


def _is_doubtful(date: PartialDate) -> bool:
    return date.approximate or date.uncertain


def _month(date: PartialDate) -> str:
    if date.season is not None:
        return capfirst(season_in_words(date.season))
    if date.month is None:
        return _("month unknown") if date.day else ""
    return date_format(dt.date(2000, date.month, 1), pgettext("date format of a month without year", "F"))


def _year(date: PartialDate) -> str:
    if date.year is None:
        return _("year unknown")
    if date.year_span > 1:
        return PartialDate(date.year, year_span=date.year_span).in_words()
    if date.inferred:
        return _("%(year)d, inferred") % {"year": date.year} if "year" in date.inferred else str(date.year)
    day = date.earliest if date.is_day else None
    if day is None:
        return str(date.year)
    return f"{date.year}, {date_format(day, pgettext('date format of a weekday', 'l'))}"
