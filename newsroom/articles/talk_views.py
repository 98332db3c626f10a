"""The copy desk's talk in the admin: one page a story, which the article's form shows beside itself as well."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.admin import is_key
from newsroom.articles import colleagues, previews, talk
from newsroom.articles.doors import story_for
from newsroom.articles.models import Article, Thread
from newsroom.confirming import author

LONGEST = 4000
PART_ALONE = "X-Talk-Part"  # the header by which the article's form asks for the talk without its page


def urls(desk: admin.AdminSite) -> list[Any]:
    guarded = desk.admin_view
    return [
        path("<str:key>/talk/", guarded(talk_page), name="articles_article_talk"),
        path("<str:key>/talk/colleagues/", guarded(colleagues_called), name="articles_article_colleagues"),
    ]


@admin.display(description=_("Comments"))
def comments_so_far(article: Article) -> SafeString:
    return render_to_string("admin/articles/talk/_panel.html", {"article": article, "waiting": _waiting(article)})


@admin.display(description=_("Preview"))
def previews_so_far(article: Article) -> SafeString:
    context = {"article": article, "sign_offs": previews.sign_offs(article)}
    return render_to_string("admin/articles/preview/_panel.html", context)


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Reply"), max_length=LONGEST, widget=forms.Textarea({"rows": 2, "class": "vLargeTextField"})
    )


class StartForm(forms.Form):
    field = forms.ChoiceField(label=_("About"), required=False, choices=talk.field_choices)
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Call a colleague by @ and their name; they get a letter."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def talk_page(request: HttpRequest, key: str) -> HttpResponse:
    """The story's threads; a post says, resolves or reopens, and leads back here."""
    article = story_for(request, key, "comment")
    if request.method != "POST":
        field = request.GET.get("field", "")
        return _shown(request, article, StartForm(initial={"field": field}, auto_id="talk_%s"))
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise BadRequest
    return act(request, article)


def _start(request: HttpRequest, article: Article) -> HttpResponse:
    form = StartForm(request.POST, auto_id="talk_%s")
    if not form.is_valid():
        return _shown(request, article, form)
    said = talk.start(article, by=author(request), at=timezone.now(), **form.cleaned_data)
    return _after(request, said.comment.thread, _told_of(said))


def _reply(request: HttpRequest, article: Article) -> HttpResponse:
    thread = _thread(request, article)
    form = ReplyForm(request.POST, auto_id=f"talk_{thread.pk}_%s")
    if not form.is_valid():
        return _shown(request, article, StartForm(auto_id="talk_%s"), (thread, form))
    said = talk.reply(thread, by=author(request), at=timezone.now(), **form.cleaned_data)
    return _after(request, thread, _told_of(said))


def _resolve(request: HttpRequest, article: Article) -> HttpResponse:
    """What was typed beside the button is said first."""
    if request.POST.get("text", "").strip():
        refused_or_said = _reply(request, article)
        if refused_or_said.status_code != HTTPStatus.FOUND:
            return refused_or_said
    thread = _thread(request, article)
    is_new = talk.resolve(thread, by=author(request), at=timezone.now())
    return _after(request, thread, [gettext("Resolved.") if is_new else gettext("It was resolved already.")])


def _reopen(request: HttpRequest, article: Article) -> HttpResponse:
    """What was typed beside the button opens the thread by itself."""
    if request.POST.get("text", "").strip():
        return _reply(request, article)
    thread = _thread(request, article)
    is_new = talk.reopen(thread, by=author(request))
    return _after(request, thread, [gettext("Open again.") if is_new else gettext("It is open already.")])


ACTS: dict[str, Callable[[HttpRequest, Article], HttpResponse]] = {
    "start": _start,
    "reply": _reply,
    "resolve": _resolve,
    "reopen": _reopen,
}


def _thread(request: HttpRequest, article: Article) -> Thread:
    """The thread that is meant, of this story alone."""
    key = request.POST.get("thread", "")
    thread = article.threads.select_related("article").filter(pk=key).first() if is_key(key) else None
    if thread is None:
        raise Http404
    return thread


def _told_of(said: talk.Said) -> list[str]:
    return [gettext("Your comment is kept."), *said.called.notes()]


def _after(request: HttpRequest, thread: Thread, notes: list[str]) -> HttpResponse:
    for note in notes:
        messages.info(request, note)
    page = reverse("admin:articles_article_talk", args=[thread.article_id])
    return HttpResponseRedirect(f"{page}#thread-{thread.pk}")


def _shown(
    request: HttpRequest, article: Article, form: StartForm, answered: tuple[Thread, ReplyForm] | None = None
) -> HttpResponse:
    """The page, or its part for the article's form; what was typed stays, also in the reply that was refused."""
    context = {"article": article, "form": form, "threads": _rows(article, answered)}
    is_refused = form.is_bound or answered is not None
    status = 422 if is_refused else 200
    if PART_ALONE in request.headers:
        context["waiting"] = _waiting(article)
        return TemplateResponse(request, "admin/articles/talk/_part.html", context, status=status)
    page = {**admin.site.each_context(request), "title": _("Comments"), "subtitle": str(article), **context}
    return TemplateResponse(request, "admin/articles/talk/talk.html", page, status=status)


def _waiting(article: Article) -> list[dict[str, Any]]:
    """What the form's panel says: how much is open about which field."""
    counts = talk.open_fields(article).items()
    return [{"field": name, "label": talk.label_of(name), "count": count} for name, count in counts]


def _rows(article: Article, answered: tuple[Thread, ReplyForm] | None) -> list[dict[str, Any]]:
    typed = {answered[0].pk: answered[1]} if answered else {}
    return [
        {
            "thread": thread,
            "about": talk.label_of(thread.field),
            "form": typed.get(thread.pk) or ReplyForm(auto_id=f"talk_{thread.pk}_%s"),
        }
        for thread in talk.threads(article)
    ]


@require_safe
def colleagues_called(request: HttpRequest, key: str) -> HttpResponse:
    """Who may be called in a comment on this story, by the start of a name."""
    article = story_for(request, key, "comment")
    found = colleagues.offered(request.GET.get("q", "")[:60], article)
    return JsonResponse({"colleagues": [{"username": one.username, "name": str(one)} for one in found]})
