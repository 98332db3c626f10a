"""Corrections in the open, and what stays of a story that was taken away."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import Change
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FAR = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def published(slug: str = "forum", *, at: dt.datetime = AT) -> Article:
    article = make.make_article(
        slug=slug, headline="KISTEP hosts a forum", body="<p>KISTEP was the host of the forum in Seoul.</p>"
    )
    workflow.publish(article, by=None, at=at)
    return article


def corrected(slug: str = "forum", *, at: dt.datetime = AT + DAY) -> Article:
    article = published(slug, at=at - DAY)
    article.headline = "Ministries host a forum"
    article.body = "<p>The ministries were the hosts of the forum in Seoul.</p>"
    article.save()
    workflow.correct(article, by=None, at=at, note="The ministries were the hosts.")
    return article


@pytest.mark.parametrize("address", ["/articles/forum/", "/articles/forum/versions/", "/ko/articles/forum/"])
def test_withdrawn_story_answers_gone_with_its_public_reason_alone(client: Client, address: str) -> None:
    workflow.withdraw(
        corrected(), by=None, at=AT + 2 * DAY, public_note="A source was wrong.", private_note="Lawyers called."
    )

    response = client.get(address)

    assert response.status_code == 410
    assert b"A source was wrong." in response.content
    assert b"Lawyers" not in response.content
    assert b"forum in Seoul" not in response.content
    assert b"Ministries host" not in response.content


def test_story_past_its_end_answers_gone_without_a_reason(client: Client) -> None:
    article = make.make_article(slug="forum", headline="Passed")
    workflow.publish(article, by=None, at=AT, visible_until=AT + dt.timedelta(hours=1))

    response = client.get("/articles/forum/")

    assert response.status_code == 410
    assert b"limited time" in response.content
    assert b"Passed" not in response.content


def test_withdrawn_story_that_is_to_come_back_says_why_it_is_gone_as_its_document_does(client: Client) -> None:
    article = published()
    workflow.withdraw(article, by=None, at=AT + DAY, public_note="It named a wrong person.")
    workflow.publish(article, by=None, at=AT + 2 * DAY, visible_from=FAR)

    responses = [client.get(path) for path in ("/articles/forum/", "/articles/forum/versions/")]

    document = Change.objects.get(kind="article", object_id=article.uuid)
    assert (document.reason, document.note) == ("withdrawn", "It named a wrong person.")
    assert [response.status_code for response in responses] == [410, 410]
    assert ["It named a wrong person." in response.content.decode() for response in responses] == [True, True]


def test_story_that_came_back_and_ended_says_nothing_of_its_former_withdrawal(client: Client) -> None:
    article = published()
    workflow.withdraw(article, by=None, at=AT + DAY, public_note="It named a wrong person.")
    workflow.publish(article, by=None, at=AT + 2 * DAY, visible_until=AT + 3 * DAY)

    response = client.get("/articles/forum/")

    assert (response.status_code, response.context["withdrawal"]) == (410, None)


@pytest.mark.parametrize("path", ["/articles/forum/", "/corrections/"])
def test_reason_in_another_language_than_the_page_says_so(client: Client, path: str) -> None:
    workflow.withdraw(published(), by=None, at=AT + DAY, public_note="출처가 틀렸습니다.")

    response = client.get(path)

    assert '<p class="fix" lang="ko">출처가 틀렸습니다.</p>' in response.content.decode()


def test_corrections_stand_newest_first_under_the_headline_of_today(client: Client) -> None:
    corrected("one", at=AT + DAY)
    later = corrected("two", at=AT + 2 * DAY)
    later.headline = "Two, as it stands"
    later.save()
    workflow.publish(later, by=None, at=AT + 3 * DAY)

    rows = client.get("/corrections/").context["listing"].rows

    assert [(row.headline, row.edition.correction_note) for row in rows] == [
        ("Two, as it stands", "The ministries were the hosts."),
        ("Ministries host a forum", "The ministries were the hosts."),
    ]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("unpublish", "A story was withdrawn"),
        ("takedown", "A story was taken down"),
        ("kill", "A story was found to be wrong and taken back"),
    ],
)
def test_withdrawal_stands_among_corrections_and_says_no_more_than_the_page_in_the_storys_place(
    client: Client, act: str, told: str
) -> None:
    corrected("another", at=AT + DAY)
    reasons = {"public_note": "A source was wrong.", "private_note": "Lawyers called."}
    workflow.withdraw(corrected("secret-forum", at=AT), by=None, at=AT + 2 * DAY, act=act, **reasons)

    response = client.get("/corrections/")
    feed = client.get("/feeds/corrections.json")

    gone, stands = response.context["listing"].rows
    assert (gone.told, gone.withdrawal.public_note, stands.edition.article.slug) == (
        told,
        "A source was wrong.",
        "another",
    )
    assert response.context["listing"].found == 2
    first = feed.json()["items"][0]
    assert (first["title"], first["content_html"], first["url"]) == (
        told,
        "<p>A source was wrong.</p>",
        "http://testserver/corrections/",
    )
    for page in (response.content.decode(), feed.content.decode()):
        assert told in page
        assert "secret-forum" not in page
        assert "Lawyers" not in page


def test_only_what_was_read_and_is_still_gone_is_listed_as_withdrawn(client: Client) -> None:
    never_read = make.make_article(headline="Never read")
    workflow.publish(never_read, by=None, at=AT, visible_from=FAR)
    workflow.withdraw(never_read, by=None, at=AT + DAY)
    for slug, back in (("back", AT + 2 * DAY), ("still-gone", FAR)):
        article = published(slug)
        workflow.withdraw(article, by=None, at=AT + DAY, public_note=slug)
        workflow.publish(article, by=None, at=AT + 2 * DAY, visible_from=back)

    rows = client.get("/corrections/").context["listing"].rows

    assert [row.withdrawal.public_note for row in rows] == ["still-gone"]


def test_corrections_and_withdrawals_are_paged_as_one_list(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.website.stories.PAGE_SIZE", 2)
    for number in range(5):
        article = corrected(f"story-{number}", at=AT + number * DAY)
        if number % 2:
            workflow.withdraw(article, by=None, at=AT + number * DAY)
    seen, address = [], "/corrections/"

    while address:
        listing = client.get(address).context["listing"]
        seen.append([row.is_withdrawal for row in listing.rows])
        last, address = listing, listing.next_url

    assert seen == [[False, True], [False, True], [False]]
    back = client.get(last.previous_url).context["listing"]
    assert [row.is_withdrawal for row in back.rows] == [False, True]
    assert client.get(back.previous_url).context["listing"].previous_url == ""


@pytest.mark.parametrize("stories", [1, 3])
def test_corrections_cost_the_same_for_any_number(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, stories: int
) -> None:
    for number in range(stories):
        corrected(f"story-{number}")

    with django_assert_num_queries(7):
        response = client.get("/corrections/")

    assert len(response.context["listing"].rows) == stories
