"""What every answer of the API carries, refusals and 304s included: CORS, reservation of rights, coming ends, gzip."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date

from newsroom.partners import reservation

Answer = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
PAGES = "/api/v1/docs/"  # a page like any other, though it stands there

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
        response = self.get_response(request)
        _add(response, {**CORS, **reservation.headers(), **ending(settings.API_DEPRECATED)})
        patch_vary_headers(response, ["Authorization"])
        return self.compress(request, response) if _is_ours_to_compress(request, response) else response


def _is_ours_to_compress(request: HttpRequest, response: HttpResponseBase) -> bool:
    """What anybody may have is kept whole, and compressed, before Django; and pictures are small already."""
    is_picture = response.headers.get("Content-Type", "").startswith("image/")
    return "Authorization" in request.headers and not is_picture


def _add(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    """A `Link` joins those that the view gave."""
    for name, value in headers.items():
        is_second = name == "Link" and name in response.headers
        response.headers[name] = f"{response.headers[name]}, {value}" if is_second else value
