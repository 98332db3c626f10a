"""A translation at the desk: made from a story, marked as following it, and told when that one has moved on."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.articles import workflow
from newsroom.articles.models import Article, Translation
from tests.desk.pages import as_sent
from tests.factories import make_article, make_row

pytestmark = pytest.mark.django_db
AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


@pytest.fixture
def original() -> Article:
    article = make_article(headline="They met")
    workflow.publish(article, by=None, at=AT)
    return article


@pytest.fixture
def korean(original: Article) -> Article:
    article = make_article(headline="모였다", language="ko")
    make_row(Translation, article, article=article, original=original, made_from=1)
    return article


def row(original: Article, made_from: str = "") -> dict[str, object]:
    return {"translation-TOTAL_FORMS": 1, "translation-0-original": original.pk, "translation-0-made_from": made_from}


def test_story_that_is_made_from_another_follows_its_newest_edition(editor_client: Client, original: Article) -> None:
    workflow.correct(original, by=None, at=AT + HOUR, note="A date.")
    article = make_article(language="ko")

    editor_client.post(change(article), as_sent(editor_client.get(change(article)), **row(original)))

    assert list(Translation.objects.values_list("article", "original", "made_from")) == [(article.pk, original.pk, 2)]


def test_original_in_the_same_language_is_refused_beside_its_field(editor_client: Client, original: Article) -> None:
    article = make_article()

    answer = editor_client.post(change(article), as_sent(editor_client.get(change(article)), **row(original)))

    assert "Both stories are in the same language (English)" in answer.content.decode()
    assert not Translation.objects.exists()


def test_translator_marks_the_text_as_up_to_date(editor_client: Client, original: Article, korean: Article) -> None:
    workflow.correct(original, by=None, at=AT + HOUR, note="A date.")
    before = editor_client.get(change(korean))

    editor_client.post(change(korean), as_sent(before, **{"translation-0-made_from": "2"}))
    after = editor_client.get(change(korean)).content.decode()

    assert "The translation follows edition 1; edition 2 is out." in before.content.decode()
    assert ("Follows edition 2, the newest." in after, "Changed since translated" in after) == (True, False)


def test_original_tells_of_the_translation_that_has_fallen_behind(
    editor_client: Client, original: Article, korean: Article
) -> None:
    workflow.correct(original, by=None, at=AT + HOUR, note="A date.")

    page = editor_client.get(change(original)).content.decode()

    assert f"/articles/{original.slug}/versions/?from=1&amp;to=2" in page


@pytest.mark.parametrize(
    ("choice", "headlines"),
    [("behind", []), ("current", ["모였다"]), ("translated", ["They met"]), ("none", ["Alone"])],
)
def test_list_is_narrowed_to_translations(
    editor_client: Client, korean: Article, choice: str, headlines: list[str]
) -> None:
    make_article(headline="Alone")

    rows = editor_client.get(f"/admin/articles/article/?translation={choice}").context["cl"].result_list

    assert [one.headline for one in rows] == headlines


def test_list_says_which_translations_are_behind(editor_client: Client, original: Article, korean: Article) -> None:
    workflow.correct(original, by=None, at=AT + HOUR, note="A date.")

    answer = editor_client.get("/admin/articles/article/?translation=behind")

    assert [one.headline for one in answer.context["cl"].result_list] == ["모였다"]
    assert '<span class="pill pill-warned">original changed</span>' in answer.content.decode()


def test_story_of_somebody_else_is_not_named_to_who_may_not_read_it(
    reporter_client: Client, reporter: object, korean: Article
) -> None:
    Article.objects.filter(pk=korean.pk).update(created_by=reporter)

    panel = reporter_client.get(change(korean)).content.decode()
    stolen = make_article(language="ko", headline="Mine", created_by=reporter)
    foreign = make_article(headline="Secret plan")
    sent = as_sent(reporter_client.get(change(stolen)), **row(foreign))
    refused = reporter_client.post(change(stolen), sent).content.decode()

    assert "None that you may see." in panel
    assert ("Secret plan" in refused, Translation.objects.filter(article=stolen).exists()) == (False, False)
