"""The one way into the API: key, scope, version, allowance; then the view, and what every answer says of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom.partners import conditional, keys, limits
from newsroom.partners.authentication import BearerKey, access_of
from newsroom.partners.entitlement import Access
from newsroom.partners.limits import Allowance
from newsroom.partners.models import Scope
from newsroom.partners.problems import said_as


@said_as("scope-missing")
class ScopeMissing(exceptions.PermissionDenied):
    """The key is good, but not for this."""


class PartnerView(APIView):
    """A view of the API. It reads `self.access` to know what the asker may have."""

    authentication_classes = (BearerKey,)
    #: what a key has to open; anybody without one reads what is public
    scope: ClassVar[str] = Scope.READ
    #: whether nothing of it is public
    needs_key: ClassVar[bool] = False
    #: whether the answer is a version of the feed, and so may be kept until the head moves
    is_versioned: ClassVar[bool] = True

    access: Access
    etag = ""
    allowance: Allowance | None = None

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        self.access = access_of(request)

    def check_permissions(self, request: Request) -> None:
        super().check_permissions(request)
        if self.access.key and not self.access.key.opens(self.scope):
            raise ScopeMissing

    def check_throttles(self, request: Request) -> None:
        """The last step before the view. What is not modified costs nothing of the allowance."""
        now = timezone.now()
        self.etag = conditional.etag_of(request, self.access) if self.is_versioned else ""
        conditional.check(request, self.etag)
        self.allowance = limits.spend(request, self.access, now)
        if self.allowance and self.allowance.is_spent:
            raise limits.TooMany(self.allowance.resets_in)
        if self.access.key:
            keys.stamp(self.access.key, now)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        if self.etag and response.status_code == 200 and conditional.is_any(request.headers.get("If-None-Match", "")):
            response = Response(status=304)
        answer = super().finalize_response(request, response, *args, **kwargs)
        said = self.allowance.headers() if self.allowance else {}
        if answer.status_code in {200, 304}:
            said |= conditional.headers(self.etag)
        for name, value in said.items():
            answer.headers.setdefault(name, value)
        return answer

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What may be done here; the description for programs is the OpenAPI document."""
        return Response(status=204, headers={"Allow": ", ".join(sorted({*SAFE_METHODS, *self.allowed_methods}))})
