"""What the feed says: the head, one object's entry, its document."""

import json
from typing import Any

from newsroom import changes
from newsroom.models import Change


def head() -> int:
    return changes.head().seq


def entry(record: Any) -> Change:
    return Change.objects.get(object_id=record.uuid)


def document(record: Any) -> Any:
    """The stored document; None while nobody may have it."""
    text = entry(record).document
    return json.loads(text) if text else None


def moved_since(seq: int) -> set[tuple[str, str]]:
    """Kind and id of everything that got a later number."""
    return {(change.kind, str(change.object_id)) for change in Change.objects.since(seq)}
