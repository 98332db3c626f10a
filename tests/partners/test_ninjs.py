"""ninjs and JSON-LD: valid against IPTC's schema, honest about what is withheld, and the same from day to day."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from events.models import Event
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Translation, Withdrawal
from newsroom.dates import PartialDate
from newsroom.models import Source
from newsroom.partners import ninjs
from newsroom.partners.models import Package
from newsroom.partners.ninjs import SCHEMA
from tests import factories
from tests.factories import make_row
from tests.partners.conftest import KINDS, Api, World, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parent / "ninjs"
GOLDEN = Path(__file__).parent / "golden"


@cache
def registry() -> Registry[Any]:
    read = (json.loads((SCHEMAS / name).read_text()) for name in ("ninjs-schema_3.2.json", "GeoJSON.json"))
    found = [Resource.from_contents(schema) for schema in read]
    return Registry().with_resources([(str(one.id()), one) for one in found])


def faults(item: Any, schema: Any = None) -> list[str]:
    """What IPTC's schema says against it, formats included."""
    wanted = schema or {"$ref": SCHEMA}
    validator = Draft202012Validator(wanted, registry=registry(), format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(item)]


def test_schema_tells_what_is_not_ninjs() -> None:
    assert faults({"uri": "urn:x", "pubStatus": "killed", "title": "x"}) != []
    assert faults({"uri": "urn:x", "pubstatus": "usable"}) != []


@pytest.mark.parametrize("plural", KINDS)
def test_every_kind_is_valid_ninjs(api: Api, world: World, plural: str) -> None:
    listed = api.get(f"{plural}/", format="ninjs")["results"]

    assert [faults(item) for item in listed] == [[]]


@pytest.mark.parametrize("plural", KINDS)
@pytest.mark.parametrize("shape", ["ninjs", "jsonld"])
def test_list_detail_and_changes_have_one_shape(api: Api, world: World, plural: str, shape: str) -> None:
    listed = api.get(f"{plural}/", format=shape)["results"]
    object_id = api.get(f"{plural}/")["results"][0]["id"]
    followed, _cursor = api.follow(format=shape)

    assert [api.get(f"{plural}/{object_id}/", format=shape)] == listed
    assert [one["object"] for one in followed if one["id"] == object_id] == listed


def test_story_brings_its_pictures_and_events_along(api: Api, world: World) -> None:
    item = api.get("articles/", format="ninjs")["results"][0]

    found = [(one["type"], one["rel"], one["uri"], one["pubStatus"]) for one in item["associations"]]
    assert found == [
        ("picture", "illustrates", f"urn:uuid:{world.photo.uuid}", "withheld"),
        ("event", "about", f"urn:uuid:{world.event.uuid}", "usable"),
    ]


def test_picture_outside_the_licence_is_said_to_be_withheld(world: World) -> None:
    api = Api.of(make_partner(make_package(kinds=["article"])))

    item = api.get("articles/", format="ninjs")["results"][0]

    picture = item["associations"][0]
    assert (picture["pubStatus"], picture["representationType"]) == ("withheld", "partial")
    assert "descriptions" in picture
    assert faults(item) == []


def test_picture_file_is_named_only_with_the_licence(everything: Package, world: World) -> None:
    document = json.loads(changes.Change.objects.get(kind="photo").document)
    file = {
        "href": "https://example.org/a.avif",
        "width": 800,
        "height": 600,
        "contentType": "image/avif",
        "sizeInBytes": 9,
    }
    changes.Change.objects.filter(kind="photo").update(
        document=changes.canonical({**document, "renditions": [file], "withheld": []})
    )

    without = make_package(kinds=["photo"], has_pictures=False)
    bare = Api.of(make_partner(without)).get("photos/", format="ninjs")["results"][0]
    full = Api.of(make_partner(everything)).get("photos/", format="ninjs")["results"][0]

    assert (bare.get("renditions"), bare["pubStatus"], bare["edNote"]) == (
        None,
        "withheld",
        "Withheld: renditions (licence).",
    )
    assert (full["renditions"], full["pubStatus"]) == ([{"name": "avif-800", **file}], "usable")
    assert faults(full) == []


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2025-12-06", "2025-12-06"),
        ("2025-12", "2025-12"),
        ("2025", "2025"),
        ("2025-XX-06", "2025"),
        ("2025-23~", "2025"),
        ("2025-?12-06", "2025-12-06"),
    ],
)
def test_imprecise_date_is_an_expected_one(api: Api, edtf: str, expected: str) -> None:
    factories.make_event(is_public=True, starts_on=PartialDate.parse(edtf))

    item = api.get("events/", format="ninjs")["results"][0]

    assert item["eventDetails"]["dates"] == {"expectedStartDate": expected}
    assert faults(item) == []


