"""What endpoints are owed: raised in the transaction of each change, so that both are kept or neither."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial, reduce
from operator import or_

from django.db import transaction
from django.db.models import F

from newsroom.models import Change
from newsroom.partners.webhooks import signing
from newsroom.partners.webhooks.models import Webhook

OVERLAP = dt.timedelta(days=7)  # how long a former secret signs along

_wake: list[Callable[[], object]] = []


def wake_by(wake: Callable[[], object]) -> None:
    """Let the worker's room say how deliveries are started at once; without it the next sweep sees to them."""
    _wake[:] = [wake]


def owe_changes(changed: Sequence[Change]) -> None:
    """Note for every endpoint whose partner had or has one of these that there is news; one statement."""
    concerned = reduce(or_, (entry.ever_mask for entry in changed), 0)
    holders = Webhook.objects.of_holders(concerned).values("pk")
    if concerned and Webhook.objects.filter(pk__in=holders).update(owed=F("owed") + 1):
        _wake_after_commit()


def owe_partner(partner_id: int) -> None:
    """The same for all endpoints of one partner, as what it may have is another now."""
    if Webhook.objects.filter(partner=partner_id).update(owed=F("owed") + 1):
        _wake_after_commit()


def owe(webhook: Webhook, *, at: dt.datetime) -> None:
    """Tell this endpoint again, as soon as may be: for whoever lost a message."""
    Webhook.objects.filter(pk=webhook.pk).update(owed=F("owed") + 1, not_before=at)
    _wake_after_commit()


def owe_test(webhook: Webhook, *, at: dt.datetime) -> None:
    """Send a test as soon as may be, to one that is paused or being waited for too."""
    Webhook.objects.filter(pk=webhook.pk).update(is_test_owed=True, not_before=at)
    _wake_after_commit()


def resume(webhook: Webhook, *, at: dt.datetime) -> None:
    """Start anew with one that was paused or ended."""
    Webhook.objects.filter(pk=webhook.pk).update(
        state=Webhook.State.WORKING, attempts=0, failing_since=None, not_before=at
    )
    _wake_after_commit()


def rotate(webhook: Webhook, *, at: dt.datetime) -> str:
    """A new secret, which is returned; the former one signs along for a week."""
    webhook.former_secret, webhook.former_until = webhook.secret, at + OVERLAP
    webhook.secret = signing.new_secret()
    webhook.save(update_fields=["secret", "former_secret", "former_until"])
    return webhook.secret


def _wake_after_commit() -> None:
    """A queue that is down costs a minute: the next sweep tells them."""
    for wake in _wake:
        transaction.on_commit(partial(wake), robust=True)
