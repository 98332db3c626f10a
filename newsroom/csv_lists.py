"""The bottom shelf's way out of every list of the desk: what it shows, or what is ticked in it, as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Field, FileField, ForeignKey, Model, QuerySet
from django.http import HttpRequest, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from newsroom import csv_export, policy
from newsroom.desk_pages import name_of, page_of
from newsroom.markup import ProseField

CHUNK = 200  # rows read at once
ALSO = {"uuid", "state", "created_at", "updated_at"}  # not to be edited, yet worth having
BESIDE = (FileField, ProseField)  # what no cell can hold


class Exported(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list whose rows, as its filters leave them, can be taken away as a table."""

    def get_urls(self) -> list[Any]:
        export = self.admin_site.admin_view(require_safe(self.export_shown))
        return [path("export/", export, name=name_of(self.model, "export")), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if request.GET.get("_popup"):
            return actions
        export = (Exported.export_selected, "export_selected", _("Export the selected %(verbose_name_plural)s as CSV"))
        return {**actions, "export_selected": export}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        query = request.GET.urlencode()
        address = page_of(self.model, "export") + (f"?{query}" if query else "")
        return super().changelist_view(request, {"export_address": address, **(extra_context or {})})

    def export_selected(self, request: HttpRequest, selected: QuerySet[Any]) -> StreamingHttpResponse:
        return exported(_opened_by(request, selected))

    def export_shown(self, request: HttpRequest) -> HttpResponseBase:
        """Every row that the list's filters and search leave, on all its pages."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        try:
            shown = self.get_changelist_instance(request).get_queryset(request)
        except admin.options.IncorrectLookupParameters:
            return HttpResponseRedirect("../?e=1")
        return exported(_opened_by(request, shown))


def _opened_by(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """A table tells more of a row than its list does: none for who may only know that the row is there."""
    may_see = policy.can(request.user, "see", rows.model)
    return policy.seen_by(request.user, rows) if may_see else rows.none()


def exported(rows: QuerySet[Any]) -> StreamingHttpResponse:
    """The rows as a table, related records by their slugs; read piece by piece, whatever their number."""
    model = rows.model
    related = [field.name for field in _columns(model) if isinstance(field, ForeignKey)]
    many = [field.name for field in model._meta.many_to_many]
    heavy = [field.name for field in model._meta.concrete_fields if isinstance(field, ProseField)]
    read = rows.select_related(*related).prefetch_related(*many) if related else rows.prefetch_related(*many)
    name = f"{model._meta.model_name}-{timezone.localdate():%Y-%m-%d}.csv"
    return csv_export.rows([*_header(model), *many], _lines(read.defer(*heavy)), name=name)


def _header(model: type[Model]) -> list[str]:
    return [field.name for field in _columns(model)]


def _lines(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    names = _header(rows.model)
    many = [field.name for field in rows.model._meta.many_to_many]
    for row in rows.iterator(chunk_size=CHUNK):
        single = [_cell(getattr(row, name)) for name in names]
        yield [*single, *("; ".join(str(_cell(one)) for one in getattr(row, name).all()) for name in many)]


def _columns(model: type[Model]) -> list[Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if (field.editable or field.name in ALSO) and not field.primary_key and not isinstance(field, BESIDE)
    ]


def _cell(value: Any) -> Any:
    """A record is named by its slug, which imports read too; everything else by its own text."""
    return getattr(value, "slug", value) if isinstance(value, Model) else value
