"""The bottom shelf: what may be left for later tries once, and does not wait behind another writer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import OperationalError, connection


class BusyDatabase(Exception):
    """Another writer holds the database, and we chose not to wait."""


@contextlib.contextmanager
def no_waiting() -> Iterator[None]:
    """On SQLite: give up after 50 ms instead of the usual 20 s; PostgreSQL locks rows, never all of it."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        yield
    except OperationalError as error:
        if not {"locked", "busy"} & set(str(error).split()):
            raise
        raise BusyDatabase from error
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
