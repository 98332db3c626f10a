"""Front of house: in which forms a list can be kept: as a feed, a calendar, a table or a question to the API.

All but the API stand under the language of their page, and hold what that page lists.
"""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Way = tuple[str | Promise, str | Promise, str]  # label, address, media type

CALENDAR: Way = (_("Calendar"), reverse_lazy("events-calendar"), "text/calendar")
FEEDS: tuple[Way, ...] = (
    (_("Atom feed"), "atom", "application/atom+xml"),
    (_("RSS feed"), "rss", "application/rss+xml"),
    (_("JSON feed"), "json", "application/feed+json"),
)


def feeds_of(name: str) -> tuple[Way, ...]:
    """The list as a feed, in each form."""
    return tuple((label, reverse_lazy(f"{name}-{form}"), kind) for label, form, kind in FEEDS)


def followed_as(
    name: str, *, has_feeds: bool = False, has_calendar: bool = False, has_records: bool = True
) -> tuple[Way, ...]:
    """Every form of one list, the best first; all of them take the filters that its page takes."""
    feeds = feeds_of(name) if has_feeds else ()
    calendar = (CALENDAR,) if has_calendar else ()
    records: tuple[Way, ...] = (
        (_("Table (CSV)"), reverse_lazy(f"{name}-csv"), "text/csv"),
        (_("API"), f"/api/v1/{name}/", "application/json"),
    )
    return (*calendar, *feeds, *records) if has_records else (*calendar, *feeds)
