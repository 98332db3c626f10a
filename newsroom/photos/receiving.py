"""Photo desk: an upload at the door of the admin, examined and stored before any transaction is open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from newsroom.photos import filing
from newsroom.photos.intake import MOST_BYTES, Refused, examine, too_heavy


class Received(UploadedFile):  # type: ignore[type-arg]
    """What stands in the form in the place of the file: the stored original, or why it is refused."""

    def __init__(self, stored: filing.Stored | None, refusal: str = "") -> None:
        super().__init__(file=None, name="original", size=stored.found.size if stored else 1)
        self.stored = stored
        self.refusal = refusal


@contextlib.contextmanager
def at_the_door(request: HttpRequest, field: str) -> Iterator[None]:
    """Take the file of that field in for as long as the form is dealt with; it goes again if no photo holds it then."""
    upload = request.FILES.get(field)
    if not isinstance(upload, UploadedFile):
        yield
        return
    try:
        content = content_of(upload)
        found = examine(content)
    except Refused as refused:
        request.FILES[field] = Received(None, str(refused))
        yield
        return
    with filing.stored(content, found) as original:
        request.FILES[field] = Received(original)
        yield


def content_of(upload: UploadedFile[bytes]) -> bytes:
    """All of it, unless that alone is too much. Raises Refused."""
    if (upload.size or 0) > MOST_BYTES:
        raise too_heavy()
    return b"".join(upload.chunks())
