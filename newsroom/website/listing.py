"""Front of house: one list of anything, its query read, its page cut, its filters counted and named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views import View

from newsroom import keyset
from newsroom.documents import site_address
from newsroom.filters import AnyOf, Counts, Filters
from newsroom.keyset import BadToken, Page, Place
from newsroom.options import Chosen, Option
from newsroom.website.copyfitting import fitted
from newsroom.website.follow import Way
from newsroom.website.queries import Query, understood
from newsroom.website.selection import Choice, Facet, Selection, number
from newsroom.website.spans import Preset, Span, presets, published

PAGE_SIZE = 20
TOP = 6  # choices of a facet that show at once
MORE = 100  # and when its reader asks for more
DRAWINGS = ("network", "company", "map")  # which may stand beside a list
OPEN_FACETS = 3  # as many stand open before anything is chosen


@dataclass(frozen=True)
class WayOut:
    """What to undo so that an empty list has something again, and how much that would be."""

    label: str
    url: str
    count: str


class Listing(Selection):
    """What a list page shows of one query; templates ask, and each part is computed once."""

    def __init__(self, page: ListPage, query: Query, filters: Filters, asked: QueryDict, at: dt.datetime) -> None:
        super().__init__(query, filters, at, asked.get("more", ""))
        self.view = page
        self.place, self.is_lost = self._place(asked)

    def _place(self, asked: QueryDict) -> tuple[Place, bool]:
        """Where the reader is; lost if the token is none of ours."""
        token, is_before = asked.get("after", ""), False
        if not token:
            token, is_before = asked.get("before", ""), True
        if not token:
            return Place(), False
        try:
            return Place(keyset.decode(token, self.filters.place), is_before), False
        except BadToken:
            return Place(), True

    @cached_property
    def page(self) -> Page:
        return self.view.page(self)

    @cached_property
    def rows(self) -> list[Any]:
        return self.view.rows(self)

    @cached_property
    def found(self) -> int:
        return self.filters.found()

    @property
    def lengths(self) -> list[int]:
        opened = [len(one.choices) for one in self.facets if one.name == self.more]
        return [len(self.page.rows), *(choices for choices in opened if choices > TOP)]

    def cut(self, most: int) -> Listing:
        """The same with no more rows than so many, those next to where its reader comes from."""
        if max(self.lengths) <= most:
            return self
        shorter = copy(self)
        shorter.page = self.page.ending(most) if self.place.is_before else self.page.beginning(most)
        if len(self.rows) == len(self.page.rows):
            shorter.rows = self.rows[-most:] if self.place.is_before else self.rows[:most]
        else:  # some records have gone since the walk
            shorter.rows = self.view.rows(shorter)
        shorter.facets = [one.cut(max(most, TOP)) if one.name == self.more else one for one in self.facets]
        return shorter

    # In words

    @property
    def heading(self) -> str:
        return str(self.view.heading)

    @property
    def count(self) -> str:
        return self.counted(self.found)

    def counted(self, found: int) -> str:
        """“3 articles”; beyond what is counted exactly, “10,000+ articles”."""
        return self.view.counted(found, number(found))

    @property
    def takes_words(self) -> bool:
        return "q" in self.filters.filters

    @property
    def outcome(self) -> str:
        if self.has_signs_alone:
            return _("No words to search for yet")
        if self.words:
            return _("%(count)s for “%(words)s”") % {"count": self.count, "words": self.words}
        return self.count

    @property
    def title(self) -> str:
        """What is on, in words: “sovereignty”, KISTEP or IBS: 3 articles – News; and first of all what went wrong."""
        return _("Error: %(title)s") % {"title": self._title} if self.has_errors else self._title

    @property
    def name(self) -> str:
        """What whoever follows the list calls it: no number, which would change with each story."""
        words = [f"“{self.words}”"] if self.words else []
        asked = ", ".join([*words, *(chip.label for chip in self.chips)])
        return f"{self.heading} – {asked}" if asked else self.heading

    @property
    def _title(self) -> str:
        if not self.query:
            return self.heading
        if self.has_signs_alone:
            return f"{self.outcome} – {self.heading}"
        asked = [f"“{self.words}”"] if self.words else []
        asked += [self._asked(name) for name in self.filters.active if name != "q"]
        parts = {"words": ", ".join(asked), "count": self.count, "heading": self.heading}
        if not asked:
            return _("%(count)s – %(heading)s") % parts
        return _("%(words)s: %(count)s – %(heading)s") % parts

    def _asked(self, name: str) -> str:
        labels = [label for _value, label in self.chosen(name)]
        return get_text_list(labels, _("or")) if name in self.filters.facets else self.labelled(name, labels[0])

    # Links

    # What each of the three forms keeps of the other two: filters stay while words change, and so on.

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        return self.query.only("q", "sort").pairs()

    @property
    def kept_by_sort(self) -> list[tuple[str, str]]:
        return self.query.without("sort").pairs()

    @property
    def is_indexable(self) -> bool:
        """Whether search engines should know this page by itself."""
        return not (self.query.given or self.place.values or self.more or self.is_lost)

    @property
    def clear_url(self) -> str:
        """Without filters; the words stay."""
        return self.query.only("q", "sort").url

    @property
    def next_url(self) -> str:
        return self.query.with_value("after", self.page.next).url if self.page.next else ""

    @property
    def previous_url(self) -> str:
        return self.query.with_value("before", self.page.previous).url if self.page.previous else ""

    @property
    def feeds(self) -> list[tuple[str, str, str]]:
        """What carries the same query: label, address, media type; what finds nothing ever cannot be followed."""
        if self.has_signs_alone:
            return []
        query = self.followable.text
        return [(str(label), f"{path}?{query}" if query else str(path), kind) for label, path, kind in self.view.feeds]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Value, label, and whether the list stands in that order."""
        sort = self.filters.filters.get("sort")
        choices = sort.extra["choices"] if sort else []
        return [(value, str(label), self.filters.orders[value] == self.filters.order) for value, label in choices]

    @property
    def presets(self) -> list[Preset]:
        return presets(self, self.view.spans)

    # Counts

    @cached_property
    def facets(self) -> list[Facet]:
        counts = self.filters.counts()
        facets = (
            self._facet(name, one, counts[name], is_early=place < OPEN_FACETS)
            for place, (name, one) in enumerate(self.filters.facets.items())
        )
        return [facet for facet in facets if len(facet.choices) > 1 or facet.chosen]

    def _facet(self, name: str, one: AnyOf, counted: Counts, *, is_early: bool) -> Facet:
        chosen, counts = self.filters.values.get(name, Chosen()), counted.of_keys
        most = MORE if self.more == name else TOP
        options = {option.key: option for option in self._options(one, counts, chosen, most)}
        ranked = sorted(options.values(), key=lambda option: (-counts.get(option.key, 0), option.label))
        shown = [option for place, option in enumerate(ranked) if place < most or option in chosen.options]
        return Facet(
            name=name,
            label=str(one.label),
            choices=[
                _choice(option, counts.get(option.key, 0), option in chosen.options, is_partial=counted.is_partial)
                for option in shown
            ],
            chosen=len(chosen.options),
            is_open=is_early or bool(chosen) or self.more == name,
            more_url=self.query.with_value("more", name).url if len(ranked) > len(shown) and most == TOP else "",
        )

    @staticmethod
    def _options(one: AnyOf, counts: dict[str, int], chosen: Chosen, most: int) -> Iterator[Option]:
        """More than are shown, since not every record that is counted has to be public."""
        standing = list(one.catalogue.standing())
        known = {option.key for option in (*standing, *chosen.options)}
        yield from (*standing, *chosen.options)
        most_found = nlargest(2 * most, counts, key=counts.__getitem__)
        yield from one.catalogue.keyed([key for key in most_found if key not in known])

    @cached_property
    def ways_out(self) -> list[WayOut]:
        """Each filter whose removal alone would bring something."""
        alternatives = ((name, self.filters.found(ignoring=name)) for name in self.filters.active)
        return [
            WayOut(self._removal(name), self.understood.without(name).url, self.counted(found))
            for name, found in alternatives
            if found
        ]

    def _removal(self, name: str) -> str:
        what = f"“{self.words}”" if name == "q" else self.labelled(name, self._asked_plainly(name))
        return _("Remove %(filter)s") % {"filter": what}

    def _asked_plainly(self, name: str) -> str:
        return get_text_list([label for _value, label in self.chosen(name)], _("or"))


