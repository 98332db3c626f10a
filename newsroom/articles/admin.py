"""The copy desk in the admin: the story on one page, and the verbs that bring it before readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Media

from newsroom import changes
from newsroom.admin import (
    DESK,
    SHOWN_IN_PANELS,
    OrderedRows,
    PlacedRows,
    RecordingAdmin,
    RelatedFilter,
    is_key,
)
from newsroom.articles import story, workflow
from newsroom.articles.forms import ArticleForm, CorrectForm, PublishForm, WithdrawForm
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse
from newsroom.models import User
from newsroom.pills import pill

AT_ONCE = 100  # stories that one confirmation may cover


@dataclass(frozen=True)
class Verb:
    """A verb of `workflow`, with what it asks first and what the desk says of it."""

    name: str
    act: Callable[..., Any]
    form: type[forms.Form]
    permission: str
    button: Any
    question: Any
    done: Any
    #: what the editor should know of a story before confirming; empty where there is nothing to say
    notice: Callable[[Article, dt.datetime], str] = lambda _article, _at: ""

    def may(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def _scheduled(article: Article, at: dt.datetime) -> Edition | None:
    """The edition that waits for its moment."""
    return article.editions.open_or_pending(at).filter(visible_from__gt=at).first()


def _cancel_schedule(article: Article, *, by: User, at: dt.datetime) -> Article:
    edition = _scheduled(article, at)
    if edition is None:
        raise workflow.WrongState(gettext("No edition of it waits to appear: there is nothing to cancel."))
    return workflow.cancel_schedule(edition, by=by, at=at)


def _what_waits(article: Article, at: dt.datetime) -> str:
    edition = _scheduled(article, at)
    if edition is None:
        return ""
    sentence = gettext("Edition %(number)s of “%(story)s” was to appear on %(moment)s. What readers see now stays.")
    moment = date_format(localtime(edition.visible_from), "DATETIME_FORMAT")
    return sentence % {"number": edition.number, "story": article, "moment": moment}


def _whether_it_returns(article: Article, at: dt.datetime) -> str:
    """A correction of what has expired opens the story again, which its name does not say."""
    if article.state not in workflow.TRANSITIONS["correct"] or article.editions.open_or_pending(at).exists():
        return ""
    return gettext("“%(story)s” has expired: this correction makes it public again, for good.") % {"story": article}


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "publish",
            workflow.publish,
            PublishForm,
            "articles.add_edition",
            _("Save and publish…"),
            _("Publish?"),
            _("“%(story)s” has a new edition."),
        ),
        Verb(
            "correct",
            workflow.correct,
            CorrectForm,
            "articles.add_edition",
            _("Save and correct…"),
            _("Publish a correction?"),
            _("The correction of “%(story)s” is out."),
            _whether_it_returns,
        ),
        Verb(
            "withdraw",
            workflow.withdraw,
            WithdrawForm,
            "articles.add_withdrawal",
            _("Withdraw…"),
            _("Withdraw?"),
            _("“%(story)s” is withdrawn."),
        ),
        Verb(
            "cancel",
            _cancel_schedule,
            forms.Form,
            "articles.add_edition",
            _("Cancel schedule…"),
            _("Cancel the schedule?"),
            _("The scheduled edition of “%(story)s” is cancelled."),
            _what_waits,
        ),
    )
}


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
class ArticleAdmin(RecordingAdmin):
    form = ArticleForm
    list_display = ["headline", "standing", "kind", "language", "updated_at", "edition_count"]
    list_filter = [
        "state",
        "kind",
        "language",
        ("assigned_to", RelatedFilter),
        ("topics", RelatedFilter),
    ]
    search_fields = ["headline", "standfirst", "body", "slug"]
    ordering = ["-updated_at", "-pk"]
    prepopulated_fields = {"slug": ["headline"]}
    readonly_fields = ["uuid", "state", "editions_so_far", "revisions_so_far"]
    autocomplete_fields = ["topics", "events", "organisations", "sources"]
    inlines = [Bylines, Mentions, PhotoUses]
    actions = ["publish_selected", "withdraw_selected"]
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
        (None, {"classes": ["side", "seen"], "fields": ["editions_so_far"]}),
        (None, {"classes": ["side", "seen"], "fields": ["revisions_so_far"]}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles.annotate(edition_total=Coalesce(Subquery(_counted), 0))

    def get_urls(self) -> list[Any]:
        confirm = self.admin_site.admin_view(self.confirm)
        return [path("do/<slug:verb>/", confirm, name="articles_article_do"), *super().get_urls()]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assigned_to":
            kwargs["queryset"] = User.objects.filter(is_active=True, is_staff=True).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def is_slug_locked(self, row: Article) -> bool:
        """Once any edition was made: a story whose schedule is cancelled is a draft that partners may know."""
        return row.state != Article.State.DRAFT or row.editions.exists()

    def view_on_site(self, row: Article) -> str | None:
        return row.get_absolute_url() if row.editions.visible(timezone.now()).exists() else None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        story.keep(form.instance, by=_author(request), at=timezone.now())

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the nonce that the prose editor's import map needs, and the verbs that may follow."""
        context["media"] = Media.from_media(context["media"], nonce=request.csp_nonce)  # type: ignore[attr-defined]
        context["verbs"] = [verb for verb in _verbs_for(kwargs.get("obj") or Article()) if verb.may(request)]
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return _next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return _next_step(request, obj) or super().response_change(request, obj)

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

    @admin.action(description=_("Publish the selected articles…"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return HttpResponseRedirect(_address("publish", articles))

    @admin.action(description=_("Withdraw the selected articles…"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return HttpResponseRedirect(_address("withdraw", articles))

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return VERBS["publish"].may(request)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return VERBS["withdraw"].may(request)

    def confirm(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Ask what the verb needs to know, then do it to each story; those refused stay on the page with the reason."""
        asked = VERBS.get(verb)
        if asked is None:
            raise Http404
        if not asked.may(request):
            raise PermissionDenied
        articles = chosen = self._chosen(request)
        form = asked.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            articles = [article for article in chosen if not self._do(asked, request, article, form)]
            if not articles:
                return HttpResponseRedirect(_where_from(chosen))
        context = {
            **self.admin_site.each_context(request),
            "title": asked.question,
            "opts": self.opts,
            "articles": articles,
            "notices": _notices(asked, articles),
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/article/confirm.html", context)

    def _chosen(self, request: HttpRequest) -> list[Article]:
        ids = [key for key in (request.POST or request.GET).getlist("id") if is_key(key)][:AT_ONCE]
        articles = list(self.get_queryset(request).filter(pk__in=ids).order_by("pk"))
        if not articles:
            raise Http404
        return articles

    def _do(self, verb: Verb, request: HttpRequest, article: Article, form: forms.Form) -> bool:
        done = verb.done % {"story": article}
        try:
            with changes.recording():
                verb.act(article, by=_author(request), at=timezone.now(), **form.cleaned_data)
                self.log_change(request, article, done)
        except workflow.Refused as refusal:
            form.add_error(None, f"{article}: {refusal}")
            return False
        self.message_user(request, done, messages.SUCCESS)
        return True


def _verbs_for(article: Article) -> list[Verb]:
    """What may be done with the story as it stands."""
    names = workflow.allowed(article)
    if article.pk and _scheduled(article, timezone.now()):
        names = [*names, "cancel"]
    return [VERBS[name] for name in names]


def _notices(verb: Verb, articles: list[Article]) -> list[str]:
    now = timezone.now()
    return [notice for article in articles if (notice := verb.notice(article, now))]


def _author(request: HttpRequest) -> User:
    """Whoever is logged in: nobody else gets past the admin's door."""
    return cast(User, request.user)


def _address(verb: str, articles: Any) -> str:
    ids = [article.pk for article in articles[:AT_ONCE]]
    return f"{reverse('admin:articles_article_do', args=[verb])}?{urlencode({'id': ids}, doseq=True)}"


def _where_from(articles: list[Article]) -> str:
    """The page on which these stories were chosen."""
    if len(articles) == 1:
        return reverse("admin:articles_article_change", args=[articles[0].pk])
    return reverse("admin:articles_article_changelist")


def _next_step(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Where “Save and publish…” leads; None where saving was all."""
    verb = request.POST.get("_then", "")
    return HttpResponseRedirect(_address(verb, [article])) if verb in VERBS else None
