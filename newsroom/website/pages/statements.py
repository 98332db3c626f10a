"""Detail pages: what was said, several statements of one speaker or from one meeting standing together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.models import Event, Statement
from newsroom import keyset
from newsroom.website.pages.links import Link, link

MOST = 20


@dataclass(frozen=True)
class Said:
    """What one speaker said at a meeting, in its order."""

    speaker: Link
    title: str
    statements: list[Statement]

    @property
    def publishers(self) -> list[str]:
        return _publishers(self.statements)


@dataclass(frozen=True)
class SaidAt:
    """What was said at one meeting."""

    event: Event
    statements: list[Statement]

    @property
    def publishers(self) -> list[str]:
        return _publishers(self.statements)


def by_speaker(statements: Iterable[Statement]) -> list[Said]:
    groups = groupby(statements, key=lambda one: (one.person_id, one.organisation_id))
    return [_said(list(together)) for _speaker, together in groups]


def newest(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """The latest first, those of one meeting in its order."""
    rows = statements.select_related("event__venue", "source")
    return keyset.ordered(rows, ("-event__starts_on_earliest", "-event__id", "order", "id"))


def by_event(statements: Iterable[Statement]) -> list[SaidAt]:
    """Meeting by meeting."""
    return [SaidAt(event, list(together)) for event, together in groupby(statements, key=lambda one: one.event)]


def _said(statements: list[Statement]) -> Said:
    first = statements[0]
    speaker = first.person or first.organisation
    title = first.appearance.title_as_printed if first.appearance else ""
    return Said(link(speaker) if speaker else Link(_("Unattributed")), capfirst(title), statements)


def _publishers(statements: Iterable[Statement]) -> list[str]:
    """Whose reports the words were taken from, each once."""
    return list(dict.fromkeys(one.source.publisher for one in statements if one.source))
