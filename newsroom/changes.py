"""The change feed: every write of public matter, numbered in the order in which it became visible.

Whoever writes anything that the public can see does it inside `recording()` and says what it touched:

    with changes.recording() as record:
        record.touch(person)       # before the write, so that what shows the person now is known
        person.save()
        record.touch(person)       # a new row, or one whose relations changed

As the last step before COMMIT the touched objects *and all that embed them* are read again under the lock
of the one counter row; each whose public document or audience differs gets the next number. The lock is
held to COMMIT, so whoever reads number N has every change up to N. What changes nothing public bumps
nothing. The search index and the schedule of coming changes are written in the same step.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from newsroom import addresses, indexing
from newsroom.addresses import Turn
from newsroom.indexing import Searchable
from newsroom.kinds import (
    DELETED,
    PUBLIC,
    Audience,
    Document,
    Keys,
    Kind,
    Public,
    audience,
    kind_named,
    kinds,
    license_by,
    register,
)
from newsroom.models import Change, Due, FeedHead
from newsroom.waiting import BusyDatabase, no_waiting

# What of `kinds` is found here, too.
__all__ = ["DELETED", "PUBLIC", "Audience", "Document", "Kind", "Public", "audience", "kind_named", "kinds"]
__all__ += ["license_by", "register"]

logger = logging.getLogger(__name__)

CHUNK = 200  # objects read and written at once


class NotRecording(RuntimeError):
    """Public matter was about to be written outside `recording()`."""


_told: list[Callable[[Sequence[Change]], object]] = []


def tell_by(tell: Callable[[Sequence[Change]], object]) -> None:
    """Let a higher room write down, in the transaction of the change itself, whom it owes word of it."""
    _told[:] = [tell]


def canonical(document: Document) -> str:
    """The one way to write this document down; its digest decides whether anything changed."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Record:
    """What one transaction touched: gathered as it writes, settled as its last step."""

    def __init__(self, *, fails_closed: bool = False) -> None:
        self._fails_closed = fails_closed
        self._roots: dict[type[models.Model], set[int]] = defaultdict(set)
        self._objects: dict[str, dict[int, UUID | None]] = defaultdict(dict)

    def touch(self, *instances: models.Model) -> None:
        """Note that these rows change; call it before a change of relations or a deletion, and after a creation."""
        touched: dict[type[models.Model], dict[int, UUID | None]] = defaultdict(dict)
        for instance in instances:
            if instance.pk is not None:
                touched[type(instance)][instance.pk] = getattr(instance, "uuid", None)
        for model, uuids in touched.items():
            self._roots[model].update(uuids)
            self._remember(model, uuids)
            self._expand(model, uuids.keys())

    def touch_ids(self, kind: Kind, object_ids: Collection[UUID]) -> None:
        """The same for objects known by public id, whether or not they are still there; without their dependents."""
        objects, wanted = self._objects[kind.name], list(object_ids)
        for start in range(0, len(wanted), CHUNK):
            chunk = wanted[start : start + CHUNK]
            rows = dict(kind.model._default_manager.filter(uuid__in=chunk).values_list("pk", "uuid"))
            objects.update(rows)
            # No row has such a key, so each of these is found to be deleted.
            objects.update({-1 - len(objects) - n: gone for n, gone in enumerate(set(chunk) - set(rows.values()))})

    def settle(self) -> list[Change]:
        """Number what changed; the last statements of the transaction. Returns the entries written."""
        if not self._objects and not self._roots:
            return []
        _hold_what_is_named()
        head = lock_head()
        for model, keys in list(self._roots.items()):
            self._expand(model, keys)
        now, holders = timezone.now(), audience()
        settled = [entry for kind in kinds() for entry in self._settle_kind(kind, now, holders)]
        changed = [entry for entry in settled if entry is not None]
        for number, change in enumerate(changed, head.seq + 1):
            change.seq, change.changed_at = number, now
        _write(changed)
        due_at = Due.objects.aggregate(first=models.Min("due_at"))["first"]
        FeedHead.objects.filter(pk=1).update(seq=head.seq + len(changed), due_at=due_at)
        for tell in _told if changed else ():
            tell(changed)
        return changed

    def _remember(self, model: type[models.Model], uuids: Mapping[int, UUID | None]) -> None:
        for kind in kinds():
            if kind.model is model:
                self._objects[kind.name].update(uuids)

    def _expand(self, model: type[models.Model], keys: Keys) -> None:
        """Add the objects whose documents hold these rows, as the database has it now."""
        for kind in kinds():
            if embedders := kind.embeds.get(model):
                for key in embedders(keys):
                    self._objects[kind.name].setdefault(key, None)

    def _settle_kind(self, kind: Kind, now: dt.datetime, holders: Audience) -> Iterator[Change | None]:
        keys = sorted(self._objects.get(kind.name, {}))
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            uuids = {key: self._objects[kind.name][key] for key in chunk}
            yield from _compare(kind, uuids, now, holders, fails_closed=self._fails_closed)


