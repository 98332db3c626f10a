"""Front of house: the public records behind what the search index finds, and what each kind is called."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.models import SearchEntry, Topic
from newsroom.photos.models import Photo
from newsroom.website.pages.people import names_and_posts
from people.models import Organisation, Person

LABELS = {
    "person": (gettext_lazy("People"), gettext_lazy("Person"), "people"),
    "organisation": (gettext_lazy("Organisations"), gettext_lazy("Organisation"), "organisations"),
    "event": (gettext_lazy("Events"), gettext_lazy("Event"), "events"),
    "article": (gettext_lazy("Articles"), gettext_lazy("Article"), "articles"),
    "photo": (gettext_lazy("Photos"), gettext_lazy("Photo"), "photos"),
    "topic": (gettext_lazy("Topics"), gettext_lazy("Topic"), "topics"),
}


def kind_called(name: str) -> str:
    """By what a result or its list is called; empty where that is no kind."""
    asked = name.strip().casefold()
    return next((kind for kind, (_plural, _one, listing) in LABELS.items() if asked in (kind, listing)), "")


def records_of(entries: Iterable[SearchEntry], at: dt.datetime) -> dict[tuple[str, UUID], Any]:
    """The record of each entry, by kind and id, in a query or two a kind; what has ceased to be public is left out."""
    of_kind: dict[str, list[UUID]] = defaultdict(list)
    for entry in entries:
        of_kind[entry.kind].append(entry.object_id)
    return {(kind, uuid): record for kind, ids in of_kind.items() for uuid, record in READ[kind](ids, at).items()}


def _editions(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
    standing = Edition.objects.visible(at).in_lists().filter(article__uuid__in=ids)
    return {edition.article.uuid: edition for edition in standing}


def _public(records: Callable[[], QuerySet[Any]]) -> Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]:
    def read(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
        return {record.uuid: record for record in records().filter(uuid__in=ids)}

    return read


READ: dict[str, Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]] = {
    "article": _editions,
    "person": _public(lambda: Person.objects.public().prefetch_related(*names_and_posts())),
    "organisation": _public(Organisation.objects.public),
    "event": _public(Event.objects.public),
    "photo": _public(Photo.objects.public),
    "topic": _public(Topic.objects.public),
}
