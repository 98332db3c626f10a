"""The copy desk's verbs in the admin: what each asks before it is done, and the page on which it is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import changes, policy
from newsroom.admin import is_key
from newsroom.articles import workflow
from newsroom.articles.forms import CorrectForm, NoteForm, PublishForm, ReturnForm, WithdrawForm
from newsroom.articles.models import Article, Edition
from newsroom.articles.readiness import asking
from newsroom.articles.transitions import TRANSITIONS, open_to
from newsroom.models import User

AT_ONCE = 100  # stories that one confirmation may cover


@dataclass(frozen=True)
class Verb:
    """A verb of `workflow`, with what it asks first and what the desk says of it."""

    name: str
    act: Callable[..., Any]
    form: type[forms.Form]
    button: Any
    many: Any
    question: Any
    done: Any
    #: what the editor should know of a story before confirming; empty where there is nothing to say
    notice: Callable[[Article, dt.datetime], str] = lambda _article, _at: ""


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
    if article.state not in TRANSITIONS["correct"] or article.editions.open_or_pending(at).exists():
        return ""
    return gettext("“%(story)s” has expired: this correction makes it public again, for good.") % {"story": article}


VERBS = {
    verb.name: verb
    for verb in (
        Verb(
            "submit",
            workflow.submit,
            NoteForm,
            _("Save and hand in…"),
            _("Hand in the selected articles…"),
            _("Hand in for review?"),
            _("“%(story)s” is in review."),
        ),
        Verb(
            "recall",
            workflow.recall,
            NoteForm,
            _("Take back…"),
            _("Take back the selected articles…"),
            _("Take back, to go on writing?"),
            _("“%(story)s” is a draft again."),
        ),
        Verb(
            "return",
            workflow.send_back,
            ReturnForm,
            _("Send back…"),
            _("Send back the selected articles…"),
            _("Send back to the writer?"),
            _("“%(story)s” went back to its writer."),
        ),
        Verb(
            "approve",
            workflow.approve,
            NoteForm,
            _("Approve…"),
            _("Approve the selected articles…"),
            _("Approve?"),
            _("“%(story)s” is approved."),
        ),
        Verb(
            "publish",
            workflow.publish,
            PublishForm,
            _("Save and publish…"),
            _("Publish the selected articles…"),
            _("Publish?"),
            _("“%(story)s” has a new edition."),
        ),
        Verb(
            "correct",
            workflow.correct,
            CorrectForm,
            _("Save and correct…"),
            _("Correct the selected articles…"),
            _("Publish a correction?"),
            _("The correction of “%(story)s” is out."),
            _whether_it_returns,
        ),
        Verb(
            "withdraw",
            workflow.withdraw,
            WithdrawForm,
            _("Withdraw…"),
            _("Withdraw the selected articles…"),
            _("Withdraw?"),
            _("“%(story)s” is withdrawn."),
        ),
        Verb(
            "cancel",
            _cancel_schedule,
            forms.Form,
            _("Cancel schedule…"),
            _("Cancel the schedule of the selected articles…"),
            _("Cancel the schedule?"),
            _("The scheduled edition of “%(story)s” is cancelled."),
            _what_waits,
        ),
    )
}


def verbs_for(user: Any, article: Article) -> list[Verb]:
    """What this user may do with the story as it stands."""
    names = open_to(user, article)
    if article.pk and policy.can(user, "cancel", article) and _scheduled(article, timezone.now()):
        names = [*names, "cancel"]
    return [VERBS[name] for name in names]


class VerbAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The part of the story's admin that does the verbs, to one story from its form or to many from the list."""

    def get_urls(self) -> list[Any]:
        confirm = self.admin_site.admin_view(self.confirm)
        return [path("do/<slug:verb>/", confirm, name="articles_article_do"), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        offered = (verb for verb in VERBS.values() if policy.can(request.user, verb.name, Article))
        return super().get_actions(request) | {f"{verb.name}_selected": _action(verb) for verb in offered}

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return _next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return _next_step(request, obj) or super().response_change(request, obj)

    def confirm(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Ask what the verb needs to know, then do it to each story; those refused stay on the page with the reason."""
        asked = VERBS.get(verb)
        if asked is None:
            raise Http404
        articles = chosen = self._chosen(request)
        if not any(_is_of_the_desk(request.user, asked, article) for article in chosen):
            raise PermissionDenied
        form = asking(asked.form, asked.name, chosen)(request.POST if request.method == "POST" else None)
        if form.is_valid():
            articles = [article for article in chosen if not self._do(asked, request, article, form)]
            if not articles:
                return HttpResponseRedirect(_where_from(chosen))
        context = {
            **self.admin_site.each_context(request),
            "title": asked.question,
            "opts": self.opts,
            "verb": asked,
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
                verb.act(article, by=author(request), at=timezone.now(), **form.cleaned_data)
                self.log_change(request, article, done)
        except workflow.Refused as refusal:
            form.add_error(None, f"{article}: {refusal}")
            return False
        self.message_user(request, done, messages.SUCCESS)
        return True


def author(request: HttpRequest) -> User:
    """Whoever is logged in: nobody else gets past the admin's door."""
    return cast(User, request.user)


def _is_of_the_desk(user: Any, verb: Verb, article: Article) -> bool:
    """Whether the user does such things at all; the workflow itself says why one may not be done to this story now."""
    return policy.can(user, verb.name, Article) and policy.can(user, "see", article)


def _action(verb: Verb) -> tuple[Callable[..., HttpResponse], str, Any]:
    def go(_admin: Any, _request: HttpRequest, articles: Any) -> HttpResponse:
        return HttpResponseRedirect(address_of(verb.name, articles[:AT_ONCE]))

    return go, f"{verb.name}_selected", verb.many


def address_of(verb: str, articles: Iterable[Article]) -> str:
    ids = [article.pk for article in articles]
    return f"{reverse('admin:articles_article_do', args=[verb])}?{urlencode({'id': ids}, doseq=True)}"


def _notices(verb: Verb, articles: list[Article]) -> list[str]:
    now = timezone.now()
    return [notice for article in articles if (notice := verb.notice(article, now))]


def _where_from(articles: list[Article]) -> str:
    """The page on which these stories were chosen."""
    if len(articles) == 1:
        return reverse("admin:articles_article_change", args=[articles[0].pk])
    return reverse("admin:articles_article_changelist")


def _next_step(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Where “Save and publish…” leads; None where saving was all."""
    verb = request.POST.get("_then", "")
    return HttpResponseRedirect(address_of(verb, [article])) if verb in VERBS else None
