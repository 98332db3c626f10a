"""The photo desk in the admin: caption, people from the left, rights, and the file where it is held."""

from __future__ import annotations

from itertools import chain
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import FileField, QuerySet
from django.http import HttpRequest
from django.utils import timezone
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
from newsroom.photos import library, upload_admin
from newsroom.photos.bulk import TOGETHER
from newsroom.photos.depicting import desk as depicting
from newsroom.photos.forms import PhotoForm, PrivateFileWidget
from newsroom.photos.models import Depiction, Lease, Photo
from newsroom.photos.original_admin import WithOriginal
from newsroom.photos.rights import remarks


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
class PhotoAdmin(WithOriginal, RecordedHistoryAdmin):
    verbs = {**RecordedHistoryAdmin.verbs, TOGETHER.name: TOGETHER}
    form = PhotoForm
    list_display = ["__str__", "held", "event", "date", "rights", "credit_line", "remarks", "is_public"]
    list_filter = [
        ("original", admin.EmptyFieldListFilter),
        "is_public",
        "rights",
        ("credit_line", admin.EmptyFieldListFilter),
        ("alt_text", admin.EmptyFieldListFilter),
        "is_file_picture",
        ("event", RelatedFilter),
    ]
    list_select_related = ["event", "photographer"]
    search_fields = ["headline", "description", "credit_line", "slug", "depictions__person__family_name"]
    ordering = ["-pk"]
    prepopulated_fields = {"slug": ["headline"]}
    readonly_fields: ClassVar[Any] = ["uuid", "seen_in", depicting.who_stands_where]
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
        (
            _("More that files say"),
            {
                "classes": ["collapse"],
                "description": _("All of it goes into the versions of the picture, for whoever gets one."),
                "fields": [
                    "alt_text_ko",
                    "long_description",
                    "keywords",
                    ("city", "state", "country"),
                    ("photographer_as_printed", "photographer_title"),
                    "caption_writer",
                    "source_as_printed",
                    "instructions",
                    "other_constraints",
                    "source_type",
                    ("ai_system", "ai_system_version"),
                    "ai_prompt",
                    "ai_prompt_writer",
                ],
            },
        ),
        DESK,
        PAGE,
        (_("Origin"), {"classes": ["side"], "fields": ["source", "order_in_source"]}),
    ]
    panels = ((None, {"classes": ["seen"], "fields": ["seen_in"]}), depicting.PLACES_PANEL)

    class Media:
        css = {"all": ["desk/photos.css"]}

    def get_urls(self) -> list[Any]:
        pages = (room.urls(self.admin_site) for room in (upload_admin, depicting, library))
        return [*chain(*pages), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        """The list also says of each photo what to know before it is used."""
        photos: QuerySet[Photo] = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and match.url_name == "photos_photo_changelist"
        return photos.prefetch_related("leases", "uses") if is_list else photos

    @admin.display(description=_("to know"))
    def remarks(self, photo: Any) -> str:
        return ", ".join(one.words for one in remarks(photo, timezone.now(), uses=len(photo.uses.all())))

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
