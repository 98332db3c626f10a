"""Front of house: pictures for the public, each asked for its rights at the moment it is asked for."""

from __future__ import annotations

import datetime as dt
import re

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from newsroom.photos.models import Photo, Rendition, renditions

# The name holds the hash of the content: under it, nothing else is ever served.
NAME = re.compile(r"([0-9a-f]{40})\.(webp|jpg|avif)")
TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "avif": "image/avif"}
HEADERS = {"Content-Security-Policy": "default-src 'none'; sandbox", "X-Content-Type-Options": "nosniff"}
DRAWN_CACHE = "public, max-age=31536000, immutable"
# A photograph may be kept, but shown only after asking again: a right can end at any moment.
PHOTOGRAPH_CACHE = "no-cache"


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    named = NAME.fullmatch(name)
    is_drawn = is_drawn_and_may_be_seen(name, timezone.now()) if named else None
    if named is None or is_drawn is None:
        raise Http404
    etag = f'"{named[1]}"'
    answer = get_conditional_response(request, etag=etag) or _file(name, TYPES[named[2]])
    cache = DRAWN_CACHE if is_drawn else PHOTOGRAPH_CACHE
    for header, value in {**HEADERS, "Cache-Control": cache, "ETag": etag}.items():
        answer.headers[header] = value
    return answer


def _file(name: str, content_type: str) -> FileResponse:
    try:
        return FileResponse(renditions().open(name), content_type=content_type)
    except FileNotFoundError as error:
        raise Http404 from error


def is_drawn_and_may_be_seen(name: str, at: dt.datetime) -> bool | None:
    """Of a rendition of a public photo: its placeholder always, the picture itself while a lease allows its use.

    None where there is nothing that may be seen.
    """
    shown = Q(is_placeholder=True) | Q(photo__in=Photo.objects.usable(at))
    found = Rendition.objects.filter(shown, file=name, photo__is_public=True)
    return found.order_by("-is_placeholder").values_list("is_placeholder", flat=True).first()
