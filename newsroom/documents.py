"""The words every public document is written in, and the document of a topic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import translation

from newsroom import changes
from newsroom.changes import PUBLIC, Document, Kind, Public
from newsroom.dates import PartialDate
from newsroom.indexing import Searchable
from newsroom.models import Change, Record, Source, Topic


def address(instance: Any) -> str:
    """The absolute address of the object's English page; `site_address` for a path already known."""
    with translation.override("en"):
        return site_address(instance.get_absolute_url())


def site_address(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def identity(record: Any) -> Document:
    """How the document of a record begins: `{id, type, url}`."""
    return {"id": str(record.uuid), "type": record._meta.model_name, "url": address(record)}


def reference(kind: str, instance: Any, name: str = "") -> Document:
    """How documents point at another object: `{id, type, name, url}`; by name alone while it is not public."""
    name = name or str(instance.name)
    if not instance.is_out():
        return {"name": name}
    return {"id": str(instance.uuid), "type": kind, "name": name, "url": address(instance)}


def partial_date(date: PartialDate | None) -> Document | None:
    """A date as imprecise as it is: its EDTF text and the days between which it lies."""
    if date is None:
        return None
    bounds = (date.earliest, date.latest)
    earliest, latest = (bound.isoformat() if bound else None for bound in bounds)
    return {"edtf": str(date), "earliest": earliest, "latest": latest}


def instant(moment: dt.datetime | None) -> str | None:
    """RFC 3339 in UTC, to the second where there is nothing finer."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z") if moment else None


def source(record: Source) -> Document:
    """What is printed of a source; empty values are what the source does not say."""
    return {
        "publisher": record.publisher,
        "author": record.author,
        "title": record.title,
        "published_on": partial_date(record.published_on),
        "url": record.url,
        "rights_notice": record.rights_notice,
        "redistribution": record.redistribution,
        "ai_training": record.ai_training,
    }


def ai_training(sources: Iterable[Source | None]) -> str:
    """What the sources together say of training on a text made from them: forbidden wins, unknown is not allowed.

    Of a source that is no longer on record (None) it is not known what it said.
    """
    said = {source.ai_training if source else Source.Permission.UNKNOWN for source in sources}
    allowed, forbidden = Source.Permission.ALLOWED, Source.Permission.FORBIDDEN
    if forbidden in said:
        return forbidden
    return allowed if said == {allowed} else Source.Permission.UNKNOWN


def of_record(
    record: Record,
    document: Document,
    words: Searchable,
    *,
    at: dt.datetime,
    due_at: dt.datetime | None = None,
    beside: Document | None = None,
) -> Public:
    """A record's public state: its document while its door is open, nothing behind it while it is shut.

    An embargo shuts it too, and the end of it brings the record out by itself. `due_at`: what time changes next.
    """
    if not record.is_out(at):
        return Public(due_at=record.opens_at(at), replaced_by=_stands_for(record, at))
    return Public(document, PUBLIC, Change.Reason.CHANGED, search=words, due_at=due_at, beside=beside)


def _stands_for(record: Any, at: dt.datetime) -> UUID | None:
    """What replaces a record that was merged; nobody is told of one that nobody may see."""
    other = getattr(record, "merged_into", None)
    return other.uuid if other is not None and other.is_out(at) else None


def keys(rows: models.QuerySet[Any], column: str) -> Iterable[int]:
    """The distinct keys in a column, for `Kind.embeds`."""
    return rows.exclude(**{f"{column}__isnull": True}).values_list(column, flat=True).distinct()


def _topic(topic: Topic, at: dt.datetime) -> Public:
    document = {
        **identity(topic),
        "slug": topic.slug,
        "name": topic.name,
        "name_ko": topic.name_ko,
        "description": topic.description,
        "description_ko": topic.description_ko,
        "medtop": topic.medtop,
    }
    text = "\n".join([topic.name_ko, topic.description, topic.description_ko])
    return of_record(topic, document, Searchable(topic.name, text, also=(topic.name_ko,)), at=at)


changes.register(Kind("topic", Topic, lambda keys: Topic.objects.filter(pk__in=keys), _topic))
