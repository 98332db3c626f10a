"""Finds and mends what bypassed the change feed: `loaddata`, `QuerySet.update`, a shell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from newsroom import changes
from newsroom.changes import CHUNK, DELETED, Audience, Kind, Public
from newsroom.indexing import search_entry
from newsroom.models import Change, Due, SearchEntry


@dataclass(frozen=True)
class Drift:
    """One object of which the feed or the index says something else than the records do."""

    kind: str
    object_id: UUID
    what: str

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}: {self.what}"


def drifts(at: dt.datetime) -> Iterator[Drift]:
    """Everything in which feed, index and records differ at this moment; reads all of the archive."""
    holders = changes.audience()
    for kind in changes.kinds():
        for states in _all_states(kind, at, holders):
            yield from _feed_drifts(kind, states)
            yield from _index_drifts(kind, states)
            yield from _schedule_drifts(kind, states)


def mend(at: dt.datetime) -> list[Drift]:
    """Record every drift as the change it is; returns what was found."""
    with changes.recording() as record:
        found = list(drifts(at))
        for kind in changes.kinds():
            record.touch_ids(kind, {drift.object_id for drift in found if drift.kind == kind.name})
    return found


def _all_states(kind: Kind, at: dt.datetime, holders: Audience) -> Iterator[dict[UUID, Public]]:
    """What should be public of every object of this kind, a chunk at a time; then what the feed has and we have not."""
    last, known = 0, set[UUID]()
    while rows := dict(_rows(kind).filter(pk__gt=last).order_by("pk").values_list("pk", "uuid")[:CHUNK]):
        known.update(rows.values())
        yield changes.read(kind, rows, at, holders)
        last = max(rows)
    gone = list(_noted(kind) - known)
    for start in range(0, len(gone), CHUNK):
        yield dict.fromkeys(gone[start : start + CHUNK], DELETED)


def _noted(kind: Kind) -> set[UUID]:
    """Every object of this kind that the feed, the index or the schedule knows."""
    return {
        object_id
        for notes in (Change, SearchEntry, Due)
        for object_id in notes._default_manager.filter(kind=kind.name).values_list("object_id", flat=True)
    }


def _feed_drifts(kind: Kind, states: Mapping[UUID, Public]) -> Iterator[Drift]:
    entries = {entry.object_id: entry for entry in Change.objects.filter(kind=kind.name, object_id__in=states)}
    for object_id, state in states.items():
        entry = entries.get(object_id)
        if changes.next_entry(kind, object_id, state, entry):
            yield Drift(kind.name, object_id, "its entry is out of date" if entry else "it has no entry")


def _index_drifts(kind: Kind, states: Mapping[UUID, Public]) -> Iterator[Drift]:
    columns = ("object_id", "title", "text", "tokens", "marks", "language", "sort_at")
    indexed = {
        row[0]: row[1:]
        for row in SearchEntry.objects.filter(kind=kind.name, object_id__in=states).values_list(*columns)
    }
    for object_id, state in states.items():
        words = changes.words_of(state)
        wanted = search_entry(kind.name, object_id, words) if words else None
        if indexed.get(object_id) != (tuple(getattr(wanted, column) for column in columns[1:]) if wanted else None):
            yield Drift(kind.name, object_id, "search knows something else of it")


def _schedule_drifts(kind: Kind, states: Mapping[UUID, Public]) -> Iterator[Drift]:
    scheduled = dict(Due.objects.filter(kind=kind.name, object_id__in=states).values_list("object_id", "due_at"))
    for object_id, state in states.items():
        if scheduled.get(object_id) != state.due_at:
            yield Drift(kind.name, object_id, "the schedule has another moment for it")


def _rows(kind: Kind) -> models.QuerySet[models.Model]:
    return kind.model._default_manager.all()
