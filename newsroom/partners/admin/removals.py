"""The admin of removals: which partners have processed each kill, takedown and withdrawal, and which are late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import changes
from newsroom.admin import ReadOnlyAdmin
from newsroom.partners.models import Partner, Removal
from newsroom.partners.propagation import Follower, followers
from newsroom.pills import pill


class ReasonFilter(admin.SimpleListFilter):
    """Kills stand first: they are what must not be late."""

    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        shown = ("killed", "taken-down", "withdrawn", "expired", "hidden", "deleted")
        labels = dict(Removal.Reason.choices)
        return [(reason, labels[reason]) for reason in shown]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(reason=self.value()) if self.value() else queryset


def _find_followers(removals: Iterable[Any]) -> None:
    """Each removal with its `followers`, in three queries however many they are."""
    head, now = changes.head(), timezone.now()
    partners = list(Partner.objects.exclude(mask=0).prefetch_related("acknowledgements"))
    for removal in removals:
        removal.followers = followers(removal, partners, head, now)


class FollowedList(ChangeList):
    """A page of removals, each with the partners that it concerns."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        _find_followers(self.result_list)


@admin.register(Removal)
class RemovalAdmin(ReadOnlyAdmin):
    list_display = ["seq", "kind", "object_id", "reason_pill", "note", "changed_at", "progress"]
    list_filter = [ReasonFilter, "kind"]
    ordering = ["-seq"]
    list_per_page = 50
    fields = ("kind", "object_id", "reason_pill", "note", "changed_at", "followers_of")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Removal]:
        """What somebody outside once had and nobody may have now."""
        return super().get_queryset(request).filter(mask=0).exclude(ever_mask=0).defer("document")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FollowedList

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        removal = super().get_object(request, object_id, from_field)
        if removal is not None:
            _find_followers([removal])
        return removal

    @admin.display(description=_("reason"))
    def reason_pill(self, removal: Removal) -> SafeString:
        if removal.replaced_by:
            return pill("hidden", _("merged"))
        return pill(removal.reason, removal.get_reason_display())

    @admin.display(description=_("processed"))
    def progress(self, removal: Any) -> str:
        found: list[Follower] = removal.followers
        if not found:
            return gettext("no partner had it")
        done = sum(one.has_processed for one in found)
        late = sum(one.is_late for one in found)
        said = gettext("%(done)d of %(all)d") % {"done": done, "all": len(found)}
        overdue = gettext("%(late)d late") % {"late": late}
        return f"{said}, {overdue}" if late else said

    @admin.display(description=_("partners"))
    def followers_of(self, removal: Any) -> str:
        return render_to_string("admin/partners/removal/_followers.html", {"followers": removal.followers})
