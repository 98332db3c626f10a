"""Front of house: what narrows a search of everything: a language, a span of days, read and shown as in lists."""

from __future__ import annotations

import datetime as dt
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from newsroom import search
from newsroom.articles.models import Language
from newsroom.filters import AnyOf, Bound, Codes, Filters, Rows, Words
from newsroom.models import SearchEntry
from newsroom.search_sql import Groups
from newsroom.website.listing import Choice, Facet, Listing
from newsroom.website.queries import Query, understood
from newsroom.website.spans import Preset, presets, published


def _by_the_index(rows: Rows, day: dt.date) -> Rows:
    return rows


class SearchFilters(Filters):
    """What may be asked of the index beside words and kind; it filters no rows, the index finds accordingly."""

    q = Words("")
    language = AnyOf(Codes(Language), label=_("Language"), rows=SearchEntry.objects.none, key="language")
    from_ = Bound(_by_the_index, label=_("From"), is_end=False)
    to = Bound(_by_the_index, label=_("To"), is_end=True)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return SearchEntry.objects.none()


class Narrowing(Listing):
    """What is chosen, for the same templates as a list's filters; kinds go along in all addresses."""

    def __init__(self, query: Query, filters: Filters, at: dt.datetime) -> None:
        self.query, self.filters, self.at = query, filters, at

    @classmethod
    def read(cls, path: str, asked: QueryDict, kinds: tuple[str, ...], at: dt.datetime) -> Narrowing:
        query, filters = understood(path, asked, SearchFilters, at)
        words = {"q": query.given["q"]} if "q" in query.given else {}
        return cls(Query(path, words | ({"kind": kinds} if kinds else {}) | dict(query.given)), filters, at)

    @cached_property
    def marked(self) -> Groups:
        """As the index has it; values that name no language find nothing."""
        values = self.filters.values
        languages = values.get("language")
        return search.narrowed(
            [*languages.keys, *languages.unknown] if languages else (), values.get("from"), values.get("to")
        )

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
    def presets(self) -> list[Preset]:
        return presets(self, published)

    @cached_property
    def facets(self) -> list[Facet]:
        """All languages, without how many there are of each: tabs count what is found."""
        facet = self.filters.facets["language"]
        chosen = self.filters.values.get("language")
        on = chosen.options if chosen else ()
        choices = [Choice(one.value, one.label, 1, one in on, "") for one in facet.catalogue.standing()]
        return [Facet("language", str(facet.label), choices, len(on), is_open=True, more_url="")]
