"""What a reader gets when something is wrong: the house's own pages, with a way on and without a query."""

from typing import NoReturn

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import path
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom.urls import handler500  # noqa: F401  as Django finds it
from newsroom.urls import urlpatterns as addresses
from tests.website.html import links, open_page, parse, texts, words


def broken(request: HttpRequest) -> NoReturn:
    raise RuntimeError("Secret of the house")


def refused(request: HttpRequest) -> NoReturn:
    raise PermissionDenied("Secret of the house")


def silent(request: HttpRequest) -> NoReturn:
    raise OperationalError("Secret of the house")


urlpatterns = [path("broken/", broken), path("refused/", refused), path("silent/", silent), *addresses]

pytestmark = pytest.mark.django_db

WAYS_ON = ["/", "/articles/", "/events/", "/people/", "/organisations/", "/topics/", "/photos/"]


@pytest.fixture
def _doors(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__


def test_missing_page_offers_a_search_and_ways_on(client: Client) -> None:
    main = open_page(client, "/nowhere/", status=404)

    assert texts(main, ".//h1") == ["This page is not here"]
    assert [form.attrib["action"] for form in main.iter("form")] == ["/search/"]
    assert list(links(main).values()) == WAYS_ON


def test_missing_page_stays_in_the_readers_language(client: Client) -> None:
    response = client.get("/ko/nowhere/")

    root = parse(response.content.decode())
    assert (response.status_code, root.attrib["lang"]) == (404, "ko")
    assert list(links(root.find(".//main")).values()) == [f"/ko{way}" for way in WAYS_ON]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/nowhere/?q=1", "/ko/nowhere/?q=1"),
        ("/ko/nowhere/", "/nowhere/"),
        ("/ko//elsewhere.example/", "/%2Felsewhere.example/"),
        ("/events/nowhere/", "/ko/events/nowhere/"),
        ("/feeds/articles.rss/", "/ko/feeds/articles.rss/"),
    ],
)
def test_missing_page_leads_to_the_same_address_in_the_other_language(client: Client, path: str, other: str) -> None:
    root = parse(client.get(path).content.decode())

    assert [one.attrib["href"] for one in root.findall(".//a[@hreflang]")] == [other]


def test_failure_leads_to_the_front_page_in_the_other_language() -> None:
    root = parse(render_to_string("500.html"))

    assert [one.attrib["href"] for one in root.findall(".//a[@hreflang]")] == ["/ko/"]


def test_unreadable_request_offers_a_way_back(client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})

    main = parse(response.content.decode()).find(".//main")
    assert response.status_code == 400
    assert words(main.find(".//h1")) == "This request makes no sense to us"
    assert list(links(main).values()) == WAYS_ON


@pytest.mark.usefixtures("_doors")
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/broken/", 500, "Something went wrong on our side"),
        ("/refused/", 403, "This page is not open to you"),
        ("/silent/", 503, "We shall be back in a minute"),
    ],
)
def test_failure_says_nothing_of_its_cause(client: Client, address: str, status: int, heading: str) -> None:
    client.raise_request_exception = False
    client.cookies["theme"] = "dark"

    answer = client.get(address)

    root = parse(answer.content.decode())
    assert (answer.status_code, root.attrib["data-theme"]) == (status, "dark")
    assert texts(root, ".//h1") == [heading]
    assert "Secret" not in words(root)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("address", ["/ko/articles/", "/search/", "/robots.txt", "/feeds/articles.atom"])
def test_page_that_is_only_read_says_that_it_takes_nothing(address: str, method: str) -> None:
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)

    root = parse(answer.content.decode())
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert (root.attrib["lang"], len(root.findall(".//main//h1"))) == ("ko" if "/ko/" in address else "en", 1)


@pytest.mark.parametrize("address", ["/", "/ko/articles/", "/robots.txt", "/feeds/articles.atom"])
def test_page_tells_how_it_may_be_asked(client: Client, address: str) -> None:
    answer = client.options(address)

    assert (answer.status_code, answer.headers["Allow"], answer.content) == (200, "GET, HEAD, OPTIONS", b"")


def test_name_that_is_tried_too_often_is_told_how_long_to_wait(client: Client) -> None:
    login, wrong = "/admin/login/", {"username": "doe", "password": "guess"}

    answers = [client.post(login, wrong, headers={"accept-language": "en"}) for _attempt in range(6)]

    root = parse(answers[-1].content.decode())
    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    assert (answers[-1].headers["Retry-After"], texts(root, ".//h1")) == ("900", ["Too many attempts to log in"])
    assert list(links(root).values()) == [login]


def test_page_that_only_takes_a_form_says_so_to_who_opens_it(client: Client) -> None:
    answer = client.get("/preferences/")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert texts(parse(answer.content.decode()), ".//h1") == ["This is no page to read"]


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "500.html", "503.html"]
)
def test_error_page_needs_neither_context_nor_database(
    django_assert_num_queries: DjangoAssertNumQueries, template: str
) -> None:
    with django_assert_num_queries(0):
        page = render_to_string(template)

    root = parse(page)
    assert root.attrib == {"lang": "en", "data-theme": "auto"}
    assert words(root.find(".//a[@class='brand']")) == "MeridianScience diplomacy, on the record"
    assert [one.attrib["content"] for one in root.iterfind(".//meta[@name='robots']")] == ["noindex"]
