"""The bottom shelf's page on which a verb is confirmed: what it asks, and for each record whether it was done.

What is done is done to what was looked at: the page carries for each record how it stood (`standing_of`), and what
was saved since is shown first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_noop

from newsroom import changes, policy
from newsroom.desk_pages import form_of, framed, name_of, page_of
from newsroom.models import Kept, User
from newsroom.refusals import explain, is_key

AT_ONCE = 100  # records that one confirmation may cover
SHOWN_AT_ONCE = 10  # records up to which the page also says what points at each
OVERTAKEN = gettext_noop("Somebody saved this meanwhile: look again.")

Action = Callable[..., HttpResponse | None]


Notice = Callable[[Sequence[Any], dt.datetime], Sequence[str]]


def _nothing(*_: Any) -> str:
    return ""


def _nobody(_row: Any) -> list[Model]:
    return []


def of_each(notice: Callable[[Any], str]) -> Notice:
    """What is said of a record whatever else is on the page, and at any moment."""

    def said(rows: Sequence[Any], _at: dt.datetime) -> list[str]:
        return [notice(row) for row in rows]

    return said


_silence = of_each(_nothing)


@dataclass(frozen=True)
class Verb:
    """What may be done to a record beyond editing it; its name is that of the action of `policy` which it asks.

    `act(row, by=…, at=…, …)` takes what the form asked for, and raises `policy.Refused`.
    """

    name: str
    act: Callable[..., Any]
    form: type[forms.Form]
    button: Any
    many: Any
    question: Any
    #: what the desk says of `%(row)s` once it is done
    done: Any
    #: what the editor should know of each record before confirming; empty where there is nothing to say
    notice: Notice = _silence
    #: the records that hang on this one, to be looked at before confirming
    pointing: Callable[[Any], Iterable[Model]] = _nobody
    #: whether it is offered for what lies in the trash, rather than for all else
    is_for_trash: bool = False
    #: the address that it leads to; none where one goes on with the record
    leads_to: Callable[[Any], str] = _nothing


@dataclass
class Asked:
    """One record on the page: what there is to know of it first, and afterwards what became of it."""

    row: Any
    notice: str = ""
    links: list[dict[str, str]] = field(default_factory=list)
    address: str = ""
    result: str = ""
    is_done: bool = False

    @property
    def shown_as(self) -> str:
        return shown_as(self.row)

    @property
    def standing(self) -> str:
        return standing_of(self.row)


def author(request: HttpRequest) -> User:
    """Whoever is logged in: nobody else gets past the admin's door."""
    return cast(User, request.user)


