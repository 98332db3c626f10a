"""The copy desk in the admin: what the checks found, beside the form, in the list, and before a story goes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from newsroom.articles import checks
from newsroom.articles.doors import story_for
from newsroom.articles.models import Article
from newsroom.desk_pages import framed
from newsroom.pills import pill

PANEL = "admin/articles/_readiness.html"
ASKING = {"approve", "publish", "correct"}  # verbs before which doubts are put to whoever does them
TICK = "despite_warnings"

# What each choice of the filter means in the list.
READY = {
    "errors": (_("with errors"), Q(error_count__gt=0)),
    "warnings": (_("with warnings alone"), Q(error_count=0, warning_count__gt=0)),
    "clear": (_("nothing found"), Q(error_count=0, warning_count=0)),
    "never": (_("not checked yet"), Q(error_count=None)),
}


class ReadinessFilter(admin.SimpleListFilter):
    title = _("checks")
    parameter_name = "checks"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _rows) in READY.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(READY[value][1]) if (value := self.value()) in READY else queryset


def urls(desk: admin.AdminSite) -> list[Any]:
    return [path("<str:key>/checks/", desk.admin_view(checks_now), name="articles_article_checks")]


@admin.display(description=_("Checks"))
def readiness(article: Article) -> SafeString:
    """What was found at the last save: asks no database."""
    return render_to_string(PANEL, {"article": article, **_of(article, checks.kept(article))})


@admin.display(description=_("checks"), ordering="error_count")
def found(article: Article) -> str:
    if article.error_count is None:
        return ""
    level = "lacking" if article.error_count else "warned" if article.warning_count else "allowed"
    return pill(level, in_words(article.error_count, article.warning_count or 0))


@require_safe
def checks_now(request: HttpRequest, key: str) -> HttpResponse:
    """The saved story looked over at this moment, on a page of its own or as the panel alone."""
    article = story_for(request, key, "see")
    context = {"article": article, **_of(article, checks.look_over(article, timezone.now())), "is_now": True}
    if "panel" in request.GET:
        return render(request, PANEL, context)
    return render(request, "admin/articles/checks.html", {**framed(request, Article, gettext("Checks")), **context})


def _of(article: Article, found: list[checks.Finding]) -> dict[str, Any]:
    errors, warnings = sum(one.is_error for one in found), sum(one.is_warning for one in found)
    is_checked = article.error_count is not None
    return {"findings": found, "summary": in_words(errors, warnings), "is_checked": is_checked}


def in_words(errors: int, warnings: int) -> str:
    """“2 errors and 1 warning”, or that there is none."""
    parts = []
    if errors:
        parts.append(ngettext("%(count)d error", "%(count)d errors", errors) % {"count": errors})
    if warnings:
        parts.append(ngettext("%(count)d warning", "%(count)d warnings", warnings) % {"count": warnings})
    return get_text_list(parts, gettext("and")) or gettext("nothing found")


def asking(form: type[forms.Form], verb: str, articles: Iterable[Article]) -> type[forms.Form]:
    """The form of a verb, with a box to tick where the checks have warned of one of these stories at its last save."""
    doubts = _doubts(articles) if verb in ASKING else []
    if not doubts:
        return form
    listed = format_html_join("", "<li>{}</li>", ((doubt,) for doubt in doubts))
    tick = forms.BooleanField(
        label=_("All the same"),
        help_text=SafeString(f'<ul class="findings">{listed}</ul>'),
        error_messages={"required": _("Mend these first, or tick this to go on all the same.")},
    )
    return cast(type[forms.Form], type(form.__name__, (form,), {TICK: tick, "clean": _without_the_tick(form)}))


def _without_the_tick(form: type[forms.Form]) -> Callable[[Any], dict[str, Any]]:
    """The verb itself does not ask for it."""

    def clean(self: Any) -> dict[str, Any]:
        cleaned = form.clean(self) or self.cleaned_data
        return {name: value for name, value in cleaned.items() if name != TICK}

    return clean


def _doubts(articles: Iterable[Article]) -> list[str]:
    kept = ((article, finding) for article in articles for finding in checks.kept(article))
    return [f"{article}: {finding.sentence}" for article, finding in kept if finding.is_warning]
