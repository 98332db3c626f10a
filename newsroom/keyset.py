"""The shelf of keyset paging: a place in a list as one token, and the rows on either side of it.

A list is ordered by `fields` such as `("-first_published_at", "-article_id")`, whose last one is unique.
Rows without a value come last, whichever way the list runs.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

ModelT = TypeVar("ModelT", bound=Model)
Values = tuple[Any, ...]
Kinds = Sequence[type | UnionType]

LONGEST_TOKEN = 1200
LARGEST_KEY = 2**63 - 1


class BadToken(ValueError):
    """The token is none of ours, or of another list."""


def encode(values: Values) -> str:
    """The place of a row, given by the values of the fields that order its list."""
    plain = [value if value is None or isinstance(value, int) else _text(value) for value in values]
    written = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(written.encode()).decode().rstrip("=")


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def decode(token: str, kinds: Kinds) -> Values:
    """The values of a token; each has to be of its kind, such as `dt.datetime`, `int` or `dt.date | None`.

    Raises BadToken.
    """
    if len(token) > LONGEST_TOKEN:
        raise BadToken("too long")
    try:
        values = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), b"-_", validate=True))
        if not isinstance(values, list):
            raise BadToken("no list")
        return tuple(_read(value, kind) for value, kind in zip(values, kinds, strict=True))
    except (ValueError, OverflowError, RecursionError) as error:
        raise BadToken(str(error)) from error


def _read(value: object, kind: type | UnionType) -> Any:
    allowed = get_args(kind) or (kind,)
    if value is None and NoneType in allowed:
        return None
    if type(value) is int and int in allowed and abs(value) <= LARGEST_KEY:
        return value
    if isinstance(value, str) and int not in allowed:
        return _from_text(value, allowed[0])
    raise BadToken("a value of another kind")


def _from_text(text: str, kind: Any) -> Any:
    """Raises ValueError or OverflowError for what no database takes."""
    text.encode()  # half a surrogate pair is no text
    if "\x00" in text:
        raise BadToken("a NUL character")
    if kind is dt.datetime:
        moment = dt.datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise BadToken("a time without offset")
        return moment.astimezone(dt.UTC)
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    return UUID(text) if kind is UUID else text


@dataclass(frozen=True)
class _Field:
    """One of the fields that order a list, as it is walked this way or the other."""

    name: str
    falls: bool
    may_be_missing: bool
    is_backwards: bool

    def ordering(self) -> OrderBy | str:
        """Said plainly wherever no value can be missing, since an index serves that on every database."""
        if not self.may_be_missing:
            return f"-{self.name}" if self.falls else self.name
        ends = {"nulls_first": True} if self.is_backwards else {"nulls_last": True}
        return F(self.name).desc(**ends) if self.falls else F(self.name).asc(**ends)

    def level_with(self, value: Any) -> Q:
        return self._missing if value is None else Q(**{self.name: value})

    def beyond(self, value: Any) -> Q:
        if value is None:
            return ~self._missing if self.is_backwards else Q(pk__in=[])
        further = Q(**{f"{self.name}__{'lt' if self.falls else 'gt'}": value})
        return further | self._missing if self.may_be_missing and not self.is_backwards else further

    def from_here(self, value: Any) -> Q:
        """What lets an index be entered at the value; no condition where values may be missing."""
        return Q() if self.may_be_missing else Q(**{f"{self.name}__{'lte' if self.falls else 'gte'}": value})

    @property
    def _missing(self) -> Q:
        return Q(**{f"{self.name}__isnull": True})


def ordered(queryset: QuerySet[ModelT, Any], fields: Sequence[str]) -> QuerySet[ModelT, Any]:
    """The list from its beginning."""
    return queryset.order_by(*(field.ordering() for field in _fields(queryset, fields)))


def after(queryset: QuerySet[ModelT, Any], fields: Sequence[str], values: Values) -> QuerySet[ModelT, Any]:
    """The rows behind that place, in the order of the list."""
    return ordered(queryset.filter(_beyond(_fields(queryset, fields), values)), fields)


def before(queryset: QuerySet[ModelT, Any], fields: Sequence[str], values: Values) -> QuerySet[ModelT, Any]:
    """The rows in front of that place, the nearest first."""
    backwards = _fields(queryset, fields, is_backwards=True)
    return queryset.filter(_beyond(backwards, values)).order_by(*(field.ordering() for field in backwards))


def _fields(queryset: QuerySet[Any, Any], fields: Sequence[str], *, is_backwards: bool = False) -> list[_Field]:
    return [
        _Field(
            name=(name := field.removeprefix("-")),
            falls=field.startswith("-") is not is_backwards,
            may_be_missing=_may_be_missing(queryset, name),
            is_backwards=is_backwards,
        )
        for field in fields
    ]


def _may_be_missing(queryset: QuerySet[Any, Any], name: str) -> bool:
    model: Any = queryset.model
    *relations, column = name.split("__")
    try:
        for relation in relations:
            model = model._meta.get_field(relation).related_model
        return bool(model._meta.get_field(column).null)
    except FieldDoesNotExist:
        return False  # an annotation, which the list computes itself


def _beyond(fields: Sequence[_Field], values: Sequence[Any]) -> Q:
    """`(a, b) < (x, y)` in the words of an index on both."""
    field, value = fields[0], values[0]
    if len(fields) == 1:
        return field.beyond(value)
    tied = field.level_with(value) & _beyond(fields[1:], values[1:])
    return field.from_here(value) & (field.beyond(value) | tied)


@dataclass(frozen=True)
class Page:
    """A stretch of a list: the values of its rows, and the places from which it goes on either way."""

    rows: list[Values]
    previous: str = ""
    next: str = ""

    def beginning(self, most: int) -> Page:
        """No more than so many of its first rows."""
        rows = self.rows[:most]
        return self if rows == self.rows else replace(self, rows=rows, next=encode(rows[-1]))

    def ending(self, most: int) -> Page:
        """No more than so many of its last rows."""
        rows = self.rows[-most:]
        return self if rows == self.rows else replace(self, rows=rows, previous=encode(rows[0]))


@dataclass(frozen=True)
class Place:
    """Where in a list somebody asks to be: behind or in front of a row, or at the beginning."""

    values: Values = ()
    is_before: bool = False


def page(queryset: QuerySet[Any, Any], fields: Sequence[str], place: Place, *, size: int) -> Page:
    """One page in one query; asked for what is in front of its first rows, a list begins at its beginning."""
    rows = list(_stretch(queryset, fields, place)[: size + 1])
    if place.is_before and len(rows) <= size:
        return page(queryset, fields, Place(), size=size)
    return _cut(rows, place, size)


Walk = tuple[QuerySet[Any, Any], Sequence[str]]


def merged(walks: Sequence[Walk], place: Place, *, size: int) -> Page:
    """One page of several lists as of one, in a query each; all of them fall, and no two rows have the same values."""
    rows = [row for queryset, fields in walks for row in _stretch(queryset, fields, place)[: size + 1]]
    if place.is_before and len(rows) <= size:
        return merged(walks, Place(), size=size)
    rows.sort(reverse=not place.is_before)
    return _cut(rows, place, size)


def _stretch(queryset: QuerySet[Any, Any], fields: Sequence[str], place: Place) -> QuerySet[Any, Values]:
    """All that lies on that side of the place, the nearest first."""
    names = [field.removeprefix("-") for field in fields]
    if not place.values:
        return ordered(queryset, fields).values_list(*names)
    return (before if place.is_before else after)(queryset, fields, place.values).values_list(*names)


def _cut(rows: list[Values], place: Place, size: int) -> Page:
    """The page that begins a stretch; there are more rows than it has if the stretch goes on."""
    if place.is_before:
        return _between(rows[size - 1 :: -1], has_previous=True, has_next=True)
    return _between(rows[:size], has_previous=bool(place.values), has_next=len(rows) > size)


def _between(rows: list[Values], *, has_previous: bool, has_next: bool) -> Page:
    return Page(
        rows,
        previous=encode(rows[0]) if rows and has_previous else "",
        next=encode(rows[-1]) if rows and has_next else "",
    )
