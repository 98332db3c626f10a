"""Front of house: a long list shows its beginning, the rest behind a fold that opens without script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django import template

register = template.Library()

RowT = TypeVar("RowT")


@register.filter
def shown(rows: Sequence[RowT], most: int) -> Sequence[RowT]:
    """What stands open: everything where a fold would hide hardly more than itself, or on a page of its own."""
    is_alone = getattr(rows, "is_alone", False)
    return rows if is_alone or len(rows) <= most + most // 3 else rows[:most]


@register.filter
def folded(rows: Sequence[RowT], most: int) -> Sequence[RowT]:
    """What lies behind the fold; empty where nothing does."""
    return rows[len(shown(rows, most)) :]
