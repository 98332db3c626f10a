"""Keys: issued once, kept as a digest, refused in every way in which they can be wrong."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from newsroom.models import User
from newsroom.partners import keys
from newsroom.partners.models import AuditEntry, Key, Package
from tests.partners.conftest import Api, World, make_key, make_partner

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def status_with(header: str) -> tuple[int, str]:
    response = Client(headers={"authorization": header}).get("/api/v1/me/")
    return response.status_code, response.json().get("type", "").rpartition("problems/")[2]


def test_key_opens_what_its_partner_may_have(everything: Package, world: World) -> None:
    partner = make_partner(everything)

    assert Api.of(partner).get("me/")["partner"] == {"id": str(partner.uuid), "name": partner.name}


def test_key_is_kept_as_a_digest_alone(everything: Package) -> None:
    issued = make_key(make_partner(everything))

    kept = " ".join(str(value) for row in Key.objects.values_list() for value in row)
    assert (issued.text in kept, issued.text.split("_")[2] in kept) == (False, False)


def test_two_keys_of_a_partner_both_work(everything: Package) -> None:
    partner = make_partner(everything)
    texts = [make_key(partner).text for _number in range(2)]

    assert [status_with(f"Bearer {text}")[0] for text in texts] == [200, 200]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer attache_00000000_" + "0" * 56, "\xff"]
)
def test_what_is_no_key_is_refused_and_never_anybody(header: str, world: World) -> None:
    assert status_with(header) == (401, "bad-key/")


def test_key_with_another_secret_is_refused(everything: Package) -> None:
    body = make_key(make_partner(everything)).text[:-8]
    forged = body[:-1] + ("0" if body[-1] != "0" else "1")

    assert status_with(f"Bearer {forged}{keys._check_sum(forged)}") == (401, "bad-key/")


def test_mistyped_key_is_refused_without_a_query(everything: Package, django_assert_num_queries: Any) -> None:
    text = make_key(make_partner(everything)).text

    with django_assert_num_queries(0):
        assert keys.find(text[:-1] + ("0" if text[-1] != "0" else "1")) is None


def test_refusal_says_how_to_prove_oneself(everything: Package) -> None:
    without = Client().get("/api/v1/me/")
    wrong = Client(headers={"authorization": "Bearer x"}).get("/api/v1/me/")

    assert without["WWW-Authenticate"] == 'Bearer realm="partners"'
    assert wrong["WWW-Authenticate"] == 'Bearer realm="partners", error="invalid_token"'


def test_revoked_key_ends_at_once(everything: Package, chief: User) -> None:
    issued = make_key(make_partner(everything))

    keys.revoke(issued.key, by=chief, at=timezone.now())

    assert status_with(f"Bearer {issued.text}") == (401, "bad-key/")


def test_key_is_revoked_once(everything: Package) -> None:
    issued = make_key(make_partner(everything))
    keys.revoke(issued.key, by=None, at=NOON)

    with pytest.raises(keys.NotValid):
        keys.revoke(issued.key, by=None, at=NOON)


def test_key_ends_at_its_moment(everything: Package) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        issued = make_key(make_partner(everything), expires_at=NOON + dt.timedelta(hours=1))
        before = status_with(f"Bearer {issued.text}")[0]
        clock.shift(dt.timedelta(hours=1))

        assert (before, status_with(f"Bearer {issued.text}")) == (200, (401, "bad-key/"))


def test_rotated_key_works_beside_its_successor_for_a_week(everything: Package) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        former = make_key(make_partner(everything))
        successor = keys.rotate(former.key, by=None, at=NOON)
        at_first = [status_with(f"Bearer {one.text}")[0] for one in (former, successor)]
        clock.shift(keys.OVERLAP)

        assert at_first == [200, 200]
        assert [status_with(f"Bearer {one.text}")[0] for one in (former, successor)] == [401, 200]


def test_rotation_never_lengthens_a_key(everything: Package) -> None:
    soon = NOON + dt.timedelta(hours=1)
    former = make_key(make_partner(everything), expires_at=soon)

    keys.rotate(former.key, by=None, at=NOON)

    former.key.refresh_from_db()
    assert former.key.expires_at == soon


def test_key_is_rotated_once(everything: Package) -> None:
    """A second successor would end with the former key, in a week."""
    former = make_key(make_partner(everything))
    keys.rotate(former.key, by=None, at=NOON)

    with pytest.raises(keys.AlreadyRotated):
        keys.rotate(former.key, by=None, at=NOON)

    assert Key.objects.count() == 2


def test_one_form_makes_one_key(everything: Package) -> None:
    partner, form_id = make_partner(everything), uuid.uuid4()
    make_key(partner, form_id=form_id)

    with pytest.raises(keys.AlreadyIssued):
        make_key(partner, form_id=form_id)

    assert (partner.keys.count(), partner.audit.count()) == (1, 1)


def test_each_act_is_noted_with_who_did_it(everything: Package, chief: User) -> None:
    partner = make_partner(everything)
    issued = make_key(partner, by=chief)
    keys.rotate(issued.key, by=chief, at=timezone.now())
    keys.revoke(issued.key, by=chief, at=timezone.now())

    acts = AuditEntry.objects.order_by("pk").values_list("act", "key", "by")
    successor = Key.objects.exclude(pk=issued.key.pk).get()
    assert list(acts) == [
        ("issued", issued.key.pk, chief.pk),
        ("issued", successor.pk, chief.pk),
        ("rotated", issued.key.pk, chief.pk),
        ("revoked", issued.key.pk, chief.pk),
    ]


def test_last_use_is_stamped_every_five_minutes(everything: Package) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        issued = make_key(make_partner(everything))
        seen = []
        for minutes in (0, 4, 1):
            clock.shift(dt.timedelta(minutes=minutes))
            status_with(f"Bearer {issued.text}")
            issued.key.refresh_from_db()
            seen.append(issued.key.last_used_at)

    assert seen == [NOON, NOON, NOON + dt.timedelta(minutes=5)]


@pytest.mark.parametrize(
    ("scopes", "statuses"),
    [(["read"], [200, 403, 200]), (["export"], [403, 200, 403]), ([], [403, 403, 403])],
)
def test_scope_decides_what_a_key_opens(scopes: list[str], statuses: list[int], everything: Package) -> None:
    client = Client(headers={"authorization": f"Bearer {make_key(make_partner(everything), scopes=scopes).text}"})

    assert [client.get(f"/api/v1/{path}").status_code for path in ("changes/", "export.ndjson", "me/")] == statuses


@pytest.mark.parametrize(
    "over",
    [
        {"is_suspended": True},
        {"licence_starts_at": NOON + dt.timedelta(days=1)},
        {"licence_starts_at": NOON - dt.timedelta(days=2), "licence_ends_at": NOON},
    ],
    ids=["suspended", "not begun", "ended"],
)
def test_key_opens_nothing_while_no_licence_runs(over: dict[str, Any], everything: Package) -> None:
    with time_machine.travel(NOON, tick=False):
        partner = make_partner(everything, **{"licence_starts_at": NOON - dt.timedelta(days=9), **over})

        assert status_with(f"Bearer {make_key(partner).text}") == (403, "not-licensed/")


def test_partner_whose_package_settles_is_told_to_come_back(everything: Package) -> None:
    from newsroom.partners import packages

    partner = make_partner(everything)
    text = make_key(partner).text
    packages.unsettle(everything)
    during = Client(headers={"authorization": f"Bearer {text}"}).get("/api/v1/changes/")

    packages.finish()

    assert (during.status_code, during["Retry-After"]) == (503, "2")
    assert status_with(f"Bearer {text}")[0] == 200
