"""Sets up the demo newsroom: its documents, stories, placeholder pictures and accounts."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from newsroom import changes, feedcheck, roles
from newsroom.articles import checks, workflow
from newsroom.articles.models import Article
from newsroom.management.demo_desk import begin_stories
from newsroom.models import User

FIXTURES = settings.BASE_DIR / "fixtures"
IN_ORDER = ("topics", "sources", "organisations", "people", "events", "photos", "articles", "translations")


def _morning(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 9, tzinfo=ZoneInfo("Asia/Seoul"))


def _afternoon(year: int, month: int, day: int) -> dt.datetime:
    """When the translation of that morning's story was ready."""
    return dt.datetime(year, month, day, 14, tzinfo=ZoneInfo("Asia/Seoul"))


# When the demo newsroom published: its own dates, none of them a source's, and the same at every load. All lie after
# the meetings, whose sources do not always say when they were held.
PUBLISHED_AT = {
    "online-forum-weighs-science-diplomacy-for-a-divided-world": _morning(2026, 1, 12),
    "two-ministries-share-a-forum-on-science-diplomacy": _morning(2026, 1, 13),
    "specialist-ministries-should-run-science-diplomacy-roundtable-says": _morning(2026, 1, 14),
    "seoul-weighs-openness-against-protection-in-technology-diplomacy": _morning(2026, 1, 15),
    "a-second-model-for-korean-scientists-in-china": _morning(2026, 1, 16),
    "online-forum-weighs-science-diplomacy-for-a-divided-world-ko": _afternoon(2026, 1, 12),
    "two-ministries-share-a-forum-on-science-diplomacy-ko": _afternoon(2026, 1, 13),
    "specialist-ministries-should-run-science-diplomacy-roundtable-says-ko": _afternoon(2026, 1, 14),
    "seoul-weighs-openness-against-protection-in-technology-diplomacy-ko": _afternoon(2026, 1, 15),
    "a-second-model-for-korean-scientists-in-china-ko": _afternoon(2026, 1, 16),
}


@dataclass(frozen=True)
class Clarification:
    """What the desk added to a story after it was out, and told readers of."""

    slug: str
    at: dt.datetime
    ends: str
    sentence: str
    note: str


# Made after the story was translated, so that the desk has a translation to bring up to date.
CLARIFIED = Clarification(
    slug="two-ministries-share-a-forum-on-science-diplomacy",
    at=_morning(2026, 1, 19),
    ends="the report does not name the city.</p>",
    sentence=" Its wording leaves open whether the ministries had shared the forum of 2021, too.",
    note=(
        "Clarification: the first version of this story did not say that KISTEP's wording leaves open whether the two "
        "ministries had hosted the forum of 2021 together as well."
    ),
)

ACCOUNTS = {
    "reporter": "Reporter",
    "editor": "Editor",
    "photo": "Photo editor",
    "chief": "Chief editor",
    "admin": "Administrator",
}


class Command(BaseCommand):
    help = "Set up the demo newsroom in an empty database. Run again, it adds what is missing and changes nothing."
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--yes-really",
            action="store_true",
            help="make demo accounts although SITE_URL says that others reach this site",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["yes_really"] or is_loopback(settings.SITE_URL)):
            raise CommandError(
                f"{settings.SITE_URL} is not this machine alone, and demo accounts share one password: "
                "give --yes-really if you mean it."
            )
        with _in_one_line():
            call_command("migrate", verbosity=0, interactive=False)
            load_documents()
            publish_stories()
            call_command("draw_placeholders", verbosity=0, stdout=self.stdout)
            password = kept_password()
            make_accounts(password)
            begin_stories({user.username: user for user in User.objects.filter(username__in=ACCOUNTS)})
            look_over_stories()
            feedcheck.mend(timezone.now())
        self._introduce(password)

    def _introduce(self, password: str) -> None:
        self.stdout.write(
            f"\n{settings.NEWSROOM_NAME}: {settings.SITE_URL}/ (the desk: {settings.SITE_URL}/admin/)\n\n"
        )
        self.stdout.write(f"{'account':<10}{'role':<15}password")
        kept = dict(User.objects.filter(username__in=ACCOUNTS).values_list("username", "password"))
        known = {secret for secret in set(kept.values()) if check_password(password, secret)}
        for username, role in ACCOUNTS.items():
            self.stdout.write(f"{username:<10}{role:<15}{password if kept[username] in known else 'changed since'}")


@contextmanager
def _in_one_line() -> Iterator[None]:
    """What can be wrong with a machine is said in one line."""
    try:
        yield
    except DatabaseError as error:
        raise CommandError(f"The database refused: {str(error).strip().splitlines()[0]}") from error
    except OSError as error:
        raise CommandError(f"{error.filename or settings.DATA_DIR} cannot be written: {error.strerror}") from error


def is_loopback(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def load_documents() -> None:
    """Load the desk's records into an empty newsroom; where there are stories already, editors have the last word."""
    if Article.objects.exists():
        return
    roles.grant()
    call_command("loaddata", *(FIXTURES / f"{name}.json" for name in IN_ORDER), verbosity=0)


def publish_stories() -> None:
    """Publish each story of the demo that never was."""
    drafts = Article.objects.filter(slug__in=PUBLISHED_AT, state=Article.State.DRAFT, editions=None)
    stories = sorted(drafts, key=lambda article: PUBLISHED_AT[article.slug])
    for article in stories:
        workflow.publish(article, by=None, at=PUBLISHED_AT[article.slug])
    for article in stories:
        if article.slug == CLARIFIED.slug:
            clarify(article)


def clarify(article: Article) -> None:
    with changes.recording() as record:
        end = CLARIFIED.ends
        article.body = article.body.replace(end, end.replace("</p>", f"{CLARIFIED.sentence}</p>"))
        article.save(update_fields=["body"])
        record.touch(article)
        workflow.correct(article, by=None, at=CLARIFIED.at, note=CLARIFIED.note)


def look_over_stories() -> None:
    """What a save would have found: these stories came to the desk without one."""
    for article in Article.objects.filter(error_count=None):
        checks.keep(article, timezone.now())


def kept_password() -> str:
    """DEMO_PASSWORD of the first run, or else one made then; kept in DATA_DIR, for its owner's eyes only."""
    path: Path = settings.DATA_DIR / "demo-accounts"
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(12))
        draft.replace(path)
    return path.read_text()


def make_accounts(password: str) -> None:
    """One account per role, where there is none of that name."""
    known = set(User.objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    missing = ACCOUNTS.keys() - known
    secret = make_password(password) if missing else ""
    for username in missing:
        role = ACCOUNTS[username]
        user = User.objects.create(
            username=username,
            display_name=f"Demo: {role.lower()}",
            email=f"{username}@newsroom.example",
            is_staff=True,
            password=secret,
        )
        user.groups.add(Group.objects.get(name=role))
