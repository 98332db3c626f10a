"""Tables for spreadsheets: nothing in them runs, and every text comes back as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from newsroom import csv_export

TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("'=+-@\t\r\n ＝＋－＠,;\"\u00a0"))
DANGEROUS = ["=1+1", "+1", "-1", "@sum", "\tx", "\rx", "  =1", "\u00a0=1", "＝1", "＋1", "－1", "＠x", "'=1", "\n@x"]


def read_back(text: str) -> list[list[str]]:
    lines = csv.reader(io.StringIO(text.removeprefix(csv_export.BOM), newline=""), strict=True)
    return [[csv_export.as_typed(cell) for cell in line] for line in lines]


@pytest.mark.parametrize("text", DANGEROUS)
def test_cell_that_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    assert csv_export.harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Kim", "a=b", "'quoted'", "1-2", "O'Neill"])
def test_cell_that_is_plain_stays_as_it_is(text: str) -> None:
    assert csv_export.harmless(text) == text


def test_number_stays_a_number() -> None:
    assert csv_export.harmless(-5) == -5


@override_settings(TIME_ZONE="Asia/Seoul")
def test_moment_is_in_the_newsrooms_zone() -> None:
    moment = dt.datetime(2025, 6, 1, 0, 30, tzinfo=dt.UTC)

    assert csv_export.harmless(moment) == "2025-06-01 09:30+09:00"


@given(st.lists(st.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=5))
def test_every_text_comes_back_as_it_was(lines: list[list[str]]) -> None:
    assert read_back(csv_export.written(lines)) == lines


@given(TEXT)
def test_no_cell_begins_with_a_sign_that_runs(text: str) -> None:
    cell = str(csv_export.harmless(text))

    assert cell.lstrip()[:1] not in set("=+-@＝＋－＠")


def test_answer_is_a_file_that_spreadsheets_read_as_utf8() -> None:
    response = csv_export.rows(["name"], [["김상배"]], name="people.csv")

    assert response.getvalue() == "\ufeffname\r\n김상배\r\n".encode()
    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_lines_are_read_while_they_are_sent() -> None:
    read: list[int] = []

    def lines() -> object:
        for number in range(csv_export.AT_ONCE + 1):
            read.append(number)
            yield [number]

    pieces = iter(csv_export.rows(["number"], lines()))  # type: ignore[arg-type]
    next(pieces)
    before = len(read)
    next(pieces)

    assert (before, len(read)) == (0, csv_export.AT_ONCE)
