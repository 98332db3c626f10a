"""The bottom shelf's background work: a sweep of what is due, sooner than the next visitor would do it."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from newsroom import changes, mail


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep() -> int:
    """Visibility never waits for this: pages ask the records. It only keeps feed and caches up to date."""
    return changes.tick(timezone.now())


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def sweep_letters() -> int:
    """What could not be sent at once, or was in the hands of a sender that died."""
    return mail.deliver(timezone.now())
