"""The copy desk's memory and its word to the public: revisions, steps, editions and what is left of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.articles.models.article import Article, Kind, Language
from newsroom.articles.querysets import EditionFacetQuerySet, EditionQuerySet, WithdrawalQuerySet
from newsroom.markup import ProseField

OPEN_END = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class Revision(models.Model):
    """The whole story as it stood after one save."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    story: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(_("story"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("saved by"),
        null=True,
        related_name="revisions",
    )
    saved_at = models.DateTimeField(_("saved at"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.article}, {self.number}"


class Edition(models.Model):
    """A numbered copy of a story as the public gets it, visible while `visible_from <= now < visible_until`.

    Frozen: what is printed, names and titles included (`story` has the shape of `story.snapshot`). Only the
    verbs of `workflow` touch the interval; a constraint of the database keeps two from overlapping.
    """

    article = models.ForeignKey(Article, models.PROTECT, verbose_name=_("article"), related_name="editions")
    number = models.PositiveIntegerField(_("number"))
    visible_from = models.DateTimeField(_("visible from"))
    visible_until = models.DateTimeField(_("visible until"), default=OPEN_END)
    former_until = models.DateTimeField(
        null=True, help_text="until when the edition that this one closed would have stood; a cancellation restores it"
    )
    is_struck = models.BooleanField(
        _("struck"), default=False, help_text=_("Killed or taken down: never to be shown again.")
    )
    first_published_at = models.DateTimeField(_("first published"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices)
    headline = models.CharField(_("headline"), max_length=160)
    standfirst = models.TextField(_("standfirst"), blank=True)
    dateline = models.CharField(_("dateline"), max_length=120, blank=True)
    body = ProseField(_("story"), blank=True)
    story: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("what else is printed"),
        help_text="bylines, people, organisations, events, topics, photos, sources, countries",
    )
    correction_note = models.TextField(
        _("correction"), blank=True, help_text=_("What was wrong and what is right; readers see it.")
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("published by"),
        null=True,
        related_name="editions",
    )
    made_at = models.DateTimeField(_("made at"))

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="edition_number_once"),
            models.CheckConstraint(
                condition=Q(visible_until__gte=F("visible_from")), name="edition_interval_runs_forward"
            ),
        ]
        indexes = [
            # With the language, so that a list need not read an edition to see whether another text is told beside it.
            models.Index(fields=["article", "visible_from", "visible_until", "language"], name="edition_interval"),
            models.Index(fields=["-visible_from", "-id"], name="edition_corrections", condition=~Q(correction_note="")),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.number})"

    def get_absolute_url(self) -> str:
        """The story's address; reads `self.article`."""
        return self.article.get_absolute_url()

    @property
    def is_correction(self) -> bool:
        return bool(self.correction_note)

    def is_visible(self, at: dt.datetime) -> bool:
        return self.visible_from <= at < self.visible_until

    def was_seen(self, at: dt.datetime) -> bool:
        """Whether readers have had it by then, and may read it still among its story's versions."""
        return not self.is_struck and self.visible_from <= at and self.visible_from < self.visible_until


class Withdrawal(models.Model):
    """What is left of a story taken down: when, how publicly explained, and what stands in its place."""

    class Act(models.TextChoices):
        UNPUBLISH = "unpublish", _("unpublished")
        TAKEDOWN = "takedown", _("taken down")
        KILL = "kill", _("killed")

    article = models.OneToOneField(Article, models.PROTECT, verbose_name=_("article"), related_name="withdrawal")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices, default=Act.UNPUBLISH)
    withdrawn_at = models.DateTimeField(_("withdrawn at"))
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("withdrawn by"), null=True, related_name="+"
    )
    public_note = models.TextField(_("public reason"), blank=True, help_text=_("Readers and partners see it."))
    private_note = models.TextField(_("reason for the desk"), blank=True)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        indexes = [models.Index(fields=["-withdrawn_at", "id"], name="withdrawal_newest")]

    def __str__(self) -> str:
        return f"{self.article}: {self.get_act_display()}"


class EditionFacet(models.Model):
    """The dense key under which lists find editions: one index walk per filtered page, on any archive size.

    Rows exist for editions that are open or still to come. `value` is the primary key of what the facet
    names, or its code; every such edition has a row of facet `all`. Each row tells its edition's kind and language,
    so that whoever walks any shelf need not look them up.
    """

    class Facet(models.TextChoices):
        ALL = "all", _("all")
        TOPIC = "topic", _("topic")
        KIND = "kind", _("kind")
        LANGUAGE = "language", _("language")
        COUNTRY = "country", _("country")
        PERSON = "person", _("person")
        ORGANISATION = "organisation", _("organisation")
        EVENT = "event", _("event")
        SOURCE = "source", _("source")
        PUBLISHER = "publisher", _("publisher")
        PHOTO = "photo", _("photo")
        BYLINE = "byline", _("byline")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="facets")
    article = models.ForeignKey(Article, models.CASCADE, related_name="+", db_index=False)
    facet = models.CharField(max_length=12, choices=Facet.choices)
    value = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, db_default="")
    language = models.CharField(max_length=8, choices=Language.choices, db_default="")
    first_published_at = models.DateTimeField()
    visible_from = models.DateTimeField()
    visible_until = models.DateTimeField()

    objects = EditionFacetQuerySet.as_manager()

    class Meta:
        verbose_name = _("facet of an edition")
        verbose_name_plural = _("facets of editions")
        constraints = [models.UniqueConstraint(fields=["edition", "facet", "value"], name="editionfacet_once")]
        indexes = [
            models.Index(
                fields=[
                    "facet",
                    "value",
                    "-first_published_at",
                    "-article",
                    "visible_from",
                    "visible_until",
                    "kind",
                    "language",
                    "edition",
                ],
                name="editionfacet_walk",
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
