"""The copy desk's way to pictures: the library looked through beside a story, by words, by names, by photographer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from newsroom import policy
from newsroom.articles import placing
from newsroom.articles.doors import story_for
from newsroom.articles.models import Article
from newsroom.confirming import author
from newsroom.desk_pages import form_of, framed
from newsroom.markup import PUBLIC_ID
from newsroom.photos import filing
from newsroom.photos.forms import ACCEPTED
from newsroom.photos.intake import Refused
from newsroom.photos.library import Card, LibraryForm, cards, floor_of, found, with_cards
from newsroom.photos.models import Depiction, Photo
from newsroom.photos.receiving import content_of
from newsroom.refusals import is_key
from people.models import Person

ON_THE_SHELF = 24
LONGEST_SEARCH = 200


def urls(desk: admin.AdminSite) -> list[Any]:
    guarded = desk.admin_view
    return [
        path("photographs/", guarded(shelf), name="articles_article_photographs"),
        path("<str:key>/photographs/", guarded(choose), name="articles_article_choose"),
    ]


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """The photos that are asked for, by key or public id; else those that a search finds, the latest filed first."""
    if not policy.can(request.user, "picture", Article):
        raise PermissionDenied
    return render(request, "admin/articles/photographs/_shelf.html", _shelf(request))


def _shelf(request: HttpRequest) -> dict[str, Any]:
    if not policy.can(request.user, "list", Photo):
        raise PermissionDenied
    named = _named(request)
    photos = policy.seen_by(request.user, _found(request) if named is None else named)
    rows = list(photos.order_by("-pk")[: ON_THE_SHELF + 1] if named is None else photos)
    return {"cards": _cards(request, rows[:ON_THE_SHELF] if named is None else rows), "has_more": rows[ON_THE_SHELF:]}


def _cards(request: HttpRequest, photos: list[Photo]) -> list[Card]:
    return cards(request.user, with_cards(photos), timezone.now()) if photos else []


def _named(request: HttpRequest) -> QuerySet[Photo] | None:
    """The photos that the address names; None where it names none. What lies in the trash still is a story's own."""
    ids = [one for one in request.GET.getlist("id") if PUBLIC_ID.fullmatch(one)]
    keys = [one for one in request.GET.getlist("photo") if is_key(one)]
    if not {"id", "photo"} & request.GET.keys():
        return None
    return Photo.objects.filter(uuid__in=map(UUID, ids)) | Photo.objects.filter(pk__in=keys)


def _found(request: HttpRequest) -> QuerySet[Photo]:
    """By words of the caption, by somebody shown, or by who took it: no index leads to all of these at once."""
    words = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    form = LibraryForm({"q": words})
    photos = found(form.cleaned_data, timezone.now()) if form.is_valid() else Photo.objects.none()
    if not words:
        return photos
    people = _people(words).values("pk")
    shown = Depiction.objects.filter(person__in=people).values("photo")
    named = Photo.objects.filter(Q(photographer__in=people) | Q(pk__in=shown), trashed_at=None)
    return (photos | named).filter(pk__gt=floor_of(form.cleaned_data))


def _people(words: str) -> QuerySet[Person]:
    """Those of this name in whatever romanisation, and those whose names begin so: one may be typing still."""
    begun = Q()
    for word in words.split():
        begun &= Q(family_name__istartswith=word) | Q(given_name__istartswith=word) | Q(native_name__istartswith=word)
    known = [Person.objects.named(words), Person.objects.named_in_part(words)]
    return Person.objects.filter(begun | Q(pk__in=known[0].values("pk")) | Q(pk__in=known[1].values("pk")))


# Without scripts


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """A page on which photos are ticked or sent, and become the story's."""
    article = story_for(request, key, "picture")
    if request.method == "POST":
        ticked = [one for one in request.POST.getlist("photo") if is_key(one)]
        chosen = [*policy.seen_by(request.user, Photo.objects.filter(trashed_at=None, pk__in=ticked)), *_sent(request)]
        if chosen:
            return _add(request, article, chosen)
        if not request.FILES:
            messages.error(request, _("Nothing was chosen: tick a photo, or choose a file to send."))
    context = {
        **framed(request, Article, _("Choose photos")),
        **_shelf(request),
        "article": article,
        "q": request.GET.get("q", ""),
        "accepted": ACCEPTED if policy.can(request.user, "add", Photo) else "",
        "boxes": True,
    }
    return TemplateResponse(request, "admin/articles/photographs/choose.html", context)


def _add(request: HttpRequest, article: Article, chosen: list[Photo]) -> HttpResponse:
    try:
        number = placing.add(article, chosen, by=author(request), at=timezone.now())
    except policy.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(number)s photo was added.", "%(number)s photos were added.", number)
        messages.success(request, said % {"number": number})
    return HttpResponseRedirect(form_of(article) + "#photo_uses-group")


def _sent(request: HttpRequest) -> Iterator[Photo]:
    """The photos made of the files that were sent, each examined before any transaction is open."""
    uploads = cast("list[UploadedFile[bytes]]", request.FILES.getlist("file"))
    if uploads and not policy.can(request.user, "add", Photo):
        raise PermissionDenied
    for upload in uploads:
        try:
            filed = filing.file_upload(content_of(upload), by=author(request), at=timezone.now())
        except Refused as refused:
            messages.error(request, f"{upload.name}: {refused}")
            continue
        if filed.is_new:
            admin.site.get_model_admin(Photo).log_addition(request, filed.photo, [{"added": {}}])
        if filed.photo.is_trashed:
            messages.error(request, _("%(file)s: this very picture lies in the trash.") % {"file": upload.name})
            continue
        yield filed.photo
