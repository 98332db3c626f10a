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
from newsroom.models import Topic, User
from tests.desk.pages import as_sent, with_row
from tests.factories import (
    make_article,
    make_event,
    make_organisation,
    make_person,
    make_photo,
    make_source,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db

ROLES = ["Reporter", "Editor", "Photo editor", "Chief editor", "Administrator"]
LISTS = [
    "articles_article",
    "people_person",
    "events_event",
    "photos_photo",
    "newsroom_topic",
    "newsroom_source",
    "newsroom_user",
]
CONTENT = LISTS[:-1]
MAY_ADD = {
    "Reporter": CONTENT,
    "Editor": CONTENT,
    "Photo editor": ["photos_photo"],
    "Chief editor": CONTENT,
    "Administrator": ["newsroom_user"],
}


def as_role(role: str, client: Client) -> User:
    user = make_user(role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page_of(row: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk, *args])


@pytest.mark.parametrize("role", ROLES)
def test_role_adds_what_is_its_own(role: str, client: Client) -> None:
    as_role(role, client)

    open_to_it = [name for name in LISTS if client.get(reverse(f"admin:{name}_add")).status_code == 200]

    assert open_to_it == MAY_ADD[role]


@pytest.mark.parametrize("role", ROLES)
def test_role_sees_all_records(role: str, client: Client) -> None:
    as_role(role, client)
    records = [make_person(), make_event(), make_photo(), make_topic(), make_source()]

    pages = [client.get(page_of(row, "change")) for row in records]

    assert [page.status_code for page in pages] == [200] * 5


@pytest.mark.parametrize(
    ("role", "opened"),
    [
        ("Reporter", ["own", "given"]),
        ("Editor", ["own", "given", "others", "pictured"]),
        ("Photo editor", ["pictured"]),
        ("Chief editor", ["own", "given", "others", "pictured"]),
        ("Administrator", []),
    ],
)
def test_role_opens_the_stories_that_it_may_read(role: str, opened: list[str], client: Client) -> None:
    user = as_role(role, client)
    stories = {
        "own": make_article(created_by=user),
        "given": make_article(assigned_to=user),
        "others": make_article(created_by=make_user("Reporter")),
        "pictured": make_article(),
    }
    stories["pictured"].photo_uses.create(photo=make_photo())
    if role == "Photo editor":
        stories |= {"own": make_article(), "given": make_article()}

    pages = {name: client.get(page_of(story, "change")).status_code for name, story in stories.items()}

    assert [name for name, status in pages.items() if status == 200] == opened


def test_administrator_finds_stories_and_reads_none(administrator_client: Client) -> None:
    story = make_article(headline="Quokkas meet")

    listed = administrator_client.get(reverse("admin:articles_article_changelist"))
    opened = administrator_client.get(page_of(story, "change"))

    assert list(listed.context["cl"].result_list) == [story]
    assert opened.status_code == 403


@pytest.mark.parametrize(
    "guess", ["q=Quok", "standfirst__startswith=Q", "body__contains=Quok", "desk_note__regex=Q", "headline__gt=A"]
)
def test_administrator_guesses_at_no_text(administrator_client: Client, guess: str) -> None:
    text = "Quokkas meet"
    make_article(headline=text, standfirst=text, body=text, desk_note=text)

    answer = administrator_client.get(reverse("admin:articles_article_changelist") + f"?{guess}", follow=True)

    found = answer.context["cl"].result_count if answer.context and "cl" in answer.context else 0
    assert (answer.status_code, found) in {(200, 0), (400, 0)}


@pytest.mark.parametrize(
    ("role", "record", "is_kept"),
    [
        ("Reporter", make_person, True),
        ("Reporter", make_photo, True),
        ("Editor", make_person, False),
        ("Editor", make_photo, False),
        ("Photo editor", make_person, True),
        ("Photo editor", make_event, True),
        ("Photo editor", make_photo, False),
        ("Chief editor", make_organisation, False),
        ("Administrator", make_person, True),
    ],
)
def test_former_state_is_brought_back_only_by_who_may_change_it(
    role: str, record: Callable[..., Any], is_kept: bool, client: Client
) -> None:
    as_role(role, client)
    row = record(slug="kept")
    address = page_of(row, "simple_history", row.history.earliest().pk)
    chief = Client()
    as_role("Chief editor", chief)
    sent = as_sent(chief.get(address), slug="taken-over")

    seen = client.get(address)
    answer = client.post(address, sent)

    row.refresh_from_db()
    assert (seen.status_code, "slug" in as_sent(seen)) == (200, not is_kept)
    assert (answer.status_code, row.slug) == ((403, "kept") if is_kept else (302, "taken-over"))


def test_reporter_takes_a_row_out_of_their_story(reporter_client: Client, reporter: User) -> None:
    article = make_article(created_by=reporter)
    address = page_of(article, "change")
    reporter_client.post(address, with_row(as_sent(reporter_client.get(address)), "mentions", person=make_person().pk))

    reporter_client.post(address, as_sent(reporter_client.get(address), **{"mentions-0-DELETE": "on"}))

    assert article.mentions.count() == 0


def test_reporter_makes_a_record_that_somebody_else_makes_public(reporter_client: Client, reporter: User) -> None:
    page = reporter_client.get(reverse("admin:newsroom_topic_add"))

    reporter_client.post(reverse("admin:newsroom_topic_add"), as_sent(page, name="Space", slug="space", is_public="on"))

    assert list(Topic.objects.values_list("name", "is_public", "created_by")) == [("Space", False, reporter.pk)]


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


def test_administrator_gives_no_role_to_themselves(administrator: User, administrator_client: Client) -> None:
    page = reverse("admin:newsroom_user_change", args=[administrator.pk])
    chiefs = Group.objects.get_or_create(name="Chief editor")[0]

    administrator_client.post(page, as_sent(administrator_client.get(page), groups=str(chiefs.pk), display_name="Me"))

    administrator.refresh_from_db()
    names = [group.name for group in administrator.groups.all()]
    assert (administrator.display_name, names) == ("Me", ["Administrator"])
