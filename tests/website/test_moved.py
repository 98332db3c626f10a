"""Former addresses: each leads to the record's present one in one step, and to nobody else's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article, Mention
from newsroom.models import Change, FormerAddress
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
FAR = dt.datetime(2090, 1, 1, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db

RECORDS = {
    "/topics/{}/": make.make_topic,
    "/people/{}/": make.make_person,
    "/organisations/{}/": make.make_organisation,
    "/events/{}/": make.make_event,
    "/ko/events/{}/": make.make_event,
    "/events/{}.ics": make.make_event,
}


def published(slug: str = "one", **how: Any) -> Article:
    article = make.make_article(slug=slug)
    workflow.publish(article, by=None, **{"at": AT, **how})
    return article


def change(record: Any, **values: Any) -> None:
    """As the desk's form does: checked, then saved inside a recording."""
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    with changes.recording() as recording:
        recording.touch(record)
        record.save()


def move(record: Any, *slugs: str) -> None:
    for slug in slugs:
        change(record, slug=slug)


def answer(client: Client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize(("path", "maker"), RECORDS.items())
def test_record_is_found_under_its_former_address_in_one_step(
    path: str, maker: Callable[..., Any], client: Client
) -> None:
    dated = {"starts_on": "2025-12-09"} if maker is make.make_event else {}
    record = maker(slug="one", is_public=True, **dated)

    move(record, "two", "three")

    assert [answer(client, path.format(slug)) for slug in ("one", "two")] == [(301, path.format("three"))] * 2
    assert answer(client, path.format("three")) == (200, "")


@pytest.mark.parametrize("path", ["/articles/{}/", "/articles/{}/versions/", "/ko/articles/{}/"])
def test_story_is_found_under_its_former_address_in_one_step(path: str, client: Client) -> None:
    story = published()

    move(story, "two", "three")

    assert [answer(client, path.format(slug)) for slug in ("one", "two")] == [(301, path.format("three"))] * 2
    assert answer(client, path.format("three")) == (200, "")


def test_question_goes_along_with_the_move(client: Client) -> None:
    move(published(), "two")

    assert answer(client, "/articles/one/versions/?from=1&to=2") == (301, "/articles/two/versions/?from=1&to=2")


def test_move_is_not_to_be_kept_since_the_slug_may_return(client: Client) -> None:
    story = published()
    move(story, "two")
    moved = client.get("/articles/one/")

    move(story, "one")

    assert moved.headers["Cache-Control"] == "no-cache"
    assert [answer(client, f"/articles/{slug}/") for slug in ("one", "two")] == [(200, ""), (301, "/articles/one/")]
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["two"]


@pytest.mark.parametrize("maker", [make.make_topic, make.make_person, make.make_organisation, make.make_event])
def test_former_address_of_another_record_is_refused(maker: Callable[..., Any]) -> None:
    move(maker(slug="one", is_public=True), "two")

    with pytest.raises(ValidationError) as refusal:
        maker(slug="three").__class__(slug="one").clean()

    (message,) = refusal.value.message_dict["slug"]
    assert message == "“one” was the address of another record, and links still lead there: choose another."


def test_former_address_of_another_story_is_refused() -> None:
    move(published(), "two")
    other = make.make_article(slug="three")

    with pytest.raises(ValidationError) as refusal:
        change(other, slug="one")

    assert list(refusal.value.message_dict) == ["slug"]


def test_address_of_another_kind_is_free() -> None:
    move(make.make_topic(slug="one", is_public=True), "two")

    move(make.make_organisation(is_public=True), "one")

    assert list(FormerAddress.objects.filter(slug="one").values_list("kind", flat=True)) == ["topic"]


def test_slug_that_nobody_knew_leaves_nothing_behind(client: Client) -> None:
    move(make.make_topic(slug="one"), "two")
    move(make.make_article(slug="one"), "two")

    assert (FormerAddress.objects.count(), client.get("/topics/one/").status_code) == (0, 404)


def test_record_that_was_renamed_while_hidden_is_found_when_it_is_back(client: Client) -> None:
    topic = make.make_topic(slug="one", is_public=True)
    change(topic, is_public=False)
    move(topic, "secret")
    hidden = answer(client, "/topics/one/")

    change(topic, is_public=True)

    assert (hidden, answer(client, "/topics/one/")) == ((404, ""), (301, "/topics/secret/"))


def test_withdrawn_story_says_so_at_every_address_it_had_without_naming_the_next(client: Client) -> None:
    story = published()
    move(story, "two")
    workflow.withdraw(story, by=None, at=AT + DAY, public_note="A source was wrong.")
    story.refresh_from_db()
    move(story, "secret")

    pages = [client.get(f"/articles/{slug}/{page}") for slug in ("one", "two", "secret") for page in ("", "versions/")]

    assert [page.status_code for page in pages] == [410] * 6
    assert ["A source was wrong." in page.content.decode() for page in pages] == [True] * 6
    assert [b"secret" in page.content for page in pages[:4]] == [False] * 4


def test_story_that_expired_unrecorded_does_not_lead_in_a_circle(client: Client) -> None:
    story = published()
    move(story, "two")
    story.editions.update(visible_until=AT + DAY)

    assert [answer(client, f"/articles/{slug}/") for slug in ("two", "one")] == [(410, ""), (301, "/articles/two/")]


def test_story_still_to_come_is_found_under_no_address(client: Client) -> None:
    story = published(visible_from=FAR)
    move(story, "two")

    assert [answer(client, f"/articles/{slug}/") for slug in ("one", "two")] == [(404, ""), (404, "")]


def test_move_is_told_to_partners_with_all_that_points_there() -> None:
    person = make.make_person(slug="one", is_public=True)
    story = make.make_article()
    Mention.objects.create(article=story, person=person)
    workflow.publish(story, by=None, at=AT)
    before = changes.head().seq

    move(person, "two")

    told = Change.objects.since(before)
    assert sorted(entry.kind for entry in told) == ["article", "person"]
    assert ["/people/two/" in entry.document for entry in told] == [True, True]


def test_filter_by_a_former_slug_finds_what_the_present_one_does(client: Client) -> None:
    topic = make.make_topic(slug="one", is_public=True)
    story = make.make_article(slug="story", headline="About it")
    story.topics.add(topic)
    workflow.publish(story, by=None, at=AT)

    move(topic, "two")

    for slug in ("one", "two"):
        assert "About it" in client.get(f"/articles/?topic={slug}").content.decode()
        assert "About it" in client.get(f"/feeds/articles.atom?topic={slug}").content.decode()


def test_address_that_never_was_costs_one_question_more(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):  # the head, the record, the memory
        status = client.get("/topics/never/").status_code

    assert status == 404


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/Articles/?q=Seoul", "/articles/?q=Seoul"),
        ("/articles/ONE/", "/articles/one/"),
        ("/KO/Events", "/ko/events/"),
        ("/EVENTS.ics", "/events.ics"),
        ("/en", "/"),
        ("/en/articles/one?q=Seoul", "/articles/one/?q=Seoul"),
    ],
)
def test_address_as_we_do_not_write_it_leads_to_the_page_that_was_meant(client: Client, asked: str, meant: str) -> None:
    published()

    answer = client.get(asked)

    assert (answer.status_code, answer.headers["Location"]) == (301, meant)
    assert client.get(meant).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        "/Nowhere/",
        "/preview/Token/",
        "/calendar/Token.ics",
        "/x//Articles/",
        "/media/A.jpg",
        "/en//articles/",
        "/en/admin/",
    ],
)
def test_address_that_was_never_one_in_any_writing_is_not_there(client: Client, asked: str) -> None:
    assert client.get(asked).status_code == 404


def test_page_whose_slug_has_capitals_stays(client: Client) -> None:
    published("One")

    assert client.get("/articles/One/").status_code == 200


def test_picture_of_the_site_is_found_where_browsers_look(client: Client) -> None:
    answer = client.get("/favicon.ico")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/static/icons/seal.png")
