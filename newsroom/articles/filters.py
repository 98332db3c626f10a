"""How readers and partners narrow the list of stories: walks along the dense keys of editions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.models import Event
from newsroom import keyset, search
from newsroom.articles.facets import publisher_slug
from newsroom.articles.models import Edition, EditionFacet, Kind, Language, Withdrawal
from newsroom.articles.shelved import counted, newest_on_each
from newsroom.articles.translations import told_once
from newsroom.filters import FACET_WINDOW, WINDOW, AnyOf, Bound, Counts, Filters, Rows, Sort, Words
from newsroom.models import Source
from newsroom.options import TOPICS, Catalogue, Chosen, Codes, Countries, Option, Records
from newsroom.search_sql import Groups
from people.filters import ORGANISATIONS, PEOPLE, names_in

Facet = EditionFacet.Facet

FEW = 2_000  # stories that words find, up to which they are looked up beforehand
MARKED = {"language": "languages", "topic": "topics", "country": "countries"}  # what the index of words knows too
WIDE = 5_000  # stories on a shelf from which on it does not matter how many more there are


@dataclass(frozen=True)
class Publishers:
    """Publishers of the sources of stories that stand at this moment; no other source is anybody's business."""

    at: dt.datetime | None = None

    def named(self, values: Collection[str]) -> Iterator[Option]:
        """One story of each publisher leads to the name as its source prints it."""
        if not values or self.at is None:
            return
        stories = newest_on_each(Facet.PUBLISHER, values, self.at)
        printed = Source.objects.filter(articles__in=stories).values_list("publisher", flat=True)
        names = {publisher_slug(publisher): publisher for publisher in printed}
        yield from (Option(value, value, names[value]) for value in values if value in names)

    keyed = named

    def standing(self) -> tuple[Option, ...]:
        return ()


class StoryWords(Words):
    """Of few hits the editions are read once and looked up; of a crowd, each row that is walked is asked.

    Both take as long in an archive of any size: what few words find is never compared with all stories, and what
    is found nearly everywhere is never gathered.
    """

    def __init__(self, kind: str, *, exact: Callable[[str], search.Exact] | None = None) -> None:
        super().__init__(kind, exact=exact)
        self._few: dict[str, list[int] | None] = {}

    def filter(self, qs: Rows, value: str) -> Rows:
        if not value:
            return qs
        few = self.few(value)
        if few is not None:
            return qs.filter(edition__in=few)
        return qs.filter(Exists(self.hits(value).filter(object_id=OuterRef("article__uuid"))))

    def count_marked(self, words: str, marked: Groups) -> int:
        """How many stories have them and one mark of each group, as far as they are counted."""
        found = search.counts(words, exact=self._exact(words), marked=marked, most=WINDOW + 1)
        return found.get(self.kind, 0)

    def few(self, words: str) -> list[int] | None:
        """The editions of what is found; None if those are too many to be read."""
        if words not in self._few:
            found = Edition.objects.filter(article__uuid__in=self.hits(words)).order_by()
            are_few = self.count(words, most=FEW + 1) <= FEW
            self._few[words] = list(found.values_list("pk", flat=True)) if are_few else None
        return self._few[words]


class Shelf(AnyOf):
    """Stories on any of the chosen shelves of one facet."""

    def __init__(self, facet: str, catalogue: Catalogue) -> None:
        rows = EditionFacet.objects.filter(facet=facet)
        super().__init__(catalogue, rows=rows.all, key="value", owner="edition")
        self.facet = facet

    def filter(self, qs: Rows, value: Chosen) -> Rows:
        if not value:
            return qs
        here = EditionFacet.objects.filter(edition=OuterRef("edition"), facet=self.facet, value__in=value.keys)
        return qs.filter(Exists(here))


class Printed(Shelf):
    """A shelf of what every row of every shelf tells as well."""

    def filter(self, qs: Rows, value: Chosen) -> Rows:
        return qs.filter(**{f"{self.facet}__in": value.keys}) if value else qs


def _midnight(day: dt.date) -> dt.datetime:
    """Where the newsroom is."""
    return dt.datetime.combine(day, dt.time(), timezone.get_default_timezone())


def _published_from(rows: Rows, day: dt.date) -> Rows:
    return rows.filter(first_published_at__gte=_midnight(day))


def _published_to(rows: Rows, day: dt.date) -> Rows:
    return rows.filter(first_published_at__lt=_midnight(day + dt.timedelta(days=1)))


