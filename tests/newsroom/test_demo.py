"""The demo newsroom: what the command leaves behind, and what it will not do."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from newsroom import feedcheck
from newsroom.articles.models import Article, Edition
from newsroom.articles.translations import behind
from newsroom.management.commands.demo import CLARIFIED, PUBLISHED_AT, is_loopback
from newsroom.models import Change, User
from newsroom.photos.models import Photo, Rendition
from people.models import Person

HERE = "http://127.0.0.1:8000"
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Demo:
    folder: Path
    said: str

    @property
    def password(self) -> str:
        return (self.folder / "demo-accounts").read_text()


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demo]:
    """Set up once for this file, in a folder of its own; rolled back at the end."""
    folder, out = tmp_path_factory.mktemp("demo"), StringIO()
    around = transaction.atomic()
    around._from_testcase = True  # as the tests' own transactions: recordings may be the outermost within it
    with django_db_blocker.unblock(), around:
        with override_settings(SITE_URL=HERE, DATA_DIR=folder, MEDIA_ROOT=folder / "media"):
            call_command("demo", stdout=out)
        yield Demo(folder, out.getvalue())
        transaction.set_rollback(True)


@pytest.fixture
def in_demo(demo: Demo, settings: Settings) -> Demo:
    settings.SITE_URL, settings.DATA_DIR, settings.MEDIA_ROOT = HERE, demo.folder, demo.folder / "media"
    return demo


def everything() -> dict[str, str]:
    models = [model for model in apps.get_models() if model._meta.managed]
    return {model._meta.label: serializers.serialize("json", model._base_manager.order_by("pk")) for model in models}


def run_again() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_every_story_is_published_at_its_fixed_instant(in_demo: Demo) -> None:
    published = dict(Edition.objects.visible(timezone.now()).values_list("article__slug", "first_published_at"))

    assert published == PUBLISHED_AT


def test_one_story_was_clarified_after_it_had_been_translated(in_demo: Demo) -> None:
    first, second = Edition.objects.filter(article__slug=CLARIFIED.slug).order_by("number")
    waiting = behind(Article.objects.all(), timezone.now()).values_list("slug", flat=True)

    assert second.body.replace(CLARIFIED.sentence, "") == first.body != second.body
    assert (second.visible_from, second.correction_note) == (CLARIFIED.at, CLARIFIED.note)
    assert list(waiting) == [f"{CLARIFIED.slug}-ko"]


def test_desk_has_work_in_progress(in_demo: Demo) -> None:
    under_way = Article.objects.filter(editions=None).order_by("pk")

    assert [(article.slug, article.state) for article in under_way] == [
        ("two-forums-that-two-ministries-shared", "draft"),
        ("research-security-had-a-session-of-its-own", "review"),
        ("a-decade-of-a-korean-association-in-beijing", "draft"),
    ]
    assert {article.created_by.username for article in under_way} == {"reporter"}
    assert [step.note for step in under_way[2].steps.filter(verb="return")] == [
        "Say of which bodies the two speakers come, and give the story its dateline."
    ]


def test_no_story_is_published_before_its_meeting_or_its_source(in_demo: Demo) -> None:
    for article in Article.objects.filter(slug__in=PUBLISHED_AT):
        out_on = PUBLISHED_AT[article.slug].date()
        known = [event.starts_on for event in article.events.all()]
        known += [source.published_on for source in article.sources.all() if source.published_on]

        assert known
        assert [date.latest < out_on for date in known] == [True] * len(known)


def test_feed_agrees_with_the_records(in_demo: Demo) -> None:
    assert list(feedcheck.drifts(timezone.now())) == []
    assert Change.objects.filter(kind="person").count() == Person.objects.public().count() > 0


def test_every_public_photo_has_its_placeholder(in_demo: Demo) -> None:
    counts = [photo.renditions.filter(is_placeholder=True).count() for photo in Photo.objects.public()]

    assert counts == [4] * 18
    assert all((in_demo.folder / "media" / name).exists() for name in Rendition.objects.values_list("file", flat=True))


def test_accounts_stand_for_roles_and_are_told(in_demo: Demo) -> None:
    accounts = {
        user.username: (user.display_name, user.groups.get().name, user.is_staff) for user in User.objects.all()
    }

    assert accounts == {
        "reporter": ("Demo: reporter", "Reporter", True),
        "editor": ("Demo: editor", "Editor", True),
        "photo": ("Demo: photo editor", "Photo editor", True),
        "chief": ("Demo: chief editor", "Chief editor", True),
        "admin": ("Demo: administrator", "Administrator", True),
    }
    assert in_demo.said.splitlines()[-6:] == [
        "account   role           password",
        f"reporter  Reporter       {in_demo.password}",
        f"editor    Editor         {in_demo.password}",
        f"photo     Photo editor   {in_demo.password}",
        f"chief     Chief editor   {in_demo.password}",
        f"admin     Administrator  {in_demo.password}",
    ]
    assert f"{HERE}/ (the desk: {HERE}/admin/)" in in_demo.said


def test_account_opens_the_desk(in_demo: Demo) -> None:
    login = {"username": "chief", "password": in_demo.password}

    answer = Client().post("/admin/login/?next=/admin/", login)

    assert (answer.status_code, answer.headers.get("Location")) == (302, "/admin/")


def test_password_is_for_its_owner_alone(in_demo: Demo) -> None:
    assert stat.S_IMODE((in_demo.folder / "demo-accounts").stat().st_mode) == 0o600
    assert len(in_demo.password) >= 15


def test_second_run_changes_nothing(in_demo: Demo) -> None:
    before = everything()

    said = run_again()

    assert everything() == before
    assert said.splitlines()[-6:] == in_demo.said.splitlines()[-6:]


def test_second_run_leaves_what_editors_did_meanwhile(in_demo: Demo) -> None:
    Person.objects.filter(slug="kim-sang-bae").update(biography="Edited since.")
    Article.objects.filter(slug=next(iter(PUBLISHED_AT))).update(headline="Edited since")
    chief = User.objects.get(username="chief")
    chief.set_password("a password of my own")
    chief.save()

    said = run_again()

    assert Person.objects.filter(biography="Edited since.").exists()
    assert Article.objects.filter(headline="Edited since").exists()
    assert "chief     Chief editor   changed since" in said.splitlines()


def test_account_that_was_deleted_is_made_again(in_demo: Demo) -> None:
    User.objects.get(username="photo").delete()

    run_again()

    photo_editor = User.objects.get(username="photo")
    assert photo_editor.check_password(in_demo.password)
    assert photo_editor.groups.get().name == "Photo editor"


def test_password_may_be_given(
    monkeypatch: pytest.MonkeyPatch, in_demo: Demo, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    monkeypatch.setenv("DEMO_PASSWORD", "given by the environment")

    run_again()

    assert (tmp_path / "demo-accounts").read_text() == "given by the environment"


@pytest.mark.parametrize(
    ("address", "is_here"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8001", True),
        ("http://demo.localhost", True),
        ("http://[::1]:8000", True),
        ("https://newsroom.example", False),
        ("http://localhost.example", False),
        ("http://10.0.0.1", False),
        ("http://0.0.0.0:8000", False),
    ],
)
def test_loopback_is_this_machine_alone(address: str, is_here: bool) -> None:
    assert is_loopback(address) is is_here


def test_site_that_others_reach_gets_no_demo_accounts(settings: Settings) -> None:
    User.objects.all().delete()
    settings.SITE_URL = "https://newsroom.example"

    with pytest.raises(CommandError, match="--yes-really"):
        call_command("demo")

    assert not User.objects.exists()


def test_folder_that_takes_no_files_is_said_in_one_line(in_demo: Demo, settings: Settings) -> None:
    settings.DATA_DIR = in_demo.folder / "nowhere"

    refusal = r"^\S+/nowhere/demo-accounts\.new cannot be written: No such file or directory$"
    with pytest.raises(CommandError, match=refusal):
        run_again()
