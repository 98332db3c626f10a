"""The syndication desk's forms: what a package holds, and what a new key is for."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom import changes
from newsroom.articles.models import Language
from newsroom.partners.models import Scope


def kinds() -> list[tuple[str, str]]:
    return [(kind.name, str(capfirst(kind.model._meta.verbose_name_plural))) for kind in changes.kinds()]


class PackageForm(forms.ModelForm):  # type: ignore[type-arg]
    """Kinds and languages as boxes to tick."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of object"),
        choices=kinds,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing else is in the package."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only stories in one of these; none ticked: in any."),
    )


class KeyForm(forms.Form):
    """What a new key is for. `form_id` lets one form make one key, however often it is sent."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    label = forms.CharField(
        label=_("Label"), max_length=80, help_text=_("Where it is used, such as “production” or “test”.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=Scope.choices,
        initial=[Scope.READ, Scope.EXPORT, Scope.PICTURES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What the key opens."),
    )
    expires_at = forms.SplitDateTimeField(
        label=_("Expires"), required=False, widget=AdminSplitDateTime, help_text=_("Empty: works until it is revoked.")
    )

    def clean_expires_at(self) -> dt.datetime | None:
        expires_at: dt.datetime | None = self.cleaned_data["expires_at"]
        if expires_at is not None and expires_at <= timezone.now():
            raise ValidationError(_("This moment is past: choose a later one, or leave it empty."), "past")
        return expires_at


class ConfirmForm(forms.Form):
    """Nothing to say but yes."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


CONTENTS = frozenset({"kinds", "topics", "languages", "countries", "territories", "source_terms", "has_pictures"})


def changed_contents(form: Any) -> bool:
    """Whether what the package holds, or for whom, was changed in the form."""
    return not CONTENTS.isdisjoint(form.changed_data)
