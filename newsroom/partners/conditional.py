"""“Not modified”, said to partners after their key is known and before anything is read for them (RFC 9110)."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.utils import timezone
from django.utils.http import parse_etags
from rest_framework import exceptions, status
from rest_framework.request import Request

from newsroom.changes import Head
from newsroom.partners.entitlement import Access

KEPT = "private, no-cache"


class NotModified(exceptions.APIException):
    """The asker has this answer already; no error, but the one way out of DRF's preliminaries."""

    status_code = status.HTTP_304_NOT_MODIFIED
    default_code = "not-modified"


def etag_of(request: Request, access: Access) -> str:
    """The version of the answer: its question, the asker's entitlement and the head of the feed.

    Empty for anybody without a key, whose answers the website versions for all alike, and while a tick is owed.
    """
    head: Head | None = getattr(request._request, "head", None)
    if access.key is None or request.method not in {"GET", "HEAD"} or head is None or head.is_due(timezone.now()):
        return ""
    query = canonical_query(request.META.get("QUERY_STRING", ""))
    return weak_etag(head, request.path, query, request.headers.get("Accept", ""), access.tag)


def weak_etag(head: Head, *asked: str) -> str:
    """The version of what is answered to this, at that head, on this day of the newsroom's, by this release."""
    parts = (settings.RELEASE, *asked, timezone.localdate().isoformat(), f"{head.generation}:{head.seq}")
    written = "\n".join(parts).encode("utf-8", "backslashreplace")
    return f'W/"{hashlib.sha256(written).hexdigest()[:32]}"'


def check(request: Request, etag: str) -> None:
    """Raises NotModified where the asker sent this very version."""
    if etag and matches(etag, request.headers.get("If-None-Match", "")):
        raise NotModified


def matches(etag: str, known: str) -> bool:
    """Whether If-None-Match has this version: strong or weak, they are compared weakly (RFC 9110, 13.1.2)."""
    return etag.removeprefix("W/") in {one.removeprefix("W/") for one in parse_etags(known)}


def is_any(known: str) -> bool:
    """Whether If-None-Match is `*`, which any answer there is meets: only who has looked knows whether there is one."""
    return known.strip() == "*"


def headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": KEPT} if etag else {}


def canonical_query(query: str) -> str:
    """The same for the same question: sorted by name, repeated names in their order; never parsed, so never refused."""
    return "&".join(sorted(filter(None, query.split("&")), key=lambda pair: pair.partition("=")[0]))
