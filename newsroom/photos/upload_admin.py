"""The photo desk in the admin: one picture or fifty at a time, each in a request of its own where scripts run."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from newsroom import policy
from newsroom.confirming import author
from newsroom.desk_pages import form_of, framed
from newsroom.photos import filing
from newsroom.photos.darkroom import orders
from newsroom.photos.forms import ACCEPTED
from newsroom.photos.intake import Note, Refused
from newsroom.photos.models import Photo, RenditionJob
from newsroom.photos.original_admin import progress
from newsroom.photos.receiving import content_of
from newsroom.refusals import is_key

AT_ONCE = 50

Outcome = dict[str, Any]


def urls(desk: admin.AdminSite) -> list[Any]:
    """The page of the upload, and what its script asks."""
    pages = {"upload": upload_page, "upload_one": _one, "upload_progress": _progress, "upload_make": _make}
    return [
        path(f"{name.replace('_', '/')}/", desk.admin_view(page), name=f"photos_photo_{name}")
        for name, page in pages.items()
    ]


def upload_page(request: HttpRequest) -> HttpResponse:
    """The page; without scripts it also takes all files in one go, and says what became of each."""
    _ask(request)
    uploads = cast("list[UploadedFile[bytes]]", request.FILES.getlist("file")) if request.method == "POST" else []
    context = {
        **framed(request, Photo, _("Upload pictures")),
        "accepted": ACCEPTED,
        "most": AT_ONCE,
        "outcomes": [_take_in(request, upload) for upload in uploads],
        "is_empty": request.method == "POST" and not uploads,
    }
    return TemplateResponse(request, "admin/photos/photo/upload.html", context)


@require_POST
def _one(request: HttpRequest) -> HttpResponse:
    """One file, answered in JSON; a refusal is final (422), anything else may be tried again."""
    _ask(request)
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        return JsonResponse({"state": "refused", "words": _("No file was sent: choose it again.")}, status=422)
    outcome = _take_in(request, upload)
    return JsonResponse(outcome, status=422 if outcome["state"] == "refused" else 200)


def _take_in(request: HttpRequest, upload: UploadedFile[bytes]) -> Outcome:
    """What became of the file, in words; it is examined before any transaction is open."""
    name = upload.name or ""
    try:
        filed = filing.file_upload(content_of(upload), by=author(request), at=timezone.now())
    except Refused as refused:
        return {"state": "refused", "file": name, "words": str(refused)}
    if filed.is_new:
        admin.site.get_model_admin(Photo).log_addition(request, filed.photo, [{"added": {}}])
    return {"file": name, **_said_of(filed)}


@require_GET
def _progress(request: HttpRequest) -> HttpResponse:
    """How far the versions of these photos are, and whether nobody seems to be at work on them."""
    _ask(request)
    keys = [int(key) for key in request.GET.getlist("photo")[:AT_ONCE] if is_key(key)]
    jobs = list(RenditionJob.objects.filter(photo__in=keys).order_by("photo"))
    words = {str(job.photo_id): progress(job) for job in jobs}
    states = {job.state for job in jobs if job.is_open}
    return JsonResponse({"photos": words, "is_over": not states, "is_idle": states == {RenditionJob.State.WAITING}})


@require_POST
def _make(request: HttpRequest) -> HttpResponse:
    """Fill one order, for a newsroom in which no worker runs; the page asks for it when nothing moves."""
    _ask(request)
    return JsonResponse({"made": orders.work(most=1)})


def _ask(request: HttpRequest) -> None:
    if not policy.can(request.user, "add", Photo):
        raise PermissionDenied


def _said_of(filed: filing.Filed) -> Outcome:
    notes = [str(Note(code).label) for code in filed.notes]
    if filed.is_new:
        state, words = "new", _("Filed: complete its caption and rights.")
    else:
        state, words = "known", filing.words_for_known(filed.photo)
    return {
        "state": state,
        "words": words,
        "photo": _linked(filed.photo),
        "notes": notes if filed.is_new else [],
        "alike": [_linked(photo) for photo in filed.alike],
    }


def _linked(photo: Photo) -> dict[str, str]:
    address = form_of(photo)
    return {"key": str(photo.pk), "name": str(photo) or photo.slug, "address": address}
