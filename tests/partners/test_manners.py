"""How the API behaves: limits, versions, CORS, coming ends, methods, compression."""

from __future__ import annotations

import datetime as dt
import gzip
from typing import Any
from uuid import uuid4

import brotli
import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom import changes
from newsroom.partners import limits, manners
from newsroom.partners.models import Key, Package, Partner, RequestCount
from tests import factories
from tests.partners.conftest import KINDS, Api, World, client_of, make_key, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
PATHS = ["", "changes/", "export.ndjson", "openapi.json", *(f"{plural}/" for plural in KINDS)]


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


# Limits


def test_each_answer_says_what_is_left_of_the_minute(clock: Any, everything: Package) -> None:
    client = client_of(make_partner(everything, requests_per_minute=3))
    clock.shift(dt.timedelta(seconds=15))

    answers = [client.get("/api/v1/me/") for _number in range(4)]

    assert [answer["RateLimit"] for answer in answers] == [f'"minute";r={left};t=45' for left in (2, 1, 0, 0)]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"minute";q=3;w=60'}
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]


def test_too_many_requests_are_told_when_to_come_back(clock: Any, everything: Package) -> None:
    client = client_of(make_partner(everything, requests_per_minute=1))
    client.get("/api/v1/changes/")
    clock.shift(dt.timedelta(seconds=20))

    refused = client.get("/api/v1/changes/")
    clock.shift(dt.timedelta(seconds=int(refused["Retry-After"])))

    assert (refused["Content-Type"], refused["Retry-After"]) == ("application/problem+json", "40")
    assert refused.json()["type"] == "http://testserver/problems/too-many-requests/"
    assert client.get("/api/v1/changes/").status_code == 200


def test_all_keys_of_a_partner_share_its_minute_and_nobody_else_does(clock: Any, everything: Package) -> None:
    partner = make_partner(everything, requests_per_minute=2)
    clients = [client_of(partner), client_of(partner), client_of(make_partner(everything)), Client()]

    statuses = [client.get("/api/v1/").status_code for client in (*clients, clients[0])]

    assert statuses == [200, 200, 200, 200, 429]


def test_anybody_may_ask_less_often(clock: Any, settings: Any) -> None:
    settings.API_PUBLIC_RATE = 2
    addresses = ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.1"]

    statuses = [Client().get("/api/v1/", REMOTE_ADDR=address).status_code for address in addresses]

    assert statuses == [200, 200, 200, 429]


def test_no_address_of_a_visitor_is_kept(clock: Any) -> None:
    Client().get("/api/v1/", REMOTE_ADDR="192.0.2.1")

    assert "192.0.2.1" not in RequestCount.objects.get().name


def test_limit_of_zero_counts_nothing(settings: Any) -> None:
    settings.API_PUBLIC_RATE = 0

    answer = Client().get("/api/v1/")

    assert ("RateLimit" in answer, RequestCount.objects.count()) == (False, 0)


def test_counts_are_swept_after_an_hour(clock: Any) -> None:
    Client().get("/api/v1/")
    early = limits.sweep(NOON + dt.timedelta(minutes=60))

    assert (early, limits.sweep(NOON + dt.timedelta(minutes=61))) == (0, 1)


# Versions of an answer


def etag(client: Client, path: str = "changes/", **query: Any) -> str:
    return client.get(f"/api/v1/{path}", query).headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_not_modified_takes_two_queries(path: str, everything: Package, world: World) -> None:
    client = client_of(make_partner(everything))
    response = client.get(f"/api/v1/{path}")
    b"".join(response)

    with CaptureQueriesContext(connection) as captured:
        again = client.get(f"/api/v1/{path}", headers={"if-none-match": response["ETag"]})

    assert (again.status_code, again.content, len(captured)) == (304, b"", 2)
    assert (again["ETag"], again["Cache-Control"]) == (response["ETag"], "private, no-cache")
    assert "Authorization" in again["Vary"]


def test_not_modified_costs_nothing_of_the_limit(clock: Any, everything: Package) -> None:
    client = client_of(make_partner(everything, requests_per_minute=1))
    version = etag(client)

    statuses = [client.get("/api/v1/changes/", headers={"if-none-match": version}).status_code for _number in range(3)]

    assert statuses == [304, 304, 304]


def test_version_is_one_of_question_entitlement_and_head(everything: Package, world: World) -> None:
    partner = make_partner(everything)
    client = client_of(partner)
    same = {etag(client), etag(client_of(partner)), etag(client)}
    others = [etag(client_of(make_partner(everything))), etag(client, limit=5), etag(client, "topics/")]

    make_world()

    assert len({*same, *others, etag(client)}) == len(others) + 2
    assert len(same) == 1


@pytest.mark.parametrize("over", [{"revoked_at": NOON}, {"expires_at": NOON}], ids=str)
def test_version_is_asked_for_after_the_key(over: dict[str, Any], everything: Package) -> None:
    client = client_of(make_partner(everything))
    version = etag(client)
    Key.objects.update(**over)

    assert client.get("/api/v1/changes/", headers={"if-none-match": version}).status_code == 401


