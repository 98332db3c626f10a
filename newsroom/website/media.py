"""Front of house: pictures for the public, each asked for its rights at the moment it is asked for."""

import datetime as dt
from pathlib import PurePosixPath

from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.photos.models import Photo, Rendition, renditions

TYPES = {".webp": "image/webp", ".jpg": "image/jpeg", ".avif": "image/avif"}
HEADERS = {
    # The name holds the hash of the content: under it, nothing else is ever served.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    content_type = TYPES.get(PurePosixPath(name).suffix)
    if content_type is None or not may_be_seen(name, timezone.now()):
        raise Http404
    try:
        return FileResponse(renditions().open(name), content_type=content_type, headers=HEADERS)
    except FileNotFoundError as error:
        raise Http404 from error


def may_be_seen(name: str, at: dt.datetime) -> bool:
    """A rendition of a public photo: its placeholder always, the picture itself while a lease allows its use."""
    shown = Q(is_placeholder=True) | Q(photo__in=Photo.objects.usable(at))
    return Rendition.objects.filter(shown, file=name, photo__is_public=True).exists()
