"""Benchmarks: the records that stories name; all of them artificial, and the same at every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from benchmarks import words
from events.models import Appearance, Event, Hosting, Series, Session, Statement, Venue
from newsroom import changes
from newsroom.dates import PartialDate
from newsroom.models import Record, Source, Topic
from newsroom.photos.models import Depiction, Photo
from people.models import Attestation, NameVariant, Organisation, Person, Position

ModelT = TypeVar("ModelT", bound=Model)

END = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)  # when the newest story appeared
STEP = dt.timedelta(minutes=45)  # between two stories
STORIES_AN_EVENT = 50
STORIES_A_PHOTO = 10
STORIES_A_SOURCE = 10
TOPICS, ORGANISATIONS, PEOPLE, VENUES, SERIES, PUBLISHERS = 20, 200, 500, 40, 20, 30
SPEAKERS = 6  # of an event
COMING = 3  # events that lie ahead at any time

#: the last person is named in as many stories and events whatever the size of the archive: in the newest ones
STEADY = f"person-{PEOPLE:04d}"
STEADY_STORIES, STEADY_EVENTS = 60, 10

FAMILIES = ("Ahn", "Baek", "Cho", "Gang", "Han", "Im", "Jang", "Kim", "Lee", "Min", "Oh", "Park", "Seo", "Yoon")
COUNTRIES = ("KR", "KR", "KR", "DE", "US", "JP", "CN", "CH", "FR", "SE")
BATCH = 1000


@dataclass(frozen=True)
class Cast:
    """Everything that stories name; events, photos and sources from the newest to the oldest."""

    topics: list[Topic]
    organisations: list[Organisation]
    people: list[Person]
    events: list[Event]
    photos: list[Photo]
    sources: list[Source]

    @property
    def steady(self) -> Person:
        return self.people[-1]


def insert(model: type[ModelT], rows: Iterable[ModelT]) -> list[ModelT]:
    return model._default_manager.bulk_create(rows, batch_size=BATCH)


def public_id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def some(random: Random, from_these: Sequence[ModelT], most: int) -> list[ModelT]:
    """One to `most` different ones; the first of the sequence are chosen far more often than the last."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(from_these))))
    chosen = random.choices(range(len(from_these)), cum_weights=weights, k=random.randint(1, most))
    return [from_these[place] for place in dict.fromkeys(chosen)]


