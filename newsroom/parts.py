"""The bottom shelf's parts of records in the admin: one gives them only to a record that one may edit oneself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from newsroom import policy


class Parting(admin.ModelAdmin):  # type: ignore[type-arg]
    """Asks the policy of the record that is chosen, whether a part is made or moves there."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name == policy.PARTS.get(self.opts.label_lower):
            field.validators = [*field.validators, _edited_by(request.user)]
        return field


def _edited_by(user: Any) -> Callable[[Model], None]:
    def check(whole: Model) -> None:
        if not policy.can(user, "edit", whole):
            raise ValidationError(_("This record is not yours to change: choose another, or ask an editor."))

    return check


def is_asked_for(request: HttpRequest) -> bool:
    """Whether a picker is for the record that a part belongs to, such as the person of a position."""
    label = f"{request.GET['app_label']}.{request.GET['model_name']}".lower()
    return policy.PARTS.get(label) == request.GET["field_name"]
