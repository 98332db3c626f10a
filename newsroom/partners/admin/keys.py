"""The admin of keys: issued, rotated and revoked; a new one is shown once, in the answer that made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.admin import ReadOnlyAdmin
from newsroom.confirming import author
from newsroom.desk_pages import form_of, framed
from newsroom.partners import keys
from newsroom.partners.forms import ConfirmForm, KeyForm
from newsroom.partners.keys import Issued
from newsroom.partners.models import Key, Partner
from newsroom.pills import pill

TWICE = _("This form was sent before: its key was issued, and shown, then. Issue another if it was not kept.")
ENDED = _("This key has ended already.")
ROTATED = _("This key was rotated before, and ends soon: rotate its successor, or issue another.")


@admin.register(Key)
class KeyAdmin(ReadOnlyAdmin):
    """Keys are issued from their partner's page, and revoked rather than deleted, so that the audit can name them."""

    list_display = ["__str__", "partner", "standing", "scope_names", "issued_at", "expires_at", "last_used_at"]
    list_filter = ["partner"]
    list_select_related = ["partner"]
    search_fields = ["prefix", "label", "partner__name"]
    ordering = ["-issued_at", "-pk"]
    fields = ("partner", "label", "prefix", "scope_names", "issued_at", "issued_by", "expires_at", "revoked_at")
    readonly_fields = fields
    change_form_template = "admin/partners/key/change_form.html"

    def get_urls(self) -> list[Any]:
        mine = [
            path(f"{address}/", self.admin_site.admin_view(view), name=f"partners_key_{verb}")
            for verb, address, view in (
                ("issue", "issue/<int:partner_id>", self.issue),
                ("rotate", "<int:key_id>/rotate", self.rotate),
                ("revoke", "<int:key_id>/revoke", self.revoke),
            )
        ]
        return [*mine, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """With the ways to rotate and to revoke it while it works."""
        key: Key | None = kwargs.get("obj")
        is_valid = key is not None and key.is_valid(timezone.now())
        context["may_change_key"] = is_valid and request.user.has_perm("partners.change_key")
        return super().render_change_form(request, context, *args, **kwargs)

    def issue(self, request: HttpRequest, partner_id: int) -> HttpResponse:
        _ask(request, "partners.add_key")
        partner = get_object_or_404(Partner, pk=partner_id)
        question = gettext("Issue a key for “%(partner)s”") % {"partner": partner}

        def act(form: Form) -> Issued:
            return keys.issue(partner, by=author(request), at=timezone.now(), **form.cleaned_data)

        return self._ask_and_show(request, KeyForm(request.POST or None), act, question, partner)

    def rotate(self, request: HttpRequest, key_id: int) -> HttpResponse:
        _ask(request, "partners.change_key")
        key = _key(key_id)
        question = gettext("Rotate “%(key)s”: the former key works on for %(days)d days?") % {
            "key": key,
            "days": keys.OVERLAP.days,
        }

        def act(form: Form) -> Issued:
            return keys.rotate(key, by=author(request), at=timezone.now(), **form.cleaned_data)

        return self._ask_and_show(request, ConfirmForm(request.POST or None), act, question, key)

    def revoke(self, request: HttpRequest, key_id: int) -> HttpResponse:
        _ask(request, "partners.change_key")
        key = _key(key_id)
        if request.method == "POST":
            try:
                keys.revoke(key, by=author(request), at=timezone.now())
                self.message_user(request, gettext("“%(key)s” no longer opens anything.") % {"key": key})
            except keys.NotValid:
                self.message_user(request, ENDED, messages.WARNING)
            return HttpResponseRedirect(_page_of(key.partner))
        question = gettext("Revoke “%(key)s” at once?") % {"key": key}
        return self._page(request, question, key, form=ConfirmForm())

    def _ask_and_show(
        self, request: HttpRequest, form: Form, act: Callable[[Form], Issued], question: str, about: Model
    ) -> HttpResponse:
        """The form; once it is sent and right, the new key instead, in this one answer."""
        issued = None
        if form.is_valid():
            try:
                issued = act(form)
            except keys.AlreadyIssued:
                form.add_error(None, TWICE)
            except keys.NotValid:
                form.add_error(None, ENDED)
            except keys.AlreadyRotated:
                form.add_error(None, ROTATED)
        if issued is None:
            return self._page(request, question, about, form=form)
        return self._page(request, gettext("Keep this key now"), issued.key.partner, issued=issued)

    def _page(self, request: HttpRequest, title: str, about: Any, **context: Any) -> HttpResponse:
        partner = about if isinstance(about, Partner) else about.partner
        around = framed(request, self.model, title)
        around |= {"partner": partner, "back": _page_of(partner), **context}
        around["holds_nothing"] = not partner.packages.exists()
        response = TemplateResponse(request, "admin/partners/key/ask.html", around)
        add_never_cache_headers(response)
        return response

    @admin.display(description=_("state"))
    def standing(self, key: Key) -> SafeString:
        if key.revoked_at:
            return pill("withdrawn", _("revoked"))
        return pill("allowed", _("works")) if key.is_valid(timezone.now()) else pill("expired", _("ended"))

    @admin.display(description=_("scopes"))
    def scope_names(self, key: Key) -> str:
        return ", ".join(key.scopes)


def _ask(request: HttpRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


def _key(key_id: int) -> Key:
    key = Key.objects.select_related("partner").filter(pk=key_id).first()
    if key is None:
        raise Http404
    return key


def _page_of(partner: Partner) -> str:
    return form_of(partner)
