"""What the partner's tests share: public matter of every kind, and a client without a key."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Appearance, Event, Statement
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.models import Source, Topic
from newsroom.partners import entitlement, keys, packages
from newsroom.partners.keys import Issued
from newsroom.partners.models import Package, Partner, Scope
from newsroom.photos.models import Depiction, Photo
from people.models import Organisation, Person, Position
from tests import factories

KINDS = ["articles", "events", "organisations", "people", "photos", "topics"]


@dataclass
class World:
    """One public object of each kind, linked to each other."""

    topic: Topic
    source: Source
    organisation: Organisation
    person: Person
    event: Event
    photo: Photo
    article: Article


def make_world() -> World:
    topic = factories.make_topic(is_public=True)
    source = factories.make_source()
    organisation = factories.make_organisation(is_public=True)
    person = factories.make_person(is_public=True)
    event = factories.make_event(is_public=True, starts_on="2025-12-09")
    photo = factories.make_photo(is_public=True, event=event)
    article = factories.make_article()
    with changes.recording() as record:
        position = Position.objects.create(person=person, organisation=organisation, title="President")
        event.topics.add(topic)
        event.sources.add(source)
        Appearance.objects.create(event=event, person=person, role="keynote", position=position)
        Statement.objects.create(event=event, person=person, text="That openness matters.", source=source)
        Depiction.objects.create(photo=photo, person=person, row="front", place_from_left=5)
        Byline.objects.create(article=article, words="Meridian newsroom")
        Mention.objects.create(article=article, person=person, title_as_printed="President")
        PhotoUse.objects.create(article=article, photo=photo, is_lead=True)
        article.topics.add(topic)
        article.events.add(event)
        article.organisations.add(organisation)
        article.sources.add(source)
        record.touch(person, event, photo)
    workflow.publish(article, by=None, at=timezone.now() - dt.timedelta(hours=1))
    return World(topic, source, organisation, person, event, photo, article)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


_numbers = itertools.count(1)


def make_package(*, topics: Sequence[Topic] = (), **over: Any) -> Package:
    """A package whose bit is on the feed already."""
    number = next(_numbers)
    defaults = {
        "name": f"Package {number}",
        "slug": f"package-{number}",
        "bit": packages.free_bit(),
        "kinds": ["topic"],
    }
    package = Package.objects.create(**{**defaults, **over})
    package.topics.set(topics)
    packages.fill(package)
    package.refresh_from_db()
    return package


def make_partner(*held: Package, **over: Any) -> Partner:
    partner = Partner.objects.create(**{"name": f"Partner {next(_numbers)}", **over})
    partner.packages.set(held)
    entitlement.settle(partner)
    return partner


def make_key(partner: Partner, **over: Any) -> Issued:
    given = {"by": None, "at": timezone.now(), "label": "test", "scopes": list(Scope.values), **over}
    return keys.issue(partner, **given)


def client_of(partner: Partner, **over: Any) -> Client:
    """A client that sends a new key of this partner with each request."""
    return Client(headers={"authorization": f"Bearer {make_key(partner, **over).text}"})


@dataclass
class Api:
    """Asks the API and reads its JSON."""

    client: Client

    @classmethod
    def of(cls, partner: Partner) -> Api:
        return cls(client_of(partner))

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        response = self.client.get(f"/api/v1/{path}", query)
        assert response.status_code == status, response.content
        return response.json()

    def problem(self, path: str, status: int, **query: Any) -> Any:
        response = self.client.get(f"/api/v1/{path}", query)
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
        return response.json()

    def follow(self, cursor: str | None = None, **query: Any) -> tuple[list[Any], str]:
        """Everything from the cursor on, and the cursor at the end."""
        found: list[Any] = []
        while True:
            page = self.get("changes/", **({"cursor": cursor} if cursor else {}), **query)
            found += page["changes"]
            cursor = page["cursor"]
            if not page["has_more"]:
                return found, cursor


@pytest.fixture
def api(client: Client) -> Api:
    return Api(client)


@pytest.fixture
def everything(db: None) -> Package:
    return make_package(kinds=[kind.name for kind in changes.kinds()], has_pictures=True)
