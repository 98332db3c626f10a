"""Who stands where, in words: “front row, fifth from left”."""

from __future__ import annotations

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.photos.models import Depiction

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip


def where_in_picture(depiction: Depiction, language: str | None = None) -> str:
    """The depicted person's place, empty where neither row nor place is known; in the active language by default."""
    with translation.override(language or translation.get_language()):
        row = depiction.get_row_display() if depiction.row else ""
        place = (
            _("%(ordinal)s from left") % {"ordinal": _ordinal(depiction.place_from_left)}
            if depiction.place_from_left
            else ""
        )
        return capfirst(", ".join(part for part in (str(row), place) if part))


def _ordinal(number: int) -> str:
    """In words up to twelfth, in figures beyond; Korean counts in figures throughout."""
    if translation.get_language() == "ko":
        return str(number)
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}{_suffix(number)}"


def _suffix(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
