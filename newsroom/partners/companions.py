"""What stands beside some objects in a richer format: the pictures, events and topics they point at."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from newsroom.changes import Document
from newsroom.models import Change
from newsroom.partners.entitlement import Access, shaped, visible_to

KINDS = ("photo", "event", "topic")


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


def of(documents: Iterable[Document], access: Access) -> Companions:
    """In one query, however many documents there are."""
    wanted = {one["id"] for document in documents for one in _references(document)}
    entries = list(visible_to(access).of_kind(*KINDS).filter(object_id__in=wanted)) if wanted else []
    found = {str(entry.object_id): entry for entry in entries}
    return Companions(found, {key: json.loads(shaped(entry, access)) for key, entry in found.items()})


def _references(document: Document) -> Iterable[Document]:
    yield from document.get("photos", [])
    yield from document.get("events", [])
    yield from document.get("topics", [])
    if event := document.get("event"):
        yield event
