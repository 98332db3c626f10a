"""The diary: meetings, who called them, what was on the programme, and who said what."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from simple_history.models import HistoricalRecords

from events.querysets import AppearanceQuerySet, EventQuerySet, StatementQuerySet
from newsroom.dates import PartialDateField
from newsroom.models import KEPT_PERMISSIONS, Embargoed, Kept, Keyed, Record, Source, Topic
from newsroom.querysets import KeyedManager
from people.models import Organisation, Person, Position


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        message = _("“%(name)s” is no time zone; write one such as Asia/Seoul.")
        raise ValidationError(message, "time_zone", {"name": name})


class Series(Keyed, Kept):
    """Meetings that go by one name and follow each other."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("run by"), null=True, blank=True, related_name="series"
    )
    since = PartialDateField(_("since"), blank=True)
    description = models.TextField(_("description"), blank=True)

    natural_lookups = ("slug",)

    objects = KeyedManager["Series"]()

    class Meta:
        default_permissions = KEPT_PERMISSIONS
        verbose_name = _("series")
        verbose_name_plural = _("series")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Venue(Keyed, Kept):
    """A place where meetings are held, as far as it is known."""

    slug = models.SlugField(_("slug"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True, help_text=_("Empty where only the city is known."))
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Such as Asia/Seoul."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    natural_lookups = ("slug",)

    objects = KeyedManager["Venue"]()

    class Meta:
        default_permissions = KEPT_PERMISSIONS
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name", "city"]
        constraints = [models.CheckConstraint(condition=~Q(name="", city=""), name="venue_has_a_name_or_a_city")]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.city) if part)


class Event(Embargoed):
    """A meeting: when and where as precisely as is known, called by whom, under which rule of attribution."""

    class Kind(models.TextChoices):
        CONFERENCE = "conference", _("conference")
        FORUM = "forum", _("forum")
        ROUNDTABLE = "roundtable", _("roundtable")
        SEMINAR = "seminar", _("seminar")
        MEETING = "meeting", _("meeting")
        CEREMONY = "ceremony", _("ceremony")

    class Mode(models.TextChoices):
        NOT_STATED = "not-stated", _("not stated")
        IN_PERSON = "in-person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")
        HELD = "held", _("held")

    class Attribution(models.TextChoices):
        NOT_STATED = "not-stated", _("not stated")
        ON_THE_RECORD = "on-the-record", _("on the record")
        CHATHAM_HOUSE = "chatham-house", _("Chatham House Rule")

    name = models.CharField(_("name"), max_length=300)
    native_name = models.CharField(_("name in its own language"), max_length=300, blank=True)
    theme = models.CharField(_("theme"), max_length=300, blank=True, help_text=_("As the hosts announced it."))
    summary = models.TextField(_("summary"), blank=True, help_text=_("Two or three sentences in our own words."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.MEETING)
    mode = models.CharField(_("held"), max_length=12, choices=Mode.choices, default=Mode.NOT_STATED)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.SCHEDULED)
    starts_on = PartialDateField(_("from"), blank=True)
    ends_on = PartialDateField(_("until"), blank=True, help_text=_("Empty for a meeting of one day."))
    date_as_printed = models.CharField(_("date as printed"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    venue = models.ForeignKey(
        Venue, models.PROTECT, verbose_name=_("venue"), null=True, blank=True, related_name="events"
    )
    country = CountryField(
        _("country"), blank=True, help_text=_("Where it was held; leave it empty to take the venue's.")
    )
    series = models.ForeignKey(
        Series, models.PROTECT, verbose_name=_("series"), null=True, blank=True, related_name="events"
    )
    number_in_series = models.PositiveIntegerField(_("number in the series"), null=True, blank=True)
    attendance = models.PositiveIntegerField(_("attendance"), null=True, blank=True)
    attendance_is_about = models.BooleanField(_("about"), default=False)
    recording_url = models.URLField(_("recording"), blank=True)
    recording_note = models.CharField(_("where to find the recording"), max_length=200, blank=True)
    attribution = models.CharField(
        _("attribution rule"),
        max_length=16,
        choices=Attribution.choices,
        default=Attribution.NOT_STATED,
        help_text=_("Under the Chatham House Rule nobody is named as having taken part or said anything."),
    )
    organisations: models.ManyToManyField[Organisation, Hosting] = models.ManyToManyField(
        Organisation, through="Hosting", related_name="events", verbose_name=_("organisations")
    )
    topics = models.ManyToManyField(Topic, related_name="events", blank=True, verbose_name=_("topics"))
    sources = models.ManyToManyField(Source, related_name="events", blank=True, verbose_name=_("sources"))

    objects = KeyedManager.from_queryset(EventQuerySet)()
    history = HistoricalRecords()

    class Meta(Record.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_on_earliest", "-pk"]
        indexes = [
            models.Index(fields=["-starts_on_earliest", "-id"], name="event_newest"),
            models.Index(fields=["starts_on_latest", "id"], name="event_coming"),
        ]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["series", "number_in_series"], name="event_number_once_in_series"),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        begins = self.starts_on.earliest if self.starts_on else None
        ends = self.ends_on.latest if self.ends_on else None
        if begins and ends and ends < begins:
            raise ValidationError({"ends_on": _("It cannot end before it begins: give a later day, or none.")})

    @property
    def names_nobody(self) -> bool:
        return self.attribution == self.Attribution.CHATHAM_HOUSE

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    @property
    def is_off(self) -> bool:
        """Whether it does not take place as announced."""
        return self.status in {self.Status.CANCELLED, self.Status.POSTPONED}

    def is_unsettled(self, today: dt.date) -> bool:
        """Whether it was announced for a day that is over: "scheduled" would be untrue by now, "held" a guess."""
        return self.status == self.Status.SCHEDULED and self.is_over(today)

    def is_over(self, today: dt.date) -> bool:
        """Whether its last day has certainly passed."""
        last = self.ends_on or self.starts_on
        return bool(last and last.latest and last.latest < today)

    @property
    def held_in(self) -> str:
        """The ISO code of the country, the venue's where the event names none; reads `self.venue`."""
        return str(self.country.code or (self.venue.country.code if self.venue else "") or "")


class Hosting(Keyed):
    """An organisation's part in calling a meeting."""

    class Role(models.TextChoices):
        HOST = "host", _("host")
        CO_HOST = "co-host", _("co-host")
        ORGANISER = "organiser", _("organiser")

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="hostings")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="hostings"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.HOST)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    natural_lookups: ClassVar[tuple[str, ...]] = ("event__slug", "organisation__slug", "role")

    objects = KeyedManager["Hosting"]()

    class Meta:
        verbose_name = _("host or organiser")
        verbose_name_plural = _("hosts and organisers")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "organisation", "role"], name="hosting_once_per_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.organisation}"


