"""Which events lie in a span, and which of their rows may be shown."""

import datetime as dt
from typing import Any

import pytest

from events.models import Appearance, Event, Statement
from newsroom.dates import PartialDate
from tests import factories

pytestmark = pytest.mark.django_db


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("dates", "start", "end", "found"),
    [
        ({"starts_on": "2025-12-09"}, "2025-12-09", "2025-12-09", True),
        ({"starts_on": "2025-12-09"}, "2025-12-10", None, False),
        ({"starts_on": "2025-12-09"}, None, "2025-12-08", False),
        ({"starts_on": "2025-12-09"}, None, None, True),
        ({"starts_on": "2025-12"}, "2025-12-31", None, True),
        ({"starts_on": "2025-12"}, "2025-12-10", "2025-12-11", True),
        ({"starts_on": "2025-XX-06"}, "2025-12-06", "2025-12-31", True),
        ({"starts_on": "2025-XX-06"}, "2025-12-07", None, False),
        ({"starts_on": "2025-12-01", "ends_on": "2025-12-05"}, "2025-12-03", "2025-12-04", True),
        ({"starts_on": "2025-12-01", "ends_on": "2025-12-05"}, "2025-12-05", None, True),
        ({"starts_on": "2025-12-01", "ends_on": "2025-12-05"}, "2025-12-06", None, False),
        ({"starts_on": "2025-12-01", "ends_on": "2025-12-05"}, None, "2025-11-30", False),
        ({}, None, None, True),
        ({}, "2025-01-01", None, False),
        ({}, None, "2025-01-01", False),
        ({"starts_on": "XXXX-12-09"}, "2025-01-01", "2025-12-31", False),
    ],
)
def test_event_is_held_between_days_that_its_dates_may_meet(
    dates: dict[str, str], start: str | None, end: str | None, found: bool
) -> None:
    factories.make_event(**dates)

    assert Event.objects.held_between(day(start), day(end)).exists() is found


@pytest.mark.parametrize(
    ("dates", "coming"),
    [
        ({"starts_on": "2026-03-02"}, True),
        ({"starts_on": "2026-03-01"}, False),
        ({"starts_on": "2026-03"}, True),
        ({"starts_on": "2026"}, True),
        ({"starts_on": "2026-02-27", "ends_on": "2026-03-02"}, True),
        ({"starts_on": "2026-02-27", "ends_on": "2026-03-01"}, False),
        ({}, False),
    ],
)
def test_event_is_coming_while_it_may_still_lie_ahead(dates: dict[str, str], coming: bool) -> None:
    factories.make_event(**dates)

    assert Event.objects.coming(dt.date(2026, 3, 2)).exists() is coming


def test_date_is_kept_as_imprecise_as_it_is() -> None:
    event = factories.make_event(starts_on="?2025-XX-06", date_as_printed="the 6th")

    again = Event.objects.get(pk=event.pk)

    assert again.starts_on == PartialDate(year=2025, day=6, inferred=frozenset({"year"}))
    assert (again.starts_on_earliest, again.starts_on_latest) == (dt.date(2025, 1, 6), dt.date(2025, 12, 6))


@pytest.mark.parametrize("model", [Appearance, Statement])
@pytest.mark.parametrize(
    ("event", "is_shown"),
    [
        ({"is_public": True}, True),
        ({"is_public": True, "attribution": "on-the-record"}, True),
        ({"is_public": True, "attribution": "chatham-house"}, False),
        ({"is_public": False}, False),
    ],
)
def test_rows_are_public_where_the_event_is_and_names_may_be(model: Any, event: dict[str, Any], is_shown: bool) -> None:
    row = {"event": factories.make_event(**event), "person": factories.make_person()}
    model.objects.create(**row, **({"order": 1, "text": "That it rains."} if model is Statement else {}))

    assert model.objects.public().exists() is is_shown
