"""The bottom shelf: a state as the desk shows it, in a word and a colour; every room's lists may use it."""

from django.utils.html import format_html
from django.utils.safestring import SafeString


def pill(value: str, label: object) -> SafeString:
    """A label coloured by its value (`desk.css` knows which); the word alone has to say everything."""
    return format_html('<span class="pill pill-{}">{}</span>', value, label)
