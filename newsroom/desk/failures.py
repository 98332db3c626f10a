"""The desk's own word when something broke: an editor is told that nothing was saved, a reader to try again."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views import csrf, defaults

from newsroom import collisions
from newsroom.desk import open_forms


def server_error(request: HttpRequest) -> HttpResponse:
    is_at_the_desk = request.path_info.startswith(reverse("admin:index"))
    return defaults.server_error(request, "admin/500.html" if is_at_the_desk else "500.html")


def stale_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that outlived a log-in in another tab: nothing is done, and what was typed is there to be copied."""
    model = open_forms.model_of(admin.site, request)
    texts = collisions.texts(request.POST, model) if model and collisions.VERSION in request.POST else []
    if not texts or not admin.site.has_permission(request):
        return csrf.csrf_failure(request, reason)
    title = gettext("This form has gone stale: you have logged in again since it was opened")
    context = {**admin.site.each_context(request), "title": title, "texts": texts}
    return render(request, "admin/newsroom/typed.html", context, status=403)
