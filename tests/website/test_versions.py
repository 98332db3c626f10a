"""The public history of a story: its editions, and what any two of them print differently."""

import datetime as dt

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from tests import factories as make
from tests.factories import make_row

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FAR = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def published() -> Article:
    article = make.make_article(
        slug="forum", headline="KISTEP hosts a forum", body="<p>KISTEP was the host of the forum in Seoul.</p>"
    )
    workflow.publish(article, by=None, at=AT)
    return article


def corrected() -> Article:
    article = published()
    article.headline = "Ministries host a forum"
    article.body = "<p>The ministries were the hosts of the forum in Seoul.</p>"
    article.save()
    workflow.correct(article, by=None, at=AT + DAY, note="The ministries were the hosts.")
    return article


def told(response: HttpResponse, number: int = 0) -> dict[str, list[tuple[str, str]]]:
    """What a version is said to have changed, by the name of the part."""
    version = response.context["history"][number]  # type: ignore[attr-defined]
    return {one.label: _changes(one) for one in version.differences}


def compared(response: HttpResponse) -> dict[str, list[tuple[str, str]]]:
    comparison = response.context["comparison"]  # type: ignore[attr-defined]
    return {one.label: _changes(one) for one in comparison.differences}


def _changes(difference: object) -> list[tuple[str, str]]:
    pieces = [piece for paragraph in difference.paragraphs for piece in paragraph.pieces]  # type: ignore[attr-defined]
    return [(piece.op, piece.text.strip()) for piece in pieces if piece.op != "same"]


def test_versions_show_what_a_correction_took_out_and_put_in(client: Client) -> None:
    corrected()

    response = client.get("/articles/forum/versions/")

    history = response.context["history"]
    assert [(one.edition.number, one.is_current, one.is_first) for one in history] == [
        (2, True, False),
        (1, False, True),
    ]
    assert told(response) == {
        "Headline": [("gone", "KISTEP hosts"), ("new", "Ministries host")],
        "Text": [("gone", "KISTEP was"), ("new", "The ministries were"), ("gone", "host"), ("new", "hosts")],
    }
    assert "KISTEP hosts <span" in response.content.decode()
    assert "The ministries were the hosts." in response.content.decode()


def test_versions_compare_all_that_is_printed(client: Client) -> None:
    article = published()
    person = make.make_person(family_name="Doe", given_name="Kim", is_public=True)
    photo = make.make_photo(is_public=True, alt_text="A wave.")
    source = make.make_source(publisher="Asia Daily")
    workflow.publish(article, by=None, at=AT + DAY)
    byline = make_row(Byline, article, article=article, words="Newsroom")
    mention = make_row(Mention, article, article=article, person=person, title_as_printed="Director")
    use = make_row(PhotoUse, article, article=article, photo=photo, caption="Doe waves.", is_lead=True)
    article.sources.add(source)
    article.topics.add(make.make_topic(name="Space", is_public=True))
    workflow.publish(article, by=None, at=AT + 2 * DAY)
    Byline.objects.filter(pk=byline.pk).update(words="The newsroom")
    Mention.objects.filter(pk=mention.pk).update(name_as_printed="Kim Doe", title_as_printed="President")
    PhotoUse.objects.filter(pk=use.pk).update(caption="Doe speaks.")
    workflow.publish(article, by=None, at=AT + 3 * DAY)

    response = client.get("/articles/forum/versions/")

    assert told(response) == {
        "Bylines": [("gone", "Newsroom"), ("new", "The newsroom")],
        "People in the story": [("new", "Kim"), ("gone", "Kim"), ("gone", "Director"), ("new", "President")],
        "Photos": [("gone", "waves"), ("new", "speaks")],
    }
    assert told(response, 1) == {
        "Bylines": [("new", "by Newsroom")],
        "People in the story": [("new", "Doe Kim, Director")],
        "Photos": [("new", "Lead picture: Doe waves."), ("new", "Alternative text: A wave.")],
        "Sources": [("new", "Asia Daily")],
        "Topics": [("new", "Space")],
    }


def test_version_that_changed_nothing_for_readers_says_so(client: Client) -> None:
    workflow.publish(published(), by=None, at=AT + DAY)

    response = client.get("/articles/forum/versions/")

    assert told(response) == {}
    assert "Readers were told the same" in response.content.decode()


