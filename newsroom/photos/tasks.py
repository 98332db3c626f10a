"""The photo desk's background work: making what was ordered, and clearing away what is over."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connections
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from newsroom.photos.darkroom import cupboard, orders, sweeping

darkroom = ThreadPoolExecutor(max_workers=1, thread_name_prefix="darkroom")  # begins when it is first used


def soon() -> None:
    """A worker begins at once; without one, a thread of this process, so that no editor waits for the versions."""
    if settings.DEVELOPS_IN_THREAD:
        darkroom.submit(_develop_here)
    else:
        develop()


def _develop_here() -> int:
    try:
        return orders.work()
    finally:
        connections.close_all()  # those of this thread


@db_task()  # type: ignore[untyped-decorator]
def develop() -> int:
    """Soon after a picture came in."""
    return orders.work()


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep() -> int:
    """What a lost task, a worker that died or an attempt that failed has left; an order is never done twice at once."""
    cupboard.clear(timezone.now())
    return orders.work()


@db_periodic_task(crontab(hour="3", minute="40"))  # type: ignore[untyped-decorator]
def sweep_files() -> int:
    """What was rolled back, or left by a process that died."""
    return sweeping.sweep(timezone.now())
