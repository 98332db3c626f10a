"""The one cookie that a reader may ask for."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.website.html import parse

pytestmark = pytest.mark.django_db


def choose(client: Client, theme: str, back: str = "/people/") -> object:
    return client.post("/preferences/", {"theme": theme, "next": back})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_theme_is_kept_in_one_cookie(client: Client, theme: str) -> None:
    answer = choose(client, theme)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/people/")
    assert list(answer.cookies) == ["theme"]
    cookie = answer.cookies["theme"]
    assert (cookie.value, cookie["samesite"], cookie["path"], cookie["secure"]) == (theme, "Lax", "/", "")


def test_cookie_is_for_https_alone_where_the_site_is(client: Client, settings: Settings) -> None:
    settings.IS_HTTPS = True

    assert choose(client, "dark").cookies["theme"]["secure"] is True


def test_auto_takes_the_cookie_back(client: Client) -> None:
    choose(client, "dark")

    answer = choose(client, "auto")

    assert (answer.cookies["theme"].value, answer.cookies["theme"]["max-age"]) == ("", 0)


def test_form_needs_no_token(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/preferences/", {"theme": "dark"}).status_code == 303


@pytest.mark.parametrize(("back", "language"), [("/people/?q=kim", "en"), ("/ko/people/", "ko")])
def test_unknown_theme_is_asked_for_again_in_the_readers_language(client: Client, back: str, language: str) -> None:
    answer = choose(client, "<script>", back)

    root = parse(answer.content.decode())
    assert (answer.status_code, root.attrib["lang"], answer.headers["Content-Language"]) == (400, language, language)
    assert [one.attrib["value"] for one in root.iterfind(".//main//input[@name='next']")] == [back]
    assert [one.attrib["value"] for one in root.iterfind(".//main//button")] == ["light", "dark", "auto"]
    assert not answer.cookies


def test_reading_it_is_refused(client: Client) -> None:
    assert client.get("/preferences/").status_code == 405


@pytest.mark.parametrize(
    "page",
    [
        "",
        "/preferences/",
        "//evil.example/",
        "/\\evil.example/",
        "https://evil.example/",
        "https:evil.example",
        "javascript:alert(1)",
        "\t//evil.example/",
        "http://testserver.evil.example/",
        " https://evil.example",
    ],
)
def test_way_back_never_leaves_the_house(client: Client, page: str) -> None:
    assert choose(client, "dark", page).headers["Location"] == "/"


def test_way_back_keeps_its_query_and_breaks_no_header(client: Client) -> None:
    assert choose(client, "dark", "/articles/?topic=a&kind=b").headers["Location"] == "/articles/?topic=a&kind=b"
    assert choose(client, "dark", "/a\r\nSet-Cookie: b=c").headers["Location"] == "/a%0D%0ASet-Cookie:%20b=c"
