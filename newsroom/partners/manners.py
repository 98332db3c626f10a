"""What every answer of the API carries, refusals and 304s included: CORS, mining terms, coming ends, compression."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import cast

import brotli
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from newsroom.partners import problems, reservation

Answer = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
PAGES = "/api/v1/docs/"  # a page like any other, though it stands there
LONGEST_ADDRESS = 8_000  # characters
LARGEST_BODY = 64_000  # bytes
SMALLEST_PACKED = 500  # bytes

# Any site may ask: keys are sent on purpose, never by a browser on its own, and cookies mean nothing here.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, Deprecation, Sunset, X-Request-ID, "
        "TDM-Reservation, TDM-Policy"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS, POST, DELETE",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}


def ending(period: str) -> dict[str, str]:
    """`API_DEPRECATED`, an interval of two days such as 2027-01-01/2028-01-01, as RFC 9745 and RFC 8594 say it."""
    if not period:
        return {}
    try:
        deprecated, sunset = (
            dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC) for day in period.split("/")
        )
    except ValueError as error:
        raise ImproperlyConfigured("API_DEPRECATED takes two days, such as 2027-01-01/2028-01-01.") from error
    return {
        "Deprecation": f"@{int(deprecated.timestamp())}",
        "Sunset": http_date(sunset.timestamp()),
        "Link": f'<{settings.SITE_URL}{PAGES}>; rel="deprecation"',
    }


class ApiMannersMiddleware:
    """Answers a browser's preflight before anything is asked of the database, and dresses all other answers."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.compress = GZipMiddleware(get_response).process_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(API) or path == PAGES:
            return self.get_response(request)
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return HttpResponse(status=204, headers={**CORS, **PREFLIGHT})
        response = _refusal(request) or self.get_response(request)
        _add(response, {**CORS, **reservation.headers(), **ending(settings.API_DEPRECATED)})
        patch_vary_headers(response, ["Authorization", "Accept-Encoding"])
        return self._packed(request, response)

    def _packed(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Brotli where it is taken and the answer is at hand, else gzip; pictures are small already."""
        if response.headers.get("Content-Type", "").startswith("image/"):
            return response
        is_at_hand = isinstance(response, HttpResponse) and len(response.content) >= SMALLEST_PACKED
        if not is_at_hand or not _takes_brotli(request) or response.has_header("Content-Encoding"):
            return self.compress(request, response)
        return _with_brotli(cast(HttpResponse, response))


def _refusal(request: HttpRequest) -> HttpResponse | None:
    """What is too long to be looked at."""
    if len(request.get_full_path()) > LONGEST_ADDRESS:
        return problems.response(request, "address-too-long", 414)
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > LARGEST_BODY:
        return problems.response(request, "body-too-large", 413)
    return None


def _takes_brotli(request: HttpRequest) -> bool:
    codings = request.headers.get("Accept-Encoding", "").lower().replace(" ", "").split(",")
    return any(re.fullmatch(r"br(;q=(1(\.0*)?|0\.\d*[1-9]\d*))?", coding) for coding in codings)


def _with_brotli(response: HttpResponse) -> HttpResponse:
    response.content = brotli.compress(response.content, quality=5)
    response.headers["Content-Encoding"] = "br"
    response.headers["Content-Length"] = str(len(response.content))
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _add(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """A `Link` joins those that the view gave."""
    for name, value in headers.items():
        is_second = name == "Link" and name in response.headers
        response.headers[name] = f"{response.headers[name]}, {value}" if is_second else value
