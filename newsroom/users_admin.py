"""The bottom shelf's admin of the newsroom's own accounts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom.models import User


@admin.register(User)
class UserAdmin(StockUserAdmin):  # type: ignore[type-arg]
    """The stock admin of users; who is no superuser makes none, and edits none."""

    list_display = ["username", "display_name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "groups"]
    search_fields = ["username", "display_name", "first_name", "last_name", "email"]
    filter_horizontal = ["groups", "user_permissions"]
    fieldsets = [
        (
            None,
            {"fields": ["username", "password", "display_name", "first_name", "last_name", "email", "wants_mail"]},
        ),
        (_("Roles"), {"fields": ["groups", "is_active", "is_staff"]}),
        (_("Beyond roles"), {"classes": ["collapse"], "fields": ["is_superuser", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody gives themselves a role: that takes a colleague."""
        dates = ["last_login", "date_joined"]
        if request.user.is_superuser:
            return dates
        own = ["groups", "is_active", "is_staff"] if obj and obj.pk == request.user.pk else []
        return [*dates, "is_superuser", "user_permissions", *own]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """No filter may guess at the digest of somebody's calendar, letter by letter."""
        return not lookup.startswith("calendar_digest") and super().lookup_allowed(lookup, value, request)

    def _is_within_reach(self, request: HttpRequest, user: User | None) -> bool:
        return user is None or not user.is_superuser or request.user.is_superuser
