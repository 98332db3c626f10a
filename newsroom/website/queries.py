"""Front of house: the query of a list, read with tolerance and written again as the list's own addresses have it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from newsroom.filters import LONGEST_VALUE, LONGEST_WORDS, MOST_VALUES, AnyOf, Filters, tidy
from newsroom.partners import spellings

BRACKETS = re.compile(r"\[\d*\]$")


@dataclass(frozen=True)
class Query:
    """The canonical query of a list: the names it knows, in their order, without blanks and doubles."""

    path: str
    given: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, path: str, data: QueryDict, filters: Mapping[str, Any]) -> Query:
        """Tolerant: what is too much is cut off, of a key that takes one value the last one counts."""
        plain = without_brackets(data)
        given = {name: _tidy(plain.getlist(name), is_words=name == "q") for name in filters}
        single = {name for name, one in filters.items() if not isinstance(one, AnyOf)}
        return cls(path, {name: kept[-1:] if name in single else kept for name, kept in given.items() if kept})

    def __bool__(self) -> bool:
        return any(name != "sort" for name in self.given)

    def first(self, name: str) -> str:
        return next(iter(self.given.get(name, ())), "")

    def with_value(self, name: str, value: str) -> Query:
        return self.with_values({name: value})

    def with_values(self, values: Mapping[str, str]) -> Query:
        """With one value of each of these names; with none of a name whose value is empty."""
        given = {**self.given, **{name: (value,) for name, value in values.items()}}
        return replace(self, given={name: kept for name, kept in given.items() if any(kept)})

    def without(self, name: str, value: str = "") -> Query:
        """Less one filter, or one of its values."""
        left = tuple(one for one in self.given.get(name, ()) if value and one != value)
        given = {other: left if other == name else values for other, values in self.given.items()}
        return replace(self, given={other: values for other, values in given.items() if values})

    def only(self, *names: str) -> Query:
        return replace(self, given={name: kept for name, kept in self.given.items() if name in names})

    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, values in self.given.items() for value in values]

    @property
    def text(self) -> str:
        return urlencode(self.pairs())

    @property
    def url(self) -> str:
        return f"{self.path}?{self.text}" if self.given else self.path

    @property
    def data(self) -> QueryDict:
        return QueryDict(self.text)


def without_brackets(data: QueryDict) -> QueryDict:
    """`kind[]=report` and `kind[0]=report` are what some programs make of a repeated key."""
    plain = QueryDict(mutable=True)
    for name, values in data.lists():
        bare = BRACKETS.sub("", name)
        plain.setlist(bare, [*plain.getlist(bare), *values])
    return plain


def understood(path: str, data: QueryDict, kind: type[Filters], at: dt.datetime) -> tuple[Query, Filters]:
    """The query as its list's own addresses have it, where a reader or a program has called a value otherwise."""
    query = Query.read(path, data, kind.base_filters)
    filters, spoken = kind(query.data, at=at), query.data.copy()
    if filters.unknown and spellings.replace(spoken, filters):
        query = Query.read(path, spoken, kind.base_filters)
        filters = kind(query.data, at=at)
    return query, filters


def _tidy(values: Iterable[str], *, is_words: bool) -> tuple[str, ...]:
    longest = LONGEST_WORDS if is_words else LONGEST_VALUE
    cut = (tidy(value)[:longest] for value in values)
    return tuple(dict.fromkeys(value for value in cut if value))[:MOST_VALUES]
