"""Detail pages: a meeting, its programme, who took part as far as they may be named, and what was said."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.dateformat import format as date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from events.models import Appearance, Event, Hosting, Session, Statement
from newsroom.articles.models import EditionFacet
from newsroom.dates import span_in_words
from newsroom.models import Source
from newsroom.partners.calendars import Hours
from newsroom.photos.documents import with_all as photos_with_all
from newsroom.photos.models import Photo
from newsroom.website import calendars
from newsroom.website.pages import linked_records
from newsroom.website.pages.days import CalendarLeaf, calendar_leaf
from newsroom.website.pages.figures import Figure, figures, gallery
from newsroom.website.pages.linked_data import Node
from newsroom.website.pages.links import Link, link, topic_link
from newsroom.website.pages.parallel import parallel
from newsroom.website.pages.people import PersonLine, line, with_posts
from newsroom.website.pages.places import present_in_words, where_in_words
from newsroom.website.pages.shelves import latest_in_words
from newsroom.website.pages.statements import Said, by_speaker
from newsroom.website.pages.stretches import Asked, InStretches, Stretch, beginning, stretch
from newsroom.website.rows import StoryRow

MOST_PHOTOS = 6
MOST_LINES = 36  # of a programme, its sessions and those who speak in them
MOST_SPEAKERS = 39
MOST_STATEMENTS = 40
MOST_HOSTS, MOST_TOPICS, MOST_SOURCES = 30, 24, 12


@dataclass(frozen=True)
class Part:
    """One person's part in a session."""

    role: str
    person: PersonLine
    talk: str


@dataclass(frozen=True)
class ProgrammeItem:
    """A session in its order; the last item may be those whose place in the programme is not stated."""

    session: Session | None
    hours: str
    parts: list[Part]
    #: its day, where it opens one of several
    day: str = ""
    #: whether it runs beside one above it
    is_parallel: bool = False
    #: how many more took part, where a long programme breaks off
    more: int = 0
    #: whether those who took part first stand on the page before
    is_continued: bool = False
    #: which of the programme it is
    number: int = 1


@dataclass(frozen=True)
class Line:
    """One line of a programme: a session, or somebody's part in it."""

    item: ProgrammeItem
    place: int
    part: Part | None


@dataclass(frozen=True)
class EventPage(InStretches):
    event: Any
    #: empty where a day has passed of which nobody has said yet what became of it
    status: str
    #: whether its last day has passed
    is_over: bool
    leaf: CalendarLeaf | None
    has_day: bool  # which a calendar needs
    when: str
    hours: str
    #: by which clock, where the programme has hours
    zone: str
    where: str
    present: str
    hostings: Stretch[Hosting]
    lines: Stretch[Line]
    #: everybody, for whom only the meeting without a programme has a part of its own
    speakers: list[PersonLine]
    unplaced: Stretch[PersonLine]
    statements: Stretch[Statement]
    topics: Stretch[Link]
    sources: Stretch[Source]
    photos: Stretch[Figure]
    coverage: Stretch[StoryRow]
    previous: Event | None
    next: Event | None

    @property
    def hosts(self) -> list[tuple[str, list[Link]]]:
        return _hosts(self.hostings)

    @cached_property
    def programme(self) -> list[ProgrammeItem]:
        """As much of it as the page shows, the last session as far as there is room."""
        return [_item(list(together)) for _place, together in groupby(self.lines, key=lambda one: one.place)]

    @property
    def said(self) -> list[Said]:
        return by_speaker(self.statements)

    @property
    def gallery(self) -> list[Figure]:
        return gallery(self.photos)

    @property
    def is_bare(self) -> bool:
        """Whether nothing is told of it beyond its head."""
        return not (self.lines.total or self.speakers or self.statements.total or self.coverage or self.photos)

    @property
    def linked_data(self) -> Node:
        return linked_records.event(self)

    @property
    def is_placeable(self) -> bool:
        """Whether a calendar can hold it: one whose day is not known has no place there."""
        return calendars.start_of(self.event) is not None


