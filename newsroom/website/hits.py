"""Front of house: the public records behind what the search index finds, and what each kind is called."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.models import SearchEntry, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person, Position

Key = tuple[str, UUID]
LABELS = {
    "person": (gettext_lazy("People"), gettext_lazy("Person"), "people"),
    "organisation": (gettext_lazy("Organisations"), gettext_lazy("Organisation"), "organisations"),
    "event": (gettext_lazy("Events"), gettext_lazy("Event"), "events"),
    "article": (gettext_lazy("Articles"), gettext_lazy("Article"), "articles"),
    "photo": (gettext_lazy("Photos"), gettext_lazy("Photo"), "photos"),
    "topic": (gettext_lazy("Topics"), gettext_lazy("Topic"), "topics"),
}


def kinds_called(names: Iterable[str]) -> tuple[str, ...]:
    """By what results or their lists are called, in the reader's language too; names of no kind are passed over."""
    asked = {name.strip().casefold() for name in names} - {""}
    return tuple(kind for kind in LABELS if not asked.isdisjoint(_names_of(kind)))


def _names_of(kind: str) -> set[str]:
    return {kind, *(str(name).casefold() for name in LABELS[kind])}


def records_of(entries: Iterable[SearchEntry], at: dt.datetime) -> dict[Key, Any]:
    """The record of each entry, by kind and id, in a query or two a kind; what has ceased to be public is left out.

    Of stories it knows the address alone.
    """
    of_kind: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        of_kind[entry.kind].append(entry.object_id)
    return {(kind, uuid): record for kind, ids in of_kind.items() for uuid, record in READ[kind](ids, at).items()}


def _editions(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
    standing = Edition.objects.visible(at).filter(article__uuid__in=ids).select_related("article")
    standing = standing.only("article__uuid", "article__slug")
    return {edition.article.uuid: edition for edition in standing}


def _public(records: Callable[[], QuerySet[Any]]) -> Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]:
    def read(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
        return {record.uuid: record for record in records().filter(uuid__in=ids).order_by()}

    return read


def _people() -> QuerySet[Person]:
    """With what tells one from others of the name: spellings, and posts without the sources that say so."""
    posts = Prefetch("positions", Position.objects.select_related("organisation"))
    return Person.objects.public().prefetch_related("variants", posts, "positions__attestations")


def countries_of(records: Iterable[Any]) -> set[str]:
    """Where these meetings were held and these bodies are, those too that people have spoken for."""
    codes = {record.held_in for record in records if isinstance(record, Event)}
    people = (record for record in records if isinstance(record, Person))
    posts = (post.organisation for person in people for post in person.positions.all())
    bodies = [*(record for record in records if isinstance(record, Organisation)), *posts]
    return (codes | {str(body.country.code or "") for body in bodies if body and body.is_public}) - {""}


READ: dict[str, Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]] = {
    "article": _editions,
    "person": _public(_people),
    "organisation": _public(Organisation.objects.public),
    "event": _public(lambda: Event.objects.public().select_related("venue")),
    "photo": _public(Photo.objects.public),
    "topic": _public(Topic.objects.public),
}
