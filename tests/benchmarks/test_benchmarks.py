"""The archive that benchmarks are measured on is what publishing would have made, and every page of it answers."""

import pytest
from django.test import Client
from django.utils import timezone

from benchmarks import search
from benchmarks.fill import NotEmpty, fill
from benchmarks.pages import measure, pages
from newsroom import changes, feedcheck
from newsroom.articles import story, workflow
from newsroom.articles.models import Article, Edition
from newsroom.models import Change
from tests.factories import make_article

ARTICLES = 20

pytestmark = pytest.mark.django_db


def shelves(edition: Edition) -> list[tuple[str, str]]:
    return sorted(edition.facets.values_list("facet", "value"))


def test_fill_leaves_nothing_to_mend() -> None:
    fill(ARTICLES)

    assert list(feedcheck.drifts(timezone.now())) == []
    assert Change.objects.filter(kind="article", mask=changes.PUBLIC).count() == ARTICLES


def test_fill_writes_what_publishing_writes() -> None:
    fill(ARTICLES)
    article = Article.objects.get(slug="story-000003")
    filled = article.editions.get()
    frozen, stood_on, revision = filled.story, shelves(filled), article.revisions.get()

    published = workflow.publish(article, by=None, at=timezone.now())

    assert published.story == frozen
    assert shelves(published) == stood_on
    snapshot = story.snapshot(article)
    snapshot.pop("working")  # what the desk typed: revisions need not have it
    assert revision.story == snapshot


def test_fill_corrects_as_correcting_does() -> None:
    fill(ARTICLES)
    article = Article.objects.get(slug="story-000007")

    first, second = article.editions.order_by("number")

    assert article.state == Article.State.CORRECTED
    assert first.visible_until == second.visible_from
    assert first.first_published_at == second.first_published_at == first.visible_from
    assert shelves(first) == []
    assert Change.objects.get(object_id=article.uuid).reason == Change.Reason.CORRECTED


def test_fill_of_a_newsroom_is_refused() -> None:
    make_article()

    with pytest.raises(NotEmpty):
        fill(ARTICLES)

    assert Article.objects.count() == 1


def test_every_measured_page_answers() -> None:
    fill(ARTICLES)

    measured = measure(pages(), runs=1)

    names = [one.page.name for one in measured]
    assert len(set(names)) == len(names)
    assert [one.page.name for one in measured if one.page.etag] == ["articles, not modified"]
    assert [len(one.cpu) for one in measured] == [1] * len(measured)


def test_archive_of_search_answers_with_records(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PEOPLE", 3)
    monkeypatch.setattr(search, "EVENTS", 3)
    search.fill(20)

    found = {one.name: [len(client.get(path).context["hits"]) for path in one.paths[:1]] for one in search.searches()}

    assert found["words of nearly every text"] == [20]
    assert found["names"] == [1]
    with pytest.raises(NotEmpty):
        search.fill(20)
