"""The photo desk in the admin: the original: taken in, replaced, taken out, and what its file says of itself."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.admin import READING
from newsroom.photos import filing, stated
from newsroom.photos.darkroom import orders
from newsroom.photos.forms import PhotoForm
from newsroom.photos.intake import Note
from newsroom.photos.models import Intake, Photo, Rendition, RenditionJob, renditions
from newsroom.photos.receiving import at_the_door
from newsroom.refusals import is_key

DESK_WIDTH = 640
SEES_ORIGINALS = "photos.see_original_photo"
ORIGINAL_PANEL: Any = (_("From the file"), {"classes": ["side"], "fields": ["from_the_file"]})


class WithOriginal(admin.ModelAdmin):  # type: ignore[type-arg]
    """Stands before the recording admin: no picture is read while the database is held for writing."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method in READING or not self._takes_in(request):
            return super().changeform_view(request, *args, **kwargs)
        with at_the_door(request, "original"):
            return super().changeform_view(request, *args, **kwargs)

    def get_urls(self) -> list[Any]:
        picture = self.admin_site.admin_view(self.picture_view)
        return [path("<int:key>/picture/", picture, name="photos_photo_picture"), *super().get_urls()]

    def picture_view(self, request: HttpRequest, key: int) -> FileResponse:
        """The photograph for who works on it, whatever its rights and whether or not readers know it: `?width=`."""
        photo = self.get_object(request, str(key)) if is_key(str(key)) else None
        if photo is None or not self.has_view_permission(request, photo):
            raise Http404
        version = shown_at_the_desk(photo, _width(request.GET.get("width", "")))
        if version is None:
            raise Http404
        return FileResponse(renditions().open(str(version.file)), content_type="image/webp")

    def _takes_in(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) or self.has_add_permission(request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, ORIGINAL_PANEL] if obj and request.user.has_perm(SEES_ORIGINALS) else fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "kept", "from_the_file"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        if isinstance(form, PhotoForm) and form.received and form.received.stored:
            filing.hold(obj, form.received.stored)
        elif not obj.is_held:
            filing.empty(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Once its rows are saved too, the versions are ordered anew if anything that they show or say has changed."""
        super().save_related(request, form, formsets, change)
        photo, now = form.instance, timezone.now()
        if form.received and form.received.stored:
            filing.settle(photo, form.received.stored, former=form.former, at=now)
        elif form.former and not photo.is_held:
            filing.clear_up(photo, form.former, at=now)
        else:
            orders.order(photo, at=now)

    @admin.display(description=_("kept"))
    def kept(self, photo: Photo) -> str:
        if not photo.is_held:
            return gettext("No picture is held: readers see the caption and a drawn placeholder.")
        size = gettext("%(width)s × %(height)s pixels; a new file takes its place.") % {
            "width": photo.width,
            "height": photo.height,
        }
        words = format_html("{} {}", size, progress(RenditionJob.objects.filter(photo=photo).first()))
        return format_html("{}{}", words, _preview(photo))

    @admin.display(description=_("What it says"))
    def from_the_file(self, photo: Photo) -> SafeString:
        """Beside the fields, which an editor may have written otherwise; nothing of it is public by itself."""
        intake = Intake.objects.filter(photo=photo).first()
        context = {
            "intake": intake,
            "notes": [Note(code).label for code in intake.notes] if intake else [],
            "facts": stated.lines(intake.facts, photo) if intake else [],
            "alike": filing.alike(photo),
        }
        return render_to_string("admin/photos/_from_the_file.html", context)


def shown_at_the_desk(photo: Photo, width: int) -> Rendition | None:
    """The smallest version of the whole photograph that is so wide, else the widest; None before one is ready."""
    whole = photo.renditions.filter(is_placeholder=False, crop="", format=Rendition.Format.WEBP).order_by("width")
    versions = list(whole)
    return next((one for one in versions if one.width >= width), versions[-1] if versions else None)


def _width(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) <= 4 else DESK_WIDTH


def _preview(photo: Photo) -> str:
    """The picture itself, by an address whose last part changes with the file."""
    version = shown_at_the_desk(photo, DESK_WIDTH)
    if version is None:
        return ""
    address = f"{reverse('admin:photos_photo_picture', args=[photo.pk])}?{urlencode({'file': str(version.file)})}"
    picture = '<br><img class="kept" src="{}" width="{}" height="{}" alt="{}">'
    alt = photo.local_alt_text or gettext("The picture as it is kept")
    return format_html(picture, address, version.width, version.height, alt)


def progress(job: RenditionJob | None) -> str:
    """How far the versions for readers are, in words."""
    if job is None:
        return gettext("No versions for readers are ordered yet.")
    if job.state == RenditionJob.State.FAILED:
        return gettext("The versions for readers could not be made: %(why)s Save the photo to try again.") % {
            "why": job.failure
        }
    words = {
        RenditionJob.State.WAITING: gettext("The versions for readers wait to be made."),
        RenditionJob.State.RUNNING: gettext("%(made)s of %(wanted)s versions for readers are made."),
        RenditionJob.State.DONE: gettext("All %(wanted)s versions for readers are ready."),
    }
    return words[RenditionJob.State(job.state)] % {"made": job.made, "wanted": job.wanted}