def test_terms_for_ai_travel_in_every_format(api: Api, world: World) -> None:
    with changes.recording() as record:
        record.touch(world.source)
        world.source.ai_training = Source.Permission.FORBIDDEN
        world.source.save()

    found = {name: api.get("articles/", format=name)["results"][0] for name in ("json", "ninjs", "jsonld")}

    assert found["json"]["ai_training"] == "forbidden"
    assert found["ninjs"]["usageTerms"].startswith("AI training: forbidden.")
    assert found["jsonld"]["conditionsOfAccess"] == "AI training: forbidden."


def test_removal_is_a_canceled_item(api: Api, world: World) -> None:
    _found, cursor = api.follow(format="ninjs")

    workflow.withdraw(
        world.article, by=None, at=timezone.now(), act="kill", private_note="Wrong.", public_note="The story was wrong."
    )

    found, _cursor = api.follow(cursor, format="ninjs")
    item = next(one["object"] for one in found if one["op"] == "remove")
    assert (item["pubStatus"], item["edNote"]) == ("canceled", "killed: The story was wrong.")
    assert faults(item) == []


def test_extension_carries_our_document_under_its_own_schema(api: Api, world: World) -> None:
    schema = api.get("ninjs-attache.schema.json")
    plain = api.get("articles/")["results"][0]

    item = api.get("articles/", format="ninjs", profile="attache")["results"][0]

    assert item["attache"] == plain
    assert (item["profile"], item["standard"]["schema"]) == ("attache", schema["$id"])
    assert faults(item, schema) == []
    assert faults(item) != []


@pytest.mark.parametrize("plural", KINDS)
def test_terms_of_mining_stand_in_every_object(api: Api, world: World, plural: str) -> None:
    with changes.recording() as record:
        record.touch(world.source)
        world.source.ai_training = Source.Permission.FORBIDDEN
        world.source.save()
    said = {"articles": "AI training: forbidden.", "events": "AI training: forbidden."}
    words = said.get(plural, "Text and data mining and the training of AI are reserved.")

    item = api.get(f"{plural}/", format="ninjs")["results"][0]
    node = api.get(f"{plural}/", format="jsonld")["results"][0]

    work = node.get("mainEntityOfPage", node)
    assert [words in text for text in (item["usageTerms"], work["conditionsOfAccess"])] == [True, True]
    assert item["rightsInfo"]["linkedRights"] == work["usageInfo"] == "http://testserver/.well-known/tdm-policy.json"


def test_end_of_a_story_is_told_and_no_turn_between_its_editions(api: Api, world: World) -> None:
    now = timezone.now()
    soon, later = now + dt.timedelta(hours=1), now + dt.timedelta(hours=2)
    endless = api.get("articles/", format="ninjs")["results"][0]

    workflow.publish(world.article, by=None, at=now, visible_until=later)
    workflow.correct(world.article, by=None, at=now, visible_from=soon, note="The town was wrong.")

    told = {name: api.get("articles/", format=name)["results"][0] for name in ("json", "ninjs", "jsonld")}
    end = later.isoformat().replace("+00:00", "Z")
    assert "expires" not in endless
    assert (told["json"]["expires_at"], told["ninjs"]["expires"], told["jsonld"]["expires"]) == (end, end, end)
    assert faults(told["ninjs"]) == []


def test_story_and_its_translation_name_each_other_in_every_format(api: Api, world: World) -> None:
    korean = factories.make_article(headline="모였다", slug="moyeotda", language="ko")
    make_row(Translation, korean, article=korean, original=world.article)
    workflow.publish(korean, by=None, at=timezone.now())
    text = {"id": str(korean.uuid), "name": "모였다", "url": "http://testserver/articles/moyeotda/", "language": "ko"}
    uri = f"urn:uuid:{korean.uuid}"

    original, translation = (api.get(f"articles/{one.uuid}/") for one in (world.article, korean))
    item = api.get(f"articles/{world.article.uuid}/", format="ninjs")
    node = api.get(f"articles/{korean.uuid}/", format="jsonld")

    assert original["translations"] == [{"type": "article", **text}]
    assert (original["translation_of"], translation["translation_of"]["id"]) == (None, original["id"])
    assert translation["translations"] == []
    assert item["associations"][-1] == {
        "uri": uri,
        "type": "text",
        "representationType": "partial",
        "name": "모였다",
        "rel": "translation",
        "language": "ko",
    }
    assert faults(item) == []
    assert node["translationOfWork"]["@id"] == f"urn:uuid:{world.article.uuid}"
    assert "workTranslation" not in node


