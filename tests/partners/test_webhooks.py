"""Webhooks: owed in the transaction of the change, told under a lease, signed, never sent where they must not go."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from newsroom import changes
from newsroom.models import Topic
from newsroom.partners.models import Package, Partner, Scope
from newsroom.partners.webhooks import addresses, calling, outbox, sending
from newsroom.partners.webhooks.models import Delivery, Webhook
from tests import factories
from tests.partners.conftest import Api, client_of, make_package, make_partner

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


@dataclass
class Endpoint:
    """A partner's server on this machine; it answers with `status` and keeps what it was sent."""

    url: str
    status: int = 204
    location: str = ""
    received: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    is_slow: bool = False

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _headers, body in self.received]


@pytest.fixture
def open_endpoint(settings: Settings) -> Iterator[Callable[..., Endpoint]]:
    settings.WEBHOOKS_MAY_BE_LOCAL = True
    servers: list[tuple[ThreadingHTTPServer, Endpoint]] = []

    def open_one(**over: Any) -> Endpoint:
        endpoint = Endpoint("", **over)

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
                if endpoint.is_slow:
                    endpoint.released.wait(20)
                self.send_response(endpoint.status)
                if endpoint.location:
                    self.send_header("Location", endpoint.location)
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Not a word."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/hook?of=us"
        servers.append((server, endpoint))
        return endpoint

    yield open_one
    for server, endpoint in servers:
        endpoint.released.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def endpoint(open_endpoint: Callable[..., Endpoint]) -> Endpoint:
    return open_endpoint()


@pytest.fixture
def partner(everything: Package) -> Partner:
    return make_partner(everything, licence_starts_at=NOW - dt.timedelta(days=1))


def make_webhook(partner: Partner, endpoint: Endpoint, **over: Any) -> Webhook:
    return Webhook.objects.create(partner=partner, url=endpoint.url, not_before=NOW, **over)


def change(topic: Topic, name: str) -> None:
    with changes.recording() as record:
        record.touch(topic)
        topic.name = name
        topic.save()


