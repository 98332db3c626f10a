"""Front of house: pictures for the public, each asked for its rights at the moment it is asked for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.models import Change
from newsroom.photos.models import FormerRendition, Lease, Photo, Rendition, renditions
from newsroom.querysets import out

# The name holds the hash of the content: under it, nothing else is ever served.
NAME = re.compile(r"([0-9a-f]{40})\.(webp|jpg|avif)")
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "avif": "image/avif"}
HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
A_SECOND, A_YEAR = dt.timedelta(seconds=1), dt.timedelta(days=365)
DRAWN_CACHE = f"public, max-age={A_YEAR // A_SECOND}, immutable"


@dataclass(frozen=True)
class Leave:
    """That a file may be seen: a drawing for ever, a photograph until the next turn of its leases."""

    is_drawn: bool
    until: dt.datetime | None = None


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    named, now = NAME.fullmatch(name), timezone.now()
    leave = leave_for(name, now) if named else None
    if named is None or leave is None:
        return refusal(is_gone=named is not None and was_public(name))
    etag = f'"{named[1]}"'
    answer = get_conditional_response(request, etag=etag) or _file(name, TYPES[named[2]])
    for header, value in {**HEADERS, "Cache-Control": cache_rules(leave, now), "ETag": etag}.items():
        answer.headers[header] = value
    return answer


def leave_for(name: str, at: dt.datetime) -> Leave | None:
    """Of a file of a public photo: its placeholder always, the picture itself while a lease allows its use.

    A version that was replaced is still given to pages that were open then. None where nothing may be seen.
    """
    current = _with_rights(Rendition.objects.filter(file=name), at).order_by("-is_placeholder", "-is_usable")
    found = current.values_list("is_placeholder", "is_usable", "ends_at", "starts_at").first()
    if found and (found[0] or found[1]):
        return Leave(found[0], _first(*found[2:]))
    served = FormerRendition.objects.filter(name=name, is_deleted=False, served_until__gt=at)
    former = _with_rights(served, at).filter(is_usable=True)
    turns = former.values_list("served_until", "ends_at", "starts_at").first()
    return Leave(False, _first(*turns)) if turns else None


def was_public(name: str) -> bool:
    """Whether readers could know this name: it is, or was, one of a photo that is or was public."""
    ever = Exists(Change.objects.filter(object_id=OuterRef("uuid")).exclude(ever_mask=0))
    photos = Photo.objects.filter(Q(renditions__file=name) | Q(former_renditions__name=name))
    return photos.filter(out() | ever).exists()


def _with_rights(files: QuerySet[Any], at: dt.datetime) -> QuerySet[Any]:
    """Those of public photos, with whether the picture may be used, and when a lease next ends or begins."""
    leases = Lease.objects.filter(photo=OuterRef("photo"), scope=Lease.Scope.USE).order_by().values("photo")
    shown: QuerySet[Any] = files.filter(out(at, of="photo__")).annotate(
        is_usable=Exists(Photo.objects.usable(at).filter(pk=OuterRef("photo"))),
        ends_at=Subquery(leases.filter(ends_at__gt=at).annotate(first=Min("ends_at")).values("first")),
        starts_at=Subquery(leases.filter(starts_at__gt=at).annotate(first=Min("starts_at")).values("first")),
    )
    return shown


def _first(*turns: dt.datetime | None) -> dt.datetime | None:
    return min((turn for turn in turns if turn), default=None)


def cache_rules(leave: Leave, at: dt.datetime) -> str:
    """A reader's own browser keeps what it has shown; what serves many asks again, since a right can end any moment."""
    if leave.is_drawn:
        return DRAWN_CACHE
    left = min(leave.until - at, A_YEAR) if leave.until else A_YEAR
    return f"public, max-age={left // A_SECOND}, s-maxage=0, immutable"


def refusal(*, is_gone: bool) -> HttpResponse:
    """A name that readers may have met is gone; any other was never there."""
    if not is_gone:
        raise Http404
    words = _("This picture is no longer available.")
    return HttpResponse(
        words, status=410, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )


def _file(name: str, content_type: str) -> FileResponse:
    try:
        return FileResponse(renditions().open(name), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error
