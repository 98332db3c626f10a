"""Front of house: the headers that every answer carries, for safety and against being kept."""

import secrets
from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.functional import SimpleLazyObject, empty

from newsroom.partners import reservation

Answer = Callable[[HttpRequest], HttpResponseBase]
Policy = Mapping[str, Sequence[str]]

# Where nothing is said, caches may guess how long a refusal stands: also that of a story still to come.
UNSAID_CACHE = "no-cache"

# What no page of ours asks a browser for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


class Nonce(SimpleLazyObject):  # type: ignore[type-arg]  # generic in the stubs only
    """A word for the scripts of one answer, made when a template first prints it; false until then."""

    def __init__(self) -> None:
        super().__init__(lambda: secrets.token_urlsafe(16))

    def __bool__(self) -> bool:
        return self._wrapped is not empty


def policy_header(policy: Policy, nonce: Nonce) -> str:
    """The Content-Security-Policy of Django 6's `SECURE_CSP` setting, without a nonce that nobody used."""
    stand_in = f"'nonce-{nonce}'" if nonce else ""
    directives = (
        (name, [stand_in if source == settings.CSP_NONCE else source for source in sources])
        for name, sources in policy.items()
    )
    return "; ".join(" ".join([name, *filter(None, sources)]) for name, sources in directives)


def policy_for(request: HttpRequest) -> Policy:
    """The admin's prose editor brings one style of its own; no other page is allowed it."""
    match = request.resolver_match
    is_desk = match is not None and "admin" in match.namespaces
    return settings.SECURE_CSP_ADMIN if is_desk else settings.SECURE_CSP


class SecurityHeadersMiddleware:
    """Sets what a view did not set itself: a view that serves files may send a stricter policy.

    Stands first, so that redirects, refusals and static files pass through it too. Django 6 brings a
    policy middleware of its own, which takes over with the same settings one day.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = request.csp_nonce = Nonce()  # type: ignore[attr-defined]
        response = self.get_response(request)
        if nonce:
            # A nonce is good for one answer: nobody may keep this one.
            patch_cache_control(response, private=True, no_store=True)
        response.headers.setdefault("Cache-Control", UNSAID_CACHE)
        response.headers.setdefault("Content-Security-Policy", policy_header(policy_for(request), nonce))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        for name, value in reservation.headers().items():
            response.headers.setdefault(name, value)
        return response
