"""The bottom shelf's trash: what is deleted at the desk lies there, hidden, until it is brought back or ended.

Nothing is lost by a slip: a record is put into the trash, which readers see as hiding it, and comes back hidden.
Only what lies there can be deleted for good, and only once nothing points at it any more (`pointing_at`); what is
a part of the record, such as the spellings of a name, goes with it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from django.db.models import CASCADE, DO_NOTHING, Model, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from newsroom import changes, policy
from newsroom.models import Kept, User
from newsroom.policy import Refused

SHOWN = 20  # rows that point at a record, and are named
NAMED = 5  # in one sentence

Keys = set[Any]
Traces = Callable[[Any], Iterable[Model]]


class NotAllowed(Refused):
    """It is not this user's to do, or not with the record as it stands."""


class StillInUse(Refused):
    """Something points at the record."""


_traces: list[Traces] = []


def also_look(traces: Traces) -> None:
    """Let a higher room say where it names records otherwise than by a relation, such as in print."""
    _traces.append(traces)


# Verbs


def discard(row: Kept, *, by: User, at: dt.datetime) -> None:
    """Put the record into the trash; one that readers know is hidden from them."""
    with _turn("trash", row, by=by) as kept:
        kept.trashed_at, kept.trashed_by = at, by
        _save(kept, hidden=True)


def restore(row: Kept, *, by: User, at: dt.datetime) -> None:
    """Take the record out of the trash, as it was but for its door, which stays shut."""
    with _turn("restore", row, by=by) as kept:
        kept.trashed_at = kept.trashed_by = None
        _save(kept, hidden=False)


def purge(row: Kept, *, by: User, at: dt.datetime) -> None:
    """End what lies in the trash, with its parts; refused while anything else points at it."""
    with _turn("purge", row, by=by) as kept:
        if found := pointing_at(kept):
            raise StillInUse(_in_use(found))
        kept.delete()


@contextmanager
def _turn(action: str, row: Kept, *, by: User) -> Iterator[Any]:
    """Lock the record as it is now, see that this is the user's to do, and record what readers lose by it."""
    with changes.recording() as record:
        kept = type(row)._base_manager.select_for_update().get(pk=row.pk)
        if not policy.can(by, action, kept):
            raise NotAllowed(_why_not(action, by, kept))
        record.touch(kept)
        yield kept
        record.touch(kept)


def _save(kept: Any, *, hidden: bool) -> None:
    """Count it as a save, so that a form that was open meanwhile is stale."""
    kept.version += 1
    written = ["trashed_at", "trashed_by", "version"]
    if hidden and getattr(kept, "is_public", False):
        kept.is_public = False
        written.append("is_public")
    kept.save(update_fields=written)


def _why_not(action: str, by: User, kept: Kept) -> str:
    if action == "trash" and kept.is_trashed:
        return _("It lies in the trash already.")
    if action in {"restore", "purge"} and policy.is_merged(kept):
        return _("It was merged into another record: undo that instead.")
    if action in {"restore", "purge"} and not kept.is_trashed:
        return _("It does not lie in the trash.")
    if action == "trash" and getattr(kept, "state", "") in policy.STANDING:
        return _("Readers have this story, or will: withdraw it first, or cancel its schedule.")
    if action == "trash" and policy.can(by, "trash", type(kept)):
        return _("You put into the trash only what is your own and not yet handed in or public.")
    return _("This is not yours to do.")


def _in_use(rows: list[Model]) -> str:
    named = [f"{row._meta.verbose_name} “{row}”" for row in rows[:NAMED]]
    more = [_("others")] if len(rows) > NAMED else []
    words = get_text_list([*named, *more], _("and"))
    return _("Still in use by %(rows)s: take it out there first.") % {"rows": words}


# What points at a record


def pointing_at(row: Model) -> list[Model]:
    """The records, at most `SHOWN`, that name this one or a part of it; a row below a record stands as its record."""
    going = _going_with(row)
    pointers = (_pointers(model, keys, going) for model, keys in going.items())
    traced = (traces(row) for traces in _traces)
    owners = map(_owner, chain.from_iterable([*pointers, *traced]))
    return list(islice(dict.fromkeys(one for one in owners if one.pk not in going.get(type(one), ())), SHOWN))


def _going_with(row: Model) -> dict[type[Model], Keys]:
    """The row and all its parts, level by level."""
    going: dict[type[Model], Keys] = {type(row): {row.pk}}
    levels = [(type(row), {row.pk})]
    while levels:
        model, keys = levels.pop()
        for relation in _relations(model, of_parts=True):
            found = set(_rows(relation, keys).values_list("pk", flat=True)) - going.get(relation.related_model, set())
            if found:
                going.setdefault(relation.related_model, set()).update(found)
                levels.append((relation.related_model, found))
    return going


def _pointers(model: type[Model], keys: Keys, going: dict[type[Model], Keys]) -> Iterator[Model]:
    for relation in _relations(model, of_parts=False):
        yield from _rows(relation, keys).exclude(pk__in=going.get(relation.related_model, ())).order_by("pk")[:SHOWN]


def _relations(model: type[Model], *, of_parts: bool) -> Iterator[Any]:
    """The relations that lead here from rows that go with this one, or from all others."""
    fields: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in (field for field in fields if field.auto_created and not field.concrete):
        end = None if relation.many_to_many else relation.on_delete
        is_of_note = end is not DO_NOTHING and not relation.related_model._meta.auto_created
        if is_of_note and (end is CASCADE) == of_parts:
            yield relation


def _rows(relation: Any, keys: Keys) -> QuerySet[Any]:
    rows: QuerySet[Any] = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
    return rows


def _owner(row: Model) -> Model:
    """The record that one edits to change this row."""
    if isinstance(row, Kept):
        return row
    for field in row._meta.concrete_fields:
        if field.remote_field and field.remote_field.on_delete is CASCADE and (owner := getattr(row, field.name)):
            return _owner(owner)
    return row
