"""Front of house: pages that are only read say so to whoever sends them something, before a token is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render

from newsroom.website.middleware import API, DESK

Answer = Callable[[HttpRequest], HttpResponseBase]
READING = ("GET", "HEAD", "OPTIONS")


class ReadOnlyPagesMiddleware:
    """Stands before the check of tokens: a form that a page does not have cannot have gone stale.

    What takes a form of a reader's says so by asking for no token (`csrf_exempt`); desk and API have their own manners.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_bare = response.status_code == 405 and not getattr(response, "content", b"-")
        if not is_bare or not _is_ours(request):
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    def process_view(self, request: HttpRequest, view: Any, *_arguments: Any) -> HttpResponse | None:
        takes_forms = getattr(view, "csrf_exempt", False) or not _is_ours(request)
        if takes_forms or request.method in {"GET", "HEAD"}:
            return None
        return _allowed() if request.method == "OPTIONS" else HttpResponseNotAllowed(READING)


def _allowed() -> HttpResponse:
    """Asked here once for all: of the views one would refuse the question, another send all that it has."""
    return HttpResponse(headers={"Allow": ", ".join(READING)}, content_type="text/plain; charset=utf-8")


def _is_ours(request: HttpRequest) -> bool:
    return not request.path_info.startswith((DESK, API))
