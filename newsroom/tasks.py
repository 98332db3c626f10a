"""The bottom shelf's background work: what is due recorded and sent, sooner than the next visitor would see to it."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from newsroom import changes, mail, unsaved

PACE = 4  # seconds between two looks at what is due: a moment is in the feed within five


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep() -> int:
    """Visibility never waits for this: pages ask the records. It only keeps feed and caches up to date."""
    for seconds in range(PACE, 60, PACE):
        tick_if_due.schedule(delay=seconds)
    return changes.tick(timezone.now())


@db_task(expires=60)  # type: ignore[untyped-decorator]  # looks that a stopped worker left behind are worth nothing
def tick_if_due() -> int:
    """One tiny read, unless a moment has come."""
    now = timezone.now()
    return changes.tick(now) if changes.head().is_due(now) else 0


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_letters() -> int:
    """What could not be sent at once, or was in the hands of a sender that died."""
    return mail.deliver(timezone.now())


@db_periodic_task(crontab(hour="3", minute="20"))  # type: ignore[untyped-decorator]
def forget_unsaved() -> int:
    """Text that nobody came back for in a month."""
    return unsaved.forget_old(timezone.now())
