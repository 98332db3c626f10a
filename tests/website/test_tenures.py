"""Posts along a line of time: drawn as far as they are known, and no further."""

import datetime as dt

import pytest

from newsroom.website.pages.tenures import Line, Span, Tick, newest_first, tenures
from people.models import Attestation, Position
from tests import factories as make

YEARS = Line(2020, 2024)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ((dt.date(2020, 1, 1), dt.date(2023, 12, 31)), Span("0.00%", "100.00%")),
        ((dt.date(2022, 1, 1), dt.date(2022, 12, 31)), Span("50.03%", "24.98%")),
        ((dt.date(2020, 1, 1), dt.date(2020, 1, 1)), Span("0.00%", "1.20%")),
        ((dt.date(2023, 12, 31), dt.date(2023, 12, 31)), Span("98.80%", "1.20%")),
    ],
)
def test_span_is_a_part_of_the_line_that_can_be_seen(days: tuple[dt.date, dt.date], span: Span) -> None:
    assert YEARS.span(days) == span


@pytest.mark.parametrize(
    ("line", "years"),
    [(YEARS, [2020, 2021, 2022, 2023, 2024]), (Line(1960, 2026), [1960, 1977, 1994, 2011])],
)
def test_ticks_are_few_and_evenly_apart(line: Line, years: list[int]) -> None:
    assert [tick.year for tick in line.ticks()] == years


def held(**fields: object) -> Position:
    seen = fields.pop("seen", [])
    person = make.make_person()
    position = make.make_row(Position, person, person=person, title="President", **fields)
    for day in seen:  # type: ignore[attr-defined]
        make.make_row(Attestation, person, position=position, seen_on=day)
    position.refresh_from_db()
    return position


WHOLE = Span("0.00%", "100.00%")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "possible", "certain", "marks"),
    [
        ({"starts_on": "2020-01-01", "ends_on": "2021-12-31"}, WHOLE, WHOLE, 0),
        ({"starts_on": "2020", "ends_on": "2021"}, WHOLE, Span("49.93%", "1.20%"), 0),
        ({"starts_on": "2020-07-01"}, Span("49.73%", "1.20%"), None, 0),
        ({"seen": ["2020-01-01", "2021-12-31"]}, WHOLE, WHOLE, 2),
        ({"seen": ["2020"]}, WHOLE, None, 1),
        ({}, None, None, 0),
        ({"seen": ["XXXX-12-06"]}, None, None, 0),
    ],
    ids=["both days", "both years", "start alone", "seen twice", "seen in a year", "undated", "no year"],
)
def test_nothing_is_drawn_that_is_not_known(
    fields: dict[str, object], possible: Span | None, certain: Span | None, marks: int
) -> None:
    (row,) = tenures([held(**fields)]).rows

    assert (row.possible, row.certain, len(row.seen)) == (possible, certain, marks)


@pytest.mark.django_db
def test_posts_share_one_line() -> None:
    posts = tenures([held(seen=["2020-05-01"]), held(starts_on="2022"), held()])

    assert (posts.ticks[0], posts.last, [bool(row.possible) for row in posts.rows]) == (
        Tick("0.00%", 2020),
        2022,
        [True, True, False],
    )


@pytest.mark.django_db
def test_posts_without_an_end_stand_first_and_the_others_by_the_last_day_known() -> None:
    undated, past, seen = held(), held(starts_on="1990", ends_on="2001"), held(seen=["2020-05-01"])
    open_ended = held(starts_on="1985")

    assert newest_first([undated, past, seen, open_ended]) == [open_ended, seen, past, undated]
