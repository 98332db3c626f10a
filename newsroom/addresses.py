"""The bottom shelf's memory of addresses: which record stood where once, so that no link breaks and none is taken over.

The change feed keeps it (`follow`), since whatever was public went through the feed: each slug that a record had
in public and has no longer names the record itself, so that any chain of changes is one step. A slug that returns
to its record leaves the memory; one that another record had is refused (`check`).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.keeping import FormerAddress


class Turn(NamedTuple):
    """What the feed says of an object before and after a change; empty where nobody may have it."""

    object_id: UUID
    before: str
    after: str


def follow(kind: str, turns: Iterable[Turn], at: dt.datetime) -> None:
    """Keep the slugs that these changes take from the public; one that is hidden may come back under another."""
    left: dict[str, UUID] = {}
    taken: set[str] = set()
    for turn in turns:
        former, present = slug_of(turn.before), slug_of(turn.after)
        if former and former != present:
            left[former] = turn.object_id
        if present and former != present:
            taken.add(present)
    if taken:
        FormerAddress.objects.filter(kind=kind, slug__in=taken).delete()
    FormerAddress.objects.bulk_create(
        [FormerAddress(kind=kind, slug=slug, object_id=one, left_at=at) for slug, one in left.items()],
        update_conflicts=True,
        unique_fields=["kind", "slug"],
        update_fields=["object_id", "left_at"],
    )


def slug_of(document: str) -> str:
    """The slug in a document of the feed; photos have none: their addresses are their public ids."""
    return str(json.loads(document).get("slug", "")) if document else ""


def owner(kind: str, slug: str) -> UUID | None:
    """The public id of the record that readers knew there, if it has left."""
    return FormerAddress.objects.filter(kind=kind, slug=slug).values_list("object_id", flat=True).first()


def check(record: Any) -> None:
    """Refuse a slug under which readers knew another record. Raises ValidationError of the field."""
    if owner(record._meta.model_name, record.slug) not in {None, record.uuid}:
        message = _("“%(slug)s” was the address of another record, and links still lead there: choose another.")
        raise ValidationError({"slug": ValidationError(message, "taken", {"slug": record.slug})})
