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
from newsroom.confirming import address_of
from newsroom.models import FormerAddress, User
from tests.desk.pages import as_sent, confirmed, told, with_row
from tests.factories import make_article, make_person, make_photo, make_topic

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def do(verb: str) -> str:
    return reverse("admin:articles_article_do", args=[verb])


def buttons(page: HttpResponse) -> list[str]:
    """What the form offers to do next: having saved, or, where one may only look, at once."""
    return re.findall(r'class="button verb verb-(\w+)"', page.content.decode())


def published(**over: Any) -> Article:
    article = make_article(**over)
    workflow.publish(article, by=None, at=timezone.now() - dt.timedelta(hours=1))
    return article


def test_each_save_keeps_a_revision_with_its_author(reporter_client: Client, reporter: User) -> None:
    article = make_article(headline="First", created_by=reporter)

    reporter_client.post(change(article), as_sent(reporter_client.get(change(article)), headline="Second"))

    kept = [(one.number, one.saved_by, one.story["headline"]) for one in article.revisions.all()]
    assert kept == [(1, reporter, "Second")]


def test_revision_holds_the_rows_of_the_same_save(reporter_client: Client, reporter: User) -> None:
    article = make_article(created_by=reporter)
    sent = as_sent(reporter_client.get(change(article)))

    reporter_client.post(change(article), with_row(sent, "bylines", role="author", words="Meridian newsroom"))

    printed = article.revisions.get().story["printed"]
    assert [byline["name"] for byline in printed["bylines"]] == ["Meridian newsroom"]


def test_byline_of_nobody_is_refused_beside_its_row(reporter_client: Client, reporter: User) -> None:
    article = make_article(created_by=reporter)
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

    article.refresh_from_db()
    assert answer.headers["Location"] == address_of("publish", [article], Article)
    assert (article.headline, article.version) == ("Edited", 1)
    assert Edition.objects.count() == 0


def test_new_story_can_be_published_right_away(chief_client: Client) -> None:
    page = chief_client.get(LIST + "add/")
    typed = {"headline": "Fresh", "slug": "fresh", "body": "<p>News.</p>", "_then": "publish"}

    asked = chief_client.post(LIST + "add/", as_sent(page, **typed), follow=True)
    chief_client.post(asked.request["PATH_INFO"], as_sent(asked, despite_warnings="on"))

    assert [edition.headline for edition in Edition.objects.visible(timezone.now())] == ["Fresh"]


def test_confirmed_publication_makes_an_edition_and_a_log_entry(chief_client: Client, chief: User) -> None:
    article = make_article(headline="Quokkas meet")

    answer = chief_client.post(do("publish"), confirmed(article), follow=True)

    edition = Edition.objects.get()
    assert (edition.headline, edition.published_by) == ("Quokkas meet", chief)
    assert told(answer) == ["“Quokkas meet” has a new edition."]
    assert [entry.user for entry in LogEntry.objects.all()] == [chief]
    assert list(feedcheck.drifts(timezone.now())) == []


def test_publication_may_wait_for_a_moment_in_the_newsrooms_zone(chief_client: Client) -> None:
    article = make_article()

    chief_client.post(do("publish"), confirmed(article, visible_from="2099-01-01T09:00"))

    assert Edition.objects.get().visible_from == dt.datetime(2099, 1, 1, 0, 0, tzinfo=dt.UTC)


