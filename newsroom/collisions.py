"""The bottom shelf's answer to two editors on one record: a stale save is refused, and both texts are shown.

A form carries the version that it was opened at (`_version`). Whoever saves locks the row first and compares;
what was typed then stands in the form again, beside what stands now, and the next save goes through.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError
from django.db.models import F, Model
from django.forms import BoundField, CheckboxInput
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django_prose_editor.widgets import ProseEditorWidget

from newsroom import diffing, opened
from newsroom.filled import Sent, sent_by, shown_by
from newsroom.keeping import Kept

VERSION = "_version"
THEIRS = "_theirs"  # the button that puts what stands now into one field
LONGEST_NUMBER = 9
COUNTS = {"id", "DELETE", "order", "TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"}


@dataclass(frozen=True)
class Saving:
    """The last time that somebody saved a record at the desk."""

    by: str
    at: dt.datetime


@dataclass
class Collision:
    """Somebody saved the record after this form was opened."""

    version: int
    last: Saving | None
    #: rows that others added since, by name: they stand in the form now
    added: list[str] = field(default_factory=list)
    #: rows that others took out while they were being edited here: they stand in the form as new ones
    gone: list[str] = field(default_factory=list)
    #: what others changed and nobody touched here, by name: it stands in the form as they saved it
    taken: list[str] = field(default_factory=list)
    #: names of the fields that were changed here alone: they are nobody's quarrel
    mine: set[str] = field(default_factory=set)
    #: how the form stands now, for the next save
    note: str = ""

    def tell_rows(self, name: str, rows: Rows, dropped: list[Sent]) -> None:
        """Name the rows of one inline that others added or took out; `dropped` are those that stay out."""
        taken_out = gettext("taken out")
        self.taken += [f"{name}: {_as_typed(row)} ({taken_out})" for row in dropped]
        self.added += [f"{name} “{form.instance}”" for form in rows.added]
        self.gone += [f"{name}: {_as_typed(row)}" for row in rows.gone if "DELETE" not in row]

    def tell_fields(self, merged: opened.Merged) -> None:
        self.taken += merged.taken
        self.mine, self.note = merged.mine, merged.note


def _as_typed(row: Sent) -> str:
    """A row as it was typed, for somebody who wants to find it again."""
    texts = [values[-1] for name, values in row.items() if name not in {"id", "order"} and values]
    return ", ".join(text for text in texts if text and not text.isdecimal())


# Versions


def holder(rows: Iterable[Model]) -> Kept | None:
    """The record whose version counts for a form: of rows that are no record of their own, their owner."""
    return next((row for row in rows if isinstance(row, Kept)), None)


def lock(record: Kept) -> int:
    """The record's version as it stands, locked until this transaction ends.

    Raises IntegrityError where the record is gone: saving it would bring it back.
    """
    rows = type(record)._base_manager.select_for_update().filter(pk=record.pk)
    version: int | None = rows.values_list("version", flat=True).first()
    if version is None:
        raise IntegrityError(f"{record._meta.label} {record.pk} is gone")
    return version


def step(record: Kept) -> None:
    """Count one save of the record; call it inside the transaction that saves it."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    rows.update(version=F("version") + 1)
    record.version = rows.values_list("version", flat=True).first() or 0


def typed_version(sent: QueryDict) -> int | None:
    """The version that a form was opened at; None where it does not say, or says nonsense."""
    text = sent.get(VERSION, "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def last_saving(row: Model) -> Saving | None:
    entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk))
    entry = entries.select_related("user").order_by("-action_time", "-pk").first()
    return Saving(str(entry.user), entry.action_time) if entry else None


# Rows as they stand


