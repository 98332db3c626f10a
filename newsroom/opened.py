"""The bottom shelf's note of how each field of a form stood when it was opened, so that a stale save knows whose it is.

The note travels in the form as digests (`_opened`): a field that is sent as it was opened was not touched, and takes
what a colleague saved since; one that both changed is shown with both texts. Where the note says nothing of a field,
both texts are shown too, so one that is lost or forged takes nothing away from anybody.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField, CheckboxInput, MultiWidget, Widget
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import capfirst
from django_prose_editor.widgets import ProseEditorWidget

from newsroom import markup
from newsroom.filled import sent_by

OPENED = "_opened"
DIGEST_BYTES = 6

Note = Mapping[str, str]


@dataclass(frozen=True)
class Spot:
    """One field as it stands: of the form itself, or of a row below it, which is known by its key."""

    key: str
    bound: BoundField
    #: the row's own name; empty for a field of the form itself
    row: str = ""

    @property
    def label(self) -> str:
        return f"{self.row}, {self.bound.label}" if self.row else capfirst(str(self.bound.label))


@dataclass
class Merged:
    """A form in which two editors' work stands together, by field."""

    sent: QueryDict
    #: what was taken over from the colleague, since nobody touched it here
    taken: list[str] = field(default_factory=list)
    #: names, in the form, of what was changed here alone
    mine: set[str] = field(default_factory=set)
    #: names, in the form, of what both changed
    both: set[str] = field(default_factory=set)
    #: how it stands for the next save: nothing of what both changed, so that it is shown until it is settled
    note: str = ""


# Notes


def noted(form: Any, formsets: Sequence[Any]) -> str:
    """How an unbound form and its rows stand, for the field that carries it."""
    return _written((spot.key, _standing(spot)) for spot in spots(form, formsets))


def read(sent: QueryDict) -> Note:
    """What a form says that it was opened at; of what makes no sense, nothing."""
    pairs = (part.rpartition("=") for part in sent.get(OPENED, "").split(" "))
    return {key: digest for key, is_pair, digest in pairs if is_pair}


def _written(notes: Iterable[tuple[str, str]]) -> str:
    return " ".join(f"{key}={digest}" for key, digest in notes)


def spots(form: Any, formsets: Sequence[Any]) -> Iterator[Spot]:
    """All fields of an unbound form that an editor can fill in, in its order."""
    yield from (Spot(bound.name, bound) for bound in form if _is_filled_in(bound))
    for formset in formsets:
        for row in formset.initial_forms:
            name = f"{capfirst(formset.model._meta.verbose_name)} “{row.instance}”"
            filled = (bound for bound in row if _is_filled_in(bound))
            yield from (Spot(_key(formset, row.instance.pk, bound.name), bound, name) for bound in filled)


def _key(formset: Any, pk: Any, name: str) -> str:
    return f"{formset.prefix}/{pk}/{name}"


def _is_filled_in(bound: BoundField) -> bool:
    """Of files nobody can say whether they were touched; a row that is taken out is no text."""
    widget = bound.field.widget
    return not (bound.field.disabled or bound.is_hidden or widget.needs_multipart_form or bound.name == "DELETE")


# Digests


def _standing(spot: Spot) -> str:
    return _digest(spot.bound.field.widget, spot.bound.value())


def _sent(bound: BoundField, sent: Any, name: str) -> str:
    widget = bound.field.widget
    return _digest(widget, widget.value_from_datadict(sent, MultiValueDict(), name))


def _digest(widget: Widget, value: Any) -> str:
    text = "\n\x1f".join(_texts(getattr(widget, "widget", widget), value))
    digest = hashlib.blake2b(text.encode(errors="replace"), digest_size=DIGEST_BYTES).digest()
    return urlsafe_b64encode(digest).decode()


def _texts(widget: Widget, value: Any) -> list[str]:
    """The value as a browser sends it, less what browsers and editors change by themselves."""
    if isinstance(widget, CheckboxInput):
        return ["on"] if widget.check_test(value) else []
    if isinstance(widget, MultiWidget):
        parts: Any = value if isinstance(value, list | tuple) else widget.decompress(value)
        return [text for part, one in zip(widget.widgets, parts, strict=False) for text in _texts(part, one)]
    shown = widget.format_value(value)
    texts = [_settled(one) for one in (shown if isinstance(shown, list | tuple) else [shown])]
    return sorted(map(markup.clean, texts) if isinstance(widget, ProseEditorWidget) else texts)


def _settled(value: Any) -> str:
    return ("" if value is None else str(value)).replace("\r\n", "\n").strip()


# What both did


def merged(sent: QueryDict, form: Any, formsets: Sequence[Any]) -> Merged:
    """Put together what was sent and what stands.

    The rows are to stand in `sent` as they stand in the record, each under its key.
    """
    found = Merged(sent.copy())
    note, names = read(sent), _names(sent, formsets)
    notes = []
    for spot in (one for one in spots(form, formsets) if not one.row or one.key in names):  # rows that the form knows
        name, there = names.get(spot.key, spot.key), _standing(spot)
        whose = _whose(note.get(spot.key), _sent(spot.bound, sent, name), there)
        if whose == "theirs" and not _is_taken_out(sent, spot, name):
            put_standing(found.sent, spot.bound, name)
            found.taken.append(spot.label)
        elif whose == "mine":
            found.mine.add(name)
        elif whose:
            found.both.add(name)
        if name not in found.both:
            notes.append((spot.key, there))
    found.note = _written(notes)
    return found


def _whose(before: str | None, here: str, there: str) -> str:
    """Who changed a field; empty where it is the same, whoever did."""
    if here == there:
        return ""
    return {here: "theirs", there: "mine"}.get(before or "", "both")


def put_standing(sent: QueryDict, bound: BoundField, name: str) -> None:
    """Send under this name what the unbound field holds, as if nobody had touched it."""
    sent.pop(name, None)  # a box without its tick sends nothing
    for part, values in sent_by(bound.field.widget, name, bound.value()).items():
        sent.setlist(part, values)


def _names(sent: QueryDict, formsets: Sequence[Any]) -> dict[str, str]:
    """Under which name the field of each row was sent."""
    found: dict[str, str] = {}
    for formset in formsets:
        places = {values[-1]: name.removesuffix("-id") for name, values in sent.lists() if _is_id(formset, name)}
        for row in formset.initial_forms:
            if place := places.get(str(row.instance.pk)):
                found |= {_key(formset, row.instance.pk, name): f"{place}-{name}" for name in row.fields}
    return found


def _is_id(formset: Any, name: str) -> bool:
    return name.startswith(f"{formset.prefix}-") and name.endswith("-id")


def _is_taken_out(sent: QueryDict, spot: Spot, name: str) -> bool:
    """A row that is to go here, and was changed there, is for somebody to decide."""
    return bool(spot.row) and bool(sent.get(f"{name.removesuffix(spot.bound.name)}DELETE"))


def is_untouched(formset: Any, row: Mapping[str, list[str]], note: Note) -> bool:
    """Whether a row of an inline, without its prefix, is sent as it was opened."""
    sent, key = MultiValueDict(row), (row.get("id") or [""])[-1]
    watched = [bound for bound in formset.empty_form if _is_filled_in(bound)]
    same = (note.get(_key(formset, key, bound.name)) == _sent(bound, sent, bound.name) for bound in watched)
    return "DELETE" not in row and bool(watched) and all(same)
