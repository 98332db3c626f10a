"""`feed_verify` finds what went past the feed, mends it, and then finds nothing."""

import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from newsroom import changes, feedcheck, search
from newsroom.articles.models import Edition
from newsroom.models import Change, Due, SearchEntry
from newsroom.photos.models import Lease, Photo
from people.models import Organisation, Person
from tests import factories
from tests.changes.feed import document, entry, head, moved_since
from tests.changes.world import World

pytestmark = pytest.mark.django_db

NO_ENTRY, OUT_OF_DATE = "it has no entry", "its entry is out of date"
INDEX, SCHEDULE = "search knows something else of it", "the schedule has another moment for it"


def found() -> set[tuple[str, str]]:
    return {(drift.kind, drift.what) for drift in feedcheck.drifts(timezone.now())}


def mended() -> set[tuple[str, str]]:
    return {(drift.kind, drift.what) for drift in feedcheck.mend(timezone.now())}


def test_recorded_world_has_no_drift(world: World) -> None:
    assert found() == set()


def test_update_past_the_feed_is_found_mended_and_gone(world: World) -> None:
    Person.objects.filter(pk=world[Person].pk).update(family_name="Roe")

    before = head()
    first = found()
    mend = mended()

    drifted = {(kind, OUT_OF_DATE) for kind in ("person", "event", "photo", "article")}
    indexed = {(kind, INDEX) for kind in ("person", "event", "photo", "article")}
    assert first == mend == drifted | indexed
    assert {kind for kind, _object_id in moved_since(before)} == {"person", "event", "photo", "article"}
    assert (document(world[Person])["family_name"], found(), mended()) == ("Roe", set(), set())


def test_mending_what_is_whole_moves_nothing(world: World) -> None:
    before = head()

    feedcheck.mend(timezone.now())

    assert head() == before


def test_loaded_fixture_is_found_and_mended(tmp_path: Path) -> None:
    fixture = tmp_path / "organisations.json"
    fields = {"slug": "academy", "name": "Academy", "is_public": True, "kind": "institute"}
    fixture.write_text(json.dumps([{"model": "people.organisation", "fields": fields}]))
    call_command("loaddata", fixture, verbosity=0)

    first = mended()

    academy = Organisation.objects.get()
    assert first == {("organisation", NO_ENTRY), ("organisation", INDEX)}
    assert (entry(academy).reason, document(academy)["name"], found()) == ("published", "Academy", set())


def test_row_deleted_past_the_feed_is_found_and_mended() -> None:
    topic = factories.make_topic(is_public=True)
    type(topic).objects.all().delete()

    first = mended()

    change = Change.objects.get(object_id=topic.uuid)
    assert first == {("topic", OUT_OF_DATE), ("topic", INDEX)}
    assert (change.reason, change.document, found()) == ("deleted", "", set())


def test_hidden_row_that_search_still_shows_is_found_and_mended() -> None:
    topic = factories.make_topic(name="Quasar")
    SearchEntry.objects.create(kind="topic", object_id=topic.uuid, title="Quasar", text="", tokens="quasar")

    first = mended()

    assert (first, found(), search.counts("quasar")) == ({("topic", INDEX)}, set(), {})


def test_lost_search_entry_is_found_and_mended() -> None:
    factories.make_topic(is_public=True, name="Quasar")
    SearchEntry.objects.all().delete()
    before = head()

    first = mended()

    assert (first, found(), search.counts("quasar")) == ({("topic", INDEX)}, set(), {"topic": 1})
    assert head() == before


@pytest.mark.parametrize("column", ["title", "text", "tokens", "language", "sort_at"])
def test_search_entry_that_says_something_else_is_found(column: str) -> None:
    factories.make_topic(is_public=True)
    value = timezone.now() if column == "sort_at" else "else"

    SearchEntry.objects.update(**{column: value})

    assert found() == {("topic", INDEX)}


def test_lease_made_past_the_feed_is_scheduled() -> None:
    photo = factories.make_photo(is_public=True)
    starts_at = timezone.now() + dt.timedelta(days=1)
    Lease.objects.create(photo=photo, scope="use", effect="allow", starts_at=starts_at)

    first = mended()

    assert (first, changes.head().due_at, found()) == ({("photo", SCHEDULE)}, starts_at, set())


def test_schedule_of_what_is_gone_is_cleared() -> None:
    photo = factories.make_photo(is_public=True)
    Due.objects.create(kind="photo", object_id=photo.uuid, due_at=timezone.now())
    Photo.objects.all().delete()

    mended()

    assert (Due.objects.count(), changes.head().due_at, found()) == (0, None, set())


def test_edition_that_nobody_closed_in_the_feed_is_found(world: World) -> None:
    Edition.objects.update(visible_until=timezone.now())

    first = mended()

    article = next(row for row in world.rows.values() if row._meta.model_name == "article")
    assert first == {("article", OUT_OF_DATE), ("article", INDEX)}
    assert (entry(article).reason, found()) == ("expired", set())


def test_drift_is_told_in_words() -> None:
    topic = factories.make_topic(is_public=True)
    Change.objects.all().delete()

    assert [str(drift) for drift in feedcheck.drifts(timezone.now())] == [f"topic {topic.uuid}: it has no entry"]


def test_more_rows_than_a_chunk_are_all_mended() -> None:
    number = changes.CHUNK + 5
    Person.objects.bulk_create(
        Person(slug=f"doe-{n}", family_name="Doe", given_name=f"N{n}", is_public=True) for n in range(number)
    )
    first = len(feedcheck.mend(timezone.now()))
    Person.objects.all().delete()

    second = len(feedcheck.mend(timezone.now()))

    assert (first, second) == (2 * number, 2 * number)  # an entry and a place in the index each
    assert (Change.objects.filter(reason="deleted").count(), found()) == (number, set())
