"""Front of house: whoever asks at a former address is sent to the present one, in one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from newsroom import redirects

View = Callable[[HttpRequest, str], HttpResponse]


def following(kind: str) -> Callable[[View], View]:
    """Let a page by slug answer 301 where the record that once stood there has moved."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str) -> HttpResponse:
            try:
                return view(request, slug)
            except Http404:
                if moved := forwarded(request, kind, slug):
                    return moved
                raise

        return answer

    return decorate


def forwarded(request: HttpRequest, kind: str, slug: str) -> HttpResponse | None:
    """The way to the present address of the same page, in the same language; None where there is none.

    Nobody keeps it unasked (`headers.UNSAID_CACHE`): the slug may return to its record one day.
    """
    present = redirects.present(kind, slug)
    if not present or request.resolver_match is None:
        return None
    address = reverse(request.resolver_match.view_name, args=[present])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
