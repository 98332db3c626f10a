"""Dates with precision: the model field, the two indexed columns beside it, and the question of overlap."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

from newsroom.dates.forms import PartialDateFormField
from newsroom.dates.partial import PartialDate
from newsroom.dates.reading import PartialDateError

EDGES = ("earliest", "latest")

if TYPE_CHECKING:
    TextColumn = models.Field[PartialDate | str | None, PartialDate | None]
    DateColumn = models.DateField[dt.date | None, dt.date | None]
else:
    TextColumn, DateColumn = models.Field, models.DateField


def with_edges(*names: str) -> list[str]:
    """The names with those of their edges, as `update_fields` and `bulk_update` need them."""
    return [column for name in names for column in (name, *(f"{name}_{edge}" for edge in EDGES))]


def overlapping(field: str, start: dt.date | None, end: dt.date | None) -> models.Q:
    """Rows whose date can lie between both days, None being an open end; rows without a year never do."""
    within = models.Q()
    if start is not None:
        within &= models.Q(**{f"{field}_latest__gte": start})
    if end is not None:
        within &= models.Q(**{f"{field}_earliest__lte": end})
    return within


class PartialDateAttribute(DeferredAttribute):
    """Reads text on assignment and sets the edges; what is no date stays for `full_clean` to refuse."""

    def __set__(self, instance: models.Model, value: object) -> None:
        name = self.field.attname
        date = read_leniently(value)
        instance.__dict__[name] = date
        for edge in EDGES:
            instance.__dict__[f"{name}_{edge}"] = getattr(date, edge, None)


class EdgeAttribute(DeferredAttribute):
    """Follows its date: assigning has no effect unless the date itself is deferred."""

    def __init__(self, field: "EdgeField") -> None:
        super().__init__(field)
        self.date_name = field.name.rpartition("_")[0]

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            getattr(instance, self.date_name)  # loads the deferred date, which sets its edges
        return instance.__dict__[self.field.attname]

    def __set__(self, instance: models.Model, value: object) -> None:
        if self.date_name not in instance.__dict__:
            instance.__dict__[self.field.attname] = value


class EdgeField(DateColumn):
    """The first or last day that the date beside it can be; written with it, never by hand, in no fixture."""

    descriptor_class = EdgeAttribute

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "null": True, "editable": False, "db_index": True, "serialize": False})

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        # Copies of a model (history, table rebuilds) list the edges that their date has already added.
        if all(field.name != name for field in cls._meta.local_fields):
            super().contribute_to_class(cls, name, *args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateField", list(args), dict(kwargs)


class PartialDateField(TextColumn):
    """A PartialDate or None, stored as EDTF text, '' for none, with `<name>_earliest` and `<name>_latest`.

    Saving, creating in bulk and `loaddata` write all three columns. `update_fields` and `bulk_update` write
    what they name: pass them `with_edges(name)`; `QuerySet.update` has to be given each. Rows without a date
    are found by `<name>=""`. Migrations know plain text and date columns, so they never import this module.
    """

    description = _("Date with precision")
    descriptor_class = PartialDateAttribute
    empty_strings_allowed = True

    def __init__(self, verbose_name: Any = None, **kwargs: Any) -> None:
        super().__init__(verbose_name, **{"max_length": 32, "default": "", **kwargs})

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **kwargs: Any) -> None:
        super().contribute_to_class(cls, name, *args, **kwargs)
        for edge in EDGES:
            cls.add_to_class(f"{name}_{edge}", EdgeField())

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", list(args), dict(kwargs)

    def get_internal_type(self) -> str:
        return "CharField"

    def from_db_value(self, value: str | None, *_args: object) -> Any:
        return read_leniently(value)

    def to_python(self, value: object) -> PartialDate | None:
        """Raises ValidationError with the sentence that names what is wrong."""
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.parse(str(value)) if value else None
        except PartialDateError as error:
            raise ValidationError(str(error), code="invalid") from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        if value is None and not self.blank:
            raise ValidationError(self.error_messages["blank"], code="blank")

    def get_prep_value(self, value: Any) -> Any:
        date = self.to_python(super().get_prep_value(value))
        return "" if date is None else str(date)

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.get_prep_value(self.value_from_object(obj)))

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PartialDateFormField, **kwargs})


def read_leniently(value: object) -> Any:
    """The date that a text says, the text itself if it is none, None for an empty one."""
    if not isinstance(value, str):
        return value
    try:
        return PartialDate.parse(value) if value.strip() else None
    except PartialDateError:
        return value
