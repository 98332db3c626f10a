"""What the checks found, at the desk: beside the form, in the list, and before a story is approved or goes out."""

import datetime as dt
import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.articles import workflow
from newsroom.articles.models import Article, Edition, PhotoUse
from newsroom.articles.readiness import readiness
from newsroom.models import User
from tests.desk.pages import as_sent, confirmed, queries
from tests.factories import make_article, make_event, make_photo

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"
WHOLE = {"standfirst": "They met.", "dateline": "Seoul"}
DOUBTS = ["No byline: say who signs the story.", "No source: name the documents that the story rests on."]


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def do(verb: str) -> str:
    return reverse("admin:articles_article_do", args=[verb])


def checks(article: Article) -> str:
    return reverse("admin:articles_article_checks", args=[article.pk])


def save(client: Client, article: Article, **typed: Any) -> None:
    client.post(change(article), as_sent(client.get(change(article)), **typed))
    article.refresh_from_db()


def without_alt_text(**over: Any) -> Article:
    article = make_article(**{**WHOLE, **over})
    PhotoUse.objects.create(article=article, photo=make_photo(headline="Group photograph"), order=1)
    return article


def test_save_remembers_what_the_checks_found(editor_client: Client) -> None:
    article = make_article(**WHOLE)

    save(editor_client, article, headline="Ministers meet in in Seoul")

    assert (article.error_count, article.warning_count) == (0, 3)
    assert [one["code"] for one in article.findings] == ["no-byline", "no-source", "doubled-word"]


def test_panel_names_the_level_and_leads_to_the_field(editor_client: Client) -> None:
    article = without_alt_text()
    save(editor_client, article)

    page = html.unescape(editor_client.get(change(article)).content.decode())

    assert "1 error and 2 warnings" in page
    assert (
        '<strong>Error</strong> <a href="#id_photo_uses-0-alt_text">“Group photograph” has no alternative text: '
        "say what it shows, or call it decorative.</a>"
    ) in page
    assert 'id="id_photo_uses-0-alt_text"' in page
    assert f'<strong>Warning</strong> <a href="#bylines-group">{DOUBTS[0]}</a>' in page
    assert 'id="bylines-group"' in page


def test_panel_of_a_story_never_saved_at_the_desk_says_so(editor_client: Client) -> None:
    page = editor_client.get(change(make_article())).content.decode()

    assert "Not checked yet: the checks run at each save." in page


def test_panel_costs_the_form_no_query(chief_client: Client) -> None:
    article = without_alt_text()
    bare = queries(chief_client, change(article))

    save(chief_client, article)
    Article.objects.filter(pk=article.pk).update(findings=article.findings * 30)

    # what else a save leaves behind is the revision, whose author is read with it
    assert queries(chief_client, change(article)) == bare


def test_saved_story_is_looked_over_anew_on_its_own_page(editor_client: Client) -> None:
    article = without_alt_text()
    save(editor_client, article)
    PhotoUse.objects.update(alt_text="Fifty people on steps.")

    whole = editor_client.get(checks(article))
    panel = editor_client.get(checks(article), {"panel": ""}).content.decode()

    assert [finding.sentence for finding in whole.context["findings"]] == DOUBTS
    assert f'href="{change(article)}#bylines-group"' in whole.content.decode()
    assert 'href="#bylines-group"' in panel
    assert "<html" not in panel


def test_checks_of_a_story_are_for_who_may_see_it(reporter_client: Client, reporter: User) -> None:
    others, own = make_article(), make_article(created_by=reporter)

    answers = [reporter_client.get(checks(article)).status_code for article in (others, own)]

    assert answers == [403, 200]
    assert reporter_client.get(f"{LIST}99999/checks/").status_code == 404
    assert reporter_client.get(f"{LIST}no/checks/").status_code == 404


def test_looking_over_changes_nothing(editor_client: Client) -> None:
    article = without_alt_text()

    editor_client.get(checks(article))

    assert editor_client.post(checks(article)).status_code == 405
    assert Article.objects.values_list("error_count", "findings", "version").get() == (None, [], 0)


def test_list_says_what_was_found_and_is_filtered_by_it(chief_client: Client) -> None:
    states = {"Broken": (2, 1), "Doubtful": (0, 1), "Clear": (0, 0), "New": (None, None)}
    for headline, (errors, warnings) in states.items():
        make_article(headline=headline, error_count=errors, warning_count=warnings)

    def listed(choice: str) -> list[str]:
        rows = chief_client.get(LIST, {"checks": choice}).context["cl"].result_list
        return [article.headline for article in rows]

    assert [listed(choice) for choice in ("errors", "warnings", "clear", "never")] == [[one] for one in states]
    page = chief_client.get(LIST).content.decode()
    assert [text in page for text in ("2 errors and 1 warning", ">1 warning<", ">nothing found<")] == [True] * 3


