"""The shelf of options: which values the filters of lists know, as addresses, databases and readers have them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from django.db.models import QuerySet, TextChoices
from django.utils.text import capfirst
from django_countries import countries

from newsroom.markup import PUBLIC_ID
from newsroom.models import Record, Topic
from newsroom.redirects import presents, replaced

MOST_STANDING = 60

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Option:
    """One value of a filter: as addresses write it, as the database keeps it, as readers see it."""

    value: str
    key: str
    label: str


@dataclass(frozen=True)
class Chosen:
    """The values that a query names for one filter; `unknown` ones lead nowhere."""

    options: tuple[Option, ...] = ()
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.options or self.unknown)

    @property
    def keys(self) -> list[str]:
        return list(dict.fromkeys(option.key for option in self.options))


class Catalogue(Protocol):
    """Where a filter's values come from."""

    def named(self, values: Collection[str]) -> Iterable[Option]:
        """The options that addresses call so."""

    def keyed(self, keys: Collection[str]) -> Iterable[Option]:
        """The options that the database keeps under these keys."""

    def standing(self) -> Iterable[Option]:
        """The options that are offered even where they find nothing."""


class Codes:
    """A fixed list of words."""

    def __init__(self, choices: type[TextChoices]) -> None:
        self.choices = choices

    def named(self, values: Collection[str]) -> Iterator[Option]:
        return (option for option in self.standing() if option.value in values)

    keyed = named

    def standing(self) -> Iterator[Option]:
        return (Option(value, value, capfirst(label)) for value, label in self.choices.choices)


class Countries:
    """ISO 3166 codes, with their names in the reader's language."""

    def named(self, values: Collection[str]) -> Iterator[Option]:
        names = ((value, countries.name(value)) for value in values if value in countries)
        return (Option(value, value, str(name)) for value, name in names)

    keyed = named

    def standing(self) -> tuple[Option, ...]:
        return ()


class Records:
    """Public records by their slugs, or their public ids; by those of a record that was merged into one of them too."""

    def __init__(
        self, public: Callable[[], Rows], *, label: Callable[[Any], str] = str, is_short: bool = False
    ) -> None:
        self.public, self.label, self.is_short = public, label, is_short

    def named(self, values: Collection[str]) -> Iterator[Option]:
        """Each under the value by which it was asked for, as which it goes on in the addresses that have it."""
        missing = set(values)
        for option in self._options(self.public().filter(slug__in=values)):
            missing.discard(option.value)
            yield option
        ids = {value for value in missing if PUBLIC_ID.fullmatch(value.lower())}
        yield from self._by_id({value: UUID(value) for value in ids})
        moved = presents(self._kind, missing - ids) if missing - ids else {}
        now = {option.value: option for option in self._options(self.public().filter(slug__in=moved.values()))}
        yield from (replace(now[slug], value=former) for former, slug in moved.items() if slug in now)

    def _by_id(self, asked: dict[str, UUID]) -> Iterator[Option]:
        if not asked or not issubclass(self.public().model, Record):
            return
        public = {record.uuid: record for record in self.public().filter(uuid__in=asked.values())}
        gone = set(asked.values()) - public.keys()
        merged = replaced(self._kind, gone) if gone else {}
        stand = {record.uuid: record for record in self.public().filter(uuid__in=merged.values())} if merged else {}
        for value, one in asked.items():
            if record := public.get(one) or stand.get(merged.get(one, one)):
                yield replace(self._option(record), value=value)

    def keyed(self, keys: Collection[str]) -> Iterator[Option]:
        return self._options(self.public().filter(pk__in=keys))

    def standing(self) -> Iterator[Option]:
        """A short list stands as a whole, a long one only as far as it finds something."""
        return self._options(self.public()[:MOST_STANDING]) if self.is_short else iter(())

    def _options(self, records: Rows) -> Iterator[Option]:
        return map(self._option, records)

    def _option(self, record: Any) -> Option:
        return Option(record.slug, str(record.pk), self.label(record))

    @property
    def _kind(self) -> str:
        return str(self.public().model._meta.model_name)


TOPICS = Records(Topic.objects.public, label=lambda topic: topic.local_name, is_short=True)
