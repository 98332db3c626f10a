"""Who's who: people and organisations, every spelling of their names, and the posts they held when."""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from newsroom.dates import PartialDate, PartialDateField
from newsroom.models import Keyed, Record, Source
from newsroom.querysets import KeyedManager
from people import naming
from people.fields import MatchKeyField
from people.querysets import OrganisationQuerySet, PersonQuerySet
from people.titles import TitleOn, title_on


def or_none(relation: str) -> Coalesce:
    """A relation in a unique constraint where none equals none; SQLite has no `nulls_distinct`."""
    return Coalesce(relation, 0)


is_orcid = RegexValidator(r"^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$", _("An ORCID iD looks like 0000-0002-1825-0097."))
is_wikidata_id = RegexValidator(r"^Q[1-9]\d*$", _("A Wikidata id looks like Q42."))
is_ror_id = RegexValidator(r"^0[a-hj-km-np-tv-z0-9]{6}\d{2}$", _("A ROR id looks like 05apxxy63."))


class Organisation(Record):
    """A body that people speak for: a ministry, an institute, a university, a committee."""

    class Kind(models.TextChoices):
        MINISTRY = "ministry", _("ministry")
        AGENCY = "agency", _("agency")
        INSTITUTE = "institute", _("research institute")
        UNIVERSITY = "university", _("university")
        ASSOCIATION = "association", _("association")
        COMMITTEE = "committee", _("committee")
        LEGISLATURE = "legislature", _("legislature")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
        MEDIA = "media", _("news organisation")
        COMPANY = "company", _("company")
        MISSION = "mission", _("diplomatic mission")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("The abbreviation in use, such as KISTEP.")
    )
    native_name = models.CharField(
        _("name in its own language"), max_length=200, blank=True, help_text=_("Only as seen in a source.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    country = CountryField(_("country"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="parts"
    )
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    ror = models.CharField("ROR", max_length=9, blank=True, validators=[is_ror_id])
    wikidata = models.CharField("Wikidata", max_length=20, blank=True, validators=[is_wikidata_id])
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    match_key = MatchKeyField(of="name")

    objects = KeyedManager.from_queryset(OrganisationQuerySet)()
    history = HistoricalRecords(excluded_fields=["match_key", "merged_into"])

    class Meta(Record.Meta):
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.short_name})" if self.short_name else self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    @property
    def known_as(self) -> str:
        """The shorter of its names, for a line that has little room; the one that documents give while it is hidden.

        What pages say of it has to move with the feed, and the feed holds no more of it than `name`.
        """
        return (self.short_name if self.is_public else "") or self.name


class Person(Record):
    """One human being, however their name is spelt."""

    class NameOrder(models.TextChoices):
        FAMILY_FIRST = "family-first", _("family name first")
        GIVEN_FIRST = "given-first", _("given name first")

    family_name = models.CharField(_("family name"), max_length=80)
    given_name = models.CharField(_("given name"), max_length=120, blank=True)
    name_order = models.CharField(
        _("order of names"), max_length=12, choices=NameOrder.choices, default=NameOrder.FAMILY_FIRST
    )
    native_name = models.CharField(
        _("name in its own script"),
        max_length=120,
        blank=True,
        help_text=_("As the person writes it, such as Hangul; only as seen in a source, never transliterated back."),
    )
    biography = models.TextField(_("biography"), blank=True)
    orcid = models.CharField("ORCID", max_length=19, blank=True, validators=[is_orcid])
    wikidata = models.CharField("Wikidata", max_length=20, blank=True, validators=[is_wikidata_id])
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
    )
    match_key = MatchKeyField(of="name")
    native_match_key = MatchKeyField(of="native_name")

    objects = KeyedManager.from_queryset(PersonQuerySet)()
    history = HistoricalRecords(excluded_fields=["match_key", "native_match_key", "merged_into"])

    class Meta(Record.Meta):
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["family_name", "given_name", "pk"]
        indexes = [models.Index(fields=["family_name", "given_name", "id"], name="person_alphabet")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.slug])

    @property
    def name(self) -> str:
        parts = [self.family_name, self.given_name]
        if self.name_order == self.NameOrder.GIVEN_FIRST:
            parts.reverse()
        is_joined = all(NameVariant.Script.of(part).is_written_together for part in parts)
        return ("" if is_joined else " ").join(filter(None, parts))

    @property
    def initials(self) -> str:
        return naming.initials(self.family_name, self.given_name)

    def title_on(self, day: PartialDate | None) -> TitleOn | None:
        """The title this person had on that day, as far as it is known; None where no position is.

        The position held then comes first, else the one attested nearest to the day; the answer says
        which. Reads `self.positions` with their attestations: prefetch them in lists.
        """
        return title_on(self.positions.all(), day)


