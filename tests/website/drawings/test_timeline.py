"""Drawings: days on an axis, points where they are settled, spans where they are not."""

import datetime as dt
from itertools import pairwise

import pytest

from newsroom.website.drawings.timeline import MOST_ROWS, Axis, Happening, Timeline, timeline
from newsroom.website.pages.links import Link

DAY = dt.date(2025, 12, 9)


def happening(
    first: dt.date, last: dt.date | None = None, *, name: str = "Forum", is_settled: bool = True
) -> Happening:
    return Happening(Link(name, "/events/forum/"), "then", first, last or first, is_settled)


def drawn(*happenings: Happening) -> Timeline:
    drawing = timeline(happenings)
    assert drawing is not None
    return drawing


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        (dt.date(2025, 12, 9), dt.date(2025, 12, 9), ["Dec 2025", "Jan 2026"]),
        (dt.date(2025, 1, 31), dt.date(2025, 4, 1), ["Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025", "May 2025"]),
        (dt.date(2025, 2, 1), dt.date(2025, 12, 1), ["Jan 2025", "Apr 2025", "Jul 2025", "Oct 2025", "Jan 2026"]),
        (dt.date(2022, 3, 16), dt.date(2026, 1, 5), ["2022", "2023", "2024", "2025", "2026", "2027"]),
        (dt.date(1901, 1, 1), dt.date(2000, 12, 31), ["1900", "1950", "2000", "2050"]),
    ],
)
def test_axis_has_a_tick_at_every_whole_step(first: dt.date, last: dt.date, labels: list[str]) -> None:
    ticks = Axis.over(first, last).ticks()

    assert [tick.label for tick in ticks] == labels
    assert (ticks[0].x, ticks[-1].x) == ("3.0%", "97.0%")
    assert [ticks[0].anchor, ticks[-1].anchor] == ["start", "end"]


@pytest.mark.parametrize("day", [dt.date.min, dt.date.max])
def test_edge_of_the_calendar_has_its_place(day: dt.date) -> None:
    assert 3 <= Axis.over(day, day).place(day) <= 97


def test_settled_day_is_a_point_and_an_open_one_spans_all_that_it_may_be() -> None:
    rows = drawn(happening(DAY), happening(dt.date(2025, 1, 6), dt.date(2025, 12, 6), is_settled=False)).rows

    assert [row.happening.is_point for row in rows] == [False, True]
    assert (rows[0].span.x1, rows[0].span.x2) == ("4.3%", "90.3%")
    assert rows[1].span.x1 == rows[1].span.x2


def test_inferred_day_is_no_point() -> None:
    rows = drawn(happening(DAY, is_settled=False), happening(DAY)).rows

    assert sorted(row.happening.is_point for row in rows) == [False, True]


def test_words_stand_on_the_side_with_more_room() -> None:
    rows = drawn(happening(dt.date(2021, 1, 1)), happening(dt.date(2025, 6, 1))).rows

    assert [row.is_left for row in rows] == [False, True]


def test_rows_never_touch() -> None:
    long = "A conference on everything that anybody might ever want to confer about anywhere"
    span = happening(dt.date(2000, 1, 1), dt.date(2025, 12, 31), name=long, is_settled=False)

    drawing = drawn(*(happening(DAY, name=f"{long} {number}") for number in range(5)), span)

    tops_and_bottoms = [(row.lines[0][0] - 12, row.bottom) for row in drawing.rows]
    assert all(top > bottom for (_, bottom), (top, _) in pairwise(tops_and_bottoms))
    assert drawing.rows[-1].bottom < drawing.height


def test_of_many_the_newest_are_drawn_and_the_others_counted() -> None:
    drawing = drawn(*(happening(DAY + dt.timedelta(days=number)) for number in range(200)))

    assert drawing.rows[0].happening.first == DAY + dt.timedelta(days=200 - MOST_ROWS)
    assert drawing.earlier == 200 - MOST_ROWS


def test_one_thing_alone_is_no_timeline() -> None:
    assert timeline([happening(DAY)]) is None
    assert timeline([], [("Articles", [])]) is None


def test_lane_counts_together_what_would_overlap() -> None:
    drawing = timeline(
        [happening(dt.date(2025, 1, 1))], [("Articles", [DAY] * 9 + [dt.date(2025, 3, 1)]), ("None", [])]
    )

    assert drawing is not None
    assert [lane.name for lane in drawing.lanes] == ["Articles"]
    assert [(bead.number, bead.radius) for bead in drawing.lanes[0].beads] == [(1, 3), (9, 5)]
