"""A storage that notes whether a transaction was open whenever it was given a file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.files.storage import FileSystemStorage
from django.db import connection


class WatchingStorage(FileSystemStorage):
    held: ClassVar[list[bool]] = []

    def _save(self, name: str, content: Any) -> str:
        # The test itself runs in two blocks, which stand for no transaction of ours.
        self.held.append(any(not block._from_testcase for block in connection.atomic_blocks))
        return str(super()._save(name, content))
