"""The promise as a machine: whatever the newsroom does, and whenever a partner syncs or dies, its copy is right."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from examples import partner_mirror
from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import Source, Topic
from newsroom.partners import entitlement, packages
from newsroom.partners.models import Package, Partner
from newsroom.photos.models import Lease, Photo
from people.models import Person
from tests import factories
from tests.partners.conftest import Api, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

KINDS = ["article", "event", "organisation", "person", "photo", "topic"]


class Died(Exception):
    """The partner's program was killed while it stored a page."""


class Newsroom(RuleBasedStateMachine):
    """Editors and the syndication desk on one side, a partner with the mirror of `examples/` on the other."""

    @initialize()
    def begin(self) -> None:
        self.worlds = [make_world(), make_world()]
        kinds = (KINDS, ["article", "topic"], ["photo"])
        self.held = [make_package(kinds=one, has_pictures=one == ["photo"]) for one in kinds]
        self.partner = make_partner(self.held[0], requests_per_minute=1_000_000)
        self.api = Api.of(self.partner)
        self.mirror = partner_mirror.open_mirror(":memory:")

    @property
    def stories(self) -> list[Article]:
        return list(Article.objects.order_by("pk"))

    @rule(which=st.integers(0, 9), headline=st.text("abc", min_size=1, max_size=5))
    def correct(self, which: int, headline: str) -> None:
        story = self.stories[which % len(self.stories)]
        if workflow_allows(story):
            Article.objects.filter(pk=story.pk).update(headline=headline)
            story.refresh_from_db()
            workflow.correct(story, by=None, at=timezone.now(), note="The headline was wrong.")

    @rule(which=st.integers(0, 9), act=st.sampled_from(["kill", "takedown", "unpublish"]))
    def withdraw(self, which: int, act: str) -> None:
        story = self.stories[which % len(self.stories)]
        if workflow_allows(story):
            workflow.withdraw(story, by=None, at=timezone.now(), act=act, private_note="Wrong.")

    @rule(hours=st.integers(-2, 2))
    def publish_another_now_or_later(self, hours: int) -> None:
        """Embargoed where the hours lie ahead: nobody hears of it."""
        story = factories.make_article()
        workflow.publish(story, by=None, at=timezone.now() + dt.timedelta(hours=hours))

    @rule(which=st.integers(0, 1), is_public=st.booleans())
    def open_or_shut_a_person(self, which: int, is_public: bool) -> None:
        self._save(self.worlds[which].person, is_public=is_public)

    @rule(which=st.integers(0, 1), name=st.text("abc", min_size=1, max_size=5))
    def rename_a_person(self, which: int, name: str) -> None:
        self._save(self.worlds[which].person, family_name=name)

    @rule(which=st.integers(0, 1), is_public=st.booleans())
    def open_or_shut_a_photo(self, which: int, is_public: bool) -> None:
        self._save(self.worlds[which].photo, is_public=is_public)

    @rule(which=st.integers(0, 1), is_allowed=st.booleans())
    def lease_a_photo(self, which: int, is_allowed: bool) -> None:
        photo = Photo.objects.get(pk=self.worlds[which].photo.pk)
        with changes.recording() as record:
            record.touch(photo)
            Lease.objects.create(photo=photo, scope="syndication", effect="allow" if is_allowed else "deny")
            record.touch(photo)

    @rule(which=st.integers(0, 1), said=st.sampled_from(Source.Permission.values))
    def change_the_terms_of_a_source(self, which: int, said: str) -> None:
        self._save(self.worlds[which].source, redistribution=said)

    @rule(which=st.sets(st.integers(0, 2)))
    def grant(self, which: set[int]) -> None:
        self.partner.packages.set([self.held[one] for one in which])
        entitlement.settle(self.partner)

    @rule(which=st.integers(0, 2), kinds=st.sets(st.sampled_from(KINDS), min_size=1))
    def change_a_package(self, which: int, kinds: set[str]) -> None:
        package = Package.objects.get(pk=self.held[which].pk)
        package.kinds = sorted(kinds)
        package.save()
        packages.unsettle(package)
        packages.fill(package)

    @rule(pages=st.integers(1, 4), limit=st.integers(1, 5), dies=st.booleans())
    def sync_a_while(self, pages: int, limit: int, dies: bool) -> None:
        for number in range(pages):
            try:
                self._sync(limit, dies=dies and number == pages - 1)
            except Died:
                return

    @precondition(lambda self: hasattr(self, "mirror"))
    @rule()
    def sync_to_the_end(self) -> None:
        while self._sync(limit=3):
            pass
        assert self._mirrored() == self._entitled()

    def teardown(self) -> None:
        if hasattr(self, "mirror"):
            self.sync_to_the_end()
            self.mirror.close()
            Package.objects.all().delete()  # a mask has bits for 62, and each round takes three

    def _save(self, record: Topic | Person | Photo | Source, **values: Any) -> None:
        fresh: Any = type(record)._default_manager.get(pk=record.pk)
        with changes.recording() as recording:
            recording.touch(fresh)
            for name, value in values.items():
                setattr(fresh, name, value)
            fresh.save()

    def _sync(self, limit: int, *, dies: bool = False) -> bool:
        """One page; whether there is more."""
        cursor, sync = self.mirror.execute("SELECT cursor, sync FROM place").fetchone()
        query = {"limit": limit, **({"cursor": cursor} if cursor else {})}
        answer = self.api.client.get("/api/v1/changes/", query)
        if answer.status_code == 410:
            self.mirror.execute("UPDATE place SET cursor = NULL, sync = sync + 1")
            return True
        page = answer.json()
        self._store({**page, "changes": dying(page["changes"])} if dies else page, sync)
        return bool(page["has_more"])

    def _store(self, page: Any, sync: int) -> None:
        partner_mirror.store(self.mirror, page, sync)

    def _mirrored(self) -> dict[tuple[str, str], Any]:
        rows: list[Any] = self.mirror.execute("SELECT type, id, document FROM object").fetchall()
        return {(kind, object_id): json.loads(document) for kind, object_id, document in rows}

    def _entitled(self) -> dict[tuple[str, str], Any]:
        partner = Partner.objects.get(pk=self.partner.pk)
        access = entitlement.Access(partner.mask, partner.has_pictures, partner.entitlement)
        entries = entitlement.visible_to(access)
        return {(one.kind, str(one.object_id)): json.loads(entitlement.shaped(one, access)) for one in entries}


def workflow_allows(story: Article) -> bool:
    """Whether it is out and may be corrected or withdrawn."""
    now = timezone.now()
    return story.editions.filter(visible_from__lte=now, visible_until__gt=now).exists()


def dying(changes_of_page: list[Any]) -> Any:
    """The changes of a page, until the program is killed."""
    yield from changes_of_page[: len(changes_of_page) // 2]
    raise Died


LIMITS = settings(
    max_examples=12,
    stateful_step_count=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_mirror_is_what_its_partner_may_have_whatever_happens() -> None:
    run_state_machine_as_test(Newsroom, settings=LIMITS)
