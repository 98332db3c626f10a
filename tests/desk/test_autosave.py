"""What is typed and not saved: kept for the one who typed it, offered when they come back, gone with a save."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from newsroom import unsaved
from newsroom.articles.models import Article, Byline, Mention
from newsroom.keeping import Typed
from newsroom.models import Topic, User
from tests import factories
from tests.desk.pages import address, as_sent, found, said, with_row
from tests.desk.rows import in_state

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def leave(client: Client, who: User, sent: Any, *, form: str, key: Any = "") -> int:
    """What the page's script does every few seconds; answers with the status."""
    where = f"{reverse('admin:typed')}?form={form}&id={key}&user={who.pk}"
    return client.post(where, sent).status_code


def offers(page: HttpResponse) -> list[Any]:
    """What each notice on the page offers, from the top."""
    unsaved = page.context["careful"]["unsaved"]  # type: ignore[attr-defined]
    return [{one.label: one.typed for one in offer.differences} for offer in unsaved]


def offered(page: HttpResponse) -> Any:
    return next(iter(offers(page)), None)


def way(page: HttpResponse, of: str) -> str:
    """Where the first notice leads to: `href` brings its text back, `formaction` discards it."""
    (found, *_rest) = re.findall(rf'{of}="([^"]*slot=[^"]*)"', page.content.decode())
    return html.unescape(found)


def test_text_is_kept_beside_the_record_and_offered_to_who_typed_it(editor_client: Client, editor: User) -> None:
    article = factories.make_article(headline="As it stands")
    sent = as_sent(editor_client.get(address(article)), headline="As I type")

    status = leave(editor_client, editor, sent, form="articles.article", key=article.pk)

    page = editor_client.get(address(article))
    assert (status, Article.objects.get().headline) == (200, "As it stands")
    assert (offered(page), as_sent(page)["headline"]) == ({"Headline": "As I type"}, ["As it stands"])


def test_text_is_never_shown_to_another(editor_client: Client, editor: User, chief_client: Client) -> None:
    article = factories.make_article()
    sent = as_sent(editor_client.get(address(article)), desk_note="My own secret")
    leave(editor_client, editor, sent, form="articles.article", key=article.pk)

    pages = [chief_client.get(address(article) + query) for query in ("", "?_unsaved=1")]

    assert [offered(page) for page in pages] == [None, None]
    assert ["My own secret" in page.content.decode() for page in pages] == [False, False]


def test_text_is_brought_back_into_the_form_and_saved_from_there(editor_client: Client, editor: User) -> None:
    article = factories.make_article(headline="Old")
    Byline.objects.create(article=article, words="First", order=1)
    sent = with_row(
        as_sent(editor_client.get(address(article)), headline="New"), "bylines", words="Second", role="author"
    )
    leave(editor_client, editor, {**sent, "bylines-0-words": ["One"]}, form="articles.article", key=article.pk)

    page = editor_client.get(address(article) + "?_unsaved=1")
    stood = Article.objects.get().headline
    answer = editor_client.post(address(article) + "?_unsaved=1", as_sent(page))

    assert said(page) == ("Brought back and not saved yet: look it over, then save.", [])
    assert (stood, answer.status_code, Article.objects.get().headline) == ("Old", 302, "New")
    assert list(article.bylines.values_list("words", flat=True)) == ["One", "Second"]
    assert Typed.objects.count() == 0


def test_new_row_alone_is_offered(editor_client: Client, editor: User) -> None:
    article = factories.make_article()
    sent = with_row(as_sent(editor_client.get(address(article))), "bylines", words="A new hand", role="author")
    leave(editor_client, editor, sent, form="articles.article", key=article.pk)

    page = editor_client.get(address(article))

    assert page.context["careful"]["unsaved"][0].new_rows == ["Byline: by, A new hand"]


def test_text_typed_over_a_save_of_others_comes_back_with_both(
    editor_client: Client, editor: User, chief_client: Client
) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(editor_client.get(address(topic)))
    leave(editor_client, editor, {**sent, "name": ["Mine"]}, form="newsroom.topic", key=topic.pk)
    chief_client.post(address(topic), {**sent, "name": "Theirs"})

    page = editor_client.get(address(topic) + "?_unsaved=1")
    editor_client.post(address(topic), as_sent(page))

    assert found(page)["Name"] == ("Theirs", "Mine")
    assert Topic.objects.get().name == "Mine"


