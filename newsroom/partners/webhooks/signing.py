"""Signatures by Standard Webhooks 1.0: HMAC-SHA256 over id, time and body."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(message_id: str, at: dt.datetime, body: bytes, by: Iterable[str]) -> dict[str, str]:
    """What goes with a message; each of the secrets signs it, so that a partner may change over in its own time."""
    stamp = str(int(at.timestamp()))
    signed = b".".join([message_id.encode(), stamp.encode(), body])
    return {
        "webhook-id": message_id,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(_signature(secret, signed) for secret in by),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"
