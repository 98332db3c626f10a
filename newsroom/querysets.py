"""The questions every room asks in the same words: which records may the public see, and by which key."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

ModelT = TypeVar("ModelT", bound=models.Model)


class KeyedManager(models.Manager[ModelT]):
    """Finds a row by the lookups in its model's `natural_lookups`, so that fixtures can name what they mean."""

    def get_by_natural_key(self, *key: object) -> ModelT:
        lookups: tuple[str, ...] = self.model.natural_lookups  # type: ignore[attr-defined]
        return self.get(**dict(zip(lookups, key, strict=True)))


class RecordQuerySet(models.QuerySet[ModelT]):
    """Questions about records that have a slug and a door."""

    def public(self) -> Self:
        """The rows that readers and partners may see."""
        return self.filter(is_public=True)


def out(at: dt.datetime | None = None, *, of: str = "") -> Q:
    """What readers may have at that moment, else now: public, and under no embargo.

    `of` leads from the rows that are asked to those that have the embargo, such as "event__".
    """
    free = Q(**{f"{of}embargo_until": None}) | Q(**{f"{of}embargo_until__lte": at or timezone.now()})
    return Q(**{f"{of}is_public": True}) & free


class EmbargoedQuerySet(RecordQuerySet[ModelT]):
    """The same of records that may be under embargo."""

    def public(self, at: dt.datetime | None = None) -> Self:
        """The rows that readers and partners may see at that moment, else now."""
        return self.filter(out(at))
