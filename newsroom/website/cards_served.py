"""Front of house: a card at its address: made when it is first asked for, kept in the public storage, gone in time."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.dates import PartialDate
from newsroom.models import Change, Topic
from newsroom.photos.darkroom.cupboard import CARDS
from newsroom.photos.models import Photo, renditions
from newsroom.website import cards, media
from newsroom.website.cards import Card
from newsroom.website.cards_drawn import cropped, lettered
from newsroom.website.pages.event import photos_first_shown
from newsroom.website.pages.person import portrait_of, with_record
from newsroom.website.pictures import with_pictures
from people.models import Organisation, Person

logger = logging.getLogger(__name__)

NAME = re.compile(rf"([0-9a-f]{{32}})\.({cards.WORDS}|{cards.PHOTOGRAPH})")
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@require_safe
def card(request: HttpRequest, language: str, kind: str, key: UUID, name: str) -> HttpResponseBase:
    """Only the card of this moment is ever made, so that guessing addresses makes no work.

    Where the words have changed since, the address leads on to those of today; where it was a photograph that
    stands there no longer, it is gone.
    """
    named, find = NAME.fullmatch(name), SUBJECTS.get(kind)
    if named is None or find is None or language not in LANGUAGES:
        raise Http404
    now = timezone.now()
    with translation.override(language):
        current = find(key, now)
        if current is None:
            return media.refusal(is_gone=was_public(kind, key))
        if current.name != name:
            return _former(current, named[2])
    etag = f'"{current.digest}"'
    answer = get_conditional_response(request, etag=etag) or _file(current)
    for header, value in {**media.HEADERS, "Cache-Control": _cache(current, now), "ETag": etag}.items():
        answer.headers[header] = value
    return answer


def was_public(kind: str, key: UUID) -> bool:
    return Change.objects.filter(kind=kind, object_id=key).exclude(ever_mask=0).exists()


def _former(current: Card, form: str) -> HttpResponseBase:
    if form == cards.PHOTOGRAPH:
        return media.refusal(is_gone=True)
    return HttpResponseRedirect(current.path, headers={"Cache-Control": "no-store"})


def _cache(card: Card, at: dt.datetime) -> str:
    """As pictures are kept: what serves many asks again, since a story or a right can end any moment."""
    leases = Photo.objects.get(uuid=card.shown.photo).leases.all() if card.shown else []
    turns = (turn for one in leases if one.scope == "use" for turn in (one.starts_at, one.ends_at))
    until = min((turn for turn in turns if turn and turn > at), default=None)
    return media.cache_rules(media.Leave(is_drawn=card.key == cards.HOUSE, until=until), at)


# What is kept


def _file(card: Card) -> HttpResponse:
    try:
        with renditions().open(_place(card)) as kept:
            content = kept.read()
    except FileNotFoundError:
        content = _kept(card, _made(card))
    return HttpResponse(content, content_type=card.content_type)


def _folder(card: Card) -> str:
    return f"{CARDS}/{card.owner}"


def _place(card: Card) -> str:
    return f"{_folder(card)}/{card.language}-{card.name}"


def _made(card: Card) -> bytes:
    if card.shown is None:
        return lettered(newsroom=settings.NEWSROOM_NAME, **card.words)
    try:
        with renditions().open(card.shown.file) as photograph:
            content = photograph.read()
    except FileNotFoundError as error:
        raise Http404 from error
    return cropped(content, card.shown.focus, newsroom=settings.NEWSROOM_NAME, credit=card.shown.credit)


def _kept(card: Card, content: bytes) -> bytes:
    """The card, kept in the place of the former one in its language; a full disk keeps nobody from seeing it."""
    place = _place(card)
    try:
        stored = renditions().save(place, ContentFile(content))
        if stored != place:  # somebody else was as quick
            renditions().delete(stored)
        _clear_former(card)
    except OSError:
        logger.exception("The card %s cannot be kept.", place)
    return content


def _clear_former(card: Card) -> None:
    folder = _folder(card)
    for name in renditions().listdir(folder)[1]:
        is_former = name.startswith(f"{card.language}-") and name.endswith(card.form)
        if is_former and f"{folder}/{name}" != _place(card):
            renditions().delete(f"{folder}/{name}")


# Whose card it is; what is not public has none


def _story(key: UUID, at: dt.datetime) -> Card | None:
    edition = Edition.objects.visible(at).filter(article__uuid=key).select_related("article").first()
    if edition is None:
        return None
    ids = [UUID(one["id"]) for one in edition.story["photos"]]
    photos = with_pictures(Photo.objects.filter(uuid__in=ids))
    return cards.of_story(edition, {str(photo.uuid): photo for photo in photos}, at)


def _event(key: UUID, at: dt.datetime) -> Card | None:
    event = Event.objects.public(at).filter(uuid=key).select_related("venue").first()
    return cards.of_event(event, with_pictures(photos_first_shown(event)), at) if event else None


def _person(key: UUID, at: dt.datetime) -> Card | None:
    person = with_record(Person.objects.public()).filter(uuid=key).first()
    if person is None:
        return None
    today = localtime(at).date()
    title = person.title_on(PartialDate(today.year, today.month, today.day))
    return cards.of_person(person, portrait_of(person, at), title.local if title else "", at)


def _organisation(key: UUID, at: dt.datetime) -> Card | None:
    organisation = Organisation.objects.public().filter(uuid=key).first()
    return cards.of_organisation(organisation) if organisation else None


def _topic(key: UUID, at: dt.datetime) -> Card | None:
    topic = Topic.objects.public().filter(uuid=key).first()
    return cards.of_topic(topic) if topic else None


def _photo(key: UUID, at: dt.datetime) -> Card | None:
    photo = with_pictures(Photo.objects.public(at)).filter(uuid=key).first()
    return cards.of_photo(photo, at) if photo else None


def _house(key: UUID, at: dt.datetime) -> Card | None:
    return cards.of_house() if key == cards.HOUSE else None


SUBJECTS: dict[str, Callable[[UUID, dt.datetime], Card | None]] = {
    "article": _story,
    "event": _event,
    "person": _person,
    "organisation": _organisation,
    "topic": _topic,
    "photo": _photo,
    "house": _house,
}
