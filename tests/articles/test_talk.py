"""The talk about a story: what is said is kept once, calls who may hear it, and stays with its story."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from newsroom.articles import colleagues, talk
from newsroom.articles.models import Article, Comment, Thread
from newsroom.models import Letter, User
from tests import factories as make
from tests.desk.pages import as_sent, queries, told
from tests.website.html import parse, words

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
QUERIES = 8
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def story(reporter: User) -> Article:
    return make.make_article(headline="Observatory to open", created_by=reporter)


@pytest.fixture
def jane() -> User:
    return make.make_user("Editor", username="jane", display_name="Jane Doe", email="jane@newsroom.example")


@pytest.fixture
def john() -> User:
    """On the staff, but this story is not his to see."""
    return make.make_user("Reporter", username="john", display_name="John Doe", email="john@newsroom.example")


def address(story: Article) -> str:
    return reverse("admin:articles_article_talk", args=[story.pk])


def post(client: Client, story: Article, act: str, **typed: Any) -> Any:
    return client.post(address(story), {"act": act, **typed})


def make_thread(story: Article, by: User, text: str = "Is the date right?", **how: Any) -> Thread:
    return talk.start(story, by=by, at=NOW, text=text, **how).comment.thread


def said() -> list[tuple[str, str]]:
    return list(Comment.objects.order_by("pk").values_list("thread__field", "text"))


# Verbs


def test_thread_starts_with_its_first_words(story: Article, reporter: User) -> None:
    comment = talk.start(story, by=reporter, at=NOW, text=" Is the date right? ", field="body", quote="in May").comment

    thread = comment.thread
    assert (thread.article, thread.field, thread.quote, thread.started_at) == (story, "body", "in May", NOW)
    assert (thread.is_open, comment.by, comment.at, comment.text) == (True, reporter, NOW, "Is the date right?")


def test_same_words_at_once_are_a_button_pressed_twice(story: Article, reporter: User, jane: User) -> None:
    for _time in range(2):
        talk.start(story, by=reporter, at=NOW, text="@jane, is it?")
    thread = Thread.objects.get()
    for _time in range(2):
        talk.reply(thread, by=reporter, at=NOW, text="It is.")

    assert said() == [("", "@jane, is it?"), ("", "It is.")]
    assert Letter.objects.count() == 1


def test_same_words_later_or_by_another_are_said_again(story: Article, reporter: User, jane: User) -> None:
    thread = make_thread(story, reporter, "Yes.")

    talk.reply(thread, by=jane, at=NOW, text="Yes.")
    talk.reply(thread, by=reporter, at=LATER, text="Yes.")

    assert said() == [("", "Yes.")] * 3


def test_thread_is_resolved_once_and_opened_by_the_next_word(story: Article, reporter: User, jane: User) -> None:
    thread = make_thread(story, reporter)

    resolved = [talk.resolve(thread, by=one, at=LATER) for one in (jane, reporter)]
    thread.refresh_from_db()
    by_whom = thread.resolved_by
    talk.reply(thread, by=reporter, at=LATER, text="Not yet.")

    thread.refresh_from_db()
    assert (resolved, by_whom) == ([True, False], jane)
    assert (thread.is_open, thread.resolved_by) == (True, None)


def test_resolved_thread_is_reopened_once(story: Article, reporter: User) -> None:
    thread = make_thread(story, reporter)
    talk.resolve(thread, by=reporter, at=NOW)

    assert [talk.reopen(thread, by=reporter) for _time in range(2)] == [True, False]


def test_no_verb_is_for_who_may_not_see_the_story(story: Article, reporter: User, john: User) -> None:
    thread = make_thread(story, reporter)
    verbs = (
        lambda: talk.start(story, by=john, at=NOW, text="Mine?"),
        lambda: talk.reply(thread, by=john, at=NOW, text="Mine?"),
        lambda: talk.resolve(thread, by=john, at=NOW),
        lambda: talk.reopen(thread, by=john),
    )

    for verb in verbs:
        with pytest.raises(PermissionDenied):
            verb()

    thread.refresh_from_db()
    assert (said(), thread.is_open) == ([("", "Is the date right?")], True)


# Who is called


@pytest.mark.parametrize(
    "text",
    ["@jane", "Ask @jane.", "(@Jane)", "@JANE DOE knows", "@Jane Doe", "@jane Doe, @jane", "@jane\n@Jane Doe"],
)
def test_colleague_is_called_by_either_name(story: Article, jane: User, text: str) -> None:
    called = colleagues.addressed(text, story)

    assert (called.told, called.barred, called.unknown) == ([jane], [], [])


@pytest.mark.parametrize("text", ["jane", "press@jane.example", "@ jane", "a@jane", "jane@jane"])
def test_address_or_plain_name_calls_nobody(story: Article, jane: User, text: str) -> None:
    called = colleagues.addressed(text, story)

    assert (called.told, called.barred, called.unknown) == ([], [], [])


@pytest.mark.parametrize(("text", "name"), [("@janet, look", "janet"), ("@nobody.", "nobody"), ("Hi @jan", "jan")])
def test_name_of_nobody_is_said_to_be(story: Article, jane: User, text: str, name: str) -> None:
    called = colleagues.addressed(text, story)

    assert (called.told, called.unknown) == ([], [name])
    assert list(called.notes()) == [f"Nobody was told as @{name}: no colleague has this name alone."]


def test_name_of_two_calls_neither(story: Article, jane: User) -> None:
    make.make_user("Editor", username="jane2", display_name="Jane Doe")

    called = colleagues.addressed("@Jane Doe, @jane2", story)

    assert ([user.username for user in called.told], called.unknown) == (["jane2"], ["Jane Doe"])


def test_longest_name_is_meant(story: Article, jane: User) -> None:
    younger = make.make_user("Editor", username="jane.doe-smith", display_name="Jane Doe-Smith")

    called = colleagues.addressed("@Jane Doe-Smith and @Jane Doe", story)

    assert called.told == [younger, jane]


def test_who_may_not_see_the_story_is_not_told_and_that_is_said(story: Article, john: User) -> None:
    called = colleagues.addressed("@john", story)

    assert (called.told, called.barred) == ([], [john])
    assert list(called.notes()) == ["John Doe may not see this story, and was not told."]


def test_outsiders_and_leavers_are_nobody(story: Article, jane: User) -> None:
    User.objects.filter(pk=jane.pk).update(is_staff=False)
    make.make_user("Editor", username="left", is_active=False)

    assert colleagues.addressed("@jane @left", story).unknown == ["jane", "left"]


def test_called_colleague_gets_one_letter_with_what_was_said(story: Article, reporter: User, jane: User) -> None:
    comment = talk.start(story, by=reporter, at=NOW, text="@jane and @Jane Doe:\nis the date right?").comment

    letter = Letter.objects.get()
    assert list(comment.mentioned.all()) == [jane]
    assert (letter.to, letter.subject) == (jane, f"{reporter} mentions you: Observatory to open")
    assert letter.text.splitlines()[2:6] == [
        f"{reporter} writes about “Observatory to open”:",
        "",
        "@jane and @Jane Doe:",
        "is the date right?",
    ]
    assert f"http://testserver{address(story)}#thread-{comment.thread_id}" in letter.text.splitlines()


def test_calling_oneself_writes_no_letter(story: Article, jane: User) -> None:
    talk.start(story, by=jane, at=NOW, text="@jane: remember")

    assert Letter.objects.count() == 0


def test_text_that_calls_nobody_reads_no_staff(story: Article, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        colleagues.addressed("Nobody at press@newsroom.example", story)


@pytest.mark.parametrize(("start", "names"), [("", ["jane"]), ("jA", ["jane"]), ("do", ["jane"]), ("x", [])])
def test_names_are_offered_of_those_who_may_see_the_story(
    reporter_client: Client, reporter: User, story: Article, jane: User, john: User, start: str, names: list[str]
) -> None:
    User.objects.filter(pk=reporter.pk).update(display_name="R. Zed", username="zed")
    url = reverse("admin:articles_article_colleagues", args=[story.pk])

    found = reporter_client.get(url, {"q": start}).json()["colleagues"]

    assert [one["username"] for one in found if one["username"] != "zed"] == names


@pytest.mark.parametrize("count", [1, 40])
def test_names_are_offered_and_called_by_as_many_queries_for_forty_as_for_one(
    story: Article, django_assert_num_queries: Any, count: int
) -> None:
    kims = [make.make_user("Editor", display_name="Kim Doe") for _number in range(count)]

    with django_assert_num_queries(2):
        offered = len(colleagues.offered("Kim", story))
    with django_assert_num_queries(3):
        told = colleagues.addressed(" ".join(f"@{kim.username}" for kim in kims), story).told

    assert (offered, told) == (min(count, colleagues.OFFERED), kims)


# The page


def test_comment_is_kept_and_leads_back_to_its_thread(reporter_client: Client, story: Article) -> None:
    answer = post(reporter_client, story, "start", text="Is the date right?", field="body")

    assert answer.headers["Location"] == f"{address(story)}#thread-{Thread.objects.get().pk}"
    assert said() == [("body", "Is the date right?")]


def test_page_tells_threads_and_what_is_typed_as_text(reporter: User, reporter_client: Client, story: Article) -> None:
    make_thread(story, reporter, "<b>Is it?</b>\n\nReally?", field="photo_uses")

    page = parse(reporter_client.get(address(story)).content.decode())

    assert words(page.find(".//li[@class='thread']/h3")) == "Photos in the story"
    assert [words(one) for one in page.iterfind(".//ol[@class='comments']/li/p")][1:] == ["<b>Is it?</b>", "Really?"]


def test_reply_resolve_and_reopen_by_the_page(reporter: User, reporter_client: Client, story: Article) -> None:
    thread = make_thread(story, reporter)
    notes, is_open = [], []

    for act in ("reply", "resolve", "resolve", "reopen", "reopen"):
        typed = {"text": "It is."} if act == "reply" else {"text": ""}
        notes.append(told_after(post(reporter_client, story, act, thread=thread.pk, **typed), reporter_client))
        thread.refresh_from_db()
        is_open.append(thread.is_open)

    assert notes == [
        ["Your comment is kept."],
        ["Resolved."],
        ["It was resolved already."],
        ["Open again."],
        ["It is open already."],
    ]
    assert is_open == [True, False, False, True, True]


def told_after(answer: Any, client: Client) -> list[str]:
    return told(client.get(answer.headers["Location"]))


@pytest.mark.parametrize(("act", "is_open"), [("resolve", False), ("reopen", True)])
def test_words_beside_another_button_are_not_lost(
    reporter: User, reporter_client: Client, story: Article, act: str, is_open: bool
) -> None:
    thread = make_thread(story, reporter)

    post(reporter_client, story, act, thread=thread.pk, text="It is.")

    thread.refresh_from_db()
    assert (said()[-1], thread.is_open) == (("", "It is."), is_open)


@pytest.mark.parametrize("typed", ["", "  ", "x" * 4001])
@pytest.mark.parametrize("act", ["start", "reply"])
def test_words_that_cannot_be_kept_stay_typed(
    reporter: User, reporter_client: Client, story: Article, act: str, typed: str
) -> None:
    thread = make_thread(story, reporter)

    answer = post(reporter_client, story, act, thread=thread.pk, text=typed, field="body")

    shown = answer.context["form"] if act == "start" else answer.context["threads"][0]["form"]
    assert (answer.status_code, list(shown.errors), shown["text"].value()) == (422, ["text"], typed)
    assert len(said()) == 1


def test_unknown_field_is_refused(reporter_client: Client, story: Article) -> None:
    answer = post(reporter_client, story, "start", text="Is it?", field="desk_secret")

    assert (answer.status_code, list(answer.context["form"].errors), said()) == (422, ["field"], [])


def test_name_that_nobody_hears_is_told(reporter_client: Client, story: Article, jane: User, john: User) -> None:
    answer = post(reporter_client, story, "start", text="@jane @john @nobody")

    assert told_after(answer, reporter_client) == [
        "Your comment is kept.",
        "John Doe may not see this story, and was not told.",
        "Nobody was told as @nobody: no colleague has this name alone.",
    ]


@pytest.mark.parametrize("act", ["reply", "resolve", "reopen"])
def test_thread_of_another_story_is_not_found_here(
    editor: User, reporter_client: Client, story: Article, act: str
) -> None:
    foreign = make_thread(make.make_article(), editor)

    answers = [
        post(reporter_client, story, act, thread=key, text="Mine?") for key in (foreign.pk, "", "x", "9" * 30, "-1")
    ]

    foreign.refresh_from_db()
    assert [answer.status_code for answer in answers] == [404] * 5
    assert (said(), foreign.is_open) == ([("", "Is the date right?")], True)


@pytest.mark.parametrize("act", ["start", "reply", "resolve", "reopen"])
def test_story_of_somebody_else_is_not_spoken_of(reporter_client: Client, editor: User, act: str) -> None:
    story = make.make_article()
    thread = make_thread(story, editor)

    answers = [
        post(reporter_client, story, act, thread=thread.pk, text="Mine?"),
        reporter_client.get(address(story)),
        reporter_client.get(reverse("admin:articles_article_colleagues", args=[story.pk])),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert said() == [("", "Is the date right?")]


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_story_that_is_none_is_not_found(editor_client: Client, key: str) -> None:
    answers = [
        editor_client.get(reverse(f"admin:articles_article_{name}", args=[key])) for name in ("talk", "colleagues")
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize("act", ["", "delete"])
def test_unknown_act_is_not_readable(reporter_client: Client, story: Article, act: str) -> None:
    assert post(reporter_client, story, act, text="Is it?").status_code == 400


def test_part_for_the_form_is_the_talk_without_its_page(reporter_client: Client, story: Article) -> None:
    part = reporter_client.get(address(story), headers={"X-Talk-Part": "1"}).content.decode()

    assert (part.strip()[:24], "<html" in part) == ('<div class="talk-part" d', False)


def test_page_takes_the_same_queries_however_much_was_said(
    reporter: User, reporter_client: Client, story: Article
) -> None:
    counts = []
    for count in (1, 3):
        while story.threads.count() < count:
            thread = make_thread(story, reporter, f"Word {story.threads.count()}")
            talk.reply(thread, by=reporter, at=NOW, text=f"Reply {thread.pk}")
        counts.append(queries(reporter_client, address(story)))

    assert counts == [QUERIES, QUERIES]


def test_panel_beside_the_form_counts_what_is_open_of_each_field(
    reporter: User, reporter_client: Client, story: Article
) -> None:
    for number, field in enumerate(["headline", "headline", "", "body"]):
        make_thread(story, reporter, f"Word {number}", field=field)
    talk.resolve(Thread.objects.get(field="body"), by=reporter, at=NOW)

    page = parse(reporter_client.get(reverse("admin:articles_article_change", args=[story.pk])).content.decode())

    panel = page.find(".//div[@class='talk-panel']")
    assert panel is not None
    shown = {words(one): one.get("data-field") for one in panel.iterfind(".//li")}
    assert shown == {"Headline: 2 open": "headline", "The whole story: 1 open": None}


def test_assignment_on_the_form_is_told(chief_client: Client, chief: User, story: Article, jane: User) -> None:
    change = reverse("admin:articles_article_change", args=[story.pk])
    form = chief_client.get(change)

    chief_client.post(change, as_sent(form, assigned_to=str(jane.pk), _save="Save"))
    once = list(Letter.objects.values_list("to", "subject"))
    chief_client.post(change, as_sent(chief_client.get(change), standfirst="More.", _save="Save"))

    assert once == [(jane.pk, "Assigned to you: Observatory to open")]
    assert Letter.objects.count() == 1


def test_same_words_after_a_resolution_are_said_again(story: Article, reporter: User) -> None:
    thread = make_thread(story, reporter, "Is it?")
    talk.resolve(thread, by=reporter, at=NOW)

    make_thread(story, reporter, "Is it?")
    talk.reply(thread, by=reporter, at=NOW, text="Is it?")

    thread.refresh_from_db()
    assert (said(), thread.is_open) == ([("", "Is it?")] * 3, True)