def test_text_that_only_a_colleague_changed_since_is_not_offered(
    editor_client: Client, editor: User, chief_client: Client
) -> None:
    topic = factories.make_topic(name="Space", description="Old")
    sent = as_sent(editor_client.get(address(topic)))
    leave(editor_client, editor, {**sent, "description": ["Mine"]}, form="newsroom.topic", key=topic.pk)
    chief_client.post(address(topic), {**sent, "name": "Theirs"})

    page = editor_client.get(address(topic))
    again = editor_client.get(address(topic) + "?_unsaved=1")
    editor_client.post(address(topic), as_sent(again))

    assert (offered(page), found(again)) == ({"Description": "Mine"}, {})
    assert Topic.objects.values_list("name", "description").get() == ("Theirs", "Mine")


def test_two_windows_that_add_keep_a_text_each(editor_client: Client, editor: User) -> None:
    where = reverse("admin:newsroom_topic_add")
    for name in ("First", "Second"):
        sent = as_sent(editor_client.get(where), name=name)
        leave(editor_client, editor, sent, form="newsroom.topic")

    newest = editor_client.get(where)
    back = editor_client.get(where + way(newest, "href"))
    editor_client.post(where, as_sent(back, slug="second"))
    older = editor_client.get(where)

    assert [[offer["Name"] for offer in offers(page)] for page in (newest, older)] == [["Second", "First"], ["First"]]
    assert [topic.name for topic in Topic.objects.all()] == ["Second"]


def test_earlier_text_stays_while_another_is_typed(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic(name="Space")
    for name in ("Earlier", "Later"):
        sent = as_sent(editor_client.get(address(topic)), name=name)
        leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)
    both = editor_client.get(address(topic))

    editor_client.post(address(topic), sent)
    earlier = editor_client.get(address(topic))
    back = editor_client.get(address(topic) + way(earlier, "href"))
    editor_client.post(address(topic), as_sent(back))

    assert [offers(page) for page in (both, earlier)] == [
        [{"Name": "Later"}, {"Name": "Earlier"}],
        [{"Name": "Earlier"}],
    ]
    assert (Topic.objects.get().name, Typed.objects.count()) == ("Earlier", 0)


def test_text_brought_back_goes_on_in_its_place(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic(name="Space")
    sent = as_sent(editor_client.get(address(topic)), name="Half")
    leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)
    back = editor_client.get(address(topic) + way(editor_client.get(address(topic)), "href"))

    leave(editor_client, editor, as_sent(back, name="Whole"), form="newsroom.topic", key=topic.pk)

    assert [typed.fields["name"] for typed in Typed.objects.all()] == [["Whole"]]


@pytest.mark.parametrize("asked_by", ["page", "script"])
def test_text_of_one_window_is_discarded_alone(asked_by: str, editor_client: Client, editor: User) -> None:
    where = reverse("admin:newsroom_topic_add")
    for name in ("First", "Second"):
        leave(editor_client, editor, as_sent(editor_client.get(where), name=name), form="newsroom.topic")
    page = editor_client.get(where)
    discard, standing = way(page, "formaction"), as_sent(page, name="In the form")

    if asked_by == "script":
        editor_client.post(f"{discard}&user={editor.pk}", {"_discard": "1"})
    else:
        editor_client.post(discard, {**standing, "_discard": "1"})

    kept = [typed.fields["name"] for typed in Typed.objects.order_by("pk")]
    assert kept == ([["First"]] if asked_by == "script" else [["First"], ["In the form"]])


def test_text_is_not_discarded_for_who_was_signed_in_before(editor_client: Client, editor: User, chief: User) -> None:
    topic = factories.make_topic()
    leave(editor_client, editor, {"name": ["Mine"]}, form="newsroom.topic", key=topic.pk)
    where = f"{reverse('admin:typed')}?form=newsroom.topic&id={topic.pk}&slot=&user={chief.pk}"

    status = editor_client.post(where, {"_discard": "1"}).status_code

    assert (status, Typed.objects.count()) == (409, 1)


@pytest.mark.parametrize("slot", ["", "x" * 17, "a b", "별", "1/../2"])
def test_window_without_a_key_of_its_own_keeps_its_text(slot: str, editor_client: Client, editor: User) -> None:
    status = leave(editor_client, editor, {"name": ["x"], "_slot": [slot]}, form="newsroom.topic")

    assert (status, Typed.objects.get().object_id) == (200, "")


