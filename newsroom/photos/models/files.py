"""Photo desk: what the desk keeps of a photo's files: how the original came in, and what is made of it."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.photos.models.photo import Photo


def renditions() -> Storage:
    return storages["default"]


class Intake(models.Model):
    """What the desk found in a photo's file when it took the file in; for the desk's eyes only.

    `likeness` is a difference hash in hexadecimal, empty where the picture has no features to compare; its four
    bands are indexed apart, so that two hashes that differ in three bits or fewer always share one of them.
    """

    photo = models.OneToOneField(Photo, models.CASCADE, verbose_name=_("photo"), related_name="intake")
    form = models.CharField(_("format"), max_length=8)
    size = models.PositiveBigIntegerField(_("bytes"))
    likeness = models.CharField(_("likeness"), max_length=16, blank=True)
    band_1 = models.PositiveIntegerField(null=True, db_index=True)
    band_2 = models.PositiveIntegerField(null=True, db_index=True)
    band_3 = models.PositiveIntegerField(null=True, db_index=True)
    band_4 = models.PositiveIntegerField(null=True, db_index=True)
    notes: models.JSONField[list[str], list[str]] = models.JSONField(
        _("notes"), default=list, help_text="codes of what was changed in reading the file, such as its colours"
    )
    facts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(
        _("from the file"), default=dict, help_text="what its embedded metadata say, and in which block they say it"
    )
    taken_in_at = models.DateTimeField(_("taken in"))

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")

    def __str__(self) -> str:
        return f"{self.form}, {self.size}"


class RenditionJob(models.Model):
    """The order to make the versions of one photo. The row is the truth; whoever claims it takes a lease first.

    `digest` names what is to be made: the original, its crop and the words that each file carries. A worker hands
    its files in only while it still stands, so a picture that changed meanwhile is made anew.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("ready")
        FAILED = "failed", _("failed")

    photo = models.OneToOneField(Photo, models.CASCADE, verbose_name=_("photo"), related_name="rendition_job")
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    digest = models.CharField(max_length=64)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), help_text="also the end of a worker's lease")
    made = models.PositiveSmallIntegerField(_("files made"), default=0)
    wanted = models.PositiveSmallIntegerField(_("files wanted"), default=0)
    failure = models.CharField(_("failure"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("order of versions")
        verbose_name_plural = _("orders of versions")
        indexes = [
            models.Index(
                fields=["not_before", "id"], name="renditionjob_open", condition=Q(state__in=["waiting", "running"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.WAITING, self.State.RUNNING}


class Rendition(models.Model):
    """A picture made for the public from an original, or the drawn placeholder that stands for one."""

    class Format(models.TextChoices):
        AVIF = "AVIF", "AVIF"
        WEBP = "WEBP", "WebP"
        JPEG = "JPEG", "JPEG"

    class Crop(models.TextChoices):
        """The whole picture, or a part of it around its focal point in a ratio that our pages use."""

        WHOLE = "", _("whole")
        ROW = "4x3", "4:3"
        HERO = "2x1", "2:1"
        SQUARE = "1x1", "1:1"

    photo = models.ForeignKey(Photo, models.CASCADE, verbose_name=_("photo"), related_name="renditions")
    is_placeholder = models.BooleanField(_("placeholder"), default=False)
    crop = models.CharField(_("crop"), max_length=4, choices=Crop.choices, default=Crop.WHOLE, blank=True)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    width = models.PositiveIntegerField(_("width"))
    height = models.PositiveIntegerField(_("height"))
    size = models.PositiveIntegerField(_("bytes"))
    file = models.FileField(_("file"), storage=renditions, max_length=200, db_index=True)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["width", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "is_placeholder", "crop", "format", "width"], name="rendition_once_per_shape"
            )
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height} {self.format}"


class FormerRendition(models.Model):
    """A file that pages showed until a newer version took its place, or until the picture was taken out.

    Open pages may still ask for it: until `served_until`, while the photo's right holds, they get it; then the
    file goes and the name stays, so that whoever asks hears that it is gone.
    """

    photo = models.ForeignKey(Photo, models.CASCADE, verbose_name=_("photo"), related_name="former_renditions")
    name = models.CharField(_("file"), max_length=200, db_index=True)
    served_until = models.DateTimeField(_("served until"))
    is_deleted = models.BooleanField(_("file deleted"), default=False)

    class Meta:
        verbose_name = _("former rendition")
        verbose_name_plural = _("former renditions")
        constraints = [models.UniqueConstraint(fields=["photo", "name"], name="formerrendition_once")]
        indexes = [models.Index(fields=["served_until"], name="formerrendition_kept", condition=Q(is_deleted=False))]

    def __str__(self) -> str:
        return self.name