def test_error_refuses_the_approval_and_is_named(editor: User) -> None:
    article = without_alt_text(state=Article.State.REVIEW)

    with pytest.raises(workflow.Unready) as refusal:
        workflow.approve(article, by=editor, at=timezone.now())

    assert [finding.code for finding in refusal.value.findings] == ["no-alt-text"]
    assert "“Group photograph” has no alternative text" in str(refusal.value)
    assert Article.objects.get().state == Article.State.REVIEW


def test_refused_approval_says_why_on_its_page(editor_client: Client) -> None:
    article = without_alt_text(state=Article.State.REVIEW)

    answer = editor_client.post(do("approve"), confirmed(article))

    (refused,) = answer.context["open"]
    assert refused.result.startswith("Mend first: “Group photograph” has no alternative text")


def test_warnings_alone_leave_the_approval_free(editor: User) -> None:
    article = make_article(state=Article.State.REVIEW)

    workflow.approve(article, by=editor, at=timezone.now())

    assert article.state == Article.State.APPROVED


def test_error_refuses_publication_without_an_approval(chief: User) -> None:
    draft, approved = without_alt_text(), without_alt_text(state=Article.State.APPROVED)

    with pytest.raises(workflow.Unready):
        workflow.publish(draft, by=chief, at=timezone.now())
    workflow.publish(approved, by=chief, at=timezone.now())

    assert [edition.article for edition in Edition.objects.all()] == [approved]


@pytest.mark.parametrize("state", [Article.State.PUBLISHED, Article.State.CORRECTED])
def test_error_refuses_a_new_edition_of_what_is_out(state: str, editor: User) -> None:
    article, now = make_article(**WHOLE), timezone.now()
    workflow.publish(article, by=None, at=now)
    if state == Article.State.CORRECTED:
        workflow.correct(article, by=None, at=now, note="It was a wombat.")
    before = article.editions.count()
    article.photo_uses.create(photo=make_photo(headline="Group photograph"), order=1)

    with pytest.raises(workflow.Unready) as refusal:
        workflow.publish(article, by=editor, at=timezone.now())

    assert [finding.code for finding in refusal.value.findings] == ["no-alt-text"]
    assert (article.editions.count(), Article.objects.get().state) == (before, state)


def test_error_does_not_hold_up_a_correction(editor: User) -> None:
    article = make_article(**WHOLE)
    workflow.publish(article, by=None, at=timezone.now())
    article.photo_uses.create(photo=make_photo(headline="Group photograph"), order=1)

    edition = workflow.correct(article, by=editor, at=timezone.now(), note="It was a wombat.")

    assert (edition.number, edition.is_correction) == (2, True)


def test_embargo_of_an_event_holds_for_what_is_approved(chief: User) -> None:
    now = timezone.now()
    end = now + dt.timedelta(days=1)
    article = make_article(state=Article.State.APPROVED)
    article.events.add(make_event(embargo_until=end))

    with pytest.raises(workflow.Unready):
        workflow.publish(article, by=chief, at=now)
    edition = workflow.publish(article, by=chief, at=now, visible_from=end)

    assert edition.visible_from == end


def test_doubts_are_asked_about_before_a_story_goes_out(chief_client: Client) -> None:
    article = make_article(headline="Ministers meet", **WHOLE)
    save(chief_client, article)

    asked = chief_client.get(do("publish"), {"id": article.pk})
    refused = chief_client.post(do("publish"), confirmed(article, visible_until="2099-06-01T09:00"))

    help_text = html.unescape(str(asked.context["form"]["despite_warnings"].help_text))
    assert [f"Ministers meet: {doubt}" in help_text for doubt in DOUBTS] == [True, True]
    assert refused.context["form"].errors == {
        "despite_warnings": ["Mend these first, or tick this to go on all the same."]
    }
    assert Edition.objects.count() == 0


def test_tick_lets_the_story_go_out_all_the_same(chief_client: Client) -> None:
    article = make_article(**WHOLE)
    save(chief_client, article)

    chief_client.post(do("publish"), confirmed(article, despite_warnings="on"))

    assert [edition.article for edition in Edition.objects.all()] == [article]


def test_story_without_doubts_is_asked_nothing(chief_client: Client) -> None:
    article = make_article(error_count=0, warning_count=0)

    asked = chief_client.get(do("publish"), {"id": article.pk})

    assert "despite_warnings" not in asked.context["form"].fields


def test_headline_in_a_doubt_is_escaped(chief_client: Client) -> None:
    article = make_article(headline="<b>Bold</b>", **WHOLE)
    save(chief_client, article)

    asked = chief_client.get(do("publish"), {"id": article.pk}).content.decode()

    assert "<li>&lt;b&gt;Bold&lt;/b&gt;: " in asked


def test_panel_stands_on_top_of_the_side_column(editor_client: Client) -> None:
    fieldsets = editor_client.get(change(make_article())).context["adminform"].fieldsets

    sides = [options["fields"] for _name, options in fieldsets if "side" in options.get("classes", [])]

    assert sides[0] == [readiness]


def test_new_story_has_no_panel(editor_client: Client) -> None:
    page = editor_client.get(f"{LIST}add/")

    assert "data-readiness" not in page.content.decode()
