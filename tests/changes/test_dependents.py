"""Whoever embeds a record follows it: a new name, a closed door, a changed source."""

from typing import Any

import pytest
from django.db.models import Model

from events.models import Event, Hosting, Series, Venue
from newsroom import changes
from newsroom.articles.models import Article
from newsroom.models import Source, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person
from tests import factories
from tests.changes.feed import document, head, moved_since
from tests.changes.world import World

pytestmark = pytest.mark.django_db


def change(row: Model, **values: Any) -> None:
    with changes.recording() as record:
        record.touch(row)
        type(row)._default_manager.filter(pk=row.pk).update(**values)


@pytest.mark.parametrize(
    ("model", "values", "followers"),
    [
        (Person, {"family_name": "Roe"}, {Person, Event, Photo, Article}),
        (Person, {"is_public": False}, {Person, Event, Photo, Article}),
        (Organisation, {"name": "Academy"}, {Organisation, Person, Event, Photo, Article}),
        (Organisation, {"is_public": False}, {Organisation, Person, Event, Photo, Article}),
        (Topic, {"name": "Space"}, {Topic, Event, Article}),
        (Topic, {"is_public": False}, {Topic, Event, Article}),
        (Source, {"publisher": "Gazette"}, {Organisation, Person, Event, Photo, Article}),
        (Series, {"name": "Forum"}, {Event}),
        (Venue, {"name": "Great Hall"}, {Event}),
        (Event, {"name": "Congress"}, {Event, Photo, Article}),
        (Event, {"is_public": False}, {Event, Photo, Article}),
        (Photo, {"credit_line": "By hand"}, {Photo, Article}),
        (Photo, {"is_public": False}, {Photo, Article}),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_change_reaches_all_that_embed_it_and_nothing_else(
    model: type[Model], values: dict[str, Any], followers: set[type[Model]], world: World
) -> None:
    if model is Source:
        with changes.recording() as record:  # of an organisation only its spellings name a source
            world[Organisation].variants.update(source=world[Source])
            record.touch(world[Organisation])
    before = head()

    change(world[model], **values)

    kinds = {kind.model: kind.name for kind in changes.kinds()}
    assert moved_since(before) == {(kinds[one], str(world[one].uuid)) for one in followers}


def test_part_of_an_organisation_follows_its_name() -> None:
    parent = factories.make_organisation(is_public=True, name="Academy")
    part = factories.make_organisation(is_public=True, parent=parent)

    change(parent, name="Royal Academy")

    assert document(part)["parent"]["name"] == "Royal Academy"


def test_person_behind_a_closed_door_is_a_name_without_a_link(world: World) -> None:
    person = world[Person]
    linked = {"id": str(person.uuid), "type": "person", "name": person.name, "url": person.get_absolute_url()}
    linked["url"] = f"http://testserver{linked['url']}"
    before = [
        document(world[Event])["appearances"][0]["person"],
        document(world[Event])["statements"][0]["person"],
        document(world[Photo])["people"][0]["person"],
        document(world[Photo])["photographer"],
        document(world[Article])["people"][0],
        document(world[Article])["bylines"][0],
    ]

    change(person, is_public=False)

    name = {"name": person.name}
    assert before == [
        *[linked] * 4,
        {**linked, "title": "", "current_name": person.name},
        {"role": "author", **linked},
    ]
    assert [
        document(world[Event])["appearances"][0]["person"],
        document(world[Event])["statements"][0]["person"],
        document(world[Photo])["people"][0]["person"],
        document(world[Photo])["photographer"],
        document(world[Article])["people"][0],
        document(world[Article])["bylines"][0],
    ] == [*[name] * 4, {**name, "title": ""}, {"role": "author", **name}]


def test_organisation_behind_a_closed_door_is_a_name_without_a_link(world: World) -> None:
    organisation = world[Organisation]

    change(organisation, is_public=False)

    name = {"name": organisation.name}
    assert document(world[Person])["positions"][0]["organisation"] == name
    assert document(world[Event])["hosts"][0]["organisation"] == name
    assert document(world[Article])["organisations"] == [name]
    assert document(world[Photo])["organisations"] == []


def test_topic_and_event_behind_a_closed_door_are_not_named(world: World) -> None:
    change(world[Topic], is_public=False)
    change(world[Event], is_public=False)

    assert (document(world[Article])["topics"], document(world[Article])["events"]) == ([], [])
    assert document(world[Photo])["event"] is None


def test_photo_behind_a_closed_door_leaves_the_story(world: World) -> None:
    other = world[Article].photo_uses.get(order=2).photo

    change(world[Photo], is_public=False)

    assert [one["id"] for one in document(world[Article])["photos"]] == [str(other.uuid)]


def test_story_keeps_the_printed_name_beside_the_name_of_today(world: World) -> None:
    printed = world[Person].name

    change(world[Person], family_name="Roe", given_name="Ann")

    mention = document(world[Article])["people"][0]
    assert (mention["name"], mention["current_name"]) == (printed, "Roe Ann")


def test_event_that_loses_a_host_is_settled_by_either_side(world: World) -> None:
    event, organisation = world[Event], world[Organisation]

    with changes.recording() as record:
        record.touch(organisation)
        Hosting.objects.filter(organisation=organisation).delete()

    assert str(organisation.uuid) not in str(document(event)["hosts"])


def test_deleted_topic_leaves_every_document(world: World) -> None:
    topic = world[Topic]
    before = head()

    with changes.recording() as record:
        record.touch(topic)
        topic.delete()

    assert {kind for kind, _object_id in moved_since(before)} == {"topic", "event", "article"}
    assert (document(world[Event])["topics"], document(world[Article])["topics"]) == ([], [])
