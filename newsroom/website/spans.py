"""Front of house: the spans of time that a list offers ready made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from newsroom.website.selection import Selection

Span = tuple[str, str, str]  # label, from, to


@dataclass(frozen=True)
class Preset:
    """A span that is one click away, with the other filters kept."""

    label: str
    url: str
    is_on: bool


def published(today: dt.date) -> list[Span]:
    """What has appeared lately."""
    week, month = today - dt.timedelta(days=6), today - dt.timedelta(days=29)
    return [(_("Past 7 days"), f"{week}", ""), (_("Past 30 days"), f"{month}", ""), *years(today)]


def held(today: dt.date) -> list[Span]:
    """What is still to come, and the usual parts of the calendar."""
    month = f"{today:%Y-%m}"
    return [(_("From today"), f"{today}", ""), (_("This month"), month, month), *years(today)]


def years(today: dt.date) -> list[Span]:
    this, last = f"{today.year}", f"{today.year - 1}"
    return [(_("This year"), this, this), (_("Last year"), last, last)]


def presets(selection: Selection, spans: Callable[[dt.date], list[Span]]) -> list[Preset]:
    """Each replaces the span that is asked for."""
    chosen = selection.query.first("from"), selection.query.first("to")
    others = selection.query.without("from").without("to")
    return [
        Preset(label, others.with_values({"from": first, "to": last}).url, chosen == (first, last))
        for label, first, last in spans(localdate(selection.at))
    ]
