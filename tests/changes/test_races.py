"""Writers at the same time: whoever follows the cursor misses nothing, and what is stored last is right."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections
from django.utils import timezone

from newsroom import changes, feedcheck
from newsroom.articles import workflow
from newsroom.articles.models import OPEN_END, Article, Edition, Mention
from newsroom.models import Change, Due, FeedHead
from people.models import Person
from tests import factories
from tests.changes.feed import document, entry, head
from tests.changes.threads import at_once, held, in_background
from tests.factories import make_row

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 6
EACH = 8
BLOCKED = 0.4  # seconds in which a call that waits for nobody has long returned


class Follower:
    """A partner: reads on from its cursor up to the head, as the API does."""

    def __init__(self) -> None:
        self.cursor = head()
        self.versions: dict[UUID, int] = {}

    def poll(self) -> None:
        until = head()
        for change in Change.objects.since(self.cursor).filter(seq__lte=until):
            self.versions[change.object_id] = change.version
        self.cursor = until


class NaiveFollower:
    """The obvious way to follow a table: by the highest number seen so far."""

    def __init__(self) -> None:
        self.cursor = 0
        self.seen: list[str] = []

    def poll(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM naive_feed WHERE id > %s ORDER BY id", [self.cursor])
            for number, name in cursor.fetchall():
                self.cursor = number
                self.seen.append(name)


@pytest.fixture
def naive_feed() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive_feed (id bigserial PRIMARY KEY, name text)")
        yield
        cursor.execute("DROP TABLE naive_feed")


def write(record: changes.Record, person: Person) -> None:
    """Change the person and note it in the naive feed, in one transaction."""
    record.touch(person)
    Person.objects.filter(pk=person.pk).update(biography="Changed.")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO naive_feed (name) VALUES (%s)", [person.given_name])


def standing() -> dict[UUID, int]:
    return dict(Change.objects.values_list("object_id", "version"))


def test_follower_of_six_writers_misses_nothing() -> None:
    shared = factories.make_person(is_public=True)
    follower, is_over = Follower(), threading.Event()
    follower.versions = standing()

    def publish_people() -> None:
        for number in range(EACH):
            factories.make_person(is_public=True)
            with changes.recording() as record:
                record.touch(shared)
                Person.objects.filter(pk=shared.pk).update(biography=f"{threading.get_ident()} {number}")

    def follow() -> None:
        while not is_over.is_set():
            follower.poll()
            time.sleep(0.002)
        connections.close_all()

    reader = threading.Thread(target=follow)
    reader.start()
    at_once(*[publish_people] * WRITERS)
    is_over.set()
    reader.join()
    follower.poll()

    assert len(follower.versions) == WRITERS * EACH + 1
    assert follower.versions == standing()
    assert entry(shared).version == WRITERS * EACH + 1
    assert head() == Change.objects.order_by("-seq")[0].seq


@pytest.mark.postgres
def test_naive_cursor_loses_a_late_commit_and_the_feed_does_not(naive_feed: None) -> None:
    slow, quick = (factories.make_person(is_public=True, given_name=name) for name in ("slow", "quick"))
    follower, naive = Follower(), NaiveFollower()

    with held(lambda record: write(record, slow)) as finish:
        with changes.recording() as record:
            write(record, quick)
        follower.poll()
        naive.poll()
        finish()
    follower.poll()
    naive.poll()

    assert naive.seen == ["quick"]
    assert follower.versions == {slow.uuid: 2, quick.uuid: 2}


def test_writer_with_numbers_holds_back_those_that_come_later() -> None:
    slow, quick = (factories.make_person(is_public=True) for _ in range(2))
    follower = Follower()

    def change(record: changes.Record, person: Person) -> None:
        record.touch(person)
        Person.objects.filter(pk=person.pk).update(biography="Changed.")

    def change_quickly() -> None:
        with changes.recording() as record:
            change(record, quick)

    with held(lambda record: change(record, slow), settles=True) as finish, in_background(change_quickly) as later:
        time.sleep(BLOCKED)
        follower.poll()
        seen_meanwhile, was_done = dict(follower.versions), later.done()
        finish()
        later.result()
    follower.poll()

    assert (seen_meanwhile, was_done) == ({}, False)
    assert follower.versions == {slow.uuid: 2, quick.uuid: 2}
    assert entry(slow).seq < entry(quick).seq


def rename(record: changes.Record, person: Person) -> None:
    record.touch(person)
    Person.objects.filter(pk=person.pk).update(family_name="Roe")


def make_story_naming(person: Person) -> Article:
    article = factories.make_article()
    make_row(Mention, article, article=article, person=person)
    return article


def publish(article: Article) -> Edition | None:
    """An edition of this moment, or None where it was refused."""
    try:
        return workflow.publish(article, by=None, at=timezone.now())
    except workflow.Refused:
        return None


@pytest.mark.postgres
def test_rename_that_ends_after_a_publication_reaches_the_story() -> None:
    person = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    article = make_story_naming(person)

    with held(lambda record: rename(record, person)) as finish:
        publish(article)
        meanwhile = document(article)["people"][0]["current_name"]
        finish()

    assert (meanwhile, document(article)["people"][0]["current_name"]) == ("Doe Kim", "Roe Kim")
    assert list(feedcheck.drifts(timezone.now())) == []


@pytest.mark.postgres
def test_publication_that_ends_after_a_rename_has_the_new_name() -> None:
    person = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    article = make_story_naming(person)

    with held(lambda _record: publish(article)) as finish:
        with changes.recording() as record:
            rename(record, person)
        finish()

    mention = document(article)["people"][0]
    assert (mention["name"], mention["current_name"]) == ("Doe Kim", "Roe Kim")
    assert list(feedcheck.drifts(timezone.now())) == []


@pytest.mark.parametrize("attempt", range(3))
def test_rename_and_publication_at_once_leave_the_right_document(attempt: int) -> None:
    person = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    article = make_story_naming(person)

    def rename_alone() -> None:
        with changes.recording() as record:
            rename(record, person)

    at_once(rename_alone, lambda: publish(article))

    assert document(article)["people"][0]["current_name"] == "Roe Kim"
    assert list(feedcheck.drifts(timezone.now())) == []


def test_publications_at_once_make_a_chain_without_gap_or_overlap() -> None:
    article = factories.make_article()

    made = [edition for edition in at_once(*[lambda: publish(article)] * 4) if edition]

    editions = list(article.editions.order_by("number"))
    assert [edition.number for edition in editions] == list(range(1, len(made) + 1))
    ends = [edition.visible_until for edition in editions]
    assert ends == [*(edition.visible_from for edition in editions[1:]), OPEN_END]
    assert (document(article)["edition"], list(feedcheck.drifts(timezone.now()))) == (len(made), [])


@pytest.mark.postgres
def test_second_publication_waits_for_the_first_and_follows_it() -> None:
    article = factories.make_article()
    first = timezone.now() - dt.timedelta(minutes=1)
    second = first + dt.timedelta(seconds=1)

    with (
        held(lambda _record: workflow.publish(article, by=None, at=first)) as finish,
        in_background(lambda: workflow.publish(article, by=None, at=second)) as later,
    ):
        time.sleep(BLOCKED)
        was_done = later.done()
        finish()
        later.result()

    intervals = article.editions.order_by("number").values_list("visible_from", "visible_until")
    assert (was_done, list(intervals)) == (False, [(first, second), (second, OPEN_END)])


def make_due(person: Person) -> dt.datetime:
    """A moment that has come without anybody having noted it."""
    at = timezone.now()
    Due.objects.create(kind="person", object_id=person.uuid, due_at=at)
    FeedHead.objects.update(due_at=at)
    return at


def timed_try(at: dt.datetime) -> tuple[bool, bool]:
    """Whether the attempt did it, and whether it waited: whoever does, waits 20 seconds for SQLite, or for ever."""
    began = time.monotonic()
    done = changes.try_tick(at)
    return done, time.monotonic() - began > 10


def busy_timeout() -> Any:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        return cursor.fetchone()[0]


def test_try_tick_gives_way_to_a_writer_and_does_it_afterwards() -> None:
    person = factories.make_person(is_public=True)
    at, patience = make_due(person), busy_timeout()

    with held(lambda record: record.touch(person), settles=True):
        meanwhile, still_due = timed_try(at), changes.head().is_due(at)
    afterwards = timed_try(at)

    assert (meanwhile, still_due, afterwards) == ((False, False), True, (True, False))
    assert (changes.head().due_at, busy_timeout()) == (None, patience)