class ArticleFilters(Filters):
    """Lists dense keys: one row for each text, by its first publication.

    The narrowest filter of one value is the shelf that is walked; all others are looked up beside each row.
    """

    q = StoryWords("article", exact=names_in)
    topic = Shelf(Facet.TOPIC, TOPICS)
    kind = Printed(Facet.KIND, Codes(Kind))
    language = Printed(Facet.LANGUAGE, Codes(Language))
    country = Shelf(Facet.COUNTRY, Countries())
    person = Shelf(Facet.PERSON, PEOPLE)
    organisation = Shelf(Facet.ORGANISATION, ORGANISATIONS)
    event = Shelf(Facet.EVENT, Records(Event.objects.public))
    source = Shelf(Facet.PUBLISHER, Publishers())
    from_ = Bound(_published_from, is_end=False)
    to = Bound(_published_to, is_end=True)
    sort = Sort([("newest", _("Newest first")), ("oldest", _("Oldest first"))])

    orders = {"newest": ("-first_published_at", "-article_id"), "oldest": ("first_published_at", "article_id")}
    place = (dt.datetime, int)

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self._widths: dict[str, int] = {}
        self.filters["source"].extra["catalogue"] = Publishers(at)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return EditionFacet.objects.visible(at)

    def matching(self, *, ignoring: str = "") -> Rows:
        asked = {name: self.values[name] for name in self.active if name != ignoring}
        return self._walk(self._narrowest(name for name in asked if self._size(name) == 1), asked)

    def listed(self, *, ignoring: str = "") -> Rows:
        """From the narrowest filter, on several shelves if need be; the newest first where it is one."""
        asked = {name: self.values[name] for name in self.active if name != ignoring}
        narrowest = self._narrowest(name for name in asked if self._size(name))
        rows = self._walk(narrowest, asked).values("edition")
        return self._once(rows, narrowest) if self._size(narrowest) > 1 else rows.order_by(*self.orders["newest"])

    def found(self, *, ignoring: str = "") -> int:
        """What words find nearly everywhere, their index has counted, as far as it knows the other filters too."""
        names = [name for name in self.active if name != ignoring]
        words: StoryWords = self.filters["q"]
        if "q" in names and words.few(self.values["q"]) is None and MARKED.keys() >= {*names} - {"q"}:
            chosen = {MARKED[name]: self.values[name].keys for name in names if name != "q"}
            if all(chosen.values()):  # what is unknown finds nothing, and is not marked
                self._found[ignoring] = words.count_marked(self.values["q"], search.narrowed(**chosen))
        return super().found(ignoring=ignoring)

    def _walk(self, shelf: str, asked: dict[str, Any]) -> Rows:
        """Along the shelves of one filter, or along all stories, with all other filters looked up beside each row."""
        facet, keys = (self.filters[shelf].facet, asked[shelf].keys) if shelf else (Facet.ALL, [""])
        found = self._on(facet, asked).filter(**{"value": keys[0]} if len(keys) == 1 else {"value__in": keys})
        for name, value in asked.items():
            if name != shelf:
                found = self.filters[name].filter(found, value)
        return found

    def _once(self, rows: Rows, name: str) -> Rows:
        """Each story on the first of the chosen shelves that it stands on; told row by row, unlike what is distinct."""
        here = EditionFacet.objects.filter(edition=OuterRef("edition"), facet=OuterRef("facet"))
        return rows.exclude(Exists(here.filter(value__in=self.values[name].keys, value__lt=OuterRef("value"))))

    def _on(self, facet: str, asked: dict[str, Any]) -> Rows:
        """The shelves of a facet; where words find few stories, by an expression that keeps databases from walking."""
        if "q" in asked and self.filters["q"].few(asked["q"]) is not None:
            return cast(Rows, self.queryset.alias(shelf=Concat("facet", Value(""))).filter(shelf=facet))
        return cast(Rows, self.queryset.filter(facet=facet))

    def _size(self, name: str) -> int:
        """On how many shelves a filter looks; 0 for one that is not made of shelves."""
        value = self.values.get(name)
        return len(value.keys) if isinstance(value, Chosen) else 0

    def _narrowest(self, names: Iterable[str]) -> str:
        """The filter on whose shelves the fewest stories stand; looked up only where there is a choice."""
        candidates = list(names)
        if len(candidates) < 2:
            return next(iter(candidates), "")
        return min(candidates, key=lambda name: (self._width(name), self._is_printed(name), self._size(name)))

    def _is_printed(self, name: str) -> bool:
        """Of equally wide shelves, the other one is walked: on its rows this filter stands."""
        return isinstance(self.filters[name], Printed)

    def _width(self, name: str) -> int:
        """How many stories stand there, as far as it matters."""
        if name not in self._widths:
            shelves = self.queryset.filter(facet=self.filters[name].facet, value__in=self.values[name].keys)
            self._widths[name] = shelves[:WIDE].count()
        return self._widths[name]

    def counts(self) -> dict[str, Counts]:
        """Facets without a choice are counted together, since they all look at the same stories."""
        chosen = [name for name in self.facets if name in self.values]
        counts = self._counted(self.facets.keys() - chosen, ignoring="")
        for name in chosen:
            counts |= self._counted([name], ignoring=name)
        return counts

    def _counted(self, names: Collection[str], *, ignoring: str) -> dict[str, Counts]:
        if not names:
            return {}
        # Read first: a database that is given the question in their place may compare all that every shelf holds.
        listed = list(self.listed(ignoring=ignoring).values("edition", "kind", "language")[: FACET_WINDOW + 1])
        newest, shelves = listed[:FACET_WINDOW], {}
        counts = {name: Counts({}, is_partial=len(listed) > FACET_WINDOW) for name in names}
        for name in names:
            facet = self.filters[name].facet
            if self._is_printed(name):
                counts[name].of_keys.update(Counter(row[facet] for row in newest))
            else:
                shelves[facet] = name
        for facet, value, found in counted([row["edition"] for row in newest], shelves):
            counts[shelves[facet]].of_keys[value] = found
        return counts


