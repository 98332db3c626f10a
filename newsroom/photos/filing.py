"""Photo desk: how a picture comes into the archive: examined and stored first, then filed in one short transaction."""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from newsroom import changes
from newsroom.models import User
from newsroom.photos import prefilling
from newsroom.photos.darkroom import orders
from newsroom.photos.intake import Examined, examine
from newsroom.photos.likeness import bands_of
from newsroom.photos.models import Intake, Photo, original_name, originals

EXTENSIONS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif", "AVIF": "avif", "HEIF": "heic"}
MOST_ALIKE = 5


@dataclass(frozen=True)
class Stored:
    """An original that was examined and lies in private storage."""

    name: str
    found: Examined


@dataclass(frozen=True)
class Filed:
    """What became of an upload: a new record, or the one that holds this very file already."""

    photo: Photo
    is_new: bool
    alike: list[Photo] = field(default_factory=list)
    notes: tuple[str, ...] = ()


def file_upload(content: bytes, *, by: User | None, at: dt.datetime) -> Filed:
    """Take a picture in; the same file sent twice is one photo. Raises `intake.Refused`."""
    found = examine(content)
    if known := _holder_of(found):
        return Filed(known, is_new=False, notes=found.notes)
    with stored(content, found) as original, changes.recording() as record:
        if known := _filed_meanwhile(found, by):
            return Filed(known, is_new=False, notes=found.notes)
        photo = _record_for(found, by)
        hold(photo, original)
        photo.save()
        settle(photo, original, at=at)
        record.touch(photo)
    return Filed(photo, is_new=True, alike=alike(photo), notes=found.notes)


def words_for_known(photo: Photo) -> str:
    if photo.is_trashed:
        return _("This very picture lies in the trash: bring it back from there.")
    return _("This very picture is filed already.")


@contextlib.contextmanager
def stored(content: bytes, found: Examined) -> Iterator[Stored]:
    """Keep the original untouched for the time of a transaction; the file goes again if no photo came to hold it."""
    name = originals().save(original_name(Photo(), f"original.{EXTENSIONS[found.form]}"), ContentFile(content))
    try:
        yield Stored(name, found)
    finally:
        if not Photo.objects.of_file(found.sha256).filter(original=name).exists():
            originals().delete(name)


def hold(photo: Photo, original: Stored) -> None:
    """Make this the photo's original, and fill what is empty from what the file says; the caller saves."""
    found = original.found
    photo.original.name, photo.sha256 = original.name, found.sha256
    photo.width, photo.height = found.width, found.height
    prefilling.fill(photo, found.facts)


def settle(photo: Photo, original: Stored, *, former: str = "", at: dt.datetime) -> None:
    """After the photo is saved with its new original, inside the same recording: what belongs to it beside the record.

    The versions of a former original stay until the new ones are there.
    """
    note_intake(photo, original.found, at=at)
    prefilling.mark_people(photo, original.found.facts)
    orders.order(photo, at=at)
    if former:
        transaction.on_commit(partial(originals().delete, former))


def note_intake(photo: Photo, found: Examined, *, at: dt.datetime) -> None:
    likeness = found.likeness
    bands = bands_of(likeness) if likeness is not None else (None,) * 4
    noted = {
        "form": found.form,
        "size": found.size,
        "likeness": "" if likeness is None else f"{likeness:016x}",
        **{f"band_{number}": band for number, band in enumerate(bands, 1)},
        "notes": list(found.notes),
        "facts": {name: asdict(fact) for name, fact in found.facts.items()},
        "taken_in_at": at,
    }
    Intake.objects.update_or_create(photo=photo, defaults=noted)


def take_out(photo: Photo, *, at: dt.datetime) -> None:
    """Take the original out of the record, inside the caller's recording."""
    former = photo.original.name or ""
    empty(photo)
    photo.save()
    clear_up(photo, former, at=at)


def empty(photo: Photo) -> None:
    """The record of a picture that is not held; the caller saves."""
    photo.original.name, photo.sha256, photo.width, photo.height = "", "", None, None


def clear_up(photo: Photo, former: str, *, at: dt.datetime) -> None:
    """After the original was taken out: every version leaves the public at once, the files once that is certain."""
    Intake.objects.filter(photo=photo).delete()
    orders.take_down(photo, at=at)
    if former:
        transaction.on_commit(partial(originals().delete, former))


def alike(photo: Photo) -> list[Photo]:
    """Other photos that look the same: resized, saved anew, or taken a moment apart."""
    noted = Intake.objects.filter(photo=photo).exclude(likeness="").first()
    if noted is None:
        return []
    return Photo.objects.exclude(pk=photo.pk).alike(int(noted.likeness, 16), most=MOST_ALIKE)


def _holder_of(found: Examined) -> Photo | None:
    return Photo.objects.of_file(found.sha256).order_by("pk").first()


def _filed_meanwhile(found: Examined, by: User | None) -> Photo | None:
    """Two of the files that one editor sends at a time may be the same picture: they are filed one by one."""
    if by is not None:
        User.objects.select_for_update(no_key=True).filter(pk=by.pk).first()
    return _holder_of(found)


def _record_for(found: Examined, by: User | None) -> Photo:
    """An empty record, not public, under a slug that no other has."""
    headline = prefilling.headline_of(found.facts)
    slug = f"{slugify(headline)[:100].strip('-') or 'photo'}-{secrets.token_hex(4)}"
    return Photo(slug=slug, created_by=by)
