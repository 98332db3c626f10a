"""Tells endpoints what they are owed: many at a time, each under a lease of its own, so that none waits for another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from newsroom import changes
from newsroom.documents import instant
from newsroom.partners import cursors
from newsroom.partners.webhooks import calling, signing
from newsroom.partners.webhooks.calling import Outcome
from newsroom.partners.webhooks.models import Delivery, Webhook

BATCH = 64  # endpoints that one sender takes on; even if all were dead, it is done within the lease
WORKERS = 16
LEASE = dt.timedelta(minutes=3)
FIRST_DELAY, LONGEST_DELAY = dt.timedelta(seconds=5), dt.timedelta(hours=12)
PATIENCE = dt.timedelta(days=3)  # of failing, after which an endpoint is paused
KEPT = dt.timedelta(days=30)  # how long the log of deliveries is
GONE = 410  # says that it wants no more
ENOUGH = 10  # attempts after which the delay no longer grows

State = Webhook.State


@dataclass(frozen=True)
class Message:
    """What one endpoint is told now, and which of its debts that pays."""

    webhook: Webhook
    message_id: str
    body: bytes
    owed: int
    is_test: bool


def deliver(at: dt.datetime) -> int:
    """Tell the next ones who are owed something; returns how many were tried, 0 when nobody is left.

    Any number of senders may run at once.
    """
    messages = list(_take(at))
    _send_all(messages, at)
    return len(messages)


def deliver_all() -> int:
    """Until nobody waits; returns how many calls were made."""
    tried = 0
    while batch := deliver(timezone.now()):
        tried += batch
    return tried


def _take(at: dt.datetime) -> Iterator[Message]:
    """The next endpoints, each under our lease: what they are owed is read after it, and the head after that."""
    for webhook in Webhook.objects.due(at)[:BATCH]:
        mine = Webhook.objects.filter(pk=webhook.pk, not_before=webhook.not_before)
        if mine.update(not_before=at + LEASE):
            yield _message(Webhook.objects.select_related("partner").get(pk=webhook.pk), at)


def _message(webhook: Webhook, at: dt.datetime) -> Message:
    """A test first, alone: it says whether the rest would arrive. Every attempt at one debt has one id."""
    is_test = webhook.is_test_owed
    number = f"test_{int(at.timestamp())}" if is_test else str(webhook.owed)
    written = _test() if is_test else _news(webhook)
    body = json.dumps({**written, "timestamp": instant(at)}, separators=(",", ":")).encode()
    return Message(webhook, f"msg_{webhook.uuid.hex}_{number}", body, webhook.owed, is_test)


def _test() -> dict[str, object]:
    return {"type": "webhook.test", "data": {}}


def _news(webhook: Webhook) -> dict[str, object]:
    """The cursor that its partner will have reached when it has followed; no object, so that nothing can leak."""
    head = changes.head()
    types = tuple(sorted(kind.name for kind in changes.kinds()))
    cursor = cursors.begin(head, webhook.partner.entitlement, types).at(head.seq)
    address = f"{settings.SITE_URL}/api/v1/changes/"
    return {"type": "feed.changed", "data": {"cursor": str(cursor), "head": head.seq, "changes": address}}


def _send_all(messages: list[Message], at: dt.datetime) -> None:
    """The calls in threads, which never touch the database; what came of them here, as each is done."""
    with ThreadPoolExecutor(WORKERS) as pool:
        calls = {pool.submit(_call, message, at): message for message in messages}
        for call in as_completed(calls):
            _record(calls[call], call.result(), at)


def _call(message: Message, at: dt.datetime) -> Outcome:
    webhook = message.webhook
    headers = signing.headers(message.message_id, at, message.body, webhook.secrets(at))
    return calling.post(webhook.url, headers, message.body)


def _record(message: Message, outcome: Outcome, at: dt.datetime) -> None:
    """Log it, and give the lease back: at once where it was taken, after a delay where not."""
    webhook = message.webhook
    Delivery.objects.create(
        webhook=webhook,
        message_id=message.message_id,
        body=message.body.decode(),
        attempted_at=at,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        failure=outcome.failure,
    )
    ours = Webhook.objects.filter(pk=webhook.pk, not_before=at + LEASE)
    if outcome.is_delivered:
        paid = {"is_test_owed": False} if message.is_test else {"told": message.owed}
        ours.update(attempts=0, failing_since=None, not_before=at, **paid)
    elif message.is_test:
        ours.update(is_test_owed=False, not_before=at + delay(webhook.attempts - 1) if webhook.attempts else at)
    else:
        _put_off(webhook, outcome, at)


def _put_off(webhook: Webhook, outcome: Outcome, at: dt.datetime) -> None:
    """Back-off for three days; then paused, and shown at the desk. 410 stops at once."""
    since = webhook.failing_since or at
    state = State.ENDED if outcome.status == GONE else State.PAUSED if at - since >= PATIENCE else State.WORKING
    Webhook.objects.filter(pk=webhook.pk, not_before=at + LEASE).update(
        state=state, attempts=F("attempts") + 1, failing_since=since, not_before=at + delay(webhook.attempts)
    )


def delay(attempts: int) -> dt.timedelta:
    """Until the next attempt, after so many before this one: seconds at first, half a day in the end."""
    return min(FIRST_DELAY * int(4 ** min(attempts, ENOUGH)), LONGEST_DELAY)


def forget_old(at: dt.datetime) -> int:
    """Old entries of the log; returns how many."""
    return Delivery.objects.filter(attempted_at__lt=at - KEPT).delete()[0]
