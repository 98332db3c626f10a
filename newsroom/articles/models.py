"""The copy desk's records: the article being worked on, its revisions, and the editions the public gets."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from events.models import Event
from newsroom.articles.querysets import ArticleQuerySet, EditionFacetQuerySet, EditionQuerySet
from newsroom.markup import ProseField
from newsroom.models import Keyed, Source, Topic
from newsroom.photos.models import Photo
from newsroom.querysets import KeyedManager
from people.models import Organisation, Person

OPEN_END = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    KOREAN = "ko", _("Korean")


class Kind(models.TextChoices):
    """What sort of story it is; the reader sees it above the headline."""

    REPORT = "report", _("Report")
    ANALYSIS = "analysis", _("Analysis")
    BRIEF = "brief", _("Brief")
    INTERVIEW = "interview", _("Interview")
    NOTICE = "notice", _("Notice")


class Article(Keyed):
    """A story as the desk works on it. Readers never see this row: they read its editions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the story's address. It cannot change once the story was published."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.REPORT)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices, default=Language.ENGLISH)
    headline = models.CharField(
        _("headline"),
        max_length=160,
        help_text=_("What happened, in at most about 70 characters; no full stop."),
    )
    standfirst = models.TextField(
        _("standfirst"),
        blank=True,
        max_length=500,
        help_text=_("One or two sentences that make the reader stay."),
    )
    dateline = models.CharField(
        _("dateline"), max_length=120, blank=True, help_text=_("The place the story is told from: “Seoul”.")
    )
    body = ProseField(_("story"), blank=True)
    topics = models.ManyToManyField(Topic, related_name="articles", blank=True, verbose_name=_("topics"))
    events = models.ManyToManyField(Event, related_name="articles", blank=True, verbose_name=_("events"))
    organisations: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        Organisation, related_name="articles", blank=True, verbose_name=_("organisations")
    )
    sources = models.ManyToManyField(Source, related_name="articles", blank=True, verbose_name=_("sources"))
    countries = CountryField(
        _("countries"),
        multiple=True,
        blank=True,
        help_text=_("Beside those of its events, which count without being named here."),
    )
    desk_note = models.TextField(
        _("note for the desk"), blank=True, help_text=_("Doubts and open questions. Never shown to readers.")
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        related_name="assignments",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    embargo_until = models.DateTimeField(
        _("embargo until"), null=True, blank=True, help_text=_("No edition appears before this moment.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)

    natural_lookups = ("slug",)

    objects = KeyedManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="article_last_saved")]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])


class Byline(Keyed):
    """Who signs the story, in which role; a person of ours or plain words such as the newsroom's name."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("by")
        REPORTING = "reporting", _("reporting by")
        EDITING = "editing", _("edited by")
        TRANSLATION = "translation", _("translated by")

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="bylines")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.AUTHOR)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="bylines"
    )
    words = models.CharField(_("in words"), max_length=120, blank=True, help_text=_("Where no person is chosen."))

    natural_lookups = ("article__slug", "order")

    objects = KeyedManager["Byline"]()

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "order"], name="byline_order_once"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ ~Q(words=""),
                name="byline_is_a_person_or_words",
                violation_error_message=_("Choose a person or write words, not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.words or str(self.person)


class Mention(Keyed):
    """A person in the story, with name and title as the story prints them."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="mentions")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="mentions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name_as_printed = models.CharField(
        _("name as printed"), max_length=200, blank=True, help_text=_("Empty for the name on record.")
    )
    title_as_printed = models.CharField(_("title as printed"), max_length=300, blank=True)

    natural_lookups = ("article__slug", "person__slug")

    objects = KeyedManager["Mention"]()

    class Meta:
        verbose_name = _("person in the story")
        verbose_name_plural = _("people in the story")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="mention_once")]

    def __str__(self) -> str:
        return self.name_as_printed or str(self.person)


class PhotoUse(Keyed):
    """A photo in this story, with the caption and alternative text of this use."""

    article = models.ForeignKey(Article, models.CASCADE, verbose_name=_("article"), related_name="photo_uses")
    photo = models.ForeignKey(Photo, models.PROTECT, verbose_name=_("photo"), related_name="uses")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    caption = models.TextField(_("caption here"), blank=True, help_text=_("Empty for the photo's own caption."))
    alt_text = models.CharField(
        _("alternative text here"), max_length=300, blank=True, help_text=_("Empty for the photo's own.")
    )
    is_lead = models.BooleanField(_("lead picture"), default=False)
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Screen readers pass over it: only where it tells nothing."),
    )

    natural_lookups = ("article__slug", "photo__slug")

    objects = KeyedManager["PhotoUse"]()

    class Meta:
        verbose_name = _("photo in the story")
        verbose_name_plural = _("photos in the story")
        ordering = ["-is_lead", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "photo"], name="photouse_once"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(is_lead=True),
                name="photouse_one_lead",
                violation_error_message=_("A story has one lead picture."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.photo)


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
            models.Index(fields=["article", "visible_from", "visible_until"], name="edition_interval"),
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

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.article}: {self.get_act_display()}"


class EditionFacet(models.Model):
    """The dense key under which lists find editions: one index walk per filtered page, on any archive size.

    Rows exist for editions that are open or still to come. `value` is the primary key of what the facet
    names, or its code; every such edition has a row of facet `all`.
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
                    "edition",
                ],
                name="editionfacet_walk",
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"
