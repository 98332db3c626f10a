"""Front of house: what one row of a list shows of an event, a person, an organisation, a topic or a photo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.timezone import localdate
from django.utils.translation import get_language

from events.models import Appearance, Event, Hosting
from newsroom.articles.models import EditionFacet, Language
from newsroom.articles.translations import told_once
from newsroom.dates import PartialDate
from newsroom.filters import FACET_WINDOW
from newsroom.models import Topic
from newsroom.photos.documents import with_all as photos_with_all
from newsroom.photos.models import Photo
from newsroom.querysets import out
from newsroom.website.pages.figures import Figure, figure
from newsroom.website.pages.people import PersonLine, line, names_and_posts
from newsroom.website.pages.places import where_in_words
from newsroom.website.rows import Snippet, snippets_of
from newsroom.website.selection import number
from people import naming
from people.filters import without_honorific
from people.models import Organisation, Person, Position

Keys = Sequence[int]


@dataclass(frozen=True)
class EventRow:
    event: Event
    where: str
    named: int
    snippet: Snippet = field(default_factory=list)

    @property
    def is_fuzzy(self) -> bool:
        """Whether the day is not settled."""
        return self.event.starts_on is None or not self.event.starts_on.is_day


@dataclass(frozen=True)
class PersonRow:
    """Somebody with the post of today, as far as it is known, and the spelling that was asked for."""

    person: Person
    line: PersonLine
    spelling: str = ""


@dataclass(frozen=True)
class OrganisationRow:
    organisation: Organisation
    people: int
    events: int
    snippet: Snippet = field(default_factory=list)


@dataclass(frozen=True)
class TopicRow:
    """A topic with what lies under it, counted as far as the choices of a list are."""

    topic: Topic
    articles: int
    events: int

    @property
    def articles_in_words(self) -> str:
        return _up_to_window(self.articles)

    @property
    def events_in_words(self) -> str:
        return _up_to_window(self.events)


@dataclass(frozen=True)
class PhotoRow:
    photo: Photo
    figure: Figure


def event_rows(events: Collection[Event], *, words: str = "") -> list[EventRow]:
    """Rows for these events, whose venues are to be at hand."""
    named = _counted(Appearance.objects.public(), "event", "person", [event.pk for event in events])
    snippets = snippets_of("event", [event.uuid for event in events], words)
    return [
        EventRow(event, where_in_words(event), named.get(event.pk, 0), snippets.get(event.uuid, [])) for event in events
    ]


def events_by_key(keys: Keys) -> list[Event]:
    return _in_order(Event.objects.public().select_related("venue", "series"), keys)


def person_rows(keys: Keys, at: dt.datetime, *, words: str = "") -> list[PersonRow]:
    people = _in_order(Person.objects.public().prefetch_related(*names_and_posts()), keys)
    today = today_as_date(at)
    return [PersonRow(person, line(person, day=today), spelling_meant(person, words)) for person in people]


def today_as_date(at: dt.datetime) -> PartialDate:
    day = localdate(at)
    return PartialDate(day.year, day.month, day.day)


def spelling_meant(person: Person, words: str) -> str:
    """The recorded spelling, other than the name itself, that a query means; reads `person.variants`."""
    words = without_honorific(words)
    spellings = [*(variant.spelling for variant in person.variants.all()), person.native_name]
    others = [one for one in dict.fromkeys(spellings) if one and one != person.name]
    letter_by_letter = (one for one in others if one.casefold() == words.casefold())
    by_reading = (one for one in others if naming.same_name(one, words))
    return next(letter_by_letter, "") or next(by_reading, "") if words != person.name else ""


def organisation_rows(keys: Keys, *, words: str = "") -> list[OrganisationRow]:
    found: list[Organisation] = _in_order(Organisation.objects.public().select_related("parent"), keys)
    people = _counted(Position.objects.filter(person__is_public=True), "organisation", "person", keys)
    events = _counted(Hosting.objects.filter(out(of="event__")), "organisation", "event", keys)
    snippets = snippets_of("organisation", [one.uuid for one in found], words)
    return [
        OrganisationRow(one, people.get(one.pk, 0), events.get(one.pk, 0), snippets.get(one.uuid, [])) for one in found
    ]


class _Counted(Subquery):
    """How many rows a question finds for each owner; one that is sliced reads no more than its slice."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def topic_rows(keys: Keys, at: dt.datetime) -> list[TopicRow]:
    links = Event.topics.through._default_manager.filter(out(of="event__"), topic=OuterRef("pk"))
    topics = Topic.objects.public().annotate(
        articles_found=_stories_on_topic(at),
        events_found=_Counted(links.order_by().values("pk")[: FACET_WINDOW + 1]),
    )
    return [TopicRow(one, one.articles_found, one.events_found) for one in _in_order(topics, keys)]


def _stories_on_topic(at: dt.datetime) -> Case:
    """As their list has them; of texts so many that their stories are more than are counted, none is looked at."""
    shelf = EditionFacet.objects.visible(at).filter(
        facet=EditionFacet.Facet.TOPIC, value=Cast(OuterRef("pk"), CharField())
    )
    crowd = len(Language) * (FACET_WINDOW + 1)
    texts = _Counted(shelf.order_by().values("pk")[:crowd])
    stories = told_once(shelf, get_language() or "", at).order_by().values("pk")[: FACET_WINDOW + 1]
    return Case(When(Exact(texts, crowd), then=FACET_WINDOW + 1), default=_Counted(stories))


def _up_to_window(found: int) -> str:
    return number(min(found, FACET_WINDOW)) + ("+" if found > FACET_WINDOW else "")


def photo_rows(keys: Keys, at: dt.datetime) -> list[PhotoRow]:
    photos: list[Photo] = _in_order(photos_with_all(Photo.objects.public()), keys)
    return [PhotoRow(photo, figure(photo, at)) for photo in photos]


def _in_order(records: QuerySet[Any], keys: Keys) -> list[Any]:
    found = records.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _counted(rows: QuerySet[Any], owner: str, what: str, keys: Collection[int]) -> dict[int, int]:
    """How many different ones each owner has."""
    counted = rows.filter(**{f"{owner}__in": keys}).order_by().values(owner)
    return dict(counted.annotate(found=Count(what, distinct=True)).values_list(owner, "found"))
