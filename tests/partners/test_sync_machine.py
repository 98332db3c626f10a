"""The promise as a machine: whatever the newsroom does, and whenever a partner syncs or dies, its copy is right.

A longer run, on whichever database: `SYNC_MACHINE_EXAMPLES=500 pytest tests/partners/test_sync_machine.py`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sqlite3
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django import Settings

from examples import partner_mirror
from newsroom import changes, feedcheck, policy, trash
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import FeedHead, Source, Topic, User
from newsroom.partners import entitlement, keys, packages
from newsroom.partners.models import Key, Package, Partner
from newsroom.photos.models import Lease, Photo
from people import merging
from tests import factories
from tests.partners.conftest import make_key, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

BEGINNING = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
KINDS = ["article", "event", "organisation", "person", "photo", "topic"]
RECORDS = ["person", "organisation", "photo", "event", "topic"]
PLENTY = 1_000_000  # requests a minute
Mirror = dict[tuple[str, str], Any]

which = st.integers(0, 1)
words = st.text("abc", min_size=1, max_size=5)
hours = st.integers(-2, 3)


class Died(Exception):
    """The partner's program was killed while it stored a page."""


@dataclass
class Follower:
    """A program that keeps a copy, as `examples/` does it; of nobody in particular where there is no partner."""

    partner: Partner | None
    client: Client
    mirror: sqlite3.Connection

    @classmethod
    def of(cls, partner: Partner | None) -> Follower:
        return cls(partner, client_of(partner), partner_mirror.open_mirror(":memory:"))

    def ask(self, limit: int, *, dies: bool = False) -> bool:
        """One page; whether there is more to take."""
        cursor, sync = self.mirror.execute("SELECT cursor, sync FROM place").fetchone()
        answer = self.client.get("/api/v1/changes/", {"limit": limit, **({"cursor": cursor} if cursor else {})})
        if answer.status_code == 410:
            self.mirror.execute("UPDATE place SET cursor = NULL, sync = sync + 1")
            return True
        if answer.status_code == 403:
            assert not self.is_licensed()
            return False
        assert answer.status_code == 200, answer.content
        page = answer.json()
        partner_mirror.store(self.mirror, {**page, "changes": dying(page["changes"])} if dies else page, sync)
        return bool(page["has_more"])

    def is_licensed(self) -> bool:
        return self.partner is None or Partner.objects.get(pk=self.partner.pk).is_licensed(timezone.now())

    def stored(self) -> Mirror:
        rows: list[Any] = self.mirror.execute("SELECT type, id, document FROM object").fetchall()
        return {(kind, object_id): json.loads(document) for kind, object_id, document in rows}

    def due(self) -> Mirror:
        """What it may have now."""
        access = entitlement.ANYBODY
        if self.partner is not None:
            partner = Partner.objects.get(pk=self.partner.pk)
            access = entitlement.Access(partner.mask, partner.has_pictures, partner.entitlement)
        entries = entitlement.visible_to(access)
        return {(one.kind, str(one.object_id)): json.loads(entitlement.shaped(one, access)) for one in entries}


def client_of(partner: Partner | None) -> Client:
    return Client(headers={"authorization": f"Bearer {make_key(partner).text}"} if partner else {})


