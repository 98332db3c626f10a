"""What is under embargo: shut to everybody outside, and brought out by time alone, with all that shows it."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, PhotoUse
from newsroom.models import Change, SearchEntry
from newsroom.photos.models import Rendition, renditions
from tests import factories
from tests.changes.feed import document, entry, head, moved_since
from tests.factories import make_row

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
UNTIL = NOW + dt.timedelta(hours=3)
INSTANT = dt.timedelta(microseconds=1)
UNDER_EMBARGO: dict[str, Any] = {"is_public": True, "embargo_until": UNTIL}
both = pytest.mark.parametrize("make", [factories.make_event, factories.make_photo])


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def tick(clock: Any) -> None:
    clock.move_to(UNTIL)
    changes.tick(timezone.now())


def change(record: Any, **values: Any) -> None:
    with changes.recording() as recording:
        type(record).objects.filter(pk=record.pk).update(**values)
        recording.touch(record)


def publish_story(*, events: Any = (), photos: Any = ()) -> Article:
    story = factories.make_article()
    story.events.add(*events)
    for order, photo in enumerate(photos, 1):
        PhotoUse.objects.create(article=story, photo=photo, order=order)
    workflow.publish(story, by=None, at=NOW)
    return story


@both
def test_embargo_shuts_the_door_until_its_very_moment(make: Callable[..., Any], client: Client, clock: Any) -> None:
    record = make(**UNDER_EMBARGO)

    clock.move_to(UNTIL - INSTANT)
    before = client.get(record.get_absolute_url()).status_code
    clock.move_to(UNTIL)

    assert (before, client.get(record.get_absolute_url()).status_code) == (404, 200)
    questions = [list(type(record).objects.public(at)) for at in (UNTIL - INSTANT, UNTIL)]
    assert questions == [[], [record]]
    assert (record.is_out(UNTIL - INSTANT), record.is_out(UNTIL)) == (False, True)


@both
def test_record_under_embargo_has_no_entry_and_is_due(make: Callable[..., Any]) -> None:
    before = head()

    make(**UNDER_EMBARGO)

    found = changes.head()
    assert (found.seq, found.due_at, Change.objects.count()) == (before, UNTIL, 0)
    assert not SearchEntry.objects.exists()


@both
def test_record_behind_a_shut_door_is_never_due(make: Callable[..., Any]) -> None:
    make(is_public=False, embargo_until=UNTIL)

    assert changes.head().due_at is None


@both
def test_tick_brings_the_record_out(make: Callable[..., Any], clock: Any) -> None:
    record = make(**UNDER_EMBARGO)

    tick(clock)

    assert (entry(record).reason, document(record)["id"]) == ("published", str(record.uuid))
    assert SearchEntry.objects.filter(object_id=record.uuid).exists()
    assert changes.head().due_at is None


@both
def test_embargo_laid_on_later_takes_the_record_back_until_then(make: Callable[..., Any], clock: Any) -> None:
    record = make(is_public=True)

    change(record, embargo_until=UNTIL)
    meanwhile = entry(record)
    tick(clock)

    assert (meanwhile.mask, meanwhile.reason, meanwhile.document) == (0, "hidden", "")
    assert (entry(record).mask, entry(record).reason) == (1, "published")


def test_story_leaves_out_an_event_under_embargo_until_its_moment(client: Client, clock: Any) -> None:
    event = factories.make_event(**UNDER_EMBARGO, name="Quokka summit")
    story = publish_story(events=[event])
    before, page = document(story)["events"], client.get(story.get_absolute_url()).content.decode()

    tick(clock)

    assert (before, "Quokka" in page) == ([], False)
    assert [one["id"] for one in document(story)["events"]] == [str(event.uuid)]
    assert "Quokka" in client.get(story.get_absolute_url()).content.decode()


def test_story_withholds_a_photo_under_embargo_until_its_moment(client: Client, clock: Any) -> None:
    photo = factories.make_photo(**UNDER_EMBARGO, description="A quokka.")
    story = publish_story(photos=[photo])
    before, page = document(story), client.get(story.get_absolute_url()).content.decode()

    tick(clock)

    assert (before["photos"], before["withheld"]) == ([], [{"what": "photo", "reason": "hidden"}])
    assert [one["id"] for one in document(story)["photos"]] == [str(photo.uuid)]
    assert document(story)["withheld"] == []
    assert ["quokka" in one for one in (page, client.get(story.get_absolute_url()).content.decode())] == [False, True]


def test_photo_does_not_name_the_event_before_its_moment(clock: Any) -> None:
    event = factories.make_event(**UNDER_EMBARGO)
    photo = factories.make_photo(is_public=True, event=event)
    before, seq = document(photo)["event"], head()

    tick(clock)

    assert (before, document(photo)["event"]["id"]) == (None, str(event.uuid))
    assert moved_since(seq) == {("event", str(event.uuid)), ("photo", str(photo.uuid))}


def test_file_of_a_photo_under_embargo_is_not_there(client: Client, clock: Any) -> None:
    photo = factories.make_photo(**UNDER_EMBARGO)
    name = renditions().save(f"{'0a1b2c3d4e' * 4}.webp", ContentFile(b"RIFF....WEBP"))
    facts = {"format": "WEBP", "width": 640, "height": 427, "size": 12, "is_placeholder": True}
    make_row(Rendition, photo, photo=photo, file=name, **facts)
    before = client.get(f"/media/{name}").status_code

    clock.move_to(UNTIL)

    answer = client.get(f"/media/{name}")
    assert (before, answer.getvalue()) == (404, b"RIFF....WEBP")


def test_desk_links_to_no_page_before_the_moment(chief_client: Client, clock: Any) -> None:
    event = factories.make_event(**UNDER_EMBARGO)
    address = f"/admin/events/event/{event.pk}/change/"
    link = f'href="{event.get_absolute_url()}"'
    before = chief_client.get(address).content.decode()

    clock.move_to(UNTIL)

    assert [link in one for one in (before, chief_client.get(address).content.decode())] == [False, True]
    assert "readers and partners get it no sooner" in before
