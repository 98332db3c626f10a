"""What must hold when several ask or write at once, on connections of their own."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from events.models import Appearance
from newsroom import changes, feedcheck, trash
from newsroom.models import Change, Topic, User
from newsroom.partners import keys, limits, packages
from newsroom.partners.limits import count
from newsroom.partners.models import Acknowledgement, Key, Package, RequestCount
from newsroom.waiting import BusyDatabase, no_waiting
from people import merging
from tests import factories
from tests.changes.threads import PATIENCE, at_once, held, in_background, until_stopped
from tests.desk.pages import as_sent
from tests.partners.conftest import Api, client_of, make_key, make_package, make_partner

pytestmark = pytest.mark.django_db(transaction=True)


def test_requests_at_once_are_counted_one_by_one() -> None:
    results = at_once(*[lambda: [count("partner:1", 7) for _number in range(5)]] * 4)

    assert sorted(number for numbers in results for number in numbers) == list(range(1, 21))
    assert RequestCount.objects.get().count == 20


def test_next_minute_begins_at_one_for_whoever_comes_first() -> None:
    count("partner:1", 7)

    results = at_once(*[lambda: count("partner:1", 8)] * 4)

    assert sorted(results) == [1, 2, 3, 4]


def test_key_is_revoked_once_by_two() -> None:
    issued = make_key(make_partner())

    def revoke() -> str:
        try:
            keys.revoke(Key.objects.get(), by=None, at=timezone.now())
        except keys.NotValid:
            return "was revoked"
        return "revoked"

    assert sorted(at_once(revoke, revoke)) == ["revoked", "was revoked"]
    assert issued.key.audit.filter(act="revoked").count() == 1


def test_partner_that_asks_twice_at_once_proves_it_once() -> None:
    package = make_package(kinds=["topic"])
    factories.make_topic(is_public=True)
    api = Api.of(make_partner(package))
    _found, cursor = api.follow()

    statuses = at_once(*[lambda: api.client.get("/api/v1/changes/", {"cursor": cursor}).status_code] * 3)

    assert (statuses, Acknowledgement.objects.count()) == ([200] * 3, 1)


def test_partner_reads_while_a_writer_holds_the_database() -> None:
    """On SQLite nobody can count it then: it is answered all the same, and at once."""
    package = make_package(kinds=["topic"])
    topic = factories.make_topic(is_public=True)
    client = client_of(make_partner(package))

    def write(record: changes.Record) -> None:
        record.touch(topic)
        topic.description = "About cables."
        topic.save()

    with held(write, settles=True):
        answer = client.get("/api/v1/changes/")

    found: Any = answer.json()["changes"]
    assert [change["object"]["description"] for change in found] == [""]
    assert ("RateLimit" in answer) is (connection.vendor == "postgresql")


def test_what_waits_for_nobody_says_so() -> None:
    topic = factories.make_topic(is_public=True)

    with held(lambda record: record.touch(topic), settles=True):
        if connection.vendor == "sqlite":
            with pytest.raises(BusyDatabase), no_waiting():
                count("partner:1", 7)
        else:
            with no_waiting():
                assert count("partner:1", 7) == 1


def test_package_that_is_filled_while_others_write_is_right() -> None:
    topics = [factories.make_topic(is_public=True) for _number in range(6)]
    package = Package.objects.create(bit=1, slug="topics", name="Topics", kinds=["topic"])

    def write() -> None:
        for topic in topics:
            with changes.recording() as record:
                record.touch(topic)
                topic.description = "Changed."
                topic.save()

    at_once(write, lambda: packages.fill(package), lambda: [factories.make_topic(is_public=True) for _ in range(4)])

    masks = list(Change.objects.values_list("mask", flat=True))
    assert masks == [0b11] * 10
    assert list(feedcheck.drifts(timezone.now())) == []


def test_export_and_feed_lose_nothing_while_others_write() -> None:
    """The mirror of a partner that exports and then follows is what is there at the end."""
    package = make_package(kinds=["topic"])
    for _number in range(5):
        factories.make_topic(is_public=True)
    api = Api.of(make_partner(package, requests_per_minute=100_000))
    mirror: dict[str, Any] = {}

    def write(number: int) -> None:
        for _turn in range(6):
            topic = factories.make_topic(is_public=True, name=f"Race {number} {_turn}")
            if _turn % 2:
                with changes.recording() as record:
                    record.touch(topic)
                    topic.is_public = False
                    topic.save()

    def follow() -> str:
        cursor = ""
        for _turn in range(12):
            page = api.get("changes/", limit=3, **({"cursor": cursor} if cursor else {}))
            apply(mirror, page["changes"])
            cursor = page["cursor"]
        return cursor

    *_written, cursor = at_once(lambda: write(1), lambda: write(2), follow)
    apply(mirror, api.follow(cursor)[0])

    assert mirror == {change["id"]: change["version"] for change in api.follow()[0]}


def rename(topic: Topic, name: str) -> None:
    with changes.recording() as record:
        row = Topic.objects.select_for_update().filter(pk=topic.pk, trashed_at=None).first()
        if row is not None:
            record.touch(row)
            row.name = name
            row.save()


def end(topic: Topic, chief: User) -> None:
    trash.discard(topic, by=chief, at=timezone.now())
    trash.purge(topic, by=chief, at=timezone.now())


def test_mirror_is_right_while_records_are_saved_and_ended_at_once() -> None:
    chief = User.objects.create_superuser("chief")
    topics = [factories.make_topic(is_public=True) for _number in range(6)]
    api = Api.of(make_partner(make_package(kinds=["topic"]), requests_per_minute=100_000))
    found, cursor = api.follow()
    mirror: dict[str, Any] = {}
    apply(mirror, found)

    at_once(
        lambda: [rename(topic, f"Renamed {topic.pk} {turn}") for turn in range(3) for topic in topics],
        lambda: [end(topic, chief) for topic in topics[:4]],
        lambda: [factories.make_topic(is_public=True) for _number in range(3)],
    )
    apply(mirror, api.follow(cursor)[0])

    assert mirror == {change["id"]: change["version"] for change in api.follow()[0]}
    assert (len(mirror), Topic.objects.count()) == (5, 5)
    assert list(feedcheck.drifts(timezone.now())) == []


def test_record_that_is_ended_while_it_is_saved_stays_gone_and_the_words_are_shown() -> None:
    chief = User.objects.create_superuser("chief")
    topic = factories.make_topic()
    client = Client()
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/admin/newsroom/topic/{topic.pk}/change/"
    sent = as_sent(client.get(address), description="About cables.")

    def end_it(record: changes.Record) -> None:
        record.touch(topic)
        Topic.objects.filter(pk=topic.pk).delete()

    with held(end_it) as finish, in_background(lambda: client.post(address, sent)) as later:
        time.sleep(0.5)
        finish()
        answer = later.result(PATIENCE)

    assert (Topic.objects.count(), answer.status_code) == (0, 404)
    assert "About cables." in answer.content.decode()


@pytest.mark.parametrize("is_first", [True, False], ids=["merged first", "saved first"])
def test_link_that_is_made_during_a_merge_is_kept(is_first: bool) -> None:
    """Whichever comes first, and without a deadlock; what a merge cannot see yet stays with the record that went."""
    chief = User.objects.create_superuser("chief")
    going, staying = (factories.make_person(is_public=True) for _number in range(2))
    event = factories.make_event(is_public=True)

    def merge() -> None:
        merging.merge(going, into=staying, by=chief, at=timezone.now())

    def link() -> None:
        factories.make_row(Appearance, event, event=event, person=going)

    first, second = (merge, link) if is_first else (link, merge)
    with held(lambda _record: first()) as finish, in_background(second) as later:
        until_stopped(later)
        finish()
        later.result(PATIENCE)

    is_seen = not is_first and connection.vendor == "sqlite"  # where the merge waits for the other writer's end
    assert Appearance.objects.get().person == (staying if is_seen else going)
    assert list(feedcheck.drifts(timezone.now())) == []


def apply(mirror: dict[str, Any], found: list[Any]) -> None:
    for change in found:
        if change["op"] == "upsert":
            mirror[change["id"]] = change["version"]
        else:
            mirror.pop(change["id"], None)


def test_count_of_a_past_minute_is_swept() -> None:
    now = timezone.now()
    count("partner:1", int(now.timestamp()) // limits.WINDOW - limits.KEPT_FOR - 1)

    assert limits.sweep(now + dt.timedelta()) == 1
