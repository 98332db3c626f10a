"""The photo desk in the admin: the page on which people are marked in a picture, by mouse or by keys."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from newsroom import changes, collisions, policy
from newsroom.desk_pages import framed
from newsroom.photos.depicting import marks
from newsroom.photos.depicting.forms import MarkFormSet, mark_forms
from newsroom.photos.depicting.places import places_of
from newsroom.photos.models import Photo
from newsroom.photos.original_admin import shown_at_the_desk
from newsroom.refusals import is_key

WIDTH = 1280


def urls(desk: admin.AdminSite) -> list[Any]:
    return [path("<str:key>/depict/", desk.admin_view(depict_page), name="photos_photo_depict")]


@admin.display(description=gettext_lazy("In words"))
def who_stands_where(photo: Photo) -> SafeString:
    depictions = list(marks.marked(photo))
    viewer = getattr(photo, "viewer", None)
    context = {
        "address": address_of(photo) if viewer and policy.can(viewer, "edit", photo) else "",
        "sentences": marks.sentences(photo, depictions),
        "doubts": marks.doubts_of(photo, depictions),
    }
    return render_to_string("admin/photos/_who_stands_where.html", context)


PLACES_PANEL: Any = (gettext_lazy("Who stands where"), {"classes": ["side"], "fields": [who_stands_where]})


@require_http_methods(["GET", "HEAD", "POST"])
def depict_page(request: HttpRequest, key: str) -> HttpResponse:
    photo = _photo_for(request, key)
    if request.method != "POST":
        return _page(request, photo, mark_forms()(instance=photo, queryset=marks.marked(photo)))
    with changes.recording():
        version = collisions.lock(photo)
        is_stale = collisions.typed_version(request.POST) != version
        sent = _with_rows_of_others(request.POST, photo) if is_stale else request.POST
        forms = mark_forms()(sent, instance=photo, queryset=marks.marked(photo))
        if forms.is_valid() and not is_stale:
            marks.keep(photo, forms.kept(), forms.gone(), at=timezone.now())
            admin.site.get_model_admin(Photo).log_change(request, photo, _("Marked who stands where."))
            messages.info(request, _("The marks are saved."))
            return HttpResponseRedirect(address_of(photo))
    return _page(request, photo, forms, stale_at=version if is_stale else None)


def _page(request: HttpRequest, photo: Photo, forms: MarkFormSet, *, stale_at: int | None = None) -> HttpResponse:
    """The page; what was typed and refused stands in it again."""
    depictions = list(marks.marked(photo))
    version = stale_at if stale_at is not None else request.POST.get(collisions.VERSION, photo.version)
    context = {
        **framed(request, Photo, _("Who stands where")),
        "subtitle": str(photo),
        "photo": photo,
        "picture": shown_at_the_desk(photo, WIDTH),
        "forms": forms,
        "media": Media(js=["admin/js/jquery.init.js"]) + forms.media,
        "version": version,
        "is_stale": stale_at is not None,
        "follows": forms.follows if forms.is_bound else _are_of_boxes(depictions),
        "sentences": marks.sentences(photo, depictions),
        "doubts": marks.doubts_of(photo, depictions),
    }
    status = 409 if stale_at is not None else 422 if forms.is_bound else 200
    return TemplateResponse(request, "admin/photos/depict.html", context, status=status)


def address_of(photo: Photo) -> str:
    return reverse("admin:photos_photo_depict", args=[photo.pk])


def _photo_for(request: HttpRequest, key: str) -> Photo:
    """Raises Http404 where there is none, PermissionDenied where it is not theirs to edit."""
    photo = Photo.objects.select_related("event").filter(pk=key).first() if is_key(key) else None
    if photo is None:
        raise Http404
    if not policy.can(request.user, "edit", photo):
        raise PermissionDenied
    return photo


def _with_rows_of_others(sent: QueryDict, photo: Photo) -> QueryDict:
    """What was typed, with the people whom somebody else marked or took out since this page was opened."""
    standing = mark_forms()(instance=photo, queryset=marks.marked(photo))
    rows = collisions.rows_of(standing, sent)
    return collisions.with_rows(sent, rows) if rows else sent


def _are_of_boxes(depictions: list[Any]) -> bool:
    """Whether every row and place is what the boxes say, so that a new box may count them anew."""
    boxed = [(one, box) for one in depictions if (box := marks.box_of(one))]
    by_boxes = places_of([box for _one, box in boxed])
    standing = [(one.row, one.place_from_left) for one, _box in boxed]
    are_unplaced = not any(one.row or one.place_from_left for one in depictions)
    return are_unplaced or (
        len(boxed) == len(depictions) and standing == [(place.row, place.from_left) for place in by_boxes]
    )
