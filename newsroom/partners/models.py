"""The syndication desk's records: partners, what their licences hold, their keys, and what they have taken."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from newsroom.models import Change, Topic

FIRST_BIT, LAST_BIT = 1, 62  # bit 0 of a mask is the public, bit 63 the sign of a 64-bit number
ENTITLED_TO_NOTHING = "ffffffff"


class Scope(models.TextChoices):
    """What a key opens."""

    READ = "read", _("read objects and changes")
    EXPORT = "export", _("export everything at once")
    PICTURES = "pictures", _("fetch pictures")
    WEBHOOKS = "webhooks", _("manage webhooks")


def reading() -> list[str]:
    return [Scope.READ.value]


class Package(models.Model):
    """A licence package: which public matter its holders get. Every limit narrows; deny wins."""

    class SourceTerms(models.TextChoices):
        ANY = "any", _("whatever the sources say")
        NOT_FORBIDDEN = "not-forbidden", _("no source forbids redistribution")
        ALLOWED = "allowed", _("every source allows redistribution")

    bit = models.PositiveSmallIntegerField(
        _("bit"),
        unique=True,
        editable=False,
        validators=[MinValueValidator(FIRST_BIT), MaxValueValidator(LAST_BIT)],
        help_text=_("its place in the masks of the change feed"),
    )
    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("Partners see it in the API."))
    name = models.CharField(_("name"), max_length=120, unique=True)
    description = models.TextField(_("description"), blank=True)
    kinds: models.JSONField[list[str], list[str]] = models.JSONField(
        _("kinds of object"), default=list, help_text=_("Nothing else is in the package.")
    )
    topics = models.ManyToManyField(
        Topic,
        verbose_name=_("topics"),
        blank=True,
        related_name="packages",
        help_text=_("Only stories and events under one of these; empty: under any or none."),
    )
    languages: models.JSONField[list[str], list[str]] = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Only stories in one of these; empty: in any.")
    )
    countries = CountryField(
        _("countries"),
        multiple=True,
        blank=True,
        help_text=_("Only stories, events and organisations of one of these; empty: of any."),
    )
    territories = CountryField(
        _("territories"),
        multiple=True,
        blank=True,
        help_text=_("Only for partners who publish nowhere but here; empty: for partners anywhere."),
    )
    source_terms = models.CharField(
        _("terms of sources"), max_length=14, choices=SourceTerms.choices, default=SourceTerms.NOT_FORBIDDEN
    )
    has_pictures = models.BooleanField(
        _("pictures"), default=False, help_text=_("With the picture files, as far as their leases allow syndication.")
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    is_settled = models.BooleanField(
        default=False, editable=False, help_text="false while the masks of the feed are being computed anew"
    )

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(bit__range=(FIRST_BIT, LAST_BIT)), name="package_bit_fits_the_mask")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def mask(self) -> int:
        return 1 << self.bit

    def covers(self, territory: Any) -> bool:
        """Whether a partner who publishes there may hold it; one who publishes anywhere holds only what is free."""
        allowed = {country.code for country in self.territories}
        places = {country.code for country in territory}
        return not allowed or (bool(places) and places <= allowed)


class Partner(models.Model):
    """A site that takes our matter under a licence: what it may have, until when, how often it may ask."""

    uuid = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    packages = models.ManyToManyField(
        Package,
        verbose_name=_("packages"),
        blank=True,
        related_name="partners",
        help_text=_("With none, a key opens nothing. A change lets the partner sync anew."),
    )
    territory = CountryField(
        _("territory"), multiple=True, blank=True, help_text=_("Where the partner publishes; empty: anywhere.")
    )
    licence_starts_at = models.DateTimeField(_("licence from"), default=timezone.now)
    licence_ends_at = models.DateTimeField(_("licence until"), null=True, blank=True, help_text=_("Empty: no end."))
    is_suspended = models.BooleanField(
        _("suspended"), default=False, help_text=_("All keys are refused at once, and work again when this is undone.")
    )
    requests_per_minute = models.PositiveIntegerField(
        _("requests a minute"), default=1200, validators=[MinValueValidator(1), MaxValueValidator(1_000_000)]
    )
    desk_note = models.TextField(_("note for the desk"), blank=True)
    # What follows from the packages, so that one query tells what a key opens; only `entitlement.settle` writes it.
    mask = models.BigIntegerField(default=0, editable=False)
    has_pictures = models.BooleanField(default=False, editable=False)
    entitlement = models.CharField(max_length=8, default=ENTITLED_TO_NOTHING, editable=False)
    is_settling = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(licence_ends_at__isnull=True) | Q(licence_ends_at__gt=F("licence_starts_at")),
                name="partner_licence_ends_after_it_starts",
                violation_error_message=_("The licence has to end after it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_licensed(self, at: dt.datetime) -> bool:
        """Whether the licence runs at that moment and nobody has suspended it."""
        has_ended = self.licence_ends_at is not None and self.licence_ends_at <= at
        return not self.is_suspended and self.licence_starts_at <= at and not has_ended


class Key(models.Model):
    """A partner's key: kept as a digest, so that nobody can read it here; shown once, when it is issued."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False, help_text="makes issuing happen once")
    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner"), related_name="keys")
    label = models.CharField(_("label"), max_length=80, help_text=_("Where it is used: “production”, “test”."))
    prefix = models.CharField(_("prefix"), max_length=8, unique=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the whole key")
    scopes: models.JSONField[list[str], list[str]] = models.JSONField(_("scopes"), default=reading)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("issued by"), null=True, related_name="+"
    )
    expires_at = models.DateTimeField(_("expires at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")
        ordering = ["-issued_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["digest"], name="key_digest_once")]

    def __str__(self) -> str:
        return f"{self.prefix}… ({self.label})"

    def is_valid(self, at: dt.datetime) -> bool:
        return self.revoked_at is None and (self.expires_at is None or at < self.expires_at)

    def opens(self, scope: str) -> bool:
        return scope in self.scopes


class AuditEntry(models.Model):
    """What was done to a partner's access, by whom and when; never edited, never deleted."""

    class Act(models.TextChoices):
        ISSUED = "issued", _("key issued")
        ROTATED = "rotated", _("key rotated")
        REVOKED = "revoked", _("key revoked")
        ENTITLED = "entitled", _("entitlement changed")
        LICENSED = "licensed", _("licence or limits changed")

    partner = models.ForeignKey(Partner, models.PROTECT, verbose_name=_("partner"), related_name="audit")
    key = models.ForeignKey(Key, models.PROTECT, verbose_name=_("key"), null=True, related_name="audit")
    act = models.CharField(_("act"), max_length=10, choices=Act.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("by"), null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.get_act_display()}"


class Acknowledgement(models.Model):
    """How far a partner has stored the feed: whoever asks with a cursor has everything up to it."""

    partner = models.ForeignKey(Partner, models.CASCADE, verbose_name=_("partner"), related_name="acknowledgements")
    types = models.CharField(_("types"), max_length=200, help_text="kinds of object, sorted and parted by commas")
    generation = models.CharField(max_length=8, help_text="of the archive that the number belongs to")
    entitlement = models.CharField(max_length=8, db_default="", help_text="under which the number was reached")
    seq = models.BigIntegerField(_("number"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")
        constraints = [models.UniqueConstraint(fields=["partner", "types"], name="acknowledgement_once_per_types")]

    def __str__(self) -> str:
        return f"{self.partner}: {self.seq}"

    def covers(self, entry: Change, generation: str) -> bool:
        """Whether this proves that the entry was processed."""
        return self.generation == generation and self.seq >= entry.seq and entry.kind in self.types.split(",")


class RequestCount(models.Model):
    """How often somebody has asked in the minute that runs; written by one atomic statement in `limits`."""

    name = models.CharField(max_length=64, unique=True)
    minute = models.BigIntegerField()
    count = models.BigIntegerField()

    class Meta:
        verbose_name = _("request count")
        verbose_name_plural = _("request counts")

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"


class Removal(Change):
    """An object that was taken away from the public: the desk sees which partners have followed."""

    class Meta:
        proxy = True
        verbose_name = _("removal")
        verbose_name_plural = _("removals")


# Kept in the room of webhooks; Django looks for the records of an app here.
from newsroom.partners.webhooks.models import Delivery, Webhook  # noqa: E402

__all__ = [
    "Acknowledgement",
    "AuditEntry",
    "Delivery",
    "Key",
    "Package",
    "Partner",
    "Removal",
    "RequestCount",
    "Scope",
    "Webhook",
]
