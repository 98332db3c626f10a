"""Who may open what at the desk, by hand: each address of the admin with the action of the policy that it asks.

An address that stands nowhere here fails `test_matrix`. The pair is what reading asks, and what sending a form asks;
None where the address answers no such request. `open` is for everybody, `staff` for all who may log in to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

Asks = tuple[str | None, str | None]

#: of one story
STORY: dict[str, Asks] = {
    "articles_article_change": ("see", "picture"),
    "articles_article_history": ("see", None),
    "articles_article_delete": ("trash", "trash"),
    "articles_article_preview": ("see", None),
    "articles_article_draft": ("see", None),
    "articles_article_links": ("share", "share"),
    "articles_article_revoke": (None, "share"),
    "articles_article_revisions": ("see", None),
    "articles_article_compare": ("see", None),
    "articles_article_restore": ("edit", "edit"),
    "articles_article_checks": ("see", None),
    "articles_article_choose": ("picture", "picture"),
    "articles_article_talk": ("comment", "comment"),
    "articles_article_colleagues": ("comment", None),
}
#: of stories as such
STORIES: dict[str, Asks] = {
    "articles_article_changelist": ("list", "list"),
    "articles_article_add": ("add", "add"),
    "articles_article_export": ("list", None),
    "articles_article_states": ("list", None),
    "articles_article_photographs": ("picture", None),
}
#: verbs of `…_do` that a story knows; the name of each is the action that it asks
STORY_VERBS = [
    "submit",
    "recall",
    "return",
    "approve",
    "publish",
    "correct",
    "withdraw",
    "cancel",
    "duplicate",
    "trash",
    "restore",
    "purge",
]

#: of one record, for each of `RECORDS`
RECORD: dict[str, Asks] = {
    "change": ("see", "edit"),
    "history": ("see", None),
    "delete": ("trash", "trash"),
}
#: of records as such
RECORDS_AS_SUCH: dict[str, Asks] = {
    "changelist": ("list", "list"),
    "add": ("add", "add"),
    "export": ("list", None),
}
RECORD_VERBS = ["trash", "restore", "purge"]
#: of records of which two may turn out to be one
MERGED = {"people.person", "people.organisation"}
MERGED_VERBS = [*RECORD_VERBS, "unmerge"]
RECORDS = {
    "newsroom.topic",
    "newsroom.source",
    "people.person",
    "people.organisation",
    "people.position",
    "events.event",
    "events.series",
    "events.venue",
    "photos.photo",
}
#: records whose former states are kept
WITH_HISTORY = {"people.person", "people.organisation", "events.event", "photos.photo"}
FORMER: Asks = ("see", "edit")
#: more addresses of one photo
PHOTO: dict[str, Asks] = {"photos_photo_depict": ("edit", "edit")}

#: whole pages, and the model whose action they ask
PAGES: dict[str, tuple[Asks, str]] = {
    "people_person_import": (("show", "show"), "people.person"),
    "people_organisation_import": (("show", "show"), "people.organisation"),
    "people_person_merge": (("merge", "merge"), "people.person"),
    "people_organisation_merge": (("merge", "merge"), "people.organisation"),
    "photos_photo_library": (("list", None), "photos.photo"),
    "photos_photo_collections": (("list", None), "photos.photo"),
    "photos_photo_upload": (("add", "add"), "photos.photo"),
    "photos_photo_upload_one": ((None, "add"), "photos.photo"),
    "photos_photo_upload_make": ((None, "add"), "photos.photo"),
    "photos_photo_upload_progress": (("add", None), "photos.photo"),
    "calendar": (("list", None), "events.event"),
    "calendar_feed": ((None, "list"), "events.event"),
    "reports": (("list", None), "people.person"),
}
#: pages that show everybody at the desk what they may see; their contents are looked at instead
STAFF: dict[str, Asks] = {
    "index": ("staff", None),
    "find": ("staff", None),
    "find_hits": ("staff", None),
    "letters": ("staff", "staff"),
    "paste": (None, "staff"),
    "password_change": ("staff", "staff"),
    "password_change_done": ("staff", None),
    "jsi18n": ("staff", None),
    "login": ("open", "open"),
    "logout": (None, "staff"),
}
#: addresses whose answer hangs on what they are asked for: each has a test of its own
ASKED_FOR = {"photos_photo_picture", "autocomplete", "report", "report_export", "typed", "present", "app_list"}

#: rooms that are a role's as a whole: which roles read them, and which write
CHIEF, ADMINISTRATOR = "Chief editor", "Administrator"
WHOLE: dict[str, tuple[set[str], set[str]]] = {
    "newsroom.user": ({ADMINISTRATOR}, {ADMINISTRATOR}),
    "auth.group": ({ADMINISTRATOR}, {ADMINISTRATOR}),
    "newsroom.change": ({CHIEF, ADMINISTRATOR}, set()),
    "partners.partner": ({CHIEF, ADMINISTRATOR}, {CHIEF, ADMINISTRATOR}),
    "partners.package": ({CHIEF, ADMINISTRATOR}, {CHIEF, ADMINISTRATOR}),
    "partners.key": ({CHIEF, ADMINISTRATOR}, {CHIEF, ADMINISTRATOR}),
    "partners.removal": ({CHIEF, ADMINISTRATOR}, set()),
    "partners.webhook": ({CHIEF, ADMINISTRATOR}, {CHIEF, ADMINISTRATOR}),
    "axes.accessattempt": (set(), set()),
    "axes.accesslog": (set(), set()),
    "axes.accessfailurelog": (set(), set()),
}
WHOLE_PAGES = ["changelist", "add", "change", "history", "delete"]
#: more addresses of these rooms, for whoever writes them
WHOLE_ALSO = {
    "auth_user_password_change": "newsroom.user",
    "partners_key_issue": "partners.key",
    "partners_key_rotate": "partners.key",
    "partners_key_revoke": "partners.key",
    "partners_webhook_test": "partners.webhook",
    "partners_webhook_replay": "partners.webhook",
    "partners_webhook_resume": "partners.webhook",
    "partners_webhook_rotate": "partners.webhook",
}


def named() -> set[str]:
    """Every address that the tables know."""
    return {
        *STORY,
        *STORIES,
        "articles_article_do",
        *PHOTO,
        *PAGES,
        *STAFF,
        *ASKED_FOR,
        *WHOLE_ALSO,
        *(f"{flat(label)}_{page}" for label in RECORDS for page in (*RECORD, *RECORDS_AS_SUCH, "do")),
        *(f"{flat(label)}_simple_history" for label in WITH_HISTORY),
        *(f"{flat(label)}_{page}" for label in WHOLE for page in WHOLE_PAGES),
    }


def flat(label: str) -> str:
    return label.replace(".", "_")


def addresses() -> set[str]:
    """Every name under /admin/, as the URLconf has it."""

    def walk(resolver: Any, route: str = "") -> Iterator[tuple[str, str]]:
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern, route + str(pattern.pattern))
            elif pattern.name:
                yield route, pattern.name

    return {name for route, name in walk(get_resolver()) if route.startswith("admin/")}
