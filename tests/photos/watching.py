"""Storages that look at, or do, what happens at the moment at which a file is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.files.storage import FileSystemStorage
from django.db import connection


class WatchingStorage(FileSystemStorage):
    """Notes whether a transaction was open."""

    held: ClassVar[list[bool]] = []

    def _save(self, name: str, content: Any) -> str:
        # The test itself runs in two blocks, which stand for no transaction of ours.
        self.held.append(any(not block._from_testcase for block in connection.atomic_blocks))
        return str(super()._save(name, content))


class OvertakenStorage(FileSystemStorage):
    """Lets somebody else's request be dealt with while it keeps a file."""

    meanwhile: ClassVar[list[Callable[[], object]]] = []

    def _save(self, name: str, content: Any) -> str:
        while self.meanwhile:
            self.meanwhile.pop()()
        return str(super()._save(name, content))
