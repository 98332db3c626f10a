"""Front of house: what the readers' templates show of a text that was found."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marked(snippet: Iterable[tuple[str, bool]]) -> SafeString:
    """A snippet with what was asked for marked; in one step, since a page of search has forty of them."""
    pieces = ((format_html("<mark>{}</mark>", text) if is_found else text,) for text, is_found in snippet)
    return format_html_join("", "{}", pieces)
