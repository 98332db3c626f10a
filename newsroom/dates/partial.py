"""Dates with precision: one date as far as it is known, and which of its parts were inferred."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal, Self, cast

from django.utils import translation
from django.utils.translation import gettext as _

from newsroom.dates import reading, wording
from newsroom.dates.reading import PartialDateError

Precision = Literal["day", "month", "season", "year", "decade", "century", "day-unknown-month", "none"]

BOUND = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


@total_ordering
@dataclass(frozen=True)
class PartialDate:
    """A date as precise as its source; `inferred` names the parts that the source did not state.

    `year_span` is 10 for a decade and 100 for a century, whose first year is then `year`.
    `season` is EDTF's number of one, 21 for spring to 24 for winter, which stands in place of month and day.
    EDTF leaves its days open: here they are the northern meteorological ones, so that the winter of a year
    begins in its December and ends with the next February, and the seasons of a year sort as it numbers them.
    `approximate` and `uncertain` are EDTF's `~` and `?` for the date as a whole; they widen nothing.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    inferred: frozenset[str] = frozenset()
    approximate: bool = False
    uncertain: bool = False
    year_span: int = 1
    season: int | None = None

    def __post_init__(self) -> None:
        self._refuse_missing_parts()
        self._refuse_impossible_parts()
        if self.day is not None and self.day > self._days_in_month():
            raise PartialDateError(self._day_does_not_exist())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the canonical text; raises PartialDateError."""
        return cls(**reading.from_edtf(text))

    @classmethod
    def from_human(cls, text: str) -> Self:
        """Read what an editor types, by the grammar of `newsroom.dates.reading`; raises PartialDateError."""
        return cls(**reading.from_words(text))

    def __str__(self) -> str:
        return "-".join(self._components()) + self._qualifier()

    def __lt__(self, other: object) -> bool:
        """By earliest, then latest day; dates without a year come last."""
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._sort_key() < other._sort_key()

    @property
    def precision(self) -> Precision:
        """What is known; `none` without a year, since nothing then places it on the calendar."""
        if self.year is None:
            return "none"
        if self.year_span > 1:
            return "decade" if self.year_span == 10 else "century"
        if self.day is not None:
            return "day" if self.month else "day-unknown-month"
        if self.season is not None:
            return "season"
        return "month" if self.month else "year"

    @property
    def is_day(self) -> bool:
        return self.precision == "day"

    @property
    def earliest(self) -> dt.date | None:
        """The first day that it can be; None without a year."""
        if self.year is None:
            return None
        return dt.date(self.year, self._months()[0], self.day or 1)

    @property
    def latest(self) -> dt.date | None:
        """The last day that it can be; None without a year."""
        if self.year is None:
            return None
        month = self._months()[-1]
        year = self.year + self.year_span - 1 + self._is_past_new_year(month)
        return dt.date(year, month, self.day or calendar.monthrange(year, month)[1])

    def covers(self, day: dt.date) -> bool:
        """Whether it can be that very day; an unknown part fits any."""
        year = day.year - self._is_past_new_year(day.month)
        return (
            (self.year is None or self.year <= year < self.year + self.year_span)
            and day.month in self._months()
            and self.day in {None, day.day}
        )

    def overlaps(self, earliest: dt.date | None, latest: dt.date | None) -> bool:
        """Whether it can lie between both days, None being an open end; never without a year."""
        if self.earliest is None or self.latest is None:
            return False
        return (latest is None or self.earliest <= latest) and (earliest is None or self.latest >= earliest)

    def iso_or_none(self) -> str | None:
        """ISO 8601, of full days only."""
        return self.earliest.isoformat() if self.is_day and self.earliest else None

    def in_words(self, *, language: str | None = None) -> str:
        """As a reader sees it, in the active language unless one is given."""
        return in_words(self, language=language)

    def understood(self) -> str:
        """What a form says it understood: every part, unknown and inferred ones named as such."""
        return wording.understood(self)

    def _months(self) -> Sequence[int]:
        """Those in which it can lie, in the order of time."""
        if self.season is None:
            return [self.month] if self.month else range(1, 13)
        first = 3 * (self.season - 20)
        return [first, first % 12 + 1, first % 12 + 2]

    def _is_past_new_year(self, month: int) -> bool:
        """Whether the month belongs to the year after that of the date, as the second and third of a winter do."""
        return self.season == reading.WINTER and month < 12

    def _components(self) -> list[str]:
        year = self._marked("year", "XXXX" if self.year is None else self._year_text())
        if self.season is not None:
            return [year, self._marked("season", str(self.season))]
        if self.month is None and self.day is None:
            return [year]
        month = self._marked("month", "XX" if self.month is None else f"{self.month:02}")
        return [year, month] if self.day is None else [year, month, self._marked("day", f"{self.day:02}")]

    def _year_text(self) -> str:
        unspecified = len(str(self.year_span)) - 1
        return str(self.year)[: 4 - unspecified] + "X" * unspecified

    def _marked(self, part: str, text: str) -> str:
        return f"?{text}" if part in self.inferred else text

    def _qualifier(self) -> str:
        if self.approximate and self.uncertain:
            return "%"
        return "~" if self.approximate else "?" if self.uncertain else ""

    def _sort_key(self) -> tuple[dt.date, dt.date, str]:
        return (self.earliest or dt.date.max, self.latest or dt.date.max, str(self))

    def _days_in_month(self) -> int:
        if self.month is None:
            return 31
        return calendar.monthrange(self.year or reading.LEAP_YEAR, self.month)[1]

    def _day_does_not_exist(self) -> str:
        if self.month is None:
            return _("No month has a day %(day)d; give one from 1 to 31.") % {"day": self.day}
        month = f"{self.year or 'XXXX'}-{self.month:02}"
        return _("%(month)s has %(days)d days, so there is no day %(day)d in it; correct the day or the month.") % {
            "month": month,
            "days": self._days_in_month(),
            "day": self.day,
        }

    def _refuse_missing_parts(self) -> None:
        if self.year is self.month is self.day is self.season is None:
            raise PartialDateError(_("No part of this date is known; give a year, or leave the field empty."))
        unstated = [part for part in sorted(self.inferred) if getattr(self, part, None) is None]
        if unstated:
            raise PartialDateError(
                _("The %(part)s is marked as inferred but not given; give it or drop the mark.")
                % {"part": reading.part_name(unstated[0])}
            )

    def _refuse_impossible_parts(self) -> None:
        if self.year is not None and not reading.FIRST_YEAR <= self.year <= reading.LAST_YEAR:
            raise PartialDateError(_("Give the year in four digits, from 1000 to 2999."))
        if self.month is not None and not 1 <= self.month <= 12:
            raise PartialDateError(_no_month(self.month))
        if self.day is not None and self.day < 1:
            raise PartialDateError(_("No month has a day %(day)d; give one from 1 to 31.") % {"day": self.day})
        self._refuse_impossible_season()
        self._refuse_impossible_span()

    def _refuse_impossible_season(self) -> None:
        if self.season is None:
            return
        if self.season not in reading.SEASON_WORDS:
            raise PartialDateError(_no_month(self.season))
        if self.month or self.day:
            raise PartialDateError(_("A season takes the place of month and day; give the season or these."))

    def _refuse_impossible_span(self) -> None:
        if self.year_span not in {1, 10, 100} or (self.year is None and self.year_span > 1):
            raise PartialDateError(_("Only a decade or a century may stand for a year."))
        if self.year is not None and self.year % self.year_span:
            raise PartialDateError(_("A decade begins with a year that ends in 0, a century in 00."))
        if self.year_span > 1 and (self.month or self.day or self.season):
            raise PartialDateError(
                _("A decade or a century stands alone; give the year in full beside a month or a season.")
            )


def in_words(date: PartialDate, *, language: str | None = None) -> str:
    """As a reader sees it, in the active language unless one is given."""
    with translation.override(language or translation.get_language()):
        return wording.in_words(date)


def parse_bound(text: str, *, end: bool) -> dt.date:
    """The first, or with `end` the last, day of a year, month or day; raises PartialDateError.

    An editor's way of writing them is read too, such as “6 September 2025” and “2025년 9월”.
    """
    text = text.strip()
    date = PartialDate.parse(text) if BOUND.fullmatch(text) else _bound_in_words(text)
    if date.year is None or not 1900 <= date.year <= 2100 or not (date.month or date.day is None):
        raise PartialDateError(_not_a_bound())
    return cast(dt.date, date.latest if end else date.earliest)  # its year is known


def _bound_in_words(text: str) -> PartialDate:
    try:
        date = PartialDate.from_human(text)
    except PartialDateError as error:
        is_unread = str(error) == reading.not_understood(text)
        raise PartialDateError(_not_a_bound() if is_unread else str(error)) from error
    if date != PartialDate(date.year, date.month, date.day, season=date.season):
        raise PartialDateError(_not_a_bound())  # about 2023, or some day of the 1990s, is no place to cut a list
    return date


def _no_month(number: int) -> str:
    return _("There is no month %(month)d; give one from 1 to 12, or a season like autumn 2019.") % {"month": number}


def _not_a_bound() -> str:
    return _("Give a year, a month or a day from 1900 to 2100, like 2023, 2023-12 or 2023-12-19.")
