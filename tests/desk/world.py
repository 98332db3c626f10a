"""The desk as the matrix of rights sees it: everybody who may come, and a thing of each sort in each state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from newsroom.articles import story
from newsroom.articles.models import Article
from newsroom.models import User
from people.models import Position
from tests import factories
from tests.desk import matrix

ROLES = ["Reporter", "Editor", "Photo editor", "Chief editor", "Administrator"]
STATES = [*Article.State.values, "trashed"]
NOBODY = AnonymousUser()


class World:
    """Who works at the desk, and what lies on it; each thing's name says whose it is and how it stands."""

    def __init__(self) -> None:
        self.users: dict[str, Any] = {role: factories.make_user(role) for role in ROLES}
        self.users["superuser"] = User.objects.create_superuser("superuser")
        self.users["reader"] = User.objects.create_user("reader")
        self.users["nobody"] = NOBODY
        self.author = factories.make_user("Reporter")
        factories.make_user("Editor")  # so that nobody is alone with their own story
        self.photo = factories.make_photo()
        self.person = factories.make_person(family_name="Quokka")
        owners = {"others": self.author} | {role: self.users[role] for role in ROLES}
        self.stories = {
            (owner, state): self._story(owner, user, state) for owner, user in owners.items() for state in STATES
        }
        self.records = {label: self._records(label) for label in sorted(matrix.RECORDS)}
        self.whole = {"newsroom.user": self.author, "auth.group": self.author.groups.get()}

    def _story(self, owner: str, user: User, state: str) -> Article:
        trashed = {"trashed_at": timezone.now()} if state == "trashed" else {"state": state}
        words = f"Canary {owner} {state}"
        article = factories.make_article(headline=words, created_by=user, standfirst=words, **trashed)
        story.keep(article, by=user, at=timezone.now())
        article.mentions.create(person=self.person)
        if owner != "others":
            article.photo_uses.create(photo=self.photo)
        return article

    def _records(self, label: str) -> dict[str, Any]:
        if label == "people.position":
            return {"hidden": Position.objects.create(person=factories.make_person(), title="Director")}
        make = getattr(factories, f"make_{label.split('.')[1]}")
        made = {"hidden": make(created_by=self.author)}
        made["trashed"] = make(created_by=self.author, trashed_at=timezone.now())
        if hasattr(made["hidden"], "is_public"):
            made["public"] = make(created_by=self.author, is_public=True)
        return made

    def stories_of(self, name: str) -> Iterator[Article]:
        """Somebody else's in every state, and their own; whoever may not log in to the desk is sent away from any."""
        is_outside = name in {"reader", "nobody"}
        for (owner, state), article in self.stories.items():
            if owner == name or (owner == "others" and (not is_outside or state == "draft")):
                yield article
