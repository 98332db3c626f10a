"""Who stands where, in words: “front row, fifth from left: Jeong Yong-sam, president, KSTAC”."""

from __future__ import annotations

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.dates import PartialDate
from newsroom.photos.models import Depiction, Photo
from people.models import NameVariant, Position

ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip


def where_in_picture(depiction: Depiction, language: str | None = None) -> str:
    """The depicted person's place, empty where neither row nor place is known; in the active language by default."""
    with translation.override(language or translation.get_language()):
        row = row_in_words(depiction.row)
        place = from_left(depiction.place_from_left) if depiction.place_from_left else ""
        return capfirst(", ".join(part for part in (row, place) if part))


def sentence(depiction: Depiction, photo: Photo, language: str | None = None) -> str:
    """Where somebody stands, their name and the title of that day; the name in Hangul in Korean where it is known.

    The printed title wins. Reads the person's positions with their attestations: prefetch them for many.
    """
    with translation.override(language or translation.get_language()):
        words = ", ".join(filter(None, (_name(depiction), title_of_the_day(depiction, day_of(photo)))))
        where = where_in_picture(depiction)
        return _("%(where)s: %(who)s") % {"where": where, "who": words} if where else words


def title_of_the_day(depiction: Depiction, day: PartialDate | None) -> str:
    """The printed title wins, where the reader's language is written in its script or no other one is known."""
    printed = depiction.title_as_printed
    is_korean = translation.get_language() == "ko"
    if printed and (NameVariant.Script.of(printed) == NameVariant.Script.LATIN) != is_korean:
        return printed
    answer = None if depiction.position else depiction.person.title_on(day)
    position = depiction.position or (answer.position if answer else None)
    if is_korean and not (position and position.title_ko):
        return printed or (_after_a_name(position) if position else "")
    return _after_a_name(position) if position else printed


def day_of(photo: Photo) -> PartialDate | None:
    """The day whose titles count: that of the picture, else that of its event."""
    return photo.taken_on or (photo.event.starts_on if photo.event else None)


def row_in_words(row: str) -> str:
    return str(Depiction.Row(row).label) if row else ""


def from_left(place: int) -> str:
    return _("%(ordinal)s from left") % {"ordinal": ordinal(place)}


def ordinal(number: int) -> str:
    """In words up to twelfth, in figures beyond; Korean counts in figures throughout."""
    if translation.get_language() == "ko":
        return str(number)
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}{_suffix(number)}"


def _name(depiction: Depiction) -> str:
    """What a file or a source printed in another script is for those who read that script."""
    person, printed = depiction.person, depiction.name_as_printed
    if translation.get_language() == "ko" and person.native_name:
        return str(person.native_name)
    is_legible = NameVariant.Script.of(printed) in {NameVariant.Script.of(person.name), NameVariant.Script.LATIN}
    return printed if printed and is_legible else person.name


def _after_a_name(position: Position) -> str:
    """As a caption writes it: a title of one word begins small, one of several may hold a name."""
    wording, first = position.local_wording, position.local_title.split(" ")
    return wording[:1].lower() + wording[1:] if len(first) == 1 and first[0].istitle() else wording


def _suffix(number: int) -> str:
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
