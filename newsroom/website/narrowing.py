"""Front of house: what narrows a search of everything: topic, country, language, days; read and shown as in lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.filters import EventFilters
from newsroom import search
from newsroom.articles.filters import ArticleFilters
from newsroom.articles.models import EditionFacet, Language
from newsroom.articles.shelved import values_of
from newsroom.filters import AnyOf, Bound, Chosen, Codes, Countries, Filters, Option, Records, Rows, Words
from newsroom.models import SearchEntry, Topic
from newsroom.photos.filters import PhotoFilters
from newsroom.search_sql import Groups
from newsroom.website.listing import MORE, Choice, Facet, Listing
from newsroom.website.queries import Query, understood
from newsroom.website.spans import Preset, presets, published
from people.filters import OrganisationFilters, PersonFilters

SHOWN = 12  # choices of a filter, before a reader asks for more
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
    topic = AnyOf(
        Records(Topic.objects.public, label=lambda topic: topic.local_name, is_short=True),
        label=_("Topic"),
        rows=SearchEntry.objects.none,
        key="pk",
    )
    country = AnyOf(CountriesOfStories(), label=_("Country"), rows=SearchEntry.objects.none, key="pk")
    language = AnyOf(Codes(Language), label=_("Language"), rows=SearchEntry.objects.none, key="language")
    from_ = Bound(_by_the_index, label=_("From"), is_end=False)
    to = Bound(_by_the_index, label=_("To"), is_end=True)

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self.filters["country"].extra["catalogue"] = CountriesOfStories(at)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return SearchEntry.objects.none()


class Narrowing(Listing):
    """What is chosen, for the same templates as a list's filters; kinds go along in all addresses.

    Countries `at_hand`, of what is shown, are offered beside those of stories.
    """

    def __init__(self, query: Query, filters: Filters, at: dt.datetime, more: str = "") -> None:
        self.query, self.filters, self.at, self.more = query, filters, at, more
        self.at_hand: Collection[str] = ()

    @classmethod
    def read(cls, path: str, asked: QueryDict, kinds: tuple[str, ...], at: dt.datetime) -> Narrowing:
        query, filters = understood(path, asked, SearchFilters, at)
        words = {"q": query.given["q"]} if "q" in query.given else {}
        given = words | ({"kind": kinds} if kinds else {}) | dict(query.given)
        return cls(Query(path, given), filters, at, asked.get("more", ""))

    @cached_property
    def marked(self) -> Groups:
        """As the index has it; values that name nothing find nothing."""
        days = (self.filters.values.get(end) for end in ("from", "to"))
        return search.narrowed(
            self._keys("language"), *days, topics=self._keys("topic"), countries=self._keys("country")
        )

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
    def followable(self) -> Query:
        """Without a date that could not be read, which narrows nothing."""
        return self._followable

    @property
    def presets(self) -> list[Preset]:
        return presets(self, published)

    @cached_property
    def facets(self) -> list[Facet]:
        """The choices by name, without how many there are of each: tabs count what is found."""
        facets = (self._offered(name, one) for name, one in self.filters.facets.items())
        return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]

    def _offered(self, name: str, one: AnyOf) -> Facet:
        chosen = self.filters.values.get(name, Chosen())
        at_hand = one.catalogue.keyed(self.at_hand) if name == "country" else ()
        options = {option.key: option for option in (*one.catalogue.standing(), *at_hand, *chosen.options)}
        ordered = sorted(options.values(), key=lambda option: option.label)
        most = MORE if self.more == name else SHOWN
        shown = [option for place, option in enumerate(ordered) if place < most or option in chosen.options]
        return Facet(
            name=name,
            label=str(one.label),
            choices=[Choice(option.value, option.label, 1, option in chosen.options, "") for option in shown],
            chosen=len(chosen.options),
            is_open=True,
            more_url=self.query.with_value("more", name).url if len(ordered) > len(shown) and most == SHOWN else "",
        )

    def in_list(self, kind: str, path: str) -> str:
        """The list of a kind, narrowed in the same way as far as it can be."""
        known = LISTS[kind].base_filters if kind in LISTS else ("q",)
        kept = self.query.only(*(name for name in known if name != "kind"))
        return Query(path, kept.given).url

    def kinds_narrowed(self) -> Collection[str]:
        """Those whose lists can be narrowed by all that is chosen here."""
        chosen = self.query.given.keys() - {"q", "kind"}
        return [kind for kind, filters in LISTS.items() if chosen <= filters.base_filters.keys()]
