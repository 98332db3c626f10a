"""One public record of every kind, each filled, and linked in every way that documents show."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils import timezone

from events.models import Appearance, Hosting, Session, Statement
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Byline, Mention, PhotoUse
from newsroom.models import Source
from newsroom.photos.models import Depiction, Lease, Rendition
from people.models import Attestation, NameVariant, Position
from tests import factories
from tests.factories import make_row


@dataclass
class World:
    """The one row of each model that tests change; `companions` stand beside it, so that order shows."""

    rows: dict[type[Model], Any] = field(default_factory=dict)

    def __getitem__(self, model: type[Model]) -> Any:
        return self.rows[model]

    def add(self, row: Any) -> Any:
        return self.rows.setdefault(type(row), row)


def make_world() -> World:
    """All in one recording, which settles once."""
    with changes.recording():
        return _make_world(World())


def _make_world(world: World) -> World:
    source = world.add(factories.make_source())
    topic = world.add(factories.make_topic(is_public=True))
    parent = factories.make_organisation(is_public=True)
    organisation = world.add(factories.make_organisation(is_public=True, short_name="INST", parent=parent))
    person = world.add(factories.make_person(is_public=True))
    companion = factories.make_person(is_public=True)
    _add_names_and_posts(world, person, organisation, source)
    event = _add_event(world, [person, companion], organisation, source)
    photo = _add_photo(world, [person, companion], event, organisation)
    article = _add_article(world, [person, companion], photo)
    with changes.recording() as record:
        for shown in (event, article):
            shown.topics.add(topic)
            shown.sources.add(source)
            record.touch(shown)
        article.organisations.add(organisation)
        article.events.add(event)
    workflow.publish(article, by=None, at=timezone.now() - dt.timedelta(hours=1))
    return world


def _add_names_and_posts(world: World, person: Any, organisation: Any, source: Any) -> None:
    world.add(make_row(NameVariant, person, person=person, spelling="Doe Number", source=source))
    make_row(NameVariant, organisation, organisation=organisation, spelling="Inst", source=source)
    position = make_row(Position, person, person=person, organisation=organisation, title="President")
    world.add(position)
    world.add(make_row(Attestation, person, position=position, seen_on="2025-12-09", source=source))


def _add_event(world: World, people: list[Any], organisation: Any, source: Any) -> Any:
    event = world.add(
        factories.make_event(
            is_public=True, venue=world.add(factories.make_venue()), series=world.add(factories.make_series())
        )
    )
    for order, host in enumerate([organisation, factories.make_organisation(is_public=True)], 1):
        world.add(make_row(Hosting, event, event=event, organisation=host, order=order))
    for order in (1, 2):
        world.add(make_row(Session, event, event=event, order=order, title=f"Part {order}"))
    for order, person in enumerate(people, 1):
        part = {"event": event, "person": person, "order": order}
        world.add(make_row(Appearance, event, **part, session=world[Session], title_as_printed=f"Envoy {order}"))
        world.add(make_row(Statement, event, **part, text=f"That point {order} counts.", source=source))
    return event


def _add_photo(world: World, people: list[Any], event: Any, organisation: Any) -> Any:
    held = {"original": "2025/a.jpg", "width": 1600, "height": 1200}  # known sizes, so that nobody opens the file
    filled = {"event": event, "source": world[Source], "photographer": people[0], **held}
    photo = world.add(factories.make_photo(is_public=True, **filled))
    for order, person in enumerate(people, 1):
        world.add(make_row(Depiction, photo, photo=photo, person=person, order=order, place_from_left=order))
    size = {"format": "WEBP", "width": 800, "height": 600, "size": 9000}
    world.add(make_row(Rendition, photo, photo=photo, file="a.webp", **size))
    for scope in Lease.Scope.values:
        world.add(make_row(Lease, photo, photo=photo, effect="allow", scope=scope))
    with changes.recording() as record:
        photo.organisations.add(organisation)
        record.touch(photo)
    return photo


def _add_article(world: World, people: list[Any], photo: Any) -> Any:
    article = world.add(factories.make_article())
    for order, person in enumerate(people, 1):
        world.add(make_row(Byline, article, article=article, person=person, order=order))
        world.add(make_row(Mention, article, article=article, person=person, order=order))
    for order, shown in enumerate([photo, factories.make_photo(is_public=True)], 1):
        world.add(make_row(PhotoUse, article, article=article, photo=shown, order=order))
    return article
