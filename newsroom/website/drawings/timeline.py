"""Drawings: what happened when, in rows one below the other: a settled day is a point, anything less sure a span.

Places along the axis are shares of the width, so that words keep their size; heights are pixels.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.utils.dateformat import format as date_format
from django.utils.translation import pgettext

from newsroom.website.drawings.labels import broken
from newsroom.website.pages.links import Link

MOST_ROWS = 24
STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000)  # months from one tick to the next
MOST_STEPS = 5
WIDTH, MOST_LINES = 18, 3  # half-ems beside a mark in the middle of a phone
NOTE, MOST_NOTES = 20, 4  # a date is never cut
LINE, GAP, HEAD, LANE = 16, 14, 24, 34
MARGIN = 3.0  # of the width, on each side
WIDE = 6.0  # from here on a span leaves no room beside it: its words stand above


@dataclass(frozen=True)
class Happening:
    """Something with its earliest and its latest day; `is_settled` where both are what the source says."""

    link: Link
    words: str
    first: dt.date
    last: dt.date
    is_settled: bool = True

    @property
    def is_point(self) -> bool:
        return self.is_settled and self.first == self.last


@dataclass(frozen=True)
class Span:
    """The part of the width between two days."""

    start: float
    end: float

    @property
    def is_wide(self) -> bool:
        return self.end - self.start >= WIDE

    @property
    def x1(self) -> str:
        return f"{self.start:.1f}%"

    @property
    def x2(self) -> str:
        return f"{self.end:.1f}%"


@dataclass(frozen=True)
class Row:
    """A mark in its place, and its words on the side that has more room."""

    happening: Happening
    span: Span
    y: int
    is_left: bool
    lines: list[tuple[int, str]]
    notes: list[tuple[int, str]]

    @property
    def bottom(self) -> int:
        return max(self.y + 6, self.notes[-1][0] if self.notes else 0)

    @property
    def is_cut(self) -> bool:
        """Whether its words are not the whole name."""
        return " ".join(text for _y, text in self.lines) != self.happening.link.name

    @property
    def words_x(self) -> str:
        if self.span.is_wide:
            return self.span.x2 if self.is_left else self.span.x1
        return self.span.x1 if self.is_left else self.span.x2


@dataclass(frozen=True)
class Bead:
    """How many fell on nearly the same day."""

    x: str
    radius: int
    number: int


@dataclass(frozen=True)
class Lane:
    name: str
    y: int
    beads: list[Bead]


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    anchor: str
    is_between: bool  # months would touch on a phone: every other one is left out there


@dataclass(frozen=True)
class Timeline:
    ticks: list[Tick]
    lanes: list[Lane]
    rows: list[Row]
    height: int
    earlier: int  # how many happenings there is no row for


@dataclass(frozen=True)
class Axis:
    """From one month to another, with a tick at every step."""

    months: tuple[int, ...]  # counted from the year nought

    @classmethod
    def over(cls, first: dt.date, last: dt.date) -> Axis:
        start, end = _month(first), _month(last)
        step = next((one for one in STEPS if -(-(end + 1) // one) - start // one <= MOST_STEPS), STEPS[-1])
        return cls(tuple(range(start // step * step, -(-(end + 1) // step) * step + 1, step)))

    def place(self, day: dt.date) -> float:
        return round(self._share(day.toordinal()), 1)

    def ticks(self) -> list[Tick]:
        is_yearly = all(month % 12 == 0 for month in self.months)
        last = len(self.months) - 1
        return [
            Tick(
                f"{self._share(_day(month)):.1f}%",
                _label(month, is_yearly=is_yearly),
                _anchor(place, last),
                is_between=bool(place % 2) and not is_yearly,
            )
            for place, month in enumerate(self.months)
        ]

    def _share(self, day: int) -> float:
        """Of the width, up to the day of that ordinal."""
        first, last = _day(self.months[0]), _day(self.months[-1])
        return MARGIN + (100 - 2 * MARGIN) * (day - first) / (last - first)


def timeline(happenings: Sequence[Happening], lanes: Iterable[tuple[str, Sequence[dt.date]]] = ()) -> Timeline | None:
    """The drawing, of the newest happenings where there are too many; none of less than two of anything."""
    rows = sorted(happenings, key=lambda one: (one.first, one.last, one.link))
    shown, lanes = rows[-MOST_ROWS:], [(name, days) for name, days in lanes if days]
    days = [day for one in shown for day in (one.first, one.last)] + [day for _name, days in lanes for day in days]
    if len(happenings) + sum(len(days) for _name, days in lanes) < 2:
        return None
    axis = Axis.over(min(days), max(days))
    top = HEAD + LANE * len(lanes)
    drawn, height = _rows(shown, axis, top)
    return Timeline(
        ticks=axis.ticks(),
        lanes=[Lane(name, HEAD + LANE * place + 22, _beads(days, axis)) for place, (name, days) in enumerate(lanes)],
        rows=drawn,
        height=height + GAP,
        earlier=len(rows) - len(shown),
    )


def _rows(happenings: Sequence[Happening], axis: Axis, top: int) -> tuple[list[Row], int]:
    """The rows one below the other, and where the last of them ends."""
    rows: list[Row] = []
    for happening in happenings:
        row = _row(happening, Span(axis.place(happening.first), axis.place(happening.last)), top + GAP)
        top = row.bottom
        rows.append(row)
    return rows, top


def _row(happening: Happening, span: Span, top: int) -> Row:
    """The mark is level with the first line, or below them all where it is too wide to have them beside it."""
    words = broken(happening.link.name, WIDTH, MOST_LINES)
    notes = broken(happening.words, NOTE, MOST_NOTES)
    lines = [(top + LINE * row, text) for row, text in enumerate([*words, *notes], start=1)]
    y = lines[-1][0] + LINE - 4 if span.is_wide else top + LINE - 4
    return Row(happening, span, y, span.start + span.end > 100, lines[: len(words)], lines[len(words) :])


def _beads(days: Iterable[dt.date], axis: Axis) -> list[Bead]:
    """Days that would overlap are counted together."""
    together: dict[int, list[float]] = defaultdict(list)
    for day in sorted(days):
        together[int(axis.place(day) // 3)].append(axis.place(day))
    return [Bead(f"{_middle(places):.1f}%", _radius(len(places)), len(places)) for places in together.values()]


def _middle(places: Sequence[float]) -> float:
    return (places[0] + places[-1]) / 2


def _radius(number: int) -> int:
    """So that the area tells how many there are, up to what a lane has room for."""
    return 3 + len(list(takewhile(lambda size: size * size < number, range(1, 8))))


def _month(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> int:
    """The first of that month as an ordinal; what lies outside the calendar stands at its edge."""
    year, index = divmod(month, 12)
    if year < dt.MINYEAR:
        return dt.date.min.toordinal()
    return dt.date(year, index + 1, 1).toordinal() if year <= dt.MAXYEAR else dt.date.max.toordinal()


def _label(month: int, *, is_yearly: bool) -> str:
    year, index = divmod(month, 12)
    if is_yearly:
        return str(year)
    return date_format(dt.date(year, index + 1, 1), pgettext("date format of a short month", "M Y"))


def _anchor(place: int, last: int) -> str:
    """The outermost labels stay inside the picture."""
    return {0: "start", last: "end"}.get(place, "middle")
