"""Who else has a record open: told by each form, believed for a minute, and never a lock."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from newsroom import presence
from newsroom.articles.models import Article
from newsroom.keeping import Presence
from newsroom.models import User
from tests import factories
from tests.desk.pages import address, as_sent

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 7, 6, 12, tzinfo=dt.UTC)
BEAT = dt.timedelta(seconds=presence.BEAT)


def attend(user: User, at: dt.datetime) -> list[tuple[User, dt.datetime]]:
    return [(one.user, one.since) for one in presence.attend(user, "articles.article", "1", at=at)]


def test_first_one_is_alone(editor: User) -> None:
    assert attend(editor, NOON) == []


def test_second_one_is_told_of_the_first_and_since_when(editor: User, chief: User) -> None:
    attend(editor, NOON)
    attend(editor, NOON + 2 * BEAT)

    assert attend(chief, NOON + 3 * BEAT) == [(editor, NOON)]


def test_silent_one_is_gone_and_comes_back_anew(editor: User, chief: User) -> None:
    attend(editor, NOON)
    later = NOON + presence.SILENCE

    assert attend(chief, later) == []
    attend(editor, later + BEAT)
    assert attend(chief, later + BEAT) == [(editor, later + BEAT)]


def test_one_who_leaves_is_gone_at_once(editor: User, chief: User) -> None:
    attend(editor, NOON)

    presence.leave(editor, "articles.article", "1")

    assert attend(chief, NOON + BEAT) == []


def test_other_record_is_another_matter(editor: User, chief: User) -> None:
    attend(editor, NOON)

    assert presence.attend(chief, "articles.article", "2", at=NOON) == []


def test_second_window_writes_nothing(editor: User) -> None:
    attend(editor, NOON)

    with CaptureQueriesContext(connection) as captured:
        attend(editor, NOON + BEAT / 4)

    assert [query["sql"].split()[0] for query in captured] == ["SELECT"]


def test_presences_of_yesterday_are_dropped_by_who_comes(editor: User, chief: User) -> None:
    attend(editor, NOON)

    attend(chief, NOON + presence.FORGOTTEN * 2)

    assert list(Presence.objects.values_list("user", flat=True)) == [chief.pk]


def say(client: Client, article: Article, **sent: str) -> dict[str, object]:
    where = f"{reverse('admin:present')}?form=articles.article&id={article.pk}"
    told: dict[str, object] = client.post(where, sent).json()
    return told


def test_form_is_told_in_words(editor_client: Client, editor: User, chief_client: Client) -> None:
    article = factories.make_article()
    say(editor_client, article)
    Presence.objects.update(since=NOON, seen_at=timezone.now())

    told = say(chief_client, article)

    noon = date_format(timezone.localtime(NOON), "TIME_FORMAT")
    assert told == {"others": [f"{editor} has this open too, since {noon}."], "saved": ""}


def test_form_that_was_left_says_so(editor_client: Client, chief_client: Client) -> None:
    article = factories.make_article()
    say(editor_client, article)

    say(editor_client, article, leave="1")

    assert say(chief_client, article) == {"others": [], "saved": ""}


def test_form_is_told_of_a_save_since_it_was_opened(editor_client: Client, chief_client: Client, chief: User) -> None:
    article = factories.make_article()
    sent = as_sent(editor_client.get(address(article)))
    chief_client.post(address(article), {**sent, "headline": "Theirs"})

    told = say(editor_client, article, _version=sent["_version"][0])["saved"]

    assert told == f"{chief}: Saved by somebody else since you opened it: your next save will show both texts."
    assert say(editor_client, article, _version="1")["saved"] == ""


def test_who_may_not_open_the_form_learns_nothing(reporter_client: Client, editor_client: Client) -> None:
    article = factories.make_article()
    say(editor_client, article)

    answer = reporter_client.post(f"{reverse('admin:present')}?form=articles.article&id={article.pk}")

    assert (answer.status_code, Presence.objects.count()) == (404, 1)


@pytest.mark.parametrize(("query", "status"), [("form=articles.article&id=", 404), ("form=x&id=1", 404), ("", 404)])
def test_form_that_is_none_has_nobody(query: str, status: int, editor_client: Client) -> None:
    assert editor_client.post(f"{reverse('admin:present')}?{query}").status_code == status
