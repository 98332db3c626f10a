"""Front of house: what happens to every request before its view: the clock, the language, the version of the page."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from newsroom import changes
from newsroom.changes import Head
from newsroom.partners.conditional import canonical_query, is_any, matches, weak_etag
from newsroom.website.preferences import theme_of

logger = logging.getLogger(__name__)

Answer = Callable[[HttpRequest], HttpResponseBase]

DESK = "/admin/"
API = "/api/"
API_DOCS = "/api/v1/docs/"  # a page like any other, though it stands there
VERSIONLESS = (settings.STATIC_URL, settings.MEDIA_URL)  # named by their content: no head can change them
PUBLIC_CACHE = "public, max-age=0, must-revalidate"
PRIVATE_CACHE = "private, no-store"
MESSAGES_COOKIE = "messages"


class TickMiddleware:
    """Reads the head of the change feed once, as `request.head`, and lets time have its effect first.

    The head is None where it could not be read; then, and while a tick is still owed, nothing is cached.
    Pages are right either way: they ask the records what is visible at this moment.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_versionless = request.path_info.startswith(VERSIONLESS)
        request.head = None if is_versionless else current_head()  # type: ignore[attr-defined]
        return self.get_response(request)


def current_head() -> Head | None:
    """The head after whatever is due has been recorded, if that could be done without waiting."""
    try:
        head = changes.head()
        now = timezone.now()
        return changes.head() if head.is_due(now) and _ticks(head) else head
    except DatabaseError:
        logger.exception("The head of the change feed cannot be read.")
        return None


def _ticks(head: Head) -> bool:
    try:
        return changes.try_tick(timezone.now())
    except Exception:
        # One record that cannot be settled must not close the house; /healthz tells how long it is overdue.
        logger.exception("What was due at %s could not be recorded.", head.due_at)
        return False


class AddressLanguageMiddleware:
    """The address alone says the language: one address is one text. Only the desk may negotiate it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    if request.path_info.startswith(DESK):
        return translation.get_language_from_request(request)
    return translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE


class HeadETagMiddleware:
    """Gives anonymous answers an ETag made of the head, and says "not modified" before any view runs.

    An ETag is given only to a complete public answer, so whoever sends one back has had that answer.
    A view opts out by any `Cache-Control` or `ETag` of its own.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if is_known_visitor(request):
            response = self.get_response(request)
            response.headers.setdefault("Cache-Control", PRIVATE_CACHE)
            return response
        etag = etag_of(request)
        known = request.headers.get("If-None-Match", "")
        if etag and matches(etag, known):
            return _marked(request, HttpResponseNotModified(), etag)
        response = self.get_response(request)
        if not etag or not _is_public(request, response):
            return response
        return _marked(request, HttpResponseNotModified() if is_any(known) else response, etag)


def is_known_visitor(request: HttpRequest) -> bool:
    """Somebody whose answer may be their own: logged in, holding a key, or with a message waiting."""
    has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES or MESSAGES_COOKIE in request.COOKIES
    return has_cookie or "Authorization" in request.headers


def etag_of(request: HttpRequest) -> str:
    """The version of the answer to this request; empty where it cannot have one."""
    head: Head | None = getattr(request, "head", None)
    if request.method not in {"GET", "HEAD"} or head is None or head.is_due(timezone.now()):
        return ""
    return weak_etag(
        head,
        f"{request.scheme}://{request.get_host()}",
        request.path,
        canonical_query(request.META.get("QUERY_STRING", "")),
        translation.get_language() or "",
        theme_of(request) if is_page(request) else "",
    )


def is_page(request: HttpRequest) -> bool:
    """Whether the answer is a page, which looks as the reader likes; feeds, calendars and the API do not."""
    path = request.path_info
    return path == API_DOCS or (path.endswith("/") and not path.startswith(API))


def _is_public(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether anybody who asks the same may have the same answer."""
    sets_cookie = response.cookies or request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or request.session.modified
    has_own_rules = response.has_header("Cache-Control") or response.has_header("ETag")
    has_nonce = bool(getattr(request, "csp_nonce", None))
    return response.status_code == 200 and not (sets_cookie or has_own_rules or has_nonce)


def _marked(request: HttpRequest, response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = PUBLIC_CACHE
    if is_page(request):
        patch_vary_headers(response, ["Cookie"])
    return response
