"""Drawings: many bodies one below the other, and arcs between those that are tied to each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsroom.website.drawings.labels import left_out, shortened
from newsroom.website.pages.links import Link

MOST_BODIES, MOST_ARCS = 36, 72
NAME, SHORT_NAME = 48, 21  # half-ems, and on a phone
PITCH = 24
ROUNDS = 12
FLATTEST = 8  # rows: arcs over fewer are not drawn out over the whole width

Pair = tuple[Link, Link]


@dataclass(frozen=True)
class Arc:
    path: str
    is_strong: bool


@dataclass(frozen=True)
class Body:
    """A body in its place, with the arcs that lead down from it."""

    link: Link
    text: str
    short: str  # on a phone
    y: int
    arcs: list[Arc]

    @property
    def rest(self) -> str:
        """What a phone leaves out."""
        return left_out(self.text, self.short)

    @property
    def text_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True)
class Arcs:
    bodies: list[Body]
    height: int
    more: int  # bodies for which there is no room
    pairs: list[Pair]  # all that an arc ties


def arcs(ties: Mapping[Pair, int], strong: frozenset[Pair] = frozenset()) -> Arcs | None:
    """The drawing of the bodies with the weightiest ties; a strong tie is one of another kind, not of more weight."""
    everybody = _by_weight(ties)
    drawn = _drawn(ties, frozenset(everybody[:MOST_BODIES]))
    tied = {link for pair in drawn for link in pair}
    order = ordered([one for one in everybody if one in tied], {pair: ties[pair] for pair in drawn})
    if not order:
        return None
    rows = {link: row for row, link in enumerate(order)}
    furthest = max(FLATTEST, *(abs(rows[one] - rows[other]) for one, other in drawn))
    down: dict[Link, list[Arc]] = defaultdict(list)
    for pair in drawn:
        first, last = sorted(rows[link] for link in pair)
        down[order[first]].append(Arc(_path(first, last, furthest), pair in strong))
    bodies = [_body(link, row, down[link]) for row, link in enumerate(order)]
    return Arcs(bodies, PITCH * len(order), len(everybody) - len(order), drawn)


def _drawn(ties: Mapping[Pair, int], bodies: frozenset[Link]) -> list[Pair]:
    """The weightiest ties between these bodies, the first of each body before all others."""
    ranked = sorted((pair for pair in ties if bodies.issuperset(pair)), key=lambda pair: (-ties[pair], pair))
    firsts = {link: pair for pair in reversed(ranked) for link in pair}.values()
    return list(dict.fromkeys([*firsts, *ranked]))[:MOST_ARCS]


def _by_weight(ties: Mapping[Pair, int]) -> list[Link]:
    weight: Counter[Link] = Counter()
    for pair, one in ties.items():
        for link in pair:
            weight[link] += one
    return sorted(weight, key=lambda link: (-weight[link], link))


def ordered(links: Sequence[Link], ties: Mapping[Pair, int]) -> list[Link]:
    """In an order in which the arcs are short: everybody moves towards those they are tied to, the best round wins."""
    order = best = list(links)
    for _round in range(ROUNDS):
        rows = {link: float(row) for row, link in enumerate(order)}
        pulled = {link: [row] for link, row in rows.items()}
        for (one, other), weight in ties.items():
            pulled[one] += [rows[other]] * weight
            pulled[other] += [rows[one]] * weight
        order = sorted(order, key=lambda link: sum(pulled[link]) / len(pulled[link]))
        best = min(best, order, key=lambda one: length(one, ties))
    return best


def length(order: Sequence[Link], ties: Mapping[Pair, int]) -> int:
    """How far apart all that is tied together stands."""
    rows = {link: row for row, link in enumerate(order)}
    return sum(weight * abs(rows[one] - rows[other]) for (one, other), weight in ties.items())


def _y(row: int) -> int:
    return PITCH * row + PITCH // 2


def _body(link: Link, row: int, leading_down: list[Arc]) -> Body:
    return Body(link, shortened(link.name, NAME), shortened(link.name, SHORT_NAME), _y(row), leading_down)


def _path(first: int, last: int, furthest: int) -> str:
    """Half an ellipse: the further apart, the further out."""
    across = round(100 * (last - first) / furthest)
    return f"M0 {_y(first)}A{across} {PITCH * (last - first) // 2} 0 0 1 0 {_y(last)}"
