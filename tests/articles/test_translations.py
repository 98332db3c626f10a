"""A story in two languages: what may be whose translation, which one is behind, and what the feed hears of it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from pytest_django import DjangoAssertNumQueries

from newsroom import changes
from newsroom.articles.checks import look_over
from newsroom.articles.models import Article, Edition, Translation
from newsroom.articles.translations import behind, beside, newest_edition, versions_of
from newsroom.models import Change
from tests import factories
from tests.articles.clock import HOUR, NOW, TOMORROW, correct, publish, withdraw
from tests.factories import make_row

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=2)


@pytest.fixture
def original() -> Article:
    return factories.make_article(headline="They met", slug="they-met")


@pytest.fixture
def korean(original: Article) -> Article:
    article = factories.make_article(headline="모였다", slug="moyeotda", language="ko")
    make_row(Translation, article, article=article, original=original, made_from=1)
    return article


def edition_of(article: Article) -> Edition:
    return Edition.objects.visible(LATER).select_related("article").get(article=article)


def refusal(article: Article, original: Article) -> list[str]:
    try:
        Translation(article=article, original=original).full_clean()
    except ValidationError as error:
        return list(error.message_dict["original"])
    return []


def test_story_in_another_language_may_be_a_translation(original: Article) -> None:
    assert refusal(factories.make_article(language="ko"), original) == []


def test_story_is_no_translation_of_one_in_its_language(original: Article) -> None:
    assert refusal(factories.make_article(), original) == [
        "Both stories are in the same language (English): choose another, or set the language."
    ]


def test_story_is_no_translation_of_itself(original: Article) -> None:
    assert refusal(original, original) == [
        "A story is no translation of itself: choose the story that it was made from."
    ]


def test_translation_of_a_translation_hangs_on_the_original(original: Article, korean: Article) -> None:
    assert refusal(factories.make_article(), korean) == [
        "That story is a translation itself: choose its original, “They met”."
    ]


def test_original_of_others_is_no_translation(original: Article, korean: Article) -> None:
    assert refusal(original, factories.make_article(language="ko")) == [
        "Other stories are translations of this one, so that it cannot be one itself."
    ]


def test_story_has_one_translation_into_a_language(original: Article, korean: Article) -> None:
    assert refusal(factories.make_article(language="ko"), original) == [
        "It has a translation into this language (Korean) already: “모였다”."
    ]


def test_each_version_knows_the_other_and_which_is_the_original(original: Article, korean: Article) -> None:
    publish(original)
    publish(korean)
    first, second = edition_of(original), edition_of(korean)

    of_original, of_korean = versions_of(first, LATER), versions_of(second, LATER)

    assert (of_original.original, of_original.others, of_original.translations) == (None, [second], [second])
    assert (of_korean.original, of_korean.others, of_korean.translations) == (first, [first], [])


def test_version_that_readers_cannot_have_is_not_among_them(original: Article, korean: Article) -> None:
    publish(original)

    assert versions_of(edition_of(original), LATER).others == []


def test_story_without_translations_costs_one_query(
    original: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    edition = publish(original)

    with django_assert_num_queries(1):
        versions_of(edition, LATER)


def test_translation_is_behind_from_the_moment_that_a_later_edition_is_out(original: Article, korean: Article) -> None:
    publish(original)
    correct(original, NOW + HOUR, visible_from=TOMORROW)

    states = [list(behind(Article.objects.all(), at)) for at in (NOW + 2 * HOUR, TOMORROW)]

    assert states == [[], [korean]]
    assert (newest_edition(original, NOW + 2 * HOUR), newest_edition(original, TOMORROW)) == (1, 2)


def test_text_made_from_a_draft_is_behind_once_the_original_is_out(original: Article, korean: Article) -> None:
    Translation.objects.update(made_from=None)

    publish(original)

    assert list(behind(Article.objects.all(), LATER)) == [korean]


def test_checks_tell_of_an_original_that_changed_or_was_withdrawn(original: Article, korean: Article) -> None:
    publish(original)
    correct(original)
    withdraw(original)

    codes = {finding.code for finding in look_over(korean, LATER)}

    assert {"original-changed", "original-withdrawn"} <= codes


def version(article: Article) -> int:
    return Change.objects.get(object_id=article.uuid).version


def test_appearance_of_a_translation_is_a_change_of_its_original(original: Article, korean: Article) -> None:
    publish(original)
    before = version(original)

    publish(korean)
    appeared = version(original)
    withdraw(korean)

    assert (before, appeared, version(original)) == (1, 2, 3)


@pytest.mark.parametrize("stories", [1, 3])
def test_versions_beside_stories_take_two_queries_however_many_they_are(
    stories: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    keys = []
    for number in range(stories):
        original, korean = factories.make_article(), factories.make_article(language="ko", slug=f"ko-{number}")
        make_row(Translation, korean, article=korean, original=original)
        publish(korean)
        keys.append(original.pk)

    with django_assert_num_queries(2):
        found = beside(keys)

    assert [[one.article.slug for one in found[key].visible(LATER).translations] for key in keys] == [
        [f"ko-{number}"] for number in range(stories)
    ]


def test_scheduled_translation_changes_its_original_when_its_moment_comes(original: Article, korean: Article) -> None:
    publish(original)
    publish(korean, visible_from=TOMORROW)
    before = version(original)

    with time_machine.travel(TOMORROW, tick=False):
        changes.tick(TOMORROW)

    assert (before, version(original)) == (1, 2)


def test_bond_that_is_cut_leaves_both_pages(original: Article, korean: Article) -> None:
    publish(original)
    publish(korean)
    before = version(original), version(korean)

    with changes.recording() as record:
        record.touch(korean)
        Translation.objects.get(article=korean).delete()

    assert (version(original), version(korean)) == (before[0] + 1, before[1] + 1)


def test_translation_learns_of_each_correction_that_it_does_not_follow(original: Article, korean: Article) -> None:
    """Once readers have it; on the page and in the feed alike, until the text says what its original says."""
    publish(original)
    publish(korean)
    correct(original, NOW + HOUR, visible_from=TOMORROW)
    correct(original, TOMORROW + HOUR)
    moments = [NOW + 2 * HOUR, TOMORROW, LATER]

    told = [[one.number for one in versions_of(edition_of(korean), at).corrected_since] for at in moments]
    fed = [[one.number for one in beside([korean.pk])[korean.pk].visible(at).corrected_since] for at in moments]

    assert told == fed == [[], [2], [3, 2]]
    assert versions_of(edition_of(original), LATER).corrected_since == []


@pytest.mark.parametrize("settled", ["followed", "withdrawn"])
def test_translation_that_follows_its_original_or_outlives_it_tells_of_no_correction(
    original: Article, korean: Article, settled: str
) -> None:
    publish(original)
    publish(korean)
    correct(original)
    before = version(korean)
    if settled == "withdrawn":
        withdraw(original)
    else:
        with changes.recording() as record:
            record.touch(korean)
            Translation.objects.update(made_from=2)

    assert versions_of(edition_of(korean), LATER).corrected_since == []
    assert version(korean) == before + 1
