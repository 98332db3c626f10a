"""The bottom shelf's way of making two rows one: what pointed at the one points at the other, and can be put back.

    folding = Folding()
    folding.fold(row, into=other)    # every relation but those of histories, which tell what was
    folding.keep_up()                # a form that was open on any record concerned is stale now
    folding.steps                    # plain values for a JSON column
    unfold(folding.steps)            # backwards; what somebody changed since stays as they left it

Where both have the same, such as a part in one meeting, the two rows become one as well: it takes what it lacks,
and what it cannot take is in `losses`, in words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import CASCADE, DO_NOTHING, F, Model, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _

from newsroom.keeping import Kept

AT_ONCE = 500  # rows in one statement

Step = dict[str, Any]
Row = Any


class Folding:
    """All that making one row of two takes, step by step, as it is done."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.losses: list[str] = []
        self._owners: dict[type[Model], set[Any]] = defaultdict(set)

    def fold(self, row: Row, *, into: Row) -> None:
        """Let everything that points at the row point at the other one of the same model."""
        for field in pointing_fields(type(row)):
            self._move(field, row, into)

    def set(self, row: Row, **values: Any) -> None:
        """Give these fields of the row other values."""
        self._note_owner(row)
        fields = {name: row._meta.get_field(name) for name in values}
        before = {name: written(row, field) for name, field in fields.items()}
        for name, field in fields.items():
            setattr(row, field.attname, values[name])
        after = {name: written(row, field) for name, field in fields.items()}
        self._say("set", row, row=row.pk, before=before, after=after)
        row.save()  # the whole of it, since some columns follow others

    def make(self, row: Row) -> None:
        """Add a row."""
        row.save(force_insert=True)
        self._say("make", row, row=as_written(row))

    def keep_up(self) -> None:
        """Count a save of each record that this has changed, in itself or in its rows; call it last."""
        count_saves(self._owners)

    def _say(self, done: str, whose: Row | type[Model], /, **what: Any) -> None:
        self.steps.append({"do": done, "model": whose._meta.label_lower, **what})

    def _move(self, field: Any, row: Row, into: Row) -> None:
        rows = [one for one in _rows_at(field, row) if not (isinstance(one, type(into)) and one.pk == into.pk)]
        twins = _by_keys(field, _rows_at(field, into), into) if rows else {}
        moving = []
        for one in rows:
            self._note_owner(one)
            twin = next((twins[key] for key in _keys(field, one, into) if key in twins), None)
            if twin is None:
                moving.append(one)
            else:
                self._join(one, twin)
        if moving:
            point(field, moving, into.pk)
            keys = [one.pk for one in moving]
            self._say("move", field.model, field=field.name, rows=keys, before=row.pk, after=into.pk)

    def _join(self, row: Row, twin: Row) -> None:
        """One of two that say the same: what points at it and what it alone knows go to the other."""
        self.fold(row, into=twin)
        self._say("drop", row, row=as_written(row))
        row.delete()
        fields = [field for field in row._meta.concrete_fields if _is_told(field)]
        lacking = {field.name: getattr(row, field.attname) for field in fields if _is_lacking(field, row, twin)}
        if lacking:
            self.set(twin, **lacking)
        self.losses += [_loss(field, row, twin) for field in fields if written(row, field) not in _kept(field, twin)]

    def _note_owner(self, row: Row) -> None:
        model, key = owner_of(row)
        if model is not None:
            self._owners[model].add(key)


def pointing_fields(model: type[Model]) -> Iterator[Any]:
    """Every foreign key that leads to the model, those of plain many-to-many tables included."""
    fields: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in fields:
        leads_here = relation.auto_created and not relation.concrete and relation.one_to_many
        if leads_here and relation.on_delete is not DO_NOTHING:
            yield relation.field


def point(field: Any, rows: Sequence[Row], key: Any) -> None:
    """Let these rows point at that key; a record that keeps its history gets an entry of it."""
    if hasattr(field.model, "history"):
        for row in rows:
            setattr(row, field.attname, key)
            row.save(update_fields=[field.name])
        return
    keys = [row.pk for row in rows]
    for start in range(0, len(keys), AT_ONCE):
        field.model._base_manager.filter(pk__in=keys[start : start + AT_ONCE]).update(**{field.attname: key})


def owner_of(row: Row) -> tuple[type[Model] | None, Any]:
    """The record that is edited to change this row, by its key; None where there is none."""
    if isinstance(row, Kept):
        return type(row), row.pk
    for field in row._meta.concrete_fields:
        if field.remote_field and field.remote_field.on_delete is CASCADE and getattr(row, field.attname):
            owner, key = field.related_model, getattr(row, field.attname)
            return (owner, key) if issubclass(owner, Kept) else owner_of(getattr(row, field.name))
    return None, None


def count_saves(owners: Mapping[type[Model], Iterable[Any]]) -> None:
    """One more save of each of these records."""
    for model, keys in owners.items():
        wanted = sorted(keys)
        for start in range(0, len(wanted), AT_ONCE):
            chunk = model._base_manager.filter(pk__in=wanted[start : start + AT_ONCE])
            chunk.update(version=F("version") + 1)


# What counts as the same


def _rows_at(field: Any, row: Row) -> list[Row]:
    rows = field.model._base_manager.select_for_update(no_key=True).filter(**{field.attname: row.pk})
    return list(rows.order_by("pk"))


def _by_keys(field: Any, rows: Iterable[Row], into: Row) -> dict[Any, Row]:
    return {key: row for row in rows for key in _keys(field, row, into)}