def test_version_ends_with_the_licence(everything: Package) -> None:
    client = client_of(make_partner(everything))
    version = etag(client)
    Partner.objects.update(is_suspended=True)

    assert client.get("/api/v1/changes/", headers={"if-none-match": version}).status_code == 403


def test_answer_about_oneself_is_kept_by_nobody(everything: Package) -> None:
    answer = client_of(make_partner(everything)).get("/api/v1/me/")

    assert (answer["Cache-Control"], "ETag" in answer) == ("private, no-store", False)


# Methods, CORS, coming ends


@pytest.mark.parametrize("path", [*PATHS, "me/"])
def test_head_says_the_same_without_a_body(path: str, everything: Package, world: World) -> None:
    client = client_of(make_partner(everything))
    read = client.get(f"/api/v1/{path}")
    b"".join(read)

    head = client.head(f"/api/v1/{path}")

    own = {"RateLimit", "X-Request-ID", "Content-Length"}
    assert {**head.headers, **dict.fromkeys(own)} == {**read.headers, **dict.fromkeys(own)}
    assert b"".join(head) == b""


def test_options_name_what_may_be_done(client: Client) -> None:
    answer = client.options("/api/v1/articles/")

    assert (answer.status_code, answer["Allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")


def test_preflight_is_answered_without_a_query(client: Client, django_assert_num_queries: Any) -> None:
    asked = {
        "origin": "https://partner.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "authorization,if-none-match",
    }

    with django_assert_num_queries(0):
        answer = client.options("/api/v1/changes/", headers=asked)

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert {"Authorization", "If-None-Match"} <= {*answer["Access-Control-Allow-Headers"].split(", ")}


@pytest.mark.parametrize(("path", "status"), [("", 200), ("nowhere/", 404), ("me/", 401), ("articles/?x=1", 400)])
def test_scripts_of_other_sites_may_read_the_answer_and_its_headers(client: Client, path: str, status: int) -> None:
    answer = client.get(f"/api/v1/{path}", headers={"origin": "https://partner.example"})

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, "*")
    assert {"ETag", "Link", "RateLimit", "Retry-After"} <= {*answer["Access-Control-Expose-Headers"].split(", ")}
    assert "Access-Control-Allow-Credentials" not in answer


def test_pages_are_read_by_no_other_site(client: Client) -> None:
    assert {"Access-Control-Allow-Origin" in client.get(path) for path in ("/", "/api/v1/docs/")} == {False}


@pytest.mark.parametrize("path", ["", "nowhere/", "changes/"])
def test_mining_is_reserved_in_every_answer(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}")["TDM-Reservation"] == "1"


def test_coming_end_is_told_from_one_setting(client: Client, settings: Any) -> None:
    settings.API_DEPRECATED = "2027-01-01/2028-01-01"

    answer = client.get("/api/v1/changes/", {"limit": 1})

    assert (answer["Deprecation"], answer["Sunset"]) == ("@1798761600", "Sat, 01 Jan 2028 00:00:00 GMT")
    assert answer["Link"].endswith('<http://testserver/api/v1/docs/>; rel="deprecation"')


def test_no_end_is_told_while_none_comes(client: Client) -> None:
    assert "Deprecation" not in client.get("/api/v1/")


@pytest.mark.parametrize("period", ["soon", "2027-01-01", "2027-01-01/later", "2027-01-01/2028-01-01/2029-01-01"])
def test_end_that_cannot_be_read_is_named(period: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="API_DEPRECATED"):
        manners.ending(period)


def test_partner_gets_its_answers_compressed(everything: Package, world: World) -> None:
    client = client_of(make_partner(everything))
    plain = client.get("/api/v1/changes/")

    packed = client.get("/api/v1/changes/", headers={"accept-encoding": "gzip"})

    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert {"Accept-Encoding", "Authorization"} <= {*packed["Vary"].split(", ")}


@pytest.mark.parametrize("moment", ["2025-12-09T10:00:00", "2025-12-09 10:00", "2025-12-09T10:00:00Z"])
def test_time_is_no_day_and_is_refused(api: Api, moment: str) -> None:
    """Lists take days of the newsroom's calendar: a time, and one without an offset above all, is never guessed at."""
    fault = api.problem("articles/", 400, **{"from": moment})["errors"][0]

    assert fault["parameter"] == "from"


def test_moments_are_written_with_their_offset(everything: Package, world: World) -> None:
    api = Api.of(make_partner(everything))

    moments = [change["changed_at"] for change in api.follow()[0]]

    assert {moment[-1] for moment in moments} == {"Z"}
    assert all(dt.datetime.fromisoformat(moment).tzinfo for moment in moments)


def test_head_of_the_feed_stands_in_the_entry_page(everything: Package, world: World) -> None:
    assert Api.of(make_partner(everything)).get("")["head"] == changes.head().seq


