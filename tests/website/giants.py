"""A house in which everything is too much: records with more below them, in longer words, than a page has room for."""

import datetime as dt
from typing import Any

from django.db.models import Model

from events.models import Appearance, Event, Hosting, Series, Session, Statement, Venue
from newsroom.articles.models import Article, Edition, EditionFacet
from newsroom.articles.models.edition import OPEN_END
from newsroom.models import Source, Topic
from newsroom.photos.models import Depiction, Photo
from people.models import NameVariant, Organisation, Person, Position

#: a long title in Korean, three bytes a letter
LONG = "과학기술외교의 새로운 지평을 여는 국제 협력과 공동 연구의 미래에 관한 고위급 대화와 정책 토론의 기록"
TEXT = f"{LONG}. " * 3
TODAY = dt.datetime(2025, 12, 9, tzinfo=dt.UTC)
CROWD, MEETINGS, PARTS, STORIES, PHOTOS, EDITIONS = 120, 40, 60, 40, 40, 100


def giants() -> dict[str, Model]:
    """One of each kind of record, and around them the crowd that makes them giants; every row has a mark of its own."""
    people = [_person(number) for number in range(CROWD)]
    bodies = [_body(number) for number in range(PARTS)]
    topics = [_topic(number) for number in range(PARTS)]
    sources = [_source(number) for number in range(PARTS)]
    series, venue = Series.objects.create(slug="giants", name=LONG), Venue.objects.create(slug="hall", name=LONG[:40])
    meetings = [_meeting(number, series, venue) for number in range(MEETINGS)]
    photos = [_photo(number, meetings[-1]) for number in range(PHOTOS)]
    Person.objects.bulk_create(people)
    Organisation.objects.bulk_create(bodies)
    Organisation.objects.exclude(pk=bodies[0].pk).update(parent=bodies[0])
    Topic.objects.bulk_create(topics)
    Source.objects.bulk_create(sources)
    Event.objects.bulk_create(meetings)
    Photo.objects.bulk_create(photos)
    _programme(meetings, people, bodies, topics, sources)
    _record(people[0], bodies[0], sources)
    _pictures(photos, people)
    printed = _printed(
        people=people, photos=photos, sources=sources, organisations=bodies, events=meetings, topics=topics
    )
    shelves = {"person": people[0], "event": meetings[-1], "topic": topics[0], "photo": photos[-1]}
    story = _stories(printed, {name: one.pk for name, one in (*shelves.items(), ("organisation", bodies[0]))})
    return {
        "person": people[0],
        "organisation": bodies[0],
        "topic": topics[0],
        "event": meetings[-1],
        "assembly": meetings[-2],
        "photo": photos[-1],
        "article": story,
    }


def _person(number: int) -> Person:
    return Person(
        slug=f"somebody-{number}",
        family_name="Doe",
        given_name=f"Person-{number}-of-many",
        native_name="도" * 6,
        is_public=True,
    )


def _body(number: int) -> Organisation:
    return Organisation(slug=f"body-{number}", name=f"{LONG} body-{number}-of-many", is_public=True)


def _topic(number: int) -> Topic:
    return Topic(slug=f"topic-{number}", name=f"{LONG} topic-{number}-of-many"[:120], is_public=True)


def _source(number: int) -> Source:
    return Source(
        slug=f"source-{number}",
        publisher=LONG,
        title=f"{LONG} source-{number}-of-many",
        rights_notice=LONG,
        redistribution="allowed",
    )


def _meeting(number: int, series: Series, venue: Venue) -> Event:
    return Event(
        slug=f"meeting-{number}",
        name=f"{LONG} meeting-{number}-of-many",
        series=series,
        venue=venue,
        starts_on=f"2025-{number % 12 + 1:02}-09",
        is_public=True,
    )


def _photo(number: int, meeting: Event) -> Photo:
    return Photo(
        slug=f"photo-{number}", headline=f"photo-{number}-of-many", description=TEXT, event=meeting, is_public=True
    )