def _choice(option: Option, found: int, is_on: bool, *, is_partial: bool) -> Choice:
    count = number(found) + ("+" if found and is_partial else "")
    return Choice(option.value, option.label, found, is_on, count)


def _own_address(listing: Listing, asked: QueryDict) -> dict[str, Any]:
    """What the frame says of a page that is filtered or further on: it stands for itself, and has no twins."""
    if listing.is_indexable:
        return {}
    given = ((name, asked.get(name, "")) for name in ("after", "before") if not listing.is_lost)
    place = dict([next(((name, token) for name, token in given if token), ("after", ""))])
    return {"canonical_url": site_address(listing.query.with_values(place).url), "alternates": []}


class ListPage(View):
    """A list with its filters; each says what it lists, how that is called, and what its rows show."""

    http_method_names = ["get", "head", "options"]
    filters_class: ClassVar[type[Filters]]
    template_name: ClassVar[str]
    heading: ClassVar[str | Promise]
    intro: ClassVar[str | Promise] = ""
    feeds: ClassVar[tuple[Way, ...]] = ()

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        query, filters = understood(request.path, request.GET, self.filters_class, at)
        listing = Listing(self, query, filters, request.GET, at)
        beside = self.beside(listing)
        context = {"listing": listing, "intro": self.intro, **_own_address(listing, request.GET), **beside}
        status = 404 if listing.is_lost else 200
        return fitted(request, self.template_name, context, drawings=DRAWINGS, status=status)

    def page(self, listing: Listing) -> Page:
        """The stretch of the list where its reader is."""
        return keyset.page(listing.filters.matching(), listing.filters.order, listing.place, size=PAGE_SIZE)

    def rows(self, listing: Listing) -> list[Any]:
        """What the rows of `listing.page` show."""
        raise NotImplementedError

    def counted(self, found: int, number: str) -> str:
        """“1 article”, “3 articles”."""
        raise NotImplementedError

    def spans(self, today: dt.date) -> list[Span]:
        """The spans of time that are one click away."""
        return published(today)

    def beside(self, listing: Listing) -> dict[str, Any]:
        """What the page shows beside its list."""
        return {}
