"""Front of house: addresses that browsers and hands make up, and the pages that were meant."""

from __future__ import annotations

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import Resolver404, resolve
from django.utils import translation
from django.views import defaults
from django.views.decorators.http import require_safe

from newsroom.website.middleware import API, DESK, VERSIONLESS

WITHOUT_PREFIX = re.compile(rf"^/{settings.LANGUAGE_CODE}(?=/|$)")
CASED = frozenset({"preview", "desk_calendar"})  # pages whose addresses hold a token, in which capitals count


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Programs that never read a page's head ask for its picture here; where it lies changes with it."""
    return HttpResponseRedirect(static("icons/seal.png"))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return as_we_write_it(request) or defaults.page_not_found(request, exception)


def as_we_write_it(request: HttpRequest) -> HttpResponse | None:
    """The way to a page that was asked for in capitals, or under a prefix that its language stands without."""
    ours = WITHOUT_PREFIX.sub("", request.path_info.lower())
    if ours == request.path_info or ours.startswith((DESK, API, *VERSIONLESS)):
        return None
    path = next(filter(_leads_to_a_page, (ours, f"{ours}/")), "")
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path) if path else None


def _leads_to_a_page(path: str) -> bool:
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path).url_name not in CASED
        except Resolver404:
            return False