def test_key_in_the_address_is_refused(everything: Package) -> None:
    text = make_key(make_partner(make_package())).text

    assert Client().get("/api/v1/changes/", {"key": text}).status_code == 400


# What cannot be read


def problem(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("http://testserver/problems/").strip("/")


@pytest.mark.parametrize(
    ("body", "content_type", "found"),
    [
        ("{", "application/json", (400, "bad-body")),
        (b"\xff\xfe", "application/json", (400, "bad-body")),
        ("url=x", "application/x-www-form-urlencoded", (415, "unsupported-media-type")),
        ("<a/>", "text/xml", (415, "unsupported-media-type")),
        ('"' + "a" * 64_000 + '"', "application/json", (413, "body-too-large")),
    ],
)
def test_body_that_cannot_be_read_is_told_why(
    everything: Package, body: str | bytes, content_type: str, found: tuple[int, str]
) -> None:
    client = client_of(make_partner(everything))

    answer = client.post("/api/v1/webhooks/", body, content_type=content_type)

    assert problem(answer) == found


def test_address_that_is_too_long_is_refused_before_anything_is_asked(
    client: Client, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/api/v1/articles/", {"q": "a" * 8_000})

    assert problem(answer) == (414, "address-too-long")
    assert (answer["Access-Control-Allow-Origin"], answer["TDM-Reservation"]) == ("*", "1")


def test_host_that_we_are_not_is_refused_as_a_problem(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]

    assert problem(client.get("/api/v1/", headers={"host": "evil.example"})) == (400, "bad-request")
    assert client.get("/", headers={"host": "evil.example"})["Content-Type"].startswith("text/html")


def test_fault_of_ours_is_a_problem_too(world: World) -> None:
    changes.Change.objects.filter(kind="topic").update(document="{broken")
    client = Client(raise_request_exception=False)

    assert problem(client.get("/api/v1/topics/?format=ninjs")) == (500, "server-error")


@pytest.mark.parametrize("accept", ["application/ld+json", "application/json", "*/*"])
@pytest.mark.parametrize("detail", [False, True])
def test_linked_data_is_given_to_whoever_takes_it(client: Client, world: World, accept: str, detail: bool) -> None:
    path = f"/api/v1/events/{world.event.uuid}/" if detail else "/api/v1/events/"

    answer = client.get(f"{path}?format=jsonld", headers={"accept": accept})

    assert (answer.status_code, answer["Content-Type"]) == (
        200,
        "application/ld+json" if detail else "application/json",
    )


@pytest.mark.parametrize("known", ["{0}", '"other", {0}', '{0}, W/"other"', "{strong}"])
@pytest.mark.parametrize("is_partner", [False, True])
def test_version_is_known_among_others_weak_or_strong(everything: Package, known: str, is_partner: bool) -> None:
    client = client_of(make_partner(everything)) if is_partner else Client()
    version = etag(client, "topics/")

    asked = known.format(version, strong=version.removeprefix("W/"))

    assert client.get("/api/v1/topics/", headers={"if-none-match": asked}).status_code == 304


@pytest.mark.parametrize("is_partner", [False, True])
def test_any_version_at_all_is_known_of_what_there_is(everything: Package, world: World, is_partner: bool) -> None:
    client = client_of(make_partner(everything)) if is_partner else Client()

    answers = [
        client.get(f"/api/v1/articles/{part}", headers={"if-none-match": "*"})
        for part in ("", f"{world.article.uuid}/", f"{uuid4()}/")
    ]

    assert [answer.status_code for answer in answers] == [304, 304, 404]
    assert (answers[0].content, "ETag" in answers[0]) == (b"", True)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("br, gzip", "br"),
        ("gzip, br;q=0.5", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0", None),
        ("", None),
    ],
)
def test_anybody_gets_the_coding_that_they_take(
    client: Client, world: World, accepted: str, coding: str | None
) -> None:
    plain = client.get("/api/v1/changes/")

    packed = client.get("/api/v1/changes/", headers={"accept-encoding": accepted})

    unpacked = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding](packed.content)
    assert (packed.get("Content-Encoding"), unpacked) == (coding, plain.content)
    assert packed["Content-Length"] == str(len(packed.content))


@pytest.mark.parametrize("path", [*PATHS, "me/", "articles.atom", "events.ics", "nowhere/"])
def test_every_answer_has_the_id_of_its_request(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}", headers={"x-request-id": "partner-0001"})["X-Request-ID"] == "partner-0001"


def test_answer_of_yesterday_is_not_todays(everything: Package) -> None:
    with time_machine.travel(dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC), tick=False) as clock:
        factories.make_event(is_public=True, starts_on="2026-03-02", status="scheduled")
        client = client_of(make_partner(everything))
        first = client.get("/api/v1/events/?status=scheduled")
        clock.shift(dt.timedelta(days=2))

        later = client.get("/api/v1/events/?status=scheduled", headers={"if-none-match": first["ETag"]})

    assert (len(first.json()["results"]), later.status_code, later.json()["results"]) == (1, 200, [])
