"""What the public sees of an event: its programme, who took part, and what they said, as far as they may be named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet

from events.models import Appearance, Event, Hosting, Series, Session, Statement, Venue
from newsroom import changes
from newsroom.changes import Document, Kind, Public
from newsroom.documents import identity, instant, of_record, partial_date, reference, source
from newsroom.indexing import Searchable, days_of
from newsroom.models import Source, Topic
from people.documents import name_tokens
from people.models import Organisation, Person

Keys = Collection[int]


def with_all(events: QuerySet[Event]) -> QuerySet[Event]:
    """Everything a document or a page of an event reads, in a fixed number of queries."""
    return events.select_related("series", "venue").prefetch_related(
        Prefetch("hostings", Hosting.objects.select_related("organisation")),
        "sessions",
        Prefetch(
            "appearances",
            Appearance.objects.public().select_related("person", "session"),
            "public_appearances",
        ),
        Prefetch(
            "statements",
            Statement.objects.public().select_related("person", "organisation", "appearance", "source"),
            "public_statements",
        ),
        Prefetch("topics", Topic.objects.public()),
        "sources",
    )


def _event(event: Any, at: dt.datetime) -> Public:
    document = {
        **identity(event),
        "slug": event.slug,
        "name": event.name,
        "native_name": event.native_name,
        "theme": event.theme,
        "summary": event.summary,
        "kind": event.kind,
        "mode": event.mode,
        "status": event.status,
        **_times(event),
        "venue": _venue(event.venue) if event.venue else None,
        "country": event.held_in,
        "series": _series(event.series, event.number_in_series) if event.series else None,
        "hosts": [_hosting(hosting) for hosting in event.hostings.all()],
        "attendance": event.attendance,
        "attendance_is_about": event.attendance_is_about,
        "recording_url": event.recording_url,
        "recording_note": event.recording_note,
        "attribution": event.attribution,
        "sessions": [_session(session) for session in event.sessions.all()],
        "appearances": [_appearance(appearance) for appearance in event.public_appearances],
        "statements": [_statement(statement) for statement in event.public_statements],
        "topics": [reference("topic", topic) for topic in event.topics.all()],
        "sources": [source(record) for record in event.sources.all()],
    }
    return of_record(event, document, _words(event), at=at)


def _times(event: Event) -> Document:
    return {
        "starts_on": partial_date(event.starts_on),
        "ends_on": partial_date(event.ends_on),
        "date_as_printed": event.date_as_printed,
        "starts_at": instant(event.starts_at),
        "ends_at": instant(event.ends_at),
    }


def _venue(venue: Venue) -> Document:
    return {
        "name": venue.name,
        "city": venue.city,
        "country": str(venue.country.code or ""),
        "address": venue.address,
        "time_zone": venue.time_zone,
        "latitude": float(venue.latitude) if venue.latitude is not None else None,
        "longitude": float(venue.longitude) if venue.longitude is not None else None,
    }


def _series(series: Series, number: int | None) -> Document:
    return {"slug": series.slug, "name": series.name, "number": number, "since": partial_date(series.since)}


def _hosting(hosting: Hosting) -> Document:
    return {"role": hosting.role, "organisation": reference("organisation", hosting.organisation)}


def _session(session: Session) -> Document:
    return {
        "order": session.order,
        "title": session.title,
        "summary": session.summary,
        "starts_at": instant(session.starts_at),
        "ends_at": instant(session.ends_at),
        "room": session.room,
    }


def _appearance(appearance: Appearance) -> Document:
    return {
        "person": reference("person", appearance.person),
        "name_as_printed": appearance.name_as_printed,
        "title_as_printed": appearance.title_as_printed,
        "role": appearance.role,
        "session": appearance.session.order if appearance.session else None,
        "talk_title": appearance.talk_title,
    }


def _statement(statement: Statement) -> Document:
    return {
        "person": reference("person", statement.person) if statement.person else None,
        "organisation": reference("organisation", statement.organisation) if statement.organisation else None,
        "title_as_printed": statement.appearance.title_as_printed if statement.appearance else "",
        "text": statement.text,
        "language": statement.language,
        "source": source(statement.source) if statement.source else None,
    }


def _words(event: Any) -> Searchable:
    programme = [session.title for session in event.sessions.all()]
    parts = [f"{one.person.name} {one.title_as_printed} {one.talk_title}".strip() for one in event.public_appearances]
    said = [statement.text for statement in event.public_statements]
    hosts = [hosting.organisation for hosting in event.hostings.all()]
    bodies = [str(one) if one.is_public else one.name for one in hosts]
    place = [str(event.venue)] if event.venue else []
    lines = [event.native_name, event.theme, event.summary, *place, *bodies, *programme, *parts, *said]
    text, at = "\n".join(filter(None, lines)), event.starts_at or _midnight(event)
    days = days_of(event.starts_on, event.ends_on)
    return Searchable(
        event.name,
        text,
        sort_at=at,
        also=(event.native_name,),
        exact=name_tokens(_named(event)),
        days=days,
        topics=tuple(topic.pk for topic in event.topics.all()),
        countries=(event.held_in,),
    )


def _named(event: Any) -> Iterator[str]:
    for one in event.public_appearances:
        yield from (one.person.name, one.name_as_printed)
    yield from (one.person.name for one in event.public_statements if one.person)


def _midnight(event: Event) -> dt.datetime | None:
    first = event.starts_on.earliest if event.starts_on else None
    return dt.datetime.combine(first, dt.time(), dt.UTC) if first else None


def _of(rows: type[models.Model], lookup: str) -> Callable[[Keys], Iterable[int]]:
    """The events of these rows, found through one of their relations."""
    return lambda keys: (
        rows._default_manager.filter(**{f"{lookup}__in": keys}).values_list("event", flat=True).distinct()
    )


def _where(lookup: str) -> Callable[[Keys], Iterable[int]]:
    return lambda keys: Event.objects.filter(**{f"{lookup}__in": keys}).values_list("pk", flat=True)


def _of_organisations(keys: Keys) -> Iterable[int]:
    return [*_of(Hosting, "organisation")(keys), *_of(Statement, "organisation")(keys)]


def _of_people(keys: Keys) -> Iterable[int]:
    return [*_of(Appearance, "person")(keys), *_of(Statement, "person")(keys)]


def _of_sources(keys: Keys) -> Iterable[int]:
    return [*_where("sources")(keys), *_of(Statement, "source")(keys)]


changes.register(
    Kind(
        "event",
        Event,
        lambda keys: with_all(Event.objects.filter(pk__in=keys)),
        _event,
        embeds={
            Person: _of_people,
            Organisation: _of_organisations,
            Topic: _where("topics"),
            Series: _where("series"),
            Venue: _where("venue"),
            Source: _of_sources,
        },
    )
)
