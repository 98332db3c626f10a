"""The desk's own word when something broke: an editor is told that nothing was saved, a reader to try again."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping

from django.conf import settings
from django.contrib import admin
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views import csrf, defaults

from newsroom.desk import carrying
from newsroom.partners import problems
from newsroom.partners.manners import API
from newsroom.website.preferences import theme_of

RETRY_AFTER = "60"  # seconds, as the page says


def server_error(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith(API):
        return problems.response(request, "server-error", 500)
    if request.path_info.startswith(reverse("admin:index")):
        return defaults.server_error(request, "admin/500.html")
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _alone(request, "503.html", 503, {"Retry-After": RETRY_AFTER})
    return _alone(request, "500.html", 500)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if request.path_info.startswith(API):
        return problems.response(request, "bad-request", 400)
    return _alone(request, "400.html", 400)


def _alone(request: HttpRequest, page: str, status: int, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """A readers' page that asks for nothing but what the browser has sent: what else there is may be what broke."""
    return HttpResponse(render_to_string(page, {"theme": theme_of(request)}), status=status, headers=headers)


def locked_out(request: HttpRequest, *_details: object) -> HttpResponse:
    """Too many wrong passwords for one name from one place: until when, and what else can be done."""
    wait = settings.AXES_COOLOFF_TIME
    answer = render(request, "admin/429.html", {"minutes": wait // dt.timedelta(minutes=1)}, status=429)
    answer.headers["Retry-After"] = str(round(wait.total_seconds()))
    return answer


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is worth nothing: nothing is done, and what was typed at the desk is there to be copied.

    It may have outlived a log-in in another tab; or the browser has lost all its cookies, and one logs in first.
    """
    desk = admin.site
    form = carrying.sent(desk, request)
    answer = None
    if form and desk.has_permission(request):
        title = gettext("This form has gone stale: you have logged in again since it was opened")
        answer = carrying.copying(desk, request, form, title, status=403)
    elif form and _is_from_here(request):
        answer = carrying.door(desk, request)
    return answer or csrf.csrf_failure(request, reason)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent it, and no foreign one that wants to be logged in to."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in {own, *settings.CSRF_TRUSTED_ORIGINS}
