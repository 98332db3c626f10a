"""Which title a person had on a given day, and how sure that is."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.dates import PartialDate

if TYPE_CHECKING:
    from people.models import Position


class Basis(enum.StrEnum):
    """What a title of the day rests on, strongest first."""

    ATTESTED = "attested"  # a source shows the person in this post on that very day
    HELD = "held"  # the day lies between the known start and end
    NEAREST = "nearest"  # attested on another day, and this is the nearest
    UNDATED = "undated"  # the post is known, its time is not


@dataclass(frozen=True)
class TitleOn:
    """A position with the reason why it is the one for the day asked about."""

    position: Position
    basis: Basis
    seen_on: PartialDate | None = None

    def __str__(self) -> str:
        return self.position.wording

    @property
    def local(self) -> str:
        """In the reader's language, where the post has a title in it."""
        return self.position.local_wording

    @property
    def is_certain(self) -> bool:
        return self.basis in {Basis.ATTESTED, Basis.HELD}


def title_on(positions: Iterable[Position], day: PartialDate | None) -> TitleOn | None:
    """The best answer among these positions; None where there are none."""
    answers = [_answer(position, day) for position in positions]
    ranked = sorted(answers, key=lambda pair: (pair[0], pair[1].position.pk or 0))
    return ranked[0][1] if ranked else None


def _answer(position: Position, day: PartialDate | None) -> tuple[tuple[int, int], TitleOn]:
    """The position's claim on the day: how strong (lower is stronger), and what it rests on."""
    days = [attestation.seen_on for attestation in position.attestations.all() if attestation.seen_on]
    if same := sorted((seen for seen in days if _may_be_same(seen, day)), key=_vagueness):
        return (0, _vagueness(same[0])), TitleOn(position, Basis.ATTESTED, same[0])
    seen = sorted(days, key=lambda one: _distance(one, day))
    if _covers(position, day):
        return (1, -_begun(position)), TitleOn(position, Basis.HELD)
    if is_ruled_out(position, day):
        return (4, 0), TitleOn(position, Basis.NEAREST, seen[0] if seen else None)
    if seen:
        return (2, _distance(seen[0], day)), TitleOn(position, Basis.NEAREST, seen[0])
    return (3, 0), TitleOn(position, Basis.UNDATED)


def _covers(position: Position, day: PartialDate | None) -> bool:
    """Whether the whole of the day (or month, or year) lies within a known start and a known or open end."""
    if day is None or day.earliest is None or day.latest is None or position.starts_on is None:
        return False
    starts = position.starts_on.latest or dt.date.max
    ends = position.ends_on.earliest if position.ends_on else dt.date.max
    return starts <= day.earliest and day.latest <= (ends or dt.date.max)


def _begun(position: Position) -> int:
    """The day on which it began, as an ordinal: of posts held at once the later one names its holder."""
    first = position.starts_on.latest if position.starts_on else None
    return (first or dt.date.min).toordinal()


def is_ruled_out(position: Position, day: PartialDate | None) -> bool:
    """Whether the post certainly began after the day or ended before it."""
    if day is None:
        return False
    begins = position.starts_on.earliest if position.starts_on else None
    ends = position.ends_on.latest if position.ends_on else None
    too_early = bool(begins and day.latest and day.latest < begins)
    too_late = bool(ends and day.earliest and day.earliest > ends)
    return too_early or too_late


def _may_be_same(seen: PartialDate, day: PartialDate | None) -> bool:
    """Whether both may be one day: “the 6th” may be 6 December, and is never the 1st of a month."""
    if day is None or _distance(seen, day):
        return False
    if seen.is_day and seen.earliest:
        return day.covers(seen.earliest)
    return seen.covers(day.earliest) if day.is_day and day.earliest else True


def _vagueness(seen: PartialDate) -> int:
    """Days between which it lies: of two attestations, the exact one is the better."""
    return (seen.latest - seen.earliest).days if seen.latest and seen.earliest else 10**7


def _distance(seen: PartialDate, day: PartialDate | None) -> int:
    """Days between the two, 0 where their spans meet; large where either is unknown."""
    if day is None or None in (seen.earliest, seen.latest, day.earliest, day.latest):
        return 10**7
    if seen.latest < day.earliest:  # type: ignore[operator]
        return (day.earliest - seen.latest).days  # type: ignore[operator]
    if day.latest < seen.earliest:  # type: ignore[operator]
        return (seen.earliest - day.latest).days  # type: ignore[operator]
    return 0
