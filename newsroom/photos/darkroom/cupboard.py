"""Photo desk, darkroom: where the public files lie under names of their content, and how long former ones stay."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Collection, Iterable
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from newsroom.photos.darkroom.printing import Print
from newsroom.photos.models import FormerRendition, Photo, Rendition, originals, renditions

# An open page may ask for a picture of its own long after it was replaced.
GRACE = dt.timedelta(days=7)
EXTENSIONS = {"JPEG": "jpg", "WEBP": "webp", "AVIF": "avif"}
AT_ONCE = 200
CARDS = "cards"  # the folder of what the front of house makes of them


def stored(form: str, content: bytes) -> str:
    """The name under which the public storage has this file now."""
    name = f"{hashlib.sha256(content).hexdigest()[:40]}.{EXTENSIONS[form]}"
    return name if renditions().exists(name) else renditions().save(name, ContentFile(content))


def rendition_of(photo: Photo, one: Print) -> Rendition:
    """The record of a file that lies in the cupboard; not saved yet."""
    return Rendition(
        photo=photo,
        crop=one.shape.crop,
        format=one.shape.form,
        width=one.shape.width,
        height=one.shape.height,
        size=len(one.content),
        file=stored(one.shape.form, one.content),
    )


def exchange(photo: Photo, made: Collection[Rendition], *, at: dt.datetime) -> None:
    """These take the place of the photo's versions; the former ones stay for who has a page open."""
    former = photo.renditions.filter(is_placeholder=False)
    names = {str(one.file) for one in made}
    retire(photo, {str(one.file) for one in former} - names, served_until=at + GRACE)
    former.delete()
    FormerRendition.objects.filter(photo=photo, name__in=names).delete()
    Rendition.objects.bulk_create(made)


def retire(photo: Photo, names: Iterable[str], *, served_until: dt.datetime) -> None:
    rows = [FormerRendition(photo=photo, name=name, served_until=served_until) for name in names]
    FormerRendition.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["photo", "name"],
        update_fields=["served_until", "is_deleted"],
    )


def clear(at: dt.datetime) -> int:
    """Delete the files whose time is over; how many rows were settled. Safe to run twice."""
    due = FormerRendition.objects.filter(is_deleted=False, served_until__lte=at).select_related("photo")
    over = list(due.order_by("pk")[:AT_ONCE])
    for owner in {one.photo.uuid for one in over}:
        clear_cards(owner)
    for name in {one.name for one in over}:
        if not _is_wanted(name, at):
            renditions().delete(name)
    return FormerRendition.objects.filter(pk__in=[one.pk for one in over]).update(is_deleted=True)


def clear_cards(owner: UUID) -> None:
    """Delete the cards on which our pages show this record, or this photograph; asked for again, they are made anew."""
    folder = f"{CARDS}/{owner}"
    with contextlib.suppress(OSError):  # there are none, or one is being made
        for name in renditions().listdir(folder)[1]:
            renditions().delete(f"{folder}/{name}")
        renditions().delete(folder)


def discard(names: Iterable[str], at: dt.datetime) -> None:
    """Delete files that no record holds any more."""
    for name in names:
        if not _is_wanted(name, at):
            renditions().delete(name)


def empty_after(photo: Photo) -> None:
    """Delete all files of a photo that is about to be deleted, once it is."""
    former = photo.former_renditions.filter(is_deleted=False).values_list("name", flat=True)
    names = {*photo.renditions.values_list("file", flat=True), *former}
    transaction.on_commit(partial(discard, names, timezone.now()), robust=True)
    transaction.on_commit(partial(clear_cards, photo.uuid), robust=True)
    if original := photo.original.name:
        transaction.on_commit(partial(originals().delete, original), robust=True)


def _is_wanted(name: str, at: dt.datetime) -> bool:
    """Two records may hold the same picture, and so the same file."""
    kept = FormerRendition.objects.filter(name=name, is_deleted=False, served_until__gt=at)
    return kept.exists() or Rendition.objects.filter(file=name).exists()
