"""What is in a package, and that the masks of the feed say the same at every moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from newsroom import changes, feedcheck
from newsroom.articles import workflow
from newsroom.models import Change, Source
from newsroom.partners import entitlement, packages
from newsroom.partners.models import Package
from people.models import Person
from tests import factories
from tests.partners.conftest import Api, World, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db


def held(package: Package) -> list[str]:
    """The kinds of object that carry the package's bit."""
    entries = Change.objects.values_list("kind", "mask")
    return sorted(kind for kind, mask in entries if mask & package.mask)


def drifts() -> list[str]:
    return [str(drift) for drift in feedcheck.drifts(timezone.now())]


KINDS = ["article", "event", "organisation", "person", "photo", "topic"]


@pytest.mark.parametrize("is_first", [True, False], ids=["package first", "objects first"])
@pytest.mark.parametrize(
    ("limits", "kinds"),
    [
        ({"kinds": []}, []),
        ({"kinds": ["article", "photo"]}, ["article", "photo"]),
        ({"languages": ["en"]}, KINDS),
        ({"languages": ["ko"]}, ["event", "organisation", "person", "photo", "topic"]),
        ({"countries": ["KR"]}, ["person", "photo", "topic"]),
        ({"source_terms": "any"}, KINDS),
        ({"source_terms": "not-forbidden"}, KINDS),
        ({"source_terms": "allowed"}, ["organisation", "person", "photo", "topic"]),
    ],
    ids=str,
)
def test_package_holds_what_its_limits_allow(is_first: bool, limits: dict[str, Any], kinds: list[str]) -> None:
    if not is_first:
        make_world()
    package = make_package(**{"kinds": KINDS, **limits})
    if is_first:
        make_world()

    assert (held(package), drifts()) == (kinds, [])


def test_package_of_a_topic_holds_its_stories_and_what_has_no_topics(world: World) -> None:
    other = make_world()

    package = make_package(kinds=KINDS, topics=[world.topic])

    inside = {id_ for id_, mask in Change.objects.values_list("object_id", "mask") if mask & package.mask}
    assert {world.article.uuid, world.event.uuid, world.person.uuid, other.person.uuid} <= inside
    assert {other.article.uuid, other.event.uuid} & inside == set()


@pytest.mark.parametrize(("terms", "kinds"), [("any", ["article"]), ("not-forbidden", []), ("allowed", [])])
def test_source_that_forbids_redistribution_keeps_its_stories_out(terms: str, kinds: list[str], world: World) -> None:
    package = make_package(kinds=["article"], source_terms=terms)

    with changes.recording() as record:
        Source.objects.update(redistribution="forbidden")
        record.touch(world.source)

    assert (held(package), drifts()) == (kinds, [])


def test_what_the_public_may_not_have_is_in_no_package(world: World) -> None:
    package = make_package(kinds=KINDS)

    with changes.recording() as record:
        record.touch(world.person)
        Person.objects.update(is_public=False)
    workflow.withdraw(world.article, by=None, at=timezone.now())

    assert held(package) == ["event", "organisation", "photo", "topic"]


def test_filling_moves_no_head(world: World) -> None:
    before = changes.head().seq

    make_package(kinds=KINDS)

    assert changes.head().seq == before


def test_changed_package_is_written_anew(world: World) -> None:
    package = make_package(kinds=["article"])
    package.kinds = ["person"]
    package.save()
    packages.unsettle(package)

    packages.fill(package)

    assert (held(package), drifts()) == (["person"], [])


def test_deleted_package_leaves_no_bit(world: World) -> None:
    package = make_package(kinds=KINDS)
    package.delete()

    packages.empty(package.mask)

    assert (held(package), drifts()) == ([], [])


def test_bit_of_a_deleted_package_tells_its_next_holder_nothing(world: World) -> None:
    former = make_package(kinds=KINDS)
    bit = former.bit
    former.delete()

    package = make_package(kinds=["topic"], bit=bit)

    assert {change["type"] for change in Api.of(make_partner(package)).follow()[0]} == {"topic"}


def test_there_are_sixty_two_packages_and_no_more() -> None:
    for number in range(packages.MOST):
        Package.objects.create(bit=packages.free_bit(), slug=f"p{number}", name=f"P{number}")

    with pytest.raises(packages.TooManyPackages):
        packages.free_bit()


def test_last_bit_fits_both_databases(world: World) -> None:
    package = make_package(kinds=["topic"], bit=62)

    found = Api.of(make_partner(package)).get("topics/")["results"]

    assert [one["id"] for one in found] == [str(world.topic.uuid)]


def test_package_whose_filling_was_cut_off_is_finished(world: World) -> None:
    package = make_package(kinds=["article"])
    partner = make_partner(package)
    package.kinds = ["person"]
    package.save()
    packages.unsettle(package)

    assert packages.finish() == 1

    partner.refresh_from_db()
    assert (held(package), partner.is_settling, packages.finish()) == (["person"], False, 0)


def test_objects_made_by_the_factories_are_known() -> None:
    package = make_package(kinds=["topic"])

    factories.make_topic(is_public=True)

    assert held(package) == ["topic"]


def test_bit_of_a_deleted_package_leads_no_old_cursor_on() -> None:
    """The next package may get its bit; who held the former one begins anew all the same."""
    factories.make_topic(is_public=True)
    former = make_package(kinds=["topic"])
    partner = make_partner(former)
    api = Api.of(partner)
    _found, cursor = api.follow()
    partner.packages.clear()
    entitlement.settle(partner)
    bit, mask = former.bit, former.mask
    former.delete()
    packages.empty(mask)

    successor = make_package(kinds=["person"])
    partner.packages.set([successor])
    entitlement.settle(partner)

    assert successor.bit == bit
    assert api.problem("changes/", 410, cursor=cursor)["status"] == 410


def test_source_of_a_statement_decides_too(world: World) -> None:
    """What may not be passed on is not, though the meeting itself is known from elsewhere."""
    package = make_package(kinds=["event"])
    other = factories.make_source(redistribution="forbidden")
    with changes.recording() as record:
        record.touch(world.event)
        world.event.statements.update(source=other)

    assert (held(package), drifts()) == ([], [])
