"""The copy desk's checks: the dates in a text against the calendar and against the record of its event."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Meeting, Passage
from newsroom.articles.checks.findings import Hit, Level, check
from newsroom.dates.reading import LEAP_YEAR, MONTHS, WEEKDAYS

NEARBY = dt.timedelta(days=31)  # a slip of the pen lands no further from the day on record
OPENING_BLOCKS = 3  # a report says within these when its event was

_IS_HELD = re.compile(
    r"\b(?:held|hosted|convened|opened|met|gathered|(?:takes?|took|taking) place)\b|열렸|열린|열고|열었|개최",
    re.IGNORECASE,
)
_IS_TOLD = re.compile(
    r"\b(?:publish|post|releas|report|announc|sign|dated|founded|since|until|before|after)"
    r"|보도|발표|게재|공개|서명|이후|까지",
    re.IGNORECASE,
)

_MONTH = "|".join(sorted((month.capitalize() for month in MONTHS), key=len, reverse=True))
_WEEKDAY = "|".join(day.capitalize() for day in WEEKDAYS) + r"|(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\b\.?"
_HANGUL_WEEKDAYS = "월화수목금토일"
_ENGLISH = re.compile(
    rf"(?:\b(?P<before>{_WEEKDAY}),?\s+(?:the\s+)?)?(?<![\d–-])"
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?"
    rf"|\b(?P<month2>{_MONTH})\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\s?[–-]\s?\d|[\d:]))"
    rf"(?:,?\s+(?P<year>(?:1[89]|20)\d\d)\b)?"
    rf"(?:,?\s*\(?(?P<after>{_WEEKDAY})(?!\w))?"
)
_KOREAN = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})\s?[년.]\s?)?(?:(?<=[년.\s])|(?<!\d))(?P<month>\d{1,2})\s?(?:월|\.)\s?"
    r"(?P<day>\d{1,2})(?:\s?일|\.?(?=\s?\([월화수목금토일]\)))"
    r"(?:\s?\(?(?P<after>[월화수목금토일])(?:요일\)?|\)))?"
)


@dataclass(frozen=True)
class Day:
    """A day that a text names; without a year where the text leaves it out."""

    text: str
    year: int | None
    month: int
    day: int
    weekday: int | None = None

    def in_year(self, year: int) -> dt.date | None:
        """None where that year has no such day."""
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None


def days_in(text: str) -> Iterator[Day]:
    """Every full day, or day and month, that an English or a Korean text names; impossible ones are left out."""
    for pattern in (_ENGLISH, _KOREAN):
        for match in pattern.finditer(text):
            if (day := _day(match)) is not None:
                yield day


def _day(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    month = parts["month"] or parts.get("month2") or ""
    number = MONTHS.get(month.lower().rstrip(".")) or int(month or 0)
    year = int(parts["year"]) if parts["year"] else None
    weekday = _weekday(parts.get("before") or parts["after"] or "")
    day = Day(match[0].strip(), year, number, int(parts["day"] or parts.get("day2") or 0), weekday)
    return day if day.in_year(year or LEAP_YEAR) else None


def _weekday(word: str) -> int | None:
    if not word:
        return None
    if word in _HANGUL_WEEKDAYS:
        return _HANGUL_WEEKDAYS.index(word)
    return next(number for number, name in enumerate(WEEKDAYS) if name.startswith(word.lower()[:3]))


@check(
    "wrong-weekday",
    Level.ERROR,
    _("“%(text)s”: that day was a %(right_weekday)s. Correct the date or the day of the week."),
    "body",
)
def wrong_weekday(copy: Copy) -> Iterator[Hit]:
    for passage in copy.passages:
        for day in days_in(passage.text):
            date = day.in_year(day.year or _year_on_record(day, copy.meetings) or 0)
            if date and day.weekday is not None and date.weekday() != day.weekday:
                yield Hit(passage.field, {"text": day.text, "right_weekday": date.weekday()})


def _year_on_record(day: Day, meetings: Iterable[Meeting]) -> int | None:
    """Where a text leaves the year out, that of the event on that day; one that was inferred proves nothing."""
    for meeting in meetings:
        date = meeting.starts_on
        if date and date.is_day and not date.inferred and (date.month, date.day) == (day.month, day.day):
            return date.year
    return None


@check(
    "event-on-another-day",
    Level.WARNING,
    _("“%(text)s”: the record has “%(event)s” on %(record_on)s. Correct one of the two."),
    "body",
)
def event_on_another_day(copy: Copy) -> Iterator[Hit]:
    """A sentence that says when the event was, or the only date of a report's opening where it has one event."""
    seen = set()
    for field, day, meeting in [*_beside_its_name(copy), *_in_the_opening(copy)]:
        if (day, meeting.name) not in seen and not _fits(day, meeting):
            seen.add((day, meeting.name))
            yield Hit(field, {"text": day.text, "event": meeting.name, "record_on": str(meeting.starts_on)})


def _sentences(passage: Passage) -> list[str]:
    return re.split(r"(?<=[.!?。])\s+(?=\D)", passage.text)


def _beside_its_name(copy: Copy) -> Iterator[tuple[str, Day, Meeting]]:
    for passage in copy.passages:
        for sentence in filter(_IS_HELD.search, _sentences(passage)):
            days = list(days_in(sentence))
            meetings = [one for one in copy.meetings if any(name in sentence for name in one.names)]
            if len(days) == len(meetings) == 1:
                yield passage.field, days[0], meetings[0]


def _in_the_opening(copy: Copy) -> Iterator[tuple[str, Day, Meeting]]:
    """Nothing where any date of the story is that of the event: the other ones are those of other things."""
    named = [day for passage in copy.passages for day in days_in(passage.text)]
    if len(copy.meetings) != 1 or any(_fits(day, copy.meetings[0]) for day in named):
        return
    opening = [part for part in copy.passages if part.field in {"standfirst", "body"}][:OPENING_BLOCKS]
    told = [(part.field, sentence) for part in opening for sentence in _sentences(part)]
    found = {day: field for field, text in told if not _IS_TOLD.search(text) for day in days_in(text)}
    if len(found) == 1:
        (day, field), *_rest = found.items()
        if _is_near(day, copy.meetings[0]):
            yield field, day, copy.meetings[0]


def _fits(day: Day, meeting: Meeting) -> bool:
    """Whether the day may be one of the event's; a date on record without a year or a month fits much."""
    start, end = meeting.starts_on, meeting.ends_on or meeting.starts_on
    if start is None or end is None or start.earliest is None or end.latest is None:
        return True
    years = [day.year] if day.year else range(start.earliest.year, end.latest.year + 1)
    dates = [date for year in years if (date := day.in_year(year))]
    if "day-unknown-month" in {start.precision, end.precision}:
        return any(start.covers(date) or end.covers(date) for date in dates)
    return any(start.earliest <= date <= end.latest for date in dates)


def _is_near(day: Day, meeting: Meeting) -> bool:
    start = meeting.starts_on
    if start is None or not start.is_day or start.earliest is None:
        return False
    if (day.month, day.day) == (start.month, start.day):
        return True  # the year alone differs
    date = day.in_year(day.year or start.earliest.year)
    return date is not None and abs(date - start.earliest) <= NEARBY
