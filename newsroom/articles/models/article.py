"""The copy desk's record: the story being worked on, with its people, bylines and pictures."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from events.models import Event
from newsroom import addresses
from newsroom.articles.querysets import ArticleQuerySet
from newsroom.markup import ProseField
from newsroom.models import Kept, Keyed, Source, Topic, User
from newsroom.photos.models import Photo
from newsroom.querysets import KeyedManager
from people.models import Organisation, Person


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    KOREAN = "ko", _("Korean")


class Kind(models.TextChoices):
    """What sort of story it is; the reader sees it above the headline."""

    REPORT = "report", _("Report")
    ANALYSIS = "analysis", _("Analysis")
    BRIEF = "brief", _("Brief")
    INTERVIEW = "interview", _("Interview")
    NOTICE = "notice", pgettext_lazy("kind of story", "Notice")


class Article(Keyed, Kept):
    """A story as the desk works on it. Readers never see this row: they read its editions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        APPROVED = "approved", _("approved")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the story's address. Where it changes, the former one leads to it."),
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
    error_count = models.PositiveSmallIntegerField(_("errors"), null=True, editable=False)
    warning_count = models.PositiveSmallIntegerField(_("warnings"), null=True, editable=False)
    findings = models.JSONField(
        _("findings"), default=list, editable=False, help_text="codes of the checks that failed at the last save"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)

    natural_lookups = ("slug",)

    objects = KeyedManager.from_queryset(ArticleQuerySet)()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-updated_at", "-pk"]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="article_last_saved"),
            models.Index(fields=["state", "due_on", "id"], name="article_due"),
        ]
        permissions = [
            ("view_any_article", _("See every story")),
            ("change_any_article", _("Edit any story until it is approved")),
            ("change_approved_article", _("Edit stories that are approved or scheduled")),
            ("picture_article", _("Choose the pictures of any story that has some")),
            ("submit_article", _("Hand in a story")),
            ("return_article", _("Send a story back")),
            ("approve_article", _("Approve a story of somebody else")),
            ("publish_article", _("Publish what is approved")),
            ("publish_unapproved_article", _("Publish without an approval")),
            ("correct_article", _("Correct what is published")),
            ("withdraw_article", _("Withdraw what is published")),
            ("assign_article", _("Assign stories")),
            ("delete_any_article", _("Put any story into the trash")),
            ("purge_article", _("Delete a story for good")),
        ]

    def __str__(self) -> str:
        return self.headline

    def clean(self) -> None:
        super().clean()
        addresses.check(self)
        if refusal := self.refusal_of_language():
            raise ValidationError({"language": refusal})

    def refusal_of_language(self) -> str:
        """Why the story cannot take the language that it is to have: it is told in that already; empty where it can."""
        if not Article.objects.filter(pk=self.pk).exclude(language=self.language).exists():
            return ""  # it has that one
        kin = Q(translation__original=self.pk) | Q(translations__article=self.pk)
        siblings = Q(translation__original__translations__article=self.pk)
        told = Article.objects.filter(kin | siblings, language=self.language).exclude(pk=self.pk)
        if (other := told.order_by("pk").first()) is None:
            return ""
        if self.translations.filter(article=other).exists():
            sentence = gettext(
                "“%(story)s” tells this story in that language already (%(language)s): keep the language, or first "
                "take out there, and save, what is chosen under “made from a story in another language”."
            )
        else:
            sentence = gettext(
                "“%(story)s” tells this story in that language already (%(language)s): keep the language, or first "
                "take out here, and save, what is chosen under “made from a story in another language”."
            )
        return sentence % {"story": other, "language": self.get_language_display()}

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.slug])

    def is_own(self, user: User) -> bool:
        """Whether this is the user's own story: theirs from the start, or given to them."""
        return user.pk in {self.created_by_id, self.assigned_to_id}


class Byline(Keyed):
    """Who signs the story, in which role; a person of ours or plain words such as the newsroom's name."""

    class Role(models.TextChoices):
        AUTHOR = "author", pgettext_lazy("whoever signs", "by")
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
    #: two of one role are one, where two people turn out to be one
    once_each = ("article", "role", "person")

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