def test_text_that_is_what_stands_is_not_offered(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic(name="Space")
    leave(editor_client, editor, as_sent(editor_client.get(address(topic))), form="newsroom.topic", key=topic.pk)

    assert offered(editor_client.get(address(topic))) is None


def test_save_forgets_the_text_of_its_own_form_alone(editor_client: Client, editor: User) -> None:
    other, saved = factories.make_topic(), factories.make_topic()
    for topic in (other, saved):
        sent = as_sent(editor_client.get(address(topic)), name=f"Mine {topic.pk}")
        leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)

    editor_client.post(address(saved), sent)

    assert [typed.fields["name"] for typed in Typed.objects.all()] == [[f"Mine {other.pk}"]]


def test_refused_save_keeps_the_text(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    sent = as_sent(editor_client.get(address(topic)), name="Mine")
    leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)

    editor_client.post(address(topic), {**sent, "slug": ""})

    assert Typed.objects.get().fields["name"] == ["Mine"]


def test_text_of_a_record_to_be_added_is_offered_and_goes_with_it(editor_client: Client, editor: User) -> None:
    add = reverse("admin:newsroom_topic_add")
    sent = as_sent(editor_client.get(add), name="Space", slug="space")
    leave(editor_client, editor, sent, form="newsroom.topic")

    page, back = editor_client.get(add), editor_client.get(add + "?_unsaved=1")
    editor_client.post(add, as_sent(back))

    assert (offered(page), Topic.objects.get().name) == ({"Name": "Space", "Slug": "space"}, "Space")
    assert Typed.objects.count() == 0


def test_text_is_discarded_without_a_script(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    sent = as_sent(editor_client.get(address(topic)), name="Mine")
    leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)

    where = way(editor_client.get(address(topic)), "formaction")
    answer = editor_client.post(where, {**sent, "_discard": "1"})

    assert (answer.url, Typed.objects.count()) == (address(topic), 0)  # type: ignore[attr-defined]


