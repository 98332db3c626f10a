"""The bottom shelf's attempt at saving a form: what one request sends, put together with the record as it stands."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext

from newsroom import collisions, opened, unsaved
from newsroom.collisions import Collision
from newsroom.keeping import Kept


class Attempt:
    """It travels with its request (`begin`), since the admin hands nothing else from its view to its form.

    `refusal` says why nothing is saved though no field may be in error; while it stands, nothing is.
    """

    def __init__(self, room: Any, request: HttpRequest, key: str | None) -> None:
        self.room, self.request, self.key = room, request, key
        self.refusal = ""
        self.collision: Collision | None = None
        self.is_brought_back = False

    @cached_property
    def row(self) -> Model | None:
        """The record of the form; None where it is gone, or is to be added."""
        return self._read()

    def _read(self) -> Model | None:
        row: Model | None = self.room.get_object(self.request, unquote(self.key)) if self.key else None
        return row

    @cached_property
    def standing(self) -> Any:
        """The form as the record stands, unbound."""
        fields = flatten_fieldsets(self.room.get_fieldsets(self.request, self.row))
        return self.room.get_form(self.request, self.row, change=True, fields=fields)(instance=self.row)

    @cached_property
    def formsets(self) -> list[Any]:
        """The rows below the record as they stand, unbound."""
        return [
            formset(instance=self.row, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(self.request))
            for formset, inline in self.room.get_formsets_with_inlines(self.request, self.row)
            if inline.has_change_permission(self.request, self.row)
        ]

    @property
    def sent(self) -> QueryDict:
        return self.request.POST

    @sent.setter
    def sent(self, form: QueryDict) -> None:
        self.request.POST = form  # type: ignore[assignment]

    def compare(self) -> None:
        """Refuse a form that was opened before somebody else's save; what both did is put together in it."""
        owner = holder_of(self.room, self.row)
        if owner is None or self.row is None or self.refusal:
            return
        version = owner.version if self.is_brought_back else collisions.lock(owner)
        wanted = self.sent.get(collisions.THEIRS)
        if wanted is not None or collisions.typed_version(self.sent) != version:
            self.collision = Collision(version, collisions.last_saving(self.row))
            self.row = self._read()  # it was read before whoever held the lock had let it go
            self._put_together(self.collision, wanted)

    def _put_together(self, collision: Collision, wanted: str | None) -> None:
        """`wanted` names a field that is to take what stands."""
        if wanted:
            self.sent = collisions.with_theirs(self.sent, wanted, self.standing, self.formsets)
        self._put_rows(collision)
        merged = opened.merged(self.sent, self.standing, self.formsets)
        self.sent = merged.sent
        collision.tell_fields(merged)
        self.refusal = _why_not_yet(merged)

    def _put_rows(self, collision: Collision) -> None:
        note = opened.read(self.sent)
        for formset in self.formsets:
            rows = collisions.rows_of(formset, self.sent)
            if rows is not None:
                dropped = rows.drop_untouched(formset, note)
                collision.tell_rows(str(formset.model._meta.verbose_name), rows, dropped)
                self.sent = collisions.with_rows(self.sent, rows)

    def bring_back(self, slot: str | None) -> None:
        """Fill the form with what was typed, as if it had been sent and refused: nothing is saved."""
        drawer = drawer_of(self.room, self.request, self.row)
        typed = drawer.text_in(slot)
        if typed is None or (self.key and self.row is None):
            return
        _loaded = self.request.POST  # or the first look at its files would put the empty form of a GET back
        self.request.method, self.sent = "POST", drawer.take_up(typed)
        self.is_brought_back = True
        self.compare()
        self.refusal = gettext("Brought back and not saved yet: look it over, then save.")


def begin(room: Any, request: HttpRequest, key: str | None) -> Attempt:
    """The request's attempt; where the database refused one already, it is looked at once more with why."""
    refused = attempt_of(request)
    attempt = request.attempt = Attempt(room, request, key)  # type: ignore[attr-defined]
    attempt.refusal = refused.refusal if refused else ""
    return attempt


def attempt_of(request: HttpRequest) -> Attempt | None:
    return getattr(request, "attempt", None)


def holder_of(room: Any, row: Model | None) -> Kept | None:
    """The record whose version counts for a form of this row."""
    return collisions.holder(room.shown_in(row)) if row else None


def drawer_of(room: Any, request: HttpRequest, row: Model | None) -> unsaved.Drawer:
    """Where this user's unsaved texts of the row's form are kept, or of the form that adds one."""
    return unsaved.Drawer(request.user, room.opts.label_lower, str(row.pk) if row else "")


def _why_not_yet(merged: opened.Merged) -> str:
    if merged.both:
        return gettext("Not saved yet: look at what differs, then save again to let your text stand.")
    return gettext(
        "Not saved yet: what you typed and what was saved meanwhile now stand together. Look, then save again."
    )
