"""The shelf of days: of which days an entry is, in tokens, so that the index itself answers for a span of time.

Days stand in a tree of digits: 20251209 in 202512, 2025, 202, 20 and 2. A span is cut into the few largest nodes
that make it up, so a search asks for some dozens of tokens at most, be it for a day or for a hundred years.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterator

DAY = 8  # digits
LENGTHS = (1, 2, 3, 4, 6, DAY)


def for_index(first: dt.date, last: dt.date) -> list[str]:
    """The tokens of all nodes that a span touches, as far as they are not inside of one that it fills."""
    filled = list(_nodes_of(_first(first), _last(last)))
    touched = {node[:length] for node in filled for length in LENGTHS if length <= len(node)}
    return [*map(_touched, sorted(touched)), *(_filled(node) for node in filled if len(node) < DAY)]


def for_query(first: dt.date | None, last: dt.date | None) -> list[str]:
    """The tokens any of which marks what overlaps a span; None is an open end."""
    nodes = list(_nodes_of(_first(first or dt.date.min), _last(last or dt.date.max)))
    above = {node[:length] for node in nodes for length in LENGTHS if length < len(node)}
    return [*map(_touched, nodes), *map(_filled, sorted(above))]


def _touched(node: str) -> str:
    return f"d0{node}"


def _filled(node: str) -> str:
    return f"w0{node}"


def _nodes_of(first: str, last: str, node: str = "") -> Iterator[str]:
    """The largest nodes that lie between both days."""
    earliest, latest = node.ljust(DAY, "0"), node.ljust(DAY, "9")
    if latest < first or last < earliest:
        return
    if node and first <= earliest and latest <= last:
        yield node
        return
    for below in _below(node):
        yield from _nodes_of(first, last, below)


def _below(node: str) -> Iterator[str]:
    if len(node) < 4:
        return (f"{node}{digit}" for digit in range(10))
    return (f"{node}{number:02}" for number in range(1, 13 if len(node) == 4 else 32))


def _first(day: dt.date) -> str:
    """Where a month or a year begins, so does its node."""
    is_start = day.day == 1
    return f"{day.year:04}" + (
        "0000" if is_start and day.month == 1 else f"{day.month:02}{0 if is_start else day.day:02}"
    )


def _last(day: dt.date) -> str:
    is_end = day.day == monthrange(day.year, day.month)[1]
    return f"{day.year:04}" + (
        "9999" if is_end and day.month == 12 else f"{day.month:02}{99 if is_end else day.day:02}"
    )
