"""The syndication desk's background work: what somebody began and did not finish, and what nobody needs any more."""

from threading import Thread

from django.db import connections
from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import HUEY, db_periodic_task, db_task

from newsroom.partners import limits, packages
from newsroom.partners.webhooks import sending


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def finish_packages() -> int:
    """A package whose filling was cut off holds up its partners until it is filled."""
    return packages.finish()


@db_periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def forget_counts() -> int:
    return limits.sweep(timezone.now())


def wake() -> None:
    """Where no worker runs, still nobody who saves waits for a partner's server."""
    if HUEY.immediate:
        Thread(target=_tell_and_leave, name="webhooks", daemon=True).start()
    else:
        tell_partners()


def _tell_and_leave() -> None:
    try:
        sending.deliver_all()
    finally:
        connections.close_all()


@db_task(expires=60)  # type: ignore[untyped-decorator]  # the sweep does the same
def tell_partners() -> int:
    """Whoever waits for it is told as soon as the change is committed."""
    return sending.deliver_all()


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_webhooks() -> int:
    """What could not be told at once, or was in the hands of a sender that died."""
    return sending.deliver_all()


@db_periodic_task(crontab(hour="3", minute="40"))  # type: ignore[untyped-decorator]
def forget_deliveries() -> int:
    return sending.forget_old(timezone.now())