_current: ContextVar[Record | None] = ContextVar("recording", default=None)


@contextlib.contextmanager
def recording(*, fails_closed: bool = False) -> Iterator[Record]:
    """The outermost transaction of every write to public matter; an inner call joins the outer one.

    Time does not wait for a mend: a tick `fails_closed`, so that one broken record is hidden rather than
    keeping what has expired in the feed. An editor's save fails as a whole instead.
    """
    if outer := _current.get():
        yield outer
        return
    with transaction.atomic(durable=True):
        record = Record(fails_closed=fails_closed)
        token = _current.set(record)
        try:
            yield record
            record.settle()
        finally:
            _current.reset(token)


def touch(*instances: models.Model) -> None:
    """Note a change in the recording that is under way; raises NotRecording where none is."""
    record = _current.get()
    if record is None:
        raise NotRecording("Write public matter inside changes.recording().")
    record.touch(*instances)


def is_shown(row: models.Model) -> bool:
    """Whether the document of some other object that somebody may have now holds this row."""
    return any(_holds(kind, row) for kind in kinds())


def _holds(kind: Kind, row: models.Model) -> bool:
    embedders = kind.embeds.get(type(row))
    keys = set(embedders([row.pk])) if embedders and row.pk else set()
    holding = kind.model._default_manager.filter(pk__in=keys).values("uuid")
    return bool(keys) and Change.objects.filter(kind=kind.name, object_id__in=holding).exclude(mask=0).exists()


def _hold_what_is_named() -> None:
    """Take the locks of foreign keys before that of the counter.

    PostgreSQL checks deferred keys at COMMIT: by then this writer would have the counter and wait for a record,
    whose editor waits for the counter. SQLite has one writer at a time. It is no query of the ORM's, nor counted so.
    """
    if connection.vendor == "postgresql":
        with connection.wrap_database_errors, connection.cursor() as cursor:
            cursor.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def lock_head() -> FeedHead:
    """The counter row, locked until this transaction ends."""
    head, _ = FeedHead.objects.select_for_update().get_or_create(pk=1)
    return head


def _compare(
    kind: Kind, keys: Mapping[int, UUID | None], now: dt.datetime, holders: Audience, *, fails_closed: bool
) -> Iterator[Change | None]:
    """A new entry for each of these objects whose document or audience is not what the feed says."""
    if kind.tidy:
        kind.tidy(keys.keys(), now)
    states = (_read_or_hide if fails_closed else read)(kind, keys, now, holders)
    entries = {entry.object_id: entry for entry in Change.objects.filter(kind=kind.name, object_id__in=states)}
    _schedule(kind, states)
    news = ((one, next_entry(kind, one, state, entries.get(one))) for one, state in states.items())
    changed = {one: entry for one, entry in news if entry}
    turns = (Turn(one, entries[one].document, entry.document) for one, entry in changed.items() if one in entries)
    addresses.follow(kind.name, turns, now)
    yield from changed.values()
    indexing.index(kind.name, {object_id: words_of(state) for object_id, state in states.items()})


def read(kind: Kind, keys: Mapping[int, UUID | None], now: dt.datetime, holders: Audience) -> dict[UUID, Public]:
    """What is public of each object at this moment, read afresh; deleted where the row is gone."""
    found: dict[int, Any] = {instance.pk: instance for instance in kind.load(keys)}
    states = {one.uuid: _licensed(kind, kind.publish(one, now), holders) for one in found.values()}
    gone = (object_id for key, object_id in keys.items() if key not in found and object_id)
    return states | dict.fromkeys(gone, DELETED)


def _licensed(kind: Kind, state: Public, holders: Audience) -> Public:
    """The same with the packages that hold it: what the public may not have, no partner may."""
    if state.document is None or not state.mask & PUBLIC:
        return state
    return replace(state, mask=state.mask | holders(kind.name, state.document))


def _read_or_hide(
    kind: Kind, keys: Mapping[int, UUID | None], now: dt.datetime, holders: Audience
) -> dict[UUID, Public]:
    """`read`, but one that cannot be read is hidden, and logged, instead of holding up the others."""
    try:
        with transaction.atomic():
            return read(kind, keys, now, holders)
    except Exception:
        if len(keys) == 1:
            logger.exception("A %s cannot be shown and is hidden until it can: %s", kind.name, [*keys.values()])
            return {object_id: Public() for object_id in keys.values() if object_id}
        states = (_read_or_hide(kind, {key: object_id}, now, holders) for key, object_id in keys.items())
        return {object_id: state for one in states for object_id, state in one.items()}


