"""The bottom shelf's trash in the admin: what is deleted goes there, and what lies there opens to be looked at only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import parts, policy, trash
from newsroom.confirming import Confirming, Verb, address_of, of_each
from newsroom.desk_pages import page_of
from newsroom.models import Kept
from newsroom.refusals import is_key


def _what_readers_lose(row: Any) -> str:
    if not getattr(row, "is_public", False):
        return ""
    return gettext("“%(row)s” is public: readers and partners lose it at once.") % {"row": row}


def _how_it_returns(row: Any) -> str:
    if not hasattr(row, "is_public"):
        return ""
    return gettext("“%(row)s” comes back hidden: make it public again when it is ready.") % {"row": row}


def _that_it_is_final(row: Any) -> str:
    return gettext("“%(row)s” and all that belongs to it alone is lost: nobody can bring it back.") % {"row": row}


def _whose_trash(row: Any) -> str:
    if policy.is_merged(row):
        words = gettext("This was merged into “%(record)s”, which has everything of it: it can be looked at, no more.")
        return words % {"record": row.merged_into}
    if row.trashed_by is None:
        return gettext("This lies in the trash: it can be looked at, no more.")
    return gettext("%(user)s put this into the trash: it can be looked at, no more.") % {"user": row.trashed_by}


def _list_of(row: Any) -> str:
    return page_of(row, "changelist")


def _purge(row: Any, **how: Any) -> Any:
    trash.purge(row, **how)
    return row


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "trash",
            trash.discard,
            forms.Form,
            _("Put into the trash…"),
            _("Put the selected %(verbose_name_plural)s into the trash…"),
            _("Put into the trash?"),
            _("“%(row)s” lies in the trash."),
            of_each(_what_readers_lose),
            trash.pointing_at,
        ),
        Verb(
            "restore",
            trash.restore,
            forms.Form,
            _("Bring back…"),
            _("Bring back the selected %(verbose_name_plural)s…"),
            _("Bring back from the trash?"),
            _("“%(row)s” is back."),
            of_each(_how_it_returns),
            is_for_trash=True,
        ),
        Verb(
            "purge",
            _purge,
            forms.Form,
            _("Delete for good…"),
            _("Delete the selected %(verbose_name_plural)s for good…"),
            _("Delete for good?"),
            _("“%(row)s” is deleted."),
            of_each(_that_it_is_final),
            trash.pointing_at,
            is_for_trash=True,
            leads_to=_list_of,
        ),
    )
}


class TrashFilter(admin.SimpleListFilter):
    """What is at work, or what lies in the trash; never both, and never counted."""

    title = _("trash")
    parameter_name = "trash"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("In the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(trashed_at__isnull=self.value() != "yes")

    def choices(self, changelist: Any) -> Iterator[Any]:
        is_on = self.value() == "yes"
        others = changelist.get_query_string(remove=[self.parameter_name, "p"])
        yield {"selected": not is_on, "query_string": others, "display": _("On the desk")}
        trashed = changelist.get_query_string({self.parameter_name: "yes"}, ["p"])
        yield {"selected": is_on, "query_string": trashed, "display": _("In the trash")}


class Trashing(Confirming):
    """Deleting is putting into the trash; pickers leave out what lies there."""

    verbs: ClassVar[Mapping[str, Verb]] = VERBS

    def is_kept(self) -> bool:
        return issubclass(self.model, Kept)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What the user finds in the list; a picker offers only what they may read, and nothing out of the trash."""
        rows: QuerySet[Any] = super().get_queryset(request)
        match = request.resolver_match
        if match is None or match.url_name != "autocomplete":
            return policy.listed_for(request.user, rows)
        readable = policy.seen_by(request.user, rows)
        if parts.is_asked_for(request):
            return policy.edited_by(request.user, readable)
        return readable.filter(trashed_at=None) if self.is_kept() else readable

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return [*filters, TrashFilter] if self.is_kept() else filters

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        act = "purge" if obj and policy.is_trashed(obj) else "trash"
        return policy.can(request.user, act, obj or self.model)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.is_kept():
            return super().delete_view(request, object_id, extra_context)
        row = self.get_object(request, unquote(object_id)) if is_key(object_id) else None
        if row is None:
            raise Http404
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        return HttpResponseRedirect(address_of("purge" if policy.is_trashed(row) else "trash", [row], self.model))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and policy.is_trashed(row):
            context["ways_out"] = self._ways_out(request, row)
            self.message_user(request, _whose_trash(row), messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    def _ways_out(self, request: HttpRequest, row: Model) -> list[dict[str, Any]]:
        """What this user may do with a record that lies in the trash."""
        return [
            {"label": verb.button, "address": address_of(verb.name, [row], self.model)}
            for verb in self.verbs.values()
            if verb.is_for_trash and policy.can(request.user, verb.name, row)
        ]
