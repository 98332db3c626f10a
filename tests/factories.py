"""Makes records with dull defaults, recorded in the change feed as the desk itself would."""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Model

from events.models import Event, Series, Venue
from newsroom import changes, roles
from newsroom.articles.models import Article
from newsroom.models import Source, Topic, User
from newsroom.photos.models import Photo
from people.models import Organisation, Person

ModelT = TypeVar("ModelT", bound=Model)

_numbers = itertools.count(1)


def _make(model: type[ModelT], over: dict[str, Any], **defaults: Any) -> ModelT:
    with changes.recording() as record:
        row = model._default_manager.create(**{**defaults, **over})
        record.touch(row)
    return row


def make_person(**over: Any) -> Person:
    number = next(_numbers)
    return _make(Person, over, slug=f"person-{number}", family_name="Doe", given_name=f"Number {number}")


def make_organisation(**over: Any) -> Organisation:
    number = next(_numbers)
    return _make(Organisation, over, slug=f"organisation-{number}", name=f"Institute {number}")


def make_event(**over: Any) -> Event:
    number = next(_numbers)
    return _make(Event, over, slug=f"event-{number}", name=f"Meeting {number}")


def make_photo(**over: Any) -> Photo:
    number = next(_numbers)
    return _make(Photo, over, slug=f"photo-{number}", description=f"Somebody in room {number}.")


def make_article(**over: Any) -> Article:
    number = next(_numbers)
    text = {"headline": f"Story {number}", "body": "<p>Something happened.</p>"}
    return _make(Article, over, slug=f"story-{number}", **text)


def make_topic(**over: Any) -> Topic:
    number = next(_numbers)
    return _make(Topic, over, slug=f"topic-{number}", name=f"Topic {number}")


def make_source(**over: Any) -> Source:
    number = next(_numbers)
    return _make(Source, over, slug=f"source-{number}", publisher=f"Publisher {number}")


def make_user(role: str, **over: Any) -> User:
    """Somebody on the staff in that role's group, with what the role may do."""
    group, _created = Group.objects.get_or_create(name=role)
    if not group.permissions.exists():
        roles.grant(role)
    number = next(_numbers)
    named = {"username": f"user-{number}", "display_name": f"{role} {number}", "is_staff": True, **over}
    user = User.objects.create_user(**named)
    user.groups.add(group)
    return user


def make_series(**over: Any) -> Series:
    number = next(_numbers)
    return _make(Series, over, slug=f"series-{number}", name=f"Series {number}")


def make_venue(**over: Any) -> Venue:
    number = next(_numbers)
    return _make(Venue, over, slug=f"venue-{number}", name=f"Hall {number}", city="Seoul")


def make_row(model: type[ModelT], *owners: Model, **values: Any) -> ModelT:
    """A row below these records, such as a depiction: they are the ones whose documents show it."""
    with changes.recording() as record:
        row = model._default_manager.create(**values)
        record.touch(*owners)
    return row


def refuses(model: type[Model], **values: Any) -> bool:
    """Whether the database itself takes no such row, whatever forms and verbs would have said."""
    try:
        with transaction.atomic():
            model._default_manager.create(**values)
    except IntegrityError:
        return True
    return False
