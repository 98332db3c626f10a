"""The syndication desk in the admin: who may, what is shown once, what settles, who has followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from newsroom import feedcheck
from newsroom.articles import workflow
from newsroom.models import Change
from newsroom.partners import keys
from newsroom.partners.models import AuditEntry, Key, Package, Partner
from tests.desk.pages import as_sent
from tests.factories import make_user
from tests.partners.conftest import Api, World, make_key, make_package, make_partner, make_world

pytestmark = pytest.mark.django_db

Commits = Callable[..., Any]
KEY = re.compile(r"attache_[0-9a-f]{8}_[0-9a-f]{56}")
PAGES = [
    "partner_changelist",
    "partner_add",
    "package_changelist",
    "package_add",
    "key_changelist",
    "removal_changelist",
]


def at(page: str, *args: Any) -> str:
    return reverse(f"admin:partners_{page}", args=args)


def shown(answer: HttpResponse) -> str:
    found = KEY.search(answer.content.decode())
    return found[0] if found else ""


@pytest.mark.parametrize("role", ["Chief editor", "Administrator"])
def test_partners_are_for_chiefs_and_administrators(role: str, client: Client) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    key = make_key(make_partner()).key
    pages = [at(page) for page in PAGES] + [at("key_issue", key.partner.pk), at("key_revoke", key.pk)]

    assert {client.get(page).status_code for page in pages} == {200}


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Photo editor"])
def test_partners_are_for_nobody_else(role: str, client: Client) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    issued = make_key(make_partner())
    verbs = [at("key_issue", issued.key.partner.pk), at("key_rotate", issued.key.pk), at("key_revoke", issued.key.pk)]

    statuses = [client.get(at(page)).status_code for page in PAGES] + [client.post(page).status_code for page in verbs]

    assert set(statuses) == {403}
    assert keys.find(issued.text).is_valid(timezone.now())


def test_key_is_shown_in_the_one_answer_that_made_it(chief_client: Client, everything: Package) -> None:
    partner = make_partner(everything)
    form = as_sent(chief_client.get(at("key_issue", partner.pk)), label="production", scopes=["read"])

    answer = chief_client.post(at("key_issue", partner.pk), form)
    again = chief_client.post(at("key_issue", partner.pk), form)

    text = shown(answer)
    pages = [again, *(chief_client.get(page) for page in (at("partner_change", partner.pk), at("key_changelist")))]
    assert (keys.find(text).label, keys.find(text).scopes) == ("production", ["read"])
    assert [shown(page) for page in pages] == ["", "", ""]
    assert ("no-store" in answer["Cache-Control"], Key.objects.count()) == (True, 1)


@pytest.mark.parametrize("packages", [0, 1])
def test_key_that_opens_nothing_is_said_to(chief_client: Client, everything: Package, packages: int) -> None:
    partner = make_partner(*[everything][:packages])

    page = chief_client.get(at("key_issue", partner.pk)).content.decode()

    assert ("holds no package" in page) == (packages == 0)


def test_key_form_keeps_what_was_typed_and_names_the_field(chief_client: Client) -> None:
    page = at("key_issue", make_partner().pk)
    typed = {"label": "production", "expires_at_0": "2020-01-01", "expires_at_1": "00:00"}

    answer = chief_client.post(page, as_sent(chief_client.get(page), **typed))

    form = answer.context["form"]
    assert (form["label"].value(), list(form.errors)) == ("production", ["expires_at"])
    assert Key.objects.count() == 0


def test_key_is_rotated_and_revoked_at_the_desk(chief_client: Client, everything: Package) -> None:
    former = make_key(make_partner(everything))
    page = at("key_rotate", former.key.pk)

    successor = shown(chief_client.post(page, as_sent(chief_client.get(page))))
    chief_client.post(at("key_revoke", former.key.pk))

    assert [keys.find(text).is_valid(timezone.now()) for text in (former.text, successor)] == [False, True]
    assert sorted(AuditEntry.objects.values_list("act", flat=True)) == ["issued", "issued", "revoked", "rotated"]


def test_key_that_has_ended_offers_nothing_more(chief_client: Client) -> None:
    issued = make_key(make_partner())
    before = chief_client.get(at("key_change", issued.key.pk)).content.decode()
    keys.revoke(issued.key, by=None, at=timezone.now())

    after = chief_client.get(at("key_change", issued.key.pk)).content.decode()
    refused = chief_client.post(at("key_rotate", issued.key.pk), {"form_id": str(issued.key.uuid)})

    assert [at("key_rotate", issued.key.pk) in page for page in (before, after)] == [True, False]
    assert (shown(refused), Key.objects.count()) == ("", 1)


def test_packages_of_a_partner_settle_and_are_noted(chief_client: Client, chief: Any, world: World) -> None:
    package = make_package(kinds=["topic"], name="Topics")
    partner = make_partner()
    page = at("partner_change", partner.pk)

    answer = chief_client.post(page, as_sent(chief_client.get(page), packages=[str(package.pk)], is_suspended="on"))

    partner.refresh_from_db()
    noted = AuditEntry.objects.order_by("pk").values_list("act", "note", "by")
    assert (answer.status_code, partner.mask) == (302, package.mask)
    assert list(noted) == [("entitled", "Topics", chief.pk), ("licensed", "Suspended", chief.pk)]


def test_saving_a_partner_without_a_change_notes_nothing(chief_client: Client, everything: Package) -> None:
    partner = make_partner(everything)
    page = at("partner_change", partner.pk)

    answer = chief_client.post(page, as_sent(chief_client.get(page)))

    assert (answer.status_code, AuditEntry.objects.count()) == (302, 0)


def test_partner_with_a_history_is_not_deleted(chief_client: Client) -> None:
    partner = make_key(make_partner()).key.partner

    answer = chief_client.post(at("partner_delete", partner.pk), {"post": "yes"})

    assert (answer.status_code, Partner.objects.count()) == (403, 1)


def test_new_package_is_filled_after_it_is_saved(
    chief_client: Client, world: World, django_capture_on_commit_callbacks: Commits
) -> None:
    typed = {"name": "People", "slug": "people", "kinds": ["person"]}

    with django_capture_on_commit_callbacks(execute=True):
        answer = chief_client.post(at("package_add"), as_sent(chief_client.get(at("package_add")), **typed))

    package = Package.objects.get()
    masks = dict(Change.objects.values_list("kind", "mask"))
    assert (answer.status_code, package.is_settled) == (302, True)
    assert {kind for kind, mask in masks.items() if mask & package.mask} == {"person"}
    assert list(feedcheck.drifts(timezone.now())) == []


def test_changed_package_ends_the_cursors_of_its_holders(
    chief_client: Client, world: World, django_capture_on_commit_callbacks: Commits
) -> None:
    package = make_package(kinds=["person"])
    api = Api.of(make_partner(package))
    _found, cursor = api.follow()
    page = at("package_change", package.pk)

    with django_capture_on_commit_callbacks(execute=True):
        chief_client.post(page, as_sent(chief_client.get(page), kinds=["topic"]))

    assert api.problem("changes/", 410, cursor=cursor)["status"] == 410
    assert [change["type"] for change in api.follow()[0]] == ["topic"]


def test_renamed_package_keeps_the_cursors_of_its_holders(
    chief_client: Client, world: World, django_capture_on_commit_callbacks: Commits
) -> None:
    package = make_package(kinds=["person"])
    api = Api.of(make_partner(package))
    _found, cursor = api.follow()
    page = at("package_change", package.pk)

    with django_capture_on_commit_callbacks(execute=True):
        chief_client.post(page, as_sent(chief_client.get(page), name="Faces"))

    assert (api.follow(cursor)[0], api.get("me/")["packages"][0]["title"]) == ([], "Faces")


def test_package_that_somebody_holds_is_not_deleted(chief_client: Client) -> None:
    package = make_package()
    make_partner(package)

    answer = chief_client.post(at("package_delete", package.pk), {"post": "yes"})

    assert (answer.status_code, Package.objects.count()) == (403, 1)


def test_kill_says_who_has_processed_it(chief_client: Client, everything: Package, world: World) -> None:
    quick = Api.of(make_partner(everything, name="Quick"))
    make_partner(everything, name="Slow")
    _found, cursor = quick.follow()
    workflow.withdraw(world.article, by=None, at=timezone.now(), act="kill", private_note="Ours.")
    _found, cursor = quick.follow(cursor)
    quick.follow(cursor)

    listed = chief_client.get(at("removal_changelist"), {"reason": "killed"}).content.decode()
    page = chief_client.get(at("removal_change", Change.objects.get(object_id=world.article.uuid).pk)).content.decode()

    assert "1 of 2" in listed
    assert re.findall(r">(Quick|Slow|processed|not yet)<", page) == ["Quick", "processed", "Slow", "not yet"]


@pytest.mark.parametrize(("page", "number"), [("partner", 9), ("package", 10), ("key", 8), ("removal", 11)])
def test_lists_take_as_many_queries_for_three_rows_as_for_one(
    page: str, number: int, chief_client: Client, everything: Package
) -> None:
    counts = []
    for more in (1, 2):
        for _number in range(more):
            make_key(make_partner(make_package()))
            workflow.withdraw(make_world().article, by=None, at=timezone.now())
        with CaptureQueriesContext(connection) as captured:
            chief_client.get(at(f"{page}_changelist"))
        counts.append(len(captured))

    assert counts == [number, number]
