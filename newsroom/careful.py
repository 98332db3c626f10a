"""The bottom shelf's admin form that loses nothing: stale saves refused, and what was typed kept to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from newsroom import collisions, opened, unsaved
from newsroom.collisions import Collision, Difference
from newsroom.keeping import Kept, Typed

BRING_BACK = "_unsaved"
READING = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Offer:
    """What was typed in one window and not saved, beside what stands."""

    typed: Typed
    differences: list[Difference]
    new_rows: list[str]

    @property
    def slot(self) -> str:
        return unsaved.slot_of(self.typed)


class Careful(admin.ModelAdmin):  # type: ignore[type-arg]
    """Compares the version of a form with the record's before anything is saved; call it inside `recording()`."""

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        if request.method == "GET" and BRING_BACK in request.GET:
            self._bring_back(request, object_id)
        elif request.method not in READING and object_id is not None:
            refusal = self._refuse_gone(request, object_id)
            if refusal is not None:
                return refusal
        return super().changeform_view(request, object_id, *args, **kwargs)

    def _refuse_gone(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """Compare what is sent with what stands; the page to copy from where nothing can be saved any more."""
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_change_permission(request, row):
            self._compare(request, row)
        elif self.has_change_permission(request) and collisions.texts(request.POST, self.model):
            if row is None:
                return self._typed_page(request, 404, gettext("This record is not there any more"))
            return self._typed_page(request, 403, gettext("You may not change this record as it stands now"))
        return None

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        row = self.get_object(request, object_id)
        if row is not None and request.method not in READING:
            self._compare(request, row)
        return super().history_form_view(request, object_id, *args, **kwargs)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Count the save: of the record itself, or of the one that a row is shown in, before and after."""
        former = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        if isinstance(obj, Kept):
            obj.version = collisions.lock(obj) + 1 if change else 0
        super().save_model(request, obj, form, change)
        key, slot = str(obj.pk) if change else "", request.POST.get(unsaved.SLOT, "")
        unsaved.forget(request.user, self.opts.label_lower, key, slot)
        if not isinstance(obj, Kept):
            for owner in {owner for row in (former, obj) if row and (owner := self._holder(row))}:
                collisions.step(owner)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if self.has_change_permission(request, row) if row else self.has_add_permission(request):
            context["careful"] = self._shown(request, row, context) | self._kept(request, row, context)
            _say_apart(request, context)
        return super().render_change_form(request, context, *args, **kwargs)

    def render_history_view(self, request: HttpRequest, template: str, context: Any, **kwargs: Any) -> HttpResponse:
        """For a former state in a form too; the history itself, a list, has nothing to lose."""
        row = self.get_object(request, str(context["object_id"])) if "adminform" in context else None
        if row is not None:
            # Nobody typed what it is filled with.
            context["careful"] = self._shown(request, row, context) | {"opened": ""}
        answer: HttpResponse = super().render_history_view(request, template, context, **kwargs)  # type: ignore[misc]
        return answer

    # What stands, and what was typed

    def _holder(self, row: Model) -> Kept | None:
        return collisions.holder(self.shown_in(row))  # type: ignore[attr-defined]

    def _compare(self, request: HttpRequest, row: Model, *, saves: bool = True) -> None:
        """Refuse a form that was opened before somebody else's save; its rows are put as they stand."""
        owner = self._holder(row)
        if owner is None or hasattr(request, "refusal"):
            return
        version, wanted = collisions.lock(owner) if saves else owner.version, request.POST.get(collisions.THEIRS)
        if wanted is None and collisions.typed_version(request.POST) == version:
            return
        request.collision = collision = Collision(version, collisions.last_saving(row))  # type: ignore[attr-defined]
        standing, formsets = self._standing_form(request, row), self._formsets(request, row)
        if wanted:
            request.POST = collisions.with_theirs(request.POST, wanted, standing, formsets)  # type: ignore[assignment]
        self._put_rows(request, formsets, collision)
        merged = opened.merged(request.POST, standing, formsets, collisions.sent_by)
        request.POST = merged.sent  # type: ignore[assignment]
        collision.taken += merged.taken
        collision.mine, collision.note = merged.mine, merged.note
        request.refusal = _why_not_yet(merged)  # type: ignore[attr-defined]

    def _put_rows(self, request: HttpRequest, formsets: list[Any], collision: Collision) -> None:
        for formset in formsets:
            rows = collisions.rows_of(formset, request.POST)
            if rows is None:
                continue
            name, note = formset.model._meta.verbose_name, opened.read(request.POST)
            dropped = [typed for typed in rows.gone if opened.is_untouched(formset, typed, note)]
            rows.typed = [typed for typed in rows.typed if typed not in dropped]
            taken_out = gettext("taken out")
            collision.taken += [f"{name}: {_in_short(typed)} ({taken_out})" for typed in dropped]
            collision.added += [f"{name} “{form.instance}”" for form in rows.added]
            collision.gone += [f"{name}: {_in_short(typed)}" for typed in rows.gone if "DELETE" not in typed]
            request.POST = collisions.with_rows(request.POST, rows)  # type: ignore[assignment]

    def _standing_form(self, request: HttpRequest, row: Model) -> Any:
        fields = flatten_fieldsets(self.get_fieldsets(request, row))
        return self.get_form(request, row, change=True, fields=fields)(instance=row)

    def _formsets(self, request: HttpRequest, row: Model) -> list[Any]:
        """The rows below the record as they stand, unbound."""
        return [
            formset(instance=row, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request))
            for formset, inline in self.get_formsets_with_inlines(request, row)
            if inline.has_change_permission(request, row)
        ]

    def _shown(self, request: HttpRequest, row: Model | None, context: Any) -> dict[str, Any]:
        """What `admin/_careful.html` shows: the version, and after a collision both texts."""
        collision: Collision | None = getattr(request, "collision", None)
        if collision is None:
            return self._opened(request, row, context)
        formsets = [inline.formset for inline in context.get("inline_admin_formsets", ())]
        current = self.model._base_manager.get(pk=row.pk if row else None)
        form = context["adminform"].form
        found = collisions.differences(form, self._standing_form(request, current), formsets)
        return {
            "version": collision.version,
            "opened": collision.note,
            "collision": collision,
            "differences": [one for one in found if one.name not in collision.mine],
            "lost_files": [form[name].label for name in request.FILES if name in form.fields],
        }

    def _opened(self, request: HttpRequest, row: Model | None, context: Any) -> dict[str, Any]:
        """At what the form was opened; that stays, whatever else is wrong with what is sent."""
        if collisions.VERSION in request.POST:
            return {"version": request.POST[collisions.VERSION], "opened": request.POST.get(opened.OPENED, "")}
        owner = self._holder(row) if row else None
        shown = context.get("inline_admin_formsets", ())
        formsets = [inline.formset for inline in shown if inline.has_change_permission]
        note = opened.noted(context["adminform"].form, formsets) if owner else ""
        return {"version": owner.version if owner else 0, "opened": note}

    # What was typed and not saved

    def _kept(self, request: HttpRequest, row: Model | None, context: Any) -> dict[str, Any]:
        """Where the browser leaves what is typed, and what this user left there: none other sees it."""
        key = str(row.pk) if row else ""
        shown = {"form": self.opts.label_lower, "key": key, "autosave": settings.AUTOSAVE, "offers": False}
        shown["slot"] = request.POST.get(unsaved.SLOT) or unsaved.new_slot()
        if request.method not in READING:
            return shown
        texts = unsaved.kept(request.user, self.opts.label_lower, key)[: unsaved.MOST_OFFERED]
        offers = [offer for typed in texts if (offer := _offer(row, typed, context))]
        return shown | {"offers": True, "unsaved": offers}

    def _bring_back(self, request: HttpRequest, object_id: str | None) -> None:
        """Fill the form with what was typed, as if it had been sent and refused: nothing is saved."""
        row = self.get_object(request, unquote(object_id)) if object_id else None
        key = str(row.pk) if row else ""
        typed = unsaved.kept_in(request.user, self.opts.label_lower, key, request.GET.get("slot"))
        if typed is None or (object_id and row is None):
            return
        _loaded = request.POST  # or the first look at its files would put the empty form of a GET back
        request.method, request.POST = "POST", unsaved.taken_up(typed, key)  # type: ignore[assignment]
        if row is not None:
            self._compare(request, row, saves=False)
        request.refusal = gettext("Brought back and not saved yet: look it over, then save.")  # type: ignore[attr-defined]
        request.is_brought_back = True  # type: ignore[attr-defined]

    def _typed_page(self, request: HttpRequest, status: int, title: str) -> HttpResponse:
        """What was typed into a form that cannot be saved any more, to be copied from."""
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "texts": collisions.texts(request.POST, self.model),
        }
        return TemplateResponse(request, "admin/newsroom/typed.html", context, status=status)


