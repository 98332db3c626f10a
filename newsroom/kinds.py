"""The bottom shelf's kinds of public objects: what each shows of itself, whose documents hold it, and to whom.

A room registers its kinds from its `documents` module; `changes` reads them, and is where others find all this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from newsroom.indexing import Searchable
from newsroom.models import Change

PUBLIC = 1  # bit 0 of every mask: the public itself

Document = dict[str, Any]
Keys = Collection[int]
Embedders = Callable[[Keys], Iterable[int]]
Audience = Callable[[str, Document], int]  # the bits of the packages that hold a public object of this kind


@dataclass(frozen=True)
class Public:
    """What the public and partners may have of an object at one moment, and until when that holds."""

    document: Document | None = None  # None: nobody may have it now
    mask: int = 0
    reason: str = Change.Reason.HIDDEN
    note: str = ""
    replaced_by: UUID | None = None
    search: Searchable | None = None
    due_at: dt.datetime | None = None
    #: what our pages show beside the document: partners never get it, but the head moves with it
    beside: Document | None = None


DELETED = Public(reason=Change.Reason.DELETED)


@dataclass(frozen=True)
class Kind:
    """One type of public object: how to read it, what the public sees of it, and whose documents hold it."""

    name: str
    model: type[models.Model]
    load: Callable[[Keys], Iterable[models.Model]]
    publish: Callable[[Any, dt.datetime], Public]
    #: for each model that this kind's documents embed: the keys of the objects that embed these rows
    embeds: Mapping[type[models.Model], Embedders] = field(default_factory=dict)
    #: what a room keeps beside its objects and puts in order whenever they are settled
    tidy: Callable[[Keys, dt.datetime], object] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a room's objects part of the feed; called once, from the room's `documents` module."""
    _kinds[kind.name] = kind


def kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_named(name: str) -> Kind:
    return _kinds[name]


_read_audience: list[Callable[[], Audience]] = []


def license_by(read_audience: Callable[[], Audience]) -> None:
    """Let a higher room say which partners get what; asked once in every settlement, under its lock."""
    _read_audience[:] = [read_audience]


def audience() -> Audience:
    """Who beside the public may have what, as the packages stand at this moment."""
    return _read_audience[0]() if _read_audience else lambda _kind, _document: 0
