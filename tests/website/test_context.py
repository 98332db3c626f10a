"""What the frame of every page knows."""

import datetime as dt

import pytest
import time_machine
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.website.context import other_languages, site


def request_for(path: str, **cookies: str) -> HttpRequest:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    return request


def test_frame_knows_the_newsroom_and_asks_no_database(
    settings: Settings, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.SITE_URL, settings.NEWSROOM_CONTACT = "https://newsroom.example", "desk@newsroom.example"

    with time_machine.travel(dt.datetime(2025, 12, 31, 15, tzinfo=dt.UTC)), django_assert_num_queries(0):
        known = site(request_for("/articles/?topic=quantum", theme="dark"))

    assert known == {
        "newsroom_name": "Meridian",
        "newsroom_tagline": "Science diplomacy, on the record",
        "newsroom_contact": "desk@newsroom.example",
        "site_url": "https://newsroom.example",
        "theme": "dark",
        "canonical_url": "https://newsroom.example/articles/",
        "locale": "en_GB",
        "other_locales": ["ko_KR"],
        "other_languages": [("ko", "한국어", "/ko/articles/?topic=quantum")],
        "alternates": [
            ("en", "https://newsroom.example/articles/"),
            ("ko", "https://newsroom.example/ko/articles/"),
            ("x-default", "https://newsroom.example/articles/"),
        ],
        "today": dt.date(2026, 1, 1),
    }


@pytest.mark.parametrize("theme", ["", "blue", "Dark", "dark; x"])
def test_unknown_theme_is_none(theme: str) -> None:
    assert site(request_for("/", theme=theme))["theme"] == ""


def test_korean_page_leads_to_the_english_one() -> None:
    with translation.override("ko"):
        assert other_languages(request_for("/ko/people/kim/")) == [("en", "English", "/people/kim/")]


def test_both_languages_name_the_same_two_addresses() -> None:
    with translation.override("ko"):
        korean = site(request_for("/ko/people/kim/"))["alternates"]

    assert korean == site(request_for("/people/kim/"))["alternates"]


@pytest.mark.parametrize("path", ["/nowhere/", "/admin/", "/articles/%00/", "/%ff/"])
def test_page_that_has_no_other_language_leads_to_none(path: str) -> None:
    assert other_languages(request_for(path)) == []


@pytest.mark.django_db
def test_page_is_framed_in_its_language(client: Client) -> None:
    page = client.get("/ko/topics/?q=a").content.decode()

    assert '<html lang="ko"' in page
    assert 'href="/topics/?q=a"' in page
