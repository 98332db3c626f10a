"""Dates with precision: what is read, what it means on the calendar, and how it is said again."""

import calendar
import datetime as dt

import pytest
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.dates import PartialDate, PartialDateError, in_words, parse_bound

settings.register_profile("unhurried", deadline=None)  # a busy machine is no fault of a date
settings.load_profile("unhurried")

YEARS = st.integers(1000, 2999)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Every date that the shelf can hold, with any of its parts inferred."""
    qualifiers = {"approximate": draw(st.booleans()), "uncertain": draw(st.booleans())}
    span = draw(st.sampled_from([1, 1, 1, 10, 100]))
    if span > 1:
        year = draw(YEARS) // span * span
        return PartialDate(year, inferred=_some(draw, "year"), year_span=span, **qualifiers)
    if draw(st.integers(1, 5)) == 1:
        year, season = draw(st.none() | YEARS), draw(st.integers(21, 24))
        known = ["season"] if year is None else ["season", "year"]
        return PartialDate(year, season=season, inferred=_some(draw, *known), **qualifiers)
    year, month = draw(st.none() | YEARS), draw(st.none() | st.integers(1, 12))
    days = 31 if month is None else calendar.monthrange(year or 2000, month)[1]
    day = draw(st.none() | st.integers(1, days))
    if year is month is day is None:
        year = 2023
    known = [name for name, part in (("year", year), ("month", month), ("day", day)) if part is not None]
    return PartialDate(year, month, day, inferred=_some(draw, *known), **qualifiers)


def _some(draw: st.DrawFn, *parts: str) -> frozenset[str]:
    return frozenset(draw(st.sets(st.sampled_from(parts))))


@given(partial_dates())
def test_text_is_read_back_as_the_same_date(date):
    assert PartialDate.parse(str(date)) == date


@given(partial_dates())
def test_words_are_read_back_as_the_same_date(date):
    if date.precision == "century":
        return  # "the years 2000 to 2099" is for readers; a desk types 20XX

    assert PartialDate.from_human(date.in_words()) == date


@given(partial_dates())
def test_a_form_reads_the_text_that_it_shows(date):
    assert PartialDate.from_human(str(date)) == date


@given(partial_dates())
def test_earliest_is_never_after_latest(date):
    if date.year is None:
        assert (date.earliest, date.latest) == (None, None)
    else:
        assert date.earliest <= date.latest


@given(partial_dates(), st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)))
def test_a_covered_day_lies_between_the_edges(date, day):
    if date.covers(day) and date.year is not None:
        assert date.earliest <= day <= date.latest


@given(partial_dates())
def test_both_edges_are_days_that_the_date_covers(date):
    if date.year is not None:
        assert [date.covers(date.earliest), date.covers(date.latest)] == [True, True]


@given(st.lists(partial_dates()))
def test_sorting_follows_the_earliest_then_the_latest_day(dates):
    dated = [date for date in sorted(dates) if date.year is not None]

    assert dated == sorted(dates)[: len(dated)]
    assert [(d.earliest, d.latest) for d in dated] == sorted((d.earliest, d.latest) for d in dated)


@given(
    st.text("0123456789XT[]()?~%-./, JulymarchXthedinferredfalwi년월일가을\u0663ſ", max_size=40) | st.text(max_size=40)
)
@example("16 March [2025]")
def test_any_text_is_either_a_date_or_refused(text):
    try:
        date = PartialDate.from_human(text)
    except PartialDateError:
        return

    assert PartialDate.parse(str(date)) == date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2023-12-19", "2023-12-19", "2023-12-19", "day"),
        ("2025-12", "2025-12-01", "2025-12-31", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2022~", "2022-01-01", "2022-12-31", "year"),
        ("202X", "2020-01-01", "2029-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2019-21", "2019-03-01", "2019-05-31", "season"),
        ("2019-22?", "2019-06-01", "2019-08-31", "season"),
        ("2019-23~", "2019-09-01", "2019-11-30", "season"),
        ("2019-24", "2019-12-01", "2020-02-29", "season"),
        ("2999-24", "2999-12-01", "3000-02-28", "season"),
        ("XXXX-24", "None", "None", "none"),
        ("2025-XX-06", "2025-01-06", "2025-12-06", "day-unknown-month"),
        ("?2025-XX-31", "2025-01-31", "2025-12-31", "day-unknown-month"),
        ("XXXX-03-16", "None", "None", "none"),
        ("XXXX-XX-06", "None", "None", "none"),
    ],
)
def test_date_spans_the_days_that_it_can_be(text, earliest, latest, precision):
    date = PartialDate.parse(text)

    assert (str(date.earliest), str(date.latest), date.precision) == (earliest, latest, precision)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 2025-12-XX ", "2025-12"),
        ("2025-XX-XX", "2025"),
        ("2025-XX", "2025"),
        ("2019-23-XX", "2019-23"),
        ("202x", "202X"),
    ],
)
def test_text_of_unstated_parts_is_shortened(text, canonical):
    assert str(PartialDate.parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("0999", "Give the year in four digits, from 1000 to 2999."),
        ("3000-01", "Give the year in four digits, from 1000 to 2999."),
        ("-0044", "Give the year in four digits, from 1000 to 2999."),
        ("Y170000002", "Give the year in four digits, from 1000 to 2999."),
        ("2023-13", "There is no month 13; give one from 1 to 12, or a season like autumn 2019."),
        ("2023-00", "There is no month 0; give one from 1 to 12, or a season like autumn 2019."),
        ("2019-33", "There is no month 33; give one from 1 to 12, or a season like autumn 2019."),
        ("2019-23-05", "A season takes the place of month and day; give the season or these."),
        ("2023-01-00", "No month has a day 0; give one from 1 to 31."),
        ("2023-XX-32", "No month has a day 32; give one from 1 to 31."),
        ("2023-02-29", "2023-02 has 28 days, so there is no day 29 in it; correct the day or the month."),
        ("XXXX-02-30", "XXXX-02 has 29 days, so there is no day 30 in it; correct the day or the month."),
        ("XXXX", "No part of this date is known; give a year, or leave the field empty."),
        ("202X-05", "A decade or a century stands alone; give the year in full beside a month or a season."),
        ("202X-23", "A decade or a century stands alone; give the year in full beside a month or a season."),
        ("2025-?XX-06", "The month is marked as inferred but not given; give it or drop the mark."),
    ],
)
def test_impossible_date_is_refused_with_what_is_wrong(text, sentence):
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("text", ["", "2023-1-2", "19 December 2023", "2023-12-19T10:00", "/", "２０２３"])
def test_text_that_is_no_edtf_is_refused_with_examples(text):
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == (
        f"“{text}” is not understood as a date; type it like 2023-12-19, 19 December 2023, "
        "December 2023 or 2023, and 2025-XX-06 when the month is unknown."
    )


@pytest.mark.parametrize("read", [PartialDate.parse, PartialDate.from_human])
@pytest.mark.parametrize("text", ["2021/2022", "2019-23/2019-24", "2019/..", "../2019-12-01", "2019~/"])
def test_span_is_refused_as_one(text, read):
    with pytest.raises(PartialDateError) as refusal:
        read(text)

    assert str(refusal.value) == (
        f"“{text}” is a span; a field takes one date, so give where it begins or where it ends."
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"year": 2025, "year_span": 10},
        {"year": 2000, "year_span": 7},
        {"day": 6, "year_span": 10},
        {"year": 2019, "season": 25},
        {"year": 2019, "season": 4},
    ],
)
def test_what_is_no_decade_century_or_season_is_refused(parts):
    with pytest.raises(PartialDateError):
        PartialDate(**parts)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("19 December 2023", "2023-12-19"),
        ("December 19, 2023", "2023-12-19"),
        ("19 Dec. 2023", "2023-12-19"),
        ("Tuesday, 19 December 2023", "2023-12-19"),
        ("Dec 2023", "2023-12"),
        ("sept 2023", "2023-09"),
        ("2023.12.19", "2023-12-19"),
        ("2023. 12. 19.", "2023-12-19"),
        ("2023/12/9", "2023-12-09"),
        ("2023-5", "2023-05"),
        ("2023년 12월 19일", "2023-12-19"),
        ("2023년12월", "2023-12"),
        ("2023년", "2023"),
        ("12월 19일", "XXXX-12-19"),
        ("2025년 6일", "2025-XX-06"),
        ("the 6th", "XXXX-XX-06"),
        ("on the 6th, 2025", "2025-XX-06"),
        ("the 6th of an unknown month, 2025", "2025-XX-06"),
        ("16 March, year unknown", "XXXX-03-16"),
        ("2025", "2025"),
        ("2020s", "202X"),
        ("autumn 2019", "2019-23"),
        ("Fall 2019", "2019-23"),
        ("the spring of 2019", "2019-21"),
        ("2019년 가을", "2019-23"),
        ("2019 여름철", "2019-22"),
        ("winter 2019/20", "2019-24"),
        ("2019–2020년 겨울", "2019-24"),
        ("winter 1999-00", "1999-24"),
        ("[autumn] 2019", "2019-?23"),
        ("2019년 봄 (계절 추정)", "2019-?21"),
        ("about summer 2019", "2019-22~"),
        ("2019-23%", "2019-23%"),
        ("c. 2015", "2015~"),
        ("possibly about May 2015", "2015-05%"),
        ("16 March [2025]", "?2025-03-16"),
        ("[16 March] 2025", "2025-?03-?16"),
        ("the 6th (2025 inferred)", "?2025-XX-06"),
        ("16 March 2025 (year inferred)", "?2025-03-16"),
        ("1 July 2025 (month and year inferred)", "?2025-?07-01"),
        ("2025년 3월 16일 (연도 추정)", "?2025-03-16"),
        ("?2025-XX-06", "?2025-XX-06"),
        ("2025?", "2025?"),
    ],
)
def test_what_an_editor_types_is_read(typed, text):
    assert str(PartialDate.from_human(typed)) == text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2025s", "“2025s” is no decade; type 2020s for the decade or 2025 for the year."),
        (
            "19/12/2023",
            "“19/12/2023” can be read in more than one way; type the year first, like 2023-12-19.",
        ),
        ("12/19", "“12/19” can be read in more than one way; type the year first, like 2023-12-19."),
        ("2023 2025", "“2023 2025” gives two numbers for the year; keep one."),
        ("autumn winter 2019", "“autumn winter 2019” gives two numbers for the season; keep one."),
        ("5 autumn 2019", "A season takes the place of month and day; give the season or these."),
        (
            "Monday 5 autumn 2019",
            "A weekday needs a full day beside it; leave it out or give the whole date.",
        ),
        ("2019/23", "There is no month 23; give one from 1 to 12, or a season like autumn 2019."),
        ("12 19 December", "“12 19 December” gives two numbers for the day; keep one."),
        ("May 2025, month unknown", "The month is given and called unknown as well; keep one."),
        (
            "Monday 19 December 2023",
            "“Monday 19 December 2023” names the wrong weekday; correct it or leave it out.",
        ),
        ("Monday 19 December", "A weekday needs a full day beside it; leave it out or give the whole date."),
        (
            "16 March 2025?",
            "Put an inferred part in brackets, like 16 March [2025]; a doubtful date is 2025-03-16?.",
        ),
        ("16 March [2025", "A bracket is left open; close it after the inferred part, like [2025]."),
        ("16 March 2025]", "The brackets do not match; put the inferred part alone in a pair, like [2025]."),
        ("2025 (inferred)", "Name the part that was inferred, like (year inferred)."),
        ("2025 (day inferred)", "The day is marked as inferred but not given; give it or drop the mark."),
        (
            "Monday 31 February 2023",
            "2023-02 has 28 days, so there is no day 31 in it; correct the day or the month.",
        ),
        ("  ", "No part of this date is known; give a year, or leave the field empty."),
    ],
)
def test_what_an_editor_mistypes_is_refused_with_a_way_out(typed, sentence):
    with pytest.raises(PartialDateError) as refusal:
        PartialDate.from_human(typed)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "typed",
    [
        *("soon", "6 Brumaire 2023", "20230101", "1 July – 3 July", "(" + " " * 5000 + "2025"),
        *("spring 2019/20", "winter 2019/21", "2019-20 May"),
    ],
)
def test_what_is_no_date_is_refused_with_examples(typed):
    with pytest.raises(PartialDateError, match="type it like 2023-12-19, 19 December 2023"):
        PartialDate.from_human(typed)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023-12-19", "19 December 2023"),
        ("2023-12", "December 2023"),
        ("2023", "2023"),
        ("202X", "the 2020s"),
        ("20XX", "the years 2000 to 2099"),
        ("2019-23", "autumn 2019"),
        ("2019-24%", "possibly about winter 2019"),
        ("2019-?21", "spring 2019 (season inferred)"),
        ("XXXX-22", "summer, year unknown"),
        ("2025-XX-06", "the 6th of an unknown month, 2025"),
        ("?2025-XX-06", "the 6th of an unknown month, 2025 (year inferred)"),
        ("?2025-?07-?01", "1 July 2025 (day, month and year inferred)"),
        ("XXXX-03-16", "16 March, year unknown"),
        ("XXXX-03", "March, year unknown"),
        ("2015~", "about 2015"),
        ("2015-05?", "possibly May 2015"),
        ("2015-05%", "possibly about May 2015"),
    ],
)
def test_date_is_said_in_words(text, words):
    assert PartialDate.parse(text).in_words() == words


def test_date_is_said_in_the_active_language_unless_one_is_given():
    december = PartialDate(2023, 12)

    with translation.override("ko"):
        assert december.in_words() == in_words(december, language="ko")
        assert december.in_words(language="en") == "December 2023"


@pytest.mark.parametrize(
    ("text", "words"), [("2023-12", "2023년 12월"), ("2019-23", "2019년 가을"), ("2019-24~", "2019년 겨울경")]
)
def test_date_is_said_in_korean(text, words):
    assert PartialDate.parse(text).in_words(language="ko") == words


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("2023-12-19", "19 December 2023, Tuesday"),
        ("2023-12", "December 2023, day unknown"),
        ("2023", "2023, month and day unknown"),
        ("2022~", "2022, month and day unknown, approximate"),
        ("202X?", "the 2020s, uncertain"),
        ("2019-24", "winter 2019, December 2019 to February 2020"),
        ("2019-?23?", "autumn inferred, year 2019, uncertain"),
        ("2025-XX-06", "the 6th, month unknown, year 2025"),
        ("?2025-XX-06", "the 6th, month unknown, year 2025 inferred"),
        ("XXXX-XX-06", "the 6th, month unknown, year unknown"),
        ("XXXX-03", "March, year unknown"),
        ("?2025-07-01", "1 July, year 2025 inferred"),
        ("2025-?07-?01", "the 1st inferred, month July inferred, year 2025"),
    ],
)
def test_understood_names_each_part_and_what_is_missing(text, understood):
    assert PartialDate.parse(text).understood() == understood


@pytest.mark.parametrize(
    ("text", "day", "covered"),
    [
        ("2025-XX-06", dt.date(2025, 7, 6), True),
        ("2025-XX-06", dt.date(2025, 7, 7), False),
        ("XXXX-03-16", dt.date(1999, 3, 16), True),
        ("2019-24", dt.date(2020, 1, 31), True),
        ("2019-24", dt.date(2019, 1, 31), False),
        ("XXXX-24", dt.date(1999, 2, 1), True),
        ("2019-23", dt.date(2019, 12, 1), False),
        ("202X", dt.date(2029, 12, 31), True),
        ("202X", dt.date(2030, 1, 1), False),
        ("2023-12", dt.date(2023, 11, 30), False),
    ],
)
def test_date_covers_the_days_that_fit_its_parts(text, day, covered):
    assert PartialDate.parse(text).covers(day) is covered


@pytest.mark.parametrize(
    ("earliest", "latest", "overlaps"),
    [
        (None, None, True),
        (dt.date(2023, 12, 31), None, True),
        (dt.date(2024, 1, 1), None, False),
        (None, dt.date(2023, 12, 1), True),
        (None, dt.date(2023, 11, 30), False),
        (dt.date(2023, 12, 10), dt.date(2023, 12, 11), True),
    ],
)
def test_month_overlaps_a_span_that_it_touches(earliest, latest, overlaps):
    assert PartialDate(2023, 12).overlaps(earliest, latest) is overlaps


def test_date_without_a_year_overlaps_nothing():
    assert PartialDate(month=3, day=16).overlaps(None, None) is False


@pytest.mark.parametrize(("text", "iso"), [("2023-12-19", "2023-12-19"), ("2023-12", None), ("XXXX-12-19", None)])
def test_iso_is_given_of_full_days_only(text, iso):
    date = PartialDate.parse(text)

    assert (date.iso_or_none(), date.is_day) == (iso, iso is not None)


def test_dates_compare_with_dates_only():
    with pytest.raises(TypeError):
        sorted([PartialDate(2023), "2023"])


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        (" 2023-12-19 ", dt.date(2023, 12, 19), dt.date(2023, 12, 19)),
        ("1900", dt.date(1900, 1, 1), dt.date(1900, 12, 31)),
        ("2100", dt.date(2100, 1, 1), dt.date(2100, 12, 31)),
        ("6 September 2025", dt.date(2025, 9, 6), dt.date(2025, 9, 6)),
        ("Feb 2024", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025년 9월", dt.date(2025, 9, 1), dt.date(2025, 9, 30)),
        ("2025.9.6", dt.date(2025, 9, 6), dt.date(2025, 9, 6)),
        ("2019-23", dt.date(2019, 9, 1), dt.date(2019, 11, 30)),
        ("2019 가을", dt.date(2019, 9, 1), dt.date(2019, 11, 30)),
        ("winter 2019", dt.date(2019, 12, 1), dt.date(2020, 2, 29)),
    ],
)
def test_bound_is_the_first_or_last_day(text, first, last):
    assert (parse_bound(text, end=False), parse_bound(text, end=True)) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        *("", "1899", "2101", "2023-13", "2023-02-29", "202X", "2023~", "20231219", "٢٠٢٣", "2023-12-19-01"),
        *(
            "6 September",
            "06/09/2025",
            "30 February 2025",
            "about 2025",
            "the 2020s",
            "autumn",
            "[autumn] 2019",
            "2019/2020",
        ),
    ],
)
def test_bound_that_is_no_year_month_or_day_is_refused(text):
    with pytest.raises(PartialDateError):
        parse_bound(text, end=False)