class NameVariant(Keyed):
    """A spelling as printed somewhere, of a person or of an organisation."""

    class Script(models.TextChoices):
        LATIN = "Latn", _("Latin")
        HANGUL = "Hang", _("Hangul")
        HAN = "Hani", _("Chinese characters")
        OTHER = "Zyyy", _("other")

        @classmethod
        def of(cls, spelling: str) -> NameVariant.Script:
            """The script of its first letter."""
            first = next((unicodedata.name(letter, "") for letter in spelling if letter.isalpha()), "")
            known = {"HANGUL": cls.HANGUL, "CJK": cls.HAN, "LATIN": cls.LATIN}
            return cls(known.get(first.partition(" ")[0], cls.OTHER))

        @property
        def is_written_together(self) -> bool:
            """Whether family name and given name stand without a space between them: 홍길동."""
            return self in {self.HANGUL, self.HAN}

    person = models.ForeignKey(
        Person, models.CASCADE, verbose_name=_("person"), null=True, blank=True, related_name="variants"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="variants",
    )
    spelling = models.CharField(_("spelling"), max_length=200, help_text=_("Letter for letter as printed."))
    script = models.CharField(_("script"), max_length=4, choices=Script.choices, default=Script.LATIN)
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("seen in"), null=True, blank=True, related_name="name_variants"
    )
    match_key = MatchKeyField(of="spelling")

    natural_lookups = ("person__slug", "organisation__slug", "spelling", "source__slug")

    objects = KeyedManager["NameVariant"]()

    class Meta:
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["spelling", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(organisation__isnull=True), name="namevariant_of_one"
            ),
            models.UniqueConstraint(
                or_none("person"),
                or_none("organisation"),
                "spelling",
                or_none("source"),
                name="namevariant_once_per_source",
                violation_error_message=_("This spelling is recorded already for that source."),
            ),
        ]

    def __str__(self) -> str:
        return self.spelling


class Merge(models.Model):
    """How a record went into another one, step by step, so that it can come out again; gone once it has."""

    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="merge")
    organisation = models.OneToOneField(Organisation, models.CASCADE, null=True, related_name="merge")
    steps: models.JSONField[list[Any], list[Any]] = models.JSONField(help_text="as `folding` writes them")
    losses: models.JSONField[list[str], list[str]] = models.JSONField(
        default=list, help_text="what two rows said differently, in the words in which the desk was told"
    )
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(condition=Q(person__isnull=True) ^ Q(organisation__isnull=True), name="merge_of_one")
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation)


class Position(Keyed):
    """A post held by a person: its title, where, from when to when, and the days on which it is attested."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name=_("person"), related_name="positions")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        related_name="positions",
    )
    title = models.CharField(_("title"), max_length=200, help_text=_("Without the organisation: “President”."))
    title_ko = models.CharField(
        _("title in Korean"), max_length=200, blank=True, help_text=_("As a source prints it: “회장”.")
    )
    starts_on = PartialDateField(_("from"), blank=True)
    ends_on = PartialDateField(_("until"), blank=True)
    desk_note = models.TextField(_("note for the desk"), blank=True)

    natural_lookups: ClassVar[tuple[str, ...]] = ("person__slug", "organisation__slug", "title")

    objects = KeyedManager["Position"]()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["person", "starts_on_earliest", "pk"]
        constraints = [models.UniqueConstraint("person", or_none("organisation"), "title", name="position_once")]

    def __str__(self) -> str:
        return self.wording

    @property
    def wording(self) -> str:
        """The title with the organisation's name: “President, KISTEP”."""
        return f"{self.title}, {self.organisation.known_as}" if self.organisation else self.title

    @property
    def local_title(self) -> str:
        return (get_language() == "ko" and self.title_ko) or self.title

    @property
    def local_wording(self) -> str:
        """As `wording`; for who reads Korean the organisation before the title, where that is known in Korean."""
        if get_language() != "ko" or not self.title_ko:
            return self.wording
        body = self.organisation.native_name or self.organisation.known_as if self.organisation else ""
        return f"{body} {self.title_ko}".strip()


class Attestation(Keyed):
    """A day on which a source shows somebody in a position, with the title as that source prints it."""

    position = models.ForeignKey(Position, models.CASCADE, verbose_name=_("position"), related_name="attestations")
    seen_on = PartialDateField(_("day"))
    title_as_printed = models.CharField(_("title as printed"), max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("seen in"), null=True, blank=True, related_name="attestations"
    )

    natural_lookups = (
        "position__person__slug",
        "position__organisation__slug",
        "position__title",
        "seen_on",
        "source__slug",
        "title_as_printed",
    )

    objects = KeyedManager["Attestation"]()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["seen_on_earliest", "pk"]
        constraints = [
            models.UniqueConstraint(
                "position", "seen_on", or_none("source"), "title_as_printed", name="attestation_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.seen_on or "")