class StoryFilters(ArticleFilters):
    """Each story once: by its text in the reader's language, else by the one that it has.

    Whoever chooses a language has all texts of that. Of words, the texts alone count that have them; of words that
    stand nearly everywhere, each text for itself, since nobody looks through a crowd for its doubles in time.
    """

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self.at, self.reads = at, get_language() or ""

    def found(self, *, ignoring: str = "") -> int:
        """Of a whole shelf so long that its stories are more than are counted, the texts are not told apart."""
        narrowing = [name for name in self.active if name != ignoring and (name == "q" or self._size(name))]
        if ignoring not in self._found and len(narrowing) < 2 and narrowing != ["q"]:
            enough = len(Language) * (WINDOW + 1)
            if self._of_texts.listed(ignoring=ignoring)[:enough].count() == enough:
                self._found[ignoring] = WINDOW + 1
        return super().found(ignoring=ignoring)

    def _walk(self, shelf: str, asked: dict[str, Any]) -> Rows:
        rows = super()._walk(shelf, asked)
        if not self.reads or "language" in asked or self._finds_a_crowd(asked):
            return rows
        among = self.filters["q"].few(asked["q"]) if "q" in asked else None
        return told_once(rows, self.reads, self.at, among=among)

    def _finds_a_crowd(self, names: Collection[str]) -> bool:
        return "q" in names and self.filters["q"].few(self.values["q"]) is None

    def _counted(self, names: Collection[str], *, ignoring: str) -> dict[str, Counts]:
        """A language would bring all its texts."""
        if self._finds_a_crowd({*self.active} - {ignoring}):
            return super()._counted(names, ignoring=ignoring)
        counts = super()._counted([name for name in names if name != "language"], ignoring=ignoring)
        if "language" in names:
            counts |= ArticleFilters._counted(self._of_texts, ["language"], ignoring=ignoring)
        return counts

    @cached_property
    def _of_texts(self) -> ArticleFilters:
        """The same question, in which each text counts for itself."""
        texts = copy(self)
        texts.reads, texts._found = "", {}
        return texts


def editions(keys: Iterable[tuple[Any, ...]], at: dt.datetime) -> list[Edition]:
    """The visible editions behind rows of a walk, in its order and ready for lists."""
    order = [key for _moment, key in keys]
    found = {one.article_id: one for one in Edition.objects.visible(at).filter(article__in=order).in_lists()}
    return [found[key] for key in order if key in found]


class CorrectionFilters(Filters):
    """Lists the corrections of stories that still stand, and the withdrawals of those that do not, newest first.

    There is nothing to narrow. The key of a withdrawal is below zero.
    """

    orders = {"newest": ("-visible_from", "-id")}
    place = (dt.datetime, int)

    def __init__(self, data: QueryDict, *, at: dt.datetime) -> None:
        super().__init__(data, at=at)
        self.withdrawals = Withdrawal.objects.standing(at).annotate(key=-F("id"))

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Edition.objects.corrections(at)

    def found(self, *, ignoring: str = "") -> int:
        return super().found(ignoring=ignoring) + self.withdrawals[: WINDOW + 1].count()

    def page(self, place: keyset.Place, *, size: int) -> keyset.Page:
        walks = [(self.matching(), self.order), (self.withdrawals, ("-withdrawn_at", "-key"))]
        return keyset.merged(walks, place, size=size)
