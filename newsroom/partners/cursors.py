"""The place in the change feed that a partner has reached."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from newsroom.changes import Head
from newsroom.partners.problems import BadCursor, CursorExpired

TEXT = re.compile(r"(?P<generation>[0-9a-f]{8})\.(?P<seq>\d{1,18})\.(?P<until>\d{1,18})\.(?P<types>[0-9a-f]{6})")


@dataclass(frozen=True)
class Cursor:
    """All changes up to `seq` are known; a first sync runs until `until` and is spared removals up to there.

    Written `generation.seq.until.types`: the archive it belongs to, and the types it was begun with.
    """

    generation: str
    seq: int
    until: int
    types: str

    def __str__(self) -> str:
        return f"{self.generation}.{self.seq}.{self.until}.{self.types}"

    @property
    def is_first_sync(self) -> bool:
        return self.seq < self.until

    def at(self, seq: int) -> Cursor:
        return replace(self, seq=seq)


def begin(head: Head, types: tuple[str, ...]) -> Cursor:
    return Cursor(head.generation[:8], 0, head.seq, _fingerprint(types))


def resume(text: str, head: Head, types: tuple[str, ...]) -> Cursor:
    """Read a cursor back; raises BadCursor where it is not one of ours, CursorExpired after a restore."""
    match = TEXT.fullmatch(text)
    if match is None:
        raise BadCursor
    cursor = Cursor(match["generation"], int(match["seq"]), int(match["until"]), match["types"])
    if cursor.generation != head.generation[:8]:
        raise CursorExpired
    if cursor.types != _fingerprint(types):
        raise BadCursor
    if max(cursor.seq, cursor.until) > head.seq:
        raise CursorExpired  # the archive was set back: what this partner has may not be what we have
    return cursor


def _fingerprint(types: tuple[str, ...]) -> str:
    return hashlib.sha256(",".join(sorted(types)).encode()).hexdigest()[:6]
