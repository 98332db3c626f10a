"""The copy desk in the admin: the story on one page, and the verbs that bring it before readers."""

from __future__ import annotations

from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
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
from newsroom.articles import (
    beforehand,
    checks,
    notices,
    picking,
    placing,
    readiness,
    revisions_desk,
    story,
    talk_views,
    translations_desk,
    verbs,
)
from newsroom.articles.forms import ArticleForm
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.articles.translations import with_newest
from newsroom.articles.wording import ACTS
from newsroom.articles.work import WorkFilter
from newsroom.confirming import Verb, address_of, author
from newsroom.markup import safe
from newsroom.models import User
from newsroom.photos.models import Photo
from newsroom.pills import pill

ASSIGNMENT = ["assigned_to", "due_on"]
LONG = ("standfirst", "body", "desk_note", "findings")  # what no list shows
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


def _beside(*panels: Any) -> tuple[Any, ...]:
    """Fieldsets of the side column that show what is known of the story."""
    return tuple((None, {"classes": ["side", "seen"], "fields": [panel]}) for panel in panels)


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
    template = "admin/articles/article/photo_uses.html"
    fields = ["order", "photo", "caption", "alt_text", "is_lead", "is_decorative"]
    autocomplete_fields = ["photo"]
    select_related = ("photo",)


