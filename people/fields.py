"""A column that follows another: the folded key under which a spelling is looked up."""

from __future__ import annotations

from typing import Any

from django.db import models

from people import naming


class _ComputedKey:
    """Reads the key off the spelling each time, so that no way of saving can leave a stale one behind."""

    def __init__(self, field: MatchKeyField) -> None:
        self.field = field

    def __get__(self, instance: models.Model | None, owner: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        return naming.match_key(getattr(instance, self.field.of) or "")

    def __set__(self, instance: models.Model, value: object) -> None:
        """Ignore what is assigned, since the spelling alone decides; but leave a trace of it.

        Django takes a column without a trace for a deferred one, and saves the row without it.
        """
        instance.__dict__[self.field.attname] = value


class MatchKeyField(models.CharField):  # type: ignore[type-arg]
    """`naming.match_key` of the attribute named `of`: indexed, not unique, right after `loaddata` too.

    Writing the spelling alone (`QuerySet.update()`, `update_fields`) is the way past it: save the whole row.
    """

    descriptor_class = _ComputedKey

    def __init__(self, *args: Any, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"max_length": 120, "editable": False, "db_index": True, "default": ""}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_length", "editable", "db_index", "default"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "of": self.of}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))
