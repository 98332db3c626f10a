"""Nothing hidden gets out: every public address is walked with a secret word in every hidden text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from events.models import Appearance, Event, Session, Statement
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Mention, PhotoUse
from newsroom.photos.models import Depiction
from people.models import NameVariant, Person, Position
from tests import factories
from tests.partners.conftest import World, make_world

pytestmark = pytest.mark.django_db

ASKED = "zanzibar"  # stands in hidden texts and slugs, and in what the walk asks for
SECRET = "tanganyika"  # stands beside it in the texts, and is asked for nowhere
HIDDEN = f"{ASKED} {SECRET}"
# Every address that the public can ask for, with the queries that could bring a secret up. A new address has to be
# entered here; those of the desk answer to its own tests.
QUERIES = ["", f"?q={ASKED}", "?sort=oldest", f"?topic={ASKED}-topic", f"?person={ASKED}-person"]
LISTS = {
    "home": [""],
    "search": ["", f"?q={ASKED}", "?q=story", "?q=story&from=2000&language=en", f"?q=story&topic={ASKED}-topic"],
    "suggest": [f"?q={ASKED}", f"?q={ASKED[:4]}"],
    "articles": QUERIES,
    "events": QUERIES,
    "people": QUERIES,
    "organisations": QUERIES,
    "topics": QUERIES,
    "photos": QUERIES,
    "corrections": [""],
    **{f"{name}-{form}": QUERIES for name in ("articles", "events", "photos") for form in ("rss", "atom", "json")},
    **{f"corrections-{form}": [""] for form in ("rss", "atom", "json")},
    **{f"search-{form}": ["", f"?q={ASKED}", "?q=story"] for form in ("rss", "atom", "json")},
    **{f"{name}-csv": QUERIES for name in ("articles", "events", "people", "organisations", "photos", "topics")},
    "opensearch": [""],
    "events-calendar": QUERIES,
    "sitemap": [""],
    "sitemap-news": [""],
    "robots": [""],
    "security-txt": [""],
    "tdmrep": [""],
    "tdm-policy": [""],
    "healthz": [""],
    "preferences": [""],
    "api": [""],
    "api-changes": ["", "?limit=500"],
    "api-articles": ["", f"?q={ASKED}"],
    "api-events": ["", f"?q={ASKED}"],
    "api-people": ["", f"?q={ASKED}"],
    "api-organisations": ["", f"?q={ASKED}"],
    "api-photos": ["", f"?q={ASKED}"],
    "api-topics": ["", f"?q={ASKED}"],
    **{f"api-{plural}-{form}": QUERIES[:2] for plural in ("articles", "events") for form in ("atom", "rss", "json")},
    "api-events-calendar": QUERIES[:2],
    "api-openapi": [""],
    "api-docs": [""],
    "problems": [""],
}
OF_AN_OBJECT = {
    "article": "slug",
    "cite": "slug",
    "versions": "slug",
    "event": "slug",
    "event-calendar": "slug",
    "person": "slug",
    "organisation": "slug",
    "topic": "slug",
    "photo": "uuid",
    "preview": "slug",
    "api-article": "uuid",
    "api-event": "uuid",
    "api-event-calendar": "uuid",
    "api-person": "uuid",
    "api-organisation": "uuid",
    "api-photo": "uuid",
    "api-topic": "uuid",
}
SHOWING_NO_RECORDS = {"api-changelog", "api-getting-started", "api-mirror", "favicon", "media", "problem"}
SHOWING_NO_RECORDS |= {"api-ninjs-schema"}
# test_sitemaps, tests/partners/test_leaks, tests/desk/test_calendar, test_cards
WALKED_ELSEWHERE = {"sitemap-pages", "api-export", "api-me", "api-rendition", "desk_calendar", "card"}
# A partner's own endpoints, which no record of the newsroom stands in: tests/partners/test_webhooks
WALKED_ELSEWHERE |= {
    f"api-webhook{part}" for part in ("s", "", "-deliveries", "-replay", "-resume", "-rotate", "-test")
}


def _public_patterns(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, str]]:
    """The name and route of every address outside the desk."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith("admin/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from _public_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name, route


def _addresses(objects: list[Any]) -> Iterator[str]:
    """Concrete addresses: of all lists under all their queries, of these objects under every key of theirs."""
    for name, route in sorted(_public_patterns()):
        for query in LISTS.get(name, []):
            yield f"/{route}{query}"
        if key := OF_AN_OBJECT.get(name):
            for one in objects:
                yield "/" + re.sub(r"<[^>]+>", str(getattr(one, key)), route)


def test_every_public_address_is_walked() -> None:
    known = LISTS.keys() | OF_AN_OBJECT.keys() | SHOWING_NO_RECORDS | WALKED_ELSEWHERE

    assert {name for name, _route in _public_patterns()} == known


def _stain(record: models.Model) -> None:
    """Write the secret into every free text of a record."""
    for field in record._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and field.editable and not field.choices:
            limit = getattr(field, "max_length", None) or 500
            if limit >= 30 and field.name != "slug":
                setattr(record, field.name, f"{HIDDEN} {field.name}"[:limit])


