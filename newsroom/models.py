"""The shelf every room shares: users, topics, sources, the change feed and the search index."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from newsroom import addresses
from newsroom.dates import PartialDateField
from newsroom.keeping import KEPT_PERMISSIONS, FormerAddress, Kept, Letter, Presence, Typed
from newsroom.querysets import KeyedManager, RecordQuerySet

__all__ = [
    "KEPT_PERMISSIONS",
    "Change",
    "Due",
    "Embargoed",
    "FeedHead",
    "FormerAddress",
    "Kept",
    "Keyed",
    "Letter",
    "Presence",
    "Record",
    "SearchEntry",
    "Source",
    "Topic",
    "Typed",
    "User",
]


class User(AbstractUser):
    """A member of the newsroom; what each may do follows from the groups they are in."""

    display_name = models.CharField(
        _("display name"),
        max_length=120,
        blank=True,
        help_text=_("How colleagues see this person in histories and assignments."),
    )
    wants_mail = models.BooleanField(
        _("e-mail"), default=True, help_text=_("Be told by e-mail of mentions, assignments and what is sent back.")
    )
    calendar_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the secret in the address of their calendar"
    )

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.display_name or self.get_full_name() or self.username


class Keyed(models.Model):
    """A row that is known by names rather than numbers: `natural_lookups` lead to its parts."""

    natural_lookups: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(self._follow(lookup) for lookup in self.natural_lookups)

    def _follow(self, lookup: str) -> Any:
        value: Any = self
        for step in lookup.split("__"):
            value = getattr(value, step, None)
        return value


class Record(Keyed, Kept):
    """What every public object has: an id for partners, a slug for readers, and a door that starts shut."""

    uuid = models.UUIDField(_("public id"), unique=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(
        _("slug"),
        max_length=120,
        unique=True,
        help_text=_("The last part of the page's address. Where it changes, the former one leads to it."),
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers and partners see this record only while this is ticked."),
    )
    desk_note = models.TextField(
        _("note for the desk"),
        blank=True,
        help_text=_("Doubts, contradictions between sources, inferences. Never shown to readers."),
    )

    natural_lookups = ("slug",)

    class Meta:
        abstract = True
        default_permissions = KEPT_PERMISSIONS
        constraints = [
            models.CheckConstraint(
                condition=Q(trashed_at__isnull=True) | Q(is_public=False),
                name="%(app_label)s_%(class)s_in_the_trash_is_not_public",
                violation_error_message=_("What lies in the trash cannot be public: bring it back first."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        addresses.check(self)

    def opens_at(self, at: dt.datetime) -> dt.datetime | None:
        """When time alone will bring the record to readers; None where it has, or where its door is shut."""
        return None

    def is_out(self, at: dt.datetime | None = None) -> bool:
        """Whether readers and partners may have it at that moment, else now; `public()` asks the same of many."""
        return self.is_public and self.opens_at(at or timezone.now()) is None


class Embargoed(Record):
    """A record that nobody outside gets before its embargo ends, however open its door is."""

    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_(
            "Even where it is public, readers and partners get it no sooner. "
            "Stories that show it need an embargo that ends no earlier."
        ),
    )

    class Meta(Record.Meta):
        abstract = True

    def opens_at(self, at: dt.datetime) -> dt.datetime | None:
        is_kept = self.is_public and self.embargo_until is not None and self.embargo_until > at
        return self.embargo_until if is_kept else None


class TopicQuerySet(RecordQuerySet["Topic"]):
    """Questions about topics."""


class Topic(Record):
    """A subject that readers and partners follow, with its IPTC Media Topic where one fits."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=120, blank=True)
    description = models.TextField(
        _("description"), blank=True, help_text=_("Two lines at most, shown on top of the topic's page.")
    )
    description_ko = models.TextField(_("description in Korean"), blank=True)
    medtop = models.CharField(
        _("IPTC Media Topic"),
        max_length=20,
        blank=True,
        help_text=_("The code alone, such as 20000735; empty where no Media Topic fits."),
    )

    objects = KeyedManager.from_queryset(TopicQuerySet)()

    class Meta(Record.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("topic", args=[self.slug])

    @property
    def local_name(self) -> str:
        return (get_language() == "ko" and self.name_ko) or self.name

    @property
    def local_description(self) -> str:
        return (get_language() == "ko" and self.description_ko) or self.description


class Source(Keyed, Kept):
    """A document that facts were taken from; everything but its publisher may be unknown."""

    class Permission(models.TextChoices):
        UNKNOWN = "unknown", _("not stated")
        ALLOWED = "allowed", _("allowed")
        FORBIDDEN = "forbidden", _("forbidden")

    slug = models.SlugField(
        _("short name"), max_length=120, unique=True, help_text=_("Used to refer to this source at the desk.")
    )
    publisher = models.CharField(_("publisher"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True, help_text=_("As printed."))
    title = models.CharField(_("title"), max_length=500, blank=True)
    published_on = PartialDateField(_("date"), blank=True)
    published_on_as_printed = models.CharField(_("date as printed"), max_length=120, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True, help_text=_("Such as en or ko."))
    rights_notice = models.CharField(
        _("rights notice"), max_length=500, blank=True, help_text=_("Word for word as printed.")
    )
    redistribution = models.CharField(
        _("redistribution"), max_length=10, choices=Permission.choices, default=Permission.UNKNOWN
    )
    ai_training = models.CharField(
        _("use for AI training"), max_length=10, choices=Permission.choices, default=Permission.UNKNOWN
    )
    text = models.TextField(
        _("text"),
        blank=True,
        max_length=200_000,
        help_text=_(
            "What the document says, pasted from it: stories are compared with it, so that no sentence of it is "
            "carried over. Never shown to readers or partners."
        ),
    )
    desk_note = models.TextField(_("note for the desk"), blank=True)

    natural_lookups = ("slug",)

    objects = KeyedManager["Source"]()

    class Meta:
        default_permissions = KEPT_PERMISSIONS
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["publisher", "slug"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}" if self.title else self.publisher

    def clean(self) -> None:
        super().clean()
        before = type(self)._base_manager.filter(pk=self.pk).values_list("slug", flat=True).first()
        if before and before != self.slug:
            message = _("Published stories credit this source as “%(slug)s”: its short name cannot change.")
            raise ValidationError({"slug": ValidationError(message, "locked", {"slug": before})})


class FeedHead(models.Model):
    """The one counter of the public site: whoever reads number N has every change up to N.

    Its row lock, held from the first number given to COMMIT, is what makes that true.
    """

    seq = models.BigIntegerField(default=0)
    generation = models.UUIDField(default=uuid.uuid4, help_text="new after a restore: old cursors end")
    due_at = models.DateTimeField(null=True, help_text="the next instant at which something appears or expires")

    class Meta:
        verbose_name = _("feed head")
        verbose_name_plural = _("feed head")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="feedhead_is_one_row")]

    def __str__(self) -> str:
        return str(self.seq)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Which entries of the feed concern whom."""

    def since(self, seq: int) -> ChangeQuerySet:
        return self.filter(seq__gt=seq).order_by("seq")

    def of_kind(self, *kinds: str) -> ChangeQuerySet:
        return self.filter(kind__in=kinds)

    def current(self) -> ChangeQuerySet:
        """What the public may have now; bit 0 of a mask is the public."""
        return self.annotate(_now=models.F("mask").bitand(1)).filter(_now=1)


class Change(models.Model):
    """The last change of one public object, with the document that partners get."""

    class Reason(models.TextChoices):
        PUBLISHED = "published", _("published")
        CORRECTED = "corrected", _("corrected")
        CHANGED = "changed", _("changed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TAKEN_DOWN = "taken-down", _("taken down")
        KILLED = "killed", _("killed")
        EXPIRED = "expired", _("expired")
        HIDDEN = "hidden", _("no longer public")
        DELETED = "deleted", _("deleted")

    seq = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64)
    document = models.TextField(blank=True, help_text="canonical JSON; empty while nobody may have it")
    mask = models.BigIntegerField(default=0)
    ever_mask = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    note = models.TextField(blank=True)
    replaced_by = models.UUIDField(null=True)
    changed_at = models.DateTimeField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="change_one_per_object")]
        indexes = [models.Index(fields=["kind", "seq"], name="change_kind_seq")]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.object_id}"


class Due(models.Model):
    """The next instant at which time alone changes what the public sees of an object."""

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("due change")
        verbose_name_plural = _("due changes")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="due_one_per_object")]

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M} {self.kind}"


class SearchEntry(models.Model):
    """What search knows of one public object; written by the change feed alone, in its transaction."""

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    title = models.CharField(max_length=500)
    text = models.TextField(help_text="plain text that a snippet is cut from")
    tokens = models.TextField(help_text="what the full-text index reads")
    marks = models.TextField(
        blank=True, help_text="its language, topics and countries, as the full-text index has them"
    )
    language = models.CharField(max_length=8, blank=True)
    sort_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="searchentry_one_per_object")]
        indexes = [models.Index(fields=["kind", "-sort_at", "-id"], name="searchentry_newest")]

    def __str__(self) -> str:
        return pgettext_lazy("search entry", "%(kind)s: %(title)s") % {"kind": self.kind, "title": self.title}