def _offer(row: Model | None, typed: Typed, context: Any) -> Offer | None:
    """The unsaved text beside what stands; nothing where it is the same."""
    standing, shown = context["adminform"].form, [inline.formset for inline in context["inline_admin_formsets"]]
    sent = opened.merged(unsaved.as_sent(typed.fields), standing, shown, collisions.sent_by).sent
    form = type(standing)(sent, instance=row)
    formsets = [type(one)(sent, instance=row, prefix=one.prefix, queryset=one.queryset) for one in shown]
    offer = Offer(typed, collisions.differences(form, standing, formsets), collisions.new_rows(formsets))
    return offer if offer.differences or offer.new_rows else None


def _say_apart(request: HttpRequest, context: Any) -> None:
    """Say why nothing was saved where nothing is in error: there is no mistake below to be corrected."""
    is_ours = hasattr(request, "collision") or hasattr(request, "is_brought_back")
    if is_ours and [list(one) for one in context.get("errors") or ()] == [[request.refusal]]:  # type: ignore[attr-defined]
        context["careful"]["said"] = request.refusal  # type: ignore[attr-defined]
        context["errors"] = []


def _why_not_yet(merged: opened.Merged) -> str:
    if merged.both:
        return gettext("Not saved yet: look at what differs, then save again to let your text stand.")
    return gettext(
        "Not saved yet: what you typed and what was saved meanwhile now stand together. Look, then save again."
    )


def _in_short(row: collisions.Sent) -> str:
    """A row as it was typed, for somebody who wants to find it again."""
    texts = [values[-1] for name, values in row.items() if name not in {"id", "order"} and values]
    return ", ".join(text for text in texts if text and not text.isdecimal())