@dataclass
class Rows:
    """The rows of one inline: as the database has them, and as they were typed."""

    prefix: str
    standing: dict[str, Any]  # forms of the rows that are there, by key
    typed: list[Sent]  # without the prefix

    @property
    def kept(self) -> list[Sent]:
        return [row for row in self.typed if _key(row) in self.standing]

    @property
    def added(self) -> list[Any]:
        """Forms of the rows that others put in since."""
        typed = {_key(row) for row in self.typed}
        return [form for key, form in self.standing.items() if key not in typed]

    @property
    def gone(self) -> list[Sent]:
        return [row for row in self.typed if _key(row) and _key(row) not in self.standing]

    def drop_untouched(self, formset: Any, note: opened.Note) -> list[Sent]:
        """Leave out what others took out and nobody touched here; returns these rows."""
        dropped = [row for row in self.gone if opened.is_untouched(formset, row, note)]
        self.typed = [row for row in self.typed if row not in dropped]
        return dropped

    def merged(self) -> Sent:
        """All rows: those that are there first, as a formset wants them; one taken out by others is new again."""
        theirs = [self._sent(form) for form in self.added]
        fresh = [{**row, "id": [""]} for row in self.typed if _key(row) not in self.standing and "DELETE" not in row]
        first = [*self.kept, *theirs]
        rows = enumerate([*first, *fresh])
        sent = {f"{self.prefix}-{index}-{name}": values for index, row in rows for name, values in row.items()}
        counts = {"TOTAL_FORMS": len(first) + len(fresh), "INITIAL_FORMS": len(first)}
        return sent | {f"{self.prefix}-{name}": [str(count)] for name, count in counts.items()}

    def _sent(self, form: Any) -> Sent:
        sent: Sent = {}
        for bound in form:
            sent |= sent_by(bound.field.widget, bound.html_name, bound.value())
        return {name.removeprefix(f"{form.prefix}-"): values for name, values in sent.items()}


def _key(row: Sent) -> str:
    return (row.get("id") or [""])[-1]


def rows_of(formset: Any, sent: QueryDict) -> Rows | None:
    """The rows of an unbound formset beside those that were sent; None where these cannot be counted."""
    total = sent.get(f"{formset.prefix}-TOTAL_FORMS", "")
    if not total.isdecimal() or len(total) > LONGEST_NUMBER:
        return None
    typed: dict[int, Sent] = {}
    for name, values in sent.lists():
        if found := re.fullmatch(rf"{re.escape(formset.prefix)}-(\d{{1,{LONGEST_NUMBER}}})-(.+)", name):
            typed.setdefault(int(found[1]), {})[found[2]] = [str(value) for value in values]
    standing = {str(form.instance.pk): form for form in formset.initial_forms}
    return Rows(formset.prefix, standing, [typed[index] for index in sorted(typed) if index < int(total)])


def with_rows(sent: QueryDict, rows: Rows) -> QueryDict:
    """The form as sent, with the rows of one inline as they stand."""
    merged = sent.copy()
    for name in list(merged):
        if re.match(rf"{re.escape(rows.prefix)}-\d+-", name):
            del merged[name]
    for name, values in rows.merged().items():
        merged.setlist(name, values)
    return merged


def with_theirs(sent: QueryDict, wanted: str, form: Any, formsets: Sequence[Any]) -> QueryDict:
    """The form as sent, with what stands now in the field of that name; unchanged where there is none."""
    bound = _standing_field(sent, wanted, form, formsets)
    merged = sent.copy()
    if bound is not None:
        opened.put_standing(merged, bound, wanted)
    return merged


def _standing_field(sent: QueryDict, wanted: str, form: Any, formsets: Sequence[Any]) -> BoundField | None:
    if wanted in form.fields:
        return _field_of(form, wanted)
    for formset in formsets:
        found = re.fullmatch(rf"({re.escape(formset.prefix)}-\d+)-(\w+)", wanted)
        row, name = found.groups() if found else ("", "")
        for form in formset.initial_forms:
            if str(form.instance.pk) == sent.get(f"{row}-id") and name in form.fields:
                return _field_of(form, name)
    return None


def _field_of(form: Any, name: str) -> BoundField:
    bound: BoundField = form[name]
    return bound


