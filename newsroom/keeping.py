"""The bottom shelf's memory of the desk's own work: who made a record, the trash, what is being typed and by whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

#: “change” is of one's own that is not public yet, “change_any” of all; “delete” puts into the trash, “purge” ends it
KEPT_PERMISSIONS = ("add", "change", "change_any", "delete", "delete_any", "purge", "view")


class Kept(models.Model):
    """What the desk never loses of a record: who made it, how often it was saved, whether it lies in the trash.

    `version` goes up with each save; a form that was opened at an earlier one is stale and is refused.
    """

    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("created by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    trashed_at = models.DateTimeField(_("put into the trash"), null=True, blank=True, editable=False)
    trashed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("put into the trash by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        abstract = True

    @property
    def is_trashed(self) -> bool:
        return self.trashed_at is not None


class Typed(models.Model):
    """What one editor has typed into one form, in one window, and not saved yet; it comes back when they do."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    label = models.CharField(max_length=60, help_text="app_label.model_name of the form's record")
    object_id = models.CharField(max_length=40, blank=True, help_text="its key, or “new”, and the window: “12-Xy3”")
    version = models.PositiveIntegerField(default=0, help_text="the version of the record that was being edited")
    fields: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(help_text="name: list of values")
    typed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("unsaved text")
        verbose_name_plural = _("unsaved texts")
        constraints = [models.UniqueConstraint(fields=["user", "label", "object_id"], name="typed_once_per_form")]

    def __str__(self) -> str:
        return f"{self.user}: {self.label} {self.object_id}"


class Presence(models.Model):
    """Who has a record open in a form, since when, and when their browser last said so."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    label = models.CharField(max_length=60)
    object_id = models.CharField(max_length=20)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [models.UniqueConstraint(fields=["user", "label", "object_id"], name="presence_once_per_form")]
        indexes = [models.Index(fields=["label", "object_id", "seen_at"], name="presence_of_a_record")]

    def __str__(self) -> str:
        return f"{self.user}: {self.label} {self.object_id}"


class Letter(models.Model):
    """An e-mail to a colleague, written in the transaction that gave rise to it and sent after it.

    At least once: a sender takes a lease first, so that one that dies leaves the letter to the next.
    """

    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("to"), related_name="letters")
    reply_to = models.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written at"))
    not_before = models.DateTimeField(_("not before"), db_index=True, help_text="also the end of a sender's lease")
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["not_before"], name="letter_waiting", condition=models.Q(sent_at__isnull=True))]

    def __str__(self) -> str:
        return self.subject


class FormerAddress(models.Model):
    """A slug that a public record once had: it leads to the record's present address, in one step."""

    kind = models.CharField(_("kind"), max_length=20)
    slug = models.CharField(_("slug"), max_length=120)
    object_id = models.UUIDField(_("public id"), db_index=True)
    left_at = models.DateTimeField(_("left at"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="formeraddress_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"
