"""The photo desk's library: photos as a grid, looked through by who, what and whose; collections; a sheet to print."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import policy
from newsroom.desk_pages import framed
from newsroom.forms import KnowingAutocomplete
from newsroom.photos.models import Depiction, Lease, Photo, Rendition
from newsroom.photos.models.words import saying
from newsroom.photos.rights import NOTICE, Remark, remarks
from newsroom.refusals import is_key
from people.models import Person

ON_A_PAGE = 48
EVENTS_ON_A_PAGE = 50
MOST_USES = 5
WINDOW = 20_000  # photos that one page looks through where no index can tell which ones are meant
CARD = 320
ANY = [("", gettext_lazy("any"))]
SHAPES: dict[str, tuple[Any, Q]] = {
    "landscape": (gettext_lazy("landscape"), Q(width__gt=F("height"))),
    "portrait": (pgettext_lazy("higher than wide", "portrait"), Q(width__lt=F("height"))),
    "square": (gettext_lazy("square"), Q(width=F("height"))),
}


def _one(model: Any, name: str, label: Any) -> forms.ModelChoiceField[Any]:
    widget = KnowingAutocomplete(model._meta.get_field(name), admin.site)
    choices = model._meta.get_field(name).related_model._default_manager.all()
    return forms.ModelChoiceField(choices, label=label, required=False, widget=widget)


class LibraryForm(forms.Form):
    """What to look for; each empty field asks for nothing."""

    q = forms.CharField(label=gettext_lazy("Words or names"), max_length=200, required=False)
    event = _one(Photo, "event", gettext_lazy("Event"))
    person = _one(Depiction, "person", gettext_lazy("Person shown"))
    photographer = _one(Photo, "photographer", gettext_lazy("Photographer"))
    rights = forms.ChoiceField(label=gettext_lazy("Rights"), choices=[*ANY, *Photo.Rights.choices], required=False)
    shape = forms.ChoiceField(
        label=gettext_lazy("Orientation"),
        choices=[*ANY, *((name, label) for name, (label, _where) in SHAPES.items())],
        required=False,
    )
    unused = forms.BooleanField(label=gettext_lazy("in no story"), required=False)
    expiring = forms.BooleanField(label=gettext_lazy("lease ends soon"), required=False)


@dataclass(frozen=True)
class Card:
    """One photo in the grid."""

    photo: Photo
    picture: str
    names: list[str]
    remarks: list[Remark]
    uses: list[Any]
    other_uses: int


def urls(desk: admin.AdminSite) -> list[Any]:
    """The grid, the collections by event and the contact sheet."""
    return [
        path("library/", desk.admin_view(library_page), name="photos_photo_library"),
        path("collections/", desk.admin_view(collections_page), name="photos_photo_collections"),
    ]


@require_safe
def library_page(request: HttpRequest) -> HttpResponse:
    """A page of the photos asked for, the latest filed first; `?sheet=1` is the same to print."""
    _ask(request)
    now, form = timezone.now(), LibraryForm(request.GET)
    asked, before = form.cleaned_data if form.is_valid() else {}, request.GET.get("before", "")
    floor = floor_of(asked, before) if asked else 0
    photos = found(asked, now, floor=floor) if asked else Photo.objects.none()
    rows, older = _page(policy.seen_by(request.user, photos), before, ON_A_PAGE, floor=floor)
    context = {
        **framed(request, Photo, _("Library")),
        "form": form,
        "media": Media(js=["admin/js/jquery.init.js"]) + form.media,
        "cards": cards(request.user, with_cards(rows), now),
        "older": _address(request, before=str(older)) if older else "",
        "window": f"{WINDOW:,}" if older and len(rows) < ON_A_PAGE else "",
        "newest": _address(request, before="") if request.GET.get("before") else "",
        "sheet": _address(request, sheet="1"),
        "grid": _address(request, sheet=""),
        "can_edit": policy.can(request.user, "edit", Photo),
        "printed_on": timezone.localdate(),
    }
    name = "sheet" if request.GET.get("sheet") else "library"
    return TemplateResponse(request, f"admin/photos/{name}.html", context)


@require_safe
def collections_page(request: HttpRequest) -> HttpResponse:
    """Events with the number of their photos, the latest filed first; each leads to its part of the library."""
    _ask(request)
    if not policy.can(request.user, "list", Event):
        raise PermissionDenied
    with_photos = Exists(Photo.objects.filter(event=OuterRef("pk"), trashed_at=None))
    events = policy.seen_by(request.user, Event.objects.filter(with_photos, trashed_at=None))
    before = request.GET.get("before", "")
    rows, older = _page(events, before, EVENTS_ON_A_PAGE, floor=_floor(Event.objects.all(), before))
    ours = Photo.objects.filter(event__in=[event.pk for event in rows], trashed_at=None).order_by()
    counts = dict(ours.values_list("event").annotate(Count("pk")))
    context = {
        **framed(request, Photo, _("Collections by event")),
        "events": [(event, counts[event.pk]) for event in rows],
        "older": _address(request, before=str(older)) if older else "",
    }
    return TemplateResponse(request, "admin/photos/collections.html", context)


def floor_of(asked: dict[str, Any], before: str = "") -> int:
    """The key down to which photos are looked at one by one: 0 where an index leads to them, or any will do."""
    is_led = any(asked[name] for name in ("event", "person", "photographer", "expiring"))
    is_looked_for = asked["q"].strip() or asked["rights"] or asked["shape"] or asked["unused"]
    return _floor(Photo.objects.all(), before) if is_looked_for and not is_led else 0


def found(asked: dict[str, Any], at: dt.datetime, *, floor: int | None = None) -> QuerySet[Photo]:
    """The photos on the desk that answer all that is asked, among those above the floor: the newest by default."""
    photos = _answering(asked, at)
    floor = floor_of(asked) if floor is None else floor
    return photos.filter(pk__gt=floor) if floor else photos


def _answering(asked: dict[str, Any], at: dt.datetime) -> QuerySet[Photo]:
    exact = {name: asked[name] for name in ("event", "photographer", "rights") if asked[name]}
    photos = Photo.objects.filter(trashed_at=None, **exact)
    if asked["q"].strip():
        photos = photos.filter(_saying(asked["q"].strip()))
    if asked["person"]:
        photos = photos.filter(pk__in=Depiction.objects.filter(person=asked["person"]).values("photo"))
    if asked["shape"]:
        photos = photos.filter(SHAPES[asked["shape"]][1])
    if asked["unused"]:
        photos = photos.filter(uses__isnull=True)
    return photos.filter(pk__in=_ending(at)) if asked["expiring"] else photos


def with_cards(photos: Iterable[Photo]) -> QuerySet[Photo]:
    """These with all that their cards show, in a fixed number of queries."""
    rows = Photo.objects.filter(pk__in=[photo.pk for photo in photos]).order_by("-pk")
    return rows.select_related("event", "photographer").prefetch_related(
        "leases", "renditions", "depictions__person", "uses__article"
    )


def cards(user: Any, photos: Iterable[Photo], at: dt.datetime) -> list[Card]:
    """Stories that the user may not read are counted and not named."""
    shown = list(photos)
    used: dict[int, list[Any]] = {photo.pk: [use.article for use in _uses(photo)] for photo in shown}
    legible = set(policy.legible(user, [story for stories in used.values() for story in stories]))
    return [_card(photo, used[photo.pk], legible, at) for photo in shown]


def _uses(photo: Any) -> list[Any]:
    return list(photo.uses.all())


def _card(photo: Photo, stories: list[Any], legible: set[Any], at: dt.datetime) -> Card:
    named = [story for story in stories if story in legible][:MOST_USES]
    return Card(
        photo=photo,
        picture=_picture(photo),
        names=[one.name_as_printed or one.person.name for one in photo.depictions.all()],
        remarks=remarks(photo, at, uses=len(stories)),
        uses=named,
        other_uses=len(stories) - len(named),
    )


def _picture(photo: Photo) -> str:
    """The photograph itself, whatever its rights: this is the desk. Empty where there is none."""
    whole = [
        one
        for one in photo.renditions.all()
        if not one.is_placeholder and not one.crop and one.format == Rendition.Format.WEBP
    ]
    if not whole:
        return ""
    version = next((one for one in whole if one.width >= CARD), whole[-1])
    return f"{reverse('admin:photos_photo_picture', args=[photo.pk])}?width={version.width}&file={version.file}"


def _saying(words: str) -> Q:
    """In the words of the record, folded or letter by letter; or of somebody shown, under any spelling of the name."""
    people = Person.objects.named(words).values("pk")
    named = Depiction.objects.filter(person__in=people).values("photo")
    printed = Depiction.objects.filter(photo=OuterRef("pk"), name_as_printed__icontains=words)
    said = [Q((f"{field}__icontains", words)) for field in ("headline", "description", "credit_line", "slug")]
    folded = [asked] if (asked := saying(words)) else []
    return reduce(or_, [Q(pk__in=named), Q(Exists(printed)), *said, *folded])


def _ending(at: dt.datetime) -> QuerySet[Any, Any]:
    ends = {"ends_at__gt": at, "ends_at__lte": at + NOTICE}
    return Lease.objects.filter(effect=Lease.Effect.ALLOW, scope=Lease.Scope.USE, **ends).order_by().values("photo")


def _floor(rows: QuerySet[Any], before: str) -> int:
    """The key below which a page does not look: it leads on to where the next one begins to."""
    top = int(before) if is_key(before) else rows.order_by("-pk").values_list("pk", flat=True).first() or 0
    return max(0, top - WINDOW)


def _page(rows: QuerySet[Any], before: str, size: int, *, floor: int = 0) -> tuple[list[Any], int | None]:
    """The rows after a place in the list, and the place where the next ones begin; None where there are none."""
    if is_key(before):
        rows = rows.filter(pk__lt=before)
    if floor:
        rows = rows.filter(pk__gt=floor)
    page = list(rows.order_by("-pk")[: size + 1])
    if len(page) > size:
        return page[:size], page[size - 1].pk
    return page, floor + 1 if floor else None


def _address(request: HttpRequest, **over: str) -> str:
    query = request.GET.copy()
    for name, value in over.items():
        query[name] = value
        if not value:
            del query[name]
    return f"?{query.urlencode()}"


def _ask(request: HttpRequest) -> None:
    if not policy.can(request.user, "list", Photo):
        raise PermissionDenied
