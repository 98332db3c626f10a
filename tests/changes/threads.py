"""Calls that run at the same time, each on a connection of its own."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, connections

from newsroom import changes

PATIENCE = 120  # seconds after which a test gives up rather than hangs


WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def alone(call: Callable[[], Any]) -> Any:
    try:
        return call()
    finally:
        connections.close_all()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What these calls return, begun together; the first exception is raised."""
    barrier = threading.Barrier(len(calls), timeout=PATIENCE)

    def begin(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return alone(call)

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result(PATIENCE) for future in [pool.submit(begin, call) for call in calls]]


class Held:
    """A recording in another thread that has written and waits before its end."""

    def __init__(self, write: Callable[[changes.Record], Any], *, settles: bool = False) -> None:
        """With `settles` it has its numbers already, and with them the lock of the counter."""
        self.write, self.settles = write, settles
        self.has_written, self.may_end = threading.Event(), threading.Event()

    def run(self) -> None:
        with changes.recording() as record:
            self.write(record)
            if self.settles:
                record.settle()
            self.has_written.set()
            assert self.may_end.wait(PATIENCE)


@contextlib.contextmanager
def held(write: Callable[[changes.Record], Any], *, settles: bool = False) -> Iterator[Callable[[], None]]:
    """Until the given function is called, or the block ends, that writer stands before its COMMIT."""
    writer = Held(write, settles=settles)
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(alone, writer.run)

        def finish() -> None:
            writer.may_end.set()
            done.result(PATIENCE)

        try:
            assert writer.has_written.wait(PATIENCE) or done.result(0)
            yield finish
        finally:
            finish()


@contextlib.contextmanager
def in_background(call: Callable[[], Any]) -> Iterator[Future[Any]]:
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(alone, call)


def until_stopped(later: Future[Any]) -> None:
    """Until that call is over or waits for somebody's lock, however slow the machine.

    SQLite does not tell who waits; there nobody comes between two writers anyway.
    """
    if connection.vendor != "postgresql":
        return
    deadline = time.monotonic() + PATIENCE
    while not later.done() and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone():
                return
        time.sleep(0.02)
