"""Tells endpoints what they are owed: many at a time, each under a lease of its own, so that none waits for another."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from newsroom import changes
from newsroom.documents import instant
from newsroom.partners import cursors
from newsroom.partners.webhooks import calling, signing
from newsroom.partners.webhooks.calling import Outcome
from newsroom.partners.webhooks.models import Delivery, Webhook

BATCH = 256  # endpoints that one sender takes on; even if all were dead, it is done within the lease
WORKERS = 32  # calls at a time
FAILING = 8  # of which so many, at most, go to endpoints that failed the last time
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

    Any number of senders may run at once. The calls are made in threads, which never touch the database; as soon as
    one is over, another endpoint has its turn.
    """
    tried = 0
    running: dict[Future[Outcome], Message] = {}
    with ThreadPoolExecutor(WORKERS) as pool:
        while True:
            for message in _take(at, min(WORKERS - len(running), BATCH - tried), _failing(running)):
                running[pool.submit(_call, message, at)] = message
                tried += 1
            if not running:
                return tried
            for call in wait(running, return_when=FIRST_COMPLETED).done:
                _record(running.pop(call), call.result(), at)


def deliver_all() -> int:
    """Until nobody waits; returns how many calls were made."""
    tried = 0
    while batch := deliver(timezone.now()):
        tried += batch
    return tried


def _take(at: dt.datetime, room: int, failing: int = 0) -> Iterator[Message]:
    """The next endpoints, each under our lease: what they are owed is read after it, and the head after that.

    Those that failed before come last, and never fill the room.
    """
    sound = list(Webhook.objects.due(at).filter(attempts=0)[:room])
    doubtful = min(room - len(sound), FAILING - failing)
    for webhook in [*sound, *Webhook.objects.due(at).filter(attempts__gt=0)[: max(0, doubtful)]]:
        mine = Webhook.objects.filter(pk=webhook.pk, not_before=webhook.not_before)
        if mine.update(not_before=at + LEASE):
            yield _message(Webhook.objects.select_related("partner").get(pk=webhook.pk), at)


def _failing(running: dict[Future[Outcome], Message]) -> int:
    return sum(1 for message in running.values() if message.webhook.attempts)


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


def _call(message: Message, at: dt.datetime) -> Outcome:
    webhook = message.webhook
    headers = signing.headers(message.message_id, at, message.body, webhook.secrets(at))
    return calling.post(webhook.url, headers, message.body)


@transaction.atomic
def _record(message: Message, outcome: Outcome, at: dt.datetime) -> None:
    """Log it, and give the lease back: at once where it was taken, after a delay where not."""
    webhook = message.webhook
    if not Webhook.objects.select_for_update().filter(pk=webhook.pk).exists():
        return  # ended by its partner meanwhile, its log with it
    Delivery.objects.create(
        webhook=webhook,
        message_id=message.message_id,
        body=message.body.decode(),
        attempted_at=at,
        milliseconds=outcome.milliseconds,
        status=outcome.status,
        failure=outcome.failure,
    )
    Webhook.objects.filter(pk=webhook.pk, not_before=at + LEASE).update(**_standing(message, outcome, at))


def _standing(message: Message, outcome: Outcome, at: dt.datetime) -> dict[str, Any]:
    """How the endpoint stands after this call. A test that fails takes nothing from it but the test."""
    webhook = message.webhook
    paid = {"is_test_owed": False} if message.is_test else {"told": message.owed}
    if outcome.is_delivered:
        return {"attempts": 0, "failing_since": None, "not_before": at, **paid}
    if outcome.status == GONE:
        return {**_put_off(webhook, at), "state": State.ENDED, "is_test_owed": False}
    if message.is_test:
        return {"not_before": at + delay(webhook.attempts - 1) if webhook.attempts else at, **paid}
    return _put_off(webhook, at)


def _put_off(webhook: Webhook, at: dt.datetime) -> dict[str, Any]:
    """Back-off for three days; then paused, and shown at the desk."""
    since = webhook.failing_since or at
    state = State.PAUSED if at - since >= PATIENCE else webhook.state
    attempts = F("attempts") + 1
    return {"state": state, "attempts": attempts, "failing_since": since, "not_before": at + delay(webhook.attempts)}


def delay(attempts: int) -> dt.timedelta:
    """Until the next attempt, after so many before this one: seconds at first, half a day in the end."""
    return min(FIRST_DELAY * int(4 ** min(attempts, ENOUGH)), LONGEST_DELAY)


def forget_old(at: dt.datetime) -> int:
    """Old entries of the log; returns how many."""
    return Delivery.objects.filter(attempted_at__lt=at - KEPT).delete()[0]