def _keys(field: Any, row: Row, into: Row) -> Iterator[Any]:
    """What may stand once only, were this row to point at `into`."""
    for names in _once(field.model):
        if field.name in names:
            yield names, tuple(into.pk if name == field.name else _value(row, name) for name in names)


def _once(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """The fields that together may stand once: by constraint, or as the model says in `once_each`."""
    yield from model._meta.unique_together
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            yield (*constraint.fields, *(_named(part) for part in constraint.expressions))
    if also := getattr(model, "once_each", None):
        yield also


def _named(expression: Any) -> str:
    """The field in an expression such as `Coalesce("source", 0)`."""
    while not isinstance(expression, F):
        expression = expression.get_source_expressions()[0]
    return str(expression.name)  # type: ignore[attr-defined]


def _value(row: Row, name: str) -> str:
    return written(row, row._meta.get_field(name))


# Rows as plain values


def written(row: Row, field: Any) -> str:
    """The value as text; none is the empty text."""
    value = getattr(row, field.attname)
    return "" if value is None else str(field.value_to_string(row))


def as_written(row: Row) -> Step:
    """The whole row as plain values."""
    told: Step = json.loads(json.dumps(serializers.serialize("python", [row])[0], cls=DjangoJSONEncoder))
    return told


def _is_told(field: Any) -> bool:
    """Whether the field says something of its own, rather than where the row stands and hangs."""
    is_own = field.editable and not field.primary_key and not field.remote_field
    return is_own and field.name != "order"


def _is_lacking(field: Any, row: Row, twin: Row) -> bool:
    return bool(written(row, field)) and not written(twin, field)


def _kept(field: Any, twin: Row) -> set[str]:
    return {"", written(twin, field)}


def _loss(field: Any, row: Row, twin: Row) -> str:
    said = {
        "row": twin,
        "field": field.verbose_name,
        "kept": written(twin, field),
        "lost": written(row, field),
    }
    return _("%(row)s, %(field)s: “%(kept)s” stays, “%(lost)s” does not.") % said


# Backwards


def unfold(steps: Sequence[Step], *, only_look: bool = False) -> list[str]:
    """Take the steps back, last first; returns in words what stays, since somebody has changed it meanwhile.

    With `only_look` it says what would stay, and writes nothing.
    """
    said: list[str] = []
    owners: dict[type[Model], set[Any]] = defaultdict(set)
    for step in reversed(steps):
        model = apps.get_model(step["model"])
        said += BACK[step["do"]](model, step, only_look)
        for owner, key in [] if only_look else map(owner_of, _concerned(model, step)):
            if owner is not None:
                owners[owner].add(key)
    count_saves(owners)
    return list(dict.fromkeys(said))


def _concerned(model: type[Model], step: Step) -> QuerySet[Any]:
    keys = step["rows"] if step["do"] == "move" else [_key_of(step["row"])]
    return model._base_manager.filter(pk__in=keys)


def _key_of(row: Any) -> Any:
    return row["pk"] if isinstance(row, dict) else row


def _move_back(model: Any, step: Step, only_look: bool) -> list[str]:
    field = model._meta.get_field(step["field"])
    rows = list(_concerned(model, step))
    returning = [row for row in rows if getattr(row, field.attname) == step["after"]]
    if returning and not only_look:
        point(field, returning, step["before"])
    said = [
        _("%(row)s points elsewhere by now, and stays so.") % {"row": _label(row)}
        for row in rows
        if row not in returning
    ]
    gone = len(step["rows"]) - len(rows)
    if gone:
        told = {"number": gone, "kind": model._meta.verbose_name_plural}
        said.append(_("Deleted since, and not brought back: %(number)d %(kind)s.") % told)
    return said


def _set_back(model: Any, step: Step, only_look: bool) -> list[str]:
    row = _concerned(model, step).first()
    if row is None:
        return []
    fields = {name: model._meta.get_field(name) for name in step["before"]}
    changed = [field for name, field in fields.items() if written(row, field) != step["after"][name]]
    for name, field in fields.items():
        if field not in changed:
            setattr(row, field.attname, _read(field, step["before"][name]))
    if not only_look:
        row.save()
    words = _("%(row)s, %(field)s: it was changed since, and stays as it is now.")
    return [words % {"row": _label(row), "field": field.verbose_name} for field in changed]


def _read(field: Any, text: str) -> Any:
    """What `written` wrote."""
    return field.to_python(text) if text else None if field.null else ""


def _unmake(model: Any, step: Step, only_look: bool) -> list[str]:
    row = _concerned(model, step).first()
    if row is None:
        return []
    if as_written(row) != step["row"]:
        return [_("%(row)s was changed since, and stays.") % {"row": _label(row)}]
    if not only_look:
        row.delete()
    return []


def _bring_back(model: Any, step: Step, only_look: bool) -> list[str]:
    said = [_("%(kind)s: what it belongs to is gone, and it does not come back.") % {"kind": model._meta.verbose_name}]
    row = next(iter(serializers.deserialize("python", [step["row"]])))
    if not all(_is_there(field, row.object) for field in model._meta.concrete_fields if field.remote_field):
        return said
    if only_look:
        return []
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return [_("%(row)s stands there again already.") % {"row": _label(row.object)}]
    return []


def _is_there(field: Any, row: Row) -> bool:
    key = getattr(row, field.attname)
    return key is None or bool(field.related_model._base_manager.filter(pk=key).exists())


def _label(row: Row) -> str:
    return f"{row._meta.verbose_name} “{row}”"


BACK: dict[str, Callable[[Any, Step, bool], list[str]]] = {
    "move": _move_back,
    "set": _set_back,
    "make": _unmake,
    "drop": _bring_back,
}
