"""The shelf of filters: what the query of a list asks for, read alike on pages, in feeds and by the API.

Repeated keys mean OR within a filter, AND between filters. What cannot be read is an error of its field and
filters nothing; a value that names nothing is `unknown`, and a filter of unknown values alone finds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar, Protocol, cast
from uuid import UUID

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet, TextChoices
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from newsroom import keyset, search
from newsroom.dates import PartialDateError, parse_bound
from newsroom.markup import PUBLIC_ID
from newsroom.models import Record
from newsroom.redirects import presents, replaced

LONGEST_WORDS = 200
LONGEST_VALUE = 120
MOST_VALUES = 50
WINDOW = 10_000  # rows up to which a list is counted exactly
FACET_WINDOW = 1_000  # and up to which the choices of its facets are
MOST_STANDING = 60

# NUL, and the signs that turn what follows them around, the rest of a sentence included.
UNSEEN = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

Rows = QuerySet[Any, Any]


def tidy(text: str) -> str:
    """What somebody typed, without doubled blanks and without signs that nobody sees."""
    return " ".join(text.translate(UNSEEN).split())


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


class ChosenField(forms.Field):
    """Values of a catalogue, from repeated keys."""

    widget = forms.SelectMultiple

    def __init__(self, *, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.catalogue = catalogue

    def to_python(self, value: Any) -> Chosen:
        given = [value] if isinstance(value, str) else value or []
        values = list(dict.fromkeys(text.strip() for text in given if text.strip()))
        if len(values) > MOST_VALUES:
            raise ValidationError(_("At most %(most)d values."), "too_many", {"most": MOST_VALUES})
        if any(len(text) > LONGEST_VALUE or "\x00" in text for text in values):
            raise ValidationError(_("There is no such value."), "unreadable")
        options = {option.value: option for option in self.catalogue.named(values)} if values else {}
        return Chosen(
            tuple(options[text] for text in values if text in options),
            tuple(text for text in values if text not in options),
        )


class BoundField(forms.Field):
    """One end of a span: a year, a month or a day."""

    widget = forms.TextInput

    def __init__(self, *, is_end: bool, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.is_end = is_end

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        try:
            return parse_bound(text, end=self.is_end) if text else None
        except PartialDateError as error:
            raise ValidationError(str(error), "unreadable") from error


class Words(django_filters.Filter):  # type: ignore[misc]
    """Free words, by the search index; `exact` adds tokens that find what the words themselves do not."""

    field_class = forms.CharField

    def __init__(self, kind: str, *, exact: Callable[[str], search.Exact] | None = None) -> None:
        super().__init__(label=_("Words"), max_length=LONGEST_WORDS)
        self.kind, self.exact = kind, exact

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs.filter(uuid__in=self.hits(value)) if value else qs

    def hits(self, words: str) -> Rows:
        """The public ids of what the words find."""
        return search.matching_ids(words, self.kind, exact=self._exact(words))

    def count(self, words: str, *, most: int) -> int:
        """How many they are, counted up to `most`."""
        return search.counts(words, exact=self._exact(words), most=most).get(self.kind, 0)

    def _exact(self, words: str) -> search.Exact:
        return self.exact(words) if self.exact else ()


class AnyOf(django_filters.Filter):  # type: ignore[misc]
    """Whatever has at least one of the chosen values.

    `rows` are public rows in which column `owner` names what is listed and column `key` the value it has:
    the same rows answer which are listed and how many each value would bring.
    """

    field_class = ChosenField

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        label: Any,
        rows: Callable[[], Rows],
        key: str,
        owner: str = "pk",
    ) -> None:
        super().__init__(label=label, catalogue=catalogue)
        self.rows, self.key, self.owner = rows, key, owner

    @property
    def catalogue(self) -> Catalogue:
        catalogue: Catalogue = self.extra["catalogue"]
        return catalogue

    def filter(self, qs: Rows, value: Chosen) -> Rows:
        if not value:
            return qs
        return qs.filter(pk__in=self.rows().filter(**{f"{self.key}__in": value.keys}).values(self.owner))

    def counts(self, owners: Rows) -> dict[str, int]:
        """How many of these owners each value has; by a subquery, so that nothing is counted twice."""
        having = self.rows().filter(**{f"{self.owner}__in": owners}).exclude(**{self.key: None})
        counted = having.values(self.key).annotate(found=Count(self.owner, distinct=True)).order_by()
        return {str(key): found for key, found in counted.values_list(self.key, "found") if key != ""}


class Bound(django_filters.Filter):  # type: ignore[misc]
    """From or to a day; `apply` says what that means in its list."""

    field_class = BoundField

    def __init__(self, apply: Callable[[Rows, dt.date], Rows], *, label: Any, is_end: bool) -> None:
        super().__init__(label=label, is_end=is_end)
        self.apply = apply

    def filter(self, qs: Rows, value: dt.date | None) -> Rows:
        return self.apply(qs, value) if value else qs


class Sort(django_filters.Filter):  # type: ignore[misc]
    """The order of the list, which whoever pages it applies; it leaves out nothing."""

    field_class = forms.ChoiceField

    def __init__(self, choices: Sequence[tuple[str, Any]]) -> None:
        super().__init__(label=_("Sort by"), choices=choices)

    def filter(self, qs: Rows, value: str) -> Rows:
        return qs


class SpanForm(forms.Form):
    """What the query of a list says; a span that ends before it begins is a fault of its end."""

    def clean(self) -> dict[str, Any]:
        first, last = (self.cleaned_data.get(name) for name in ("from", "to"))
        if first and last and last < first:
            self.add_error("to", ValidationError(_("This lies before “from”: give a later day."), "backwards"))
        return self.cleaned_data


@dataclass(frozen=True)
class Counts:
    """How many each key of a facet would bring; at least so many where the counts are partial."""

    of_keys: dict[str, int] = field(default_factory=dict)
    is_partial: bool = False


class Filters(django_filters.FilterSet):  # type: ignore[misc]
    """The filters of one list, in their canonical order; `at` is the moment for which it is asked."""

    #: by which fields each order that `sort` offers runs; the first is the usual one
    orders: ClassVar[dict[str, tuple[str, ...]]]
    #: what kinds of values these fields have, for `keyset.decode`
    place: ClassVar[keyset.Kinds]

    class Meta:
        form = SpanForm

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, self.public(at))
        self._found: dict[str, int] = {}

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        """All that the list holds."""
        raise NotImplementedError

    @classmethod
    def get_filters(cls) -> dict[str, django_filters.Filter]:
        """`from` is a word of Python's own: it is declared as `from_`."""
        return {name.removesuffix("_"): one for name, one in super().get_filters().items()}

    @cached_property
    def values(self) -> dict[str, Any]:
        """What could be read, by name; `errors` has the rest."""
        self.form.full_clean()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def unknown(self) -> dict[str, tuple[str, ...]]:
        """The values that name nothing."""
        chosen = {name: value for name, value in self.values.items() if isinstance(value, Chosen)}
        return {name: value.unknown for name, value in chosen.items() if value.unknown}

    @property
    def active(self) -> list[str]:
        """The filters that are on; the order of a list is none."""
        return [name for name in self.filters if name in self.values and name != "sort"]

    @property
    def facets(self) -> dict[str, AnyOf]:
        return {name: one for name, one in self.filters.items() if isinstance(one, AnyOf)}

    @property
    def order(self) -> tuple[str, ...]:
        """The fields that the list is ordered by."""
        return self.orders.get(self.values.get("sort", "")) or next(iter(self.orders.values()))

    def filter_queryset(self, queryset: Rows) -> Rows:
        return self.matching()

    def matching(self, *, ignoring: str = "") -> Rows:
        """What all filters, or all but one, leave."""
        found = self.queryset.all()
        for name in self.active:
            if name != ignoring:
                found = self.filters[name].filter(found, self.values[name])
        return cast(Rows, found)

    def listed(self, *, ignoring: str = "") -> Rows:
        """The keys of what is left, each once, for counting."""
        return self.matching(ignoring=ignoring).values("pk")

    def found(self, *, ignoring: str = "") -> int:
        """How many there are; one more than `WINDOW` stands for more than that."""
        if ignoring not in self._found:
            self._found[ignoring] = self.listed(ignoring=ignoring)[: WINDOW + 1].count()
        return self._found[ignoring]

    def has_more(self, most: int, *, ignoring: str = "") -> bool:
        """Whether there are more than so many; what is not shown as a number is counted no further than that."""
        if not ignoring or ignoring in self._found:
            return self.found(ignoring=ignoring) > most
        return self.listed(ignoring=ignoring)[: most + 1].count() > most

    def counts(self) -> dict[str, Counts]:
        """For each facet, how many each key would bring if the facet's own choice were undone."""
        return {name: self._counts(name, facet) for name, facet in self.facets.items()}

    def _counts(self, name: str, facet: AnyOf) -> Counts:
        own = name if name in self.values else ""
        of_keys = facet.counts(self.listed(ignoring=own)[:FACET_WINDOW])
        return Counts(of_keys, is_partial=self.has_more(FACET_WINDOW, ignoring=own))


def column(model: type[Model], name: str, catalogue: Catalogue, *, label: Any) -> AnyOf:
    """A filter by a column of the listed rows themselves."""
    return AnyOf(catalogue, label=label, rows=model._default_manager.all, key=name)
