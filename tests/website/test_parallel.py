"""Which sessions run side by side: between rooms whatever overlaps, else what is no part of the other."""

import datetime as dt

import pytest

from events.models import Session
from newsroom.website.pages.parallel import parallel


def session(written: str) -> Session:
    """Such as "9-12 A": from when to when, and in which room."""
    hours, _space, room = written.partition(" ")
    starts, _dash, ends = hours.partition("-")
    return Session(starts_at=at(starts), ends_at=at(ends), room=room)


def at(hour: str) -> dt.datetime | None:
    """Hours beyond 24 are those of the next day."""
    return dt.datetime(2025, 12, 9, tzinfo=dt.UTC) + dt.timedelta(hours=float(hour)) if hour else None


@pytest.mark.parametrize(
    ("programme", "marked"),
    [
        (["9-10", "10-11", "11-12"], []),
        (["9-11", "10-12"], [1]),  # neither is a part of the other
        (["9-10", "9-10", "9-10"], [1, 2]),
        (["9-18", "9-10", "10-11"], []),  # the day itself
        (["9-12", "9.5-10"], []),  # a talk within its panel
        (["10-12 A", "10-11 B", "11-12 B"], [1, 2]),
        (["9-10 A", "10-12 A", "10-11 B"], [2]),
        (["9-10 A", "9-10 B", "9-10 C"], [1, 2]),
        (["9-12 A", "10-11 a"], []),  # one room, however it is written
        (["9-18 Lobby", "9-10 A", "9-10 B", "10-11 A"], [2]),  # an exhibition beside all else
        (["9-18 Lobby", "9-10 A", "10-11 A", "20 Restaurant"], []),  # and a dinner
        (["9-18 A", "9-18 B", "9-10 C"], [1, 2]),
        (["9-18 Lobby", "33-34 A", "9-10 A", "9-10 B"], [3]),  # whatever the next day brings
        (["22-26", "25-27"], [1]),  # over midnight
        (["9", "9"], []),  # one after the other at an hour that is printed once
        (["9 A", "9 B"], [1]),
        (["9-11", "10"], []),
        (["9-11 A", "10 B"], [1]),
        (["9-11", "", "10-12"], [2]),
        ([], []),
    ],
)
def test_sessions_run_side_by_side(programme: list[str], marked: list[int]) -> None:
    sessions = [session(written) for written in programme]

    answers = parallel(sessions, dt.UTC)

    assert [place for place, is_marked in enumerate(answers) if is_marked] == marked
