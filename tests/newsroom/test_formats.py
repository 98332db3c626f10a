"""How dates are written and typed at the desk."""

import datetime as dt

import pytest
from django import forms
from django.utils.formats import date_format

MOMENT = dt.datetime(2026, 7, 6, 9, 5, tzinfo=dt.UTC)


def test_date_is_written_with_the_day_before_the_month() -> None:
    assert (date_format(MOMENT, "DATE_FORMAT"), date_format(MOMENT, "SHORT_DATETIME_FORMAT")) == (
        "6 July 2026",
        "6 Jul 2026, 09:05",
    )


@pytest.mark.parametrize("typed", ["2026-07-06", "6 July 2026", "6 Jul 2026"])
def test_date_that_means_one_day_is_read(typed: str) -> None:
    assert forms.DateField(localize=True).clean(typed) == dt.date(2026, 7, 6)


@pytest.mark.parametrize("typed", ["6/7/2026", "07/06/26"])
def test_date_that_may_mean_two_days_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField(localize=True).clean(typed)
