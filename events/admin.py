"""The diary in the admin: a meeting with its hosts, programme, people and words on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import CharField, Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from events.models import Appearance, Event, Hosting, Series, Session, Statement, Venue
from newsroom.admin import (
    DESK,
    PAGE,
    SHOWN_IN_PANELS,
    CountryFilter,
    OrderedRows,
    PlacedRows,
    RecordedHistoryAdmin,
    RecordingAdmin,
    RelatedFilter,
    in_words,
    panel,
)
from newsroom.pills import pill


def of_this_event(field: Any, request: HttpRequest, rows: QuerySet[Any]) -> Any:
    """A short list from the same event, read once for all rows of the form."""
    event = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
    field.queryset = rows.filter(event=event) if event.isdecimal() else rows.none()
    field.choices = [("", "---------"), *((row.pk, str(row)) for row in field.queryset)]
    return field


class Hostings(OrderedRows):
    model = Hosting
    fields = ["order", "organisation", "role"]
    autocomplete_fields = ["organisation"]
    select_related = ("organisation",)


class Sessions(PlacedRows):
    model = Session
    fields = ["order", "title", "summary", "starts_at", "ends_at", "room"]


class Appearances(OrderedRows):
    model = Appearance
    fields = [
        "order",
        "person",
        "role",
        "session",
        "talk_title",
        "name_as_printed",
        "title_as_printed",
        "position",
        "source",
        "desk_note",
    ]
    autocomplete_fields = ["person", "position", "source"]
    select_related = ("person", "session", "position__organisation", "source")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return of_this_event(field, request, Session.objects.all()) if db_field.name == "session" else field


class Statements(PlacedRows):
    model = Statement
    fields = ["order", "person", "organisation", "appearance", "text", "language", "source", "desk_note"]
    autocomplete_fields = ["person", "organisation", "source"]
    select_related = ("person", "organisation", "appearance__person", "source")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "appearance":
            return of_this_event(field, request, Appearance.objects.select_related("person"))
        return field


# Counted beside the rows rather than joined to them, so that the filters' counts need not group them.
_counted = (
    Appearance.objects.order_by().filter(event=OuterRef("pk")).values("event").annotate(Count("pk")).values("pk__count")
)


class HeldInFilter(CountryFilter):
    column = "held_in_country"


@admin.register(Event)
class EventAdmin(RecordedHistoryAdmin):
    list_display = ["name", "date", "state", "held_in", "appearance_count", "is_public"]
    list_filter = [
        "status",
        "is_public",
        "kind",
        "mode",
        "attribution",
        HeldInFilter,
        ("series", RelatedFilter),
        ("topics", RelatedFilter),
    ]
    search_fields = ["name", "native_name", "theme", "summary", "slug"]
    ordering = ["-starts_on_earliest", "-pk"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["uuid", "seen_in"]
    autocomplete_fields = ["venue", "series", "topics", "sources"]
    inlines = [Hostings, Sessions, Appearances, Statements]
    fieldsets = [
        (None, {"fields": ["name", "native_name", "theme", "summary", "topics"]}),
        (
            _("When"),
            {
                "description": _("As precise as the source, no more; clock times only where they are printed."),
                "fields": [("starts_on", "ends_on"), "date_as_printed", ("starts_at", "ends_at")],
            },
        ),
        (_("Where"), {"fields": ["mode", "venue", "country"]}),
        (
            _("Record"),
            {"fields": [("attendance", "attendance_is_about"), "recording_url", "recording_note", "sources"]},
        ),
        DESK,
        (_("State"), {"classes": ["side"], "fields": ["status", "attribution", "kind", "embargo_until"]}),
        (_("Series"), {"classes": ["side"], "fields": ["series", "number_in_series"]}),
        PAGE,
    ]
    panels = ((None, {"classes": ["seen"], "fields": ["seen_in"]}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Event]:
        events: QuerySet[Event] = super().get_queryset(request)
        return events.annotate(
            appearance_total=Coalesce(Subquery(_counted), 0),
            held_in_country=Coalesce(NullIf("country", Value("")), F("venue__country"), output_field=CharField()),
        )

    @admin.display(description=_("date"), ordering="starts_on_earliest")
    def date(self, event: Event) -> str:
        first, last = in_words(event.starts_on), in_words(event.ends_on)
        return f"{first} – {last}" if last else first

    @admin.display(description=_("status"), ordering="status")
    def state(self, event: Event) -> str:
        return pill(event.status, event.get_status_display())

    @admin.display(description=_("country"), ordering="held_in_country")
    def held_in(self, event: Any) -> str:
        return str(countries.name(event.held_in_country)) if event.held_in_country else ""

    @admin.display(description=_("people"), ordering="appearance_total")
    def appearance_count(self, event: Any) -> int:
        return int(event.appearance_total)

    @admin.display(description=_("Seen in"))
    def seen_in(self, event: Event) -> SafeString:
        shown = {
            _("Articles"): event.articles.order_by("-updated_at", "-pk")[:SHOWN_IN_PANELS],
            _("Photos"): event.photos.order_by("order_in_source", "pk")[:SHOWN_IN_PANELS],
        }
        return panel(shown, of=event)


@admin.register(Series)
class SeriesAdmin(RecordingAdmin):
    list_display = ["name", "organisation", "first_held"]
    list_select_related = ["organisation"]
    search_fields = ["name", "slug"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["organisation"]
    fieldsets = [(None, {"fields": ["name", "slug", "organisation", "since", "description"]})]

    @admin.display(description=_("since"), ordering="since_earliest")
    def first_held(self, series: Series) -> str:
        return in_words(series.since)


@admin.register(Venue)
class VenueAdmin(RecordingAdmin):
    list_display = ["__str__", "city", "country", "time_zone"]
    list_filter = [CountryFilter]
    search_fields = ["name", "city", "address", "slug"]
    ordering = ["name", "city", "pk"]
    prepopulated_fields = {"slug": ["name", "city"]}
    fieldsets = [
        (None, {"fields": ["name", "city", "country", "address", "slug"]}),
        (_("On the map and the clock"), {"fields": ["time_zone", ("latitude", "longitude")]}),
    ]