def test_every_state_is_valid_ninjs(api: Api) -> None:
    """Withdrawn, taken down, killed, expired, hidden and deleted; events called off, dates of every precision."""
    now = timezone.now()
    worlds = [make_world() for _number in range(5)]
    deleted = factories.make_topic(is_public=True)
    _changes, cursor = api.follow()
    for story, act in zip([world.article for world in worlds], Withdrawal.Act.values, strict=False):
        workflow.withdraw(story, by=None, at=now, act=act, public_note="Wrong room.")
    workflow.publish(worlds[3].article, by=None, at=now, visible_until=now + dt.timedelta(minutes=1))
    for status, date in zip(Event.Status.values, ["2025-XX-06", "?2025-12-09", "2025", ""], strict=True):
        factories.make_event(is_public=True, status=status, starts_on=date)
    with changes.recording() as record:
        for one in (worlds[4].person, worlds[4].event, worlds[4].photo):
            record.touch(one)
            type(one).objects.filter(pk=one.pk).update(is_public=False)
        record.touch(deleted)
        deleted.delete()

    with time_machine.travel(now + dt.timedelta(minutes=2)):
        changes.tick(timezone.now())
        told = api.follow(cursor, format="ninjs")[0]

    items = [change["object"] for change in told]
    reasons = {change["reason"] for change in told}
    assert [faults(item) for item in items if faults(item)] == []
    assert {item["pubStatus"] for item in items} == {"usable", "withheld", "canceled"}
    assert reasons == {None, "withdrawn", "taken-down", "killed", "expired", "hidden", "deleted"}


@pytest.mark.parametrize("query", [{"format": "xml"}, {"profile": "attache"}, {"format": "ninjs", "profile": "x"}])
def test_unknown_shape_is_named_and_refused(api: Api, world: World, query: dict[str, str]) -> None:
    problem = api.problem("articles/", 400, **query)

    assert [fault["parameter"] for fault in problem["errors"]] == ["profile" if "profile" in query else "format"]


def test_ninjs_list_takes_as_many_queries_for_three_as_for_one(client: Client) -> None:
    make_world()
    one = _queries(client)
    make_world()
    make_world()

    assert (_queries(client), one) == (6, 6)


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/articles/?format=ninjs")
    return len(captured)


def test_linked_data_of_one_object_is_json_ld(client: Client, world: World) -> None:
    response = client.get(f"/api/v1/events/{world.event.uuid}/?format=jsonld")

    assert response["Content-Type"] == "application/ld+json"
    assert (response.json()["@type"], response.json()["@id"]) == ("Event", f"urn:uuid:{world.event.uuid}")


def test_every_status_of_an_event_has_its_code() -> None:
    assert sorted(ninjs.OCCURRENCE) == sorted(Event.Status.values)


@pytest.mark.parametrize("plural", KINDS)
@pytest.mark.parametrize("shape", ["ninjs", "jsonld"])
def test_shape_is_that_of_its_golden_file(api: Api, world: World, plural: str, shape: str) -> None:
    item = api.get(f"{plural}/", format=shape)["results"][0]

    golden = GOLDEN / f"{plural}.{shape}.json"
    assert outline(item) == json.loads(golden.read_text())


SAID = {"@context", "@type", "contentType", "pubStatus", "rel", "representationType", "role", "type"}


def outline(value: Any, name: str = "") -> Any:
    """The properties with their types, and the words that the standards fix; what differs between runs is left out."""
    if isinstance(value, dict):
        return {key: outline(part, key) for key, part in sorted(value.items())}
    if isinstance(value, list):
        return [outline(part, name) for part in value]
    is_code = isinstance(value, str) and value.startswith(("http://www.iptc.org", "http://cv.iptc.org"))
    return value if is_code or name in SAID else type(value).__name__
