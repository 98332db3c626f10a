"""What each role of the desk may do, as the table says and as the admin holds it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from newsroom import roles
from newsroom.models import User
from tests.desk.pages import as_sent, with_row
from tests.factories import (
    make_article,
    make_event,
    make_organisation,
    make_person,
    make_photo,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

ROLES = ["Reporter", "Editor", "Photo editor", "Chief editor", "Administrator"]
LISTS = {
    "articles_article": "add",
    "people_person": "add",
    "events_event": "add",
    "photos_photo": "add",
    "newsroom_topic": "add",
    "newsroom_user": "add",
}
MAY_ADD = {
    "Reporter": ["articles_article"],
    "Editor": ["articles_article", "people_person", "events_event", "newsroom_topic"],
    "Photo editor": ["photos_photo"],
    "Chief editor": ["articles_article", "people_person", "events_event", "photos_photo", "newsroom_topic"],
    "Administrator": list(LISTS),
}


@pytest.mark.parametrize("role", ROLES)
def test_role_adds_what_is_its_own(role: str, client: Client) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")

    open_to_it = [name for name in LISTS if client.get(reverse(f"admin:{name}_add")).status_code == 200]

    assert open_to_it == MAY_ADD[role]


@pytest.mark.parametrize("role", ROLES)
def test_role_sees_all_content(role: str, client: Client) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    records = [make_article(), make_person(), make_event(), make_photo(), make_topic()]

    pages = [
        client.get(reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]))
        for row in records
    ]

    assert [page.status_code for page in pages] == [200] * 5


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Photo editor"])
def test_only_chiefs_delete_records(role: str, client: Client) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    article = make_article()

    answer = client.post(reverse("admin:articles_article_delete", args=[article.pk]), {"post": "yes"})

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("role", "record"),
    [
        ("Reporter", make_person),
        ("Reporter", make_organisation),
        ("Reporter", make_event),
        ("Reporter", make_photo),
        ("Editor", make_photo),
        ("Photo editor", make_person),
        ("Photo editor", make_organisation),
        ("Photo editor", make_event),
    ],
)
def test_former_state_is_brought_back_only_by_who_may_change_it(
    role: str, record: Callable[..., Any], client: Client
) -> None:
    client.force_login(make_user(role), backend="django.contrib.auth.backends.ModelBackend")
    row = record(slug="kept")
    label = f"{row._meta.app_label}_{row._meta.model_name}"
    address = reverse(f"admin:{label}_simple_history", args=[row.pk, row.history.earliest().pk])
    chief = Client()
    chief.force_login(make_user("Chief editor"), backend="django.contrib.auth.backends.ModelBackend")
    sent = as_sent(chief.get(address), slug="taken-over", is_public="on")

    seen = client.get(address)
    refused = client.post(address, sent)

    row.refresh_from_db()
    assert (seen.status_code, "slug" in as_sent(seen), refused.status_code) == (200, False, 403)
    assert (row.slug, row.is_public, row.history.count()) == ("kept", False, 1)


def test_reporter_takes_a_row_out_of_a_story(reporter_client: Client) -> None:
    article = make_article()
    address = reverse("admin:articles_article_change", args=[article.pk])
    reporter_client.post(address, with_row(as_sent(reporter_client.get(address)), "mentions", person=make_person().pk))

    reporter_client.post(address, as_sent(reporter_client.get(address), **{"mentions-0-DELETE": "on"}))

    assert article.mentions.count() == 0


def test_granting_again_changes_nothing_and_takes_back_what_was_added() -> None:
    first = roles.grant()
    group = Group.objects.get(name="Reporter")
    group.permissions.set(Group.objects.get(name="Chief editor").permissions.all())

    call_command("grant_roles", stdout=io.StringIO())

    assert roles.grant() == first
    assert {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.all()} == roles.allowed("Reporter")


def test_every_permission_of_the_table_exists() -> None:
    granted = roles.grant()

    assert granted == {role: len(roles.allowed(role)) for role in roles.ROLES}


def test_administrator_makes_no_superuser(administrator_client: Client, administrator: User) -> None:
    address = reverse("admin:newsroom_user_change", args=[administrator.pk])

    administrator_client.post(address, as_sent(administrator_client.get(address), is_superuser="on"))

    administrator.refresh_from_db()
    assert administrator.is_superuser is False


def test_administrator_edits_no_superuser(administrator_client: Client) -> None:
    owner = make_user("Chief editor", is_superuser=True)

    answers = [
        administrator_client.post(reverse(f"admin:{page}", args=[owner.pk]), {"post": "yes"})
        for page in ("newsroom_user_change", "newsroom_user_delete", "auth_user_password_change")
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
