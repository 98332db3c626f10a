"""The copy desk in the admin: saving keeps revisions, and the verbs of publication ask before they act."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom import feedcheck
from newsroom.articles import workflow
from newsroom.articles.models import Article, Edition, Withdrawal
from newsroom.models import FormerAddress, User
from tests.desk.pages import as_sent, told, with_row
from tests.factories import make_article, make_person

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def do(verb: str) -> str:
    return reverse("admin:articles_article_do", args=[verb])


def buttons(page: HttpResponse) -> list[str]:
    return re.findall(r'name="_then" value="(\w+)"', page.content.decode())


def published(**over: Any) -> Article:
    article = make_article(**over)
    workflow.publish(article, by=None, at=timezone.now() - dt.timedelta(hours=1))
    return article


def test_each_save_keeps_a_revision_with_its_author(reporter_client: Client, reporter: User) -> None:
    article = make_article(headline="First")

    reporter_client.post(change(article), as_sent(reporter_client.get(change(article)), headline="Second"))

    kept = [(one.number, one.saved_by, one.story["headline"]) for one in article.revisions.all()]
    assert kept == [(1, reporter, "Second")]


def test_revision_holds_the_rows_of_the_same_save(reporter_client: Client) -> None:
    article = make_article()
    sent = as_sent(reporter_client.get(change(article)))

    reporter_client.post(change(article), with_row(sent, "bylines", role="author", words="Meridian newsroom"))

    printed = article.revisions.get().story["printed"]
    assert [byline["name"] for byline in printed["bylines"]] == ["Meridian newsroom"]


def test_byline_of_nobody_is_refused_beside_its_row(reporter_client: Client) -> None:
    article = make_article()
    sent = as_sent(reporter_client.get(change(article)))
    person = make_person()

    answer = reporter_client.post(
        change(article), with_row(sent, "bylines", role="author", words="Somebody", person=person.pk)
    )

    assert "Choose a person or write words, not both." in answer.content.decode()
    assert article.bylines.count() == 0


def test_save_and_publish_saves_then_asks(chief_client: Client) -> None:
    article = make_article()
    sent = as_sent(chief_client.get(change(article)), headline="Edited", _then="publish")

    answer = chief_client.post(change(article), sent)

    assert answer.headers["Location"] == f"{do('publish')}?id={article.pk}"
    assert Article.objects.get().headline == "Edited"
    assert Edition.objects.count() == 0


def test_new_story_can_be_published_right_away(chief_client: Client) -> None:
    page = chief_client.get(LIST + "add/")
    typed = {"headline": "Fresh", "slug": "fresh", "body": "<p>News.</p>", "_then": "publish"}

    asked = chief_client.post(LIST + "add/", as_sent(page, **typed), follow=True)
    chief_client.post(asked.request["PATH_INFO"], as_sent(asked, despite_warnings="on"))

    assert [edition.headline for edition in Edition.objects.visible(timezone.now())] == ["Fresh"]


def test_confirmed_publication_makes_an_edition_and_a_log_entry(chief_client: Client, chief: User) -> None:
    article = make_article(headline="Quokkas meet")

    answer = chief_client.post(do("publish"), {"id": article.pk}, follow=True)

    edition = Edition.objects.get()
    assert (edition.headline, edition.published_by) == ("Quokkas meet", chief)
    assert told(answer) == ["“Quokkas meet” has a new edition."]
    assert [entry.user for entry in LogEntry.objects.all()] == [chief]
    assert list(feedcheck.drifts(timezone.now())) == []


def test_publication_may_wait_for_a_moment_in_the_newsrooms_zone(chief_client: Client) -> None:
    article = make_article()

    chief_client.post(do("publish"), {"id": article.pk, "visible_from": "2099-01-01T09:00"})

    assert Edition.objects.get().visible_from == dt.datetime(2099, 1, 1, 0, 0, tzinfo=dt.UTC)


def test_refused_publication_says_why_and_keeps_what_was_typed(chief_client: Client) -> None:
    article = make_article(headline="Early", embargo_until=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    answer = chief_client.post(do("publish"), {"id": article.pk, "visible_until": "2099-06-01T09:00"})

    (error,) = answer.context["form"].non_field_errors()
    assert error.startswith("Early: Under embargo until")
    assert as_sent(answer)["visible_until"] == ["2099-06-01T09:00"]
    assert Edition.objects.count() == 0


def test_correction_needs_its_public_note(chief_client: Client) -> None:
    article = published()

    answer = chief_client.post(do("correct"), {"id": article.pk, "note": ""})

    assert answer.context["form"].errors == {"note": ["This field is required."]}


def test_correction_is_published_with_its_note(chief_client: Client) -> None:
    article = published()

    chief_client.post(do("correct"), {"id": article.pk, "note": "It was a wombat."})

    newest = Edition.objects.visible(timezone.now()).get()
    assert (newest.number, newest.correction_note) == (2, "It was a wombat.")


def test_withdrawal_keeps_both_reasons(chief_client: Client, chief: User) -> None:
    article = published()
    reasons = {"act": "kill", "public_note": "It was wrong.", "private_note": "Ask legal."}

    chief_client.post(do("withdraw"), {"id": article.pk, **reasons})

    left = Withdrawal.objects.values("act", "public_note", "private_note", "withdrawn_by").get()
    assert left == {**reasons, "withdrawn_by": chief.pk}
    assert list(Edition.objects.visible(timezone.now())) == []


def test_several_are_published_at_once_and_the_refused_one_stays(chief_client: Client) -> None:
    good, empty = make_article(headline="Good"), make_article(headline="Empty", body="")
    chosen = {"action": "publish_selected", "_selected_action": [good.pk, empty.pk]}

    asked = chief_client.post(LIST, chosen, follow=True)
    answer = chief_client.post(do("publish"), as_sent(asked))

    assert [edition.article for edition in Edition.objects.all()] == [good]
    assert answer.context["articles"] == [empty]
    assert as_sent(answer)["id"] == [str(empty.pk)]


@pytest.mark.parametrize("verb", ["publish", "correct", "withdraw"])
def test_reporter_may_not_publish_nor_withdraw(verb: str, reporter_client: Client) -> None:
    article = published()

    seen = reporter_client.get(change(article))
    tried = reporter_client.post(do(verb), {"id": article.pk, "note": "No.", "act": "kill"})

    assert buttons(seen) == []
    assert tried.status_code == 403
    assert (Edition.objects.count(), Withdrawal.objects.count()) == (1, 0)


def test_reporter_is_offered_no_action_of_publication(reporter_client: Client) -> None:
    make_article()

    page = reporter_client.get(LIST)

    assert page.context["action_form"] is None


def test_buttons_follow_the_state(chief_client: Client) -> None:
    draft, live, gone = make_article(), published(), published()
    workflow.withdraw(gone, by=None, at=timezone.now())

    offered = [buttons(chief_client.get(change(article))) for article in (draft, live, gone)]

    assert offered == [["publish"], ["publish", "correct", "withdraw"], ["publish"]]


def scheduled(**over: Any) -> Article:
    article = make_article(**over)
    workflow.publish(article, by=None, at=timezone.now(), visible_from=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    return article


def test_schedule_is_offered_for_cancelling_while_an_edition_waits(
    chief_client: Client, reporter_client: Client
) -> None:
    waiting = change(scheduled())

    offered = [buttons(client.get(waiting)) for client in (chief_client, reporter_client)]

    assert offered == [["publish", "correct", "withdraw", "cancel"], []]


def test_cancelling_says_what_was_to_appear(chief_client: Client) -> None:
    article = scheduled(headline="Quokkas meet")

    asked = chief_client.get(do("cancel"), {"id": article.pk})

    (notice,) = asked.context["notices"]
    assert notice.startswith("Edition 1 of “Quokkas meet” was to appear on ")
    assert notice in html.unescape(asked.content.decode())


def test_cancelled_schedule_leaves_a_draft_that_may_be_scheduled_anew(chief_client: Client) -> None:
    article = scheduled(headline="Quokkas meet")

    answer = chief_client.post(do("cancel"), {"id": article.pk}, follow=True)
    chief_client.post(do("publish"), {"id": article.pk, "visible_from": "2098-01-01T09:00"})

    waiting = Edition.objects.open_or_pending(timezone.now())
    assert told(answer) == ["The scheduled edition of “Quokkas meet” is cancelled."]
    assert [(edition.number, edition.visible_from.year) for edition in waiting] == [(2, 2098)]
    assert list(feedcheck.drifts(timezone.now())) == []


@pytest.mark.parametrize(("day", "is_kept"), [("2098-12-31", True), ("2099-01-02", False)])
def test_embargo_beyond_the_schedule_is_refused_with_a_way_out(day: str, is_kept: bool, chief_client: Client) -> None:
    article = scheduled()
    typed = {"embargo_until": f"{day}T00:00"}

    answer = chief_client.post(change(article), as_sent(chief_client.get(change(article)), **typed))

    article.refresh_from_db()
    refusals = [] if is_kept else answer.context["adminform"].form.errors["embargo_until"]
    ways_out = [refusal.endswith("before this embargo ends: cancel the schedule first.") for refusal in refusals]
    assert (article.embargo_until is not None, ways_out) == (is_kept, [] if is_kept else [True])


def test_cancelling_nothing_is_refused_with_a_reason(chief_client: Client) -> None:
    article = published(headline="Out")

    answer = chief_client.post(do("cancel"), {"id": article.pk})

    errors = answer.context["form"].non_field_errors()
    assert errors == ["Out: No edition of it waits to appear: there is nothing to cancel."]


def test_reporter_cancels_no_schedule(reporter_client: Client) -> None:
    article = scheduled()

    tried = reporter_client.post(do("cancel"), {"id": article.pk})

    assert (tried.status_code, Edition.objects.open_or_pending(timezone.now()).count()) == (403, 1)


def test_correction_of_an_expired_story_says_that_it_returns(chief_client: Client) -> None:
    now = timezone.now()
    live, expired = published(headline="Live"), make_article(headline="Gone")
    workflow.publish(expired, by=None, at=now - dt.timedelta(days=2), visible_until=now - dt.timedelta(days=1))

    asked = chief_client.get(do("correct"), {"id": [live.pk, expired.pk]})

    assert asked.context["notices"] == ["“Gone” has expired: this correction makes it public again, for good."]


@pytest.mark.parametrize(
    "address", ["explode/?id=1", "publish/", "publish/?id=no", f"publish/?id={'9' * 40}", f"publish/?id={'9' * 5000}"]
)
def test_confirmation_of_nothing_is_not_found(address: str, chief_client: Client) -> None:
    make_article()

    assert chief_client.get(f"{LIST}do/{address}").status_code == 404


def test_slug_of_a_published_story_may_change_and_leaves_a_signpost(chief_client: Client) -> None:
    article = published(slug="promise")

    chief_client.post(change(article), as_sent(chief_client.get(change(article)), slug="better"))

    signposts = FormerAddress.objects.values_list("slug", "object_id")
    assert (Article.objects.get().slug, list(signposts)) == ("better", [("promise", article.uuid)])


def test_page_tells_of_editions_and_revisions(chief_client: Client, chief: User) -> None:
    article = published()
    workflow.correct(article, by=chief, at=timezone.now(), note="It was a wombat.")

    page = chief_client.get(change(article)).content.decode()

    assert "<p>It was a wombat.</p>" in page
    assert "<em>Edition 2</em>" in page


def test_import_map_of_the_editor_carries_the_nonce_of_the_policy(chief_client: Client) -> None:
    page = chief_client.get(LIST + "add/")

    (nonce,) = re.findall(r'<script type="importmap" nonce="([^"]+)">', page.content.decode())
    assert f"'nonce-{nonce}'" in page.headers["Content-Security-Policy"]


def test_story_is_cleaned_on_its_way_in(reporter_client: Client) -> None:
    article = make_article()
    body = '<p onclick="steal()">Hello<script>steal()</script></p>'

    reporter_client.post(change(article), as_sent(reporter_client.get(change(article)), body=body))

    assert Article.objects.get().body == "<p>Hello</p>"


def test_draft_has_no_link_to_a_public_page(chief_client: Client) -> None:
    draft, live = make_article(), published()

    shown = ["historylink" in page and "viewsitelink" in page for page in _pages(chief_client, draft, live)]

    assert shown == [False, True]


def _pages(client: Client, *articles: Article) -> list[str]:
    return [client.get(change(article)).content.decode() for article in articles]
