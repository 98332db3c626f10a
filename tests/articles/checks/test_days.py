"""Dates against the calendar and against the record, in English and in Korean."""

import pytest

from newsroom.articles.checks.copy import Meeting
from newsroom.articles.checks.days import Day, days_in
from newsroom.dates import PartialDate
from tests.articles.checks.copies import copy, fields, found, meeting, prose, sentences


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("on Tuesday 19 December 2023, jointly", (2023, 12, 19, 1)),
        ("Tuesday, December 19, 2023", (2023, 12, 19, 1)),
        ("on 19 Dec. 2023 (Tue)", (2023, 12, 19, 1)),
        ("March 16 (Wednesday)", (None, 3, 16, 2)),
        ("the 1st of July", (None, 7, 1, None)),
        ("streamed on 16 March. Because", (None, 3, 16, None)),
        ("2023년 12월 19일(화) 서울에서", (2023, 12, 19, 1)),
        ("2023년 12월 19일 화요일", (2023, 12, 19, 1)),
        ("2023. 12. 19.(화)", (2023, 12, 19, 1)),
        ("지난 3월 16일 열린", (None, 3, 16, None)),
    ],
)
def test_day_is_read_from_its_text(text: str, read: tuple[int | None, int, int, int | None]) -> None:
    assert [(day.year, day.month, day.day, day.weekday) for day in days_in(text)] == [read]


@pytest.mark.parametrize(
    "text", ["It may 12 times.", "31 June 2023", "from 19–20 December", "version 3.16", "about 30 per cent", "12월에"]
)
def test_what_is_no_day_is_left(text: str) -> None:
    assert [day for day in days_in(text) if day.text != "20 December"] == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("They met on Monday 19 December 2023.", "Tuesday"),
        ("They met on December 19, 2023 (Wed).", "Tuesday"),
        ("2023년 12월 19일(수) 서울에서 만났다.", "Tuesday"),
        ("2023년 12월 19일 목요일에 만났다.", "Tuesday"),
    ],
)
def test_weekday_that_does_not_fit_is_an_error(text: str, right: str) -> None:
    (finding,) = found("wrong-weekday", copy(body=prose(text)))

    assert finding.is_error
    assert finding.sentence.endswith(f"that day was a {right}. Correct the date or the day of the week.")


@pytest.mark.parametrize(
    "text",
    [
        "They met on Tuesday 19 December 2023.",
        "2023년 12월 19일(화) 서울에서 만났다.",
        "They met on Monday 19 December.",  # of which year, nobody says
        "12월 19일(월) 만났다.",
    ],
)
def test_weekday_that_fits_or_cannot_be_known_is_right(text: str) -> None:
    assert fields("wrong-weekday", body=prose(text)) == []


def test_weekday_without_a_year_is_held_against_the_record() -> None:
    body = prose("They met on Monday 19 December.")

    assert fields("wrong-weekday", body=body, meetings=(meeting("2023-12-19"),)) == ["body"]
    assert fields("wrong-weekday", body=body, meetings=(meeting("?2023-12-19"),)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The 2023 Science and Technology Diplomacy Forum was held on 18 December 2023.",
        "The 2023 Science and Technology Diplomacy Forum took place on 9 December.",
        "2023 과학기술외교포럼이 2023년 12월 18일 열렸다.",
        "Two ministries came together on 19 November, KISTEP says.",
        "Two ministries came together on 19 December 2024, KISTEP says.",
    ],
)
def test_event_on_another_day_than_on_record_is_found(text: str) -> None:
    (sentence,) = sentences("event-on-another-day", body=prose(text), meetings=(meeting(),))

    assert sentence == (
        f"“{next(days_in(text)).text}”: the record has “2023 Science and Technology Diplomacy Forum” "
        "on 19 December 2023. Correct one of the two."
    )


@pytest.mark.parametrize(
    "text",
    [
        "The 2023 Science and Technology Diplomacy Forum was held on Tuesday 19 December 2023.",
        "2023 과학기술외교포럼이 12월 19일 열렸다.",
        "Both ministries met on 19 December; a second meeting follows on 10 January.",
        "The report was published on 21 December 2023.",
        "A treaty of 5 May 1992 was recalled.",
        "Those who came to the 2023 Science and Technology Diplomacy Forum spoke of 11 September 2001.",
    ],
)
def test_day_of_the_event_and_days_of_other_things_are_right(text: str) -> None:
    assert fields("event-on-another-day", body=prose(text), meetings=(meeting(),)) == []


def test_event_of_several_days_has_each_of_them() -> None:
    long = meeting("2023-12-19", ends_on=PartialDate.parse("2023-12-21"))

    def said(day: int) -> list[str]:
        body = prose(f"The 2023 Science and Technology Diplomacy Forum was held on {day} December.")
        return fields("event-on-another-day", body=body, meetings=(long,))

    assert [said(day) for day in (19, 20, 21, 22)] == [[], [], [], ["body"]]


@pytest.mark.parametrize(("day", "count"), [("6 May", 0), ("6 May 2025", 0), ("7 May 2025", 1)])
def test_event_of_an_unknown_month_fits_each_of_them(day: str, count: int) -> None:
    conference = Meeting("Anniversary conference", ("Anniversary conference",), PartialDate.parse("?2025-XX-06"))
    body = prose(f"The Anniversary conference was held on {day}.")

    assert fields("event-on-another-day", body=body, meetings=(conference,)) == ["body"] * count


@pytest.mark.parametrize(
    ("starts", "ends", "day", "count"),
    [
        ("2019-24", None, "6 January 2020", 0),
        ("2019-24", None, "6 January", 0),
        ("2019-24", None, "6 January 2019", 1),
        ("2025-06", "2025-08", "6 July", 0),
        ("202X", None, "6 July 2023", 0),
    ],
)
def test_event_of_a_season_or_longer_fits_each_day_of_it(starts: str, ends: str | None, day: str, count: int) -> None:
    lengthy = meeting(starts, ends_on=PartialDate.parse(ends) if ends else None)
    body = prose(f"The 2023 Science and Technology Diplomacy Forum was held on {day}.")

    assert fields("event-on-another-day", body=body, meetings=(lengthy,)) == ["body"] * count


def test_day_is_hashable_since_one_is_told_once() -> None:
    assert len({Day("16 March", None, 3, 16), Day("16 March", None, 3, 16)}) == 1
