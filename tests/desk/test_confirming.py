"""The page on which a verb is confirmed: what is done is done to what was looked at, and to nothing saved since."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.articles import checks, workflow
from newsroom.articles.models import Article
from newsroom.models import User
from people.models import Position
from tests.desk.pages import as_sent
from tests.desk.rows import in_state
from tests.factories import make_article, make_person, make_topic

pytestmark = pytest.mark.django_db

OVERTAKEN = ["Somebody saved this meanwhile: look again."]
NOW = timezone.now


def change(row: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def do(row: Any, verb: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_do", args=[verb])


def results(answer: Any) -> list[str]:
    """What the page says of the records that it still asks about."""
    return [one.result for one in answer.context["open"]]


def edit(client: Client, row: Any, **typed: Any) -> None:
    client.post(change(row), as_sent(client.get(change(row)), **typed))


VERBS = [
    ("approve", "review", {}),
    ("publish", "draft", {}),
    ("correct", "published", {"note": "It was a wombat."}),
    ("withdraw", "published", {"act": "unpublish"}),
    ("trash", "draft", {}),
    ("duplicate", "draft", {}),
]


@pytest.mark.parametrize(("verb", "state", "typed"), VERBS)
def test_story_saved_since_the_page_was_opened_is_shown_first(
    verb: str, state: str, typed: dict[str, str], chief_client: Client, editor_client: Client
) -> None:
    article = in_state(state)
    opened = as_sent(chief_client.get(do(article, verb), {"id": article.pk}), despite_warnings="on", **typed)
    edit(editor_client, article, headline="Unseen words")
    before = Article.objects.values("state", "trashed_at").get()

    refused = chief_client.post(do(article, verb), opened)
    stood = Article.objects.values("state", "trashed_at").get()
    again = chief_client.post(do(article, verb), as_sent(refused))

    assert (results(refused), stood) == (OVERTAKEN, before)
    assert "Unseen words" in refused.content.decode()
    assert again.status_code == 302


def test_form_sent_without_having_been_looked_at_is_shown_first(chief_client: Client) -> None:
    article = in_state("review")

    refused = chief_client.post(do(article, "approve"), {"id": article.pk})
    chief_client.post(do(article, "approve"), as_sent(refused))

    assert results(refused) == OVERTAKEN
    assert Article.objects.get().state == "approved"


def test_page_sent_again_with_a_field_left_out_keeps_what_was_looked_at(
    chief_client: Client, editor_client: Client
) -> None:
    article = in_state("published")
    opened = as_sent(chief_client.get(do(article, "correct"), {"id": article.pk}), note="")
    edit(editor_client, article, headline="Unseen words")

    incomplete = chief_client.post(do(article, "correct"), opened)

    assert (results(incomplete), list(incomplete.context["form"].errors)) == (OVERTAKEN, ["note", "despite_warnings"])


def test_saved_story_is_confirmed_as_it_was_saved(chief_client: Client, editor_client: Client) -> None:
    article = make_article()
    saved = chief_client.post(
        change(article), as_sent(chief_client.get(change(article)), headline="Mine", _then="publish")
    )

    at_once = chief_client.get(saved.headers["Location"])
    edit(editor_client, article, headline="Unseen words")
    later = chief_client.get(saved.headers["Location"])

    assert (results(at_once), results(later)) == ([""], OVERTAKEN)


def test_button_of_a_form_leads_to_the_story_as_the_form_showed_it(chief_client: Client, editor_client: Client) -> None:
    article = in_state("review")
    (address,) = [
        one["address"] for one in chief_client.get(change(article)).context["verbs"] if one["verb"].name == "approve"
    ]
    edit(editor_client, article, headline="Unseen words")

    asked = chief_client.get(address)

    assert results(asked) == OVERTAKEN


@pytest.mark.parametrize(("verb", "typed"), [("correct", {"note": "It was a wombat."}), ("publish", {})])
def test_verb_confirmed_twice_is_done_once(verb: str, typed: dict[str, str], chief_client: Client) -> None:
    article = in_state("published")
    sent = as_sent(chief_client.get(do(article, verb), {"id": article.pk}), **typed)

    first, second = (chief_client.post(do(article, verb), sent) for _time in range(2))

    assert (first.status_code, results(second)) == (302, OVERTAKEN)
    assert article.editions.count() == 2


def test_of_several_the_one_saved_meanwhile_waits(chief_client: Client, editor_client: Client) -> None:
    same, saved = make_topic(name="Same"), make_topic(name="Saved")
    opened = as_sent(chief_client.get(do(same, "trash"), {"id": [same.pk, saved.pk]}))
    edit(editor_client, saved, description="Unseen words")

    answer = chief_client.post(do(same, "trash"), opened)

    assert [one.row for one in answer.context["done"]] == [same]
    assert [(one.row, one.result) for one in answer.context["open"]] == [(saved, OVERTAKEN[0])]


def test_record_brought_back_and_trashed_anew_is_not_deleted_for_good(
    administrator_client: Client, chief: User
) -> None:
    person = make_person(trashed_at=NOW(), version=1)
    opened = as_sent(administrator_client.get(do(person, "purge"), {"id": person.pk}))
    type(person).objects.filter(pk=person.pk).update(version=3)

    refused = administrator_client.post(do(person, "purge"), opened)

    assert (results(refused), type(person).objects.count()) == (OVERTAKEN, 1)


def test_part_of_a_record_knows_no_trash(chief_client: Client) -> None:
    position = Position.objects.create(person=make_person(), title="Director")

    answers = [
        chief_client.get(do(position, "trash"), {"id": position.pk}),
        chief_client.post(do(position, "trash"), {"id": position.pk}),
    ]
    listed = chief_client.get("/admin/people/position/")

    assert [answer.status_code for answer in answers] == [404, 404]
    assert [name for name, _label in listed.context["action_form"].fields["action"].choices] == ["", "export_selected"]


def test_page_says_what_became_of_a_killed_story(chief_client: Client) -> None:
    article = make_article(headline="Observatory opens")
    workflow.publish(article, by=None, at=timezone.now())
    workflow.withdraw(article, by=None, at=timezone.now(), act="kill", public_note="It was a wombat.")

    page = chief_client.get(reverse("admin:articles_article_do", args=["publish"]), {"id": article.pk})

    said = page.content.decode()
    assert ("“Observatory opens” was killed on" in said, "It was a wombat." in said) == (True, True)


def test_page_says_what_stops_an_approval(editor_client: Client) -> None:
    article = make_article(state="review", headline="Observatory opens", body="")
    checks.keep(article, timezone.now())

    page = editor_client.get(reverse("admin:articles_article_do", args=["approve"]), {"id": article.pk})

    assert "To be mended first in “Observatory opens”" in page.content.decode()
