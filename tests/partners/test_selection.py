"""`fields`, `expand`, `count` and what filters understand beside slugs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom import changes
from newsroom.partners import lists
from newsroom.partners.models import Package
from newsroom.partners.selection import REFERENCES, tree
from newsroom.partners.shapes import SHAPES, ReferenceShape, Shape
from tests import factories
from tests.partners.conftest import KINDS, Api, World, client_of, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db


def hide(record: Any) -> None:
    with changes.recording() as recorded:
        recorded.touch(record)
        record.is_public = False
        record.save()


# Fields


@pytest.mark.parametrize(
    ("paths", "grown"),
    [
        (["a"], {"a": {}}),
        (["a.b", "a.c"], {"a": {"b": {}, "c": {}}}),
        (["a.b.c", "a.b"], {"a": {"b": {}}}),
        (["a.b", "a", "ab"], {"a": {}, "ab": {}}),
    ],
)
def test_names_grow_a_tree_in_which_the_whole_wins(paths: list[str], grown: Any) -> None:
    assert tree(paths) == grown


def test_fields_leave_exactly_what_they_name(api: Api, world: World) -> None:
    results = api.get("articles/", fields="id,people.name,withheld")["results"]

    assert results == [{"id": str(world.article.uuid), "people": [{"name": world.person.name}], "withheld": []}]


def test_fields_of_what_is_not_there_leave_nothing_there(api: Api) -> None:
    event = factories.make_event(is_public=True, venue=None)

    assert api.get(f"events/{event.uuid}/", fields="venue.city,series") == {"series": None, "venue": None}


@pytest.mark.parametrize("plural", KINDS)
def test_all_fields_together_are_the_whole_document(api: Api, world: World, plural: str) -> None:
    kind = next(kind for kind, source in lists.LISTS.items() if source.plural == plural)
    names = ",".join(SHAPES[kind]().fields)

    assert api.get(f"{plural}/", fields=names) == api.get(f"{plural}/")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("nope", "does not know nope; there are: ai_training, body_html, bylines"),
        ("people.nam", "does not know people.nam; there are: people.current_name, people.id, people.name"),
        ("headline.x", "“headline” has no fields of its own"),
        ("people.object.name", "does not know people.object.name"),
        ("id..", "“id” has no fields of its own"),
    ],
)
@pytest.mark.parametrize("path", ["articles/", "changes/?types=article", "export.ndjson?types=article"])
def test_unknown_field_is_named_with_what_there_is(client: Client, fields: str, told: str, path: str) -> None:
    answer = client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}fields={fields}")

    [fault] = answer.json()["errors"]
    assert (answer.status_code, fault["parameter"]) == (400, "fields")
    assert fault["detail"].startswith(told)


def test_changes_and_export_carry_the_fields_of_every_kind_that_has_them(api: Api, world: World) -> None:
    followed, _cursor = api.follow(fields="id,headline")
    exported = b"".join(api.client.get("/api/v1/export.ndjson?fields=id,headline")).splitlines()

    objects = [change["object"] for change in followed]
    assert sorted(map(len, objects)) == [1, 1, 1, 1, 2, 2]  # a story and a photo have a headline
    assert [json.loads(line)["object"] for line in exported[1:-1]] == objects


# Expansion


def test_people_of_a_story_are_brought_along(api: Api, world: World) -> None:
    mention = api.get(f"articles/{world.article.uuid}/", expand="people")["people"][0]

    person = api.get(f"people/{world.person.uuid}/")
    assert mention.pop("object") == person
    assert mention["title"] == "President"


@pytest.mark.parametrize("plural", [source.plural for kind, source in lists.LISTS.items() if REFERENCES[kind]])
def test_all_that_an_object_points_at_is_brought_along_and_nothing_deeper(api: Api, world: World, plural: str) -> None:
    kind = next(kind for kind, source in lists.LISTS.items() if source.plural == plural)

    written = json.dumps(api.get(f"{plural}/", expand=",".join(REFERENCES[kind]))["results"])

    plain = json.dumps(api.get(f"{plural}/")["results"])
    wanted = [json.loads(plain)[0]]
    assert written.count('"object": {') == plain.count('"url": "http://testserver/') - len(wanted)


def test_person_who_is_hidden_is_not_brought_along(api: Api, world: World) -> None:
    hide(world.person)

    document = api.get(f"events/{world.event.uuid}/", expand="people")

    assert [one["person"] for one in document["appearances"]] == [{"name": world.person.name}]


def test_what_the_licence_lacks_is_brought_along_as_nothing(world: World) -> None:
    api = Api.of(make_partner(make_package(kinds=["article", "topic"])))

    document = api.get(f"articles/{world.article.uuid}/", expand="people,topics")

    assert [one["object"] for one in document["people"]] == [None]
    assert [one["object"]["name"] for one in document["topics"]] == [world.topic.name]


def test_fields_reach_into_what_is_brought_along(api: Api, world: World) -> None:
    document = api.get(f"articles/{world.article.uuid}/", expand="events", fields="events.object.name")

    assert document == {"events": [{"object": {"name": world.event.name}}]}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("articles/", "there are: articles, events, organisations, people, photos, topics"),
        ("people/", "there are: organisations"),
    ],
)
def test_expansion_that_does_not_exist_is_named_with_those_that_do(api: Api, path: str, told: str) -> None:
    [fault] = api.problem(path, 400, expand="venues")["errors"]

    assert (fault["parameter"], fault["detail"]) == ("expand", f"does not know venues; {told}")


@pytest.mark.parametrize("path", ["topics/", "changes/", "export.ndjson"])
def test_nothing_is_expanded_where_nothing_is_pointed_at_or_everything_comes_by_itself(
    client: Client, path: str
) -> None:
    [fault] = client.get(f"/api/v1/{path}?expand=people").json()["errors"]

    assert fault["parameter"] == "expand"


@pytest.mark.parametrize("name", ["fields", "expand"])
def test_other_formats_are_taken_whole(api: Api, name: str) -> None:
    [fault] = api.problem("articles/", 400, format="ninjs", **{name: "people"})["errors"]

    assert fault == {"parameter": name, "detail": "works with format=json alone"}


def test_everything_brought_along_takes_one_query_more(everything: Package) -> None:
    client = client_of(make_partner(everything))
    make_world()
    one = _queries(client)
    make_world()
    make_world()

    assert (_queries(client), one) == (8, 8)


def _queries(client: Client) -> int:
    client.get("/api/v1/articles/")  # the key's stamp is written once a minute
    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/articles/?expand=people,organisations,events,photos,topics&count=true")
    return len(captured)


# Counting


def test_count_is_told_when_it_is_asked_for(api: Api) -> None:
    for _number in range(3):
        make_world()

    assert api.get("articles/", count="true", limit=2)["count"] == {"value": 3, "is_exact": True}
    assert "count" not in api.get("articles/", count="false")


def test_count_is_of_what_the_filters_and_the_licence_leave(world: World) -> None:
    make_world()
    api = Api.of(make_partner(make_package(kinds=["article"], topics=[world.topic])))

    counts = [api.get("articles/", count="true", **query)["count"]["value"] for query in ({}, {"q": "nothing"})]

    assert counts == [1, 0]


def test_count_beyond_the_window_is_a_number_that_is_exceeded(api: Api, monkeypatch: Any) -> None:
    monkeypatch.setattr(lists, "WINDOW", 2)
    for _number in range(3):
        factories.make_topic(is_public=True)

    assert api.get("topics/", count="true")["count"] == {"value": 2, "is_exact": False}


def test_count_is_yes_or_no(api: Api) -> None:
    assert [one["parameter"] for one in api.problem("articles/", 400, count="1")["errors"]] == ["count"]


# What filters understand


@pytest.mark.parametrize("spelling", ["Sang-bae Kim", "Kim Sangbae", "김상배", "KIM, Sang Bae"])
def test_person_is_found_in_any_spelling(api: Api, spelling: str) -> None:
    world = make_world()
    make_world()
    with changes.recording() as record:
        record.touch(world.person)
        world.person.family_name, world.person.given_name, world.person.native_name = "Kim", "Sang-bae", "김상배"
        world.person.save()

    assert [one["id"] for one in api.get("articles/", person=spelling)["results"]] == [str(world.article.uuid)]


def test_organisation_is_found_by_its_short_name_and_topic_by_its_code(api: Api, world: World) -> None:
    make_world()
    with changes.recording() as record:
        record.touch(world.organisation, world.topic)
        world.organisation.short_name, world.topic.medtop = "ABC", "20000735"
        world.organisation.save()
        world.topic.save()

    found = [
        [one["id"] for one in api.get("articles/", **query)["results"]]
        for query in ({"organisation": "abc"}, {"topic": "medtop:20000735"}, {"topic": world.topic.name.upper()})
    ]

    assert found == [[str(world.article.uuid)]] * 3


def test_spelling_of_somebody_hidden_is_of_nobody(api: Api, world: World) -> None:
    name = world.person.name
    hide(world.person)

    assert [one["parameter"] for one in api.problem("articles/", 400, person=name)["errors"]] == ["person"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"kind": "novel"}, "there is no kind novel; there are: report, analysis, brief, interview, notice"),
        ({"country": "zz"}, "there is no country zz; take two letters of ISO 3166, such as KR"),
        ({"topic": "nowhere"}, "there is no public topic nowhere; take a slug or an id"),
        ({"to": "2024", "from": "2025"}, "This lies before “from”: give a later day."),
        ({"q": ["a", "b"]}, "takes one value"),
        ({"sort": ["newest", "oldest"]}, "takes one value"),
    ],
)
def test_value_that_leads_nowhere_is_told_what_does(api: Api, query: dict[str, Any], told: str) -> None:
    [fault] = api.problem("articles/", 400, **query)["errors"]

    assert fault == {"parameter": next(iter(query)), "detail": told}


def test_repeated_filter_means_or_and_two_filters_mean_and(api: Api) -> None:
    one, other = make_world(), make_world()
    make_world()

    either = api.get("articles/", topic=[one.topic.slug, str(other.topic.uuid)])["results"]
    neither = api.get("articles/", topic=one.topic.slug, event=other.event.slug)["results"]

    assert {found["id"] for found in either} == {str(one.article.uuid), str(other.article.uuid)}
    assert neither == []


def test_references_are_those_of_the_shapes() -> None:
    """Whatever the documents point at can be expanded: a new reference has to be entered."""
    known = {(kind, path) for kind, paths in REFERENCES.items() for several in paths.values() for path in several}

    assert {(kind, path) for kind, shape in SHAPES.items() for path in references_in(shape)} == known


def references_in(shape: type[Shape]) -> Iterator[str]:
    """Where documents of this shape point at other objects."""
    for name, one in shape().fields.items():
        inner = getattr(one, "child", one)
        if isinstance(inner, ReferenceShape):
            yield name
        elif isinstance(inner, Shape):
            yield from (f"{name}.{path}" for path in references_in(type(inner)))
