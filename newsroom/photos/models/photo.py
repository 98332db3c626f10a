"""Photo desk: photographs (held or not), who stands where in them, and whose right they are."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.core.files.storage import Storage, storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from events.models import Event
from newsroom.dates import PartialDateField
from newsroom.models import Embargoed, Keyed, Record, Source
from newsroom.photos.models.stating import Stating
from newsroom.photos.models.words import WordsField
from newsroom.photos.querysets import PhotoQuerySet
from newsroom.querysets import KeyedManager
from people.models import Organisation, Person, Position


def originals() -> Storage:
    return storages["originals"]


def original_name(photo: Photo, filename: str) -> str:
    """A name nobody can guess; the extension is set by the upload check, which goes by content."""
    extension = filename.rpartition(".")[2].lower()[:5]
    return f"{dt.datetime.now(dt.UTC):%Y/%m}/{secrets.token_hex(16)}.{extension}"


class Photo(Stating, Embargoed):
    """A photograph with its caption and rights, or the record of a caption whose picture is not held.

    Names of fields follow the IPTC Photo Metadata Standard where it has one.
    """

    class Rights(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        OWN = "own", _("our own")
        HANDOUT = "handout", _("handout")
        AGENCY = "agency", _("agency")
        LICENSED = "licensed", _("licensed")
        PUBLIC_DOMAIN = "public-domain", _("public domain")

    class DataMining(models.TextChoices):
        """PLUS LDF data mining: the values of the IPTC property."""

        UNSPECIFIED = "unspecified", _("unspecified")
        ALLOWED = "allowed", _("allowed")
        PROHIBITED = "prohibited", _("prohibited")
        PROHIBITED_AI = "prohibited-ai-training", _("prohibited for AI training")

    # A plain file field: one of images would decode the file again whenever a row is saved.
    original = models.FileField(
        _("original"),
        storage=originals,
        upload_to=original_name,
        blank=True,
        help_text=_("Kept untouched and private. Leave it empty where the picture is not held."),
    )
    # As the picture is seen: upright.
    width = models.PositiveIntegerField(_("width"), null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    headline = models.CharField(_("headline"), max_length=200, blank=True)
    description = models.TextField(_("caption"), help_text=_("Who, doing what, where and when; without the credit."))
    is_name_label = models.BooleanField(
        _("bare name label"),
        default=False,
        help_text=_("The source prints only a name or title under the picture."),
    )
    alt_text = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it."),
    )
    photographer = models.ForeignKey(
        Person,
        models.PROTECT,
        verbose_name=_("photographer"),
        null=True,
        blank=True,
        related_name="photographs",
    )
    credit_line = models.CharField(_("credit line"), max_length=200, blank=True, help_text=_("As printed."))
    copyright_notice = models.CharField(_("copyright notice"), max_length=300, blank=True)
    usage_terms = models.CharField(_("usage terms"), max_length=500, blank=True)
    rights = models.CharField(_("rights"), max_length=16, choices=Rights.choices, default=Rights.UNKNOWN)
    data_mining = models.CharField(
        _("data mining"), max_length=24, choices=DataMining.choices, default=DataMining.UNSPECIFIED
    )
    taken_on = PartialDateField(_("taken on"), blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    event = models.ForeignKey(
        Event, models.PROTECT, verbose_name=_("event"), null=True, blank=True, related_name="photos"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("seen in"), null=True, blank=True, related_name="photos"
    )
    order_in_source = models.PositiveSmallIntegerField(_("order in the source"), default=0)
    focal_x = models.DecimalField(
        _("focal point, from the left"),
        max_digits=4,
        decimal_places=3,
        default="0.5",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    focal_y = models.DecimalField(
        _("focal point, from the top"),
        max_digits=4,
        decimal_places=3,
        default="0.4",
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    is_file_picture = models.BooleanField(
        _("file picture"), default=False, help_text=_("Taken on another occasion than the story tells of.")
    )
    organisations: models.ManyToManyField[Organisation, models.Model] = models.ManyToManyField(
        Organisation, related_name="photos", blank=True, verbose_name=_("organisations shown")
    )

    words = WordsField()

    natural_lookups = ("slug",)

    objects = KeyedManager.from_queryset(PhotoQuerySet)()
    # What is a fact of the file goes with the file, whatever former state of the words is brought back.
    history = HistoricalRecords(excluded_fields=["original", "sha256", "width", "height", "words"])

    class Meta(Record.Meta):
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["-pk"]
        permissions = [("see_original_photo", _("See the original and what its file says"))]

    def __str__(self) -> str:
        return self.headline or Truncator(self.description).chars(80) or self.slug

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """With every file of it, once it is certain that the record is gone."""
        from newsroom.photos.darkroom import cupboard  # which knows this model

        cupboard.empty_after(self)
        return super().delete(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("photo", args=[self.uuid])

    @property
    def local_alt_text(self) -> str:
        return (get_language() == "ko" and self.alt_text_ko) or self.alt_text

    @property
    def is_held(self) -> bool:
        return bool(self.original)

    def may_be(self, scope: str, at: dt.datetime) -> bool:
        """Whether the picture may be used ("use") or passed on ("syndication") at that moment.

        Deny wins over allow, and what nobody allowed is not allowed. Reads `self.leases`: prefetch them in lists.
        """
        running = {lease.effect for lease in self.leases.all() if lease.scope == scope and lease.covers(at)}
        return Lease.Effect.ALLOW in running and Lease.Effect.DENY not in running


class Depiction(Keyed):
    """A person in a picture: in which row, at which place from the left, in which box."""

    class Row(models.TextChoices):
        NOT_STATED = "", _("not stated")
        FRONT = "front", _("front row")
        SECOND = "second", _("second row")
        THIRD = "third", _("third row")
        BACK = "back", _("back row")

    photo = models.ForeignKey(Photo, models.CASCADE, verbose_name=_("photo"), related_name="depictions")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="depictions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    row = models.CharField(_("row"), max_length=8, choices=Row.choices, default=Row.NOT_STATED, blank=True)
    row_is_inferred = models.BooleanField(
        _("row inferred"),
        default=False,
        help_text=_("The caption does not state it; it follows from its wording."),
    )
    place_from_left = models.PositiveSmallIntegerField(
        _("place from the left"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(99)],
    )
    box_x = models.DecimalField(_("box, left"), max_digits=5, decimal_places=4, null=True, blank=True)
    box_y = models.DecimalField(_("box, top"), max_digits=5, decimal_places=4, null=True, blank=True)
    box_width = models.DecimalField(_("box, width"), max_digits=5, decimal_places=4, null=True, blank=True)
    box_height = models.DecimalField(_("box, height"), max_digits=5, decimal_places=4, null=True, blank=True)
    name_as_printed = models.CharField(_("name as printed"), max_length=200, blank=True)
    title_as_printed = models.CharField(_("title as printed"), max_length=300, blank=True)
    position = models.ForeignKey(
        Position,
        models.SET_NULL,
        verbose_name=_("position meant"),
        null=True,
        blank=True,
        related_name="depictions",
    )
    is_portrait = models.BooleanField(
        _("portrait"), default=False, help_text=_("May stand for this person on their page.")
    )

    natural_lookups = ("photo__slug", "person__slug")

    objects = KeyedManager["Depiction"]()

    class Meta:
        verbose_name = _("person shown")
        verbose_name_plural = _("people shown")
        ordering = ["order", "place_from_left", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["photo", "person"], name="depiction_once"),
            models.UniqueConstraint(
                fields=["photo", "row", "place_from_left"],
                name="depiction_place_once",
                violation_error_message=_("Two people cannot stand at the same place in the same row."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Lease(models.Model):
    """A dated permission or refusal: deny wins over allow, and what nobody allowed is not allowed."""

    class Effect(models.TextChoices):
        ALLOW = "allow", _("allow")
        DENY = "deny", _("deny")

    class Scope(models.TextChoices):
        USE = "use", _("use on our pages")
        SYNDICATION = "syndication", _("syndication to partners")

    photo = models.ForeignKey(Photo, models.CASCADE, verbose_name=_("photo"), related_name="leases")
    effect = models.CharField(_("effect"), max_length=5, choices=Effect.choices)
    scope = models.CharField(_("for"), max_length=12, choices=Scope.choices)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["ends_at"], name="lease_by_end")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="lease_ends_after_it_starts",
                violation_error_message=_("A lease has to end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_effect_display()} {self.get_scope_display()}"

    def covers(self, at: dt.datetime) -> bool:
        return (self.starts_at is None or self.starts_at <= at) and (self.ends_at is None or at < self.ends_at)