def test_text_left_again_takes_the_place_of_the_former(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    for name in ("One", "Two"):
        leave(editor_client, editor, {"name": [name]}, form="newsroom.topic", key=topic.pk)

    assert [typed.fields["name"] for typed in Typed.objects.all()] == [["Two"]]


@pytest.mark.parametrize(
    ("form", "key"), [("", ""), ("x", ""), ("no.such", ""), ("newsroom.typed", ""), ("newsroom.topic", "999"),
                      ("newsroom.topic", "x"), ("newsroom.topic", "9" * 40)]
)  # fmt: skip
def test_form_that_is_none_keeps_nothing(form: str, key: str, editor_client: Client, editor: User) -> None:
    assert (leave(editor_client, editor, {}, form=form, key=key), Typed.objects.count()) == (404, 0)


def test_form_that_one_may_not_fill_in_keeps_nothing(photo_editor_client: Client, photo_editor: User) -> None:
    topic = factories.make_topic()

    statuses = [leave(photo_editor_client, photo_editor, {}, form="newsroom.topic", key=key) for key in (topic.pk, "")]

    assert (statuses, Typed.objects.count()) == ([403, 403], 0)


def test_form_of_who_was_signed_in_before_keeps_nothing(editor_client: Client, chief: User) -> None:
    topic = factories.make_topic()

    status = leave(editor_client, chief, {"name": ["x"]}, form="newsroom.topic", key=topic.pk)

    assert (status, Typed.objects.count()) == (409, 0)


@pytest.mark.parametrize(
    "sent", [{"name": ["x" * unsaved.LONGEST]}, {"name": ["a\0b"]}, {"na\0me": ["x"]}, {"_opened": ["a\0b"]}]
)
def test_text_that_cannot_be_kept_is_refused(sent: Any, editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()

    status = leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)

    assert (status, Typed.objects.count()) == (413, 0)


def test_autosave_is_off_where_the_newsroom_wants_none(editor_client: Client, editor: User, settings: Settings) -> None:
    settings.AUTOSAVE = False
    topic = factories.make_topic()

    page = editor_client.get(address(topic))
    status = leave(editor_client, editor, {"name": ["x"]}, form="newsroom.topic", key=topic.pk)

    assert ("data-typed" in page.content.decode(), status, Typed.objects.count()) == (False, 413, 0)


def test_token_is_kept_out_of_what_is_remembered(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    sent = {"name": ["x"], "csrfmiddlewaretoken": ["t"], "_save": ["Save"], "_version": ["3"]}

    leave(editor_client, editor, sent, form="newsroom.topic", key=topic.pk)

    assert Typed.objects.values_list("fields", "version").get() == ({"name": ["x"], "_version": ["3"]}, 3)


@pytest.mark.parametrize("fields", [{"name": ["a\ud800b"]}, {"na\udfffme": ["x"]}])
def test_half_a_sign_is_refused(fields: Any, editor: User) -> None:
    assert unsaved.Drawer(editor, "newsroom.topic", "1").keep(fields, at=timezone.now()) is False


def test_text_that_nobody_came_back_for_is_forgotten(editor: User) -> None:
    now = timezone.now()
    unsaved.Drawer(editor, "newsroom.topic", "1").keep({"name": ["x"]}, at=now - unsaved.KEPT_FOR * 1.1)
    unsaved.Drawer(editor, "newsroom.topic", "2").keep({"name": ["x"]}, at=now)

    assert (unsaved.forget_old(now), Typed.objects.get().object_id) == (1, "2")


# A session that ends


def log_in(client: Client, user: User, page: HttpResponse) -> HttpResponse:
    """From the log-in page that one was led to, with all that it carries."""
    user.set_password(PASSWORD)
    user.save()
    return client.post(reverse("admin:login"), {**at_the_door(page), "username": user.username, "password": PASSWORD})  # type: ignore[return-value]


def at_the_door(page: HttpResponse) -> dict[str, str]:
    """The hidden fields of the log-in page."""
    fields = re.findall(r'<input type="hidden" name="(next|carried)" value="([^"]*)"', page.content.decode())
    return {name: html.unescape(value) for name, value in fields}


@pytest.mark.parametrize("page", ["change", "add"])
def test_form_sent_after_the_session_ended_is_offered_after_the_login(
    page: str, editor_client: Client, editor: User
) -> None:
    row: Model = factories.make_topic()
    where = address(row) if page == "change" else reverse("admin:newsroom_topic_add")
    sent = as_sent(editor_client.get(where), name="Long & dear", slug="dear")
    editor_client.logout()

    door = editor_client.post(where, sent)
    answer = log_in(editor_client, editor, door)

    assert "What you typed is kept" in door.content.decode()
    assert answer.url == where  # type: ignore[attr-defined]
    assert offered(editor_client.get(where))["Name"] == "Long & dear"


def test_form_sent_after_the_session_ended_survives_a_wrong_password(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    sent = as_sent(editor_client.get(address(topic)), name="Mine")
    editor_client.logout()

    door = editor_client.post(address(topic), sent)
    wrong = {**at_the_door(door), "username": editor.username, "password": "wrong"}
    again = editor_client.post(reverse("admin:login"), wrong)
    log_in(editor_client, editor, again)

    assert offered(editor_client.get(address(topic))) == {"Name": "Mine"}


def test_form_sent_after_the_session_ended_is_not_for_another(editor_client: Client, chief: User) -> None:
    topic = factories.make_topic()
    sent = as_sent(editor_client.get(address(topic)), name="Mine")
    editor_client.logout()

    log_in(editor_client, chief, editor_client.post(address(topic), sent))

    assert Typed.objects.count() == 0


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"back": 3}',
        '{"back": "/none/", "fields": {}, "user": "1"}',
        '{"back": "/admin/", "fields": {}, "user": "1"}',
        '{"back": "/admin/newsroom/topic/add/", "fields": []}',
        '{"back": "https://example.org/admin/newsroom/topic/add/", "fields": {"note": ["x"]}, "user": "1"}',
        '{"back": "//example.org/admin/", "fields": {"note": ["x"]}, "user": "1"}',
        '{"back": "/admin/newsroom/topic/add/", "fields": {"na\\u0000me": ["x"]}, "user": "1"}',
        '{"back": "/admin/newsroom/topic/add/", "fields": {"name": ["\\ud800"]}, "user": "1"}',
    ],
)
def test_login_that_carries_nonsense_is_a_login(carried: str, editor: User) -> None:
    client, carried = Client(), carried.replace('"user": "1"', f'"user": "{editor.pk}"')
    editor.set_password(PASSWORD)
    editor.save()

    sent = {"username": editor.username, "password": PASSWORD, "carried": carried, "next": "/admin/"}
    answer = client.post(reverse("admin:login"), sent)

    assert (answer.status_code, Typed.objects.count()) == (302, 0)