def _programme(
    meetings: list[Event], people: list[Person], bodies: list[Organisation], topics: list[Topic], sources: list[Source]
) -> None:
    """Of the last meeting with sessions, of the last but one without; the first person was at all of them."""
    great, assembly = meetings[-1], meetings[-2]
    sessions = Session.objects.bulk_create(
        Session(event=great, order=order, title=f"{LONG} session-{order}-of-many") for order in range(CROWD // 3)
    )
    Appearance.objects.bulk_create(
        Appearance(
            event=meeting,
            person=one,
            order=order,
            session=sessions[order // 3] if meeting is great else None,
            role="panellist",
            talk_title=f"{LONG} talk-{meeting.pk}-{order}-of-many",
            title_as_printed=LONG,
        )
        for meeting in meetings
        for order, one in enumerate(people if meeting in (great, assembly) else people[:8])
    )
    Statement.objects.bulk_create(
        Statement(
            event=meeting,
            order=order,
            person=one,
            text=f"{TEXT} said-{meeting.pk}-{order}-of-many",
            source=sources[order],
        )
        for meeting in meetings
        for order, one in enumerate(people[:30] if meeting is great else people[:1])
    )
    Statement.objects.bulk_create(
        Statement(event=meeting, order=99, organisation=bodies[0], text=f"{TEXT} told-{meeting.pk}-of-many")
        for meeting in meetings
    )
    Hosting.objects.bulk_create(Hosting(event=meeting, organisation=bodies[0]) for meeting in meetings)
    Hosting.objects.bulk_create(Hosting(event=great, organisation=one, role="co-host") for one in bodies[1:])
    great.topics.set(topics)
    topics[0].events.set(meetings)
    great.sources.set(sources)


def _record(person: Person, body: Organisation, sources: list[Source]) -> None:
    Position.objects.bulk_create(
        Position(person=person, organisation=body, title=f"{LONG} post-{year}-of-many", starts_on=str(year))
        for year in range(1960, 1960 + PARTS)
    )
    NameVariant.objects.bulk_create(
        NameVariant(**owner, spelling=f"{LONG} name-{number}-of-many", script="Hang", source=sources[number])
        for owner in ({"person": person}, {"organisation": body})
        for number in range(PARTS)
    )


def _pictures(photos: list[Photo], people: list[Person]) -> None:
    """Everybody stands on the last one, in two rows; on the others ten people."""
    Depiction.objects.bulk_create(
        Depiction(
            photo=photo,
            person=one,
            order=order,
            row="front" if order % 2 else "back",
            place_from_left=order + 1,
            title_as_printed=LONG,
        )
        for photo in photos
        for order, one in enumerate(people if photo is photos[-1] else people[:10])
    )


def _stories(printed: dict[str, Any], shelves: dict[str, int]) -> Article:
    """All on the same shelves; the last of them is the giant, and was corrected sixty times."""
    articles = Article.objects.bulk_create(
        Article(slug=f"story-{number}", headline=f"{LONG} story-{number}-of-many") for number in range(STORIES)
    )
    modest = {**printed, "photos": printed["photos"][:1], "people": []}
    editions = Edition.objects.bulk_create(
        _edition(one, number, printed if one is articles[-1] else modest) for number, one in enumerate(articles)
    )
    Edition.objects.bulk_create(_former(editions[-1], number) for number in range(1, EDITIONS))
    EditionFacet.objects.bulk_create(
        EditionFacet(
            edition=edition,
            article=edition.article,
            facet=facet,
            value=str(value),
            kind=edition.kind,
            language=edition.language,
            first_published_at=edition.first_published_at,
            visible_from=edition.visible_from,
            visible_until=OPEN_END,
        )
        for edition in editions
        for facet, value in {"all": "", **shelves}.items()
    )
    return articles[-1]


def _edition(article: Article, number: int, printed: dict[str, Any]) -> Edition:
    moment = TODAY - dt.timedelta(days=number)
    return Edition(
        article=article,
        number=EDITIONS,
        visible_from=moment,
        first_published_at=moment,
        kind="report",
        language="en",
        headline=article.headline,
        standfirst=TEXT,
        body=f"<p>{TEXT * 4}</p>",
        story=printed,
        correction_note=f"{TEXT} fixed-{number}-of-many",
        made_at=moment,
    )


def _former(last: Edition, number: int) -> Edition:
    """Each an hour after the one before."""
    until = last.visible_from - dt.timedelta(hours=EDITIONS - number - 1)
    return Edition(
        article=last.article,
        number=number,
        visible_from=until - dt.timedelta(hours=1),
        visible_until=until,
        first_published_at=last.first_published_at,
        kind="report",
        language="en",
        headline=last.headline,
        standfirst=f"{TEXT} version-{number}-of-many",
        body=last.body,
        story=last.story,
        correction_note=f"{TEXT} mended-{number}-of-many" if number % 5 == 0 else "",
        made_at=until,
    )


def _printed(**records: list[Any]) -> dict[str, Any]:
    return {
        "bylines": [{"role": "author", "name": "Meridian", "person": None}],
        "people": [{"id": str(one.uuid), "name": one.name, "title": LONG} for one in records["people"]],
        "photos": [_use(one, number) for number, one in enumerate(records["photos"])],
        "sources": [one.slug for one in records["sources"]],
        "countries": [],
        **{
            part: [{"id": str(one.uuid), "name": one.name} for one in records[part]]
            for part in ("organisations", "events", "topics")
        },
    }


def _use(photo: Photo, number: int) -> dict[str, Any]:
    caption = f"{TEXT} picture-{number}-of-many"
    return {"id": str(photo.uuid), "caption": caption, "alt": "", "is_lead": number == 0, "is_decorative": False}
