"""Dates with precision: saying two of them, the first and the last day of something."""

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.dates.partial import PartialDate


def span_in_words(first: PartialDate | None, last: PartialDate | None) -> str:
    """From the first day to the last, each as precise as it is known; empty where neither is."""
    if first is None or last is None or first == last:
        date = first or last
        return date.in_words() if date else ""
    if first.year == last.year and _is_settled(first) and _is_settled(last):
        return _within_a_year(first, last)
    return _("%(first)s to %(last)s") % {"first": first.in_words(), "last": last.in_words()}


def _within_a_year(first: PartialDate, last: PartialDate) -> str:
    """What both days share is said once: “9–10 December 2025”."""
    if first.month == last.month:
        formats = pgettext("date formats of the first and the last day of a span within a month", "j–|j F Y")
    else:
        formats = pgettext("date formats of the first and the last day of a span within a year", "j F – |j F Y")
    pairs = zip((first.earliest, last.earliest), formats.split("|"), strict=True)
    return "".join(date_format(day, form) for day, form in pairs if day)


def _is_settled(date: PartialDate) -> bool:
    return date.is_day and not (date.inferred or date.approximate or date.uncertain)
