"""The admin every room shares: each write recorded in the change feed; users, topics, sources and the feed itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from newsroom import changes, policy
from newsroom.attempts import attempt_of
from newsroom.careful import READING as READING
from newsroom.careful import Careful
from newsroom.confirming import author
from newsroom.csv_lists import Exported
from newsroom.dates import PartialDate
from newsroom.desk_pages import form_of
from newsroom.forms import (
    KnowingAutocomplete,
    KnowingAutocompletes,
    KnownChoices,
    OrderedFormSet,
    PlacedForm,
    PlacedFormSet,
    RowsFormSet,
)
from newsroom.list_filters import CountryFilter as CountryFilter  # other rooms take them from here
from newsroom.list_filters import RelatedFilter as RelatedFilter
from newsroom.models import Change, Kept, Record, Source, Topic
from newsroom.moments import validate_year
from newsroom.parts import Parting
from newsroom.refusals import explain
from newsroom.refusals import is_key as is_key  # other rooms ask it here
from newsroom.trash_admin import Trashing
from newsroom.users_admin import UserAdmin as UserAdmin  # Django looks here for what is registered

SHOWN_IN_PANELS = 20
MOMENTS: Any = {models.DateTimeField: {"validators": [validate_year]}}


def recording_of(request: HttpRequest) -> contextlib.AbstractContextManager[Any]:
    """The recording that a write needs; reading opens no transaction."""
    return contextlib.nullcontext() if request.method in READING else changes.recording()


def in_words(date: Any) -> str:
    """A date with precision for a column; a text that is none stands as it is."""
    return date.in_words() if isinstance(date, PartialDate) else str(date or "")


def panel(groups: Mapping[Any, Iterable[models.Model]], *, of: models.Model | None = None) -> SafeString:
    """Records of higher rooms under their headings, each a link to where it is edited.

    `of` is the record on whose page they stand; what its viewer may not read is left out, and all where it has none.
    """
    viewer = getattr(of, "viewer", None)
    shown = [
        {"heading": heading, "links": _links(policy.legible(viewer, list(records)))}
        for heading, records in groups.items()
        if viewer
    ]
    return render_to_string("admin/newsroom/_panel.html", {"groups": [group for group in shown if group["links"]]})


def _links(records: Iterable[models.Model]) -> list[dict[str, str]]:
    return [{"name": str(record), "address": form_of(record)} for record in records]


class Choosing(BaseModelAdmin):  # type: ignore[type-arg]
    """Fields that choose among records: what was chosen is named without a query for each, and none deletes it."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A chosen record is put into the trash from its own page, where one sees what points at it."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnowingAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KnowingAutocompletes(db_field, self.admin_site)
            kwargs["form_class"] = KnownChoices
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class RecordingAdmin(Careful, Parting, Trashing, Exported, Choosing, admin.ModelAdmin):  # type: ignore[type-arg]
    """Each write runs inside `changes.recording()`; what the database refuses stands as words beside the form."""

    show_facets = admin.ShowFacets.ALLOW  # counting each choice takes a query of its own: for whoever asks
    show_full_result_count = False
    list_per_page = 50
    formfield_overrides: ClassVar[Any] = {models.URLField: {"assume_scheme": "https"}, **MOMENTS}
    #: fieldsets that show what higher rooms know of a record; a new one has none yet
    panels: ClassVar[tuple[Any, ...]] = ()

    def shown_in(self, row: Any) -> Iterable[models.Model]:
        """The rows whose public documents show this one; rows that are no record of their own name their owner."""
        return [row]

    def view_on_site(self, row: Any) -> str | None:
        return row.get_absolute_url() if hasattr(row, "is_out") and row.is_out() else None

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """With whoever looks at it, for the panels of its page."""
        row = super().get_object(request, object_id, from_field)
        if row is not None:
            row.viewer = request.user
        return row

    # Who may: `policy` says, whatever stock permissions say of the model

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policy.can(request.user, "list", self.model)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policy.can(request.user, "see" if obj else "list", obj or self.model)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policy.can(request.user, "add", self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policy.can(request.user, "edit", obj or self.model)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may not make a record public does not find the box to tick."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if self._may_show(request) else [*fixed, "is_public"]

    def _may_show(self, request: HttpRequest) -> bool:
        return not issubclass(self.model, Record) or policy.can(request.user, "show", self.model)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_fieldsets(request, obj), *(self.panels if obj else ())]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        attempt = attempt_of(request)
        return _refusing(form, attempt.refusal) if attempt and attempt.refusal else form

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            with recording_of(request):
                return super().changeform_view(request, *args, **kwargs)
        except IntegrityError as refusal:
            request.attempt.refusal = explain(refusal)  # type: ignore[attr-defined]
        return super().changeform_view(request, *args, **kwargs)  # the same form, with what was typed and why not

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            with recording_of(request):
                return super().delete_view(request, object_id, extra_context)
        except IntegrityError as refusal:
            return self._back(request, refusal)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        try:
            with recording_of(request):
                return super().changelist_view(request, extra_context)
        except IntegrityError as refusal:
            return self._back(request, refusal)

    def _back(self, request: HttpRequest, refusal: IntegrityError) -> HttpResponse:
        self.message_user(request, explain(refusal), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        for before in self.model._base_manager.filter(pk=obj.pk):
            changes.touch(*self.shown_in(before))
            self._keep(request, before, obj)
        if not change and isinstance(obj, Kept):
            obj.created_by = author(request)
        super().save_model(request, obj, form, change)
        changes.touch(*self.shown_in(obj))

    def _keep(self, request: HttpRequest, before: Any, obj: Any) -> None:
        """What no form changes stays as it is now, whatever former state is being brought back."""
        if isinstance(obj, Kept):
            obj.created_by_id, obj.trashed_at, obj.trashed_by_id = (
                before.created_by_id,
                before.trashed_at,
                before.trashed_by_id,
            )
        if not self._may_show(request):
            obj.is_public = before.is_public

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        changes.touch(*self.shown_in(obj))
        super().delete_model(request, obj)


class RecordedHistoryAdmin(RecordingAdmin, SimpleHistoryAdmin):  # type: ignore[misc]
    """The same for records whose former states are kept and can be brought back."""

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Who may only look gets a former state whose fields take nothing in."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj and not self.has_change_permission(request, obj):
            for field in form.base_fields.values():
                field.disabled = True
        return form

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        if not is_key(object_id):
            raise Http404
        if (row := self.get_object(request, object_id)) and not self.has_view_permission(request, row):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)

    def history_form_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """As stock, which binds and saves a form for whoever may look: to bring a state back is to change.

        What one may is asked of the record as it is now, not as it was in the state that is looked at.
        """
        if not all(is_key(key) for key in args):
            raise Http404
        self._ask(request, args[0] if args else kwargs["object_id"])
        try:
            with recording_of(request):
                return super().history_form_view(request, *args, **kwargs)
        except IntegrityError as refusal:
            return self._back(request, refusal)

    def _ask(self, request: HttpRequest, key: str) -> None:
        row = self.get_object(request, key)
        if row is None:
            raise Http404
        may = self.has_view_permission if request.method in READING else self.has_change_permission
        if not may(request, row):
            raise PermissionDenied


