"""The bottom shelf's memory of what somebody typed and has not saved: kept beside the record, never in it."""

from __future__ import annotations

import datetime as dt
import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict

from newsroom import collisions, opened
from newsroom.keeping import Typed

LONGEST = 1_000_000  # characters; a story of 10,000 words with all its rows has a tenth of it
HALF_A_SIGN = re.compile("[\ud800-\udfff]")
KEPT_FOR = dt.timedelta(days=30)
MOST_OFFERED = 3  # texts of one form that are compared with what stands when it is opened, the newest
SLOT = "_slot"  # tells apart the windows in which one form is open, so that none types over another's text
ADDED = "new"  # how the keys of forms begin that add a record

Fields = dict[str, list[str]]


def fields_of(sent: QueryDict) -> Fields:
    """What of a form is worth keeping: its fields and rows, and how it was opened; no buttons, no token."""
    names = (name for name in sent if name[:1] != "_" and name != "csrfmiddlewaretoken")
    fields = {name: [str(value) for value in sent.getlist(name)] for name in names}
    noted = {name: [str(sent[name])] for name in (opened.OPENED, SLOT) if sent.get(name)}
    return fields | noted | {collisions.VERSION: [str(collisions.typed_version(sent) or 0)]}


def as_sent(fields: Fields) -> QueryDict:
    """The form as a browser would send it."""
    sent = QueryDict(mutable=True)
    for name, values in fields.items():
        sent.setlist(name, values)
    return sent


def new_slot() -> str:
    return secrets.token_urlsafe(9)


def key_of(record: str, slot: str) -> str:
    """The key under which is kept what is typed in one window: into the record's form, or (empty) one that adds."""
    return f"{record or ADDED}-{slot}" if re.fullmatch(r"[\w-]{1,16}", slot, re.ASCII) else record


def slot_of(typed: Typed) -> str:
    return typed.object_id.partition("-")[2]


@dataclass(frozen=True)
class Drawer:
    """Where one user's unsaved texts of one form lie, one for each window; nobody else ever gets them.

    `record` is the key of the form's record, empty for the form that adds one.
    """

    user: Any
    label: str
    record: str = ""

    def keep(self, fields: Fields, *, at: dt.datetime) -> bool:
        """Remember this instead of what was remembered of the window before; False for more than anybody types."""
        if not is_text([*fields, *chain(*fields.values())]) or len(json.dumps(fields)) > LONGEST:
            return False
        sent = as_sent(fields)
        version, key = collisions.typed_version(sent) or 0, key_of(self.record, sent.get(SLOT, ""))
        typed = Typed(user=self.user, label=self.label, object_id=key, version=version, fields=fields, typed_at=at)
        Typed.objects.bulk_create(
            [typed],
            update_conflicts=True,
            unique_fields=["user", "label", "object_id"],
            update_fields=["version", "fields", "typed_at"],
        )
        # Whoever types and takes it back, in window after window, leaves one such text, which hides no other.
        others = self.texts().exclude(object_id=key)
        Typed.objects.filter(pk__in=[one.pk for one in others if _words(one.fields) == _words(fields)]).delete()
        return True

    def texts(self) -> QuerySet[Typed]:
        """What was typed in whichever windows, the latest first."""
        of_form = Q(object_id=self.record) | Q(object_id__startswith=f"{self.record or ADDED}-")
        return Typed.objects.filter(of_form, user=self.user, label=self.label).order_by("-typed_at", "-pk")

    def text_in(self, slot: str | None) -> Typed | None:
        """What was typed in that window; where none is named, what was typed last."""
        found = self.texts()
        return (found if slot is None else found.filter(object_id=key_of(self.record, slot))).first()

    def take_up(self, typed: Typed) -> QueryDict:
        """The form to go on with, in a window of its own: the one in which it was typed may be open, and go on too."""
        slot = new_slot()
        typed.object_id, typed.fields = key_of(self.record, slot), typed.fields | {SLOT: [slot]}
        Typed.objects.filter(pk=typed.pk).update(object_id=typed.object_id, fields=typed.fields)
        return as_sent(typed.fields)

    def forget(self, slot: str) -> None:
        """Drop what was typed in one window; what others hold is dropped in its turn."""
        Typed.objects.filter(user=self.user, label=self.label, object_id=key_of(self.record, slot)).delete()


def _words(fields: Fields) -> Fields:
    """What was typed, whenever the form was opened and in which window."""
    return {name: values for name, values in fields.items() if name not in {opened.OPENED, SLOT, collisions.VERSION}}


def is_text(texts: Iterable[str]) -> bool:
    """Whether each database takes these: no NUL, and no half of a sign (a lone surrogate), which no browser sends."""
    return not any("\0" in text or HALF_A_SIGN.search(text) for text in texts)


def forget_old(at: dt.datetime) -> int:
    """Drop what nobody came back for; returns how many."""
    return Typed.objects.filter(typed_at__lt=at - KEPT_FOR).delete()[0]
