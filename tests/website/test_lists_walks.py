"""Lists of articles walk the index that was made for them: nothing is scanned, nothing is sorted."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.http import QueryDict

from newsroom import keyset
from newsroom.articles.filters import StoryFilters
from newsroom.articles.models import OPEN_END, Article, Edition, EditionFacet
from newsroom.filters import FACET_WINDOW, Counts
from newsroom.indexing import Searchable, index
from newsroom.keyset import Place
from newsroom.models import Topic
from newsroom.website.selection import number

STORIES = 2000
AT = dt.datetime(2025, 12, 9, tzinfo=dt.UTC)
NOTHING = {name: [] for name in ("bylines", "people", "organisations", "events", "topics", "photos", "sources")}
pytestmark = pytest.mark.django_db

WALKS = ["", "kind=report", "topic=space", "kind=report&language=en", "from=2025-11", "sort=oldest"]


@pytest.fixture
def archive(topic_key: int) -> None:
    """Enough stories for a planner to have an opinion, every tenth of them on one topic."""
    articles = Article.objects.bulk_create(
        Article(slug=f"story-{number}", headline=f"Story {number}") for number in range(STORIES)
    )
    editions = Edition.objects.bulk_create(_edition(article, number) for number, article in enumerate(articles))
    EditionFacet.objects.bulk_create(
        _key(edition, facet, value)
        for number, edition in enumerate(editions)
        for facet, value in _shelves(number, topic_key)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def topic_key() -> int:
    return Topic.objects.create(slug="space", name="Space", is_public=True).pk


def _edition(article: Article, number: int) -> Edition:
    moment = AT - dt.timedelta(hours=number + 1)
    return Edition(
        article=article,
        number=1,
        visible_from=moment,
        first_published_at=moment,
        kind="report",
        language="en",
        headline=article.headline,
        story={**NOTHING, "countries": []},
        made_at=moment,
    )


def _shelves(number: int, topic_key: int) -> list[tuple[str, str]]:
    always = [("all", ""), ("kind", "report"), ("language", "en")]
    return [*always, ("topic", str(topic_key))] if number % 10 == 0 else always


def _key(edition: Edition, facet: str, value: str) -> EditionFacet:
    return EditionFacet(
        edition=edition,
        article_id=edition.article_id,
        facet=facet,
        value=value,
        kind=edition.kind,
        language=edition.language,
        first_published_at=edition.first_published_at,
        visible_from=edition.visible_from,
        visible_until=OPEN_END,
    )


def plan(query: str, place: Place) -> str:
    """How the database walks one page of this list."""
    filters = StoryFilters(QueryDict(query), at=AT)
    names = [field.removeprefix("-") for field in filters.order]
    rows = keyset.ordered(filters.matching(), filters.order)
    if place.values:
        step = keyset.before if place.is_before else keyset.after
        rows = step(filters.matching(), filters.order, place.values)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table that fits into a few pages is quicker read whole; an archive of a million is not.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return str(rows.values_list(*names)[:21].explain())


@pytest.mark.parametrize("query", WALKS)
def test_list_is_one_walk_along_its_index(archive: None, query: str) -> None:
    deep = (AT - dt.timedelta(days=30), 1000)

    for place in (Place(), Place(deep), Place(deep, is_before=True)):
        how = plan(query, place)

        assert re.search(r"USING COVERING INDEX editionfacet_walk|Index Only Scan.* using editionfacet_walk", how), how
        assert not re.search(r"SCAN articles_(edition|article)\b|TEMP B-TREE|\bSort\b|Seq Scan", how), how


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL weighs by what it knows of the words")
def test_list_of_what_stands_in_every_story_is_a_walk_too(archive: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.articles.filters.FEW", 1000)
    index("article", {uuid: Searchable("Harbour", "") for uuid in Article.objects.values_list("uuid", flat=True)})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    how = plan("q=harbour", Place())

    assert "editionfacet_walk" in how
    assert not re.search(r"TEMP B-TREE|\bSort\b", how), how


def test_what_words_find_is_looked_up_and_not_walked_for(archive: None) -> None:
    index("article", {uuid: Searchable("Harbour", "") for uuid in Article.objects.values_list("uuid", flat=True)[:3]})

    how = plan("q=harbour", Place())

    assert "editionfacet_walk" not in how
    assert not re.search(r"SCAN articles_|Seq Scan", how), how


def test_walk_finds_what_the_filters_say(archive: None) -> None:
    filters = StoryFilters(QueryDict("topic=space"), at=AT)

    page = keyset.page(filters.matching(), filters.order, Place(), size=3)

    moments = [AT - dt.timedelta(hours=number + 1) for number in (0, 10, 20)]
    assert [row[0] for row in page.rows] == moments
    assert filters.found() == STORIES / 10


def test_facets_of_many_stories_are_counted_on_the_newest_and_say_so(archive: None, topic_key: int) -> None:
    counts = StoryFilters(QueryDict(""), at=AT).counts()

    assert counts["kind"] == Counts({"report": FACET_WINDOW}, is_partial=True)
    assert counts["topic"] == Counts({str(topic_key): FACET_WINDOW / 10}, is_partial=True)


def test_facets_of_few_stories_are_counted_exactly_but_for_the_one_that_made_them_few(
    archive: None, topic_key: int
) -> None:
    counts = StoryFilters(QueryDict("topic=space"), at=AT).counts()

    assert counts["kind"] == Counts({"report": STORIES // 10}, is_partial=False)
    assert counts["topic"] == Counts({str(topic_key): FACET_WINDOW // 10}, is_partial=True)


def test_story_on_two_chosen_shelves_counts_once(archive: None) -> None:
    both = StoryFilters(QueryDict("language=en&language=ko&kind=report&kind=brief"), at=AT)

    assert both.found() == STORIES
    assert len(set(both.matching().values_list("article_id"))) == STORIES


@pytest.mark.parametrize("query", ["kind=report&topic=space", "topic=space&kind=report&language=en"])
def test_narrowest_filter_is_the_one_that_is_walked(archive: None, topic_key: int, query: str) -> None:
    walk = str(StoryFilters(QueryDict(query), at=AT).matching().query).split("EXISTS")[0]

    assert re.search(rf"facet\W+= '?topic'? AND \S+value\W+= '?{topic_key}\b", walk), walk


@pytest.mark.parametrize(("found", "words"), [(0, "0"), (1234, "1,234"), (10_000, "10,000"), (10_001, "10,000+")])
def test_number_beyond_exact_counting_says_at_least(found: int, words: str) -> None:
    assert number(found) == words
