"""Who asks the API: a partner by its key (RFC 6750), or anybody."""

from __future__ import annotations

from typing import Any, cast

from django.utils import timezone
from rest_framework import exceptions, status
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from newsroom.partners import entitlement, keys
from newsroom.partners.entitlement import ANYBODY, Access
from newsroom.partners.models import Partner
from newsroom.partners.problems import RETRY_AFTER, said_as

REALM = 'Bearer realm="partners"'


@said_as("bad-key")
class BadKey(exceptions.AuthenticationFailed):
    """No key of ours, or one that was revoked or has ended: which of these, nobody is told."""


@said_as("not-authenticated")
class KeyNeeded(exceptions.NotAuthenticated):
    """Something that only partners may have."""


@said_as("not-licensed")
class NotLicensed(exceptions.PermissionDenied):
    """The key is good, but the licence does not run."""


@said_as("settling")
class Settling(exceptions.APIException):
    """What the partner may have is being computed anew."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    wait = RETRY_AFTER


class BearerKey(BaseAuthentication):
    """`Authorization: Bearer …`; whoever sends one is that partner, or refused, and never silently anybody."""

    def authenticate(self, request: Request) -> tuple[Partner, Access] | None:
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _space, text = header.partition(" ")
        key = keys.find(text.strip()) if scheme.lower() == "bearer" else None
        now = timezone.now()
        if key is None or not key.is_valid(now):
            raise BadKey
        if not key.partner.is_licensed(now):
            raise NotLicensed
        if key.partner.is_settling:
            raise Settling
        return key.partner, entitlement.of_key(key)

    def authenticate_header(self, request: Request) -> str:
        return f'{REALM}, error="invalid_token"' if "Authorization" in request.headers else REALM


def access_of(request: Request) -> Access:
    """What the asker may have."""
    return cast(Access, request.auth or ANYBODY)


def partner_of(request: Request) -> Any:
    """The partner who asks; raises KeyNeeded where it is anybody."""
    access = access_of(request)
    if access.key is None:
        raise KeyNeeded
    return access.key.partner