def test_refused_publication_says_why_and_keeps_what_was_typed(chief_client: Client) -> None:
    article = make_article(headline="Early", embargo_until=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    answer = chief_client.post(do("publish"), confirmed(article, visible_until="2099-06-01T09:00"))

    (refused,) = answer.context["open"]
    assert (refused.row, refused.result.split(" until")[0]) == (article, "Under embargo")
    assert as_sent(answer)["visible_until"] == ["2099-06-01T09:00"]
    assert Edition.objects.count() == 0


def test_correction_needs_its_public_note(chief_client: Client) -> None:
    article = published()

    answer = chief_client.post(do("correct"), confirmed(article, note=""))

    assert answer.context["form"].errors == {"note": ["This field is required."]}


def test_correction_is_published_with_its_note(chief_client: Client) -> None:
    article = published()

    chief_client.post(do("correct"), confirmed(article, note="It was a wombat."))

    newest = Edition.objects.visible(timezone.now()).get()
    assert (newest.number, newest.correction_note) == (2, "It was a wombat.")


def test_withdrawal_keeps_both_reasons(chief_client: Client, chief: User) -> None:
    article = published()
    reasons = {"act": "kill", "public_note": "It was wrong.", "private_note": "Ask legal."}

    chief_client.post(do("withdraw"), confirmed(article, **reasons))

    left = Withdrawal.objects.values("act", "public_note", "private_note", "withdrawn_by").get()
    assert left == {**reasons, "withdrawn_by": chief.pk}
    assert list(Edition.objects.visible(timezone.now())) == []


def test_several_are_published_at_once_and_the_refused_one_stays(chief_client: Client) -> None:
    good, empty = make_article(headline="Good"), make_article(headline="Empty", body="")
    chosen = {"action": "publish_selected", "_selected_action": [good.pk, empty.pk]}

    asked = chief_client.post(LIST, chosen, follow=True)
    answer = chief_client.post(do("publish"), as_sent(asked))

    assert [edition.article for edition in Edition.objects.all()] == [good]
    assert [(one.row, one.result) for one in answer.context["done"]] == [(good, "“Good” has a new edition.")]
    assert [one.row for one in answer.context["open"]] == [empty]
    assert as_sent(answer)["id"] == [str(empty.pk)]


@pytest.mark.parametrize("verb", ["publish", "correct", "withdraw"])
def test_reporter_may_not_publish_nor_withdraw(verb: str, reporter_client: Client, reporter: User) -> None:
    article = published(created_by=reporter)

    seen = reporter_client.get(change(article))
    tried = reporter_client.post(do(verb), confirmed(article, note="No.", act="kill"))

    assert buttons(seen) == ["duplicate"]
    assert tried.status_code == 403
    assert (Edition.objects.count(), Withdrawal.objects.count()) == (1, 0)


def actions(client: Client, query: str = "") -> list[str]:
    form = client.get(LIST + query).context["action_form"]
    return [name for name, _label in form.fields["action"].choices if name] if form else []


def test_role_is_offered_the_actions_that_it_may_do(
    reporter_client: Client, reporter: User, editor_client: Client, chief_client: Client, administrator_client: Client
) -> None:
    make_article(created_by=reporter)

    assert {
        "reporter": actions(reporter_client),
        "editor": actions(editor_client),
        "chief": actions(chief_client),
        "administrator": actions(administrator_client),
    } == {
        "reporter": [f"{verb}_selected" for verb in ("export", "submit", "recall", "duplicate", "trash")],
        "editor": [f"{verb}_selected" for verb in ("export", *EDITORS_VERBS, "duplicate", "trash")],
        "chief": [f"{verb}_selected" for verb in ("export", *CHIEFS_VERBS, "duplicate", "trash")],
        "administrator": ["export_selected"],
    }


EDITORS_VERBS = ("submit", "recall", "return", "approve", "publish", "correct", "cancel")
CHIEFS_VERBS = ("submit", "recall", "return", "approve", "publish", "correct", "withdraw", "cancel")


def in_state(state: str) -> Article:
    """A story of nobody at the desk."""
    article, now = make_article(), timezone.now()
    if state in {"review", "approved"}:
        workflow.submit(article, by=None, at=now)
    if state == "approved":
        workflow.approve(article, by=None, at=now)
    if state in {"published", "corrected", "withdrawn"}:
        workflow.publish(article, by=None, at=now)
    if state == "corrected":
        workflow.correct(article, by=None, at=now, note="It was a wombat.")
    if state == "withdrawn":
        workflow.withdraw(article, by=None, at=now)
    return article


def test_buttons_follow_the_state_the_next_step_first(chief_client: Client) -> None:
    states = ["draft", "review", "approved", "published", "corrected", "withdrawn"]

    offered = {state: buttons(chief_client.get(change(in_state(state)))) for state in states}

    assert offered == {
        "draft": ["submit", "publish", "duplicate"],
        "review": ["approve", "publish", "return", "duplicate"],
        "approved": ["publish", "return", "duplicate"],
        "published": ["publish", "correct", "withdraw", "duplicate"],
        "corrected": ["publish", "correct", "withdraw", "duplicate"],
        "withdrawn": ["publish", "duplicate"],
    }


def test_reporter_takes_back_a_story_that_they_may_only_look_at(reporter_client: Client, reporter: User) -> None:
    article = make_article(created_by=reporter)
    workflow.submit(article, by=reporter, at=timezone.now())

    seen = reporter_client.get(change(article))
    (address,) = re.findall(r'href="([^"]*/do/recall/[^"]*)"', seen.content.decode())
    reporter_client.post(address, as_sent(reporter_client.get(address)))

    article.refresh_from_db()
    assert (buttons(seen), article.state) == (["recall", "duplicate"], "draft")


def test_page_says_who_sent_the_story_back_and_why(reporter_client: Client, reporter: User, editor: User) -> None:
    article = make_article(created_by=reporter)
    workflow.submit(article, by=reporter, at=timezone.now())
    workflow.send_back(article, by=editor, at=timezone.now(), note="Who paid for it?")

    page = reporter_client.get(change(article)).content.decode()

    assert f"Send back: {editor}" in page
    assert "<p>Who paid for it?</p>" in page


def test_more_than_a_hundred_at_once_are_refused_with_a_sentence(chief_client: Client) -> None:
    keys = [make_article().pk for _number in range(101)]

    pressed = {"action": "submit_selected", "_selected_action": keys, "select_across": "1"}
    chosen = chief_client.post(LIST, pressed, follow=True)
    forged = chief_client.post(do("submit"), {"id": keys}, follow=True)

    sentence = "At most 100 at once, and these are 101: choose fewer. Nothing was done."
    assert (told(chosen), told(forged)) == ([sentence], [sentence])
    assert Article.objects.filter(state="review").count() == 0


def test_kill_without_a_reason_is_refused_beside_its_field(chief_client: Client) -> None:
    article = published()

    answer = chief_client.post(do("withdraw"), confirmed(article, act="kill", public_note=" "))

    reason = "Say why, here or below for the desk alone: nothing is killed or taken down without a reason."
    assert answer.context["form"].errors == {"public_note": [reason]}
    assert Withdrawal.objects.count() == 0


def test_duplicate_is_a_draft_of_ones_own_with_all_that_was_typed(reporter_client: Client, reporter: User) -> None:
    article = make_article(
        headline="Quokkas meet",
        slug="quokkas",
        created_by=reporter,
        assigned_to=reporter,
        due_on=dt.date(2026, 3, 2),
        embargo_until=dt.datetime(2099, 1, 1, tzinfo=dt.UTC),
        body="<p>They did.</p>",
    )
    person, topic, photo = make_person(), make_topic(), make_photo()
    article.mentions.create(person=person, title_as_printed="Director", order=3)
    article.bylines.create(words="Meridian newsroom")
    article.photo_uses.create(photo=photo, caption="Here.", is_lead=True)
    article.topics.add(topic)
    workflow.submit(article, by=reporter, at=timezone.now())

    answer = reporter_client.post(do("duplicate"), confirmed(article))

    copy = Article.objects.exclude(pk=article.pk).get()
    assert answer.headers["Location"] == change(copy)
    assert (copy.headline, copy.slug, copy.state, copy.body) == (
        "Copy of Quokkas meet",
        "quokkas-copy",
        "draft",
        "<p>They did.</p>",
    )
    assert (copy.created_by, copy.assigned_to, copy.due_on) == (reporter, None, None)
    assert copy.embargo_until == article.embargo_until
    assert list(copy.mentions.values_list("person", "title_as_printed", "order")) == [(person.pk, "Director", 3)]
    assert [str(byline) for byline in copy.bylines.all()] == ["Meridian newsroom"]
    assert list(copy.photo_uses.values_list("photo", "caption", "is_lead")) == [(photo.pk, "Here.", True)]
    assert list(copy.topics.all()) == [topic]
    assert [(one.number, one.note, one.saved_by) for one in copy.revisions.all()] == [
        (1, "Copy of “quokkas”", reporter)
    ]
    assert (copy.steps.count(), article.mentions.count()) == (0, 1)


def test_second_duplicate_has_an_address_of_its_own(chief_client: Client) -> None:
    article = make_article(slug="q" * 120)

    for _time in range(2):
        chief_client.post(do("duplicate"), confirmed(article))

    copies = Article.objects.exclude(pk=article.pk).order_by("pk")
    assert [copy.slug for copy in copies] == ["q" * 115 + "-copy", "q" * 113 + "-copy-2"]


def test_table_of_states_is_there_for_all_who_work_on_stories(
    reporter_client: Client, chief_client: Client, client: Client
) -> None:
    client.force_login(User.objects.create_user(username="stranger", is_staff=True))
    answers = [one.get(f"{LIST}states/") for one in (reporter_client, chief_client, client)]

    table = {(move.verb, move.before): move.may for move in answers[0].context["table"]}
    assert [answer.status_code for answer in answers] == [200, 200, 403]
    assert answers[0].context["roles"] == ["Reporter", "Editor", "Photo editor", "Chief editor", "Administrator"]
    assert {way: [may[0], may[1], may[3]] for way, may in table.items() if way[0] in {"approve", "publish"}} == {
        ("approve", "review"): [False, True, True],
        ("publish", "draft"): [False, False, True],
        ("publish", "review"): [False, False, True],
        ("publish", "approved"): [False, True, True],
        ("publish", "published"): [False, True, True],
        ("publish", "corrected"): [False, True, True],
        ("publish", "withdrawn"): [False, False, True],
    }


def scheduled(**over: Any) -> Article:
    article = make_article(**over)
    workflow.publish(article, by=None, at=timezone.now(), visible_from=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    return article


def test_schedule_is_offered_for_cancelling_while_an_edition_waits(
    chief_client: Client, photo_editor_client: Client
) -> None:
    waiting = change(scheduled())

    offered = [buttons(client.get(waiting)) for client in (chief_client, photo_editor_client)]

    assert offered == [["cancel", "withdraw", "duplicate"], []]


def test_cancelling_says_what_was_to_appear(chief_client: Client) -> None:
    article = scheduled(headline="Quokkas meet")

    asked = chief_client.get(do("cancel"), {"id": article.pk})

    (notice,) = [one.notice for one in asked.context["open"]]
    assert notice.startswith("Edition 1 of “Quokkas meet” was to appear on ")
    assert notice in html.unescape(asked.content.decode())


def test_cancelled_schedule_leaves_a_draft_that_may_be_scheduled_anew(chief_client: Client) -> None:
    article = scheduled(headline="Quokkas meet")

    answer = chief_client.post(do("cancel"), confirmed(article), follow=True)
    chief_client.post(do("publish"), confirmed(article, visible_from="2098-01-01T09:00"))

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

    answer = chief_client.post(do("cancel"), confirmed(article))

    reasons = [one.result for one in answer.context["open"]]
    assert reasons == ["No edition of it waits to appear: there is nothing to cancel."]


def test_reporter_cancels_no_schedule(reporter_client: Client, reporter: User) -> None:
    article = scheduled(created_by=reporter)

    tried = reporter_client.post(do("cancel"), confirmed(article))

    assert (tried.status_code, Edition.objects.open_or_pending(timezone.now()).count()) == (403, 1)


def test_correction_of_an_expired_story_says_that_it_returns(chief_client: Client) -> None:
    now = timezone.now()
    live, expired = published(headline="Live"), make_article(headline="Gone")
    workflow.publish(expired, by=None, at=now - dt.timedelta(days=2), visible_until=now - dt.timedelta(days=1))

    asked = chief_client.get(do("correct"), {"id": [live.pk, expired.pk]})

    assert [one.notice for one in asked.context["open"]] == [
        "",
        "“Gone” has expired: this correction makes it public again, for good.",
    ]


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


def test_story_is_cleaned_on_its_way_in(reporter_client: Client, reporter: User) -> None:
    article = make_article(created_by=reporter)
    body = '<p onclick="steal()">Hello<script>steal()</script></p>'

    reporter_client.post(change(article), as_sent(reporter_client.get(change(article)), body=body))

    assert Article.objects.get().body == "<p>Hello</p>"


def test_draft_has_no_link_to_a_public_page(chief_client: Client) -> None:
    draft, live = make_article(), published()

    shown = ["historylink" in page and "viewsitelink" in page for page in _pages(chief_client, draft, live)]

    assert shown == [False, True]


def _pages(client: Client, *articles: Article) -> list[str]:
    return [client.get(change(article)).content.decode() for article in articles]
