"""The desk looks back: every revision of a story, any two of them compared, one brought back."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from newsroom.articles import story
from newsroom.articles.models import Article, Revision
from newsroom.models import Topic, User
from tests import factories
from tests.articles.clock import NOW, correct, publish
from tests.articles.test_story import make_full_story
from tests.desk.pages import as_sent, queries, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(editor: User) -> Article:
    """Saved twice: as “Observatory opens” with all its rows, then as “Observatory opens late” without its topic."""
    made = make_full_story()
    story.keep(made, by=editor, at=NOW, note="First draft")
    made.topics.clear()
    made.headline = "Observatory opens late"
    made.save()
    story.keep(made, by=None, at=NOW)
    return made


def page(name: str, article: Article, *rest: object) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *rest])


def differing(client: Client, article: Article, earlier: object, later: object) -> dict[str, list[tuple[str, str]]]:
    response = client.get(page("compare", article), {"from": earlier, "to": later})
    return {
        one.label: [(piece.op, piece.text.strip()) for line in one.paragraphs for piece in line.pieces]
        for one in response.context["differences"]
    }


def test_every_revision_is_listed_with_who_when_and_note(article: Article, editor: User, editor_client: Client) -> None:
    response = editor_client.get(page("revisions", article))

    rows = response.context["revisions"]
    assert [(one.number, one.saved_by, one.note) for one in rows] == [(2, None, ""), (1, editor, "First draft")]
    assert "First draft" in response.content.decode()


def test_list_offers_to_show_what_the_last_save_changed(article: Article, editor_client: Client) -> None:
    form = editor_client.get(page("revisions", article)).content.decode()

    chosen = [line for line in form.split("<input") if " checked" in line]
    assert ['name="to" value="working"' in chosen[0], 'name="from" value="1"' in chosen[1]] == [True, True]


def test_long_list_is_read_a_page_at_a_time(article: Article, editor_client: Client) -> None:
    Revision.objects.bulk_create(
        Revision(article=article, number=number, story={}, saved_at=NOW) for number in range(3, 121)
    )

    pages = [editor_client.get(page("revisions", article))]
    while before := pages[-1].context["older"]:
        pages.append(editor_client.get(page("revisions", article), {"before": before}))

    numbers = [[one.number for one in one.context["revisions"]] for one in pages]
    assert [len(part) for part in numbers] == [50, 50, 20]
    assert [number for part in numbers for number in part] == list(range(120, 0, -1))


@pytest.mark.parametrize("saves", [1, 30])
def test_list_costs_the_same_for_any_number(saves: int, article: Article, editor_client: Client) -> None:
    for _save in range(saves):
        story.keep(article, by=None, at=NOW)

    assert queries(editor_client, page("revisions", article)) == 7


def test_two_revisions_are_compared_by_word(article: Article, editor_client: Client) -> None:
    assert differing(editor_client, article, 1, 2) == {
        "Headline": [("same", "Observatory opens"), ("new", "late")],
        "Topics": [("gone", "Space")],
    }


def test_comparison_runs_the_way_it_was_asked(article: Article, editor_client: Client) -> None:
    assert differing(editor_client, article, 2, 1)["Topics"] == [("new", "Space")]


def test_revision_is_compared_with_the_story_as_it_stands(article: Article, editor_client: Client) -> None:
    Article.objects.update(desk_note="Ask Doe.")

    assert differing(editor_client, article, 2, "working") == {"Note for the desk": [("new", "Ask Doe.")]}


def test_editions_are_compared_with_revisions_in_what_they_print(article: Article, editor_client: Client) -> None:
    publish(article)
    Article.objects.update(headline="Observatory closes")
    correct(article)

    assert differing(editor_client, article, "edition-1", "edition-2")["Headline"] == [
        ("same", "Observatory"),
        ("gone", "opens late"),
        ("new", "closes"),
    ]
    assert list(differing(editor_client, article, 1, "edition-1")) == ["Headline", "Topics"]


@pytest.mark.parametrize(
    ("earlier", "later"), [("1", "9"), ("", ""), ("x", "2"), ("edition-1", "1"), ("edition-x", "2"), ("9" * 30, "1")]
)
def test_what_is_no_revision_is_said_to_be_none(
    earlier: str, later: str, article: Article, editor_client: Client
) -> None:
    response = editor_client.get(page("compare", article), {"from": earlier, "to": later})

    assert response.context["problem"] == "Choose two revisions of this story to compare."


def test_revision_compared_with_itself_says_so(article: Article, editor_client: Client) -> None:
    response = editor_client.get(page("compare", article), {"from": "2", "to": "2"})

    assert response.context["problem"].startswith("That is the same revision twice")


def test_revision_of_another_story_cannot_be_reached(article: Article, editor_client: Client) -> None:
    other = factories.make_article()

    response = editor_client.get(page("restore", other, 1))

    assert response.status_code == 404


def test_restoring_is_looked_at_first_and_changes_nothing_yet(article: Article, editor_client: Client) -> None:
    response = editor_client.get(page("restore", article, 1))

    assert [one.label for one in response.context["differences"]] == ["Headline", "Topics"]
    assert (Revision.objects.count(), Article.objects.get().headline) == (2, "Observatory opens late")


def test_confirmed_restoration_brings_the_story_back(article: Article, editor: User, editor_client: Client) -> None:
    address = page("restore", article, 1)

    answer = editor_client.post(address, as_sent(editor_client.get(address)), follow=True)

    restored, made = Article.objects.get(), Revision.objects.latest("number")
    assert (restored.headline, [topic.name for topic in restored.topics.all()]) == ("Observatory opens", ["Space"])
    assert (made.number, made.note, made.saved_by) == (3, "Restored from revision 1", editor)
    assert told(answer) == ["The story stands again as in revision 1."]
    assert answer.redirect_chain == [(reverse("admin:articles_article_change", args=[article.pk]), 302)]


def test_what_cannot_come_back_is_named_before_and_after(article: Article, editor_client: Client) -> None:
    Topic.objects.all().delete()
    address = page("restore", article, 1)

    asked = editor_client.get(address)
    answer = editor_client.post(address, as_sent(asked), follow=True)

    assert "topic: Space" in asked.content.decode()
    assert told(answer)[1] == "Not brought back, since deleted or in the trash: topic: Space."


@pytest.mark.parametrize("version", ["6", "", "x"])
def test_restoration_looked_at_before_another_save_is_refused(
    version: str, article: Article, editor_client: Client
) -> None:
    Article.objects.update(version=7)

    refused = editor_client.post(page("restore", article, 1), {"version": version})

    assert (refused.status_code, refused.context["refusal"][:45]) == (
        409,
        "Somebody has saved this story since you opene",
    )
    assert as_sent(refused)["version"] == ["7"]
    assert Article.objects.get().headline == "Observatory opens late"


@pytest.mark.parametrize("name", ["revisions", "compare"])
def test_whoever_may_not_see_the_story_sees_none_of_its_past(
    name: str, article: Article, reporter_client: Client
) -> None:
    answers = [reporter_client.get(page(name, article), {"from": "1", "to": "2"})]

    assert [(answer.status_code, b"Observatory" in answer.content) for answer in answers] == [(403, False)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_whoever_may_not_edit_the_story_restores_nothing(
    method: str, article: Article, reporter: User, reporter_client: Client
) -> None:
    Article.objects.update(created_by=reporter, state="review")

    looked = reporter_client.get(page("revisions", article))
    answer = getattr(reporter_client, method)(page("restore", article, 1), {"version": "0"})

    assert (looked.status_code, page("restore", article, 1) in looked.content.decode()) == (200, False)
    assert (answer.status_code, Revision.objects.count()) == (403, 2)


def test_form_of_the_story_leads_to_its_revisions(article: Article, editor_client: Client) -> None:
    form = editor_client.get(reverse("admin:articles_article_change", args=[article.pk]))

    assert f'href="{page("revisions", article)}"' in form.content.decode()
