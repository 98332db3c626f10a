"""Moments that editors type: by the newsroom's clock, its offset said, and asked about where clocks change."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from newsroom import moments
from newsroom.moments import MomentField

FORWARD = "2026-03-29T02:30"  # never comes in Paris
BACK = "2026-10-25T02:30"  # comes twice
FIRST, SECOND = dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)


class Schedule(forms.Form):
    opens = MomentField(label="Opens")


@pytest.fixture
def paris() -> Iterator[None]:
    with timezone.override("Europe/Paris"):
        yield


def typed(local: str, meant: dt.datetime | None = None) -> Schedule:
    return Schedule({"opens": local, "opens_meant": meant.isoformat() if meant else ""})


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2026-03-29T01:30", dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC)),
        ("2026-03-29T03:30", dt.datetime(2026, 3, 29, 1, 30, tzinfo=dt.UTC)),
        ("2026-07-01 09:00", dt.datetime(2026, 7, 1, 7, 0, tzinfo=dt.UTC)),
        ("2026-12-01T09:00:00", dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)),
        ("", None),
    ],
)
def test_moment_is_read_by_the_newsrooms_clock(local: str, moment: dt.datetime | None, paris: None) -> None:
    form = typed(local)

    assert (form.errors, form.cleaned_data["opens"]) == ({}, moment)


@pytest.mark.parametrize(
    "text",
    [
        "soon",
        "2026-02-30T10:00",
        "2026-13-01T10:00",
        "2026-03-01T10:00+09:00",
        "0001-01-01T00:00",
        "1899-12-31T23:59",
        "2201-01-01T00:00",
        "9999-12-31T23:59",
    ],
)
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York"])
def test_text_that_is_no_local_time_is_refused_with_an_example(text: str, zone: str) -> None:
    form = typed(text)

    with timezone.override(zone):
        errors, shown = form.errors, str(form["opens"])

    assert errors == {"opens": ["Enter a date between 1900 and 2200 and a time, such as 2026-03-31 09:30."]}
    assert f'value="{text}"' in shown


def test_time_that_comes_twice_is_refused_with_a_choice(paris: None) -> None:
    form = typed(BACK)

    assert [code.code for code in form.errors.as_data()["opens"]] == ["twice"]
    assert "02:30 (Europe/Paris, UTC+02:00)" in str(form["opens"])
    assert "02:30 (Europe/Paris, UTC+01:00)" in str(form["opens"])


@pytest.mark.parametrize("meant", [FIRST, SECOND])
def test_time_that_comes_twice_is_the_one_that_was_chosen(meant: dt.datetime, paris: None) -> None:
    form = typed(BACK, meant)

    assert (form.errors, form.cleaned_data["opens"]) == ({}, meant)


def test_time_that_never_comes_is_refused_with_the_ones_around_it(paris: None) -> None:
    form = typed(FORWARD)

    assert [code.code for code in form.errors.as_data()["opens"]] == ["never"]
    assert "01:30 (Europe/Paris, UTC+01:00)" in str(form["opens"])
    assert "03:30 (Europe/Paris, UTC+02:00)" in str(form["opens"])


def test_choice_that_belongs_to_another_time_is_no_choice(paris: None) -> None:
    form = typed(BACK, dt.datetime(2026, 10, 26, 0, 30, tzinfo=dt.UTC))

    assert list(form.errors) == ["opens"]


@pytest.mark.parametrize("kept", [FIRST, SECOND])
def test_kept_moment_comes_back_as_the_one_that_was_meant(kept: dt.datetime, paris: None) -> None:
    shown = Schedule(initial={"opens": kept})

    sent = {"opens": BACK, "opens_meant": kept.isoformat()}
    assert f'value="{kept.isoformat()}" checked' in str(shown["opens"])
    assert str(shown["opens"]).count("checked") == 1
    assert Schedule(sent, initial={"opens": kept}).has_changed() is False


def test_field_says_the_zone_and_the_offset_of_its_own_day(paris: None) -> None:
    summer, winter = (Schedule(initial={"opens": dt.datetime(2026, month, 1, tzinfo=dt.UTC)}) for month in (7, 12))

    assert "Europe/Paris, UTC+02:00" in str(summer["opens"])
    assert "Europe/Paris, UTC+01:00" in str(winter["opens"])


def test_empty_field_says_the_zone_and_the_offset_of_today() -> None:
    with timezone.override("Asia/Seoul"):
        assert "Asia/Seoul, today UTC+09:00" in str(Schedule()["opens"])


def test_label_leads_to_the_typed_part() -> None:
    form = Schedule()

    assert (form["opens"].id_for_label, 'id="id_opens_0"' in str(form["opens"])) == ("id_opens_0", True)


@given(
    zone=st.sampled_from(["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca"]),
    minute=st.integers(315_532_800 // 60, 2**31 // 60),
)
def test_whatever_moment_is_kept_is_sent_back_as_itself(zone: str, minute: int) -> None:
    kept = dt.datetime.fromtimestamp(minute * 60, dt.UTC)
    with timezone.override(zone):
        local = kept.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        form = typed(local.isoformat(), kept)

        assert (form.errors, form.cleaned_data["opens"], kept in moments.meanings(local)) == ({}, kept, True)
