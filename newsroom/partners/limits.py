"""How often one may ask: counted by one atomic statement, said in every answer (IETF RateLimit headers)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from newsroom.partners.entitlement import Access
from newsroom.partners.models import RequestCount
from newsroom.partners.problems import said_as
from newsroom.waiting import BusyDatabase, no_waiting

WINDOW = 60  # seconds
KEPT_FOR = 60  # minutes after which a count is swept away

# The same words in SQLite and PostgreSQL; the row's lock makes concurrent requests count one by one.
COUNT = """
    INSERT INTO partners_requestcount (name, minute, count) VALUES (%s, %s, 1)
    ON CONFLICT (name) DO UPDATE SET
        count = CASE WHEN partners_requestcount.minute = excluded.minute
            THEN partners_requestcount.count + 1 ELSE 1 END,
        minute = excluded.minute
    RETURNING count
"""


@dataclass(frozen=True)
class Allowance:
    """What is left of the minute."""

    limit: int
    used: int
    resets_in: int

    @property
    def is_spent(self) -> bool:
        return self.used > self.limit

    def headers(self) -> dict[str, str]:
        left = max(0, self.limit - self.used)
        return {
            "RateLimit-Policy": f'"minute";q={self.limit};w={WINDOW}',
            "RateLimit": f'"minute";r={left};t={self.resets_in}',
        }


@said_as("too-many-requests")
class TooMany(exceptions.APIException):
    """More requests in this minute than were agreed on."""

    status_code = status.HTTP_429_TOO_MANY_REQUESTS

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__()


def limit_of(access: Access) -> int:
    """Requests a minute; 0 is no limit."""
    return access.partner.requests_per_minute if access.partner else settings.API_PUBLIC_RATE


def spend(request: Request, access: Access, at: dt.datetime) -> Allowance | None:
    """Count this request; None where nobody counts: without a limit, or while another writer holds the database."""
    limit = limit_of(access)
    if not limit:
        return None
    minute, second = divmod(int(at.timestamp()), WINDOW)
    try:
        with no_waiting():
            return Allowance(limit, count(_name(request, access), minute), WINDOW - second)
    except BusyDatabase:
        return None


def count(name: str, minute: int) -> int:
    """One more in that minute; returns how many there were with it."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [name, minute])
        return int(cursor.fetchone()[0])


def sweep(at: dt.datetime) -> int:
    """Forget who asked an hour ago."""
    before = int(at.timestamp()) // WINDOW - KEPT_FOR
    return RequestCount.objects.filter(minute__lt=before).delete()[0]


def _name(request: Request, access: Access) -> str:
    """Whose minute it is: all keys of a partner share one; of anybody else we keep no address, only its digest."""
    if access.partner:
        return f"partner:{access.partner.pk}"
    address = BaseThrottle().get_ident(request)
    return f"public:{salted_hmac('partners.limits', address, algorithm='sha256').hexdigest()[:40]}"
