"""Front of house: what narrows a search of everything: topic, country, language, days; read and shown as in lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, lru_cache

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from events.filters import EventFilters
from newsroom import search, tokens
from newsroom.articles.filters import ArticleFilters
from newsroom.articles.models import EditionFacet, Language
from newsroom.articles.shelved import values_of
from newsroom.changes import Head
from newsroom.filters import AnyOf, Bound, Filters, Rows, Words
from newsroom.models import SearchEntry
from newsroom.options import TOPICS, Chosen, Codes, Countries, Option
from newsroom.photos.filters import PhotoFilters
from newsroom.search_sql import Groups
from newsroom.website.hits import kinds_called
from newsroom.website.listing import MORE
from newsroom.website.queries import Query, understood, without_brackets
from newsroom.website.selection import Choice, Facet, Selection, number
from newsroom.website.spans import Preset, presets, published
from people.filters import OrganisationFilters, PersonFilters

SHOWN = 12  # choices of a filter, before a reader asks for more
FEW = 200  # hits up to which choices are counted: each is read from the table
MARKS: Mapping[str, Callable[[str], str]] = {
    "topic": tokens.for_topic,
    "country": tokens.for_country,
    "language": tokens.for_language,
}
LISTS: dict[str, type[Filters]] = {
    "article": ArticleFilters,
    "event": EventFilters,
    "photo": PhotoFilters,
    "person": PersonFilters,
    "organisation": OrganisationFilters,
}


def _by_the_index(rows: Rows, day: dt.date) -> Rows:
    return rows


class CountriesOfStories(Countries):
    """Those stand that stories have at a moment."""

    def __init__(self, at: dt.datetime | None = None) -> None:
        self.at = at

    def standing(self) -> tuple[Option, ...]:
        return tuple(self.keyed(values_of(EditionFacet.Facet.COUNTRY, self.at))) if self.at else ()


class SearchFilters(Filters):
    """What may be asked of the index beside words and kind; it filters no rows, the index finds accordingly."""

    q = Words("")
    topic = AnyOf(TOPICS, rows=SearchEntry.objects.none, key="pk")
    country = AnyOf(CountriesOfStories(), rows=SearchEntry.objects.none, key="pk")
    language = AnyOf(Codes(Language), rows=SearchEntry.objects.none, key="language")
    from_ = Bound(_by_the_index, is_end=False)
    to = Bound(_by_the_index, is_end=True)

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self.filters["country"].extra["catalogue"] = CountriesOfStories(at)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return SearchEntry.objects.none()


@lru_cache(maxsize=4)
def standing_under(head: Head, language: str) -> Mapping[str, tuple[Option, ...]]:
    """What is offered whatever was asked; none of it changes before the head does."""
    filters = SearchFilters(QueryDict(), at=timezone.now())
    return {name: tuple(one.catalogue.standing()) for name, one in filters.facets.items()}


class Narrowing(Selection):
    """What is chosen, for the same templates as a list's filters; `kinds` go along in all addresses.

    Countries `at_hand`, of what is shown, are offered beside those of stories. As long as a `head` of the change feed
    stands, what is offered to everybody is looked up once.
    """

    def __init__(self, query: Query, filters: Filters, at: dt.datetime, more: str = "") -> None:
        super().__init__(query, filters, at, more)
        self.at_hand: Collection[str] = ()
        self.head: Head | None = None
        self.counts: Mapping[tuple[str, str], int] = {}

    @classmethod
    def read(cls, path: str, asked: QueryDict, at: dt.datetime) -> Narrowing:
        query, filters = understood(path, asked, SearchFilters, at)
        kinds = kinds_called(without_brackets(asked).getlist("kind"))
        words = {"q": query.given["q"]} if "q" in query.given else {}
        given = words | ({"kind": kinds} if kinds else {}) | dict(query.given)
        return cls(Query(path, given), filters, at, asked.get("more", ""))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Those that are chosen; none where all are looked through."""
        return self.query.given.get("kind", ())

    @property
    def is_blank(self) -> bool:
        """Whether there is no word to look for: nothing was typed, or signs alone."""
        return search.is_blank(self.words)

    def of_chosen(self, counts: Mapping[str, int]) -> Mapping[str, int]:
        """Of counts by kind, those of the kinds that are chosen."""
        return {kind: found for kind, found in counts.items() if not self.kinds or kind in self.kinds}

    @cached_property
    def marked(self) -> Groups:
        """As the index has it; values that name nothing find nothing."""
        keys = {name: self._keys(name) for name in self.filters.facets}
        return search.narrowed(keys["language"], *self._days, topics=keys["topic"], countries=keys["country"])

    @property
    def _days(self) -> tuple[dt.date | None, dt.date | None]:
        return self.filters.values.get("from"), self.filters.values.get("to")

    def _keys(self, name: str) -> list[str]:
        chosen = self.filters.values.get(name)
        return (chosen.keys or [""]) if chosen else []

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        return self.query.only("q", "kind").pairs()

    @property
    def clear_url(self) -> str:
        return self.query.only("q", "kind").url

    @property
    def labels(self) -> list[str]:
        return [chip.label for chip in self.chips]

    @property
    def is_begun(self) -> bool:
        """Whether anything is chosen or typed into a filter, be it readable or not."""
        return bool(self.query.without("q").without("kind"))

    @property
    def presets(self) -> list[Preset]:
        return presets(self, published)

    def count_choices(self, exact: search.Exact, counts: Mapping[str, int]) -> None:
        """Say how many each choice would bring, if that is soon counted: where the words alone find few."""
        days = search.narrowed([], *self._days)
        if self.marked != days and self._found(counts) <= FEW:
            counts = search.counts(self.words, exact=exact, marked=days)
        if 0 < self._found(counts) <= FEW:
            hits = search.marks(self.words, kinds=self.kinds, exact=exact, marked=days)
            left = {name: self._left_by_others(name, hits) for name in MARKS}
            choices = ((name, option.key) for name, options in self._offers.items() for option in options)
            self.counts = {(name, key): left[name][MARKS[name](key)] for name, key in choices}

    def _found(self, counts: Mapping[str, int]) -> int:
        return sum(self.of_chosen(counts).values())

    def _left_by_others(self, name: str, hits: Iterable[frozenset[str]]) -> Counter[str]:
        """How many hits have each mark, of those that the other filters leave."""
        others = [{MARKS[one](key) for key in self._keys(one)} for one in MARKS if one != name]
        chosen = [marks for marks in others if marks]
        return Counter(mark for hit in hits if not any(map(hit.isdisjoint, chosen)) for mark in hit)

    @cached_property
    def _offers(self) -> dict[str, list[Option]]:
        """What is offered for each filter, by name; what is chosen first."""
        return {name: self._offered(name, one) for name, one in self.filters.facets.items()}

    def _offered(self, name: str, one: AnyOf) -> list[Option]:
        chosen = self.filters.values.get(name, Chosen()).options
        at_hand = one.catalogue.keyed(self.at_hand) if name == "country" else ()
        options = {option.key: option for option in (*self._standing(name, one), *at_hand, *chosen)}
        return sorted(options.values(), key=lambda option: (option not in chosen, option.label))

    def _standing(self, name: str, one: AnyOf) -> Iterable[Option]:
        if self.head is None or self.head.is_due(self.at):
            return one.catalogue.standing()
        return standing_under(self.head, get_language() or "")[name]

    @cached_property
    def facets(self) -> list[Facet]:
        """The choices that bring most first; by name where they were not counted."""
        facets = (self._facet_of(name, options) for name, options in self._offers.items())
        return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]

    def _facet_of(self, name: str, options: list[Option]) -> Facet:
        chosen = self.filters.values.get(name, Chosen()).options
        ordered = sorted(options, key=lambda option: (-self.counts.get((name, option.key), 0), option.label))
        most = MORE if self.more == name else SHOWN
        shown = [option for place, option in enumerate(ordered) if place < most or option in chosen]
        return Facet(
            name=name,
            label=str(self.filters.facets[name].label),
            choices=[_choice(option, self.counts.get((name, option.key)), option in chosen) for option in shown],
            chosen=len(chosen),
            is_open=True,
            more_url=self.query.with_value("more", name).url if len(ordered) > len(shown) and most == SHOWN else "",
        )

    def in_list(self, kind: str, path: str) -> str:
        """The list of a kind, narrowed in the same way as far as it can be."""
        known = LISTS[kind].base_filters if kind in LISTS else ("q",)
        unkept = {"kind", "q"} if self.is_blank else {"kind"}
        kept = self.query.only(*(name for name in known if name not in unkept))
        return Query(path, kept.given).url

    def kinds_narrowed(self) -> Collection[str]:
        """Those whose lists can be narrowed by all that is chosen here."""
        chosen = self.query.given.keys() - {"q", "kind"}
        return [kind for kind, filters in LISTS.items() if chosen <= filters.base_filters.keys()]


def _choice(option: Option, found: int | None, is_on: bool) -> Choice:
    """With how many it would bring, if that was counted."""
    count = "" if found is None else number(found)
    return Choice(option.value, option.label, 1 if found is None else found, is_on, count)
