"""Front of house: what machines ask about the house: is it well, what may be crawled, whom to tell of a hole."""

from __future__ import annotations

import datetime as dt
import functools
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom import changes
from newsroom.documents import site_address

LONGEST_OVERDUE = 120  # seconds; the next request ticks, so more than that means that no tick succeeds
PLAIN = "text/plain; charset=utf-8"
#: without language, and in every language
UNCRAWLED, UNCRAWLED_PAGES = ("/admin/", "/preferences/"), ("preview/", "search/", "feeds/search.")
CONTACT_HOLDS_FOR = dt.timedelta(days=180)


class Unmigrated(Exception):
    """The code expects a newer database."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    report = health(timezone.now())
    return JsonResponse(report, status=200 if report["status"] == "ok" else 503)


def health(at: dt.datetime) -> dict[str, Any]:
    """What a load balancer wants to know; `status` is ok, or names what is broken."""
    try:
        head = changes.head()
        check_migrations()
    except DatabaseError:
        return {"status": "database unreachable"}
    except Unmigrated:
        return {"status": "migrations missing"}
    overdue = max(0, round((at - head.due_at).total_seconds())) if head.due_at else 0
    status = "tick overdue" if overdue > LONGEST_OVERDUE else "ok"
    return {"status": status, "release": settings.RELEASE, "head": head.seq, "overdue_seconds": overdue}


@functools.cache
def check_migrations() -> None:
    """Remembered once it has succeeded: a running process does not grow new migrations. Raises Unmigrated."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unmigrated


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    homes = ("/" if code == settings.LANGUAGE_CODE else f"/{code}/" for code, _name in settings.LANGUAGES)
    uncrawled = [*UNCRAWLED, *(home + page for home in homes for page in UNCRAWLED_PAGES)]
    rules = ["User-agent: *", *(f"Disallow: {path}" for path in uncrawled)]
    maps = (f"Sitemap: {site_address(path)}" for path in ("/sitemap.xml", "/sitemap-news.xml"))
    return HttpResponse("\n".join([*rules, "", *maps, ""]), content_type=PLAIN)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; there is none while the newsroom has no contact, since one without is invalid."""
    if not settings.NEWSROOM_CONTACT:
        raise Http404
    expires = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + CONTACT_HOLDS_FOR
    lines = [
        f"Contact: mailto:{settings.NEWSROOM_CONTACT}",
        f"Expires: {expires.isoformat()}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {site_address('/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type=PLAIN)