def _refusing(form: type[ModelForm[Any]], refusal: str) -> type[ModelForm[Any]]:
    """The form, invalid for a reason that its fields do not know of."""

    def clean(self: ModelForm[Any]) -> Any:
        self.add_error(None, refusal)
        return super(refusing, self).clean()

    refusing: type[ModelForm[Any]] = type(form.__name__, (form,), {"clean": clean})
    return refusing


class Rows(Choosing, admin.TabularInline):  # type: ignore[type-arg]
    """Rows below a record. `select_related` names what their choices and `__str__` read, so that no row queries."""

    formset = RowsFormSet
    formfield_overrides: ClassVar[Any] = MOMENTS
    extra = 0
    select_related: ClassVar[tuple[str, ...]] = ()
    #: what one has to be allowed to do to the record, to change these rows of it
    act = "edit"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policy.can(request.user, "see" if obj else "list", obj or self.parent_model)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        act = self.act if obj else "add"
        return policy.can(request.user, act, obj or self.parent_model)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related(*self.select_related) if self.select_related else rows


class OrderedRows(Rows):
    """Rows in an order that may hold two at one place, such as two hosts."""

    formset = OrderedFormSet


class PlacedRows(Rows):
    """Rows of which each has a place of its own, such as the sessions of a programme."""

    form = PlacedForm
    formset = PlacedFormSet


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rows to be looked at, by whoever may view the model, and never edited."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


admin.site.disable_action("delete_selected")  # what is to go is put into the trash first

PAGE: Any = (_("Page"), {"classes": ["side"], "fields": ["slug", "is_public", "uuid"]})
DESK: Any = (_("For the desk"), {"fields": ["desk_note"]})


@admin.register(Topic)
class TopicAdmin(RecordingAdmin):
    list_display = ["name", "name_ko", "medtop", "is_public"]
    list_filter = ["is_public", ("medtop", admin.EmptyFieldListFilter)]
    search_fields = ["name", "name_ko", "medtop"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["uuid"]
    fieldsets = [
        (None, {"fields": ["name", "description", "medtop"]}),
        (_("In Korean"), {"fields": ["name_ko", "description_ko"]}),
        DESK,
        PAGE,
    ]


@admin.register(Source)
class SourceAdmin(RecordingAdmin):
    list_display = ["__str__", "date", "author", "language", "redistribution"]
    list_filter = ["redistribution", "ai_training", "language", "publisher"]
    search_fields = ["slug", "publisher", "author", "title", "url"]
    ordering = ["publisher", "slug"]
    fieldsets = [
        (
            None,
            {
                "description": _("Only what the document itself prints: leave empty what it does not say."),
                "fields": ["publisher", "title", "author", "published_on", "published_on_as_printed", "url"],
            },
        ),
        (_("Rights"), {"fields": ["rights_notice", "redistribution", "ai_training"]}),
        (_("Text"), {"fields": ["text"]}),
        DESK,
        (_("Record"), {"classes": ["side"], "fields": ["slug", "language"]}),
    ]

    @admin.display(description=_("date"), ordering="published_on_earliest")
    def date(self, source: Source) -> str:
        return in_words(source.published_on)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    """What went out to readers and partners, and when."""

    list_display = ["seq", "kind", "object_id", "version", "reason", "note", "changed_at"]
    list_filter = ["kind", "reason"]
    search_fields = ["document"]
    ordering = ["-seq"]
    show_facets = admin.ShowFacets.ALWAYS

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return super().get_queryset(request).defer("document")
