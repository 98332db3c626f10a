"""The records of webhooks: where a partner wants to be told, what it is still owed, and each attempt to tell it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.partners.webhooks import signing
from newsroom.partners.webhooks.addresses import check_address


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Which endpoints are to be told."""

    def of_holders(self, mask: int) -> WebhookQuerySet:
        """Those of partners who hold one of these packages."""
        return self.alias(_mine=F("partner__mask").bitand(mask)).exclude(_mine=0)

    def due(self, at: dt.datetime) -> WebhookQuerySet:
        """Those owed something, under nobody's lease, of partners whose licence runs; the longest waiting first."""
        runs = Q(partner__licence_ends_at__isnull=True) | Q(partner__licence_ends_at__gt=at)
        licensed = self.filter(runs, partner__is_suspended=False, partner__licence_starts_at__lte=at)
        has_news = Q(state=Webhook.State.WORKING, owed__gt=F("told"))
        return licensed.filter(has_news | Q(is_test_owed=True), not_before__lte=at).order_by("not_before", "pk")

    def failing(self) -> WebhookQuerySet:
        """Those that the desk has to ask their partner about: paused, or on the way there."""
        is_failing = Q(state=Webhook.State.WORKING, failing_since__isnull=False)
        return self.filter(is_failing | Q(state=Webhook.State.PAUSED))


class Webhook(models.Model):
    """An endpoint. What it is owed is a number that the transaction of each change raises: ten changes, one message."""

    class State(models.TextChoices):
        WORKING = "working", _("working")
        PAUSED = "paused", _("paused")
        ENDED = "ended", _("ended by the partner")

    uuid = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey("partners.Partner", models.CASCADE, verbose_name=_("partner"), related_name="webhooks")
    url = models.URLField(
        _("address"),
        max_length=500,
        validators=[check_address],
        help_text=_("An https address that the public internet can reach; redirects are not followed."),
    )
    label = models.CharField(_("label"), max_length=80, blank=True)
    # In clear, since every message is signed with it; a former one signs along until its partner has changed over.
    secret = models.CharField(max_length=80, default=signing.new_secret, editable=False)
    former_secret = models.CharField(max_length=80, blank=True, editable=False)
    former_until = models.DateTimeField(null=True, editable=False)
    owed = models.BigIntegerField(default=0, editable=False, help_text="how often there was news; raised with it")
    told = models.BigIntegerField(default=0, editable=False, help_text="up to which of these it has been told")
    is_test_owed = models.BooleanField(default=False, editable=False)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WORKING)
    attempts = models.PositiveIntegerField(_("failed attempts"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    not_before = models.DateTimeField(_("next attempt"), default=timezone.now, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["partner", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "url"],
                name="webhook_address_once_per_partner",
                violation_error_message=_("This partner has a webhook at this address already."),
            )
        ]

    def __str__(self) -> str:
        return self.label or self.url

    def secrets(self, at: dt.datetime) -> list[str]:
        """Those that sign a message of that moment, the newest first."""
        is_former_valid = self.former_until is not None and at < self.former_until
        return [self.secret, *([self.former_secret] if is_former_valid else [])]


class Delivery(models.Model):
    """One attempt to tell an endpoint: what was sent and what came of it."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, verbose_name=_("webhook"), related_name="deliveries")
    message_id = models.CharField(_("message"), max_length=80, help_text=_("the same for every attempt at it"))
    body = models.TextField(_("body"))
    attempted_at = models.DateTimeField(_("at"))
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    status = models.PositiveSmallIntegerField(_("status"), null=True, help_text=_("empty: there was no answer"))
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["attempted_at"], name="delivery_by_age")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.status or self.failure}"

    def as_document(self) -> dict[str, Any]:
        return {
            "id": self.pk,
            "message_id": self.message_id,
            "attempted_at": self.attempted_at.astimezone(dt.UTC).isoformat().replace("+00:00", "Z"),
            "milliseconds": self.milliseconds,
            "status": self.status,
            "failure": self.failure,
        }
