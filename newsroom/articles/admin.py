"""The copy desk in the admin: the story on one page, and the verbs that bring it before readers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from newsroom import policy
from newsroom.admin import (
    DESK,
    SHOWN_IN_PANELS,
    OrderedRows,
    PlacedRows,
    RecordingAdmin,
    RelatedFilter,
)
from newsroom.articles import checks, story
from newsroom.articles.forms import ArticleForm
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse
from newsroom.articles.readiness import ReadinessAdmin, ReadinessFilter
from newsroom.articles.revisions_desk import RevisionsAdmin
from newsroom.articles.verbs import VerbAdmin, author, verbs_for
from newsroom.articles.work import WorkFilter
from newsroom.models import User
from newsroom.pills import pill

ASSIGNMENT = ["assigned_to", "due_on"]
TEXTS = [
    "headline",
    "standfirst",
    "dateline",
    "body",
    "events",
    "organisations",
    "sources",
    "desk_note",
    "kind",
    "language",
    "topics",
    "countries",
    "slug",
    "embargo_until",
    *ASSIGNMENT,
]


class Bylines(PlacedRows):
    model = Byline
    fields = ["order", "role", "person", "words"]
    autocomplete_fields = ["person"]
    select_related = ("person",)


class Mentions(OrderedRows):
    model = Mention
    fields = ["order", "person", "name_as_printed", "title_as_printed"]
    autocomplete_fields = ["person"]
    select_related = ("person",)


class PhotoUses(OrderedRows):
    model = PhotoUse
    act = "picture"
    fields = ["order", "photo", "caption", "alt_text", "is_lead", "is_decorative"]
    autocomplete_fields = ["photo"]
    select_related = ("photo",)


# Counted beside the rows rather than joined to them, so that the filters' counts need not group them.
_counted = (
    Edition.objects.order_by()
    .filter(article=OuterRef("pk"))
    .values("article")
    .annotate(Count("pk"))
    .values("pk__count")
)


@admin.register(Article)
class ArticleAdmin(VerbAdmin, RevisionsAdmin, ReadinessAdmin, RecordingAdmin):
    form = ArticleForm
    list_display = ["headline", "standing", "found", "kind", "language", "updated_at", "edition_count"]
    list_filter = [
        WorkFilter,
        "state",
        ReadinessFilter,
        "kind",
        "language",
        ("assigned_to", RelatedFilter),
        ("topics", RelatedFilter),
    ]
    search_fields = ["headline", "standfirst", "body", "slug"]
    ordering = ["-updated_at", "-pk"]
    prepopulated_fields = {"slug": ["headline"]}
    readonly_fields = ["uuid", "state", "readiness", "editions_so_far", "revisions_so_far"]
    autocomplete_fields = ["topics", "events", "organisations", "sources"]
    inlines = [Bylines, Mentions, PhotoUses]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "dateline", "body"]}),
        (_("In the story"), {"fields": ["events", "organisations", "sources"]}),
        DESK,
        (
            _("Publication"),
            {"classes": ["side"], "fields": ["state", "kind", "language", "topics", "countries", "slug", "uuid"]},
        ),
        (_("Work"), {"classes": ["side"], "fields": ["assigned_to", "due_on", "embargo_until"]}),
    ]
    panels = (
        (None, {"classes": ["side", "seen"], "fields": ["readiness"]}),
        (None, {"classes": ["side", "seen"], "fields": ["editions_so_far"]}),
        (None, {"classes": ["side", "seen"], "fields": ["revisions_so_far"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles.annotate(edition_total=Coalesce(Subquery(_counted), 0))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assigned_to":
            kwargs["queryset"] = User.objects.filter(is_active=True, is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever chooses its pictures may open the form too; the text is not theirs (`get_readonly_fields`)."""
        return policy.can(request.user, "picture", obj or Article)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fixed = [*super().get_readonly_fields(request, obj)]
        if not policy.can(request.user, "edit" if obj else "add", obj or Article):
            return [*fixed, *TEXTS]
        return fixed if policy.can(request.user, "assign", obj or Article) else [*fixed, *ASSIGNMENT]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_text_open = "slug" not in self.get_readonly_fields(request, obj)
        return super().get_prepopulated_fields(request, obj) if is_text_open else {}

    def view_on_site(self, row: Article) -> str | None:
        return row.get_absolute_url() if row.editions.visible(timezone.now()).exists() else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        story.keep(form.instance, by=author(request), at=timezone.now())
        checks.keep(form.instance, timezone.now())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the nonce that the prose editor's import map needs, and the verbs that may follow."""
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        context["verbs"] = verbs_for(request.user, kwargs.get("obj") or Article(created_by=author(request)))
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, article: Article) -> str:
        return pill(article.state, article.get_state_display())

    @admin.display(description=_("editions"), ordering="edition_total")
    def edition_count(self, article: Any) -> int:
        return int(article.edition_total)

    @admin.display(description=_("Editions"))
    def editions_so_far(self, article: Article) -> SafeString:
        editions = article.editions.select_related("published_by").defer("body", "story")[:SHOWN_IN_PANELS]
        return render_to_string("admin/articles/article/_editions.html", {"editions": editions})

    @admin.display(description=_("Revisions"))
    def revisions_so_far(self, article: Article) -> SafeString:
        revisions = article.revisions.select_related("saved_by").defer("story")[:SHOWN_IN_PANELS]
        return render_to_string("admin/articles/article/_revisions.html", {"revisions": revisions})