def words_of(state: Public) -> Searchable | None:
    """What search may know of an object: nothing while the public may not have it."""
    return state.search if state.mask & PUBLIC else None


def next_entry(kind: Kind, object_id: UUID, state: Public, last: Change | None) -> Change | None:
    """The entry that says what is new, or None where nothing public changed."""
    document = canonical(state.document) if state.document is not None and state.mask else ""
    beside = canonical(state.beside) if document and state.beside else ""
    digest = hashlib.sha256(f"{document}{beside}".encode()).hexdigest()
    if not _is_news(state, digest, last):
        return None
    return Change(
        kind=kind.name,
        object_id=object_id,
        version=last.version + 1 if last else 1,
        digest=digest,
        document=document,
        mask=state.mask,
        ever_mask=state.mask | (last.ever_mask if last else 0),
        reason=_reason(state, last),
        note=state.note,
        replaced_by=state.replaced_by,
    )


def _is_news(state: Public, digest: str, last: Change | None) -> bool:
    """Whether document or audience differ from the entry; of what nobody may have, whether the reason does."""
    if last is None:
        return bool(state.mask)
    if (last.digest, last.mask) != (digest, state.mask):
        return True
    said = (last.reason, last.note, last.replaced_by)
    return not state.mask and said != (state.reason, state.note, state.replaced_by)


def _reason(state: Public, last: Change | None) -> str:
    """A record that the public sees for the first time, or again, is published rather than changed."""
    appears = state.mask and not (last and last.mask)
    return Change.Reason.PUBLISHED if appears and state.reason == Change.Reason.CHANGED else state.reason


def _schedule(kind: Kind, states: Mapping[UUID, Public]) -> None:
    """Keep the next instant of each object at which time alone changes it."""
    coming = [Due(kind=kind.name, object_id=key, due_at=state.due_at) for key, state in states.items() if state.due_at]
    settled = [key for key, state in states.items() if not state.due_at]
    Due.objects.filter(kind=kind.name, object_id__in=settled).delete()
    if coming:
        Due.objects.bulk_create(
            coming, update_conflicts=True, unique_fields=["kind", "object_id"], update_fields=["due_at"]
        )


WRITTEN = ["seq", "version", "digest", "document", "mask", "ever_mask", "reason", "note", "replaced_by", "changed_at"]


def _write(changed: list[Change]) -> None:
    if changed:
        Change.objects.bulk_create(
            changed,
            batch_size=CHUNK,
            update_conflicts=True,
            unique_fields=["kind", "object_id"],
            update_fields=WRITTEN,
        )


# The head, and what time brings


@dataclass(frozen=True)
class Head:
    """The version of the whole public site, and the next instant at which it changes by itself."""

    seq: int
    due_at: dt.datetime | None
    generation: str

    def is_due(self, at: dt.datetime) -> bool:
        return self.due_at is not None and self.due_at <= at


def head() -> Head:
    """Read by raw SQL on the open connection: every request asks, and the ORM would cost a hundred times more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, due_at, generation FROM newsroom_feedhead WHERE id = 1")
        row = cursor.fetchone()
    if row is None:
        return Head(0, None, "")
    seq, due_at, generation = row
    if isinstance(due_at, str):
        due_at = dt.datetime.fromisoformat(due_at)
    if due_at is not None and due_at.tzinfo is None:
        due_at = due_at.replace(tzinfo=dt.UTC)
    return Head(seq, due_at, str(generation).replace("-", ""))


def tick(at: dt.datetime) -> int:
    """Record what appeared or expired by `at`; returns how many objects were looked at. Safe to run twice."""
    with recording(fails_closed=True) as record:
        lock_head()
        return _touch_due(record, at)


def try_tick(at: dt.datetime) -> bool:
    """`tick`, but only if no writer is in the way; False where one is, and nothing was waited for."""
    try:
        with no_waiting(), recording(fails_closed=True) as record:
            if not FeedHead.objects.select_for_update(skip_locked=True).filter(pk=1).exists():
                return False
            _touch_due(record, at)
    except BusyDatabase:
        return False
    return True


def _touch_due(record: Record, at: dt.datetime) -> int:
    due: dict[str, list[UUID]] = defaultdict(list)
    for name, object_id in Due.objects.filter(due_at__lte=at).values_list("kind", "object_id"):
        due[name].append(object_id)
    for name, object_ids in due.items():
        record.touch_ids(kind_named(name), object_ids)
    return sum(map(len, due.values()))


def overdue(kind: str, at: dt.datetime) -> set[UUID]:
    """The objects of which the feed says what is past: their moment has come and no tick has recorded it yet."""
    return set(Due.objects.filter(kind=kind, due_at__lte=at).values_list("object_id", flat=True))
