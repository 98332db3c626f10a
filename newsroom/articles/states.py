"""The copy desk's table of states for everybody to see: what may follow what, and which roles may do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from newsroom import roles
from newsroom.articles.models import Article
from newsroom.articles.transitions import TRANSITIONS
from newsroom.articles.wording import ACTS

ROLES = list(roles.ROLES)
#: the permissions that open a verb to a role; what each reaches is said in `policy`
OPENED_BY = {"recall": ("submit",), "publish": ("publish", "publish_unapproved")}


@dataclass(frozen=True)
class Move:
    """A line of the table."""

    verb: str
    act: Any
    before: Article.State
    after: Article.State
    #: for each role, in the order of `ROLES`, whether it may
    may: list[bool]


def table() -> list[Move]:
    """Every transition there is."""
    return [
        Move(verb, ACTS[verb], State(before), after, [_may(role, verb, before) for role in ROLES])
        for verb, moves in TRANSITIONS.items()
        for before, after in moves.items()
    ]


State = Article.State


def _may(role: str, verb: str, before: str) -> bool:
    """Without an approval a story is published by those alone who may do that."""
    permissions = OPENED_BY.get(verb, (verb,))
    if verb == "publish" and before not in {State.APPROVED, State.PUBLISHED, State.CORRECTED}:
        permissions = ("publish_unapproved",)
    held = roles.allowed(role)
    return any(f"articles.{permission}_article" in held for permission in permissions)