def event_page(event: Any, at: dt.datetime, asked: Asked) -> EventPage:
    """Takes an event from `events.documents.with_all`."""
    appearances: list[Appearance] = event.public_appearances
    with_posts([one.person for one in appearances])
    lines, speakers = _lines(_programme(event, appearances)), _speakers(event, appearances)
    previous, following = _neighbours(event)
    return EventPage(
        event=event,
        status="" if event.is_unsettled(localdate(at)) else event.get_status_display(),
        is_over=event.is_over(localdate(at)),
        leaf=calendar_leaf(event.starts_on, event.ends_on),
        has_day=Hours.of(event).start is not None,
        when=span_in_words(event.starts_on, event.ends_on),
        hours=_with_zone(event, _event_hours(event)),
        zone=_zone_in_words(event) if any(one.starts_at for one in event.sessions.all()) else "",
        where=where_in_words(event),
        present=present_in_words(event),
        hostings=stretch("hosts", _hosts_first(event), asked, most=MOST_HOSTS),
        lines=stretch("programme", lines, asked, most=MOST_LINES),
        speakers=speakers,
        unplaced=stretch("speakers", [] if lines else speakers, asked, most=MOST_SPEAKERS),
        statements=stretch("statements", event.public_statements, asked, most=MOST_STATEMENTS),
        topics=stretch("topics", [topic_link(topic) for topic in event.topics.all()], asked, most=MOST_TOPICS),
        sources=stretch("sources", event.sources.all(), asked, most=MOST_SOURCES),
        photos=beginning(lambda: figures(photos_with_all(photos_first_shown(event)), at), asked),
        coverage=beginning(lambda: latest_in_words(EditionFacet.Facet.EVENT, event.pk, at), asked),
        previous=previous,
        next=following,
    )


def _hosts_first(event: Event) -> list[Hosting]:
    return sorted(event.hostings.all(), key=lambda one: Hosting.Role.values.index(one.role))


def _hosts(hostings: Iterable[Hosting]) -> list[tuple[str, list[Link]]]:
    """Hosts, co-hosts and organisers, each group under its name."""
    groups = (
        (role, [link(one.organisation) for one in group]) for role, group in groupby(hostings, key=lambda one: one.role)
    )
    return [(_part_of(Hosting.Role(role), len(bodies)), bodies) for role, bodies in groups]


def _part_of(role: Hosting.Role, number: int) -> str:
    names = {
        Hosting.Role.HOST: npgettext("who called a meeting", "Host", "Hosts", number),
        Hosting.Role.CO_HOST: npgettext("who called a meeting", "Co-host", "Co-hosts", number),
        Hosting.Role.ORGANISER: npgettext("who called a meeting", "Organiser", "Organisers", number),
    }
    return names[role]


def _event_hours(event: Event) -> str:
    """Of a meeting of several days, which of them each hour belongs to."""
    days = tuple(_day_of(event, moment) for moment in (event.starts_at, event.ends_at))
    first, last = event.starts_on, event.ends_on
    if not (first and last) or first == last or days != (first.earliest, last.latest):
        return _hours(event, event.starts_at, event.ends_at)
    hours = {"start": _hours(event, event.starts_at, None), "end": _hours(event, event.ends_at, None)}
    return _("%(start)s on the first day to %(end)s on the last") % hours


def _hours(event: Event, first: dt.datetime | None, last: dt.datetime | None) -> str:
    """From when to when by the clock of the place; empty where only the day is known."""
    if first is None:
        return ""
    zone = _zone(event)
    return "–".join(date_format(moment.astimezone(zone), "H:i") for moment in (first, last) if moment)


def _with_zone(event: Event, hours: str) -> str:
    return _("%(hours)s (%(zone)s)") % {"hours": hours, "zone": _zone_in_words(event)} if hours else ""


def _zone(event: Event) -> ZoneInfo:
    return ZoneInfo((event.venue.time_zone if event.venue else "") or settings.TIME_ZONE)


def _day_of(event: Event, moment: dt.datetime | None) -> dt.date | None:
    """By the clock of the place."""
    return moment.astimezone(_zone(event)).date() if moment else None


def _zone_in_words(event: Event) -> str:
    return _zone(event).key.replace("_", " ")


