"""Photo desk, darkroom: files that no record holds: of work that was rolled back, or of a process that died.

Only what bears a name of our own making is touched, and nothing younger than a day: a picture that is being taken in
lies in its storage before its record is there.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from django.core.files.storage import Storage

from newsroom.models import Change
from newsroom.photos.darkroom import cupboard
from newsroom.photos.models import FormerRendition, Photo, Rendition, RenditionJob, originals, renditions

YOUNG = dt.timedelta(days=1)
AT_ONCE = 200
RENDITION = re.compile(r"[0-9a-f]{40}\.[a-z]{3,4}")
ORIGINAL = re.compile(r"\d{4}/\d{2}/[0-9a-f]{32}\.[a-z]{1,5}")
CARD = re.compile(rf"{cupboard.CARDS}/([0-9a-f-]{{36}})/\S+")
HOUSE = "00000000-0000-0000-0000-000000000000"  # its cards show no record

Held = Callable[[set[str]], set[str]]


def sweep(at: dt.datetime) -> int:
    """Delete what nobody holds; how many files. Safe to run twice, and beside everything else."""
    kept = _swept(renditions(), RENDITION, _held_renditions, at)
    return kept + _swept(originals(), ORIGINAL, _held_originals, at) + _swept(renditions(), CARD, _shown_cards, at)


def _swept(storage: Storage, pattern: re.Pattern[str], held: Held, at: dt.datetime) -> int:
    found = 0
    for names in _in_parts(name for name in _files(storage) if pattern.fullmatch(name)):
        old = {name for name in names if _is_old(storage, name, at)}
        for name in old - held(old):
            storage.delete(name)
            found += 1
    return found


def _files(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept there
        return
    yield from (f"{folder}{name}" for name in files)
    for one in folders:
        yield from _files(storage, f"{folder}{one}/")


def _in_parts(names: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(names)
    while part := list(islice(rest, AT_ONCE)):
        yield part


def _is_old(storage: Storage, name: str, at: dt.datetime) -> bool:
    try:
        return storage.get_modified_time(name) < at - YOUNG
    except FileNotFoundError:  # somebody else cleared it away meanwhile
        return False


def _held_originals(names: set[str]) -> set[str]:
    return set(Photo.objects.filter(original__in=names).values_list("original", flat=True))


def _held_renditions(names: set[str]) -> set[str]:
    """All of them while a worker prints: it takes up a file that lies there already, before a record says so."""
    if RenditionJob.objects.filter(state=RenditionJob.State.RUNNING).exists():
        return names
    former = FormerRendition.objects.filter(name__in=names, is_deleted=False).values_list("name", flat=True)
    return {*Rendition.objects.filter(file__in=names).values_list("file", flat=True), *former}


def _shown_cards(names: set[str]) -> set[str]:
    """Those of records that are public now."""
    owners = {name: match[1] for name in names if (match := CARD.fullmatch(name))}
    public = Change.objects.current().filter(object_id__in=set(owners.values()))
    shown = {HOUSE, *map(str, public.values_list("object_id", flat=True))}
    return {name for name, owner in owners.items() if owner in shown}
