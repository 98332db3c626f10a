"""Front of house: what the readers' templates say of dates, texts and pictures."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import template
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from newsroom import markup
from newsroom.dates import PartialDate
from newsroom.website.pages import days
from newsroom.website.pages.figures import Figure
from newsroom.website.pages.links import Link
from newsroom.website.pages.people import PersonLine

register = template.Library()

UNSAFE_IN_A_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.filter
def in_words(date: PartialDate | None) -> str:
    return date.in_words() if date else ""


@register.simple_tag
def when(first: PartialDate | None, last: PartialDate | None = None) -> str:
    """A date, or the span between two, marked up for machines as far as they can read it."""
    words, readable = days.span_in_words(first, last), days.machine(first)
    return format_html('<time datetime="{}">{}</time>', readable, words) if readable else words


@register.simple_tag
def day(moment: dt.datetime) -> SafeString:
    """The newsroom's day of an instant."""
    local = localtime(moment)
    words = date_format(local, pgettext("date format of a full day", "j F Y"))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), words)


@register.simple_tag
def linked(name: Link | PersonLine) -> SafeString:
    """A name, as a link where it leads somewhere."""
    if not name.url:
        return format_html("<span>{}</span>", name.name)
    return format_html('<a href="{}">{}</a>', name.url, name.name)


@register.simple_tag
def prose(body: str, dateline: str = "") -> SafeString:
    """An editor's text, cleaned once more, with the dateline at the head of its first paragraph."""
    text = markup.safe(body)
    if not dateline or not text.startswith("<p>"):
        return text
    head = format_html('<p><span class="dateline">{}.</span> ', dateline)
    return mark_safe(head + text.removeprefix("<p>"))  # noqa: S308  both parts are safe already


@register.inclusion_tag("website/_figure.html")
def figure(shown: Figure, sizes: str, *, is_first: bool = False, is_alone: bool = False) -> dict[str, object]:
    """A picture with caption and credit; `is_first` if the page opens with it, `is_alone` on its own page."""
    return {"figure": shown, "sizes": sizes, "is_first": is_first, "is_alone": is_alone}


@register.simple_tag
def linked_data(facts: dict[str, Any]) -> SafeString:
    """JSON-LD for a data block: no text in it can end the block or begin another."""
    text = json.dumps(facts, ensure_ascii=False)
    return mark_safe(text.translate(UNSAFE_IN_A_SCRIPT))  # noqa: S308  nothing is left that HTML would read