def _programme(event: Event, appearances: list[Appearance]) -> list[ProgrammeItem]:
    """The sessions in their order; empty where the programme is not known."""
    sessions = list(event.sessions.all())
    if not sessions:
        return []
    items = [
        ProgrammeItem(session, _hours(event, session.starts_at, session.ends_at), _parts(event, session, appearances))
        for session in sessions
    ]
    unplaced = _parts(event, None, appearances)
    marks = zip(items, _days(event, sessions), parallel(sessions, _zone(event)), strict=True)
    dated = [replace(item, day=day, is_parallel=is_parallel) for item, day, is_parallel in marks]
    return [*dated, ProgrammeItem(None, "", unplaced)] if unplaced else dated


def _lines(programme: Iterable[ProgrammeItem]) -> list[Line]:
    return [Line(item, place, part) for place, item in enumerate(programme) for part in (None, *item.parts)]


def _item(lines: Sequence[Line]) -> ProgrammeItem:
    """A session with those of its lines that a page shows; the first of them names the session itself."""
    whole, parts = lines[0].item, [one.part for one in lines if one.part]
    is_continued = lines[0].part is not None
    earlier = whole.parts.index(parts[0]) if is_continued else 0
    more, number = len(whole.parts) - earlier - len(parts), lines[0].place + 1
    return replace(whole, parts=parts, more=more, is_continued=is_continued, number=number)


def _days(event: Event, sessions: Iterable[Session]) -> list[str]:
    """For each session its day by the clock of the place, where a new one begins; empty for a programme of one day."""
    days = [_day_of(event, one.starts_at) for one in sessions]
    if len({day for day in days if day}) < 2:
        return ["" for _day in days]
    format_of = pgettext("date format of a day and its weekday", "l, j F")
    words, last = [], None
    for day in days:
        words.append(date_format(day, format_of) if day and day != last else "")
        last = day or last
    return words


def _parts(event: Event, session: Session | None, appearances: list[Appearance]) -> list[Part]:
    """Who took part in the session; a role that its title names already is not said again."""
    title = session.title.lower() if session else ""
    parts = [(_role(one), one) for one in appearances if one.session == session]
    return [Part("" if role.lower() in title else role, _line(event, [one]), one.talk_title) for role, one in parts]


def _role(appearance: Appearance) -> str:
    return "" if appearance.role == Appearance.Role.NOT_STATED else appearance.get_role_display()


def _speakers(event: Event, appearances: list[Appearance]) -> list[PersonLine]:
    """Everyone once, in the order of protocol, with all their roles."""
    of_person: dict[int, list[Appearance]] = {}
    for one in appearances:
        of_person.setdefault(one.person_id, []).append(one)
    return [_line(event, together) for together in of_person.values()]


def _line(event: Event, together: list[Appearance]) -> PersonLine:
    first = together[0]
    return line(
        first.person,
        name=first.name_as_printed,
        title=first.title_as_printed,
        day=event.starts_on,
        roles=[role for one in together if (role := _role(one))],
    )


def photos_first_shown(event: Event) -> QuerySet[Photo]:
    """With which its gallery opens; the list of photos has all of them."""
    return Photo.objects.public().gallery_of(event)[:MOST_PHOTOS]


def _neighbours(event: Event) -> tuple[Event | None, Event | None]:
    """The public events before and after this one in its series, in one query."""
    day, key = _place(event)
    if event.series_id is None or day == dt.date.max:
        return None, None
    series = Event.objects.public().filter(series=event.series_id)
    is_earlier = Q(starts_on_earliest__lt=day) | Q(starts_on_earliest=day, pk__lt=key)
    is_later = Q(starts_on_earliest__gt=day) | Q(starts_on_earliest=day, pk__gt=key)
    last = series.filter(is_earlier).order_by("-starts_on_earliest", "-pk").values("pk")[:1]
    first = series.filter(is_later).order_by("starts_on_earliest", "pk").values("pk")[:1]
    around = Event.objects.filter(Q(pk__in=last) | Q(pk__in=first))
    before, after = ([one for one in around if (_place(one) > (day, key)) is later] for later in (False, True))
    return next(iter(before), None), next(iter(after), None)


def _place(event: Event) -> tuple[dt.date, int]:
    """Where an event stands in its series; one without a date stands last."""
    day = event.starts_on.earliest if event.starts_on else None
    return day or dt.date.max, event.pk
