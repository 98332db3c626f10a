"""What happens to a request before its view: the tick, the language, and the version of the answer."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from newsroom import changes
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.models import Change
from newsroom.partners.conditional import canonical_query
from newsroom.website.middleware import HeadETagMiddleware, TickMiddleware
from tests import factories as make

pytestmark = pytest.mark.django_db

FEED = "/feeds/articles.atom"
NOON = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)  # in Seoul
LATER = NOON + dt.timedelta(hours=1)


@pytest.fixture
def clock() -> time_machine.Traveller:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def schedule() -> None:
    workflow.publish(make.make_article(), by=None, at=NOON, visible_from=LATER)


def break_the_head() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE newsroom_feedhead RENAME TO newsroom_feedhead_gone")


def seen_by_view(path: str) -> HttpRequest:
    requests: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse()

    TickMiddleware(view)(RequestFactory().get(path))
    return requests[0]


# The tick


def test_request_knows_the_head_of_the_feed() -> None:
    make.make_topic(is_public=True)

    assert seen_by_view("/").head == changes.head()


def test_request_for_a_file_does_not_ask_for_the_head(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        heads = [seen_by_view("/static/site.css").head, seen_by_view("/media/a.webp").head]

    assert heads == [None, None]


def test_first_request_after_the_hour_records_what_has_appeared(clock: time_machine.Traveller) -> None:
    schedule()
    before = changes.head()
    clock.move_to(LATER)

    head = seen_by_view("/").head

    assert list(Change.objects.values_list("kind", "reason")) == [("article", "published")]
    assert (head.seq, head.due_at) == (before.seq + 1, None)


def test_request_before_the_hour_records_nothing(clock: time_machine.Traveller) -> None:
    schedule()

    seen_by_view("/")

    assert Change.objects.count() == 0


def test_request_goes_on_without_a_head_that_cannot_be_read(client: Client) -> None:
    break_the_head()

    answer = client.get("/robots.txt")

    assert (answer.status_code, answer.headers.get("ETag")) == (200, None)


def test_answer_has_no_version_while_a_tick_that_fails_is_owed(client: Client, clock: time_machine.Traveller) -> None:
    schedule()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_due SET kind = 'unheard-of'")
    clock.move_to(LATER)

    answer = client.get(FEED)

    assert (answer.status_code, answer.headers.get("ETag")) == (200, None)
    assert answer.content.count(b"<entry>") == 1


# The language


@pytest.mark.parametrize(("path", "language"), [("/feeds/articles.rss", "en"), ("/ko/nowhere/", "ko")])
def test_address_alone_says_the_language(client: Client, path: str, language: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "ko" if language == "en" else "en"})

    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("language", ["en", "ko"])
def test_desk_speaks_as_its_browser_asks(client: Client, language: str) -> None:
    answer = client.get("/admin/login/", headers={"Accept-Language": language})

    assert answer.headers["Content-Language"] == language


# The version


def etag(client: Client, path: str = FEED, **options: object) -> str:
    return str(client.get(path, **options).headers["ETag"])


def test_known_version_is_not_sent_again_nor_looked_up(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = etag(client)

    with django_assert_num_queries(1):
        answer = client.get(FEED, headers={"If-None-Match": f'"other", {known}'})

    assert (answer.status_code, answer.content) == (304, b"")
    assert answer.headers["ETag"] == known
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_absence_of_a_story_to_come_is_kept_by_no_cache(client: Client, clock: time_machine.Traveller) -> None:
    schedule()

    answer = client.get(Article.objects.get().get_absolute_url())

    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-cache")


def test_refusals_and_redirects_are_asked_for_again_each_time(client: Client) -> None:
    withdrawn = make.make_article()
    workflow.publish(withdrawn, by=None, at=NOON)
    workflow.withdraw(withdrawn, by=None, at=LATER)

    answers = [
        client.get(withdrawn.get_absolute_url()),
        client.get("/", headers={"Host": "elsewhere.example"}),
        client.get("/articles"),
    ]

    assert [(one.status_code, one.headers["Cache-Control"]) for one in answers] == [
        (410, "no-cache"),
        (400, "no-cache"),
        (301, "no-cache"),
    ]


def test_page_without_a_version_is_asked_for_again_each_time(client: Client) -> None:
    break_the_head()

    answer = client.get("/robots.txt")

    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_version_moves_with_the_head(client: Client) -> None:
    before = etag(client)

    make.make_topic(is_public=True)

    assert client.get(FEED, headers={"If-None-Match": before}).status_code == 200


def test_version_moves_with_the_newsrooms_day_release_and_generation(
    client: Client, clock: time_machine.Traveller, settings: Settings
) -> None:
    make.make_topic(is_public=True)
    versions = [etag(client)]

    clock.shift(dt.timedelta(hours=12))
    versions.append(etag(client))
    settings.RELEASE = "next"
    versions.append(etag(client))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_feedhead SET generation = '6f8f3a1e-0000-4000-8000-000000000000'")
    versions.append(etag(client))

    assert len(set(versions)) == 4


def test_version_of_a_page_is_of_its_language_and_theme(client: Client) -> None:
    plain, korean = etag(client, "/topics/"), etag(client, "/ko/topics/")
    client.cookies["theme"] = "dark"
    dark = etag(client, "/topics/")
    client.cookies["theme"] = "no-such-theme"

    assert len({plain, korean, dark}) == 3
    assert etag(client, "/topics/") == plain


def test_theme_matters_to_pages_only(client: Client) -> None:
    plain = client.get(FEED)
    client.cookies["theme"] = "dark"
    dark = client.get(FEED)

    assert dark.headers["ETag"] == plain.headers["ETag"]
    assert dark.headers.get("Vary") is None
    assert "Cookie" in client.get("/topics/").headers["Vary"]


@pytest.mark.parametrize("path", ["/api/v1/docs/", "/problems/"])
def test_pages_about_the_api_look_as_the_reader_likes(client: Client, path: str) -> None:
    known = etag(client, path)
    client.cookies["theme"] = "dark"

    answer = client.get(path, headers={"If-None-Match": known})

    assert (answer.status_code, answer.headers["Vary"]) == (200, "Cookie")
    assert 'data-theme="dark"' in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "canonical"),
    [("b=2&a=1", "a=1&b=2"), ("a=2&a=1", "a=2&a=1"), ("&&a=&", "a="), ("", ""), ("%ff;=&%00", "%00&%ff;=")],
)
def test_canonical_query_sorts_names_and_parses_nothing(query: str, canonical: str) -> None:
    assert canonical_query(query) == canonical


def test_order_of_filters_does_not_matter_to_the_version(client: Client) -> None:
    assert etag(client, f"{FEED}?kind=brief&topic=x") == etag(client, f"{FEED}?topic=x&kind=brief")
    assert etag(client, f"{FEED}?kind=brief") != etag(client, f"{FEED}?kind=report")


@pytest.mark.parametrize("cookie", [django_settings.SESSION_COOKIE_NAME, "messages"])
def test_visitor_who_may_be_somebody_gets_an_answer_of_their_own(client: Client, cookie: str) -> None:
    known = etag(client)
    client.cookies[cookie] = "anything"

    answer = client.get(FEED, headers={"If-None-Match": known})

    assert (answer.status_code, answer.headers.get("ETag")) == (200, None)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_visitor_with_a_key_gets_an_answer_of_their_own(client: Client) -> None:
    answer = client.get(FEED, headers={"Authorization": "Bearer anything"})

    assert answer.headers.get("ETag") is None
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/nowhere/", "/events/none.ics", "/healthz", "/admin/login/"])
def test_answer_that_is_no_public_page_has_no_version(client: Client, path: str) -> None:
    assert client.get(path).headers.get("ETag") is None


def test_answer_to_a_post_has_no_version(client: Client) -> None:
    assert client.post(FEED).headers.get("ETag") is None


def test_answer_that_sets_a_cookie_or_its_own_rules_is_left_alone() -> None:
    def with_cookie(request: HttpRequest) -> HttpResponse:
        answer = HttpResponse()
        answer.set_cookie("mine", "1")
        return answer

    def with_rules(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "public, immutable"})

    request = RequestFactory().get("/")
    request.session = Client().session
    request.head = changes.head()

    assert HeadETagMiddleware(with_cookie)(request).headers.get("ETag") is None
    assert HeadETagMiddleware(with_rules)(request).headers["Cache-Control"] == "public, immutable"


@pytest.mark.parametrize("header", ['"', 'W/"', "**", "\x00", '"a" ' * 2000, "W/" + '"' * 3001])
def test_hostile_if_none_match_gets_the_page(client: Client, header: str) -> None:
    assert client.get(FEED, headers={"If-None-Match": header}).status_code == 200


@pytest.mark.parametrize("query", ["%ff%fe", "q=%00", "q=%ed%a0%80", "=&=&=", "a" * 5000, "from=9999-99-99", "q=%01"])
def test_hostile_query_is_answered(client: Client, query: str) -> None:
    statuses = [client.get(f"{path}?{query}").status_code for path in (FEED, "/events.ics", "/sitemap.xml")]

    assert statuses == ([400, 400, 200] if query.startswith("from") else [200, 200, 200])
