"""The copy desk's talk about a story: its steps, comments, and drafts shown to people without an account."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from newsroom.articles.models.article import Article


class Step(models.Model):
    """One act of the workflow: who brought the story from which state into which, when, and with what word."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="steps")
    verb = models.CharField(_("act"), max_length=12)
    state_before = models.CharField(_("before"), max_length=10, choices=Article.State.choices)
    state_after = models.CharField(_("after"), max_length=10, choices=Article.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, related_name="steps"
    )
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["article", "verb", "-at"], name="step_latest")]

    def __str__(self) -> str:
        return f"{self.verb}: {self.state_before} → {self.state_after}"


class Thread(models.Model):
    """A question or remark about a story, tied to one of its fields if wanted, open until resolved."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="threads")
    field = models.CharField(
        pgettext_lazy("part of a story", "about"), max_length=40, blank=True, help_text=_("Empty for the whole story.")
    )
    quote = models.CharField(_("words meant"), max_length=300, blank=True)
    started_at = models.DateTimeField(_("started at"))
    resolved_at = models.DateTimeField(_("resolved at"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("resolved by"),
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("thread")
        verbose_name_plural = _("threads")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.article}: {self.field or self.pk}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class Comment(models.Model):
    """One word in a thread; whom it mentions is told."""

    thread = models.ForeignKey(Thread, models.CASCADE, verbose_name=_("thread"), related_name="comments")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, related_name="comments"
    )
    at = models.DateTimeField(_("at"))
    text = models.TextField(_("text"))
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="mentioned_in", blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:80]


class PreviewLink(models.Model):
    """A secret address under which somebody without an account reads the draft, until it ends or is revoked."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret, which is shown once")
    made_for = models.CharField(_("for"), max_length=120, blank=True, help_text=_("Who gets it, for your own memory."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("made by"), null=True, related_name="+"
    )
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    opened_count = models.PositiveIntegerField(_("opened"), default=0)
    opened_at = models.DateTimeField(_("last opened"), null=True, blank=True)

    class Meta:
        verbose_name = _("preview link")
        verbose_name_plural = _("preview links")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.article}: {self.made_for or self.made_at:%Y-%m-%d}"

    def is_open(self, at: dt.datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at


class SignOff(models.Model):
    """What somebody said of the draft that a preview link showed them, and of which version."""

    class Verdict(models.TextChoices):
        APPROVE = "approve", _("approved")
        CHANGE = "change", _("asks for a change")

    link = models.ForeignKey(PreviewLink, models.CASCADE, verbose_name=_("preview link"), related_name="sign_offs")
    version = models.PositiveIntegerField(_("version"))
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    name = models.CharField(_("name"), max_length=120)
    comment = models.TextField(_("comment"), blank=True, max_length=2000)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_verdict_display()}"
