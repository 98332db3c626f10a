"""The questions every room asks in the same words: which records may the public see, and by which key."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

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
