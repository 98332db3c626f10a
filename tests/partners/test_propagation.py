"""Who has stored what: proved by cursors, and shown per removal."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.models import Change, FeedHead
from newsroom.partners import entitlement
from newsroom.partners.models import Acknowledgement, Package, Partner
from newsroom.partners.propagation import LATE_AFTER, followers
from tests import factories
from tests.partners.conftest import Api, World, make_package, make_partner

pytestmark = pytest.mark.django_db


def kill(world: World) -> Change:
    workflow.withdraw(world.article, by=None, at=timezone.now(), act="kill", private_note="Ours.")
    return Change.objects.get(object_id=world.article.uuid)


def states(entry: Change, after: dt.timedelta = dt.timedelta()) -> dict[str, tuple[bool, bool]]:
    """Per partner: whether it has processed the removal, and whether it is late."""
    found = followers(entry, Partner.objects.order_by("pk"), changes.head(), entry.changed_at + after)
    return {one.partner.name: (one.has_processed, one.is_late) for one in found}


def test_request_with_a_cursor_proves_what_was_stored(everything: Package, world: World) -> None:
    partner = make_partner(everything, name="Doe News")
    api = Api.of(partner)
    _found, cursor = api.follow()
    before = partner.acknowledgements.count()

    api.get("changes/", cursor=cursor)

    proof = partner.acknowledgements.get()
    assert (before, proof.seq, len(proof.types.split(","))) == (0, changes.head().seq, 6)


def test_removal_that_was_only_sent_is_not_yet_processed(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything, name="Doe News"))
    _found, cursor = api.follow()
    entry = kill(world)

    _found, later = api.follow(cursor)
    sent = states(entry)
    api.follow(later)

    assert (sent, states(entry)) == ({"Doe News": (False, False)}, {"Doe News": (True, False)})


def test_partner_that_has_not_asked_is_late_after_an_hour(everything: Package, world: World) -> None:
    make_partner(everything, name="Doe News")
    entry = kill(world)

    early, late = states(entry, LATE_AFTER - dt.timedelta(seconds=1)), states(entry, LATE_AFTER)

    assert (early, late) == ({"Doe News": (False, False)}, {"Doe News": (False, True)})


def test_first_sync_proves_nothing_before_its_end(everything: Package, world: World) -> None:
    """Whoever begins anew has the old copy beside the new one until then."""
    api = Api.of(make_partner(everything, name="Doe News"))
    entry = kill(world)
    factories.make_topic(is_public=True)
    factories.make_topic(is_public=True)
    cursor = api.get("changes/", limit=6)["cursor"]

    _found, last = api.follow(cursor)
    meanwhile = states(entry)
    api.get("changes/", cursor=last)

    assert (meanwhile, states(entry)) == ({"Doe News": (False, False)}, {"Doe News": (True, False)})


def test_only_partners_who_had_it_are_asked_after(everything: Package, world: World) -> None:
    make_partner(everything, name="Doe News")
    make_partner(make_package(kinds=["topic"]), name="Topics Weekly")
    make_partner(name="Nothing Daily")

    assert list(states(kill(world))) == ["Doe News"]


def test_cursor_of_other_types_proves_nothing(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything, name="Doe News"))
    entry = kill(world)
    _found, cursor = api.follow(types="topic")
    api.follow(cursor, types="topic")

    assert states(entry) == {"Doe News": (False, False)}


def test_proof_of_a_replaced_archive_counts_no_longer(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything, name="Doe News"))
    entry = kill(world)
    _found, cursor = api.follow()
    api.follow(cursor)
    before = states(entry)
    FeedHead.objects.update(generation=uuid.uuid4())

    assert (before, states(entry)) == ({"Doe News": (True, False)}, {"Doe News": (False, False)})


def test_old_cursor_takes_no_proof_back(everything: Package, world: World) -> None:
    partner = make_partner(everything)
    api = Api.of(partner)
    first = api.get("changes/", limit=1)["cursor"]
    _found, last = api.follow(first)
    api.get("changes/", cursor=last)

    api.get("changes/", cursor=first)

    assert partner.acknowledgements.get().seq == changes.head().seq


def test_anybody_proves_nothing(api: Api, world: World) -> None:
    api.follow(api.follow()[1])

    assert Acknowledgement.objects.count() == 0


def test_me_says_how_far_i_have_come(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))
    _found, cursor = api.follow(types="topic")
    api.follow(cursor, types="topic")

    stored: list[dict[str, Any]] = api.get("me/")["stored"]

    assert [(one["types"], one["seq"]) for one in stored] == [(["topic"], changes.head().seq)]


def test_me_gives_a_cursor_that_leads_on_with_its_removals(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))
    _found, cursor = api.follow(types="article")
    api.follow(cursor, types="article")
    kill(world)
    [stored] = api.get("me/")["stored"]

    found, _cursor = api.follow(stored["cursor"], types="article")

    assert [(one["op"], one["id"]) for one in found] == [("remove", str(world.article.uuid))]


def test_me_gives_no_cursor_of_a_former_entitlement(everything: Package, world: World) -> None:
    partner = make_partner(everything)
    api = Api.of(partner)
    _found, cursor = api.follow()
    api.follow(cursor)
    before = api.get("me/")["stored"][0]["cursor"]
    partner.packages.add(make_package())
    entitlement.settle(partner)

    without = api.get("me/")["stored"][0]["cursor"]
    _found, anew = api.follow()
    api.follow(anew)

    assert (before, without, api.get("me/")["stored"][0]["cursor"]) == (cursor, None, anew)