# Differences


@dataclass(frozen=True)
class Difference:
    """One field in which what was typed is not what stands."""

    label: str
    name: str
    anchor: str
    standing: str
    typed: str
    is_prose: bool = False

    @property
    def versions(self) -> tuple[str, str]:
        """Both to be read: what stands, and what was typed."""
        if not self.is_prose:
            return self.standing, self.typed
        standing, typed = diffing.paragraphs(self.standing), diffing.paragraphs(self.typed)
        return "\n\n".join(standing), "\n\n".join(typed)

    @cached_property
    def paragraphs(self) -> list[diffing.Paragraph]:
        """From what stands to what was typed."""
        if self.is_prose:
            return diffing.prose(self.standing, self.typed)
        return [diffing.Paragraph(diffing.words(self.standing, self.typed))]

    @property
    def is_seen(self) -> bool:
        """An editor's markup may differ where its text does not."""
        return not all(paragraph.is_same for paragraph in self.paragraphs)


def differences(form: Any, standing: Any, formsets: Sequence[Any] = ()) -> list[Difference]:
    """The fields of a bound form, and of the rows below it, that are not as they stand; in the form's order.

    `standing` is the same form, unbound, of the record as it is now.
    """
    own = ((bound, standing[bound.name].value(), "") for bound in form if bound.name in standing.fields)
    in_rows = (
        (bound, bound.initial, _row_name(formset, row))
        for formset in formsets
        for row in formset.initial_forms
        for bound in row
    )
    found = (_difference(*one) for one in [*own, *in_rows] if _is_touched(one[0], one[1]))
    return [difference for difference in found if difference.is_seen]


def new_rows(formsets: Sequence[Any]) -> list[str]:
    """The rows that were typed and that no save knows of yet."""
    return [
        f"{capfirst(formset.model._meta.verbose_name)}: {shown}"
        for formset in formsets
        for row in formset.extra_forms
        if row.has_changed() and (shown := _in_short(row))
    ]


def _in_short(row: Any) -> str:
    told = [bound for bound in row if bound.name != "order" and not isinstance(bound.field.widget, CheckboxInput)]
    shown = (shown_by(bound.field.widget, bound.html_name, bound.value()) for bound in told)
    return ", ".join(filter(None, shown))


def _is_touched(bound: BoundField, standing: Any) -> bool:
    """Whether something else was typed; of files nobody can say."""
    if bound.field.disabled or bound.is_hidden or bound.field.widget.needs_multipart_form:
        return False
    return bound.field.has_changed(standing, bound.data)


def _difference(bound: BoundField, standing: Any, row: str) -> Difference:
    widget = bound.field.widget
    label = f"{row}, {bound.label}" if row else capfirst(str(bound.label))
    stands, typed = (shown_by(widget, bound.html_name, value) for value in (standing, bound.value()))
    anchor = str(bound.id_for_label or bound.auto_id)
    return Difference(label, bound.html_name, anchor, stands, typed, isinstance(widget, ProseEditorWidget))


def _row_name(formset: Any, row: Any) -> str:
    """A row that has gone meanwhile, as when a revision is restored, has nothing left to be named by."""
    kind = capfirst(formset.model._meta.verbose_name)
    return kind if row.instance._state.adding else f"{kind} “{row.instance}”"


def texts(sent: QueryDict, model: type[Model]) -> list[dict[str, str]]:
    """What was typed into a form of this model, each text under its label; keys and counts are left out."""
    labels = {one.name: capfirst(str(getattr(one, "verbose_name", one.name))) for one in model._meta.get_fields()}
    found = []
    for name, values in sent.lists():
        text = "\n".join(str(value) for value in values if not str(value).isdecimal()).strip()
        last = name.rsplit("-", 1)[-1]
        if text and name[:1] != "_" and last not in COUNTS and (name in labels or "-" in name):
            found.append({"label": labels.get(name, name), "text": text})
    return found
