"""The desk's open forms: where a browser leaves what is being typed, and says who has a record open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.urls import ResolverMatch, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from newsroom import collisions, presence, unsaved
from newsroom.desk_pages import name_of
from newsroom.models import User

GONE_ON = 409  # the form is of somebody who was signed in here before


@dataclass(frozen=True)
class OpenForm:
    """A form of the desk: of one record, or of one to be added (`key` is empty)."""

    label: str
    key: str
    row: Any

    @property
    def address(self) -> str:
        page, keys = ("change", [self.key]) if self.key else ("add", [])
        return reverse(f"admin:{self.label.replace('.', '_')}_{page}", args=keys)

    def drawer_of(self, user: User) -> unsaved.Drawer:
        return unsaved.Drawer(user, self.label, self.key)


def urls(desk: AdminSite) -> list[Any]:
    return [
        path("open/typed/", desk.admin_view(partial(typed, desk)), name="typed"),
        path("open/present/", desk.admin_view(partial(present, desk)), name="present"),
    ]


def typed(desk: AdminSite, request: HttpRequest) -> HttpResponse:
    """Keep what stands in a form, or drop it (`_discard`); asked by GET, a token for forms that outlived a session."""
    if request.method != "POST":
        return JsonResponse({"user": str(request.user.pk), "token": get_token(request)})
    form = form_of(desk, request, request.GET.get("form", ""), request.GET.get("id", ""))
    user = cast(User, request.user)
    if request.GET.get("user", str(user.pk) if "_discard" in request.POST else "") != str(user.pk):
        return JsonResponse({}, status=GONE_ON)
    if "_discard" in request.POST:
        return _discard(request, form, user)
    return JsonResponse({}, status=200 if _keep(request, form, user) else 413)


def _keep(request: HttpRequest, form: OpenForm, user: User) -> bool:
    fields = unsaved.fields_of(request.POST)
    return settings.AUTOSAVE and form.drawer_of(user).keep(fields, at=timezone.now())


def _discard(request: HttpRequest, form: OpenForm, user: User) -> HttpResponse:
    """Drop the text of one window. Without a script the form itself is sent along: what stands in it is kept."""
    slot = request.GET.get("slot", "")
    form.drawer_of(user).forget(slot)
    if request.POST.get(unsaved.SLOT, slot) != slot:
        _keep(request, form, user)
    return JsonResponse({}) if "user" in request.GET else HttpResponseRedirect(form.address)


def present(desk: AdminSite, request: HttpRequest) -> HttpResponse:
    """Note that somebody has a record open, or has left it (`leave`); tells who else has."""
    if request.method != "POST":
        return JsonResponse({}, status=405)
    form = form_of(desk, request, request.GET.get("form", ""), request.GET.get("id", ""))
    user = cast(User, request.user)
    if not form.key:
        raise Http404
    if "leave" in request.POST:
        presence.leave(user, form.label, form.key)
        return JsonResponse({})
    others = presence.attend(user, form.label, form.key, at=timezone.now())
    return JsonResponse({"others": [_in_words(one) for one in others], "saved": _saved(request, form.row)})


def _in_words(one: Any) -> str:
    since = date_format(localtime(one.since), "TIME_FORMAT")
    return gettext("%(name)s has this open too, since %(time)s.") % {"name": one.user, "time": since}


def _saved(request: HttpRequest, row: Model) -> str:
    """A word while there is still little to compare: the record was saved after the form was opened."""
    version = getattr(row, "version", None)
    if version is None or collisions.typed_version(request.POST) in {None, version}:
        return ""
    last = collisions.last_saving(row)
    saved = gettext("Saved by somebody else since you opened it: your next save will show both texts.")
    return f"{last.by}: {saved}" if last else saved


def form_of(desk: AdminSite, request: HttpRequest, label: str, key: str) -> OpenForm:
    """The form of that name, if there is one and this user may fill it in."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not desk.is_registered(model):
        raise Http404
    room = desk.get_model_admin(model)
    row = room.get_object(request, key) if key else None
    if key and row is None:
        raise Http404
    if not (room.has_change_permission(request, row) if key else room.has_add_permission(request)):
        raise PermissionDenied
    return OpenForm(model._meta.label_lower, str(row.pk) if row else "", row)


def model_at(desk: AdminSite, page: ResolverMatch) -> type[Model] | None:
    """The model whose form is on this page, if one is."""
    return _forms(desk).get(page.url_name or "")


def _forms(desk: AdminSite) -> dict[str, type[Model]]:
    """`articles_article_change` is a form of `Article`."""
    return {name_of(model, page): model for model in desk._registry for page in ("add", "change")}
