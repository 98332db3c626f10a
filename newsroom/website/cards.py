"""Front of house: the cards under which other sites show our pages (Open Graph, 1200 × 630), and their addresses.

A card's address holds the digest of all that is seen on it, so that it can be kept for ever and never lies. Whoever
has a page at hand has its card too (`page.card`); nothing is drawn before somebody asks for the address.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.dates import span_in_words
from newsroom.documents import site_address
from newsroom.local_names import name_of, other_name_of
from newsroom.models import Topic
from newsroom.photos.darkroom.printing import Focus
from newsroom.photos.models import Photo, Rendition
from newsroom.website.languages import tagline
from newsroom.website.pages.places import where_in_words
from people.models import Organisation, Person

RECIPE = 1  # of how cards look: a change of it gives all of them new addresses
WIDTH, HEIGHT = 1200, 630
HOUSE = UUID(int=0)  # which has no record
NARROWEST = 600  # a photograph that is narrower would be seen blurred
WORDS, PHOTOGRAPH = "png", "jpg"
TYPES = {WORDS: "image/png", PHOTOGRAPH: "image/jpeg"}


@dataclass(frozen=True)
class Shown:
    """The photograph on a card: from which of its files, around which point, and whose it is."""

    photo: UUID
    file: str
    focus: Focus
    credit: str
    alt: str


@dataclass(frozen=True)
class Card:
    """What one page is shown by elsewhere, in one language: the photograph, else its words."""

    kind: str
    key: UUID
    language: str
    headline: str
    kicker: str = ""
    second: str = ""
    line: str = ""
    is_off: bool = False
    shown: Shown | None = None

    @property
    def alt(self) -> str:
        words = ". ".join(part for part in (self.kicker, self.headline, self.second, self.line) if part)
        return (self.shown.alt if self.shown else "") or words

    @property
    def in_brief(self) -> str:
        """What stands around the headline: “Forum · Cancelled. 9 December 2025, Seoul”."""
        return ". ".join(part for part in (self.kicker, self.second, self.line) if part)

    @property
    def owner(self) -> UUID:
        """Under whose name its file is kept: with a photograph, for all pages that show it, goes every card of it."""
        return self.shown.photo if self.shown else self.key

    @property
    def digest(self) -> str:
        seen = {**self.words, "language": self.language} if self.shown is None else self.shown_parts
        written = json.dumps([RECIPE, settings.NEWSROOM_NAME, seen], sort_keys=True)
        return hashlib.sha256(written.encode()).hexdigest()[:32]

    @property
    def words(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("kicker", "headline", "second", "line", "is_off")}

    @property
    def shown_parts(self) -> dict[str, Any]:
        """What is seen of the photograph; its alternative text is not."""
        parts = asdict(self.shown) if self.shown else {}
        return {name: str(value) for name, value in parts.items() if name != "alt"}

    @property
    def form(self) -> str:
        return PHOTOGRAPH if self.shown else WORDS

    @property
    def content_type(self) -> str:
        return TYPES[self.form]

    @property
    def name(self) -> str:
        return f"{self.digest}.{self.form}"

    @property
    def path(self) -> str:
        return reverse("card", args=[self.language, self.kind, self.key, self.name])


def address_of(card: Card) -> str:
    """The absolute address of a card, such as `address_of(page.card)`; for JSON-LD's `image` too."""
    return site_address(card.path)


def of_house() -> Card:
    """For every page that has no card of its own."""
    return Card("house", HOUSE, _language(), headline=tagline())


def of_story(edition: Edition, photos: Mapping[str, Photo], at: dt.datetime) -> Card:
    """Takes the story's photos by their public ids, with `pictures.with_pictures`; the one that leads goes first."""
    printed = sorted(edition.story["photos"], key=lambda one: not one["is_lead"])
    published = localtime(edition.first_published_at)
    day = date_format(published, pgettext("date format of a full day", "j F Y"))
    return Card(
        "article",
        edition.article.uuid,
        _language(),
        headline=edition.headline,
        kicker=capfirst(edition.get_kind_display()),
        line=", ".join(part for part in (day, edition.dateline) if part),
        shown=_first_shown((photos[one["id"]] for one in printed if one["id"] in photos), at),
    )


def of_event(event: Event, photos: Iterable[Photo], at: dt.datetime) -> Card:
    """Takes the photos that its page opens with: none where the meeting names nobody."""
    kicker = [event.get_kind_display(), *([event.get_status_display()] if event.is_off else [])]
    line = [span_in_words(event.starts_on, event.ends_on), where_in_words(event)]
    return Card(
        "event",
        event.uuid,
        _language(),
        headline=name_of(event),
        kicker=" · ".join(capfirst(part) for part in kicker),
        second=other_name_of(event),
        line=", ".join(part for part in line if part),
        is_off=event.is_off,
        # A picture would hide that it does not take place.
        shown=None if event.is_off else _first_shown(photos, at),
    )


def of_person(person: Person, portrait: Photo | None, title: str, at: dt.datetime) -> Card:
    return Card(
        "person",
        person.uuid,
        _language(),
        headline=name_of(person),
        kicker=title or _("People"),
        second=other_name_of(person),
        shown=_first_shown([portrait] if portrait else [], at),
    )


def of_organisation(organisation: Organisation) -> Card:
    return Card(
        "organisation",
        organisation.uuid,
        _language(),
        headline=name_of(organisation),
        kicker=capfirst(organisation.get_kind_display()),
        second=other_name_of(organisation),
        line=str(organisation.country.name or ""),
    )


def of_topic(topic: Topic) -> Card:
    names = [topic.name, topic.name_ko] if _language() == settings.LANGUAGE_CODE else [topic.name_ko, topic.name]
    first, *others = [name for name in names if name]
    return Card("topic", topic.uuid, _language(), headline=first, kicker=_("Topic"), second="".join(others))


def of_photo(photo: Photo, at: dt.datetime) -> Card:
    line = [photo.taken_on.in_words() if photo.taken_on else "", photo.place]
    return Card(
        "photo",
        photo.uuid,
        _language(),
        headline=str(photo),
        kicker=_("Photograph"),
        line=", ".join(part for part in line if part),
        shown=_first_shown([photo], at),
    )


def _first_shown(photos: Iterable[Photo], at: dt.datetime) -> Shown | None:
    return next((shown for photo in photos if (shown := _shown(photo, at))), None)


def _shown(photo: Photo, at: dt.datetime) -> Shown | None:
    """The photograph where it is public, held, cleared and large enough; reads its leases and renditions."""
    if not (photo.is_held and photo.is_out(at) and photo.may_be("use", at)):
        return None
    file = _best([one for one in photo.renditions.all() if _is_whole_jpeg(one)])
    if file is None:
        return None
    label = _("File picture") if photo.is_file_picture else ""
    credit = " · ".join(part for part in (label, photo.credit_line) if part)
    focus = float(photo.focal_x), float(photo.focal_y)
    return Shown(photo.uuid, str(file.file), focus, credit, photo.local_alt_text)


def _is_whole_jpeg(file: Rendition) -> bool:
    is_whole = file.crop == Rendition.Crop.WHOLE and file.format == Rendition.Format.JPEG
    return is_whole and not file.is_placeholder and file.width >= NARROWEST


def _best(files: Iterable[Rendition]) -> Rendition | None:
    """The smallest that fills a card, else the largest there is."""
    by_width = sorted(files, key=lambda one: one.width)
    return next((one for one in by_width if one.width >= WIDTH), by_width[-1] if by_width else None)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
