"""Front of house: what the readers' templates say of dates, texts and pictures."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from newsroom import markup
from newsroom.dates import PartialDate, span_in_words
from newsroom.local_names import language_of, name_of, other_name_of
from newsroom.website.pages import days
from newsroom.website.pages.figures import Figure
from newsroom.website.pages.links import Link
from newsroom.website.pages.people import PersonLine
from newsroom.website.pictures import Picture

register = template.Library()

FIGURE = "website/_figure.html"
IN_THE_TEXT = "(min-width: 44rem) 41rem, 100vw"  # as wide as the column of text
# How wide the picture is with which a page of this kind opens, or one of several beside each other.
OPENING = {
    "hero": "(min-width: 75rem) 70rem, 100vw",
    "lead": "(min-width: 52rem) 46rem, 100vw",
    "tall": "(min-width: 29rem) 26rem, 100vw",
    "alone": "(min-width: 64rem) 48rem, 100vw",
    "portrait": "9rem",
    "beside": "(min-width: 40rem) 20rem, 100vw",
}
WIDE = {"hero", "lead", "alone"}  # where an upright picture would be higher than a screen
NEAR = 4  # pictures of a list that may be on the first screen
# Photographs may stand in front of it.
FIRST_PARAGRAPH = re.compile(rf"(?:{markup.FIGURE.pattern}\s*)*<p>")


@register.filter
def named(record: Any) -> str:
    return name_of(record)


@register.filter
def also_named(record: Any) -> str:
    return other_name_of(record)


@register.filter
def in_words(date: PartialDate | None) -> str:
    return date.in_words() if date else ""


@register.filter
def tongue(text: str) -> SafeString | str:
    """The `lang` of a record's words where they are in another language than the page; to follow an element's name."""
    language = language_of(text or "")
    return format_html(' lang="{}"', language) if language not in {"", get_language()} else ""


@register.filter
def in_its_tongue(text: str) -> SafeString | str:
    """The words themselves, within an element that says their language where it is another than the page's."""
    language = tongue(text)
    return format_html("<span{}>{}</span>", language, text) if language else text


@register.simple_tag
def when(first: PartialDate | None, last: PartialDate | None = None) -> str:
    """A date, or the span between two, marked up for machines as far as they can read it."""
    words, readable = span_in_words(first, last), days.machine(first)
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
    korean = "" if get_language() == "ko" else tongue(name.name)  # names in Latin letters are of many languages
    if not name.url:
        return format_html("<span{}>{}</span>", korean, name.name)
    return format_html('<a href="{}"{}>{}</a>', name.url, korean, name.name)


@register.simple_tag
def prose(body: str, dateline: str = "", placed: Mapping[str, Figure] | None = None) -> SafeString:
    """An editor's text, cleaned once more: the dateline heads its first paragraph, photographs stand in their places.

    Of photographs that are not among those `placed` nothing is left.
    """
    text = markup.safe(body)
    opening = FIRST_PARAGRAPH.match(text) if dateline else None
    if opening:
        head = format_html('<bdi class="dateline">{}.</bdi> ', dateline)
        text = mark_safe(text[: opening.end()] + head + text[opening.end() :])  # noqa: S308  both parts are safe already
    shown = {key: _set(one) for key, one in (placed or {}).items()}
    furnished = markup.with_figures(_with_room(text), lambda key: shown.get(key, ""))
    return mark_safe(furnished)  # noqa: S308  a template's output


def _with_room(text: str) -> str:
    """A table that is wider than the screen is moved in a frame of its own, by keyboard too."""
    frame = format_html('<div class="scroll" role="group" tabindex="0" aria-label="{}">', _("Table"))
    return text.replace("<table", f"{frame}<table").replace("</table>", "</table></div>")


def _set(shown: Figure) -> SafeString:
    return render_to_string(FIGURE, figure(shown, IN_THE_TEXT))


@register.filter
def opening(place: str) -> str:
    return OPENING[place]


@register.filter
def sizes_at(picture: Picture, place: str) -> str:
    """How wide this picture is there."""
    return OPENING["tall" if picture.is_tall and place in WIDE else place]


@register.filter
def is_near(place: int) -> bool:
    return place <= NEAR


@register.simple_tag
def preload(picture: Picture | None, place: str) -> SafeString | str:
    """Has the picture that a page opens with fetched at once, in the one format that the browser will show."""
    if not picture:
        return ""
    form, srcset = ("avif", picture.lighter_srcset) if picture.lighter_srcset else ("webp", picture.srcset)
    link = '<link rel="preload" as="image" type="image/{}" imagesrcset="{}" imagesizes="{}" fetchpriority="high">'
    return format_html(link, form, srcset, sizes_at(picture, place))


@register.inclusion_tag(FIGURE)
def figure(
    shown: Figure, sizes: str, *, is_first: bool = False, is_alone: bool = False, is_small: bool = False
) -> dict[str, object]:
    """A picture with caption and credit.

    `is_first` if the page opens with it, `is_alone` on its own page, `is_small` among others.
    """
    is_tall = shown.is_tall and not is_small
    return {
        "figure": shown,
        "sizes": OPENING["tall"] if is_tall else sizes,
        "is_first": is_first,
        "is_alone": is_alone,
        "is_small": is_small,
        "is_tall": is_tall,
        "language": get_language(),
    }
