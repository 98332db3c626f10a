"""The desk's words that outlive a session: what was sent too late is carried over the log-in page, and given back.

A form that says whose it is (`_user`) is carried. One of a record is offered where it was filled in; what was typed
on another page, such as the reason of a withdrawal, is shown to be copied: nothing is done without being looked at.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom import collisions, unsaved
from newsroom.confirming import author
from newsroom.desk import open_forms

USER = "_user"
SHOWN_AS = "version-"  # how `confirming` says in which state a record was looked at
FOR_SCRIPTS = {"typed", "present"}  # addresses that a script asks, which knows what a log-in page means
CHOICES = {"id", "act", "thread", "field"}  # what a page is about, rather than words
LABELS = {
    "note": _("Note"),
    "public_note": _("Public reason"),
    "private_note": _("Reason for the desk"),
    "text": _("Comment"),
    "visible_from": _("Visible from"),
    "visible_until": _("Visible until"),
}


@dataclass(frozen=True)
class Carried:
    """A form that was sent to a page of the desk, and whose it is; `back` is the page as it was looked at."""

    page: ResolverMatch
    back: str
    user: str
    fields: unsaved.Fields

    def texts(self, desk: AdminSite) -> list[dict[str, str]]:
        """What was typed, each text under its label."""
        model = open_forms.model_at(desk, self.page)
        return collisions.texts(unsaved.as_sent(self.fields), model) if model else list(_words(self.fields))


def sent(desk: AdminSite, request: HttpRequest) -> Carried | None:
    """The form that this request sends; None where it is none, or does not say whose."""
    page = request.resolver_match
    if request.method != "POST" or USER not in request.POST or page is None or page.url_name in FOR_SCRIPTS:
        return None
    fields = {name: values for name, values in unsaved.fields_of(request.POST).items() if "password" not in name}
    about = {name: values for name, values in fields.items() if name == "id" or name.startswith(SHOWN_AS)}
    is_form = open_forms.model_at(desk, page) is not None or not about
    back = request.get_full_path() if is_form else f"{request.path}?{urlencode(about, doseq=True)}"
    return Carried(page, back, request.POST[USER], fields)


def door(desk: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """The log-in page for somebody who sends a form without being logged in any more: it keeps what they typed."""
    form = None if desk.has_permission(request) else sent(desk, request)
    if form is None:
        return None
    carried = json.dumps({"back": form.back, "user": form.user, "fields": form.fields})
    request.method = "GET"
    return desk.login(request, {"carried": carried, "next": form.back, "app_path": reverse("admin:login")})


def deliver(desk: AdminSite, request: HttpRequest) -> HttpResponse | None:
    """After the log-in, to whoever typed it: a page to copy from, unless the form itself offers what was typed."""
    form = _unpacked(request.POST.get("carried", ""))
    if form is None or form.user != str(request.user.pk) or _is_offered(desk, request, form):
        return None
    return copying(desk, request, form, gettext("Not done: your session had ended"))


def copying(desk: AdminSite, request: HttpRequest, form: Carried, title: str, status: int = 200) -> HttpResponse | None:
    """The page to copy from; None where nothing was typed."""
    texts = form.texts(desk)
    if not texts:
        return None
    context = {**desk.each_context(request), "title": title, "texts": texts, "back": form.back}
    answer = TemplateResponse(request, "admin/newsroom/typed.html", context, status=status)
    add_never_cache_headers(answer)
    return answer


def _unpacked(carried: str) -> Carried | None:
    """What the log-in page carried; None for what makes no sense."""
    try:
        found = json.loads(carried)
        back, user = str(found["back"]), str(found["user"])
        fields = {str(name): [str(value) for value in values] for name, values in found["fields"].items()}
        page = resolve(back.partition("?")[0])
    except (ValueError, KeyError, TypeError, AttributeError, Resolver404):
        return None
    is_ours = page.app_name == "admin" and unsaved.is_text([back, *fields, *chain(*fields.values())])
    return Carried(page, back, user, fields) if is_ours else None


def _is_offered(desk: AdminSite, request: HttpRequest, carried: Carried) -> bool:
    """Keep it for the form of a record, to be offered there; not what this user may not fill in, or not any more."""
    model = open_forms.model_at(desk, carried.page)
    if model is None:
        return False
    key = str(carried.page.kwargs.get("object_id", ""))
    try:
        form = open_forms.form_of(desk, request, model._meta.label_lower, key)
    except (Http404, PermissionDenied):
        return False
    return form.drawer_of(author(request)).keep(carried.fields, at=timezone.now())


def _words(fields: unsaved.Fields) -> Iterator[dict[str, str]]:
    for name, values in fields.items():
        text = "\n".join(value for value in values if value != "on").strip()
        if text and name[:1] != "_" and name not in CHOICES and not name.startswith(SHOWN_AS):
            yield {"label": str(LABELS.get(name) or capfirst(name.replace("_", " "))), "text": text}
