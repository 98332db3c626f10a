"""The photo desk in the admin: caption, people from the left, rights, and the file where it is held."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import FileField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.admin import (
    DESK,
    PAGE,
    SHOWN_IN_PANELS,
    OrderedRows,
    RecordedHistoryAdmin,
    RecordingAdmin,
    RelatedFilter,
    Rows,
    in_words,
    panel,
)
from newsroom.photos.depicting.desk import WithDepicting
from newsroom.photos.forms import PhotoForm, PrivateFileWidget
from newsroom.photos.models import Depiction, Lease, Photo
from newsroom.photos.original_admin import WithOriginal
from newsroom.photos.upload_admin import WithUpload


class Depictions(OrderedRows):
    model = Depiction
    fields = [
        "order",
        "person",
        "row",
        "row_is_inferred",
        "place_from_left",
        "name_as_printed",
        "title_as_printed",
        "position",
        "is_portrait",
    ]
    autocomplete_fields = ["person", "position"]
    select_related = ("person", "position__organisation")


class Leases(Rows):
    model = Lease
    fields = ["effect", "scope", "starts_at", "ends_at", "note"]


@admin.register(Photo)
class PhotoAdmin(WithOriginal, WithUpload, WithDepicting, RecordedHistoryAdmin):
    form = PhotoForm
    list_display = ["__str__", "held", "event", "date", "rights", "credit_line", "is_public"]
    list_filter = [
        ("original", admin.EmptyFieldListFilter),
        "is_public",
        "rights",
        ("credit_line", admin.EmptyFieldListFilter),
        ("alt_text", admin.EmptyFieldListFilter),
        "is_file_picture",
        ("event", RelatedFilter),
    ]
    list_select_related = ["event"]
    search_fields = ["headline", "description", "credit_line", "slug", "depictions__person__family_name"]
    ordering = ["-pk"]
    prepopulated_fields = {"slug": ["headline"]}
    readonly_fields = ["uuid", "seen_in"]
    autocomplete_fields = ["photographer", "event", "source", "organisations"]
    formfield_overrides = {**RecordingAdmin.formfield_overrides, FileField: {"widget": PrivateFileWidget}}
    inlines = [Depictions, Leases]
    fieldsets = [
        (None, {"fields": ["headline", "description", "is_name_label", "alt_text", "is_file_picture"]}),
        (_("Picture"), {"fields": ["original", "kept", ("focal_x", "focal_y")]}),
        (_("Occasion"), {"fields": ["event", "taken_on", "place", "organisations"]}),
        (
            _("Rights"),
            {
                "description": _(
                    "A public photo shows its caption; the picture itself needs a lease below that allows its use. "
                    "A refusal is stronger than any permission."
                ),
                "fields": [
                    "photographer",
                    "credit_line",
                    "copyright_notice",
                    "usage_terms",
                    "rights",
                    "data_mining",
                    "embargo_until",
                ],
            },
        ),
        DESK,
        PAGE,
        (_("Origin"), {"classes": ["side"], "fields": ["source", "order_in_source"]}),
    ]
    panels = ((None, {"classes": ["seen"], "fields": ["seen_in"]}),)

    class Media:
        css = {"all": ["desk/photos.css"]}

    @admin.display(description=_("held"), boolean=True, ordering="original")
    def held(self, photo: Photo) -> bool:
        return photo.is_held

    @admin.display(description=_("date"), ordering="taken_on_earliest")
    def date(self, photo: Photo) -> str:
        return in_words(photo.taken_on)

    @admin.display(description=_("Seen in"))
    def seen_in(self, photo: Any) -> SafeString:
        uses = photo.uses.select_related("article").order_by("-pk")[:SHOWN_IN_PANELS]
        return panel({_("Articles"): (use.article for use in uses)}, of=photo)
