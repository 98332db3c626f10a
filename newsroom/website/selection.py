"""Front of house: what a reader has chosen of the filters of a list or a search, in words and as links."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from newsroom import search
from newsroom.dates import PartialDate, in_words
from newsroom.filters import WINDOW, Filters
from newsroom.options import Chosen
from newsroom.website.queries import Query


@dataclass(frozen=True)
class Choice:
    """One value of a facet, with how many it would bring."""

    value: str
    label: str
    found: int
    is_on: bool
    count: str


@dataclass(frozen=True)
class Facet:
    """A filter with its choices, the commonest first."""

    name: str
    label: str
    choices: list[Choice]
    chosen: int
    is_open: bool
    more_url: str

    def cut(self, most: int) -> Facet:
        """With no more choices than so many, but for those that are on."""
        kept = [one for place, one in enumerate(self.choices) if one.is_on or place < most]
        return replace(self, choices=kept)


@dataclass(frozen=True)
class Chip:
    """A filter that is on; its link takes it off."""

    label: str
    url: str


class Selection:
    """What one query chooses; templates ask."""

    def __init__(self, query: Query, filters: Filters, at: dt.datetime, more: str = "") -> None:
        self.query, self.filters, self.at, self.more = query, filters, at, more

    @property
    def words(self) -> str:
        return self.query.first("q")

    @property
    def has_signs_alone(self) -> bool:
        """Whether what was typed holds no word to look for."""
        return bool(self.words) and search.is_blank(self.words)

    @property
    def kept_by_words(self) -> list[tuple[str, str]]:
        return self.query.without("q").pairs()

    @property
    def is_filtered(self) -> bool:
        return any(name != "q" for name in self.filters.active)

    @property
    def followable(self) -> Query:
        """What narrows the list: an order does not, nor does a date that could not be read."""
        return self.understood.without("sort")

    @property
    def understood(self) -> Query:
        """The query without a date that could not be read."""
        unread = [name for name, _label, _typed, error in self.ends if error]
        return self.query.only(*(name for name in self.query.given if name not in unread))

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(self.labelled(name, label), self.query.without(name, value).url)
            for name in self.filters.active
            if name != "q"
            for value, label in self.chosen(name)
        ]

    def chosen(self, name: str) -> list[tuple[str, str]]:
        """The values of a filter, by address and by label; what names nothing as it was typed, a date in words."""
        labels = {}
        if name in ("from", "to"):
            value = self.query.first(name)
            return [(value, in_words(PartialDate.from_human(value)))]
        if isinstance(chosen := self.filters.values.get(name), Chosen):
            labels = {option.value: option.label for option in chosen.options}
        return [(value, labels.get(value, value)) for value in self.query.given.get(name, ())]

    def labelled(self, name: str, label: str) -> str:
        return _("%(filter)s: %(value)s") % {"filter": self.filters.filters[name].label, "value": label}

    @property
    def ends(self) -> list[tuple[str, str, str, str]]:
        """The fields for a span of time: name, label, what was typed, and what is wrong with it."""
        fields = ((name, self.filters.filters[name]) for name in ("from", "to") if name in self.filters.filters)
        return [(name, str(one.label), self.query.first(name), self._error(name)) for name, one in fields]

    @property
    def has_errors(self) -> bool:
        return any(error for *_rest, error in self.ends)

    def _error(self, name: str) -> str:
        errors = self.filters.errors.get(name)
        return " ".join(errors) if errors else ""


def number(found: int) -> str:
    """“1,234”; what is beyond exact counting is “10,000+”."""
    grouped = number_format(min(found, WINDOW), use_l10n=True, force_grouping=True)
    return f"{grouped}+" if found > WINDOW else grouped
