"""Front of house: instants to the minute, as the newsroom's clock has them."""

from __future__ import annotations

import datetime as dt

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import pgettext

register = template.Library()


@register.simple_tag
def instant(moment: dt.datetime) -> SafeString:
    local = localtime(moment)
    words = date_format(local, pgettext("date format of a day and a time", "j F Y, H:i"))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.simple_tag
def dated(moment: dt.datetime) -> SafeString:
    """A day in two lines: day and month, and the year; which of them comes first is the language's."""
    local = localtime(moment)
    day = date_format(local, pgettext("date format of a day without year", "j F"))
    year = date_format(local, pgettext("date format of a year", "Y"))
    lines = format_html(pgettext("a day in two lines", "{day} {year}"), day=format_html("<b>{}</b>", day), year=year)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), lines)
