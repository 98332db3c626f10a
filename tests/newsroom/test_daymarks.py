"""Days in tokens: a span finds just what overlaps it, in few words."""

import datetime as dt
from itertools import product

import pytest

from newsroom.daymarks import for_index, for_query

DAYS = [dt.date(2024, 1, 1), dt.date(2024, 2, 29), dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2030, 6, 15)]
SPANS = [(first, last) for first, last in product(DAYS, DAYS) if first <= last]


@pytest.mark.parametrize("span", SPANS)
def test_span_finds_what_overlaps_it(span: tuple[dt.date, dt.date]) -> None:
    first, last = span
    asked = {(first, last): for_query(first, last), (first, None): for_query(first, None)}
    asked |= {(None, last): for_query(None, last)}

    found = {
        (ends, other): not set(words).isdisjoint(for_index(*other)) for ends, words in asked.items() for other in SPANS
    }

    assert found == {
        ((start, end), other): (start is None or start <= other[1]) and (end is None or other[0] <= end)
        for start, end in asked
        for other in SPANS
    }


def test_days_are_told_in_few_words() -> None:
    day, year = (dt.date(2025, 12, 9),) * 2, (dt.date(2025, 1, 1), dt.date(2025, 12, 31))

    assert for_index(*day) == ["d02", "d020", "d0202", "d02025", "d0202512", "d020251209"]
    assert for_index(*year) == ["d02", "d020", "d0202", "d02025", "w02025"]
    assert for_query(*year) == ["d02025", "w02", "w020", "w0202"]
    assert len(for_query(dt.date(1951, 2, 3), dt.date(2049, 11, 28))) < 120
