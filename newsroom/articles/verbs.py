"""The copy desk's verbs in the admin: what each asks before it is done, and the page on which it is confirmed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.articles import beforehand, duplicates, states, workflow
from newsroom.articles.forms import CorrectForm, NoteForm, PublishForm, ReturnForm, WithdrawForm
from newsroom.articles.models import Article
from newsroom.articles.transitions import open_to
from newsroom.confirming import Verb, address_of
from newsroom.confirming import author as author  # the desk's other pages ask it here
from newsroom.desk_pages import form_of, framed
from newsroom.models import User


def _cancel_schedule(article: Article, *, by: User, at: dt.datetime) -> Article:
    edition = beforehand.scheduled(article, at)
    if edition is None:
        raise workflow.WrongState(gettext("No edition of it waits to appear: there is nothing to cancel."))
    return workflow.cancel_schedule(edition, by=by, at=at)


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
            _("“%(row)s” is in review."),
            beforehand.what_stops_it,
        ),
        Verb(
            "recall",
            workflow.recall,
            NoteForm,
            _("Take back…"),
            _("Take back the selected articles…"),
            _("Take back, to go on writing?"),
            _("“%(row)s” is a draft again."),
        ),
        Verb(
            "return",
            workflow.send_back,
            ReturnForm,
            _("Send back…"),
            _("Send back the selected articles…"),
            _("Send back to the writer?"),
            _("“%(row)s” went back to its writer."),
        ),
        Verb(
            "approve",
            workflow.approve,
            NoteForm,
            _("Approve…"),
            _("Approve the selected articles…"),
            _("Approve?"),
            _("“%(row)s” is approved."),
            beforehand.what_stops_it,
        ),
        Verb(
            "publish",
            workflow.publish,
            PublishForm,
            _("Save and publish…"),
            _("Publish the selected articles…"),
            _("Publish?"),
            _("“%(row)s” has a new edition."),
            beforehand.what_became_of_it,
        ),
        Verb(
            "correct",
            workflow.correct,
            CorrectForm,
            _("Save and correct…"),
            _("Correct the selected articles…"),
            _("Publish a correction?"),
            _("The correction of “%(row)s” is out."),
            beforehand.whether_it_returns,
        ),
        Verb(
            "withdraw",
            workflow.withdraw,
            WithdrawForm,
            _("Withdraw…"),
            _("Withdraw the selected articles…"),
            _("Withdraw?"),
            _("“%(row)s” is withdrawn."),
            beforehand.what_stays,
        ),
        Verb(
            "cancel",
            _cancel_schedule,
            forms.Form,
            _("Cancel schedule…"),
            _("Cancel the schedule of the selected articles…"),
            _("Cancel the schedule?"),
            _("The scheduled edition of “%(row)s” is cancelled."),
            beforehand.what_waits,
        ),
        Verb(
            "duplicate",
            duplicates.duplicate,
            forms.Form,
            _("Duplicate…"),
            _("Duplicate the selected articles…"),
            _("Duplicate?"),
            _("“%(row)s” has a copy, which is a draft of yours."),
            leads_to=form_of,
        ),
    )
}
#: the order of the buttons: what brings a story on, before what brings it back
NEXT_FIRST = ("approve", "submit", "publish", "correct", "cancel", "return", "recall", "withdraw", "duplicate")


def verbs_for(user: Any, article: Article) -> list[Verb]:
    """What this user may do with the story as it stands, the next step first."""
    names = set(open_to(user, article))
    if article.pk and policy.can(user, "cancel", article) and beforehand.scheduled(article, timezone.now()):
        names.add("cancel")
    if article.pk and policy.can(user, "duplicate", article):
        names.add("duplicate")
    return [VERBS[name] for name in NEXT_FIRST if name in names]


def urls(desk: AdminSite) -> list[Any]:
    return [path("states/", desk.admin_view(states_page), name="articles_article_states")]


def states_page(request: HttpRequest) -> HttpResponse:
    """The one table of what may follow what, and whose it is to do."""
    if not policy.can(request.user, "list", Article):
        raise PermissionDenied
    context = {**framed(request, Article, gettext("States of a story")), "roles": states.ROLES, "table": states.table()}
    return TemplateResponse(request, "admin/articles/article/states.html", context)


def next_step(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Where “Save and publish…” leads; None where saving was all."""
    verb = request.POST.get("_then", "")
    return HttpResponseRedirect(address_of(verb, [article], Article)) if verb in VERBS else None
