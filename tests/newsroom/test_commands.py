"""Commands of the bottom shelf: the tick, the check of the feed, placeholder pictures, and the sweep."""

import datetime as dt
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from newsroom import tasks
from newsroom.articles import workflow
from newsroom.models import Change, Topic
from newsroom.photos.models import Photo, Rendition, renditions
from newsroom.photos.renditions import drawn, keep_placeholder, scene_of
from tests import factories as make

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
LATER = NOON + dt.timedelta(hours=1)


def said(*command: str) -> list[str]:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().splitlines()


def schedule() -> None:
    with time_machine.travel(NOON):
        workflow.publish(make.make_article(), by=None, at=NOON, visible_from=LATER)


def hide_behind_the_feed(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(is_public=False)


def test_tick_records_what_has_appeared_and_then_nothing() -> None:
    schedule()

    with time_machine.travel(LATER):
        lines = [said("tick"), said("tick")]

    assert lines == [["1 objects were due"], ["0 objects were due"]]
    assert Change.objects.get().kind == "article"


def test_sweep_does_what_the_tick_does() -> None:
    schedule()

    with time_machine.travel(LATER):
        swept = [tasks.sweep.call_local(), tasks.sweep.call_local()]

    assert swept == [1, 0]


def test_feed_that_agrees_is_said_to() -> None:
    make.make_topic(is_public=True)

    assert said("feed_verify") == ["Feed, search and records agree"]


def test_feed_that_strayed_is_reported_and_left() -> None:
    topic = make.make_topic(is_public=True)
    hide_behind_the_feed(topic)
    out = StringIO()

    with pytest.raises(CommandError, match="2 differences"):
        call_command("feed_verify", stdout=out)

    assert out.getvalue().splitlines() == [
        f"topic {topic.uuid}: its entry is out of date",
        f"topic {topic.uuid}: search knows something else of it",
    ]
    assert Change.objects.get().mask == 1


def test_feed_that_strayed_is_mended_on_request() -> None:
    hide_behind_the_feed(make.make_topic(is_public=True))

    lines = said("feed_verify", "--fix")

    assert lines[-1] == "2 differences recorded"
    assert Change.objects.get().mask == 0
    assert said("feed_verify") == ["Feed, search and records agree"]


def drawn_of(photo: Photo) -> list[tuple[str, int, int, str]]:
    found = Rendition.objects.filter(photo=photo, is_placeholder=True).order_by("-width", "format")
    return [(one.format, one.width, one.height, one.file.name) for one in found]


def keep_drawn(photo: Photo) -> list[Rendition]:
    return keep_placeholder(photo, drawn(scene_of(photo)))


def test_placeholder_is_kept_in_two_sizes_and_formats_under_names_of_their_content() -> None:
    photo = make.make_photo(is_public=True)

    rows = keep_drawn(photo)

    kept = drawn_of(photo)
    assert [facts[:3] for facts in kept] == [
        ("JPEG", 1200, 800),
        ("WEBP", 1200, 800),
        ("JPEG", 640, 427),
        ("WEBP", 640, 427),
    ]
    assert {row.file.name for row in rows} == {name for *_facts, name in kept}
    assert [row.size for row in rows] == [renditions().size(row.file.name) for row in rows]
    assert keep_drawn(photo) == rows
    assert drawn_of(photo) == kept


def test_placeholders_are_drawn_for_public_photos_that_are_not_held_and_have_none() -> None:
    wanting = make.make_photo(is_public=True)
    hidden = make.make_photo()
    held = make.make_photo(is_public=True, original="2025/12/held.jpg", width=3, height=2)

    lines = [said("draw_placeholders"), said("draw_placeholders")]

    assert lines == [["1 placeholders drawn"], ["0 placeholders drawn"]]
    assert [len(drawn_of(photo)) for photo in (wanting, hidden, held)] == [4, 0, 0]


def test_placeholder_whose_file_is_lost_is_drawn_again() -> None:
    photo = make.make_photo(is_public=True)
    lost = keep_drawn(photo)[0].file.name
    renditions().delete(lost)

    assert said("draw_placeholders") == ["1 placeholders drawn"]
    assert renditions().exists(lost)
