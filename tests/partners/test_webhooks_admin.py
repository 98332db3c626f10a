"""Webhooks at the desk: made for a partner, tested, resumed, told again, and given a new secret."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom.partners.models import Delivery, Package, Partner, Webhook
from tests.partners.conftest import make_partner

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner(everything: Package) -> Partner:
    return make_partner(everything)


@pytest.fixture
def webhook(partner: Partner) -> Webhook:
    return Webhook.objects.create(partner=partner, url="https://example.org/hook", state=Webhook.State.PAUSED)


def at(page: str, *args: object) -> str:
    return reverse(f"admin:partners_webhook_{page}", args=args)


def test_chief_makes_a_webhook(chief_client: Client, partner: Partner) -> None:
    chief_client.post(at("add"), {"partner": partner.pk, "url": "https://example.org/hook", "label": "Test"})

    assert list(Webhook.objects.values_list("partner", "url", "label")) == [
        (partner.pk, "https://example.org/hook", "Test")
    ]


def test_private_address_is_refused_and_nothing_typed_is_lost(chief_client: Client, partner: Partner) -> None:
    typed = {"partner": partner.pk, "url": "https://192.168.0.1/hook", "label": "Our cellar"}

    page = chief_client.post(at("add"), typed)

    assert page.context["adminform"].form.errors == {
        "url": ["This host is not on the public internet: give one that is."]
    }
    assert b"Our cellar" in page.content
    assert Webhook.objects.count() == 0


@pytest.mark.parametrize("act", ["test", "replay", "resume", "rotate"])
def test_act_is_asked_about_before_it_is_done(chief_client: Client, webhook: Webhook, act: str) -> None:
    page = chief_client.get(at(act, webhook.pk))

    untouched = Webhook.objects.filter(is_test_owed=False, owed=webhook.owed, state="paused", secret=webhook.secret)
    assert (page.status_code, untouched.count()) == (200, 1)


@pytest.mark.parametrize(
    ("act", "changed"),
    [
        ("test", {"is_test_owed": True}),
        ("replay", {"owed": 1}),
        ("resume", {"state": "working"}),
    ],
)
def test_act_is_done_once_confirmed(
    chief_client: Client, webhook: Webhook, act: str, changed: dict[str, object]
) -> None:
    chief_client.post(at(act, webhook.pk))

    assert Webhook.objects.filter(pk=webhook.pk, **changed).count() == 1


def test_rotation_keeps_the_former_secret(chief_client: Client, webhook: Webhook) -> None:
    chief_client.post(at("rotate", webhook.pk))

    former = webhook.secret
    webhook.refresh_from_db()
    assert (webhook.former_secret, webhook.secrets(timezone.now())) == (former, [webhook.secret, former])


def test_act_is_for_whoever_may_change_webhooks(reporter_client: Client, webhook: Webhook) -> None:
    assert reporter_client.post(at("rotate", webhook.pk)).status_code == 403
    assert Webhook.objects.get().secret == webhook.secret


def test_log_shows_what_came_of_each_attempt(chief_client: Client, webhook: Webhook) -> None:
    Delivery.objects.create(
        webhook=webhook, message_id="msg_1", body="{}", attempted_at=timezone.now(), milliseconds=9, failure="refused"
    )

    page = chief_client.get(at("change", webhook.pk)).content.decode()

    assert page.count("refused") == 1