def test_visitor_who_sends_no_form_is_led_to_the_login_as_ever(client: Client) -> None:
    topic = factories.make_topic()

    answer = client.post(address(topic), {"name": "x"})

    assert answer.url == f"{reverse('admin:login')}?next={address(topic)}"  # type: ignore[attr-defined]


def test_form_that_outlived_a_login_elsewhere_shows_what_was_typed(editor: User) -> None:
    topic = factories.make_topic(name="Space")
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    sent = as_sent(client.get(address(topic)), name="Long and dear", csrfmiddlewaretoken="x" * 32)

    answer = client.post(address(topic), sent)

    assert (answer.status_code, Topic.objects.get().name) == (403, "Space")
    assert {"label": "Name", "text": "Long and dear"} in answer.context["texts"]


def test_form_of_a_stranger_without_a_token_is_refused_as_ever(client: Client) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(reverse("admin:newsroom_topic_add"), {"name": "x", "_version": "0"})

    assert [template.name for template in answer.templates][:1] == ["403_csrf.html"]


def test_form_sent_without_any_cookie_is_carried_over_the_login(editor: User) -> None:
    topic = factories.make_topic(name="Space")
    opened, bare = Client(), Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    opened.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    sent = as_sent(opened.get(address(topic)), name="Mine")

    door = bare.post(address(topic), sent)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', door.content.decode())
    assert token is not None
    editor.set_password(PASSWORD)
    editor.save()
    fields = {"username": editor.username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    answer = bare.post(reverse("admin:login"), {**at_the_door(door), **fields})

    assert (door.status_code, answer.url) == (200, address(topic))  # type: ignore[attr-defined]
    assert offered(bare.get(address(topic))) == {"Name": "Mine"}


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", ""])
def test_form_of_a_foreign_page_is_not_carried(origin: str, editor: User) -> None:
    bare = Client(enforce_csrf_checks=True, headers={"origin": origin})

    answer = bare.post(reverse("admin:newsroom_topic_add"), {"name": "x", "_version": "0", "_user": str(editor.pk)})

    assert [template.name for template in answer.templates][:1] == ["403_csrf.html"]


# Words on other pages of the desk


def do(verb: str, row: Model) -> str:
    return f"{reverse('admin:articles_article_do', args=[verb])}?id={row.pk}"


def shown_after_login(client: Client, user: User, where: str, sent: Any) -> tuple[Any, str]:
    """The texts on the page that follows the log-in, and whereto it leads back."""
    client.logout()
    answer = log_in(client, user, client.post(where, sent))
    return answer.context["texts"], answer.context["back"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("verb", "state", "typed", "shown"),
    [
        ("return", "review", {"note": "Shorter & dearer"}, [("Note", "Shorter & dearer")]),
        (
            "withdraw",
            "published",
            {"act": "kill", "public_note": "Wrong", "private_note": "Very"},
            [("Public reason", "Wrong"), ("Reason for the desk", "Very")],
        ),
        ("correct", "published", {"note": "It was a wombat."}, [("Note", "It was a wombat.")]),
    ],
)
def test_reason_sent_after_the_session_ended_is_shown_after_the_login(
    verb: str, state: str, typed: Any, shown: list[tuple[str, str]], chief_client: Client, chief: User
) -> None:
    article = in_state(state)
    page = chief_client.get(do(verb, article))
    sent = as_sent(page, **typed)

    texts, back = shown_after_login(chief_client, chief, reverse("admin:articles_article_do", args=[verb]), sent)
    again = chief_client.get(back)

    assert [(one["label"], one["text"]) for one in texts] == shown
    assert [one.row for one in again.context["open"]] == [article]
    assert (Article.objects.get().state, again.context["open"][0].result) == (article.state, "")


def test_comment_sent_after_the_session_ended_is_shown_after_the_login(chief_client: Client, chief: User) -> None:
    article = factories.make_article()
    where = reverse("admin:articles_article_talk", args=[article.pk])
    sent = {"text": "Who says so?", "field": "headline", "act": "start", "_user": str(chief.pk)}
    page = chief_client.get(where).content.decode()

    texts, back = shown_after_login(chief_client, chief, where, sent)

    assert f'<input type="hidden" name="_user" value="{chief.pk}">' in page
    assert (texts, back) == ([{"label": "Comment", "text": "Who says so?"}], where)
    assert article.threads.count() == 0


def test_reason_sent_after_the_session_ended_is_not_for_another(
    chief_client: Client, chief: User, editor: User
) -> None:
    article = in_state("review")
    sent = as_sent(chief_client.get(do("return", article)), note="Mine")
    chief_client.logout()

    door = chief_client.post(reverse("admin:articles_article_do", args=["return"]), sent)
    answer = log_in(chief_client, editor, door)

    assert (answer.status_code, "Mine" in answer.content.decode()) == (302, False)


def test_reason_with_a_stale_token_is_there_to_be_copied(chief: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    article = in_state("review")
    sent = as_sent(client.get(do("return", article)), note="Shorter", csrfmiddlewaretoken="x" * 32)

    answer = client.post(reverse("admin:articles_article_do", args=["return"]), sent)

    assert (answer.status_code, answer.context["texts"]) == (403, [{"label": "Note", "text": "Shorter"}])


def test_form_of_a_record_that_is_gone_is_shown_after_the_login(editor_client: Client, editor: User) -> None:
    topic = factories.make_topic()
    where, sent = address(topic), as_sent(editor_client.get(address(topic)), name="Mine")
    topic.delete()

    texts, _back = shown_after_login(editor_client, editor, where, sent)

    assert {"label": "Name", "text": "Mine"} in texts


def test_password_is_never_carried(chief_client: Client, chief: User) -> None:
    chief_client.logout()

    door = chief_client.post(reverse("admin:password_change"), {"old_password": "secret words", "_user": str(chief.pk)})

    assert "secret words" not in door.content.decode()


def test_token_is_given_to_who_is_signed_in(editor_client: Client, editor: User, client: Client) -> None:
    answer = editor_client.get(reverse("admin:typed"))
    stranger = client.get(reverse("admin:typed"))

    assert (answer.json()["user"], len(answer.json()["token"]), stranger.status_code) == (str(editor.pk), 64, 302)


def test_no_permission_of_the_desk_reaches_what_others_typed() -> None:
    codenames = Permission.objects.filter(group__isnull=False).values_list("codename", flat=True)

    assert [codename for codename in codenames if codename.endswith(("_typed", "_presence"))] == []


def test_text_that_is_brought_back_goes_on_beside_the_window_in_which_it_was_typed(
    editor_client: Client, editor: User
) -> None:
    article = factories.make_article(headline="Stands")
    first = as_sent(editor_client.get(address(article)), headline="First")
    leave(editor_client, editor, first, form="articles.article", key=article.pk)
    brought = way(editor_client.get(address(article)), "href")
    second = as_sent(editor_client.get(address(article) + brought), headline="Second")
    leave(editor_client, editor, second, form="articles.article", key=article.pk)
    leave(editor_client, editor, {**first, "headline": "First, gone on"}, form="articles.article", key=article.pk)

    editor_client.post(address(article), second)

    assert Article.objects.get().headline == "Second"
    assert [typed.fields["headline"] for typed in Typed.objects.all()] == [["First, gone on"]]


def test_text_is_offered_though_a_row_in_it_has_gone(editor_client: Client, editor: User) -> None:
    article = factories.make_article(headline="Stands")
    mention = Mention.objects.create(article=article, person=factories.make_person())
    sent = as_sent(editor_client.get(address(article)), headline="Typed")
    leave(editor_client, editor, sent, form="articles.article", key=article.pk)
    mention.delete()

    page = editor_client.get(address(article))

    assert page.status_code == 200
    assert [offer["Headline"] for offer in offers(page)] == ["Typed"]


def test_texts_that_say_the_same_hide_no_other(editor_client: Client, editor: User) -> None:
    article = factories.make_article(headline="Stands")
    for headline in ("Said once", *["Stands"] * 10):
        sent = as_sent(editor_client.get(address(article)), headline=headline)
        leave(editor_client, editor, sent, form="articles.article", key=article.pk)

    page = editor_client.get(address(article))

    assert len(offers(page)) == 1
    assert Typed.objects.count() == 2
