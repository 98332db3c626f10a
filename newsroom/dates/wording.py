"""Dates with precision: saying them, to readers and back to the editor who typed them."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.dateformat import format as date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.dates.reading import LEAP_YEAR, part_name

if TYPE_CHECKING:
    from newsroom.dates.partial import PartialDate


def in_words(date: "PartialDate") -> str:
    """As a reader sees it: "about December 2023", "the 6th of an unknown month, 2025 (year inferred)"."""
    text = _extent(date)
    if date.approximate:
        text = _("about %(date)s") % {"date": text}
    if date.uncertain:
        text = _("possibly %(date)s") % {"date": text}
    if not date.inferred:
        return text
    return _("%(date)s (%(parts)s inferred)") % {"date": text, "parts": _inferred_parts(date)}


def understood(date: "PartialDate") -> str:
    """Every part by itself: "the 6th, month unknown, year 2025 inferred"; the weekday of a full day."""
    clauses = _clauses(date)
    if date.approximate:
        clauses.append(_("approximate"))
    if date.uncertain:
        clauses.append(_("uncertain"))
    return ", ".join(clauses)


def _extent(date: "PartialDate") -> str:
    if date.year is None:
        return _("%(date)s, year unknown") % {"date": _day_and_month(date)}
    if date.year_span == 10:
        return _("the %(decade)ds") % {"decade": date.year}
    if date.year_span == 100:
        return _("the years %(first)d to %(last)d") % {"first": date.year, "last": date.year + 99}
    if date.month is None and date.day is not None:
        return _("the %(day)s of an unknown month, %(year)d") % {"day": _day(date), "year": date.year}
    if date.season is not None:
        return pgettext("a season of a year", "%(season)s %(year)d") % {
            "season": season_in_words(date.season),
            "year": date.year,
        }
    return _formatted(date, _pattern(date))


def season_in_words(season: int) -> str:
    """By EDTF's number of it."""
    names = {
        21: pgettext("season", "spring"),
        22: pgettext("season", "summer"),
        23: pgettext("season", "autumn"),
        24: pgettext("season", "winter"),
    }
    return names[season]


def _pattern(date: "PartialDate") -> str:
    if date.day is not None:
        return pgettext("date format of a full day", "j F Y")
    if date.month is not None:
        return pgettext("date format of a month", "F Y")
    return pgettext("date format of a year", "Y")


def _day_and_month(date: "PartialDate") -> str:
    if date.season is not None:
        return season_in_words(date.season)
    if date.month is None:
        return _("the %(day)s of an unknown month") % {"day": _day(date)}
    if date.day is None:
        return _formatted(date, pgettext("date format of a month without year", "F"))
    return _formatted(date, pgettext("date format of a day without year", "j F"))


def _day(date: "PartialDate") -> str:
    return _formatted(date, pgettext("date format of a day without month", "jS"))


def _formatted(date: "PartialDate", pattern: str) -> str:
    return date_format(dt.date(date.year or LEAP_YEAR, date.month or 1, date.day or 1), pattern)


def _inferred_parts(date: "PartialDate") -> str:
    parts = [part for part in ("day", "month", "season", "year") if part in date.inferred]
    return get_text_list([part_name(part) for part in parts], _("and"))


def _clauses(date: "PartialDate") -> list[str]:
    if date.inferred or date.precision in {"day-unknown-month", "none"}:
        return [*_day_and_month_clauses(date), _year_clause(date)]
    return [_extent(date), *_what_is_left_open(date)]


def _what_is_left_open(date: "PartialDate") -> list[str]:
    if date.precision == "day":
        return [_formatted(date, pgettext("date format of a weekday", "l"))]
    if date.precision == "month":
        return [_("day unknown")]
    if date.precision == "season":
        month = pgettext("date format of a month", "F Y")
        first, last = (date_format(day, month) for day in (date.earliest, date.latest) if day)
        return [_("%(first)s to %(last)s") % {"first": first, "last": last}]
    return [_("month and day unknown")] if date.precision == "year" else []


def _day_and_month_clauses(date: "PartialDate") -> list[str]:
    if date.day is not None and date.month is not None and not date.inferred & {"day", "month"}:
        return [_day_and_month(date)]
    return [*_day_clause(date), *_month_clause(date)]


def _day_clause(date: "PartialDate") -> list[str]:
    if date.day is None:
        return []
    words = _("the %(day)s inferred") if "day" in date.inferred else _("the %(day)s")
    return [words % {"day": _day(date)}]


def _month_clause(date: "PartialDate") -> list[str]:
    if date.season is not None:
        season = season_in_words(date.season)
        return [_("%(season)s inferred") % {"season": season} if "season" in date.inferred else season]
    if date.month is None:
        return [] if date.day is None else [_("month unknown")]
    month = _formatted(date, pgettext("date format of a month without year", "F"))
    return [_("month %(month)s inferred") % {"month": month} if "month" in date.inferred else month]


def _year_clause(date: "PartialDate") -> str:
    if date.year is None:
        return _("year unknown")
    year = _extent(date) if date.year_span > 1 else str(date.year)
    return (_("year %(year)s inferred") if "year" in date.inferred else _("year %(year)s")) % {"year": year}
