"""The bottom shelf's filters of the desk's lists: choices that occur in the list, each read once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django_countries import countries

ChoicesT = TypeVar("ChoicesT")


def _once(request: HttpRequest, name: str, read: Callable[[], ChoicesT]) -> ChoicesT:
    """What a filter offers, read once: for the counts of each filter Django asks every filter anew."""
    offered: dict[str, ChoicesT] = vars(request).setdefault("offered", {})
    if name not in offered:
        offered[name] = read()
    return offered[name]


class RelatedFilter(admin.RelatedOnlyFieldListFilter):
    """The related rows that occur in the list."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Any:
        choices = super().field_choices
        return _once(request, self.field_path, lambda: choices(field, request, model_admin))


class CountryFilter(admin.SimpleListFilter):
    """The countries that occur in the list, by name."""

    title = _("country")
    parameter_name = "country"
    column = "country"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        return _once(request, self.column, lambda: self._countries(request, model_admin))

    def _countries(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, str]]:
        codes = model_admin.get_queryset(request).order_by(self.column).values_list(self.column, flat=True)
        names = [(str(code), countries.name(str(code))) for code in codes.distinct() if code]
        return sorted(names, key=lambda choice: choice[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.column: self.value()}) if self.value() else queryset
