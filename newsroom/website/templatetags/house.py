"""Front of house: what the frame of every page says, error pages without a context included."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, get_language_info, override
from django.utils.translation import gettext_lazy as _

from newsroom.website.languages import tagline

register = template.Library()

# The label, its listing's name in the address plan, and the pages below it.
SECTIONS = (
    (_("News"), "articles", {"article", "versions"}),
    (_("Events"), "events", {"event"}),
    (_("People"), "people", {"person"}),
    (_("Organisations"), "organisations", {"organisation"}),
    (_("Topics"), "topics", {"topic"}),
    (_("Photos"), "photos", {"photo"}),
)
THEMES = (("light", _("Light")), ("dark", _("Dark")), ("auto", _("As the device")))


class Section(NamedTuple):
    label: str
    url: str
    current: str  # the value of aria-current; empty elsewhere


@register.simple_tag
def newsroom_name() -> str:
    return settings.NEWSROOM_NAME


@register.simple_tag
def newsroom_tagline() -> str:
    return tagline()


@register.simple_tag(takes_context=True)
def sections(context: Context) -> list[Section]:
    """The main navigation; `page` marks the listing itself, `true` what lies below it."""
    here = getattr(getattr(context.get("request"), "resolver_match", None), "url_name", "")
    return [
        Section(str(label), reverse(listing), "page" if here == listing else "true" if here in below else "")
        for label, listing, below in SECTIONS
    ]


@register.simple_tag
def themes() -> tuple[tuple[str, object], ...]:
    return THEMES


@register.simple_tag(takes_context=True)
def languages_of_error(context: Context) -> list[tuple[str, str, str]]:
    """Code, own name and address in each other language: of the same page if there may be one, else the front page."""
    return context.get("other_languages") or [
        (code, get_language_info(code)["name_local"], _address_of_error(context, code))
        for code, _name in settings.LANGUAGES
        if code != get_language()
    ]


def _address_of_error(context: Context, code: str) -> str:
    """An address that leads nowhere may yet do so in the other language; one that refuses this request would again."""
    request = context.get("request")
    if request is None or request.resolver_match:
        with override(code):
            return reverse("home")
    path: str = request.get_full_path()
    if code != settings.LANGUAGE_CODE:
        return f"/{code}{path}"
    return escape_leading_slashes(path.removeprefix(f"/{get_language()}"))
