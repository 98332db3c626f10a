"""The desk's doors, walked from the URLconf: every address, role, state and owner, by looking and by forged forms."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TestCase
from django.urls import reverse

from newsroom import policy
from newsroom.articles.models import Article
from tests.desk import matrix
from tests.desk.pages import confirmed
from tests.desk.world import World

# What every request may write: who is logged in, what they did, and what the feed's clock says.
BESIDE = {"django_session", "django_admin_log", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog"}
REFUSED, OPENED = "refused", "opened"
# What a forger sends to any form: fields that it hides, rows that it lacks, keys of others, and every button.
FORGED = {
    "headline": "Forged",
    "name": "Forged",
    "family_name": "Forged",
    "publisher": "Forged",
    "description": "Forged",
    "title": "Forged",
    "username": "forged",
    "slug": "forged",
    "body": "<p>Forged</p>",
    "kind": "report",
    "language": "en",
    "redistribution": "unknown",
    "state": "published",
    "is_public": "on",
    "is_superuser": "on",
    "trashed_at": "",
    "created_by": "1",
    "assigned_to": "1",
    "version": "0",
    "_version": "0",
    "post": "yes",
    "note": "Forged",
    "public_note": "Forged",
    "act": "kill",
    "text": "Forged",
    "do": "start",
    "verdict": "approve",
    "made_for": "Forged",
    "days": "1",
    "fields": "{}",
    "_save": "Save",
    "_then": "publish",
    "action": "trash_selected",
    "select_across": "1",
}
INLINES = ["bylines", "mentions", "photo_uses", "variants", "positions", "depictions", "leases", "hostings", "sessions"]


def rows_of_others() -> dict[str, str]:
    """Five more rows in every inline, pointing wherever one likes."""
    forged: dict[str, str] = {}
    for prefix in INLINES:
        forged |= {f"{prefix}-TOTAL_FORMS": "5", f"{prefix}-INITIAL_FORMS": "0"}
        for number in range(5):
            forged |= {f"{prefix}-{number}-{name}": "1" for name in ("person", "photo", "organisation", "words")}
    return forged


ROWS_OF_OTHERS = rows_of_others()


def outcome(answer: HttpResponse) -> str:
    """A redirection to the first page says that there is no such record; one to the log-in, that nobody is there."""
    place = answer.headers.get("Location", "")
    if answer.status_code in {403, 404} or place == "/admin/" or place.startswith("/admin/login/"):
        return REFUSED
    return OPENED


def fingerprint() -> dict[str, str]:
    """A digest of each table, but for those that any request writes."""
    digests = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - BESIDE):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # names of our own tables
            rows = sorted(repr(row) for row in cursor.fetchall())
            digests[table] = hashlib.sha256(json.dumps(rows).encode()).hexdigest()
    return digests


class TestMatrix(TestCase):
    world: World

    @classmethod
    def setUpTestData(cls) -> None:
        cls.world = World()

    def setUp(self) -> None:
        self.wrong: list[str] = []
        self.cells = 0
        self.clients = {name: self._client(user) for name, user in self.world.users.items()}

    def _client(self, user: Any) -> Client:
        client = Client()
        if user.is_authenticated:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def look(self, name: str, address: str, may: bool) -> HttpResponse:
        answer = self.clients[name].get(address)
        self._note(f"GET {address} as {name}", outcome(answer), may)
        return answer

    def forge(self, name: str, address: str, **more: Any) -> None:
        """Whatever it answers is no matter, as long as it writes nothing; the caller compares fingerprints."""
        fields = urlencode({**FORGED, **ROWS_OF_OTHERS, **more}, doseq=True)
        self.clients[name].post(address, fields, content_type="application/x-www-form-urlencoded")
        self.cells += 1

    def _note(self, cell: str, found: str, may: bool) -> None:
        self.cells += 1
        if found != (OPENED if may else REFUSED):
            self.wrong.append(f"{cell}: {found}")

    def may(self, name: str, action: str | None, row: Any) -> bool:
        return action is not None and policy.can(self.world.users[name], action, row)

    def test_every_address_stands_in_the_table(self) -> None:
        assert matrix.addresses() == matrix.named()

    def test_stories_open_to_whom_the_table_says(self) -> None:
        for name in self.world.users:
            for article in self.world.stories_of(name):
                for address, (asks, _sends) in matrix.STORY.items():
                    act = "purge" if asks == "trash" and article.is_trashed else asks
                    if act:
                        self.look(name, self._of(address, article), self.may(name, act, article))

        assert self.wrong == []
        assert self.cells > 1_000

    def _of(self, address: str, article: Article) -> str:
        more = {"articles_article_restore": [1], "articles_article_revoke": [1]}
        return reverse(f"admin:{address}", args=[article.pk, *more.get(address, [])])

    def test_verbs_are_asked_of_whom_the_table_says(self) -> None:
        for name in self.world.users:
            listed = set(self._listed(name).values_list("pk", flat=True))
            for verb in matrix.STORY_VERBS:
                may = self.may(name, verb, Article)
                for article in self._chosen(name, may):
                    address = f"{reverse('admin:articles_article_do', args=[verb])}?id={article.pk}"
                    self.look(name, address, may and article.pk in listed)

        assert self.wrong == []

    def _chosen(self, name: str, may: bool) -> list[Article]:
        """Each story, for whoever may do such things at all; for others one is as good as another."""
        stories = list(self.world.stories_of(name))
        return stories if may else stories[:1]

    def _listed(self, name: str) -> Any:
        user = self.world.users[name]
        return policy.listed_for(user, Article.objects.all())

    def test_forged_forms_write_nothing_to_a_story(self) -> None:
        before = fingerprint()

        for name in self.world.users:
            for article in self.world.stories_of(name):
                for address, (_asks, sends) in matrix.STORY.items():
                    if not self.may(name, sends, article):
                        self.forge(name, self._of(address, article), id=article.pk, _selected_action=article.pk)
            self._forge_verbs(name)

        assert _changed(before) == []
        assert self.cells > 500

    def _forge_verbs(self, name: str) -> None:
        for verb in matrix.STORY_VERBS:
            address = reverse("admin:articles_article_do", args=[verb])
            if not self.may(name, verb, Article):
                self.forge(name, address, **confirmed(*self.world.stories.values()))
                continue
            for article in self.world.stories_of(name):
                if not self.may(name, verb, article):
                    self.forge(name, address, **confirmed(article))

    def test_forged_lists_write_nothing(self) -> None:
        before = fingerprint()
        keys = [article.pk for article in self.world.stories.values()]

        for name in self.world.users:
            for action in (*matrix.STORY_VERBS, "delete", "export"):
                pressed = {"action": f"{action}_selected", "_selected_action": keys, "id": keys}
                self.forge(name, reverse("admin:articles_article_changelist"), **pressed)
            for page, (_asks, sends) in matrix.STORIES.items():
                if not self.may(name, sends, Article):
                    self.forge(name, reverse(f"admin:{page}"))

        assert _changed(before) == []

    def test_records_open_to_whom_the_table_says(self) -> None:
        for name in self.world.users:
            for label, rows in self.world.records.items():
                self._look_at_records(name, label, rows)

        assert self.wrong == []

    def _look_at_records(self, name: str, label: str, rows: dict[str, Any]) -> None:
        model = apps.get_model(label)
        for page, (asks, _sends) in matrix.RECORDS_AS_SUCH.items():
            self.look(name, reverse(f"admin:{matrix.flat(label)}_{page}"), self.may(name, asks, model))
        for row in rows.values():
            for page, (asks, _sends) in matrix.RECORD.items():
                act = "purge" if asks == "trash" and policy.is_trashed(row) else asks
                self.look(name, _page(row, page), self.may(name, act, row))
            if label in matrix.WITH_HISTORY:
                self.look(name, _former(row), self.may(name, matrix.FORMER[0], row))
            for address, (asks, _sends) in matrix.PHOTO.items():
                if label == "photos.photo":
                    self.look(name, reverse(f"admin:{address}", args=[row.pk]), self.may(name, asks, row))

    def test_forged_forms_write_nothing_to_a_record(self) -> None:
        before = fingerprint()

        for name in self.world.users:
            for label, rows in self.world.records.items():
                if not self.may(name, "add", apps.get_model(label)):
                    self.forge(name, reverse(f"admin:{matrix.flat(label)}_add"))
                for row in rows.values():
                    self._forge_record(name, label, row)

        assert _changed(before) == []

    def _forge_record(self, name: str, label: str, row: Any) -> None:
        if not self.may(name, "edit", row):
            self.forge(name, _page(row, "change"))
            for address in matrix.PHOTO if label == "photos.photo" else ():
                self.forge(name, reverse(f"admin:{address}", args=[row.pk]))
            if label in matrix.WITH_HISTORY:
                self.forge(name, _former(row))
        if label == "people.position":
            if not self.may(name, "trash", row):
                self.forge(name, _page(row, "delete"))
            return
        for verb in matrix.MERGED_VERBS if label in matrix.MERGED else matrix.RECORD_VERBS:
            if not self.may(name, verb, row):
                self.forge(name, reverse(f"admin:{matrix.flat(label)}_do", args=[verb]), **confirmed(row))

    def test_whole_rooms_open_to_whom_the_table_says(self) -> None:
        before = fingerprint()

        for name in self.world.users:
            for label, (readers, writers) in matrix.WHOLE.items():
                reads, writes = name in {*readers, "superuser"}, name in {*writers, "superuser"}
                self.look(name, reverse(f"admin:{matrix.flat(label)}_changelist"), reads)
                if not writes:
                    self._forge_whole(name, label)

        assert self.wrong == []
        assert _changed(before) == []

    def _forge_whole(self, name: str, label: str) -> None:
        row = self.world.whole.get(label)
        for page in matrix.WHOLE_PAGES:
            keys = [row.pk if row else 1] if page in {"change", "history", "delete"} else []
            self.forge(name, reverse(f"admin:{matrix.flat(label)}_{page}", args=keys))
        for address, room in matrix.WHOLE_ALSO.items():
            if room == label:
                self.forge(name, reverse(f"admin:{address}", args=[row.pk if row else 1]))

    def test_other_pages_open_to_whom_the_table_says(self) -> None:
        for name, user in self.world.users.items():
            for page, ((asks, _sends), label) in matrix.PAGES.items():
                if asks:
                    self.look(name, reverse(f"admin:{page}"), self.may(name, asks, apps.get_model(label)))
            for page, (asks, _sends) in matrix.STAFF.items():
                if asks and page != "login":
                    self.look(name, reverse(f"admin:{page}"), bool(getattr(user, "is_staff", False)))

        assert self.wrong == []

    def test_no_page_names_a_story_that_one_may_not_read(self) -> None:
        """Lists, their filters and orders, tables, panels of records, searches and pickers."""
        named: list[str] = []

        for name in self.world.users:
            unread = self._unread(name)
            for address in self._telling():
                if name in {"Administrator"} and "/articles/article/?" in address:
                    continue  # whoever ends stories finds them in the list
                text = _text(self.clients[name].get(address))
                named += [f"{address} tells {name} of {words}" for words in unread if words in text]

        assert named == []

    def _unread(self, name: str) -> list[str]:
        read = set(policy.seen_by(self.world.users[name], Article.objects.all()).values_list("pk", flat=True))
        return [f"{article.headline} " for article in self.world.stories.values() if article.pk not in read]

    def _telling(self) -> list[str]:
        stories = "/admin/articles/article/"
        pages = [reverse(f"admin:{page}") for page, (asks, _sends) in matrix.STAFF.items() if asks]
        pages += [f"{stories}?all=1", f"{stories}?q=Canary", f"{stories}?trash=yes", f"{stories}?o=1"]
        pages += [f"{stories}?headline__startswith=Canary", f"{stories}?state__exact=draft", f"{stories}export/"]
        pages += [f"{reverse('admin:find_hits')}?q=Canary", f"{reverse('admin:find')}?q=Canary"]
        pages += [reverse("admin:calendar"), reverse("admin:reports")]
        pages += [_page(self.world.person, "change"), _page(self.world.photo, "change")]
        pages += [f"{_page(self.world.person, 'do', 'trash')}?id={self.world.person.pk}"]
        return pages

    def test_pickers_offer_what_one_may_see_and_nothing_from_the_trash(self) -> None:
        trashed = {str(rows["trashed"]) for rows in self.world.records.values() if "trashed" in rows}
        offered: dict[str, set[str]] = {}

        for name in self.world.users:
            for label, field in _pickers():
                app, model = label.split(".")
                query = {"app_label": app, "model_name": model, "field_name": field, "term": ""}
                answer = self.clients[name].get(reverse("admin:autocomplete"), query)
                remote = apps.get_model(label)._meta.get_field(field).related_model
                self._note(f"picker {label}.{field} as {name}", outcome(answer), self.may(name, "list", remote))
                texts = {one["text"] for one in answer.json()["results"]} if answer.status_code == 200 else set()
                offered.setdefault(name, set()).update(texts & trashed)

        assert self.wrong == []
        assert {name: texts for name, texts in offered.items() if texts} == {}


def _changed(before: dict[str, str]) -> list[str]:
    after = fingerprint()
    return [table for table in before if before[table] != after[table]]


def _page(row: Any, page: str, *args: Any) -> str:
    keys = args or [row.pk]
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=keys)


def _former(row: Any) -> str:
    return reverse(
        f"admin:{row._meta.app_label}_{row._meta.model_name}_simple_history",
        args=[row.pk, row.history.earliest().pk],
    )


def _pickers() -> list[tuple[str, str]]:
    """Every field of the desk that is filled by searching, rows included."""
    found = set()
    for model, model_admin in admin.site._registry.items():
        found |= {(model._meta.label_lower, field) for field in model_admin.autocomplete_fields}
        for inline in model_admin.inlines:
            found |= {(inline.model._meta.label_lower, field) for field in inline.autocomplete_fields}
    return sorted(found)


def _text(answer: Any) -> str:
    """What came back, with a space after each line, so that a name is not found in a longer one."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode().replace("<", " <").replace('"', ' "').replace(",", " ,")