class Session(Keyed):
    """A part of the programme, in its order."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="sessions")
    order = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), blank=True)
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    room = models.CharField(
        _("room"), max_length=120, blank=True, help_text=_("Where the programme names one: “Grand Ballroom”.")
    )

    natural_lookups = ("event__slug", "order")

    objects = KeyedManager["Session"]()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "order"], name="session_order_once")]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at < self.starts_at:
            raise ValidationError({"ends_at": _("It cannot end before it begins.")})


class Appearance(Keyed):
    """Somebody's part in a meeting, with the title as it was printed that day."""

    class Role(models.TextChoices):
        NOT_STATED = "not-stated", _("no role stated")
        OPENING = "opening-remarks", _("opening remarks")
        WELCOME = "welcome", _("welcoming address")
        CONGRATULATORY = "congratulatory-address", _("congratulatory address")
        KEYNOTE = "keynote", _("keynote")
        PRESENTATION = "presentation", _("presentation")
        CHAIR = "chair", _("chair")
        MODERATOR = "moderator", _("moderator")
        PANELLIST = "panellist", _("panellist")
        CLOSING = "closing-remarks", _("closing remarks")
        PARTICIPANT = "participant", _("participant")

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="appearances")
    session = models.ForeignKey(
        Session, models.SET_NULL, verbose_name=_("session"), null=True, blank=True, related_name="appearances"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("person"), related_name="appearances")
    role = models.CharField(_("role"), max_length=24, choices=Role.choices, default=Role.NOT_STATED)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("The order of protocol, as the programme prints it.")
    )
    talk_title = models.CharField(_("title of the talk"), max_length=400, blank=True)
    name_as_printed = models.CharField(_("name as printed"), max_length=200, blank=True)
    title_as_printed = models.CharField(_("title as printed"), max_length=300, blank=True)
    position = models.ForeignKey(
        Position,
        models.SET_NULL,
        verbose_name=_("position meant"),
        null=True,
        blank=True,
        related_name="appearances",
    )
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("seen in"), null=True, blank=True, related_name="appearances"
    )
    desk_note = models.TextField(_("note for the desk"), blank=True)

    natural_lookups = ("event__slug", "person__slug", "role")

    objects = KeyedManager.from_queryset(AppearanceQuerySet)()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "person", "role"], name="appearance_once_per_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Statement(Keyed):
    """What somebody said at a meeting, in reported speech and our own words."""

    event = models.ForeignKey(Event, models.CASCADE, verbose_name=_("event"), related_name="statements")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name=_("person"), null=True, blank=True, related_name="statements"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("in the name of"),
        null=True,
        blank=True,
        related_name="statements",
        help_text=_("Where the words are an organisation's or a group's rather than one person's."),
    )
    appearance = models.ForeignKey(
        Appearance,
        models.SET_NULL,
        verbose_name=_("appearance"),
        null=True,
        blank=True,
        related_name="statements",
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    text = models.TextField(
        _("what was said"), help_text=_("Reported speech: no quotation marks, no one else's sentences.")
    )
    language = models.CharField(_("language of this text"), max_length=8, default="en")
    source = models.ForeignKey(
        Source, models.PROTECT, verbose_name=_("source"), null=True, blank=True, related_name="statements"
    )
    desk_note = models.TextField(_("note for the desk"), blank=True)

    natural_lookups = ("event__slug", "order")

    objects = KeyedManager.from_queryset(StatementQuerySet)()

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "order"], name="statement_order_once")]

    def __str__(self) -> str:
        speaker = self.person or self.organisation or _("unattributed")
        return f"{speaker}: {self.text[:60]}"
