"""What readers find in a story's place: unpublishing, taking down and killing are told apart."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.articles import workflow
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("act", "words", "in_korean"),
    [
        ("unpublish", "It was withdrawn by the newsroom on", "게재를 철회했습니다"),
        ("takedown", "It was taken down by the newsroom on", "기사를 내렸습니다"),
        ("kill", "The newsroom found that it was wrong and took it back on", "기사를 거두어들였습니다"),
    ],
)
def test_page_in_the_storys_place_says_by_which_act_it_left(
    act: str, words: str, in_korean: str, client: Client
) -> None:
    article, now = make_article(), timezone.now()
    workflow.publish(article, by=None, at=now - dt.timedelta(hours=1))
    workflow.withdraw(article, by=None, at=now, act=act, public_note="It named a wrong room.")

    answer = client.get(article.get_absolute_url())

    page = answer.content.decode()
    assert (answer.status_code, words in page, "It named a wrong room." in page) == (410, True, True)
    assert page.count("by the newsroom on") == (act != "kill")
    assert f"</time>에 {in_korean}." in client.get(f"/ko{article.get_absolute_url()}").content.decode()
