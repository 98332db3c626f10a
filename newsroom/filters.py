"""The shelf of filters: what the query of a list asks for, read alike on pages, in feeds and by the API.

Repeated keys mean OR within a filter, AND between filters. What cannot be read is an error of its field and
filters nothing; a value that names nothing is `unknown`, and a filter of unknown values alone finds nothing.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from newsroom import keyset, search
from newsroom.dates import PartialDateError, parse_bound
from newsroom.options import Catalogue, Chosen

LONGEST_WORDS = 200
LONGEST_VALUE = 120
MOST_VALUES = 50
WINDOW = 10_000  # rows up to which a list is counted exactly
FACET_WINDOW = 1_000  # and up to which the choices of its facets are

#: what readers see a filter called, by its name in addresses, unless its list says it more exactly
LABELS = {
    "q": _("Words"),
    "topic": _("Topic"),
    "kind": _("Kind"),
    "language": _("Language"),
    "country": _("Country"),
    "person": _("Person"),
    "organisation": _("Organisation"),
    "event": _("Event"),
    "series": _("Series"),
    "source": _("Source"),
    "from": _("From"),
    "to": _("To"),
    "sort": _("Sort by"),
}

# NUL, and the signs that turn what follows them around, the rest of a sentence included.
UNSEEN = dict.fromkeys([0, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])

Rows = QuerySet[Any, Any]


def tidy(text: str) -> str:
    """What somebody typed, each letter as one sign, without doubled blanks and without signs that nobody sees."""
    return " ".join(unicodedata.normalize("NFC", text).translate(UNSEEN).split())


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
        super().__init__(max_length=LONGEST_WORDS)
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
        rows: Callable[[], Rows],
        key: str,
        owner: str = "pk",
        label: Any = None,
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

    def __init__(self, apply: Callable[[Rows, dt.date], Rows], *, is_end: bool, label: Any = None) -> None:
        super().__init__(label=label, is_end=is_end)
        self.apply = apply

    def filter(self, qs: Rows, value: dt.date | None) -> Rows:
        return self.apply(qs, value) if value else qs


class Sort(django_filters.Filter):  # type: ignore[misc]
    """The order of the list, which whoever pages it applies; it leaves out nothing."""

    field_class = forms.ChoiceField

    def __init__(self, choices: Sequence[tuple[str, Any]]) -> None:
        super().__init__(choices=choices)

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
        filters = {name.removesuffix("_"): one for name, one in super().get_filters().items()}
        for name, one in filters.items():
            one.label = one.label or LABELS[name]
        return filters

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


def column(model: type[Model], name: str, catalogue: Catalogue, *, label: Any = None) -> AnyOf:
    """A filter by a column of the listed rows themselves."""
    return AnyOf(catalogue, rows=model._default_manager.all, key=name, label=label)
