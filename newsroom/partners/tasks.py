"""The syndication desk's background work: what somebody began and did not finish, and what nobody needs any more."""

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from newsroom.partners import limits, packages


@db_periodic_task(crontab(minute="*"))  # type: ignore[untyped-decorator]
def finish_packages() -> int:
    """A package whose filling was cut off holds up its partners until it is filled."""
    return packages.finish()


@db_periodic_task(crontab(minute="17"))  # type: ignore[untyped-decorator]
def forget_counts() -> int:
    return limits.sweep(timezone.now())
