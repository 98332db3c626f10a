"""The copy desk in the admin: every revision of a story, any two of them compared, and the way back to one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from newsroom import changes, policy
from newsroom.admin import is_key
from newsroom.articles import revisions, story
from newsroom.articles.differences import Difference, differences, names_of_sources
from newsroom.articles.doors import story_for
from newsroom.articles.models import Article, Edition, Revision
from newsroom.articles.story import Snapshot
from newsroom.articles.verbs import author
from newsroom.articles.workflow import Refused
from newsroom.desk_pages import form_of, framed
from newsroom.models import Source

ON_A_PAGE = 50
EDITIONS_OFFERED = 20
LARGEST_NUMBER = 2**31 - 1
WORKING, EDITION = "working", "edition-"  # beside the plain number of a revision, what a comparison may name


@dataclass(frozen=True)
class Telling:
    """A state of the story that can be compared: a revision, an edition, or the story as it stands now."""

    key: str
    label: str
    story: Snapshot
    at: dt.datetime | None = None
    by: Any = None
    note: str = ""


def urls(desk: admin.AdminSite) -> list[Any]:
    guarded = desk.admin_view
    return [
        path("<str:key>/revisions/", guarded(revisions_page), name="articles_article_revisions"),
        path("<str:key>/revisions/compare/", guarded(compare_page), name="articles_article_compare"),
        path("<str:key>/revisions/<str:number>/restore/", guarded(restore_page), name="articles_article_restore"),
    ]


@require_safe
def revisions_page(request: HttpRequest, key: str) -> HttpResponse:
    """Every revision, the newest first, a page at a time; two of anything to be chosen."""
    article = story_for(request, key, "see")
    before = _number(request.GET.get("before", ""))
    kept = article.revisions.select_related("saved_by").defer("story")
    rows = list((kept.filter(number__lt=before) if before else kept)[: ON_A_PAGE + 1])
    context = {
        "revisions": rows[:ON_A_PAGE],
        "older": rows[ON_A_PAGE - 1].number if len(rows) > ON_A_PAGE else None,
        "is_first_page": before is None,
        "before_last": rows[:2][-1].number if rows else None,
        "editions": article.editions.select_related("published_by").defer("body", "story")[:EDITIONS_OFFERED],
        "may_restore": policy.can(request.user, "edit", article),
    }
    return _page(request, article, "list", gettext("Revisions"), context)


@require_safe
def compare_page(request: HttpRequest, key: str) -> HttpResponse:
    """Two states of the story, word by word, in the order in which they were asked for."""
    article = story_for(request, key, "see")
    earlier, later = (_telling(article, request.GET.get(name, "")) for name in ("from", "to"))
    problem = ""
    if earlier is None or later is None:
        problem = gettext("Choose two revisions of this story to compare.")
    elif earlier.key == later.key:
        problem = gettext("That is the same revision twice: choose two different ones.")
    context = {
        "earlier": earlier,
        "later": later,
        "problem": problem,
        "differences": [] if problem or earlier is None or later is None else compared(earlier.story, later.story),
        "may_restore": policy.can(request.user, "edit", article),
    }
    return _page(request, article, "compare", gettext("Compare"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore_page(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Show what would change and what is no longer there to come back; then do it."""
    article = story_for(request, key, "edit")
    revision = get_object_or_404(article.revisions.select_related("saved_by"), number=_number(number) or 0)
    refusal = ""
    if request.method == "POST":
        try:
            return _restored(request, article, revision)
        except Refused as refused:
            refusal = str(refused)
            article.refresh_from_db()
    context = {
        "revision": revision,
        "missing": revisions.missing(revision.story),
        "differences": _what_comes_back(article, revision),
        "refusal": refusal,
    }
    title = gettext("Restore revision %(number)s?") % {"number": revision.number}
    return _page(request, article, "restore", title, context, status=409 if refusal else 200)


def _restored(request: HttpRequest, article: Article, revision: Revision) -> HttpResponse:
    version = _number(request.POST.get("version", ""))
    with changes.recording():
        lost = revisions.missing(revision.story)
        made = revisions.restore(
            revision, by=author(request), at=timezone.now(), version=-1 if version is None else version
        )
        admin.site.get_model_admin(Article).log_change(request, article, made.note)
    done = gettext("The story stands again as in revision %(number)s.") % {"number": revision.number}
    messages.success(request, done)
    if lost:
        gone = gettext("Not brought back, since deleted or in the trash: %(names)s.")
        messages.warning(request, gone % {"names": get_text_list(lost, gettext("and"))})
    return HttpResponseRedirect(form_of(article))


def _page(
    request: HttpRequest, article: Article, name: str, title: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shown = {**framed(request, Article, title), "article": article, **context}
    return render(request, f"admin/articles/revisions/{name}.html", shown, status=status)


def _number(text: str) -> int | None:
    return int(text) if is_key(text) and int(text) <= LARGEST_NUMBER else None


def _telling(article: Article, asked: str) -> Telling | None:
    """The state that the key names; None where there is none."""
    if asked == WORKING:
        return _as_it_stands(article)
    if asked.startswith(EDITION):
        editions = article.editions.select_related("published_by")
        edition = editions.filter(number=_number(asked.removeprefix(EDITION)) or 0).first()
        return _of_edition(edition) if edition else None
    revision = article.revisions.select_related("saved_by").filter(number=_number(asked) or 0).first()
    return _of_revision(revision) if revision else None


def _as_it_stands(article: Article) -> Telling:
    return Telling(WORKING, gettext("The story as it stands now"), story.snapshot(article), article.updated_at)


def _of_revision(revision: Revision) -> Telling:
    label = gettext("Revision %(number)s") % {"number": revision.number}
    return Telling(str(revision.number), label, revision.story, revision.saved_at, revision.saved_by, revision.note)


def _of_edition(edition: Edition) -> Telling:
    label = gettext("Edition %(number)s") % {"number": edition.number}
    told = story.of_edition(edition)
    return Telling(
        f"{EDITION}{edition.number}", label, told, edition.visible_from, edition.published_by, edition.correction_note
    )


def compared(earlier: Snapshot, later: Snapshot) -> list[Difference]:
    """What differs, with the sources under their names; an edition keeps nothing of what is the desk's alone."""
    names = names_of_sources([earlier, later])
    unnamed = {slug for told in (earlier, later) for slug in told["printed"]["sources"]} - names.keys()
    if unnamed:
        names |= {source.slug: str(source) for source in Source.objects.filter(slug__in=unnamed)}
    is_whole = "working" in earlier and "working" in later
    return [one for one in differences(earlier, later, names) if is_whole or not one.is_for_the_desk]


def _what_comes_back(article: Article, revision: Revision) -> list[Difference]:
    """What a restoration changes: all but what steers the work, which stays."""
    told = compared(story.snapshot(article), revision.story)
    return [one for one in told if not one.is_for_the_desk]