@admin.register(Article)
class ArticleAdmin(RecordingAdmin):
    verbs = {**verbs.VERBS, **RecordingAdmin.verbs}
    form = ArticleForm
    list_display = [
        "headline",
        "standing",
        "due_on",
        "assigned_to",
        readiness.found,
        "kind",
        "language",
        translations_desk.translated,
        "updated_at",
    ]
    list_select_related = ["assigned_to", "translation"]
    list_filter = [
        WorkFilter,
        "state",
        readiness.ReadinessFilter,
        "kind",
        "language",
        translations_desk.TranslationFilter,
        ("assigned_to", RelatedFilter),
        ("topics", RelatedFilter),
    ]
    search_fields = ["headline", "standfirst", "body", "slug"]
    ordering = ["-updated_at", "-pk"]
    prepopulated_fields = {"slug": ["headline"]}
    readonly_fields: ClassVar[Any] = [
        "uuid",
        "state",
        readiness.readiness,
        translations_desk.in_other_languages,
        "steps_so_far",
        talk_views.comments_so_far,
        talk_views.previews_so_far,
        "editions_so_far",
        "revisions_so_far",
    ]
    autocomplete_fields = ["topics", "events", "organisations", "sources"]
    inlines = [Bylines, Mentions, PhotoUses, translations_desk.Translations]
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
    panels = _beside(
        "steps_so_far",
        talk_views.comments_so_far,
        talk_views.previews_so_far,
        "editions_so_far",
        "revisions_so_far",
    )

    class Media:
        js: ClassVar[list[Any]] = [forms.Script("desk/readiness.js", defer=True)]

    def get_urls(self) -> list[Any]:
        pages = (room.urls(self.admin_site) for room in (verbs, revisions_desk, readiness, talk_views, picking))
        return [*chain(*pages), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """The list learns in its one query which translations have fallen behind, the form whether there is any."""
        articles: QuerySet[Article] = super().get_queryset(request)
        match = request.resolver_match
        if match and match.url_name == "articles_article_changelist":
            return with_newest(articles.defer(*LONG), timezone.now())
        return translations_desk.knowing_of_kin(articles)

    def get_search_fields(self, request: HttpRequest) -> Any:
        """What one may not read one does not search either."""
        return super().get_search_fields(request) if policy.can(request.user, "see", Article) else ["slug"]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Whoever sees only that stories are there asks only what the list offers, not what their texts begin with."""
        may_read = policy.can(request.user, "see", Article)
        return (may_read or lookup.split("__")[0] not in {*TEXTS, "findings"} - {"kind", "language", "topics"}) and (
            super().lookup_allowed(lookup, value, request)
        )

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
            return [*fixed, *TEXTS, "body_as_set"]
        return fixed if policy.can(request.user, "assign", obj or Article) else [*fixed, *ASSIGNMENT]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whoever may not edit the text reads it as it is set, not as its markup is written.

        What was found stands on top of the side column, in sight while one writes.
        """
        groups = super().get_fieldsets(request, obj)
        if "body_as_set" in self.get_readonly_fields(request, obj):
            groups = [(heading, {**group, "fields": _with_text_set(group["fields"])}) for heading, group in groups]
        if obj is None:
            return groups
        told = [translations_desk.in_other_languages] if translations_desk.kin_of(obj) else []
        return [*_beside(readiness.readiness, *told), *groups]

    @admin.display(description=_("story"))
    def body_as_set(self, article: Article) -> SafeString:
        return format_html('<div class="as-set">{}</div>', safe(article.body))

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        is_text_open = "slug" not in self.get_readonly_fields(request, obj)
        return super().get_prepopulated_fields(request, obj) if is_text_open else {}

    def view_on_site(self, row: Article) -> str | None:
        now = timezone.now()
        is_out = any(edition.is_visible(now) for edition in beforehand.standing(row, now))
        return row.get_absolute_url() if is_out else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if request.POST.get("_continue") == translations_desk.TAKE_OVER:
            translations_desk.take_over(form.instance)
        placing.settle(form.instance, removed=_taken_out(formsets))
        story.keep(form.instance, by=author(request), at=timezone.now())
        checks.keep(form.instance, timezone.now())
        if not set(ASSIGNMENT).isdisjoint(form.changed_data):
            notices.assigned(form.instance, author(request))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return verbs.next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return verbs.next_step(request, obj) or super().response_change(request, obj)

    def form_of(self, verb: Verb, rows: list[Article]) -> type[forms.Form]:
        return readiness.asking(verb.form, verb.name, rows)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the nonce that the prose editor's import map needs, and the verbs that may follow."""
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        article = kwargs.get("obj") or Article(created_by=author(request))
        context["verbs"] = [
            {"verb": verb, "address": address_of(verb.name, [article], Article) if article.pk else ""}
            for verb in verbs.verbs_for(request.user, article)
        ]
        context["can_upload"] = policy.can(request.user, "add", Photo)
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, article: Article) -> str:
        return pill(article.state, article.get_state_display())

    @admin.display(description=_("Steps"))
    def steps_so_far(self, article: Article) -> SafeString:
        """Who brought the story where it is; who sent it back, and why."""
        steps = list(article.steps.select_related("by")[:SHOWN_IN_PANELS])
        for step in steps:
            step.act = ACTS.get(step.verb, step.verb)  # type: ignore[attr-defined]
        return render_to_string("admin/articles/article/_steps.html", {"steps": steps})

    @admin.display(description=_("Editions"))
    def editions_so_far(self, article: Article) -> SafeString:
        editions = article.editions.select_related("published_by").defer("body", "story")[:SHOWN_IN_PANELS]
        return render_to_string("admin/articles/article/_editions.html", {"editions": editions})

    @admin.display(description=_("Revisions"))
    def revisions_so_far(self, article: Article) -> SafeString:
        revisions = article.revisions.select_related("saved_by").defer("story")[:SHOWN_IN_PANELS]
        return render_to_string("admin/articles/article/_revisions.html", {"revisions": revisions})


def _taken_out(formsets: list[Any]) -> set[str]:
    """The public ids of the photos whose rows this save deletes."""
    deleted = (row for formset in formsets for row in formset.deleted_objects)
    return {str(row.photo.uuid) for row in deleted if isinstance(row, PhotoUse)}


def _with_text_set(fields: list[str]) -> list[str]:
    return ["body_as_set" if name == "body" else name for name in fields]
