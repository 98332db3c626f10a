"""The roles of the desk: which group holds which permissions, as one table; what each reaches says `policy`."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Model

Actions = tuple[str, ...]

STORIES = ("articles.article",)
PEOPLE = ("people.person", "people.organisation")
DIARY = ("events.event", "events.series", "events.venue")
PHOTOS = ("photos.photo",)
SUBJECTS = ("newsroom.topic", "newsroom.source")
RECORDS = (*PEOPLE, *DIARY, *PHOTOS, *SUBJECTS)
CONTENT = (*STORIES, *RECORDS)
PARTNERS = ("partners",)  # the whole room, whatever it keeps
STAFF = ("newsroom.user", "auth.group")
FEED = ("newsroom.change",)

SEE: Actions = ("view",)
#: one's own, until readers know it; what these reach is said in `policy`
WRITE: Actions = ("view", "add", "change", "delete")
EDIT: Actions = (*WRITE, "change_any")
ALL: Actions = (*EDIT, "delete_any")
KEEP: Actions = ("view", "add", "change", "delete")
HAND_IN: Actions = (*WRITE, "submit")
DESK_WORK: Actions = (
    *HAND_IN,
    "view_any",
    "change_any",
    "return",
    "approve",
    "publish",
    "correct",
    "assign",
)
CHIEF_WORK: Actions = (*DESK_WORK, "change_approved", "publish_unapproved", "withdraw", "delete_any")

ROLES: dict[str, dict[tuple[str, ...], Actions]] = {
    "Reporter": {STORIES: HAND_IN, RECORDS: WRITE},
    "Editor": {STORIES: DESK_WORK, RECORDS: EDIT},
    "Photo editor": {STORIES: ("view", "picture"), RECORDS: SEE, PHOTOS: (*EDIT, "see_original")},
    "Chief editor": {
        STORIES: CHIEF_WORK,
        RECORDS: ALL,
        PHOTOS: (*ALL, "see_original"),
        PARTNERS: KEEP,
        FEED: SEE,
    },
    "Administrator": {CONTENT: ("purge",), RECORDS: ("view", "purge"), PARTNERS: KEEP, STAFF: KEEP, FEED: SEE},
}


def allowed(role: str) -> set[str]:
    """The permissions of a role, written `app.action_model`."""
    return {codename for models, actions in ROLES[role].items() for codename in _codenames(models, actions)}


def grant(*only: str) -> dict[str, int]:
    """Give each group, or only those, exactly the permissions of its role; returns how many. Safe to run again."""
    return {role: _grant(role) for role in only or ROLES}


def _grant(role: str) -> int:
    wanted = allowed(role)
    named = Permission.objects.filter(codename__in={permission.split(".")[1] for permission in wanted})
    rows = named.values_list("pk", "content_type__app_label", "codename")
    found = [key for key, app, codename in rows if f"{app}.{codename}" in wanted]
    group, _created = Group.objects.get_or_create(name=role)
    group.permissions.set(found)
    return len(found)


def _codenames(labels: tuple[str, ...], actions: Actions) -> Iterator[str]:
    for label in labels:
        for model in _models(label):
            for action in actions:
                yield f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def _models(label: str) -> list[type[Model]]:
    """One model, or all that a room keeps."""
    return [apps.get_model(label)] if "." in label else list(apps.get_app_config(label).get_models())
