"""The shelves on which lists find an edition: put up when it is made, moved with it, taken down when it closes."""

import pytest

from newsroom.articles import facets
from newsroom.articles.models import OPEN_END, Article, Byline, EditionFacet, Mention, PhotoUse
from tests import factories
from tests.articles.clock import HOUR, NEXT_WEEK, NOW, TOMORROW, cancel, publish, withdraw
from tests.factories import make_row

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    return factories.make_article()


def shelves(number: int) -> set[tuple[str, str]]:
    return set(EditionFacet.objects.filter(edition__number=number).values_list("facet", "value"))


def standing() -> list[int]:
    """Numbers of the editions that have shelves."""
    return sorted(set(EditionFacet.objects.values_list("edition__number", flat=True)))


def test_bare_story_stands_on_three_shelves(story: Article) -> None:
    publish(story)

    assert shelves(1) == {("all", ""), ("kind", "report"), ("language", "en")}


def test_story_stands_on_a_shelf_of_everything_it_prints(story: Article) -> None:
    author, shown = (factories.make_person() for _ in range(2))
    topic, organisation, source = factories.make_topic(), factories.make_organisation(), factories.make_source()
    event = factories.make_event(venue=factories.make_venue(country="CN"))
    photo = factories.make_photo()
    make_row(Byline, story, article=story, order=0, person=author)
    make_row(Byline, story, article=story, order=1, words="Meridian newsroom")
    make_row(Mention, story, article=story, person=shown)
    make_row(PhotoUse, story, article=story, photo=photo)
    story.topics.add(topic)
    story.organisations.add(organisation)
    story.events.add(event)
    story.sources.add(source)
    Article.objects.update(countries="KR,CN", kind="analysis", language="ko")

    publish(story)

    assert set(EditionFacet.objects.values_list("kind", "language")) == {("analysis", "ko")}
    assert shelves(1) == {
        ("all", ""),
        ("kind", "analysis"),
        ("language", "ko"),
        ("country", "CN"),
        ("country", "KR"),
        ("topic", str(topic.pk)),
        ("person", str(shown.pk)),
        ("byline", str(author.pk)),
        ("organisation", str(organisation.pk)),
        ("event", str(event.pk)),
        ("photo", str(photo.pk)),
        ("source", str(source.pk)),
        ("publisher", facets.publisher_slug(source.publisher)),
    }


def test_two_sources_of_one_publisher_are_one_shelf(story: Article) -> None:
    story.sources.add(*[factories.make_source(publisher="Asia Daily") for _ in range(2)])

    publish(story)

    found = EditionFacet.objects.filter(facet="publisher").values_list("value", flat=True)
    assert list(found) == ["asia-daily"]


@pytest.mark.parametrize(
    ("publisher", "slug"),
    [("The Asia Daily", "the-asia-daily"), ("동아일보", "동아일보"), ("A" * 120, "a" * 80)],
)
def test_publisher_is_named_in_addresses_by_its_own_letters(publisher: str, slug: str) -> None:
    assert facets.publisher_slug(publisher) == slug


def test_shelves_carry_the_interval_and_the_first_publication(story: Article) -> None:
    publish(story, visible_until=NEXT_WEEK)

    kept = EditionFacet.objects.values_list("visible_from", "visible_until", "first_published_at").distinct()
    assert list(kept) == [(NOW, NEXT_WEEK, NOW)]


def test_next_edition_takes_over_and_keeps_the_place_in_lists(story: Article) -> None:
    publish(story)

    publish(story, TOMORROW)

    kept = EditionFacet.objects.values_list("edition__number", "visible_from", "first_published_at").distinct()
    assert list(kept) == [(2, TOMORROW, NOW)]


def test_edition_that_is_to_be_replaced_keeps_its_shelves_until_then(story: Article) -> None:
    publish(story)

    publish(story, NOW + HOUR, visible_from=TOMORROW)

    kept = EditionFacet.objects.values_list("edition__number", "visible_from", "visible_until").distinct()
    assert sorted(kept) == [(1, NOW, TOMORROW), (2, TOMORROW, OPEN_END)]
    assert [
        list(EditionFacet.objects.visible(at).on("all").values_list("edition__number", flat=True))
        for at in (NOW + HOUR, TOMORROW)
    ] == [[1], [2]]


def test_withdrawn_story_stands_nowhere(story: Article) -> None:
    publish(story)
    publish(story, NOW + HOUR, visible_from=TOMORROW)

    withdraw(story)

    assert standing() == []


def test_cancelled_edition_stands_nowhere(story: Article) -> None:
    cancel(publish(story, visible_from=TOMORROW))

    assert standing() == []


def test_sweep_takes_down_what_time_has_closed_and_nothing_else(story: Article) -> None:
    publish(story, visible_until=TOMORROW)
    other = factories.make_article()
    publish(other)

    removed = [facets.sweep([story.pk, other.pk], at) for at in (NOW + HOUR, TOMORROW, NEXT_WEEK)]

    assert removed == [0, 3, 0]
    assert set(EditionFacet.objects.values_list("article", flat=True)) == {other.pk}


def test_sweep_leaves_other_stories_alone(story: Article) -> None:
    publish(story, visible_until=TOMORROW)

    assert facets.sweep([story.pk + 1], NEXT_WEEK) == 0
    assert standing() == [1]


def test_shelf_of_a_value_holds_its_stories_alone() -> None:
    topic, other = factories.make_topic(), factories.make_topic()
    stories = [factories.make_article() for _ in range(3)]
    for article, subject in zip(stories, [topic, topic, other], strict=True):
        article.topics.add(subject)
        publish(article)

    found = EditionFacet.objects.on("topic", str(topic.pk)).visible(NOW)

    assert set(found.values_list("article", flat=True)) == {stories[0].pk, stories[1].pk}