def dying(changes_of_page: list[Any]) -> Iterator[Any]:
    """The changes of a page, until the program is killed."""
    yield from changes_of_page[: len(changes_of_page) // 2]
    raise Died


class Newsroom(RuleBasedStateMachine):
    """Editors and the syndication desk on one side; the public, two partners and one with nothing on the other."""

    @initialize()
    def begin(self) -> None:
        self.round = transaction.savepoint()
        self.travel = time_machine.travel(BEGINNING, tick=False)
        self.clock = self.travel.start()
        self.chief = User.objects.create_superuser(f"chief-{uuid.uuid4()}")
        self.worlds = [make_world(), make_world()]
        kinds = (KINDS, ["article", "topic"], ["photo"])
        self.held = [make_package(kinds=one, has_pictures=one == ["photo"]) for one in kinds]
        partners = [make_partner(*held, requests_per_minute=PLENTY) for held in (self.held[:1], self.held[1:], [])]
        self.followers = [Follower.of(partner) for partner in (None, *partners)]

    @invariant()
    def let_a_moment_pass(self) -> None:
        if hasattr(self, "clock"):
            self.clock.shift(dt.timedelta(seconds=1))

    # Time

    @rule(of=st.integers(1, 4))
    def let_hours_pass(self, of: int) -> None:
        """Embargoes, leases, licences and schedules turn, though nobody does anything."""
        self.clock.shift(of * HOUR)

    # Stories

    def story(self, number: int) -> Article:
        stories = list(Article.objects.order_by("pk"))
        return stories[number % len(stories)]

    @rule(number=st.integers(0, 9), headline=words, later=st.integers(0, 2))
    def correct_now_or_later(self, number: int, headline: str, later: int) -> None:
        story, now = self.story(number), timezone.now()
        Article.objects.filter(pk=story.pk).update(headline=headline)
        story.refresh_from_db()
        with contextlib.suppress(policy.Refused, workflow.Refused):
            workflow.correct(story, by=None, at=now, note="It was wrong.", visible_from=now + later * HOUR)

    @rule(number=st.integers(0, 9), act=st.sampled_from(["kill", "takedown", "unpublish"]))
    def withdraw(self, number: int, act: str) -> None:
        with contextlib.suppress(workflow.Refused):
            workflow.withdraw(self.story(number), by=None, at=timezone.now(), act=act, private_note="Wrong.")

    @rule(number=st.integers(0, 9))
    def cancel(self, number: int) -> None:
        pending = self.story(number).editions.filter(visible_from__gt=timezone.now()).first()
        if pending is not None:
            with contextlib.suppress(workflow.Refused):
                workflow.cancel_schedule(pending, by=None, at=timezone.now())

    @rule(begins=st.integers(0, 2), lasts=st.integers(0, 2), is_new=st.booleans(), number=st.integers(0, 9))
    def publish(self, begins: int, lasts: int, is_new: bool, number: int) -> None:
        """Now or later, for good or for a while, a new story or one that was taken away."""
        story, now = factories.make_article() if is_new else self.story(number), timezone.now()
        opens = now + begins * HOUR
        until = opens + lasts * HOUR if lasts else None
        with contextlib.suppress(workflow.Refused):
            workflow.publish(story, by=None, at=now, visible_from=opens, visible_until=until)

    # Records

    @rule(of=which, kind=st.sampled_from(RECORDS), is_public=st.booleans())
    def open_or_shut(self, of: int, kind: str, is_public: bool) -> None:
        record = self.fresh(of, kind)
        if not record.is_trashed:
            self.save(record, is_public=is_public)

    @rule(of=which, name=words)
    def rename_a_person(self, of: int, name: str) -> None:
        self.save(self.fresh(of, "person"), family_name=name)

    @rule(of=which, name=words)
    def rename_an_organisation(self, of: int, name: str) -> None:
        self.save(self.fresh(of, "organisation"), short_name=name)

    @rule(of=which, kind=st.sampled_from(["photo", "event"]), until=st.none() | hours)
    def set_or_lift_an_embargo(self, of: int, kind: str, until: int | None) -> None:
        self.save(self.fresh(of, kind), embargo_until=None if until is None else timezone.now() + until * HOUR)

    @rule(of=which, effect=st.sampled_from(["allow", "deny"]), begins=st.none() | hours, lasts=st.integers(1, 3))
    def lease_a_photo(self, of: int, effect: str, begins: int | None, lasts: int) -> None:
        photo: Any = self.fresh(of, "photo")
        starts_at = None if begins is None else timezone.now() + begins * HOUR
        with changes.recording() as record:
            record.touch(photo)
            ends_at = starts_at + lasts * HOUR if starts_at else None
            Lease.objects.create(photo=photo, scope="syndication", effect=effect, starts_at=starts_at, ends_at=ends_at)
            record.touch(photo)

    @rule(of=which, said=st.sampled_from(Source.Permission.values))
    def change_the_terms_of_a_source(self, of: int, said: str) -> None:
        self.save(Source.objects.get(pk=self.worlds[of].source.pk), redistribution=said)

    @rule(of=which, kind=st.sampled_from(["person", "organisation"]))
    def merge(self, of: int, kind: str) -> None:
        with contextlib.suppress(merging.NotMerged):
            going, staying = self.fresh(of, kind), self.fresh(1 - of, kind)
            merging.merge(going, into=staying, by=self.chief, at=timezone.now())

    @rule(of=which, kind=st.sampled_from(["person", "organisation"]))
    def undo_a_merge(self, of: int, kind: str) -> None:
        with contextlib.suppress(merging.NotMerged):
            merging.undo(self.fresh(of, kind), by=self.chief, at=timezone.now())

    @rule(of=which, kind=st.sampled_from(RECORDS), verb=st.sampled_from([trash.discard, trash.restore]))
    def put_into_the_trash_or_bring_back(self, of: int, kind: str, verb: Any) -> None:
        with contextlib.suppress(policy.Refused):
            verb(self.fresh(of, kind), by=self.chief, at=timezone.now())

    @rule(is_seen=st.booleans())
    def end_a_topic(self, is_seen: bool) -> None:
        """Seen by a partner before it goes for good, or not."""
        topic = factories.make_topic(is_public=True)
        if is_seen:
            self.followers[0].ask(limit=5)
        trash.discard(topic, by=self.chief, at=timezone.now())
        trash.purge(topic, by=self.chief, at=timezone.now())

    def fresh(self, of: int, kind: str) -> Any:
        record: Topic | Photo | Any = getattr(self.worlds[of], kind)
        return type(record)._base_manager.get(pk=record.pk)

    def save(self, fresh: Any, **values: Any) -> None:
        with changes.recording() as recording:
            recording.touch(fresh)
            for name, value in values.items():
                setattr(fresh, name, value)
            fresh.save()

    # Licences

    def some_partner(self, number: int) -> Partner:
        partner = self.followers[1 + number].partner
        assert partner is not None
        return Partner.objects.get(pk=partner.pk)

    @rule(number=st.integers(0, 2), packages_of=st.sets(st.integers(0, 2)))
    def grant(self, number: int, packages_of: set[int]) -> None:
        partner = self.some_partner(number)
        partner.packages.set([self.held[one] for one in packages_of])
        entitlement.settle(partner)

    @rule(number=st.integers(0, 2), begins=hours, lasts=st.none() | st.integers(1, 3), is_suspended=st.booleans())
    def license(self, number: int, begins: int, lasts: int | None, is_suspended: bool) -> None:
        partner = self.some_partner(number)
        partner.licence_starts_at = timezone.now() + begins * HOUR
        partner.licence_ends_at = partner.licence_starts_at + lasts * HOUR if lasts else None
        partner.is_suspended = is_suspended
        partner.save()

    @rule(number=st.integers(0, 2), territory=st.sampled_from([[], ["KR"], ["KR", "JP"]]))
    def publish_elsewhere(self, number: int, territory: list[str]) -> None:
        partner = self.some_partner(number)
        partner.territory = territory
        partner.save()
        entitlement.settle(partner)

    @rule(
        of=st.integers(0, 2),
        kinds=st.sets(st.sampled_from(KINDS), min_size=1),
        terms=st.sampled_from(Package.SourceTerms.values),
        territories=st.sampled_from([[], ["KR"]]),
    )
    def change_a_package(self, of: int, kinds: set[str], terms: str, territories: list[str]) -> None:
        package = Package.objects.get(pk=self.held[of].pk)
        package.kinds, package.source_terms, package.territories = sorted(kinds), terms, territories
        package.save()
        packages.unsettle(package)
        packages.fill(package)

    @rule(number=st.integers(0, 2))
    def change_keys(self, number: int) -> None:
        """The former one is refused at once; where one was with the copy stays good."""
        partner, follower = self.some_partner(number), self.followers[1 + number]
        keys.revoke(Key.objects.filter(partner=partner, revoked_at=None).latest("pk"), by=None, at=timezone.now())
        assert follower.client.get("/api/v1/changes/").status_code == 401
        follower.client = client_of(partner)

    @rule()
    def restore_a_backup(self) -> None:
        FeedHead.objects.update(generation=uuid.uuid4())

    # Partners

    @rule(number=st.integers(0, 3), pages=st.integers(1, 4), limit=st.integers(1, 5), dies=st.booleans())
    def sync_a_while(self, number: int, pages: int, limit: int, dies: bool) -> None:
        with contextlib.suppress(Died):
            for page in range(pages):
                self.followers[number].ask(limit, dies=dies and page == pages - 1)

    @rule(number=st.integers(0, 3))
    def sync_to_the_end(self, number: int) -> None:
        follower = self.followers[number]
        while follower.ask(limit=20):
            pass
        assert not follower.is_licensed() or follower.stored() == follower.due()

    def teardown(self) -> None:
        """Each round ends with its world."""
        try:
            if hasattr(self, "followers"):
                self.come_to_the_end()
        finally:
            self.travel.stop()
            transaction.savepoint_rollback(self.round)

    def come_to_the_end(self) -> None:
        """Where a licence has ended, it begins again: what was missed comes."""
        Partner.objects.update(licence_starts_at=BEGINNING, licence_ends_at=None, is_suspended=False)
        for number, follower in enumerate(self.followers):
            self.sync_to_the_end(number)
            follower.mirror.close()
        assert list(feedcheck.drifts(timezone.now())) == []


EXAMPLES = int(os.environ.get("SYNC_MACHINE_EXAMPLES", "10"))
LIMITS = settings(
    max_examples=EXAMPLES,
    stateful_step_count=20,
    deadline=None,
    derandomize=EXAMPLES == 10,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_mirror_is_what_its_partner_may_have_whatever_happens(settings: Settings) -> None:
    settings.API_PUBLIC_RATE = PLENTY

    run_state_machine_as_test(Newsroom, settings=LIMITS)
