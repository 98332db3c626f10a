"""The place in the change feed that somebody has reached, with the entitlement under which they got there."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from newsroom.changes import Head
from newsroom.partners.problems import BadCursor, CursorExpired

TEXT = re.compile(
    r"(?P<generation>[0-9a-f]{8})\.(?P<entitlement>[0-9a-f]{8})"
    r"\.(?P<seq>\d{1,18})\.(?P<until>\d{1,18})\.(?P<types>[0-9a-f]{6})"
)


@dataclass(frozen=True)
class Cursor:
    """All changes up to `seq` are known; a first sync runs until `until` and is spared removals up to there.

    Written `generation.entitlement.seq.until.types`: the archive it belongs to, what its holder might have then,
    and the types it was begun with.
    """

    generation: str
    entitlement: str
    seq: int
    until: int
    types: str

    def __str__(self) -> str:
        return f"{self.generation}.{self.entitlement}.{self.seq}.{self.until}.{self.types}"

    @property
    def is_first_sync(self) -> bool:
        return self.seq < self.until

    def at(self, seq: int) -> Cursor:
        return replace(self, seq=seq)


def begin(head: Head, entitlement: str, types: tuple[str, ...]) -> Cursor:
    return Cursor(head.generation[:8], entitlement, 0, head.seq, _fingerprint(types))


def proved(seq: int, head: Head, entitlement: str, types: tuple[str, ...]) -> Cursor:
    """For whoever has stored everything up to there, and is owed every removal after it."""
    return Cursor(head.generation[:8], entitlement, seq, seq, _fingerprint(types))


def resume(text: str, head: Head, entitlement: str, types: tuple[str, ...]) -> Cursor:
    """Read a cursor back; raises BadCursor where it is not one of ours.

    Raises CursorExpired after a restore, and where its holder may have something else now than it might then.
    """
    match = TEXT.fullmatch(text)
    if match is None:
        raise BadCursor
    cursor = Cursor(match["generation"], match["entitlement"], int(match["seq"]), int(match["until"]), match["types"])
    if (cursor.generation, cursor.entitlement) != (head.generation[:8], entitlement):
        raise CursorExpired
    if cursor.types != _fingerprint(types):
        raise BadCursor
    if max(cursor.seq, cursor.until) > head.seq:
        raise CursorExpired  # the archive was set back: what this partner has may not be what we have
    return cursor


def _fingerprint(types: tuple[str, ...]) -> str:
    return hashlib.sha256(",".join(sorted(types)).encode()).hexdigest()[:6]
