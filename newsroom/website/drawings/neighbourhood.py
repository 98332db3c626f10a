"""Drawings: what stands around one record: on the left its ties, on the right what else they tie in.

Every length is in pixels but those across, which are shares of the width: the words keep their size on any screen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from newsroom.website.drawings.labels import broken, left_out, room, shortened
from newsroom.website.pages.links import Link

MOST_TIES = 12
MOST_ENDS = 24  # with a name of their own; the others are counted beside the tie that leads to them
TIE_LINE, NOTE_LINE, END_LINE, OWN_LINE = 17, 19, 16, 26  # half-ems that fit on a phone
WIDE_LINE = 33  # where there is more room
MOST_LINES, MOST_NOTES = 4, 4  # a date is never cut
LINE = 16
PITCH = 24  # no target is smaller
HEAD = 40  # where the name of the record stands


@dataclass(frozen=True)
class Tie:
    """A meeting or a person through whom a record is tied to others; the note says when or as what."""

    link: Link
    note: str
    ends: Sequence[Link]


@dataclass(frozen=True)
class Hub:
    """A tie in its place: its words stand on its line, the note below."""

    name: str
    url: str
    y: int
    lines: list[tuple[int, str]]
    notes: list[tuple[int, str]]

    @property
    def is_cut(self) -> bool:
        """Whether its words are not the whole name."""
        return " ".join(text for _y, text in self.lines) != self.name


@dataclass(frozen=True)
class End:
    """Who or what is tied in, in its place; `more` counts those for whom there is no room."""

    name: str
    url: str
    text: str
    short: str  # on a phone
    y: int
    path: str
    ties: int
    more: int = 0

    @property
    def rest(self) -> str:
        """What a phone leaves out."""
        return left_out(self.text, self.short)

    @property
    def text_y(self) -> int:
        return self.y + 5

    @property
    def is_again(self) -> bool:
        return self.ties > 1


@dataclass(frozen=True)
class Neighbourhood:
    name: str
    hubs: list[Hub]
    ends: list[End]
    height: int
    ties: list[Tie]  # all that is drawn or counted, for the list beside it

    @property
    def name_width(self) -> int:
        return room(self.name) * 11 + 20

    @property
    def named(self) -> int:
        """How many stand at the right, those without a label of their own included."""
        return sum(end.more or 1 for end in self.ends)

    @property
    def spine(self) -> str:
        return f"M6 {HEAD - 10}V{self.hubs[-1].y}"


@dataclass(frozen=True)
class _Words:
    """What a tie says above its line and below, and the room that takes."""

    lines: list[str]
    notes: list[str]

    @classmethod
    def of(cls, tie: Tie) -> _Words:
        return cls(broken(tie.link.name, TIE_LINE, MOST_LINES), broken(tie.note, NOTE_LINE, MOST_NOTES))

    @property
    def above(self) -> int:
        return LINE * len(self.lines) + 8

    @property
    def below(self) -> int:
        return LINE * len(self.notes) + 8


@dataclass(frozen=True)
class _Row:
    link: Link
    ties: tuple[int, ...]
    more: int = 0

    @property
    def place(self) -> float:
        """Beside the middle of its ties; the uncounted below the named."""
        return fmean(self.ties) + (0.25 if self.more else 0)


def neighbourhood(name: str, ties: Sequence[Tie]) -> Neighbourhood | None:
    """The drawing of these ties, or none where nothing is tied in."""
    ties = [tie for tie in ties if tie.ends][:MOST_TIES]
    if not ties:
        return None
    rows = sorted(_rows(ties), key=lambda row: row.place)  # a stable sort: the ties' own order breaks what is equal
    words = [_Words.of(tie) for tie in ties]
    height = HEAD + max(PITCH * len(rows), sum(one.above + one.below for one in words))
    first = HEAD + (height - HEAD - PITCH * len(rows)) // 2 + PITCH // 2
    heights = [first + PITCH * row for row in range(len(rows))]
    hub_ys = spread(
        [fmean(y for y, row in zip(heights, rows, strict=True) if place in row.ties) for place in range(len(ties))],
        [(one.above, one.below) for one in words],
        (HEAD, height),
    )
    return Neighbourhood(
        name=shortened(name, OWN_LINE),
        hubs=[_hub(tie, y, one) for tie, y, one in zip(ties, hub_ys, words, strict=True)],
        ends=[_end(row, y, hub_ys) for row, y in zip(rows, heights, strict=True)],
        height=height,
        ties=ties,
    )


def spread(wanted: Sequence[float], sizes: Sequence[tuple[int, int]], bounds: tuple[int, int]) -> list[int]:
    """Where to stand so that nothing overlaps, as near as may be to where one would: down the list, then up again.

    A size is the room taken above and below; the bounds have to hold them all.
    """
    ys: list[float] = []
    floor: float = bounds[0]
    for want, (above, below) in zip(wanted, sizes, strict=True):
        ys.append(max(want, floor + above))
        floor = ys[-1] + below
    ceiling: float = bounds[1]
    for place, (above, below) in reversed(list(enumerate(sizes))):
        ys[place] = min(ys[place], ceiling - below)
        ceiling = ys[place] - above
    return [int(y) for y in ys]


def _rows(ties: Sequence[Tie]) -> list[_Row]:
    """Those of most ties have a name of their own; the others are counted at the first tie that leads to them."""
    led: dict[Link, list[int]] = defaultdict(list)
    for place, tie in enumerate(ties):
        for link in dict.fromkeys(tie.ends):
            led[link].append(place)
    ranked = sorted(led, key=lambda link: -len(led[link]))
    shown = ranked if len(ranked) <= MOST_ENDS else ranked[: MOST_ENDS - len(ties)]
    counted: dict[int, int] = defaultdict(int)
    for link in ranked[len(shown) :]:
        counted[led[link][0]] += 1
    named = [_Row(link, tuple(led[link])) for link in led if link in set(shown)]
    return [*named, *(_Row(ties[place].link, (place,), more) for place, more in counted.items())]


def _hub(tie: Tie, y: int, words: _Words) -> Hub:
    top = y - 7 - LINE * (len(words.lines) - 1)
    return Hub(tie.link.name, tie.link.url, y, _set(words.lines, top), _set(words.notes, y + LINE))


def _set(lines: Sequence[str], top: int) -> list[tuple[int, str]]:
    return [(top + LINE * row, line) for row, line in enumerate(lines)]


def _end(row: _Row, y: int, hub_ys: Sequence[int]) -> End:
    path = "".join(f"M0 {hub_ys[tie]}C50 {hub_ys[tie]} 50 {y} 100 {y}" for tie in row.ties)
    name, url = row.link
    text, short = shortened(name, WIDE_LINE), shortened(name, END_LINE)
    return End(name, url, text, short, y, path, len(row.ties), row.more)
