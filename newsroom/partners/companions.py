"""What stands beside some objects in a richer answer: those that they point at, as far as the asker may have them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from newsroom.changes import Document
from newsroom.models import Change
from newsroom.partners.entitlement import Access, shaped, visible_to


@dataclass(frozen=True)
class Companions:
    """The referenced objects that the asker may have, by public id."""

    entries: dict[str, Change] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)

    def get(self, object_id: str) -> Change | None:
        return self.entries.get(object_id)

    def document(self, object_id: str) -> Document:
        """Empty where the asker may not have it."""
        return self.documents.get(object_id, {})


def gather(references: Iterable[Document], access: Access, without: Collection[UUID] = ()) -> Companions:
    """What these point at, leaving out some; in one query, however many there are."""
    wanted: dict[str, set[str]] = {}
    for one in references:
        wanted.setdefault(one["type"], set()).add(one["id"])
    if not wanted:
        return Companions()
    entries = visible_to(access).of_kind(*wanted).filter(object_id__in=set().union(*wanted.values()))
    found = {str(entry.object_id): entry for entry in entries.exclude(object_id__in=without)}
    return Companions(found, {key: json.loads(shaped(entry, access)) for key, entry in found.items()})


def beside(document: Document) -> Iterator[Document]:
    """The pictures, events and topics of an object, which ninjs and JSON-LD tell with it."""
    yield from document.get("photos", [])
    yield from document.get("events", [])
    yield from document.get("topics", [])
    if event := document.get("event"):
        yield from [event] if "id" in event else []
