"""Detail pages: which sessions of a programme run side by side, so that a reader has to choose between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from events.models import Session

Span = tuple[dt.datetime, dt.datetime]

MOST_OF_A_DAY = dt.timedelta(hours=6)


def parallel(sessions: Sequence[Session], zone: dt.tzinfo) -> list[bool]:
    """For each session whether it runs beside one above it; `zone` says which of them share a day."""
    spans = [_span(one, zone) for one in sessions]
    timed = [
        (one, span) if span and not _lasts_all_day(place, spans) else None
        for place, (one, span) in enumerate(zip(sessions, spans, strict=True))
    ]
    return [
        bool(one) and any(_side_by_side(one, other) for other in timed[:place] if one and other)
        for place, one in enumerate(timed)
    ]


def _side_by_side(one: tuple[Session, Span], other: tuple[Session, Span]) -> bool:
    """In two rooms whatever overlaps; else what is no part of the other: a talk does not run beside its own panel."""
    (here, mine), (there, theirs) = one, other
    if here.room and there.room:
        return here.room.casefold() != there.room.casefold() and _overlap(mine, theirs)
    return _overlap(mine, theirs) and not (_is_within(mine, theirs) or _is_within(theirs, mine))


def _lasts_all_day(place: int, spans: Sequence[Span | None]) -> bool:
    """Whether most others of its day pass within it: an exhibition, the day itself; there may be a dinner after it."""
    mine = spans[place]
    if mine is None or mine[1] - mine[0] < MOST_OF_A_DAY:
        return False
    others = [span for at, span in enumerate(spans) if span and at != place]
    of_its_day = [span for span in others if mine[0].date() <= span[0].date() <= mine[1].date()]
    return sum(_is_within(span, mine) for span in of_its_day) * 2 > len(of_its_day)


def _span(session: Session, zone: dt.tzinfo) -> Span | None:
    """A session without an end is known by the moment at which it begins."""
    if session.starts_at is None:
        return None
    return session.starts_at.astimezone(zone), (session.ends_at or session.starts_at).astimezone(zone)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] == other[0] or (one[0] < other[1] and other[0] < one[1])


def _is_within(one: Span, other: Span) -> bool:
    """Of the same hours neither is a part of the other, but two moments may be one."""
    return other[0] <= one[0] and one[1] <= other[1] and (one != other or one[0] == one[1])
