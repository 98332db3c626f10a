"""The desk's own word when something broke: an editor is told that nothing was saved, a reader to try again."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import defaults


def server_error(request: HttpRequest) -> HttpResponse:
    is_at_the_desk = request.path_info.startswith(reverse("admin:index"))
    return defaults.server_error(request, "admin/500.html" if is_at_the_desk else "500.html")
