"""Benchmarks: stories with their editions and dense keys, as `workflow.publish` and `correct` would have left them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection

from benchmarks import words
from benchmarks.records import (
    COUNTRIES,
    END,
    STEADY_STORIES,
    STEP,
    STORIES_A_PHOTO,
    STORIES_A_SOURCE,
    STORIES_AN_EVENT,
    Cast,
    insert,
    link,
    public_id,
    some,
)
from events.models import Event
from newsroom import changes
from newsroom.articles.facets import publisher_slug
from newsroom.articles.models import (
    OPEN_END,
    Article,
    Byline,
    Edition,
    EditionFacet,
    Kind,
    Mention,
    PhotoUse,
    Revision,
)
from newsroom.models import Source, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person

Facet = EditionFacet.Facet
BATCH = 1000
STORIES_A_CORRECTION = 40
STORIES_A_SIGNATURE = 5
WORDS = "Benchmark desk"
NOTE = "A number was wrong; it is right now."


@dataclass(frozen=True)
class Story:
    """One story with what it names; its age is its place from the newest, which decides all of it.

    So the newest stories are the same whatever the size of the archive behind them.
    """

    age: int
    article: Article
    author: Person | None
    topics: list[Topic]
    organisations: list[Organisation]
    people: list[Person]
    event: Event
    photo: Photo
    source: Source

    @property
    def published_at(self) -> dt.datetime:
        return END - STEP * self.age

    @property
    def is_corrected(self) -> bool:
        return self.age % STORIES_A_CORRECTION == 7

    @property
    def editions(self) -> int:
        return 2 if self.is_corrected else 1

    @property
    def countries(self) -> list[str]:
        return sorted({country.code for country in self.article.countries} | {self.event.held_in})


def make(articles: int, cast: Cast) -> None:
    """Write so many stories, the oldest first, each batch with its part of the change feed."""
    for newest in range(articles, 0, -BATCH):
        write([plan(age, cast) for age in range(newest - 1, max(newest - BATCH, 0) - 1, -1)])


def plan(age: int, cast: Cast) -> Story:
    random = Random(f"story {age}")
    people = some(random, cast.people[:-1], 4)
    return Story(
        age=age,
        article=_article(random, age),
        author=people[0] if age % STORIES_A_SIGNATURE == 0 else None,
        topics=some(random, cast.topics, 3),
        organisations=some(random, cast.organisations, 3),
        people=[cast.steady, *people] if age < STEADY_STORIES else people,
        event=_at(cast.events, age // STORIES_AN_EVENT),
        photo=_at(cast.photos, age // STORIES_A_PHOTO),
        source=_at(cast.sources, age // STORIES_A_SOURCE),
    )


def _at(records: list[Any], place: int) -> Any:
    return records[min(place, len(records) - 1)]


def _article(random: Random, age: int) -> Article:
    language = "ko" if age % 10 == 9 else "en"
    state = Article.State.CORRECTED if age % STORIES_A_CORRECTION == 7 else Article.State.PUBLISHED
    return Article(
        uuid=public_id(random),
        slug=f"story-{age:06d}",
        state=state,
        kind=random.choices(Kind.values, weights=(50, 25, 15, 7, 3))[0],
        language=language,
        headline=words.phrase(random, 8, language=language).capitalize(),
        standfirst=words.phrase(random, 25, language=language),
        body=words.body(random, age, language=language),
        countries=random.choice(COUNTRIES),
    )


def write(stories: list[Story]) -> None:
    """The rows of these stories and, in the same transaction, their documents and search entries."""
    with changes.recording() as record:
        insert(Article, (one.article for one in stories))
        _write_relations(stories)
        editions = _write_editions(stories)
        _write_facets(stories, editions)
        insert(Revision, (row for one in stories for row in _revisions(one)))
        record.touch_ids(changes.kind_named("article"), [one.article.uuid for one in stories])


def _write_relations(stories: list[Story]) -> None:
    insert(Byline, (Byline(article=one.article, person=one.author, words=_words(one)) for one in stories))
    insert(
        Mention,
        (
            Mention(article=one.article, person=person, order=order, title_as_printed="Director")
            for one in stories
            for order, person in enumerate(one.people)
        ),
    )
    insert(PhotoUse, (PhotoUse(article=one.article, photo=one.photo, is_lead=True) for one in stories))
    link(Article, "topics", ((one.article, topic) for one in stories for topic in one.topics))
    link(Article, "organisations", ((one.article, body) for one in stories for body in one.organisations))
    link(Article, "events", ((one.article, one.event) for one in stories))
    link(Article, "sources", ((one.article, one.source) for one in stories))


def _words(story: Story) -> str:
    return "" if story.author else WORDS


def _write_editions(stories: list[Story]) -> list[Edition]:
    """The last edition of each; a corrected story was corrected a day after it had appeared."""
    former = (
        _edition(one, 1, one.published_at, one.published_at + dt.timedelta(days=1))
        for one in stories
        if one.is_corrected
    )
    insert(Edition, former)
    return insert(Edition, (_last_edition(one) for one in stories))


def _last_edition(story: Story) -> Edition:
    if not story.is_corrected:
        return _edition(story, 1, story.published_at, OPEN_END)
    corrected_at = story.published_at + dt.timedelta(days=1)
    return _edition(story, 2, corrected_at, OPEN_END, former_until=OPEN_END, correction_note=NOTE)


def _edition(story: Story, number: int, opens: dt.datetime, closes: dt.datetime, **more: Any) -> Edition:
    article = story.article
    return Edition(
        article=article,
        number=number,
        visible_from=opens,
        visible_until=closes,
        first_published_at=story.published_at,
        kind=article.kind,
        language=article.language,
        headline=article.headline,
        standfirst=article.standfirst,
        body=article.body,
        story=printed(story),
        made_at=opens,
        **more,
    )


def printed(story: Story) -> dict[str, Any]:
    """What `newsroom.articles.story.printed` says of the same rows, without asking for them."""
    author = story.author
    return {
        "bylines": [
            {
                "role": "author",
                "person": str(author.uuid) if author else None,
                "name": author.name if author else WORDS,
            }
        ],
        "people": [{"id": str(one.uuid), "name": one.name, "title": "Director"} for one in story.people],
        "organisations": _named(sorted(story.organisations, key=lambda one: one.name)),
        "events": _named([story.event]),
        "topics": _named(sorted(story.topics, key=lambda one: one.name)),
        "photos": [
            {
                "id": str(story.photo.uuid),
                "caption": story.photo.description,
                "alt": story.photo.alt_text,
                "is_lead": True,
                "is_decorative": False,
            }
        ],
        "sources": [story.source.slug],
        "countries": story.countries,
    }


def _named(records: Iterable[Any]) -> list[dict[str, str]]:
    return [{"id": str(one.uuid), "name": one.name} for one in records]


def _write_facets(stories: list[Story], editions: list[Edition]) -> None:
    """Fifteen rows a story: by plain SQL, since the ORM would take half of the time for them."""
    columns = [str(field.column) for field in EditionFacet._meta.concrete_fields if not field.primary_key]
    rows = (row for story, edition in zip(stories, editions, strict=True) for row in _facets(story, edition))
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {EditionFacet._meta.db_table} ({', '.join(columns)}) VALUES ({places})",
            [tuple(row[column] for column in columns) for row in rows],
        )


def _facets(story: Story, edition: Edition) -> Iterator[dict[str, Any]]:
    instants = {
        name: connection.ops.adapt_datetimefield_value(getattr(edition, name))
        for name in ("first_published_at", "visible_from", "visible_until")
    }
    for facet, value in sorted(set(_shelves(story))):
        keys = {"edition_id": edition.pk, "article_id": story.article.pk}
        keys |= {"kind": edition.kind, "language": edition.language}
        yield {**keys, "facet": str(facet), "value": value, **instants}


def _shelves(story: Story) -> Iterator[tuple[str, str]]:
    """The same as `newsroom.articles.facets` finds in the rows."""
    yield Facet.ALL, ""
    yield Facet.KIND, story.article.kind
    yield Facet.LANGUAGE, story.article.language
    yield from ((Facet.COUNTRY, code) for code in story.countries)
    yield from ((Facet.TOPIC, str(one.pk)) for one in story.topics)
    yield from ((Facet.PERSON, str(one.pk)) for one in story.people)
    yield from ((Facet.ORGANISATION, str(one.pk)) for one in story.organisations)
    if story.author:
        yield Facet.BYLINE, str(story.author.pk)
    yield Facet.EVENT, str(story.event.pk)
    yield Facet.PHOTO, str(story.photo.pk)
    yield Facet.SOURCE, str(story.source.pk)
    yield Facet.PUBLISHER, publisher_slug(story.source.publisher)


def _revisions(story: Story) -> Iterator[Revision]:
    """One for each edition; both say the same, since only the note of a correction differs."""
    article = story.article
    texts = ("slug", "kind", "language", "headline", "standfirst", "dateline", "body")
    snapshot = {**{name: getattr(article, name) for name in texts}, "printed": printed(story)}
    for number in range(1, story.editions + 1):
        saved_at = story.published_at + dt.timedelta(days=number - 1)
        yield Revision(article=article, number=number, story=snapshot, saved_at=saved_at, note=f"Edition {number}")
