"""The copy desk's verbs in the admin: what each asks before it is done, and the page on which it is confirmed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.articles import checks, duplicates, states, workflow
from newsroom.articles.doors import framed
from newsroom.articles.forms import CorrectForm, NoteForm, PublishForm, ReturnForm, WithdrawForm
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.articles.transitions import TRANSITIONS, open_to
from newsroom.articles.translations import Beside, beside
from newsroom.confirming import Verb, address_of
from newsroom.confirming import author as author  # the desk's other pages ask it here
from newsroom.models import User

#: states in which readers have nothing, and nothing waits for its moment
UNSEEN = {Article.State.DRAFT, Article.State.REVIEW, Article.State.APPROVED, Article.State.WITHDRAWN}


def standing(article: Article, at: dt.datetime) -> list[Edition]:
    """The editions that readers have or will have, read once for a page."""
    if "standing" not in vars(article):
        rows = article.editions.open_or_pending(at).defer("body", "story")
        vars(article)["standing"] = [] if article.state in UNSEEN else list(rows)
    found: list[Edition] = vars(article)["standing"]
    return found


def _scheduled(article: Article, at: dt.datetime) -> Edition | None:
    """The edition that waits for its moment."""
    return next((edition for edition in standing(article, at) if edition.visible_from > at), None)


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


def _what_stops_it(article: Article, at: dt.datetime) -> str:
    """The errors of the last save: a story that has some is not approved, nor published unapproved."""
    errors = [finding.sentence for finding in checks.kept(article) if finding.is_error]
    if not errors:
        return ""
    return gettext("To be mended first in “%(story)s”: %(errors)s") % {"story": article, "errors": " ".join(errors)}


def _what_became_of_it(article: Article, at: dt.datetime) -> str:
    """That a story was withdrawn, above all that it was killed, is said before it comes back."""
    withdrawal = Withdrawal.objects.filter(article=article).first()
    if article.state != Article.State.WITHDRAWN or withdrawal is None:
        return _what_stops_it(article, at)
    sentence = gettext("“%(story)s” was %(act)s on %(moment)s: %(reason)s Publishing it makes it public again.")
    return sentence % {
        "story": article,
        "act": withdrawal.get_act_display(),
        "moment": date_format(localtime(withdrawal.withdrawn_at), "DATETIME_FORMAT"),
        "reason": withdrawal.public_note or withdrawal.private_note or gettext("no reason was given."),
    }


def _what_stays(article: Article, at: dt.datetime) -> str:
    """What is wrong in one language is wrong in the others: to withdraw a story leaves its translations standing."""
    told = beside([article.pk]).get(article.pk, Beside()).visible(at).others
    if not told:
        return ""
    sentence = gettext("Readers keep “%(story)s” in other languages: %(others)s. Withdraw these too if they are wrong.")
    return sentence % {"story": article, "others": ", ".join(f"“{edition.headline}”" for edition in told)}


def _form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


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
            _what_stops_it,
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
            _what_stops_it,
        ),
        Verb(
            "publish",
            workflow.publish,
            PublishForm,
            _("Save and publish…"),
            _("Publish the selected articles…"),
            _("Publish?"),
            _("“%(row)s” has a new edition."),
            _what_became_of_it,
        ),
        Verb(
            "correct",
            workflow.correct,
            CorrectForm,
            _("Save and correct…"),
            _("Correct the selected articles…"),
            _("Publish a correction?"),
            _("The correction of “%(row)s” is out."),
            _whether_it_returns,
        ),
        Verb(
            "withdraw",
            workflow.withdraw,
            WithdrawForm,
            _("Withdraw…"),
            _("Withdraw the selected articles…"),
            _("Withdraw?"),
            _("“%(row)s” is withdrawn."),
            _what_stays,
        ),
        Verb(
            "cancel",
            _cancel_schedule,
            forms.Form,
            _("Cancel schedule…"),
            _("Cancel the schedule of the selected articles…"),
            _("Cancel the schedule?"),
            _("The scheduled edition of “%(row)s” is cancelled."),
            _what_waits,
        ),
        Verb(
            "duplicate",
            duplicates.duplicate,
            forms.Form,
            _("Duplicate…"),
            _("Duplicate the selected articles…"),
            _("Duplicate?"),
            _("“%(row)s” has a copy, which is a draft of yours."),
            leads_to=_form_of,
        ),
    )
}
#: the order of the buttons: what brings a story on, before what brings it back
NEXT_FIRST = ("approve", "submit", "publish", "correct", "cancel", "return", "recall", "withdraw", "duplicate")


def verbs_for(user: Any, article: Article) -> list[Verb]:
    """What this user may do with the story as it stands, the next step first."""
    names = set(open_to(user, article))
    if article.pk and policy.can(user, "cancel", article) and _scheduled(article, timezone.now()):
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
    context = {**framed(request, gettext("States of a story")), "roles": states.ROLES, "table": states.table()}
    return TemplateResponse(request, "admin/articles/article/states.html", context)


def next_step(request: HttpRequest, article: Article) -> HttpResponse | None:
    """Where “Save and publish…” leads; None where saving was all."""
    verb = request.POST.get("_then", "")
    return HttpResponseRedirect(address_of(verb, [article], Article)) if verb in VERBS else None
