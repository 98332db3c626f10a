"""Photo desk: credit, rights and event of many photos changed at once, each by itself and only where one may."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import Event
from newsroom import changes, collisions, policy
from newsroom.confirming import Verb
from newsroom.forms import KnowingAutocomplete
from newsroom.models import User
from newsroom.photos.darkroom import orders
from newsroom.photos.models import Photo
from newsroom.photos.rights import restriction_missing

UNCHANGED = [("", gettext_lazy("leave as it is"))]


class TogetherForm(forms.Form):
    """What is left empty stays as it is on each photo."""

    credit_line = forms.CharField(label=gettext_lazy("Credit line"), max_length=200, required=False)
    rights = forms.ChoiceField(
        label=gettext_lazy("Rights"), choices=[*UNCHANGED, *Photo.Rights.choices], required=False
    )
    usage_terms = forms.CharField(label=gettext_lazy("Usage terms"), max_length=500, required=False)
    event = forms.ModelChoiceField(
        Event.objects.filter(trashed_at=None),
        label=gettext_lazy("Event"),
        required=False,
        widget=KnowingAutocomplete(Photo._meta.get_field("event"), admin.site),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError(_("Fill in what is to be changed; what stays empty stays as it is."))
        return cleaned


def change(photo: Photo, *, by: User, at: dt.datetime, **typed: Any) -> None:
    """Put what is not empty into the photo. Raises `policy.Refused`, and then nothing of it is changed."""
    with changes.recording() as record:
        collisions.lock(photo)
        kept = Photo.objects.get(pk=photo.pk)
        if not policy.can(by, "edit", kept):
            raise policy.Refused(_("“%(photo)s” is not yours to change.") % {"photo": kept})
        record.touch(kept)
        for name in (name for name, value in typed.items() if value):
            setattr(kept, name, typed[name])
        if typed.get("rights") and (missing := restriction_missing(kept.rights, kept.usage_terms)):
            raise policy.Refused(_("“%(photo)s”, usage terms: %(missing)s") % {"photo": kept, "missing": missing})
        kept.version += 1
        kept.save()
        orders.order(kept, at=at)
        record.touch(kept)


TOGETHER = Verb(
    "edit",
    change,
    TogetherForm,
    "",
    gettext_lazy("Change credit, rights or event of the selected %(verbose_name_plural)s…"),
    gettext_lazy("Change credit, rights or event?"),
    gettext_lazy("“%(row)s” is changed."),
)
