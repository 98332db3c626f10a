"""The desk's answer to a paste: what a word processor put on the clipboard, as the story's own few tags."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from newsroom import markup


def urls() -> list[Any]:
    return [path("paste/", admin.site.admin_view(require_POST(settled)), name="paste")]


def settled(request: HttpRequest) -> HttpResponse:
    """Keeps nothing: the editor puts the answer where the cursor stands."""
    return HttpResponse(markup.clean(request.POST.get("markup", "")), content_type="text/plain; charset=utf-8")
