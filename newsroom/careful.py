"""The bottom shelf's admin form that loses nothing: stale saves refused, and what was typed kept to be copied."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from newsroom import collisions, opened, unsaved
from newsroom.attempts import Attempt, attempt_of, begin, drawer_of, holder_of
from newsroom.desk_pages import framed
from newsroom.keeping import Kept
from newsroom.offers import offers

BRING_BACK = "_unsaved"
READING = {"GET", "HEAD", "OPTIONS"}


class Careful(admin.ModelAdmin):  # type: ignore[type-arg]
    """Compares the version of a form with the record's before anything is saved; call it inside `recording()`."""

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        attempt = begin(self, request, object_id)
        if request.method == "GET" and BRING_BACK in request.GET:
            attempt.bring_back(request.GET.get("slot"))
        elif request.method not in READING and object_id is not None:
            if self.has_change_permission(request, attempt.row) and attempt.row is not None:
                attempt.compare()
            elif page := self._page_to_copy_from(attempt):
                return page
        return super().changeform_view(request, object_id, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        attempt = begin(self, request, object_id)
        if request.method not in READING:
            attempt.compare()
        return super().history_form_view(request, object_id, *args, **kwargs)  # type: ignore[misc]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Count the save: of the record itself, or of the one that a row is shown in, before and after."""
        former = self.model._base_manager.filter(pk=obj.pk).first() if change else None
        if isinstance(obj, Kept):
            obj.version = collisions.lock(obj) + 1 if change else 0
        super().save_model(request, obj, form, change)
        drawer_of(self, request, obj if change else None).forget(request.POST.get(unsaved.SLOT, ""))
        if not isinstance(obj, Kept):
            for owner in {owner for row in (former, obj) if (owner := holder_of(self, row))}:
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

    def _shown(self, request: HttpRequest, row: Model | None, context: Any) -> dict[str, Any]:
        """What `admin/_careful.html` shows: the version, and after a collision both texts."""
        attempt = attempt_of(request)
        if attempt is None or attempt.collision is None:
            return self._opened(request, row, context)
        collision, form = attempt.collision, context["adminform"].form
        found = collisions.differences(form, attempt.standing, _formsets(context))
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
        owner = holder_of(self, row)
        if owner is None:
            return {"version": 0, "opened": ""}
        shown = context.get("inline_admin_formsets", ())
        formsets = [inline.formset for inline in shown if inline.has_change_permission]
        return {"version": owner.version, "opened": opened.noted(context["adminform"].form, formsets)}

    def _kept(self, request: HttpRequest, row: Model | None, context: Any) -> dict[str, Any]:
        """Where the browser leaves what is typed, and what this user left there: none other sees it."""
        drawer = drawer_of(self, request, row)
        shown = {"form": drawer.label, "key": drawer.record, "autosave": settings.AUTOSAVE, "offers": False}
        shown["slot"] = request.POST.get(unsaved.SLOT) or unsaved.new_slot()
        if request.method not in READING:
            return shown
        texts = drawer.texts()[: unsaved.MOST_OFFERED]
        return shown | {"offers": True, "unsaved": offers(texts, context["adminform"].form, _formsets(context))}

    def _page_to_copy_from(self, attempt: Attempt) -> HttpResponse | None:
        """What was typed into a form that cannot be saved any more; None where there is nothing to lose."""
        request, texts = attempt.request, collisions.texts(attempt.sent, self.model)
        if not texts or not self.has_change_permission(request):
            return None
        status, title = 403, gettext("You may not change this record as it stands now")
        if attempt.row is None:
            status, title = 404, gettext("This record is not there any more")
        context = {**framed(request, self.model, title), "texts": texts}
        return TemplateResponse(request, "admin/newsroom/typed.html", context, status=status)


def _formsets(context: Any) -> list[Any]:
    return [inline.formset for inline in context.get("inline_admin_formsets", ())]


def _say_apart(request: HttpRequest, context: Any) -> None:
    """Say why nothing was saved where nothing is in error: there is no mistake below to be corrected."""
    attempt = attempt_of(request)
    is_ours = attempt and (attempt.collision or attempt.is_brought_back)
    if attempt and is_ours and [list(one) for one in context.get("errors") or ()] == [[attempt.refusal]]:
        context["careful"]["said"] = attempt.refusal
        context["errors"] = []
