"""What time alone brings: scheduled stories, their end, leases; recorded by whoever comes first, once."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Edition, EditionFacet
from newsroom.models import Change, Due, FeedHead, SearchEntry
from newsroom.photos.models import Lease, Photo, Rendition
from tests import factories
from tests.changes.feed import document, entry, head
from tests.factories import make_row

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=3)
MUCH_LATER = NOW + dt.timedelta(days=3)
INSTANT = dt.timedelta(microseconds=1)


def schedule(**over: Any) -> Article:
    with time_machine.travel(NOW, tick=False):
        article = factories.make_article(headline="Observatory opens")
        workflow.publish(article, by=None, **{"at": NOW, "visible_from": LATER, **over})
    return article


def tick(at: dt.datetime) -> int:
    with time_machine.travel(at, tick=False):
        return changes.tick(timezone.now())


def visible(at: dt.datetime) -> list[int]:
    return list(Edition.objects.visible(at).values_list("number", flat=True))


def test_scheduled_story_is_visible_at_its_moment_without_a_tick() -> None:
    schedule()

    assert (visible(LATER - INSTANT), visible(LATER), visible(MUCH_LATER)) == ([], [1], [1])


def test_scheduled_story_has_no_entry_and_is_due() -> None:
    before = head()

    schedule()

    found = changes.head()
    assert (found.seq, found.due_at, Change.objects.count()) == (before, LATER, 0)
    assert (found.is_due(LATER - INSTANT), found.is_due(LATER)) == (False, True)


def test_tick_at_its_moment_records_the_story() -> None:
    article = schedule()
    before = head()

    looked_at = tick(LATER)

    assert (looked_at, head(), entry(article).reason) == (1, before + 1, "published")
    assert (changes.head().due_at, Due.objects.count()) == (None, 0)
    assert SearchEntry.objects.filter(object_id=article.uuid).exists()


def test_tick_twice_changes_nothing_more() -> None:
    schedule()
    tick(LATER)
    before = head()

    assert (tick(LATER), tick(MUCH_LATER), head()) == (0, 0, before)


def test_tick_too_early_leaves_the_schedule() -> None:
    schedule()
    before = head()

    assert (tick(LATER - INSTANT), head(), changes.head().due_at) == (0, before, LATER)


def test_late_tick_records_what_holds_by_then() -> None:
    article = schedule(visible_until=MUCH_LATER)
    before = head()

    tick(MUCH_LATER)

    assert (head(), Change.objects.filter(object_id=article.uuid).count()) == (before, 0)


def test_story_past_its_end_expires() -> None:
    article = schedule(visible_from=NOW, visible_until=LATER)

    tick(LATER)

    change = entry(article)
    assert (change.reason, change.mask, change.document) == ("expired", 0, "")
    assert not SearchEntry.objects.filter(object_id=article.uuid).exists()
    assert not EditionFacet.objects.filter(article=article).exists()


def test_story_past_its_end_is_gone_without_a_tick() -> None:
    schedule(visible_from=NOW, visible_until=LATER)

    assert (visible(LATER - INSTANT), visible(LATER)) == ([1], [])


def test_scheduled_correction_replaces_the_edition_at_its_moment() -> None:
    article = schedule(visible_from=NOW)
    with time_machine.travel(NOW, tick=False):
        Article.objects.filter(pk=article.pk).update(headline="Observatory opens late")
        workflow.correct(article, by=None, at=NOW, note="It opens late.", visible_from=LATER)
    early = document(article)["headline"]

    tick(LATER)

    assert (early, document(article)["headline"]) == ("Observatory opens", "Observatory opens late")
    assert (visible(LATER - INSTANT), visible(LATER), entry(article).reason) == ([1], [2], "corrected")


def make_leased(**lease: Any) -> Photo:
    with time_machine.travel(NOW, tick=False):
        photo = factories.make_photo(is_public=True, original="2026/a.jpg", width=8, height=6)
        size = {"format": "WEBP", "width": 8, "height": 6, "size": 9, "file": "a.webp"}
        make_row(Rendition, photo, photo=photo, **size)
        make_row(Lease, photo, photo=photo, **{"scope": "use", "effect": "allow", **lease})
    return photo


def test_lease_shows_a_picture_from_its_start_to_its_end() -> None:
    photo = make_leased(starts_at=LATER, ends_at=MUCH_LATER)
    shown = []

    for moment in (NOW, LATER - INSTANT, LATER, MUCH_LATER - INSTANT, MUCH_LATER):
        tick(moment)
        shown.append((document(photo)["on_our_pages"], photo.may_be("use", moment)))

    assert shown == [(False, False), (False, False), (True, True), (True, True), (False, False)]


def test_each_boundary_of_a_lease_is_due() -> None:
    make_leased(starts_at=LATER, ends_at=MUCH_LATER)

    due = [changes.head().due_at]
    for moment in (LATER, MUCH_LATER):
        tick(moment)
        due.append(changes.head().due_at)

    assert due == [LATER, MUCH_LATER, None]


def test_denial_wins_while_it_lasts() -> None:
    photo = make_leased()
    make_row(Lease, photo, photo=photo, scope="use", effect="deny", starts_at=LATER, ends_at=MUCH_LATER)
    moments = (NOW, LATER, MUCH_LATER)

    answers = [Photo.objects.get().may_be("use", moment) for moment in moments]
    questions = [Photo.objects.usable(moment).exists() for moment in moments]

    assert (answers, questions) == ([True, False, True], [True, False, True])


def test_hidden_photo_is_never_due() -> None:
    photo = make_leased(starts_at=LATER)

    with changes.recording() as record:
        record.touch(photo)
        Photo.objects.update(is_public=False)

    assert changes.head().due_at is None


def test_due_object_that_was_deleted_behind_the_feeds_back_is_due_once() -> None:
    photo = make_leased(starts_at=LATER)
    object_id = photo.uuid
    Photo.objects.all().delete()

    tick(LATER)

    assert (changes.head().due_at, Change.objects.get(object_id=object_id).reason) == (None, "deleted")


def test_try_tick_where_nobody_writes_does_what_tick_does() -> None:
    article = schedule()

    with time_machine.travel(LATER, tick=False):
        done = changes.try_tick(timezone.now())

    assert (done, entry(article).reason, changes.head().due_at) == (True, "published", None)


def test_head_without_its_row_is_nought() -> None:
    FeedHead.objects.all().delete()

    assert changes.head() == changes.Head(0, None, "")
