"""Editions in time: one at any moment, a chain without gaps, and a database that refuses overlaps."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from newsroom.articles import workflow
from newsroom.articles.models import OPEN_END, Article, Edition, EditionFacet
from tests import factories
from tests.articles.clock import HOUR, INSTANT, NEXT_WEEK, NOW, TOMORROW, cancel, correct, publish, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    return factories.make_article()


def intervals(article: Article) -> list[tuple[int, dt.datetime, dt.datetime]]:
    return list(article.editions.order_by("number").values_list("number", "visible_from", "visible_until"))


def raw_edition(article: Article, number: int, since: dt.datetime, until: dt.datetime) -> Edition:
    """Past the verbs, straight into the table."""
    return Edition.objects.create(
        article=article,
        number=number,
        visible_from=since,
        visible_until=until,
        first_published_at=since,
        kind=article.kind,
        language=article.language,
        headline="Raw",
        story={},
        made_at=since,
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (NOW, TOMORROW),
        (NOW - HOUR, NOW + INSTANT),
        (NOW + HOUR, NOW + 2 * HOUR),
        (TOMORROW - INSTANT, OPEN_END),
        (NOW - HOUR, NEXT_WEEK),
    ],
)
def test_database_refuses_overlapping_editions(story: Article, since: dt.datetime, until: dt.datetime) -> None:
    raw_edition(story, 1, NOW, TOMORROW)

    with pytest.raises(IntegrityError, match="edition_no_overlap"), transaction.atomic():
        raw_edition(story, 2, since, until)


@pytest.mark.parametrize(
    ("since", "until"),
    [(TOMORROW, OPEN_END), (NOW - HOUR, NOW), (NOW + HOUR, NOW + HOUR), (NOW, NOW)],
)
def test_database_takes_editions_that_touch_or_never_open(
    story: Article, since: dt.datetime, until: dt.datetime
) -> None:
    raw_edition(story, 1, NOW, TOMORROW)

    assert raw_edition(story, 2, since, until).pk


def test_database_takes_the_same_interval_for_another_story(story: Article) -> None:
    raw_edition(story, 1, NOW, TOMORROW)

    assert raw_edition(factories.make_article(), 1, NOW, TOMORROW).pk


def test_database_refuses_an_update_into_an_overlap(story: Article) -> None:
    raw_edition(story, 1, NOW, TOMORROW)
    raw_edition(story, 2, TOMORROW, OPEN_END)

    with pytest.raises(IntegrityError, match="edition_no_overlap"), transaction.atomic():
        Edition.objects.filter(number=1).update(visible_until=TOMORROW + INSTANT)


def test_database_refuses_an_interval_that_runs_backwards(story: Article) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_edition(story, 1, TOMORROW, NOW)


def test_database_refuses_a_number_twice(story: Article) -> None:
    raw_edition(story, 1, NOW, TOMORROW)

    with pytest.raises(IntegrityError), transaction.atomic():
        raw_edition(story, 1, TOMORROW, NEXT_WEEK)


def test_two_publications_of_one_instant_leave_the_second(story: Article) -> None:
    publish(story)

    publish(story)

    assert intervals(story) == [(1, NOW, NOW), (2, NOW, OPEN_END)]
    assert list(Edition.objects.visible(NOW).values_list("number", flat=True)) == [2]
    assert set(EditionFacet.objects.values_list("edition__number", flat=True)) == {2}


def test_withdrawal_at_the_instant_of_publication_leaves_nothing_to_see(story: Article) -> None:
    publish(story)

    withdraw(story, NOW)

    assert (intervals(story), Edition.objects.visible(NOW).count()) == ([(1, NOW, NOW)], 0)
    assert not Article.objects.once_public(NOW).exists()


def test_edition_before_one_that_exists_is_refused(story: Article) -> None:
    publish(story, TOMORROW)

    with pytest.raises(workflow.AlreadyScheduled):
        publish(story, NOW)


def test_later_edition_inherits_the_planned_end(story: Article) -> None:
    publish(story, visible_until=NEXT_WEEK)

    publish(story, TOMORROW)

    assert intervals(story) == [(1, NOW, TOMORROW), (2, TOMORROW, NEXT_WEEK)]


def test_edition_after_the_planned_end_opens_anew(story: Article) -> None:
    publish(story, visible_until=TOMORROW)

    publish(story, NEXT_WEEK)

    assert intervals(story) == [(1, NOW, TOMORROW), (2, NEXT_WEEK, OPEN_END)]
    assert story.editions.get(number=2).first_published_at == NOW


def test_cancelling_reopens_the_former(story: Article) -> None:
    publish(story)
    scheduled = publish(story, NOW + HOUR, visible_from=TOMORROW)
    shelves = set(EditionFacet.objects.filter(edition__number=1).values_list("facet", "value"))

    cancel(scheduled)

    assert intervals(story) == [(1, NOW, OPEN_END), (2, TOMORROW, TOMORROW)]
    kept = EditionFacet.objects.values_list("edition__number", "visible_until").distinct()
    assert list(kept) == [(1, OPEN_END)]
    assert set(EditionFacet.objects.values_list("facet", "value")) == shelves


def test_cancelling_restores_the_end_that_the_former_had(story: Article) -> None:
    publish(story)
    scheduled = publish(story, NOW + HOUR, visible_from=TOMORROW, visible_until=NEXT_WEEK)

    cancel(scheduled)

    assert intervals(story)[0] == (1, NOW, OPEN_END)


def test_cancelling_leaves_an_edition_that_ended_by_its_own_plan(story: Article) -> None:
    publish(story, visible_until=TOMORROW)
    scheduled = publish(story, NOW + HOUR, visible_from=TOMORROW)

    cancel(scheduled)

    assert intervals(story)[0] == (1, NOW, TOMORROW)


def test_another_edition_may_follow_a_cancelled_one(story: Article) -> None:
    publish(story)
    cancel(publish(story, NOW + HOUR, visible_from=TOMORROW))

    edition = publish(story, NOW + 3 * HOUR, visible_from=TOMORROW)

    assert (edition.number, edition.visible_from) == (3, TOMORROW)


@pytest.mark.parametrize("at", [TOMORROW, NEXT_WEEK])
def test_cancelling_what_has_appeared_is_refused(story: Article, at: dt.datetime) -> None:
    scheduled = publish(story, visible_from=TOMORROW)

    with pytest.raises(workflow.WrongState, match="nothing to cancel"):
        cancel(scheduled, at)


def test_cancelling_twice_is_refused(story: Article) -> None:
    scheduled = publish(story, visible_from=TOMORROW)
    cancel(scheduled)

    with pytest.raises(workflow.WrongState):
        cancel(scheduled)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ([], "draft"),
        ([publish], "published"),
        ([publish, correct], "corrected"),
        ([publish, withdraw], "withdrawn"),
        ([publish, withdraw, publish], "published"),
        ([publish, correct, withdraw, publish], "published"),
        ([publish, correct, withdraw, publish, correct], "corrected"),
    ],
)
def test_cancelling_returns_to_the_state_before(story: Article, steps: list[Any], state: str) -> None:
    for number, step in enumerate(steps):
        step(story, NOW + number * HOUR)

    article = cancel(publish(story, NOW + 8 * HOUR, visible_from=TOMORROW), NOW + 9 * HOUR)

    assert (article.state, Article.objects.get().state) == (state, state)


def test_cancelling_beside_an_edition_with_an_end_keeps_it_published(story: Article) -> None:
    publish(story)
    withdraw(story, NOW + HOUR)
    publish(story, NOW + 2 * HOUR, visible_until=NEXT_WEEK)

    article = cancel(publish(story, NOW + 3 * HOUR, visible_from=TOMORROW), NOW + 4 * HOUR)

    assert (article.state, Edition.objects.visible(NOW + 4 * HOUR).count()) == ("published", 1)


def test_public_history_is_what_could_be_read_newest_first(story: Article) -> None:
    publish(story)
    correct(story, NOW + HOUR)
    publish(story, NOW + 2 * HOUR, visible_from=TOMORROW)

    def shown(at: dt.datetime) -> list[int]:
        return list(Edition.objects.shown_by(at).values_list("number", flat=True))

    assert [shown(at) for at in (NOW - HOUR, NOW, NOW + HOUR, TOMORROW)] == [[], [1], [2, 1], [3, 2, 1]]


def test_withdrawn_story_shows_none_of_its_history_and_no_correction(story: Article) -> None:
    publish(story)
    correct(story, NOW + HOUR)
    before = Edition.objects.corrections(NOW + HOUR).count()

    withdraw(story, TOMORROW)

    assert (before, Edition.objects.corrections(TOMORROW).count()) == (1, 0)
    assert Edition.objects.shown_by(TOMORROW).count() == 0
    assert list(Article.objects.once_public(TOMORROW)) == [story]


def test_edition_is_frozen_while_the_desk_works_on(story: Article) -> None:
    edition = publish(story)

    Article.objects.update(headline="Another headline", body="<p>Another text.</p>")

    edition.refresh_from_db()
    assert (edition.headline, edition.body) == (story.headline, "<p>Something happened.</p>")


def test_edition_is_visible_from_its_first_instant_to_before_its_last(story: Article) -> None:
    edition = publish(story, visible_until=TOMORROW)

    moments = (NOW - INSTANT, NOW, TOMORROW - INSTANT, TOMORROW)

    assert [edition.is_visible(at) for at in moments] == [False, True, True, False]
    assert [Edition.objects.visible(at).exists() for at in moments] == [False, True, True, False]
