"""The finder: any record by any spelling, and none that one may not see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.desk import palette
from newsroom.models import User
from people.models import NameVariant
from tests.factories import (
    make_article,
    make_event,
    make_organisation,
    make_person,
    make_photo,
    make_row,
    make_source,
    make_topic,
)

pytestmark = pytest.mark.django_db

HITS = "/admin/find/hits/"


def titles(user: User, words: str) -> list[str]:
    return [hit.title for hit in palette.found(user, words) if hit.kind != "action"]


@pytest.mark.parametrize("words", ["김상배", "Kim Sangbae", "Sang-bae Kim", "kim sang", "Gim Sang-bae"])
@pytest.mark.parametrize("is_public", [True, False])
def test_person_is_found_in_any_spelling(chief: User, words: str, is_public: bool) -> None:
    make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배", is_public=is_public)
    make_person(family_name="Park", given_name="Jung-hee")

    assert titles(chief, words) == ["Kim Sang-bae"]


def test_part_of_a_public_name_is_found_before_the_texts_that_have_it(chief: User) -> None:
    make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
    make_topic(name="Forums", description="Founded by Sang-bae.", is_public=True)

    assert titles(chief, "sangbae") == ["Kim Sang-bae", "Forums"]


def test_person_is_found_by_a_recorded_spelling(chief: User) -> None:
    person = make_person(family_name="Kim", given_name="Sang-bae")
    make_row(NameVariant, person, person=person, spelling="Samuel Kym")

    assert titles(chief, "Samuel Kym") == ["Kim Sang-bae"]


@pytest.mark.parametrize("words", ["research secur", "secur", "research-security", "Security research"])
def test_draft_is_found_by_headline_and_slug(chief: User, words: str) -> None:
    make_article(headline="Research security", slug="research-security")
    make_article(headline="Standards")

    assert titles(chief, words) == ["Research security"]


def test_published_story_is_found_however_old(chief: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "NEWEST", 1)
    old = make_article(headline="Research security")
    workflow.publish(old, by=chief, at=timezone.now())
    for _number in range(3):
        make_article()

    assert titles(chief, "securi") == ["Research security"]


def test_name_is_found_though_many_later_texts_hold_it(chief: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(palette, "NEWEST", 1)
    monkeypatch.setattr(palette, "INDEXED", 2)
    make_topic(name="Standards", is_public=True)
    for number in range(4):
        make_topic(name=f"Another {number}", description="On standards.", is_public=True)

    assert titles(chief, "st") == ["Standards"]
    assert titles(chief, "standards")[0] == "Standards"


def test_every_kind_of_record_is_found(chief: User) -> None:
    make_article(headline="Quokka story")
    make_person(family_name="Quokka", given_name="")
    make_organisation(name="Quokka Institute")
    make_event(name="Quokka Forum")
    make_photo(headline="Quokka picture")
    make_topic(name="Quokka studies")
    make_source(title="Quokka report")

    kinds = {hit.kind: hit.address for hit in palette.found(chief, "quokka")}

    assert sorted(kinds) == ["article", "event", "organisation", "person", "photo", "source", "topic"]
    assert all(address.endswith("/change/") for address in kinds.values())


def test_name_that_begins_so_stands_before_a_text_that_has_it(chief: User) -> None:
    make_topic(name="Ocean research", description="On standards.", is_public=True)
    make_topic(name="Standards", is_public=True)

    assert titles(chief, "standards") == ["Standards", "Ocean research"]


def test_reporter_finds_their_own_stories_only(reporter: User, chief: User) -> None:
    make_article(headline="Secret quokka")
    published = make_article(headline="Another quokka")
    workflow.publish(published, by=chief, at=timezone.now())
    make_article(headline="Own quokka", created_by=reporter)

    assert titles(reporter, "quokka") == ["Own quokka"]


def test_administrator_who_reads_no_stories_finds_none(administrator: User) -> None:
    make_article(headline="Secret quokka")
    make_person(family_name="Quokka", given_name="")

    assert (titles(administrator, "quokka"), titles(administrator, "")) == (["Quokka"], [])


def test_what_lies_in_the_trash_is_not_found(chief: User) -> None:
    make_article(headline="Quokka", trashed_at=timezone.now())
    make_person(family_name="Quokka", trashed_at=timezone.now())

    assert titles(chief, "quokka") == []


def test_without_words_the_last_saved_stand_first(chief: User) -> None:
    for number in range(palette.EACH + 1):
        make_article(headline=f"Story {number}")

    found = palette.found(chief, "")

    assert [hit.title for hit in found[:2]] == [f"Story {palette.EACH}", f"Story {palette.EACH - 1}"]
    assert [hit.title for hit in found if hit.kind == "action"][:2] == ["New article", "New event"]


def test_actions_are_those_that_one_may_do(photo_editor: User) -> None:
    started = [hit.title for hit in palette.found(photo_editor, "new")]

    assert ("New photo" in started, "New article" in started) == (True, False)


def test_stranger_finds_nothing(db: None) -> None:
    make_article(headline="Quokka")
    make_person(family_name="Quokka", is_public=True)
    stranger = User.objects.create_user(username="stranger", is_staff=True)

    assert titles(stranger, "quokka") == titles(stranger, "") == []


@pytest.mark.parametrize("words", ["", "x", "%", "_", "'\"*", "AND OR NOT", "＝", "a" * 500, "한", "🦘", "(kim"])
def test_no_words_break_it(chief: User, chief_client: Client, words: str) -> None:
    answer = chief_client.get(HITS, {"q": words})

    assert (answer.status_code, list(answer.json())) == (200, ["hits"])


def test_percent_sign_is_a_letter_like_any_other(chief: User) -> None:
    make_article(headline="Ten per cent")
    make_article(headline="Only 10% of it")

    assert titles(chief, "%") == ["Only 10% of it"]


def test_one_question_takes_a_few_queries(chief: User, reporter: User) -> None:
    for _number in range(3):
        make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
        make_article(headline="Kim speaks")
        make_organisation(name=f"Kim Institute {_number}", is_public=True)
    for user in (chief, reporter):
        policy_read = User.objects.get(pk=user.pk)
        policy_read.get_all_permissions()

        with CaptureQueriesContext(connection) as captured:
            palette.found(policy_read, "kim")

        assert len(captured) <= 13  # one of each shelf, and two of the index, of which PostgreSQL makes three each


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the words of SQLite's planner")
def test_no_question_walks_the_whole_table(chief: User) -> None:
    with CaptureQueriesContext(connection) as captured:
        palette.found(chief, "kim sangbae")
    told = (query["sql"] for query in captured)
    asked = [sql for sql in told if sql.startswith("SELECT") and "LIMIT 60" in sql and "MATCH" not in sql]
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in asked]

    scans = [line[-1] for plan in plans for line in plan if line[-1].startswith("SCAN") and "INDEX" not in line[-1]]
    assert [scan for scan in scans if "SCAN U0" not in scan] == []


def test_hits_are_for_the_staff_alone(client: Client) -> None:
    answer = client.get(HITS, {"q": "kim"})

    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/find/hits/%3Fq%3Dkim")


def test_answer_is_kept_by_nobody(chief_client: Client) -> None:
    rules = chief_client.get(HITS)["Cache-Control"].split(", ")

    assert {"private", "no-store"} <= set(rules)


def test_page_finds_without_a_script(chief_client: Client) -> None:
    story = make_article(headline="Research security")

    page = chief_client.get("/admin/find/", {"q": "Research"}).content.decode()

    assert f'<a href="/admin/articles/article/{story.pk}/change/">Research security</a>' in page
    assert 'value="Research"' in page


def test_page_says_what_is_found_by_which_words(chief_client: Client) -> None:
    page = chief_client.get("/admin/find/", {"q": "zzzz"}).content.decode()

    assert "Nothing that you may see is called so." in page


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/people/person/", "/admin/people/person/add/", "/admin/calendar/"]
)
def test_every_page_of_the_desk_has_the_finder(address: str, chief_client: Client) -> None:
    page = chief_client.get(address).content.decode()

    assert (page.count('id="palette"'), page.count('href="/admin/find/"')) == (1, 1)


def test_popup_and_login_have_none(chief_client: Client, client: Client) -> None:
    popup = chief_client.get("/admin/people/person/add/?_popup=1").content.decode()
    login = client.get("/admin/login/").content.decode()

    assert ('id="palette"' in popup, 'id="palette"' in login) == (False, False)


def test_states_are_named_beside_stories(chief: User) -> None:
    make_article(headline="Quokka", state=Article.State.REVIEW)

    assert [(hit.label, hit.beside) for hit in palette.found(chief, "quokka")] == [("Article", "in review")]
