"""`/changes/`: first sync and every later one, from the stored documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsroom import changes
from newsroom.changes import PUBLIC
from newsroom.models import Change
from newsroom.partners.cursors import Cursor
from newsroom.partners.rendering import Raw


def page(cursor: Cursor, head: changes.Head, types: Iterable[str], limit: int) -> dict[str, Any]:
    """The next changes after the cursor, at most `limit`, with the cursor to go on from.

    The head was read before the rows, so a change that commits meanwhile is met at its new number next time.
    """
    entries = Change.objects.ever_public().since(cursor.seq).of_kind(*types).filter(seq__lte=head.seq)
    if cursor.is_first_sync:
        entries = entries.spared_removals(cursor.until)
    found = list(entries[: limit + 1])
    has_more = len(found) > limit
    reached = found[limit - 1].seq if has_more else head.seq
    return {
        "changes": [entry_document(entry) for entry in found[:limit]],
        "cursor": str(cursor.at(reached)),
        "has_more": has_more,
    }


def entry_document(entry: Change) -> dict[str, Any]:
    """One change: an object to keep, or one to remove with the reason why."""
    stays = bool(entry.mask & PUBLIC)
    return {
        "op": "upsert" if stays else "remove",
        "type": entry.kind,
        "id": str(entry.object_id),
        "version": entry.version,
        "changed_at": entry.changed_at.isoformat().replace("+00:00", "Z"),
        "kind": entry.reason if stays else "removed",
        "reason": None if stays else entry.reason,
        "must_remove": not stays,
        "note": entry.note,
        "replaced_by": str(entry.replaced_by) if entry.replaced_by else None,
        "object": Raw(entry.document) if stays else None,
    }