def _make_hidden_records(door: dict[str, Any]) -> list[Any]:
    """A record of each kind that nobody may have yet, stained all over and linked from public ones elsewhere."""
    made: list[Any] = []
    for make in (factories.make_topic, factories.make_person, factories.make_organisation, factories.make_event):
        state = door if make is factories.make_event else {}
        one = make(slug=f"{ASKED}-{make.__name__.removeprefix('make_')}", **state)
        with changes.recording() as record:
            _stain(one)
            if isinstance(one, Event):
                one.recording_url = f"https://{SECRET}.example/"
            one.save()
            record.touch(one)
        made.append(one)
    photo = factories.make_photo(slug=f"{ASKED}-photo", description=f"{HIDDEN} caption", alt_text=HIDDEN, **door)
    return [*made, photo]


def _make_hidden_stories(at: dt.datetime) -> list[Article]:
    """A draft, a story to come, one past its end, a withdrawn one, and one whose next edition is waiting."""
    texts = {"body": f"<p>{HIDDEN} body</p>", "standfirst": HIDDEN, "dateline": HIDDEN, "desk_note": HIDDEN}
    stories = [
        factories.make_article(slug=f"{ASKED}-{number}", headline=f"{HIDDEN} {number}", **texts) for number in range(4)
    ]
    _draft, coming, past, withdrawn = stories
    workflow.publish(coming, by=None, at=at, visible_from=at + dt.timedelta(days=900))
    workflow.publish(past, by=None, at=at, visible_until=at + dt.timedelta(days=1))
    workflow.publish(withdrawn, by=None, at=at)
    workflow.withdraw(withdrawn, by=None, at=at + dt.timedelta(days=2), private_note=HIDDEN)
    with changes.recording() as record:
        record.touch(past)  # as a tick would
    return stories


def _stain_public_world(world: World, hidden: list[Any]) -> None:
    """Private texts of public records, hidden names behind public ones, a story changed since it was published."""
    _topic, person, organisation, event, photo = hidden
    with changes.recording() as record:
        for one in (world.topic, world.person, world.organisation, world.event, world.photo, world.source):
            one.desk_note = HIDDEN
            one.save()
            record.touch(one)
        NameVariant.objects.create(person=person, spelling=f"{HIDDEN} spelling")
        Position.objects.create(person=person, organisation=world.organisation, title=f"{HIDDEN} title")
        Session.objects.create(event=event, order=1, title=f"{HIDDEN} session")
        Statement.objects.create(event=event, person=world.person, text=f"{HIDDEN} statement")
        Depiction.objects.create(photo=photo, person=world.person, title_as_printed=HIDDEN)
        Appearance.objects.create(event=event, person=world.person, talk_title=f"{HIDDEN} talk", role="chair")
        world.event.topics.add(_topic)
        world.photo.organisations.add(organisation)
        world.article.topics.add(_topic)
        world.article.headline = f"{HIDDEN} rewritten"
        world.article.body = f"<p>{HIDDEN} rewritten</p>"
        world.article.save()
        Mention.objects.create(article=world.article, person=person, title_as_printed=HIDDEN)
        record.touch(world.person, world.event, world.photo, world.organisation)


def _story_beside(hidden: list[Any], at: dt.datetime) -> Article:
    """A public story that the desk linked to hidden records before it went out, so that its edition holds them."""
    topic, _person, _organisation, event, photo = hidden
    story = factories.make_article(slug="open-story")
    story.topics.add(topic)
    story.events.add(event)
    PhotoUse.objects.create(article=story, photo=photo, is_lead=True)
    workflow.publish(story, by=None, at=at)
    return story


def _under_the_rule_of_silence(person: Person) -> Event:
    event = factories.make_event(is_public=True, slug="quiet-dinner", name="Quiet dinner", attribution="chatham-house")
    with changes.recording() as record:
        Appearance.objects.create(event=event, person=person, talk_title=f"{HIDDEN} talk", title_as_printed=HIDDEN)
        Statement.objects.create(event=event, person=person, text=f"{HIDDEN} statement")
        record.touch(event, person)
    return event


def _answers(client: Client, addresses: Iterator[str]) -> Iterator[tuple[str, int, str]]:
    for address in addresses:
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        headers = " ".join(f"{name}: {value}" for name, value in response.items())
        yield address, response.status_code, f"{headers}\n{content.decode()}"


@pytest.mark.parametrize("is_embargoed", [False, True])
def test_no_public_answer_holds_a_secret(client: Client, is_embargoed: bool) -> None:
    at = timezone.now() - dt.timedelta(days=400)
    world = make_world()
    embargo = {"is_public": True, "embargo_until": timezone.now() + dt.timedelta(days=1)}
    hidden = _make_hidden_records(embargo if is_embargoed else {})
    stories = _make_hidden_stories(at)
    _stain_public_world(world, hidden)
    silent = _under_the_rule_of_silence(world.person)
    beside = _story_beside(hidden, at)
    public = [world.article, world.event, world.person, world.organisation, world.topic, world.photo, silent, beside]

    walked = list(_answers(client, _addresses([*public, *hidden, *stories])))

    broken = [(address, status) for address, status, _text in walked if status >= 500]
    leaks = [address for address, _status, text in walked if SECRET in text or (ASKED in text and ASKED not in address)]
    assert (broken, leaks) == ([], [])
    assert len(walked) > 200


def test_walk_would_see_a_leak(client: Client) -> None:
    """The control: the same word in a public text is found on the pages that show it."""
    world = make_world()
    with changes.recording() as record:
        world.topic.description = f"About {SECRET}."
        world.topic.save()
        record.touch(world.topic)

    walked = list(_answers(client, _addresses([world.topic])))

    assert f"/topics/{world.topic.slug}/" in [address for address, _status, text in walked if SECRET in text]
    assert "/api/v1/changes/" in [address for address, _status, text in walked if SECRET in text]
