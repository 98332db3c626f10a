"""`/changes/`: first sync and every later one, from the stored documents, for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from newsroom.changes import PUBLIC, Head
from newsroom.models import Change
from newsroom.partners.cursors import Cursor
from newsroom.partners.entitlement import Access, ever_visible_to
from newsroom.partners.formats import PLAIN, Format
from newsroom.partners.rendering import Raw

RIGHTS = "rights"  # it is public still, and no longer in any package of this partner
MERGED = "merged"


@dataclass(frozen=True)
class Wish:
    """What of the feed is asked for: the kinds of object, how many entries, and whether with their documents."""

    types: Iterable[str]
    limit: int
    is_thin: bool = False
    format: Format = PLAIN


def page(cursor: Cursor, head: Head, access: Access, wish: Wish) -> dict[str, Any]:
    """The next changes after the cursor with the cursor to go on from.

    The head was read before the rows, so a change that commits meanwhile is met at its new number next time.
    """
    entries = ever_visible_to(access).since(cursor.seq).of_kind(*wish.types).filter(seq__lte=head.seq)
    if cursor.is_first_sync:
        entries = entries.alias(_mine=F("mask").bitand(access.mask)).exclude(_mine=0, seq__lte=cursor.until)
    if wish.is_thin:
        entries = entries.defer("document")
    found = list(entries[: wish.limit + 1])
    has_more = len(found) > wish.limit
    reached = found[wish.limit - 1].seq if has_more else head.seq
    return {
        "changes": documents(found[: wish.limit], access, wish),
        "cursor": str(cursor.at(reached)),
        "has_more": has_more,
    }


def documents(entries: Sequence[Change], access: Access, wish: Wish) -> list[dict[str, Any]]:
    """These changes with their objects in the shape that is wished; thin, without them."""
    if wish.is_thin:
        return [entry_document(entry, access) for entry in entries]
    written = wish.format.write([entry for entry in entries if entry.mask & access.mask], access)
    told = [entry_document(entry, access) for entry in entries]
    for entry, said in zip(entries, told, strict=True):
        text = written.get(entry.object_id) or wish.format.write_removal(entry, said["reason"], said["note"])
        said["object"] = Raw(text) if text else None
    return told


def entry_document(entry: Change, access: Access) -> dict[str, Any]:
    """One change without its object: one to keep, or to remove with the reason why."""
    stays = bool(entry.mask & access.mask)
    return {
        "op": "upsert" if stays else "remove",
        "type": entry.kind,
        "id": str(entry.object_id),
        "version": entry.version,
        "changed_at": entry.changed_at.isoformat().replace("+00:00", "Z"),
        "kind": entry.reason if stays else "removed",
        "reason": None if stays else reason_of(entry),
        "must_remove": not stays,
        "note": entry.note if stays or not entry.mask & PUBLIC else "",
        "replaced_by": str(entry.replaced_by) if entry.replaced_by else None,
        "object": None,
    }


def reason_of(entry: Change) -> str:
    """Why somebody who had an object has it no longer."""
    if entry.mask & PUBLIC:
        return RIGHTS
    return MERGED if entry.replaced_by else entry.reason
