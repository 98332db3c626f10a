"""The desk itself: the stock admin under the newsroom's name, with a first page of what waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from newsroom.desk import carrying, dashboard, open_forms

ViewT = TypeVar("ViewT", bound=Callable[..., HttpResponseBase])

ROOMS = ("articles", "events", "people", "photos", "newsroom", "partners", "auth")
ON_THE_BAR = ("Article", "Event", "Person", "Organisation", "Photo", "Topic", "Source")
SHORTCUTS = {
    "Article": _("New article"),
    "Event": _("New event"),
    "Photo": _("New photo"),
    "Person": _("New person"),
}


class Desk(AdminSite):
    site_header = format_lazy(_("{newsroom} desk"), newsroom=settings.NEWSROOM_NAME)
    site_title = site_header
    index_title = _("What waits for you")
    enable_nav_sidebar = False  # the bar on top leads to the same rooms and leaves forms their width

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Rooms in the editor's order, in each the records in the order in which its admin registers them."""
        rooms = super().get_app_list(request, app_label)
        registered = list(self._registry)
        for room in rooms:
            room["models"].sort(key=lambda entry: registered.index(entry["model"]))
        return sorted(rooms, key=lambda room: _place(ROOMS, room["app_label"]))

    def get_urls(self) -> list[Any]:
        # Only now: they import the rooms' admins, which register here.
        from newsroom.desk import calendar, letters, palette, paste, previews, reports

        beside = [address for room in (previews, calendar, palette, paste, letters, reports) for address in room.urls()]
        return [*beside, *open_forms.urls(self), *filter(_tells_no_address, super().get_urls())]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """As stock, with what a form held that was sent after its session had ended."""
        carried = {"carried": request.POST.get("carried", "")}
        answer = super().login(request, {**carried, **(extra_context or {})})
        if request.method == "POST" and self.has_permission(request):
            return carrying.deliver(self, request) or answer
        return answer

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        return {**context, "bar": _entries(context["available_apps"], ON_THE_BAR, "admin_url")}

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        rooms = self.get_app_list(request)
        shortcuts = [
            {"label": SHORTCUTS[entry["object_name"]], "address": entry["add_url"]}
            for entry in _entries(rooms, tuple(SHORTCUTS), "add_url")
        ]
        context = {"panels": self._panels(request), "shortcuts": shortcuts}
        return super().index(request, {**context, **(extra_context or {})})

    def admin_view(self, view: ViewT, cacheable: bool = False) -> ViewT:
        """As stock, but what is refused or not found is said in the desk's own words and place."""
        inner = super().admin_view(view, cacheable)

        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                _refuse_nul(request)
                if door := carrying.door(self, request):
                    return door
                return inner(request, *args, **kwargs)
            except BadRequest:
                return self._refusal(request, 400, _("Not readable"))
            except Http404:
                return self._refusal(request, 404, _("Not found"))
            except PermissionDenied:
                return self._refusal(request, 403, _("Not yours to open"))

        return cast(ViewT, update_wrapper(answer, inner))

    def _refusal(self, request: HttpRequest, status: int, title: Any) -> TemplateResponse:
        context = {**self.each_context(request), "title": title}
        response = TemplateResponse(request, f"admin/{status}.html", context, status=status)
        add_never_cache_headers(response)
        return response

    def _panels(self, request: HttpRequest) -> list[dict[str, Any]]:
        shown = dashboard.panels(request.user, timezone.localdate())  # type: ignore[arg-type]  # nobody else gets here
        return [
            {"panel": panel, "address": self._list_address(panel.model)}
            for panel in shown
            if self._may_view(request, panel.model)
        ]

    def _may_view(self, request: HttpRequest, model: type[Model]) -> bool:
        return self.is_registered(model) and self.get_model_admin(model).has_view_permission(request)

    def _list_address(self, model: type[Model]) -> str:
        label = model._meta.label_lower.replace(".", "_")
        return reverse(f"admin:{label}_changelist", current_app=self.name)


def _tells_no_address(pattern: Any) -> bool:
    """All but the stock way from a number to a page, which would tell anybody the slug of any draft."""
    return getattr(pattern, "name", None) != "view_on_site"


def _refuse_nul(request: HttpRequest) -> None:
    """No text of ours has this character, and PostgreSQL takes none that has: it is an error before any query."""
    if any("\0" in text for values in request.GET.lists() for text in (values[0], *values[1])):
        raise BadRequest


def _entries(rooms: list[Any], names: tuple[str, ...], address: str) -> list[Any]:
    """The records of these names, in their order, as far as this user may follow the address."""
    found = {entry["object_name"]: entry for room in rooms for entry in room["models"]}
    return [found[name] for name in names if name in found and found[name][address]]


def _place(order: tuple[str, ...], name: str) -> int:
    return order.index(name) if name in order else len(order)
