"""Who's who in the admin: one record per person and organisation, whatever the spelling that one looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.admin import (
    DESK,
    PAGE,
    SHOWN_IN_PANELS,
    CountryFilter,
    RecordedHistoryAdmin,
    RecordingAdmin,
    RelatedFilter,
    Rows,
    in_words,
    panel,
)
from people.import_pages import Imported
from people.merge_pages import Merging
from people.models import Attestation, NameVariant, Organisation, Person, Position

SEEN_IN = ((None, {"classes": ["seen"], "fields": ["seen_in"]}),)


class Spellings(Rows):
    model = NameVariant
    fields = ["spelling", "script", "source"]
    autocomplete_fields = ["source"]
    select_related = ("source",)


class Positions(Rows):
    model = Position
    fields = ["title", "title_ko", "organisation", "starts_on", "ends_on"]
    autocomplete_fields = ["organisation"]
    select_related = ("organisation",)
    show_change_link = True


class Attestations(Rows):
    model = Attestation
    fields = ["seen_on", "title_as_printed", "source"]
    autocomplete_fields = ["source"]
    select_related = ("source",)


class NamedAdmin(Imported, Merging, RecordedHistoryAdmin):
    """Finds a record by every spelling of its name, and shows what names it."""

    readonly_fields = ["uuid", "seen_in"]
    panels = SEEN_IN
    search_help_text = _("Any spelling finds the record: Kim Sangbae, Sang-bae Kim, Kim Sang-bae.")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        by_letters, _duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term.strip():
            return by_letters, False
        return queryset.filter(Q(pk__in=by_letters.values("pk")) | self.alike(search_term)), False

    def alike(self, words: str) -> Q:
        """Which records the words may mean, whatever their letters."""
        return Q(pk__in=self.model._default_manager.named(words).values("pk"))


@admin.register(Person)
class PersonAdmin(NamedAdmin):
    list_display = ["__str__", "native_name", "latest_position", "is_public"]
    list_filter = ["is_public", ("native_name", admin.EmptyFieldListFilter), ("orcid", admin.EmptyFieldListFilter)]
    search_fields = ["family_name", "given_name", "native_name", "variants__spelling"]
    ordering = ["family_name", "given_name", "pk"]
    prepopulated_fields = {"slug": ["family_name", "given_name"]}
    inlines = [Spellings, Positions]
    fieldsets = [
        (None, {"fields": [("family_name", "given_name"), "name_order", "native_name", "biography"]}),
        DESK,
        PAGE,
        (_("Identifiers"), {"classes": ["side"], "fields": ["orcid", "wikidata"]}),
    ]

    def alike(self, words: str) -> Q:
        """A family name or a given name alone finds the person too: Sangbae, 상배."""
        return super().alike(words) | Q(pk__in=Person.objects.named_in_part(words).values("pk"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        people: QuerySet[Person] = super().get_queryset(request)
        return people.prefetch_related("positions__organisation")

    @admin.display(description=_("position, the latest known"))
    def latest_position(self, person: Person) -> str:
        positions = list(person.positions.all())
        return positions[-1].wording if positions else ""

    @admin.display(description=_("Seen in"))
    def seen_in(self, person: Person) -> SafeString:
        """Higher rooms are reached through their relations alone."""
        shown = {
            _("Events"): (row.event for row in person.appearances.select_related("event")[:SHOWN_IN_PANELS]),
            _("Articles"): (row.article for row in person.mentions.select_related("article")[:SHOWN_IN_PANELS]),
            _("Photos"): (row.photo for row in person.depictions.select_related("photo")[:SHOWN_IN_PANELS]),
            _("Merged into this"): person.merged.order_by("-pk")[:SHOWN_IN_PANELS],
        }
        return panel(shown, of=person)


@admin.register(Organisation)
class OrganisationAdmin(NamedAdmin):
    list_display = ["name", "short_name", "kind", "country", "parent", "is_public"]
    list_filter = ["is_public", "kind", CountryFilter]
    list_select_related = ["parent"]
    search_fields = ["name", "short_name", "native_name", "variants__spelling"]
    ordering = ["name", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]
    inlines = [Spellings]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "native_name", "kind", "country", "parent", "description"]}),
        DESK,
        PAGE,
        (_("Identifiers"), {"classes": ["side"], "fields": ["website", "ror", "wikidata"]}),
    ]

    @admin.display(description=_("Seen in"))
    def seen_in(self, organisation: Organisation) -> SafeString:
        people = organisation.positions.select_related("person").order_by("person__family_name", "pk")
        shown = {
            _("People"): dict.fromkeys(row.person for row in people[:SHOWN_IN_PANELS]),
            _("Events"): (row.event for row in organisation.hostings.select_related("event")[:SHOWN_IN_PANELS]),
            _("Articles"): organisation.articles.order_by("-updated_at", "-pk")[:SHOWN_IN_PANELS],
            _("Photos"): organisation.photos.order_by("-pk")[:SHOWN_IN_PANELS],
            _("Merged into this"): organisation.merged.order_by("-pk")[:SHOWN_IN_PANELS],
        }
        return panel(shown, of=organisation)


@admin.register(Position)
class PositionAdmin(RecordingAdmin):
    list_display = ["person", "title", "organisation", "begins", "ends"]
    list_display_links = ["title"]
    list_filter = [("organisation", RelatedFilter)]
    search_fields = [
        "title",
        "title_ko",
        "person__family_name",
        "person__given_name",
        "person__variants__spelling",
        "organisation__name",
        "organisation__short_name",
    ]
    ordering = ["person__family_name", "person__given_name", "starts_on_earliest", "pk"]
    autocomplete_fields = ["person", "organisation"]
    inlines = [Attestations]
    fieldsets = [(None, {"fields": ["person", "title", "title_ko", "organisation", "starts_on", "ends_on"]}), DESK]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Position]:
        positions: QuerySet[Position] = super().get_queryset(request)
        return positions.select_related("person", "organisation")

    def shown_in(self, row: Any) -> Iterable[Any]:
        return [row, row.person]

    @admin.display(description=_("from"), ordering="starts_on_earliest")
    def begins(self, position: Position) -> str:
        return in_words(position.starts_on)

    @admin.display(description=_("until"), ordering="ends_on_earliest")
    def ends(self, position: Position) -> str:
        return in_words(position.ends_on)