def verified(secret: str, headers: dict[str, str], body: bytes) -> list[bool]:
    """Each signature of a message, computed as the standard says and not as we do."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    key = base64.b64decode(secret.split("_", 1)[1])
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return [one == f"v1,{expected}" for one in headers["webhook-signature"].split(" ")]


def test_ten_changes_are_one_message(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint)
    topic = factories.make_topic(is_public=True)
    for number in range(9):
        change(topic, f"Cables {number}")

    tried = sending.deliver(NOW), sending.deliver(NOW)

    assert tried == (1, 0)
    assert [(body["type"], body["data"]["head"]) for body in endpoint.bodies] == [("feed.changed", changes.head().seq)]
    webhook.refresh_from_db()
    assert (webhook.owed, webhook.told) == (10, 10)


def test_cursor_of_a_message_is_one_that_the_api_takes(partner: Partner, endpoint: Endpoint) -> None:
    make_webhook(partner, endpoint)
    topic = factories.make_topic(is_public=True)
    sending.deliver(NOW)
    change(topic, "Cables")

    found, _cursor = Api.of(partner).follow(endpoint.bodies[0]["data"]["cursor"])

    assert [one["object"]["name"] for one in found] == ["Cables"]


def test_what_is_rolled_back_is_owed_to_nobody(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint)

    with transaction.atomic():
        outbox.owe_partner(partner.pk)
        transaction.set_rollback(True)

    webhook.refresh_from_db()
    assert (webhook.owed, sending.deliver(NOW)) == (0, 0)


def test_partner_hears_nothing_of_what_it_never_could_see(endpoint: Endpoint) -> None:
    partner = make_partner(make_package(kinds=["event"]), licence_starts_at=NOW - dt.timedelta(days=1))
    webhook = make_webhook(partner, endpoint)

    factories.make_topic(is_public=True)

    webhook.refresh_from_db()
    assert webhook.owed == 0


def test_change_costs_one_statement_however_many_endpoints(partner: Partner, endpoint: Endpoint) -> None:
    topic = factories.make_topic(is_public=True)
    entries = list(changes.Change.objects.filter(object_id=topic.uuid))
    for number in range(5):
        Webhook.objects.create(partner=partner, url=f"{endpoint.url}&n={number}")

    with CaptureQueriesContext(connection) as captured:
        outbox.owe_changes(entries)

    assert len(captured) == 1
    assert list(Webhook.objects.values_list("owed", flat=True)) == [1] * 5


def test_message_is_signed_by_the_standard(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)

    sending.deliver(NOW)

    headers, body = endpoint.received[0]
    assert verified(webhook.secret, headers, body) == [True]
    assert headers["webhook-timestamp"] == str(int(NOW.timestamp()))


def test_rotated_secrets_both_sign_for_a_week(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    former = webhook.secret

    new = outbox.rotate(webhook, at=NOW)
    sending.deliver(NOW)

    headers, body = endpoint.received[0]
    assert (verified(new, headers, body), verified(former, headers, body)) == ([True, False], [False, True])
    assert webhook.secrets(NOW + outbox.OVERLAP) == [new]


def test_failure_is_tried_again_under_the_same_id(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    endpoint.status = 500
    sending.deliver(NOW)
    endpoint.status = 204

    tried = [sending.deliver(NOW + dt.timedelta(seconds=late)) for late in (4, 5, 6)]

    assert tried == [0, 1, 0]
    assert len({headers["webhook-id"] for headers, _body in endpoint.received}) == 1
    webhook.refresh_from_db()
    assert (webhook.told, webhook.attempts, webhook.failing_since) == (1, 0, None)
    assert list(webhook.deliveries.values_list("status", "failure")) == [(204, ""), (500, "answered 500")]


def test_delays_grow_to_half_a_day() -> None:
    found = [sending.delay(attempts).total_seconds() for attempts in (0, 1, 2, 6, 7, 1000)]

    assert found == [5, 20, 80, 20480, 43200, 43200]


def test_endpoint_that_fails_for_three_days_is_paused(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    endpoint.status = 503
    at, tried = NOW, 0
    while webhook.state == Webhook.State.WORKING:
        sending.deliver(at)
        webhook.refresh_from_db()
        at, tried = webhook.not_before, tried + 1

    assert (webhook.state, tried) == (Webhook.State.PAUSED, 14)
    assert at - NOW < sending.PATIENCE + 2 * sending.LONGEST_DELAY
    assert sending.deliver(at) == 0


def test_gone_ends_the_webhook_at_once(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    endpoint.status = 410

    sending.deliver(NOW)

    webhook.refresh_from_db()
    assert (webhook.state, sending.deliver(NOW + sending.LONGEST_DELAY)) == (Webhook.State.ENDED, 0)


def test_gone_in_answer_to_a_test_ends_it_too(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, is_test_owed=True)
    endpoint.status = 410

    sending.deliver(NOW)

    webhook.refresh_from_db()
    assert (webhook.state, webhook.is_test_owed) == (Webhook.State.ENDED, False)


def test_resumed_webhook_hears_at_once_what_it_missed(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=3, state=Webhook.State.PAUSED, attempts=9)

    outbox.resume(webhook, at=NOW)
    sending.deliver(NOW)

    webhook.refresh_from_db()
    assert (webhook.told, webhook.state) == (3, Webhook.State.WORKING)


def test_test_reaches_a_paused_endpoint_and_pays_nothing_else(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=3, state=Webhook.State.PAUSED)

    outbox.owe_test(webhook, at=NOW)
    tried = sending.deliver(NOW), sending.deliver(NOW)

    webhook.refresh_from_db()
    assert (tried, [body["type"] for body in endpoint.bodies]) == ((1, 0), ["webhook.test"])
    assert (webhook.told, webhook.is_test_owed, webhook.state) == (0, False, Webhook.State.PAUSED)


def test_suspended_partner_is_told_nothing_until_it_is_not(partner: Partner, endpoint: Endpoint) -> None:
    make_webhook(partner, endpoint, owed=1)
    Partner.objects.update(is_suspended=True)
    while_suspended = sending.deliver(NOW)
    Partner.objects.update(is_suspended=False)

    assert (while_suspended, sending.deliver(NOW)) == (0, 1)


def test_sender_that_dies_leaves_the_message_to_the_next(partner: Partner, endpoint: Endpoint) -> None:
    make_webhook(partner, endpoint, owed=1)
    list(sending._take(NOW, 1))  # and here it dies

    tried = sending.deliver(NOW), sending.deliver(NOW + sending.LEASE)

    assert (tried, len(endpoint.received)) == ((0, 1), 1)


def test_news_during_a_call_is_told_by_the_next(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    (message,) = sending._take(NOW, 1)
    outbox.owe_partner(partner.pk)
    sending._record(message, sending._call(message, NOW), NOW)

    sending.deliver(NOW)

    webhook.refresh_from_db()
    assert (webhook.told, len(endpoint.received)) == (2, 2)


def test_slow_endpoint_delays_nobody(
    monkeypatch: pytest.MonkeyPatch, partner: Partner, open_endpoint: Callable[..., Endpoint]
) -> None:
    monkeypatch.setattr(calling, "PATIENCE", 3.0)
    slow, quick = open_endpoint(is_slow=True), open_endpoint()
    dead = make_webhook(partner, slow, owed=1)
    alive = make_webhook(partner, quick, owed=1)

    sending.deliver(NOW)

    order = list(Delivery.objects.order_by("pk").values_list("webhook", flat=True))
    assert order == [alive.pk, dead.pk]
    assert Delivery.objects.get(webhook=dead).failure.startswith("TimeoutError")


def test_endpoints_that_fail_leave_room_for_the_others(
    monkeypatch: pytest.MonkeyPatch, partner: Partner, open_endpoint: Callable[..., Endpoint]
) -> None:
    monkeypatch.setattr(calling, "PATIENCE", 3.0)
    monkeypatch.setattr(sending, "WORKERS", 2)
    monkeypatch.setattr(sending, "FAILING", 1)
    dead = {make_webhook(partner, open_endpoint(is_slow=True), owed=1, attempts=1).pk for _number in range(2)}
    alive = {make_webhook(partner, open_endpoint(), owed=1).pk for _number in range(3)}

    tried = sending.deliver(NOW)

    order = list(Delivery.objects.order_by("pk").values_list("webhook", flat=True))
    assert (tried, set(order[:3]), set(order[3:])) == (5, alive, dead)


def test_webhook_that_is_ended_during_its_call_leaves_no_trace(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    (message,) = sending._take(NOW, 1)
    webhook.delete()

    sending._record(message, sending._call(message, NOW), NOW)

    assert (len(endpoint.received), Delivery.objects.count()) == (1, 0)


def test_redirect_is_not_followed(partner: Partner, open_endpoint: Callable[..., Endpoint]) -> None:
    elsewhere = open_endpoint()
    moved = open_endpoint(status=307, location=elsewhere.url)
    webhook = make_webhook(partner, moved, owed=1)

    sending.deliver(NOW)

    assert (len(moved.received), elsewhere.received) == (1, [])
    assert webhook.deliveries.get().failure == "answered 307: redirects are not followed"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "[::1]",
        "[::]",
        "[::127.0.0.1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:8.8.8.8]",
        "[fe80::1]",
        "[fd00::1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::1]",
        "[2001:0:1::1]",
        "[2001:db8::1]",
        "[ff02::1]",
        "localhost",
        "hook.localhost.",
        "printer.local",
        "db.internal",
        "intranet",
    ],
)
def test_address_that_is_not_public_is_refused(host: str) -> None:
    with pytest.raises(addresses.Refused, match="public internet"):
        addresses.split(f"https://{host}/hook")


@pytest.mark.parametrize("host", ["8.8.8.8", "[2606:4700:4700::1111]", "example.org:8443"])
def test_public_address_is_taken(host: str) -> None:
    assert addresses.split(f"https://{host}/hook").netloc == host


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://",
        "https://doe:secret@example.org/",
        "https://example.org/#here",
        "https://example.org:0/",
        "https://example.org:x/",
        "https://example.org/\r\nHost: other",
        "https://exämple.org/",
        "https://[::1/",
    ],
)
def test_address_that_cannot_be_called_is_refused(url: str) -> None:
    with pytest.raises(addresses.Refused):
        addresses.split(url)


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:169.254.169.254"]])
def test_name_that_leads_into_our_own_network_is_refused_after_dns(
    monkeypatch: pytest.MonkeyPatch, found: list[str]
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: [(0, 0, 0, "", (one, 443)) for one in found])

    outcome = calling.post("https://partner.example.org/hook", {}, b"{}")

    assert outcome.status is None
    assert outcome.failure.startswith("refused: This host is not on the public internet")


def test_partner_makes_lists_and_ends_a_webhook(partner: Partner) -> None:
    client = client_of(partner)
    made = client.post("/api/v1/webhooks/", {"url": "https://example.org/hook"}, content_type="application/json")

    listed = client.get("/api/v1/webhooks/").json()["results"]
    ended = client.delete(f"/api/v1/webhooks/{made.json()['id']}/")

    assert (made.status_code, made.json()["secret"][:6], ended.status_code) == (201, "whsec_", 204)
    assert listed == [{name: value for name, value in made.json().items() if name != "secret"}]
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "named"),
    [
        ({"url": "https://10.0.0.1/"}, ["url"]),
        ({"url": "http://example.org/"}, ["url"]),
        ({}, ["url"]),
        ({"url": 5}, ["url"]),
        ({"url": "https://example.org/", "colour": "x"}, ["colour"]),
        ([], ["url"]),
    ],
)
def test_bad_webhook_is_refused_by_the_name_of_its_field(partner: Partner, sent: Any, named: list[str]) -> None:
    response = client_of(partner).post("/api/v1/webhooks/", json.dumps(sent), content_type="application/json")

    assert (response.status_code, [one["parameter"] for one in response.json()["errors"]]) == (400, named)
    assert Webhook.objects.count() == 0


def test_same_address_twice_is_refused(partner: Partner) -> None:
    Webhook.objects.create(partner=partner, url="https://example.org/hook")

    response = client_of(partner).post(
        "/api/v1/webhooks/", {"url": "https://example.org/hook"}, content_type="application/json"
    )

    assert [one["parameter"] for one in response.json()["errors"]] == ["url"]


@pytest.mark.parametrize(
    "act", [("get", ""), ("delete", ""), ("post", "test/"), ("post", "rotate/"), ("post", "resume/")]
)
def test_other_partners_webhook_is_not_there(partner: Partner, everything: Package, act: tuple[str, str]) -> None:
    theirs = Webhook.objects.create(partner=make_partner(everything), url="https://example.org/hook")
    method, verb = act

    response = getattr(client_of(partner), method)(f"/api/v1/webhooks/{theirs.uuid}/{verb}")

    assert (response.status_code, Webhook.objects.filter(is_test_owed=False, former_secret="").count()) == (404, 1)


def test_webhooks_need_a_key_for_them(client: Client, partner: Partner) -> None:
    reader = client_of(partner, scopes=[Scope.READ])

    found = [one.get("/api/v1/webhooks/").json()["type"].split("/")[-2] for one in (client, reader)]

    assert found == ["not-authenticated", "scope-missing"]


def test_partner_reads_the_log_and_has_it_sent_again(partner: Partner, endpoint: Endpoint) -> None:
    webhook = make_webhook(partner, endpoint, owed=1)
    sending.deliver(NOW)
    client = client_of(partner)
    log = client.get(f"/api/v1/webhooks/{webhook.uuid}/deliveries/").json()["results"]

    asked = client.post(f"/api/v1/webhooks/{webhook.uuid}/deliveries/{log[0]['id']}/replay/")
    sending.deliver(timezone.now())

    assert ([one["status"] for one in log], asked.status_code) == ([204], 202)
    assert len({headers["webhook-id"] for headers, _body in endpoint.received}) == 2


def test_log_is_forgotten_after_a_month(partner: Partner, endpoint: Endpoint) -> None:
    make_webhook(partner, endpoint, owed=1)
    sending.deliver(NOW)

    kept = sending.forget_old(NOW + sending.KEPT)
    gone = sending.forget_old(NOW + sending.KEPT + dt.timedelta(seconds=1))

    assert (kept, gone) == (0, 1)
