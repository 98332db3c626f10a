"""How dates stand on a page, for readers and for machines."""

import pytest
from django.utils import translation

from newsroom.dates import PartialDate, span_in_words
from newsroom.website.pages.days import CalendarLeaf, calendar_leaf, machine


@pytest.mark.parametrize(
    ("date", "readable"),
    [
        ("2023-12-19", "2023-12-19"),
        ("?2022-03-16", "2022-03-16"),
        ("2023-12", "2023-12"),
        ("2025-XX-06", "2025"),
        ("2019-24", "2019"),
        ("2023", "2023"),
        ("202X", ""),
        ("XXXX-12-19", ""),
    ],
)
def test_machines_get_a_date_as_far_as_it_is_sure(date: str, readable: str) -> None:
    assert machine(PartialDate.parse(date)) == readable


def test_machines_get_nothing_of_no_date() -> None:
    assert machine(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2025-12-09", "2025-12-10", "9–10 December 2025"),
        ("2025-05-30", "2025-06-02", "30 May – 2 June 2025"),
        ("2025-12-31", "2026-01-01", "31 December 2025 to 1 January 2026"),
        ("?2025-12-09", "2025-12-10", "9 December 2025 (year inferred) to 10 December 2025"),
        ("2025-05", "2025-06-02", "May 2025 to 2 June 2025"),
        ("2019-23", "2019-24", "autumn 2019 to winter 2019"),
        ("2025-12-09", "2025-12-09", "9 December 2025"),
        ("2025-12-09", None, "9 December 2025"),
        (None, "2025-12-10", "10 December 2025"),
        (None, None, ""),
    ],
)
def test_span_is_said_from_its_first_day_to_its_last(first: str | None, last: str | None, said: str) -> None:
    days = [PartialDate.parse(one) if one else None for one in (first, last)]

    assert span_in_words(*days) == said


@pytest.mark.parametrize(
    ("date", "leaf"),
    [
        ("XXXX-12-19", CalendarLeaf("19", "December", "year unknown")),
        ("202X", CalendarLeaf("", "", "the 2020s")),
        ("2019-23", CalendarLeaf("", "Autumn", "2019")),
        ("2019-23~", CalendarLeaf("", "", "About autumn 2019")),
        ("?2022-03-16", CalendarLeaf("16", "March", "2022, inferred")),
        ("2018-05~", CalendarLeaf("", "", "About May 2018")),
        ("2018-05-11?", CalendarLeaf("", "", "Possibly 11 May 2018")),
    ],
)
def test_calendar_leaf_says_what_is_not_known(date: str, leaf: CalendarLeaf) -> None:
    assert calendar_leaf(PartialDate.parse(date)) == leaf


def test_korean_says_what_two_days_share_once() -> None:
    days = PartialDate.parse("2025-12-09"), PartialDate.parse("2025-12-10")

    with translation.override("ko"):
        said = span_in_words(*days)

    assert said == "2025년 12월 9일 ~ 10일"


def test_calendar_leaf_leaves_out_neither_end_of_a_span() -> None:
    years = calendar_leaf(PartialDate.parse("2019"), PartialDate.parse("2020"))

    assert years == CalendarLeaf("", "", "2019 to 2020")


@pytest.mark.parametrize(
    ("last", "leaf"),
    [
        ("2026-09-01", CalendarLeaf("1", "September", "2026, Tuesday")),
        ("2026-09-03", CalendarLeaf("1–3", "September", "2026")),
        ("2026-10-02", CalendarLeaf("1", "September", "to 2 October 2026")),
        ("2026-10", CalendarLeaf("1", "September", "to October 2026")),
    ],
)
def test_calendar_leaf_spans_the_days_of_a_meeting(last: str, leaf: CalendarLeaf) -> None:
    assert calendar_leaf(PartialDate.parse("2026-09-01"), PartialDate.parse(last)) == leaf
