"""The roles of the desk: which group may do what with which records, as one table."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

Actions = tuple[str, ...]

ARTICLES = ("articles.article", "articles.byline", "articles.mention", "articles.photouse")
PUBLICATION = ("articles.edition", "articles.withdrawal")  # to add an edition is to publish
PEOPLE = ("people.person", "people.organisation", "people.namevariant", "people.position", "people.attestation")
DIARY = (
    "events.event",
    "events.hosting",
    "events.session",
    "events.appearance",
    "events.statement",
    "events.series",
    "events.venue",
)
PHOTOS = ("photos.photo", "photos.depiction", "photos.lease", "photos.rendition")
SUBJECTS = ("newsroom.topic", "newsroom.source")
STAFF = ("newsroom.user", "auth.group")
FEED = ("newsroom.change",)
CONTENT = (*ARTICLES, *PUBLICATION, *PEOPLE, *DIARY, *PHOTOS, *SUBJECTS)

SEE: Actions = ("view",)
EDIT: Actions = ("add", "change", "delete")
#: rows below a record are taken out of it by whoever edits it; records themselves only a chief deletes
WRITE: Actions = ("add", "change")
BELOW = (
    "articles.byline",
    "articles.mention",
    "articles.photouse",
    "people.namevariant",
    "people.attestation",
    "events.hosting",
    "events.session",
    "events.appearance",
    "events.statement",
    "photos.depiction",
    "photos.lease",
)

ROLES: dict[str, dict[tuple[str, ...], Actions]] = {
    "Reporter": {CONTENT: SEE, ARTICLES: WRITE},
    "Editor": {CONTENT: SEE, (*ARTICLES, *PEOPLE, *DIARY, *SUBJECTS): WRITE, PUBLICATION: ("add",)},
    "Photo editor": {CONTENT: SEE, PHOTOS: WRITE},
    "Chief editor": {(*CONTENT, *FEED): SEE, CONTENT: EDIT},
    "Administrator": {(*CONTENT, *FEED, *STAFF): SEE, (*CONTENT, *STAFF): EDIT},
}


def allowed(role: str) -> set[str]:
    """The permissions of a role, written `app.action_model`."""
    return {codename for models, actions in ROLES[role].items() for codename in _codenames(models, actions)}


def grant() -> dict[str, int]:
    """Give each group exactly the permissions of its role; returns how many. Safe to run again."""
    return {role: _grant(role) for role in ROLES}


def _grant(role: str) -> int:
    wanted = Q(pk__in=[])
    for permission in allowed(role):
        app, codename = permission.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted))
    group, _created = Group.objects.get_or_create(name=role)
    group.permissions.set(found)
    return len(found)


def _codenames(models: tuple[str, ...], actions: Actions) -> Iterator[str]:
    for label in models:
        model = apps.get_model(label)
        removable = ("delete",) if actions == WRITE and label in BELOW else ()
        for action in (*actions, *removable):
            yield f"{model._meta.app_label}.{action}_{model._meta.model_name}"