class Confirming(admin.ModelAdmin):  # type: ignore[type-arg]
    """An admin whose verbs are asked for on a page of their own, for one record or for many from the list."""

    verbs: ClassVar[Mapping[str, Verb]] = {}

    def get_urls(self) -> list[Any]:
        confirm = self.admin_site.admin_view(self.confirm)
        return [path("do/<slug:verb>/", confirm, name=name_of(self.model, "do")), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        if request.GET.get("_popup") or not issubclass(self.model, Kept):
            return actions
        is_trash = bool(request.GET.get("trash"))
        offered = (verb for verb in self.verbs.values() if verb.is_for_trash == is_trash and verb.many)
        may = (verb for verb in offered if policy.can(request.user, verb.name, self.model))
        return actions | {f"{verb.name}_selected": _action(verb) for verb in may}

    def confirm(self, request: HttpRequest, verb: str) -> HttpResponse:
        """Ask what the verb needs to know, then do it to each record; those refused stay, each with the reason."""
        asked = self.verbs.get(verb)
        if asked is None or not issubclass(self.model, Kept):
            raise Http404
        if not policy.can(request.user, asked.name, self.model):
            raise PermissionDenied
        keys = [key for key in (request.POST or request.GET).getlist("id") if is_key(key)]
        if len(keys) > AT_ONCE:
            self.message_user(request, too_many(len(keys)), messages.ERROR)
            return HttpResponseRedirect(self._list())
        rows = list(self.get_queryset(request).filter(pk__in=keys).order_by("pk"))
        if not rows:
            raise Http404
        form = self.form_of(asked, rows)(request.POST if request.method == "POST" else None)
        results = [self._do(asked, request, row, form.cleaned_data) for row in rows] if form.is_valid() else []
        if len(results) == 1 and results[0].is_done:
            self.message_user(request, results[0].result, messages.SUCCESS)
            return HttpResponseRedirect(results[0].address)
        return self._confirm_page(request, asked, form, results or self._asked(request, asked, rows))

    def form_of(self, verb: Verb, rows: list[Any]) -> type[forms.Form]:
        """What is asked before the verb is done to these."""
        return verb.form

    def _do(self, verb: Verb, request: HttpRequest, row: Any, asked: dict[str, Any]) -> Asked:
        key = row.pk
        try:
            with changes.recording():
                lock_as_shown(row, request.POST.get(shown_as(row)))
                words = str(verb.done) % {"row": row}
                self.log_change(request, row, words)
                made = verb.act(row, by=author(request), at=timezone.now(), **asked)
        except (policy.Refused, IntegrityError) as refusal:
            why = explain(refusal) if isinstance(refusal, IntegrityError) else str(refusal)
            return Asked(row, result=why, address=self._form(key))
        return Asked(row, result=words, is_done=True, address=verb.leads_to(made) or self._form(key))

    def _asked(self, request: HttpRequest, verb: Verb, rows: list[Any]) -> list[Asked]:
        is_short = len(rows) <= SHOWN_AT_ONCE
        return [
            Asked(
                row,
                notice,
                links_for(request.user, verb.pointing(row)) if is_short else [],
                address=self._form(row.pk),
                result=gettext(OVERTAKEN) if _is_overtaken(request, row) else "",
            )
            for row, notice in zip(rows, verb.notice(rows, timezone.now()), strict=True)
        ]

    def _confirm_page(self, request: HttpRequest, verb: Verb, form: forms.Form, rows: list[Asked]) -> HttpResponse:
        context = {
            **framed(request, self.model, verb.question),
            "verb": verb,
            "done": [one for one in rows if one.is_done],
            "open": [one for one in rows if not one.is_done],
            "form": form,
            "back": rows[0].address if len(rows) == 1 else self._list(),
        }
        folder = f"admin/{self.opts.app_label}/{self.opts.model_name}"
        return TemplateResponse(request, [f"{folder}/confirm.html", "admin/confirm.html"], context)

    def _list(self) -> str:
        return page_of(self.model, "changelist")

    def _form(self, key: Any) -> str:
        return page_of(self.model, "change", key)


# How a record stood when it was looked at


def shown_as(row: Any) -> str:
    """The field of the page, or of the address that leads there, that says how the record stood."""
    return f"version-{row.pk}"


def standing_of(row: Any) -> str:
    """The version of the record, and where it keeps that, the moment of the last save: a story's verbs move it too."""
    saved_at = getattr(row, "updated_at", None)
    return f"{row.version}-{saved_at:%y%m%d%H%M%S%f}" if saved_at else str(row.version)


def lock_as_shown(row: Any, shown: str | None) -> None:
    """Lock the record and read it as it stands now; refuse where that is not what the page showed."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update(no_key=True))
    if standing_of(row) != shown:
        raise policy.Refused(gettext(OVERTAKEN))


def _is_overtaken(request: HttpRequest, row: Any) -> bool:
    """Whether the page, or the form that led to it, showed another state; who comes from a list has seen none."""
    is_sent = request.method == "POST"
    shown = (request.POST if is_sent else request.GET).get(shown_as(row))
    return standing_of(row) != shown if is_sent or shown is not None else False


def too_many(number: int) -> str:
    sentence = gettext("At most %(most)s at once, and these are %(number)s: choose fewer. Nothing was done.")
    return sentence % {"most": AT_ONCE, "number": number}


def links_for(user: Any, rows: Iterable[Model]) -> list[dict[str, str]]:
    """What the rows are and where each is edited; of those that this user may not read, only what they are."""
    shown = list(rows)
    legible = set(policy.legible(user, shown))
    return [_link(row) if row in legible else {"kind": _kind(row), "name": "", "address": ""} for row in shown]


def _link(row: Model) -> dict[str, str]:
    return {
        "kind": _kind(row),
        "name": str(row),
        "address": form_of(row) if admin.site.is_registered(type(row)) else "",
    }


def _kind(row: Model) -> str:
    return str(row._meta.verbose_name)


def address_of(verb: str, rows: Iterable[Model], model: type[Model]) -> str:
    """Where the verb is confirmed for these rows, as they stand here."""
    shown = list(rows)
    return _address(verb, [row.pk for row in shown], model, {shown_as(row): standing_of(row) for row in shown})


def _address(verb: str, keys: list[Any], model: type[Model], shown: Mapping[str, str] | None = None) -> str:
    asked = urlencode({"id": keys, **(shown or {})}, doseq=True)
    return f"{page_of(model, 'do', verb)}?{asked}"


def _action(verb: Verb) -> tuple[Action, str, Any]:
    def go(model_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(rows.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
        if len(chosen) > AT_ONCE:
            model_admin.message_user(request, too_many(rows.count()), messages.ERROR)
            return None
        return HttpResponseRedirect(_address(verb.name, chosen, rows.model))

    return go, f"{verb.name}_selected", verb.many
