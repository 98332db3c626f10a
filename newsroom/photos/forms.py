"""Forms of the photo desk: an upload is judged by its content, and the original it becomes is never linked to."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.db.models.fields.files import FieldFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

# What a picture may be, and the extension its file gets whatever it was called; MPO is a phone's JPEG.
EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "TIFF": "tif", "AVIF": "avif"}
MOST_PIXELS = 80_000_000


class PrivateFileWidget(AdminFileWidget):
    """Takes a new file, keeps the one that is there unless it does, and may take it out; it never links to it."""

    def is_initial(self, value: Any) -> bool:
        return False

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        upload = super().render(name, value, attrs, renderer)
        if not (isinstance(value, FieldFile) and value):
            return upload
        box = '{} <label><input type="checkbox" name="{}"> {}</label>'
        return format_html(box, upload, self.clear_checkbox_name(name), _("Remove the file"))


class PhotoForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_original(self) -> Any:
        """Refuse what is no picture of ours; name and fingerprint a new one by its content."""
        upload = self.cleaned_data["original"]
        picture = getattr(upload, "image", None)  # set by the field where it has just decoded a file
        if upload is False:  # the box was ticked
            self.instance.sha256 = ""
        if picture is None:
            return upload
        if picture.format not in EXTENSIONS:
            raise forms.ValidationError(_("Upload a JPEG, PNG, WebP, TIFF or AVIF picture."))
        if picture.width * picture.height > MOST_PIXELS:
            raise forms.ValidationError(_("This picture has more than 80 megapixels: upload a smaller one."))
        upload.name = f"original.{EXTENSIONS[picture.format]}"
        self.instance.sha256 = hashlib.sha256(b"".join(upload.chunks())).hexdigest()
        return upload
