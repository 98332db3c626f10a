"""Forms of the photo desk: the original has been judged before the form sees it, and is never linked to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom.desk_pages import form_of
from newsroom.photos import filing
from newsroom.photos.models import Photo
from newsroom.photos.receiving import Received
from newsroom.photos.rights import restriction_missing

ACCEPTED = "image/jpeg,image/png,image/webp,image/avif,image/tiff,image/heic,image/heif"


class PrivateFileWidget(AdminFileWidget):
    """Takes a new file, keeps the one that is there unless it does, and may take it out; it never links to it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED, **(attrs or {})})

    def is_initial(self, value: Any) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        upload = super().render(name, value, attrs, renderer)
        if not (isinstance(value, FieldFile) and value):
            return upload
        box = '{} <label><input type="checkbox" name="{}"> {}</label>'
        return format_html(box, upload, self.clear_checkbox_name(name), _("Remove the file"))


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]
    """`received` is the new original, if there is one; `former` the name of the one that was there before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.former: str = (self.instance.original.name if self.instance.pk else "") or ""
        self.received: Received | None = None

    def clean(self) -> Any:
        """Somebody else's picture says for what it may be used."""
        cleaned = super().clean() or self.cleaned_data
        missing = restriction_missing(cleaned.get("rights", ""), cleaned.get("usage_terms", ""))
        if missing and "usage_terms" in self.fields:
            self.add_error("usage_terms", missing)
        return cleaned

    def clean_original(self) -> Any:
        """The stored file's name in the place of a new upload; what was refused says why."""
        upload = self.cleaned_data["original"]
        if not isinstance(upload, UploadedFile):
            return upload
        if not isinstance(upload, Received):
            raise forms.ValidationError(_("Add the picture on the page of its photo."))
        if upload.stored is None:
            raise forms.ValidationError(upload.refusal)
        self._refuse_second(upload.stored.found.sha256)
        self.received = upload
        return upload.stored.name

    def _refuse_second(self, sha256: str) -> None:
        """One picture is one record, here as on the page for many."""
        if other := Photo.objects.of_file(sha256).exclude(pk=self.instance.pk).order_by("pk").first():
            address = form_of(other)
            raise forms.ValidationError(
                format_html('{} <a href="{}">{}</a>', filing.words_for_known(other), address, other)
            )
