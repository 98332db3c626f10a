"""The bottom shelf's outbox: letters to colleagues, kept with what gave rise to them and sent after it.

A letter is a row of the transaction that it tells of: both are kept or neither. A sender takes a lease on it
first, so that one that dies leaves the letter to the next; it may then arrive twice, under one Message-ID.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation
from huey.contrib.djhuey import db_task

from newsroom.models import Letter, User

logger = logging.getLogger(__name__)

BATCH = 20  # letters that one sender takes on; all of them fit into a lease
LEASE = dt.timedelta(minutes=15)
FIRST_DELAY, LONGEST_DELAY = dt.timedelta(minutes=1), dt.timedelta(hours=6)
MOST_ATTEMPTS = 12  # with these delays the last is made after a day
ABOUT_THIS_LETTER = (SMTPRecipientsRefused, SMTPDataError)  # refusals after which the server takes others


def write(to: User, subject: object, template: str, context: Mapping[str, Any], reply_to: str = "") -> Letter | None:
    """Put a letter into the outbox, in the site's own language; None for who has no address or wants no mail.

    A lazy subject is translated here. The template gets the reader as `to`.
    """
    if not is_reached_by_mail(to):
        return None
    with translation.override(settings.LANGUAGE_CODE):
        now = timezone.now()
        house = {"newsroom_name": settings.NEWSROOM_NAME, "site_url": settings.SITE_URL}
        letter = Letter.objects.create(
            to=to,
            reply_to=reply_to,
            subject=" ".join(str(subject).split())[:200],
            text=render_to_string(template, {**house, **context, "to": to}).strip(),
            written_at=now,
            not_before=now,
        )
    transaction.on_commit(post, robust=True)  # a queue that is down costs a minute: the next sweep sends it
    return letter


def is_reached_by_mail(user: User) -> bool:
    return bool(user.is_active and user.wants_mail and user.email)


@db_task()  # type: ignore[untyped-decorator]
def post() -> int:
    """Send at once what has just been written."""
    return deliver(timezone.now())


def deliver(at: dt.datetime) -> int:
    """Send what waits, as far as the mail server takes it; returns how many went. Any number may run at once."""
    sent = 0
    for letter in waiting(at)[:BATCH]:
        if not _take(letter, at):
            continue
        try:
            _message(letter).send()
        except Exception as failure:  # whatever went wrong, the letter waits for its next attempt
            _put_back(letter, at, failure)
            if isinstance(failure, OSError) and not isinstance(failure, ABOUT_THIS_LETTER):
                break  # nobody answers, so the others would fail alike, each after its time-out
        else:
            Letter.objects.filter(pk=letter.pk).update(sent_at=at, failure="")
            sent += 1
    return sent


def waiting(at: dt.datetime) -> QuerySet[Letter]:
    """What is to be sent by now and under nobody's lease, the oldest first."""
    unsent = Letter.objects.filter(sent_at=None, not_before__lte=at, attempts__lt=MOST_ATTEMPTS)
    return unsent.filter(to__is_active=True).select_related("to").order_by("not_before", "pk")


def _take(letter: Letter, at: dt.datetime) -> bool:
    """Whether the lease is ours; another sender may have been quicker."""
    free = Letter.objects.filter(pk=letter.pk, sent_at=None, not_before=letter.not_before)
    return bool(free.update(not_before=at + LEASE, attempts=F("attempts") + 1))


def _put_back(letter: Letter, at: dt.datetime, failure: Exception) -> None:
    logger.warning("Letter %s was not sent: %s", letter.pk, failure)
    delay = min(FIRST_DELAY * 2**letter.attempts, LONGEST_DELAY)
    Letter.objects.filter(pk=letter.pk).update(not_before=at + delay, failure=str(failure)[:300])


def _message(letter: Letter) -> EmailMessage:
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    written = int(letter.written_at.timestamp())
    return EmailMessage(
        letter.subject,
        letter.text,
        to=[letter.to.email],
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={"Message-ID": f"<letter-{letter.pk}.{written}@{host}>", "Auto-Submitted": "auto-generated"},
    )