def test_record_that_is_hidden_since_takes_its_words_out_of_the_history(client: Client) -> None:
    article = published()
    photo = make.make_photo(is_public=True)
    topic = make.make_topic(is_public=True, name="Secret topic")
    make_row(PhotoUse, article, article=article, photo=photo, caption="Secret caption")
    article.topics.add(topic)
    workflow.publish(article, by=None, at=AT + DAY)
    open_page = client.get("/articles/forum/versions/").content

    with changes.recording() as record:
        for hidden in (photo, topic):
            type(hidden).objects.update(is_public=False)
            record.touch(hidden)
    response = client.get("/articles/forum/versions/")

    assert (b"Secret caption" in open_page, b"Secret topic" in open_page) == (True, True)
    assert (told(response), b"Secret" in response.content) == ({}, False)


@pytest.mark.parametrize("query", ["from=1&to=3", "from=3&to=1"])
def test_any_two_versions_are_compared_the_earlier_first(query: str, client: Client) -> None:
    article = corrected()
    article.headline = "Two ministries host a forum"
    article.save()
    workflow.publish(article, by=None, at=AT + 2 * DAY)

    response = client.get(f"/articles/forum/versions/?{query}")

    assert compared(response)["Headline"] == [("gone", "KISTEP hosts"), ("new", "Two ministries host")]
    assert "From version 1 to version 3" in response.content.decode()


@pytest.mark.parametrize("query", ["from=1&to=9", "from=1", "from=&to=2", "from=x&to=2", f"from=1&to={'9' * 20}"])
def test_version_that_is_none_is_said_to_be_none(query: str, client: Client) -> None:
    corrected()

    response = client.get(f"/articles/forum/versions/?{query}")

    assert (response.status_code, compared(response)) == (200, {})
    assert "This story has no such version: choose two of those below." in response.content.decode()


def test_version_compared_with_itself_says_so(client: Client) -> None:
    corrected()

    response = client.get("/articles/forum/versions/?from=2&to=2")

    assert "That is the same version twice" in response.content.decode()


def test_struck_version_cannot_be_compared(client: Client) -> None:
    article = corrected()
    workflow.withdraw(article, by=None, at=AT + 2 * DAY, act="kill", private_note="Libel.")
    article.headline, article.body = "Told anew", "<p>All of it.</p>"
    article.save()
    workflow.publish(article, by=None, at=AT + 3 * DAY)

    response = client.get("/articles/forum/versions/?from=1&to=3")

    assert compared(response) == {}
    assert b"KISTEP" not in response.content


def test_long_history_is_read_a_page_at_a_time(client: Client) -> None:
    article = published()
    for number in range(1, 12):
        workflow.publish(article, by=None, at=AT + number * DAY)

    first = client.get("/articles/forum/versions/")
    second = client.get(f"/articles/forum/versions/?before={first.context['history'][-1].edition.number}")

    numbers = [[one.edition.number for one in page.context["history"]] for page in (first, second)]
    assert numbers == [list(range(12, 2, -1)), [2, 1]]
    assert (second.context["history"].has_more, len(second.context["choices"])) == (False, 12)


def test_versions_keep_a_correction_still_to_come_to_themselves(client: Client) -> None:
    article = published()
    article.headline = "Secret headline"
    article.save()
    workflow.correct(article, by=None, at=AT + DAY, note="Secret note", visible_from=FAR)

    response = client.get("/articles/forum/versions/?from=1&to=2")

    assert [one.edition.number for one in response.context["history"]] == [1]
    assert b"Secret" not in response.content


@pytest.mark.parametrize("slug", ["draft", "scheduled", "no-such"])
def test_versions_of_what_was_never_public_are_not_found(client: Client, slug: str) -> None:
    make.make_article(slug="draft")
    workflow.publish(make.make_article(slug="scheduled"), by=None, at=AT, visible_from=FAR)

    response = client.get(f"/articles/{slug}/versions/")

    assert (response.status_code, b"Story" in response.content) == (404, False)


@pytest.mark.parametrize("editions", [1, 3])
def test_versions_cost_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, editions: int
) -> None:
    article = published()
    person, photo = make.make_person(is_public=True), make.make_photo(is_public=True)
    make_row(Mention, article, article=article, person=person)
    make_row(PhotoUse, article, article=article, photo=photo)
    article.sources.add(make.make_source())
    for number in range(1, editions + 1):
        workflow.publish(article, by=None, at=AT + number * DAY)

    with django_assert_num_queries(13):
        response = client.get("/articles/forum/versions/?from=1&to=9")

    assert len(response.context["history"]) == editions + 1
