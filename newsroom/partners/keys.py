"""Keys of partners: issued, rotated and revoked with an audit entry each; read back from a request by digest."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
import secrets
import zlib
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from newsroom.models import User
from newsroom.partners.models import AuditEntry, Key, Partner
from newsroom.waiting import BusyDatabase, no_waiting

Act = AuditEntry.Act

# A word that secret scanners can look for, the prefix by which we find the key, the secret, and a check sum that
# tells a mistyped key from a wrong one before any query.
TEXT = re.compile(r"attache_(?P<prefix>[0-9a-f]{8})_(?P<secret>[0-9a-f]{48})(?P<sum>[0-9a-f]{8})")
OVERLAP = dt.timedelta(days=7)  # how long the former key works beside its successor
STAMPED_EVERY = dt.timedelta(minutes=5)


class AlreadyIssued(Exception):
    """The form was sent twice: the key was issued, and shown, the first time."""


class NotValid(Exception):
    """The key is revoked or past its end: there is nothing to rotate or revoke."""


class AlreadyRotated(Exception):
    """The key has a successor, and ends soon: another one would end with it."""


@dataclass(frozen=True)
class Issued:
    """A new key with its text, which exists nowhere else and is shown once."""

    key: Key
    text: str


@transaction.atomic
def issue(
    partner: Partner,
    *,
    by: User | None,
    at: dt.datetime,
    label: str,
    scopes: list[str],
    expires_at: dt.datetime | None = None,
    form_id: UUID | None = None,
) -> Issued:
    """Make a key; `form_id` makes sure that one form makes one key. Raises AlreadyIssued."""
    prefix = secrets.token_hex(4)
    body = f"attache_{prefix}_{secrets.token_hex(24)}"
    text = f"{body}{_check_sum(body)}"
    key = Key(partner=partner, label=label, scopes=scopes, prefix=prefix, digest=_digest(text))
    key.issued_by, key.issued_at, key.expires_at = by, at, expires_at
    key.uuid = form_id or key.uuid
    try:
        with transaction.atomic():
            key.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyIssued from error
    _audit(key, Act.ISSUED, by=by, at=at, note=", ".join(scopes))
    return Issued(key, text)


@transaction.atomic
def rotate(key: Key, *, by: User | None, at: dt.datetime, form_id: UUID | None = None) -> Issued:
    """A successor with the same label, scopes and end; the former key works on for a while, so that nothing stops.

    Raises NotValid, AlreadyRotated, AlreadyIssued.
    """
    key = Key.objects.select_for_update(of=["self"]).select_related("partner").get(pk=key.pk)
    if not key.is_valid(at):
        raise NotValid
    if form_id is not None and Key.objects.filter(uuid=form_id).exists():
        raise AlreadyIssued
    if key.audit.filter(act=Act.ROTATED).exists():
        raise AlreadyRotated
    successor = issue(
        key.partner,
        by=by,
        at=at,
        label=key.label,
        scopes=key.scopes,
        expires_at=key.expires_at,
        form_id=form_id,
    )
    key.expires_at = min(filter(None, [key.expires_at, at + OVERLAP]))
    key.save(update_fields=["expires_at"])
    _audit(key, Act.ROTATED, by=by, at=at, note=str(successor.key))
    return successor


@transaction.atomic
def revoke(key: Key, *, by: User | None, at: dt.datetime) -> Key:
    """End the key at once; raises NotValid where it has ended already."""
    if not Key.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=at):
        raise NotValid
    key.revoked_at = at
    _audit(key, Act.REVOKED, by=by, at=at)
    return key


def find(text: str) -> Key | None:
    """The key that was sent, with its partner, in one query; None where it is not, or not exactly, one of ours."""
    match = TEXT.fullmatch(text)
    if match is None or not hmac.compare_digest(_check_sum(text[:-8]), match["sum"]):
        return None
    key = Key.objects.select_related("partner").filter(prefix=match["prefix"]).first()
    return key if key and hmac.compare_digest(key.digest, _digest(text)) else None


def stamp(key: Key, at: dt.datetime) -> None:
    """Keep when the key was last used, to five minutes; not worth waiting for."""
    if key.last_used_at is None or key.last_used_at <= at - STAMPED_EVERY:
        try:
            with no_waiting():
                Key.objects.filter(pk=key.pk).update(last_used_at=at)
        except BusyDatabase:
            return


def _audit(key: Key, act: str, *, by: User | None, at: dt.datetime, note: str = "") -> None:
    AuditEntry.objects.create(partner=key.partner, key=key, act=act, by=by, at=at, note=note[:300])


def _digest(text: str) -> str:
    """The secret has 192 random bits: a slow digest would add nothing but the cost of each request."""
    return hashlib.sha256(text.encode()).hexdigest()


def _check_sum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
