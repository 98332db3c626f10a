"""The admin of webhooks: which endpoints fail, what was sent to each, and the ways to test, resume and tell again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from newsroom.desk_pages import form_of, framed
from newsroom.partners.forms import ConfirmForm
from newsroom.partners.models import Webhook
from newsroom.partners.webhooks import outbox
from newsroom.pills import pill

SHOWN = 30
PART = 8  # letters of a secret that stay together

Act = Callable[..., object]

# What may be done with one endpoint: the question that is asked first, what is said afterwards, and the verb.
ACTS: dict[str, tuple[Any, Any, Act]] = {
    "test": (
        _("Send a test to “%(webhook)s”?"),
        _("The test is on its way; the log says what came of it."),
        outbox.owe_test,
    ),
    "replay": (
        _("Tell “%(webhook)s” again that there is news?"),
        _("It is on its way; the log says what came of it."),
        outbox.owe,
    ),
    "resume": (
        _("Start “%(webhook)s” anew?"),
        _("It works again, and is told at once what it missed."),
        outbox.resume,
    ),
    "rotate": (
        _("Give “%(webhook)s” a new secret? The former one signs along for seven days."),
        _("Give the partner the new secret, by a channel that only they read."),
        outbox.rotate,
    ),
}


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["__str__", "partner", "standing", "failing_since", "attempts"]
    list_filter = ["state", "partner"]
    list_select_related = ["partner"]
    search_fields = ["url", "label", "partner__name"]
    ordering = ["partner__name", "pk"]
    autocomplete_fields = ["partner"]
    fieldsets = [(None, {"fields": ["partner", "url", "label"]})]
    panels = (
        (
            _("Delivery"),
            {"classes": ["side", "seen"], "fields": ["standing", "failing_since", "next_attempt"]},
        ),
        (_("Log"), {"classes": ["seen"], "fields": ["signed_with", "log"]}),
    )
    readonly_fields = ["standing", "failing_since", "next_attempt", "signed_with", "log"]
    change_form_template = "admin/partners/webhook/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_fieldsets(request, obj), *(self.panels if obj else ())]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another address is another webhook, with a secret and a log of its own."""
        return [*self.readonly_fields, *(("partner", "url") if obj else ())]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.ask)
        mine = [path(f"<int:webhook_id>/{act}/", view, {"act": act}, name=f"partners_webhook_{act}") for act in ACTS]
        return [*mine, *super().get_urls()]

    def ask(self, request: HttpRequest, webhook_id: int, act: str) -> HttpResponse:
        """The question; once it is answered, the act."""
        if not request.user.has_perm("partners.change_webhook"):
            raise PermissionDenied
        webhook = get_object_or_404(Webhook.objects.select_related("partner"), pk=webhook_id)
        question, done, verb = ACTS[act]
        back = form_of(webhook)
        if request.method == "POST":
            verb(webhook, at=timezone.now())
            self.message_user(request, done)
            return HttpResponseRedirect(back)
        around = framed(request, self.model, question % {"webhook": webhook})
        context = {**around, "partner": webhook.partner, "back": back, "form": ConfirmForm()}
        return TemplateResponse(request, "admin/partners/key/ask.html", context)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, webhook: Webhook) -> SafeString:
        if webhook.state != Webhook.State.WORKING:
            return pill("withdrawn", webhook.get_state_display())
        return pill("changed", _("failing")) if webhook.failing_since else pill("allowed", _("working"))

    @admin.display(description=_("next attempt"))
    def next_attempt(self, webhook: Webhook) -> dt.datetime | None:
        is_waiting = webhook.state == Webhook.State.WORKING and webhook.attempts > 0
        return webhook.not_before if is_waiting else None

    @admin.display(description=_("secret"))
    def signed_with(self, webhook: Webhook) -> SafeString:
        """With places to break it at, as it is wider than a phone; a copy of it has none."""
        parts = (webhook.secret[start : start + PART] for start in range(0, len(webhook.secret), PART))
        return format_html("<code>{}</code>", format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts)))

    @admin.display(description=_("Log"))
    def log(self, webhook: Webhook) -> str:
        deliveries = webhook.deliveries.order_by("-pk")[:SHOWN]
        return render_to_string("admin/partners/webhook/_log.html", {"deliveries": deliveries})