def make(articles: int) -> Cast:
    """The records for an archive of so many stories, recorded in the change feed."""
    with changes.recording() as record:
        topics, organisations = _topics(), _organisations()
        sources = _sources(max(1, articles // STORIES_A_SOURCE))
        people = _people(organisations, sources)
        events = _events(max(2, articles // STORIES_AN_EVENT), topics, organisations, people, sources)
        photos = _photos(max(1, articles // STORIES_A_PHOTO), events, people, sources)
        for name, rows in _by_kind(topics, organisations, people, events, photos):
            record.touch_ids(changes.kind_named(name), [row.uuid for row in rows])
    return Cast(topics, organisations, people, events[COMING:], photos, sources)


def _by_kind(*kinds: Sequence[Record]) -> Iterator[tuple[str, Sequence[Record]]]:
    return zip(("topic", "organisation", "person", "event", "photo"), kinds, strict=True)


def _named(kind: str, number: int, **values: Any) -> dict[str, Any]:
    """What every public record has."""
    uuid = public_id(Random(f"{kind} {number}"))
    return {"uuid": uuid, "slug": f"{kind}-{number:04d}", "is_public": True, **values}


def _topics() -> list[Topic]:
    return insert(Topic, (Topic(**_named("topic", n, name=f"Topic {n:02d}")) for n in range(1, TOPICS + 1)))


def _organisations() -> list[Organisation]:
    kinds = Organisation.Kind.values
    return insert(
        Organisation,
        (
            Organisation(
                **_named("organisation", n),
                name=f"Artificial Institute {n:03d}",
                short_name=f"AI{n:03d}",
                kind=kinds[n % len(kinds)],
                country=COUNTRIES[n % len(COUNTRIES)],
            )
            for n in range(1, ORGANISATIONS + 1)
        ),
    )


def _sources(number: int) -> list[Source]:
    return insert(
        Source,
        (
            Source(
                slug=f"source-{n:05d}",
                publisher=f"Publisher {n % PUBLISHERS:02d}",
                title=f"Document {n}",
                published_on=_date(END - STEP * STORIES_A_SOURCE * n),
            )
            for n in range(number)
        ),
    )


def _date(moment: dt.datetime) -> PartialDate:
    return PartialDate(moment.year, moment.month, moment.day)


def _people(organisations: Sequence[Organisation], sources: Sequence[Source]) -> list[Person]:
    """Each with a spelling and a position that one source attests."""
    people = insert(
        Person,
        (
            Person(**_named("person", n), family_name=FAMILIES[n % len(FAMILIES)], given_name=f"Specimen {n:04d}")
            for n in range(1, PEOPLE + 1)
        ),
    )
    insert(NameVariant, (NameVariant(person=one, spelling=f"{one.given_name} {one.family_name}") for one in people))
    held = (organisations[n % len(organisations)] for n in range(len(people)))
    positions = insert(
        Position,
        (Position(person=one, organisation=where, title="Director") for one, where in zip(people, held, strict=True)),
    )
    insert(
        Attestation,
        (
            Attestation(position=one, seen_on=PartialDate(2020, 1 + n % 12), source=sources[n % len(sources)])
            for n, one in enumerate(positions)
        ),
    )
    return people


def _events(
    number: int,
    topics: Sequence[Topic],
    organisations: Sequence[Organisation],
    people: Sequence[Person],
    sources: Sequence[Source],
) -> list[Event]:
    """From the newest to the oldest, behind the few that lie ahead at any time."""
    venues = insert(
        Venue,
        (
            Venue(slug=f"venue-{n:02d}", name=f"Hall {n}", city=f"City {n}", country=COUNTRIES[n % len(COUNTRIES)])
            for n in range(VENUES)
        ),
    )
    series = insert(Series, (Series(slug=f"series-{n:02d}", name=f"Series {n:02d}") for n in range(SERIES)))
    ages = range(-COMING, number)
    events = insert(Event, (_event(age, venues, series) for age in ages))
    for event, age in zip(events, ages, strict=True):
        event.age = age  # type: ignore[attr-defined]
    _programmes(events, organisations, people)
    link(Event, "topics", ((event, one) for event in events for one in some(_of(event), topics, 3)))
    link(Event, "sources", ((event, sources[n % len(sources)]) for n, event in enumerate(events)))
    return events


def _event(age: int, venues: Sequence[Venue], series: Sequence[Series]) -> Event:
    day = PartialDate(2099, -age) if age < 0 else _date(END - STEP * STORIES_AN_EVENT * (age + 1))
    kinds = Event.Kind.values
    return Event(
        **_named("event", age + COMING),
        name=f"Artificial meeting {age + COMING}",
        theme=words.phrase(Random(f"theme {age}"), 6),
        summary=words.phrase(Random(f"summary {age}"), 30),
        kind=kinds[age % len(kinds)],
        status=Event.Status.SCHEDULED if age < 0 else Event.Status.HELD,
        starts_on=day,
        venue=venues[age % len(venues)],
        series=series[age % len(series)],
        attendance=100,
    )


def _of(event: Any) -> Random:
    return Random(f"event {event.age}")


def _programmes(events: Sequence[Any], organisations: Sequence[Organisation], people: Sequence[Person]) -> None:
    """Hosts, sessions, speakers and what each of the first two said."""
    hosts = ((event, some(_of(event), organisations, 3)) for event in events)
    insert(Hosting, (Hosting(event=event, organisation=one) for event, many in hosts for one in many))
    insert(Session, (Session(event=event, order=n, title=f"Session {n}") for event in events for n in range(1, 4)))
    appearances = insert(
        Appearance,
        (
            Appearance(event=event, person=one, order=n, role="panellist", title_as_printed="Director")
            for event in events
            for n, one in enumerate(_speakers(event, people))
        ),
    )
    insert(
        Statement,
        (
            Statement(
                event=one.event,
                person=one.person,
                appearance=one,
                order=one.order,
                text=words.phrase(Random(f"statement {one.event_id} {one.order}"), 20),
            )
            for one in appearances
            if one.order < 2
        ),
    )


def _speakers(event: Any, people: Sequence[Person]) -> list[Person]:
    speakers = some(_of(event), people[:-1], SPEAKERS)
    return [people[-1], *speakers] if 0 <= event.age < STEADY_EVENTS else speakers


def _photos(number: int, events: Sequence[Event], people: Sequence[Person], sources: Sequence[Source]) -> list[Photo]:
    """Caption records of the events, each with up to three people shown."""
    told_of = events[COMING:]
    photos = insert(
        Photo,
        (
            Photo(
                **_named("photo", n),
                description=words.phrase(Random(f"caption {n}"), 20),
                alt_text="People in a room",
                event=told_of[min(n * STORIES_A_PHOTO // STORIES_AN_EVENT, len(told_of) - 1)],
                source=sources[min(n, len(sources) - 1)],
            )
            for n in range(number)
        ),
    )
    shown = ((photo, some(Random(f"shown {n}"), people[:-1], 3)) for n, photo in enumerate(photos))
    insert(
        Depiction,
        (
            Depiction(photo=photo, person=one, order=place, place_from_left=place)
            for photo, several in shown
            for place, one in enumerate(several, 1)
        ),
    )
    return photos


def link(model: type[Model], relation: str, pairs: Iterable[tuple[Model, Model]]) -> None:
    """Rows of a many-to-many relation, in which the columns stand in this order."""
    through: Any = getattr(model, relation).through
    owner, other = (field.attname for field in through._meta.concrete_fields[1:])
    insert(through, (through(**{owner: one.pk, other: another.pk}) for one, another in pairs))
