"""What a partner may have, and what happens to its copy when that changes."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.models import Source, User
from newsroom.partners import entitlement, packages
from newsroom.partners.models import Package, Partner
from newsroom.photos.models import Lease, Photo
from people import merging
from tests import factories
from tests.partners.conftest import KINDS, Api, World, client_of, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

EXPIRED = "cursor-expired/"


@pytest.fixture
def topics_only(db: None) -> Package:
    return make_package(kinds=["topic"])


def grant(partner: Partner, *held: Package) -> None:
    partner.packages.set(held)
    entitlement.settle(partner)


def types(found: list[Any]) -> list[str]:
    return sorted(change["type"] for change in found)


# Deny by default


def test_partner_without_a_package_has_nothing(world: World) -> None:
    api = Api.of(make_partner())

    assert api.follow()[0] == []
    assert [api.get(f"{plural}/")["results"] for plural in KINDS] == [[]] * 6
    assert api.problem(f"topics/{world.topic.uuid}/", 404)["status"] == 404


def test_partner_has_what_its_packages_hold_and_nothing_else(topics_only: Package, world: World) -> None:
    api = Api.of(make_partner(topics_only))

    assert types(api.follow()[0]) == ["topic"]
    assert [len(api.get(f"{plural}/")["results"]) for plural in KINDS] == [0, 0, 0, 0, 0, 1]


def test_packages_add_up(topics_only: Package, world: World) -> None:
    api = Api.of(make_partner(topics_only, make_package(kinds=["person"])))

    assert types(api.follow()[0]) == ["person", "topic"]


@pytest.mark.parametrize(
    ("territory", "count"), [([], 0), (["KR"], 1), (["KR", "JP"], 1), (["KR", "FR"], 0), (["FR"], 0)]
)
def test_package_for_a_territory_is_for_partners_who_stay_there(territory: list[str], count: int, world: World) -> None:
    package = make_package(kinds=["topic"], territories=["KR", "JP"])

    assert len(Api.of(make_partner(package, territory=territory)).follow()[0]) == count


def test_pages_of_a_list_are_full_though_most_is_not_in_the_package() -> None:
    worlds = [make_world() for _number in range(4)]
    package = make_package(kinds=["article"], topics=[worlds[0].topic, worlds[3].topic])

    page = Api.of(make_partner(package)).get("articles/", limit=2)

    assert ([one["id"] for one in page["results"]], page["next"]) == (
        [str(worlds[3].article.uuid), str(worlds[0].article.uuid)],
        None,
    )


# A changed entitlement ends the cursor, and the way on is named


def test_more_packages_end_the_cursor(topics_only: Package, everything: Package, world: World) -> None:
    partner = make_partner(topics_only)
    api = Api.of(partner)
    _found, cursor = api.follow()

    grant(partner, everything)
    response = api.client.get("/api/v1/changes/", {"cursor": cursor})

    assert (response.status_code, response.json()["type"].endswith(EXPIRED)) == (410, True)
    assert response["Link"] == '<http://testserver/api/v1/changes/>; rel="start"'
    assert len(api.follow()[0]) == 6


@pytest.mark.parametrize("act", ["take away", "change", "territory"])
def test_cursor_ends_with_the_entitlement_it_was_given_for(act: str, topics_only: Package, world: World) -> None:
    partner = make_partner(topics_only)
    api = Api.of(partner)
    _found, cursor = api.follow()

    if act == "take away":
        grant(partner)
    elif act == "territory":
        Package.objects.update(territories=["FR"])
        entitlement.settle(partner)
    else:
        topics_only.kinds = ["person"]
        topics_only.save()
        packages.unsettle(topics_only)
        packages.fill(topics_only)

    assert api.problem("changes/", 410, cursor=cursor)["type"].endswith(EXPIRED)


def test_settling_without_a_change_keeps_the_cursor(topics_only: Package, world: World) -> None:
    partner = make_partner(topics_only)
    api = Api.of(partner)
    _found, cursor = api.follow()

    changed = entitlement.settle(partner)

    assert (changed, api.follow(cursor)[0]) == (False, [])


def test_cursor_of_somebody_else_is_of_no_use(everything: Package, world: World) -> None:
    one, other = (Api.of(make_partner(everything)) for _number in range(2))
    cursors = [Api(Client()).follow()[1], other.follow()[1]]

    assert [one.problem("changes/", 410, cursor=cursor)["status"] for cursor in cursors] == [410, 410]


def test_renewed_licence_goes_on_from_its_cursor(everything: Package, world: World) -> None:
    partner = make_partner(everything)
    api = Api.of(partner)
    _found, cursor = api.follow()
    Partner.objects.update(is_suspended=True)
    refused = api.problem("changes/", 403, cursor=cursor)

    workflow.withdraw(world.article, by=None, at=timezone.now(), act="kill", private_note="Ours.")
    Partner.objects.update(is_suspended=False)

    assert refused["type"].endswith("/not-licensed/")
    assert [change["reason"] for change in api.follow(cursor)[0]] == ["killed"]


# Removals: only of what the partner could once see, and with the reason


def forbid_redistribution(world: World) -> None:
    with changes.recording() as record:
        record.touch(world.source)
        Source.objects.update(redistribution="forbidden")


def test_story_that_leaves_the_package_is_removed_for_its_rights(world: World) -> None:
    package = make_package(kinds=["article"])
    api, anybody = Api.of(make_partner(package)), Api(Client())
    cursor, public_cursor = api.follow()[1], anybody.follow()[1]

    forbid_redistribution(world)

    removal = api.follow(cursor)[0][0]
    assert (removal["op"], removal["reason"], removal["must_remove"], removal["object"]) == (
        "remove",
        "rights",
        True,
        None,
    )
    assert api.problem(f"articles/{world.article.uuid}/", 410)["reason"] == "rights"
    assert "article" in {change["type"] for change in anybody.follow(public_cursor)[0] if change["op"] == "upsert"}


def test_story_keeps_its_text_when_the_rights_of_its_picture_end(world: World) -> None:
    """By themselves, at the end of a lease; both the story and the photo say what is withheld, and why."""
    now = timezone.now()
    Photo.objects.filter(pk=world.photo.pk).update(original="2025/a.jpg", width=8, height=6)
    factories.make_row(
        Lease, world.photo, photo=world.photo, effect="allow", scope="syndication", ends_at=now + dt.timedelta(hours=1)
    )
    api = Api.of(make_partner(make_package(kinds=["article", "photo"], has_pictures=True)))
    found, cursor = api.follow()
    before = {change["type"]: change["object"]["withheld"] for change in found}

    with time_machine.travel(now + dt.timedelta(hours=2)):
        after = {change["type"]: change for change in api.follow(cursor)[0]}

    rights = [{"what": "renditions", "reason": "rights"}]
    assert before == {"article": [], "photo": []}
    assert {kind: (change["op"], change["object"]["withheld"]) for kind, change in after.items()} == {
        "article": ("upsert", rights),
        "photo": ("upsert", rights),
    }
    assert after["article"]["object"]["body_html"] == "<p>Something happened.</p>"


def test_removal_is_told_once_however_often_the_story_changes_afterwards(world: World) -> None:
    api = Api.of(make_partner(make_package(kinds=["article"])))
    _found, cursor = api.follow()

    forbid_redistribution(world)
    for number in range(2):
        world.article.headline = f"Changed {number}"
        world.article.save()
        workflow.correct(world.article, by=None, at=timezone.now(), note="It was wrong.")

    found, _cursor = api.follow(cursor)
    assert [(change["op"], change["reason"], change["note"]) for change in found] == [("remove", "rights", "")]


def test_removal_of_what_was_never_in_the_package_is_not_told(topics_only: Package, world: World) -> None:
    api = Api.of(make_partner(topics_only))
    _found, cursor = api.follow()

    workflow.withdraw(world.article, by=None, at=timezone.now(), act="kill", private_note="Ours.")

    assert api.follow(cursor)[0] == []
    assert api.problem(f"articles/{world.article.uuid}/", 404)["status"] == 404


def test_story_that_comes_back_into_the_package_comes_again(world: World) -> None:
    api = Api.of(make_partner(make_package(kinds=["article"])))
    forbid_redistribution(world)
    _found, cursor = api.follow()

    with changes.recording() as record:
        record.touch(world.source)
        Source.objects.update(redistribution="allowed")

    assert [(change["op"], change["type"]) for change in api.follow(cursor)[0]] == [("upsert", "article")]


def test_merged_record_is_removed_with_the_one_that_replaces_it(
    everything: Package, world: World, editor: User
) -> None:
    api = Api.of(make_partner(everything))
    _found, cursor = api.follow()
    heir = factories.make_person(is_public=True)

    merging.merge(world.person, into=heir, by=editor, at=timezone.now())

    removal = next(change for change in api.follow(cursor)[0] if change["op"] == "remove")
    assert (removal["reason"], removal["replaced_by"]) == ("merged", str(heir.uuid))
    gone = api.problem(f"people/{world.person.uuid}/", 410)
    assert (gone["reason"], gone["replaced_by"]) == ("merged", str(heir.uuid))


# Thin changes, export, and what I may have


def test_thin_changes_are_the_same_without_objects(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))

    full, thin = api.follow()[0], api.follow(include="ids")[0]

    assert thin == [{**change, "object": None} for change in full]


def test_include_takes_two_words(api: Api) -> None:
    assert api.problem("changes/", 400, include="all")["errors"][0]["parameter"] == "include"


def exported(client: Client, **query: Any) -> list[Any]:
    return [json.loads(line) for line in b"".join(client.get("/api/v1/export.ndjson", query)).splitlines()]


def test_export_is_a_first_sync_in_one_answer(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))

    first, *objects, last = exported(api.client)

    assert objects == api.follow()[0]
    assert last == {"end": {"count": 6}}
    assert api.follow(first["meta"]["cursor"])[0] == []


def test_export_goes_on_by_its_cursor_with_removals(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))
    cursor = exported(api.client)[0]["meta"]["cursor"]

    workflow.withdraw(world.article, by=None, at=timezone.now(), act="kill", private_note="Ours.")

    assert [change["reason"] for change in api.follow(cursor)[0]] == ["killed"]


def test_export_of_a_type_goes_on_with_that_type(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))

    first, *objects, _last = exported(api.client, types="topic")

    assert types(objects) == ["topic"]
    assert api.follow(first["meta"]["cursor"], types="topic")[0] == []


def test_export_reads_chunk_by_chunk(everything: Package, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.partners.export.CHUNK", 2)

    with CaptureQueriesContext(connection) as captured:
        lines = exported(client_of(make_partner(everything)))

    chunks = [query for query in captured if 'FROM "newsroom_change"' in query["sql"]]
    assert (len(lines), len(chunks)) == (8, 4)


def test_what_changes_during_an_export_comes_with_its_cursor(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))
    response = api.client.get("/api/v1/export.ndjson")
    lines = iter(response)
    cursor = json.loads(next(lines))["meta"]["cursor"]

    with changes.recording() as record:
        record.touch(world.topic)
        world.topic.description = "About cables."
        world.topic.save()

    left = [json.loads(line) for part in lines for line in part.splitlines()]
    assert "topic" not in {one.get("type") for one in left}
    assert types(api.follow(cursor)[0]) == ["topic"]


def test_me_says_what_i_may_have(everything: Package, world: World) -> None:
    package = make_package(kinds=["article"], topics=[world.topic], languages=["en"], countries=["KR"])
    partner = make_partner(package, territory=["KR"], requests_per_minute=77)

    me = Api.of(partner).get("me/")

    assert me["packages"] == [
        {
            "name": package.slug,
            "title": package.name,
            "kinds": ["article"],
            "topics": [world.topic.slug],
            "languages": ["en"],
            "countries": ["KR"],
            "pictures": False,
        }
    ]
    assert (me["licence"]["territory"], me["limits"], me["pictures"]) == (
        ["KR"],
        {"requests": 77, "seconds": 60},
        False,
    )
    assert (me["stored"], me["head"]) == ([], changes.head().seq)


def test_me_needs_a_key(api: Api) -> None:
    assert api.problem("me/", 401)["type"].endswith("/not-authenticated/")


# What it costs


@pytest.mark.parametrize(
    ("path", "number"),
    [("changes/", 5), ("me/", 7), ("", 4), *((f"{plural}/", 6) for plural in KINDS)],
)
def test_queries_are_few_and_the_same_for_three_as_for_one(path: str, number: int, everything: Package) -> None:
    """A key is one of them, the head one, the count of requests one, and the first time the stamp of the key."""
    client = client_of(make_partner(everything))
    counts = []
    for more in (1, 2):
        for _number in range(more):
            make_world()
        client.get("/api/v1/me/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/api/v1/{path}")
        counts.append(len(captured))

    assert counts == [number, number]


def test_delta_with_its_proof_takes_eight_queries_at_most(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))
    _found, cursor = api.follow()
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as captured:
            api.get("changes/", cursor=cursor)
        counts.append(len(captured))

    assert counts == [7, 6]  # the proof is written once, and looked up afterwards
