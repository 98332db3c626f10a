"""Detail pages: who held which post when, as bars along one line of time: drawn only as far as it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsroom.dates import PartialDate
from newsroom.local_names import name_of
from newsroom.website.pages.links import Link, link
from people.models import Attestation, Position

MOST_TICKS = 4
LEAST_WIDTH = 1.2  # per cent: a single day stays to be seen

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Span:
    """A stretch of the line, as attributes of a drawing that has no size of its own."""

    left: str
    width: str


@dataclass(frozen=True)
class Tick:
    left: str
    year: int


@dataclass(frozen=True)
class Tenure:
    """One post of one person. What is `possible` lies around what is `certain`; `seen` are the days on record."""

    title: str
    person: Link
    organisation: Link | None
    starts_on: PartialDate | None
    ends_on: PartialDate | None
    attestations: list[Attestation]
    possible: Span | None = None
    certain: Span | None = None
    seen: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Tenures:
    """Posts on one line of time; without ticks nothing of them is dated, and nothing is drawn."""

    rows: list[Tenure]
    ticks: list[Tick]
    #: the years that are on record
    first: int = 0
    last: int = 0


@dataclass(frozen=True)
class Line:
    """The years that the drawing spans, from 1 January of the first to 1 January after the last."""

    start: int
    end: int

    def place(self, day: dt.date) -> float:
        first = dt.date(self.start, 1, 1).toordinal()
        return 100 * (day.toordinal() - first) / (dt.date(self.end, 1, 1).toordinal() - first)

    def span(self, days: Days) -> Span:
        """Both days included; kept within the line, and never too thin to be seen."""
        left, right = self.place(days[0]), self.place(days[1] + dt.timedelta(days=1))
        width = max(right - left, LEAST_WIDTH)
        return Span(_per_cent(min(left, 100 - width)), _per_cent(width))

    def ticks(self) -> list[Tick]:
        step = -(-(self.end - self.start) // MOST_TICKS)
        years = range(self.start, self.end + 1, step)
        return [Tick(_per_cent(self.place(dt.date(year, 1, 1))), year) for year in years]


def tenures(positions: Iterable[Position]) -> Tenures:
    """Takes positions with person, organisation and attestations at hand; their order stays."""
    held = list(positions)
    line = _line(held)
    rows = [_tenure(position, line) for position in held]
    return Tenures(rows, line.ticks(), line.start, line.end - 1) if line else Tenures(rows, [])


def newest_first(positions: Iterable[Position]) -> list[Position]:
    """Those whose end nobody records, then the others, by the last day on record of each; the undated come last."""
    return sorted(positions, key=lambda one: (bool(one.starts_on and not one.ends_on), _last_known(one)), reverse=True)


def first_known(position: Position) -> dt.date:
    """The first day that is on record of it; far ahead where none is."""
    return min((first for first, _last in _known(position)), default=dt.date.max)


def _last_known(position: Position) -> dt.date:
    return max((last for _first, last in _known(position)), default=dt.date.min)


def _line(positions: Sequence[Position]) -> Line | None:
    known = [day for position in positions for days in _known(position) for day in days]
    return Line(min(known).year, max(known).year + 1) if known else None


def _known(position: Position) -> list[Days]:
    dates = [position.starts_on, position.ends_on, *(one.seen_on for one in position.attestations.all())]
    return [days for date in dates if (days := _days(date))]


def _days(date: PartialDate | None) -> Days | None:
    """Between which days it lies; None without a year."""
    if date is None or date.earliest is None or date.latest is None:
        return None
    return date.earliest, date.latest


def _tenure(position: Position, line: Line | None) -> Tenure:
    house, seen = position.organisation, list(position.attestations.all())
    return Tenure(
        title=position.local_title,
        person=link(position.person),
        organisation=link(house, name_of(house)) if house else None,
        starts_on=position.starts_on,
        ends_on=position.ends_on,
        attestations=seen,
        possible=line.span(days) if line and (days := _possible(position)) else None,
        certain=line.span(days) if line and (days := _certain(position)) else None,
        seen=tuple(line.span(days) for one in seen if (days := _days(one.seen_on))) if line else (),
    )


def _possible(position: Position) -> Days | None:
    """From the first day that it can have been held to the last on record: no start or end is guessed."""
    known = _known(position)
    return (min(first for first, _last in known), max(last for _first, last in known)) if known else None


def _certain(position: Position) -> Days | None:
    """From where it had begun for certain to where it had not ended yet, or to the last day that attests it."""
    starts, ends = _days(position.starts_on), _days(position.ends_on)
    seen = [days for one in position.attestations.all() if (days := _days(one.seen_on))]
    begun = [starts[1]] if starts else [last for _first, last in seen]
    lasting = [ends[0]] if ends else [first for first, _last in seen]
    if not begun or not lasting or min(begun) >= max(lasting):
        return None
    return min(begun), max(lasting)


def _per_cent(part: float) -> str:
    return f"{part:.2f}%"
