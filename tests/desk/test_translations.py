"""A translation at the desk: made from a story, marked as following it, and told when that one has moved on."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.articles import checks, filing, workflow
from newsroom.articles.models import Article, Mention, Translation
from newsroom.models import Topic
from tests.desk.pages import as_sent, queries
from tests.factories import (
    make_article,
    make_event,
    make_organisation,
    make_person,
    make_row,
    make_source,
    make_topic,
    make_venue,
)

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


def test_story_takes_its_language_and_its_original_in_one_save(editor_client: Client, original: Article) -> None:
    article = make_article(language="en")
    sent = as_sent(editor_client.get(change(article)), language="ko", **row(original))

    editor_client.post(change(article), sent)

    assert Translation.objects.values_list("article__language", "original").get() == ("ko", original.pk)


@pytest.mark.parametrize(
    ("headline", "language", "told", "way_out"),
    [
        ("They met", "ko", "“모였다” tells this story in that language already (Korean)", "take out there"),
        ("모였다", "en", "“They met” tells this story in that language already (English)", "take out here"),
    ],
)
def test_language_in_which_the_story_is_told_already_is_refused(
    headline: str, language: str, told: str, way_out: str, editor_client: Client, korean: Article
) -> None:
    article = Article.objects.get(headline=headline)
    sent = as_sent(editor_client.get(change(article)), language=language, desk_note="Typed besides")

    answer = editor_client.post(change(article), sent)

    said = answer.context["adminform"].form.errors["language"]
    assert [(one.split(":")[0], one.count(way_out)) for one in said] == [(told, 1)]
    assert (as_sent(answer)["desk_note"], Article.objects.filter(language="ko").count()) == (["Typed besides"], 1)


def test_language_that_no_version_has_is_taken(editor_client: Client, korean: Article) -> None:
    Translation.objects.all().delete()

    editor_client.post(change(korean), as_sent(editor_client.get(change(korean)), language="en"))

    assert set(Article.objects.values_list("language", flat=True)) == {"en"}


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


def file_under(article: Article, **over: str) -> None:
    """Give the story one of each thing under which lists find it."""
    article.topics.add(make_topic(name=over.get("topic", "Space")))
    article.events.add(make_event(name="Forum", venue=make_venue(country="FR")))
    article.organisations.add(make_organisation(name="Institute"))
    article.sources.add(make_source(publisher="Gazette", title="Note"))
    article.countries = ["KR"]
    article.save()
    make_row(Mention, article, article=article, person=make_person(given_name="Jane", family_name="Doe"))


def test_translation_that_is_found_less_than_its_original_is_told_where(
    editor_client: Client, original: Article, korean: Article
) -> None:
    file_under(original)

    editor_client.post(change(korean), as_sent(editor_client.get(change(korean))))

    found = {(one.code, one.link) for one in checks.kept(Article.objects.get(pk=korean.pk))}
    fields = ("topics", "events", "organisations", "sources", "countries")
    expected = {("filed-unlike-original", f"#id_{field}") for field in fields}
    assert {one for one in found if "original" in one[0]} == {
        *expected,
        ("person-of-original-missing", "#mentions-group"),
    }


def test_translation_takes_over_in_one_click_where_its_original_is_filed(
    editor_client: Client, original: Article, korean: Article
) -> None:
    file_under(original)
    korean.topics.add(make_topic(name="Water"))
    page = editor_client.get(change(korean))
    (button,) = re.findall(
        r'<button type="submit" class="button" name="(\w+)" value="(as-[\w-]+)">', page.content.decode()
    )

    answer = editor_client.post(change(korean), as_sent(page, headline="새로", **dict([button])))

    made, (revision, *_rest) = Article.objects.get(pk=korean.pk), korean.revisions.order_by("-number")
    assert answer.url == change(korean)  # type: ignore[attr-defined]
    assert sorted(topic.name for topic in made.topics.all()) == ["Space", "Water"]
    assert [len(revision.story["printed"][name]) for name in filing.LINKS] == [2, 1, 1, 1]
    assert ([country.code for country in made.countries], made.headline) == (["KR"], "새로")
    assert {one.code for one in checks.kept(made) if "original" in one.code} == {"person-of-original-missing"}
    assert "as-original" not in editor_client.get(change(korean)).content.decode()


def test_country_of_an_event_and_what_lies_in_the_trash_are_not_missing(original: Article, korean: Article) -> None:
    file_under(original)
    Topic.objects.update(trashed_at=AT)
    for name in ("events", "organisations", "sources"):
        getattr(korean, name).set(getattr(original, name).all())
    original.countries = ["FR"]

    assert filing.missing(korean, original).by_field == {}


def test_withdrawal_of_an_original_names_what_readers_keep(
    chief_client: Client, original: Article, korean: Article
) -> None:
    ask = f"{reverse('admin:articles_article_do', args=['withdraw'])}?id={original.pk}"
    before = chief_client.get(ask).context["open"][0].notice
    workflow.publish(korean, by=None, at=AT)

    after = chief_client.get(ask).context["open"][0].notice

    told = "Readers keep “They met” in other languages: “모였다”. Withdraw these too if they are wrong."
    assert (before, after) == ("", told)


@pytest.mark.parametrize("verb", ["withdraw", "correct", "publish", "cancel"])
def test_confirming_three_stories_takes_as_many_queries_as_one(
    verb: str, chief_client: Client, original: Article, korean: Article
) -> None:
    originals = [original, make_article(headline="They ate"), make_article(headline="They left")]
    for number, other in enumerate(originals[1:]):
        workflow.publish(other, by=None, at=AT)
        Translation.objects.create(article=make_article(headline=f"또 {number}", language="ko"), original=other)
    ask = reverse("admin:articles_article_do", args=[verb])

    one, three = (
        queries(chief_client, f"{ask}?{'&'.join(f'id={one.pk}' for one in asked)}")
        for asked in (originals[:1], originals)
    )

    assert three == one


def test_withdrawn_original_is_said_to_be_and_led_to_no_more(
    editor_client: Client, original: Article, korean: Article
) -> None:
    workflow.correct(original, by=None, at=AT + HOUR, note="A date.")
    workflow.withdraw(original, by=None, at=AT + 2 * HOUR, act="unpublish", public_note="Wrong.", private_note="")

    page = editor_client.get(change(korean)).content.decode()

    assert "The original was withdrawn: see whether this story can stand." in page
    assert "/versions/?from=" not in page
