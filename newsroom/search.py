"""The newsroom's search: which public objects a reader's words find, and the lines that show why."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, When

from newsroom import daymarks, keyset, tokens
from newsroom.models import SearchEntry
from newsroom.search_sql import CROWD, LARGEST_ID, Among, Asked, Found, Groups, Rank, hits_of, latest, telling

LATEST = (F("sort_at").desc(nulls_last=True), "-id")
KINDS = ("person", "organisation", "topic", "event", "article", "photo")
NAMES = ("person", "organisation", "topic")  # kinds whose titles are names
WEIGHED = 400  # hits of a kind
OF_A_CROWD = 60  # hits of a kind if one has more than `CROWD`, and in any case those with the words in the title
OF_ONE_KIND = 3  # suggestions in a row
SNIPPET = 240  # characters
LEAD = 60  # characters of a snippet before its first mark
SENTENCE = re.compile(r"[.!?,:;。！？…][\"'”’»)\]]*$")  # or a part of one, at the end of a line


@dataclass(frozen=True)
class Within:
    """Tokens any of which says as much as some words of a query: a name in any spelling, beside other words."""

    words: str
    tokens: tuple[str, ...] = ()
    name: str = ""  # on record, of which nothing is cut off: the last syllable of 이재은 is no particle


Exact = Sequence[str | Within]


def is_blank(query: str) -> bool:
    """Whether nothing is asked: no letter and no digit."""
    return not tokens.for_query(query)


def narrowed(
    languages: Iterable[str] = (),
    first: dt.date | None = None,
    last: dt.date | None = None,
    *,
    topics: Iterable[str] = (),
    countries: Iterable[str] = (),
) -> list[list[str]]:
    """What entries are `marked` with that are in any of these languages, on any of these topics, and so on.

    Topics are given by their keys, days by the ends of a span. What has no language, no day and so on is left out then.
    """
    of_languages = [tokens.for_language(language) for language in languages]
    of_topics = [tokens.for_topic(key) for key in topics]
    of_countries = [tokens.for_country(code) for code in countries]
    of_days = daymarks.for_query(first, last) if first or last else []
    return [group for group in (of_languages, of_topics, of_countries, of_days) if group]


def matches(
    query: str,
    *,
    kinds: Collection[str] = (),
    exact: Exact = (),
    hits: Hits | None = None,
    marked: Groups = (),
) -> QuerySet[SearchEntry]:
    """The entries of these or of all kinds that hold all words of a query, or any `exact` token, best first.

    People who are called so come first, then what has the words in its title or name. A blank query finds nothing.
    A higher `rank` is a better hit; its scale is the database's own. `hits` are what `counts` has said, if that was
    asked already.
    Of words that stand nearly everywhere, only some entries of each kind are weighed against each other, so that
    the answer takes as long in an archive of any size; `page` goes on to all others.
    """
    return _Answer.to(query, kinds, exact, hits, marked).weighed_entries()


class Hits(dict[str, int]):
    """How many hits each kind has, as far as they were counted; and which, the latest indexed first, if those are all.

    The `ids` are what makes few hits cheap: nobody has to look them up again.
    """

    def __init__(self, numbers: Mapping[str, int], ids: Mapping[str, Sequence[int]] | None = None) -> None:
        super().__init__(numbers)
        self.ids = ids or {}

    @classmethod
    def of(cls, asked: Asked, kinds: Iterable[str], most: int) -> Hits:
        """Counted up to `most`."""
        found = hits_of(asked, kinds, most)
        ids = {kind: sorted(ids, reverse=True) for kind, (number, ids) in found.items() if len(ids) == number < most}
        return cls({kind: number for kind, (number, _ids) in found.items()}, ids)

    def among(self, kinds: Iterable[str]) -> Hits:
        """Of these kinds alone."""
        chosen = set(kinds)
        return Hits(
            {kind: number for kind, number in self.items() if kind in chosen},
            {kind: ids for kind, ids in self.ids.items() if kind in chosen},
        )


@dataclass(frozen=True)
class Page:
    """A stretch of what was found, and the place from which it goes on, if it does."""

    entries: list[SearchEntry]
    next: str = ""
    is_later: bool = False
    #: for each of its entries the place behind it
    places: Sequence[str] = ()


def page(
    query: str,
    *,
    kinds: Collection[str] = (),
    exact: Exact = (),
    hits: Hits | None = None,
    marked: Groups = (),
    after: str = "",
    size: int = 20,
) -> Page:
    """`matches` page by page, and behind them all that was not weighed, the latest first.

    As long as the archive stands still, each hit comes exactly once. Raises `keyset.BadToken`.
    """
    answer = _Answer.to(query, kinds, exact, hits, marked)
    ids, places, read = answer.behind(keyset.decode(after, (int, int)) if after else (), size + 1)
    unread = [pk for pk in ids[:size] if pk not in read]
    entries = {**read, **(SearchEntry.objects.defer("tokens").in_bulk(unread) if unread else {})}
    place = (places.get(ids[size - 1], UNWEIGHED), ids[size - 1]) if len(ids) > size else ()
    of_page = [entries[pk] for pk in ids[:size] if pk in entries]
    behind = [keyset.encode((places.get(pk, UNWEIGHED), pk)) for pk in ids[:size] if pk in entries]
    return Page(of_page, keyset.encode(place) if place else "", is_later=bool(after), places=behind)


UNWEIGHED = -1


@dataclass(frozen=True)
class _Answer:
    """All hits of a question: those that are weighed, and from where in each kind the others follow."""

    asked: Asked
    hits: Hits = field(default_factory=lambda: Hits({}))
    weighed: Mapping[str, Sequence[int]] = field(default_factory=dict)
    titled: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @classmethod
    def to(cls, query: str, kinds: Collection[str], exact: Exact, hits: Hits | None, marked: Groups) -> _Answer:
        asked = _asked(query, exact, marked)
        if not asked:
            return cls(asked)
        chosen = [kind for kind in KINDS if kind in kinds or not kinds]
        known = (Hits.of(asked, chosen, CROWD + 1) if hits is None else hits).among(chosen)
        many = OF_A_CROWD if max(known.values(), default=0) > CROWD else WEIGHED
        in_titles = replace(asked, groups=[*asked.groups, *tokens.for_titled(query)])
        titled = latest(in_titles, known, OF_A_CROWD)
        at_hand = {kind: ids[:many] for kind, ids in known.ids.items()}
        others = {kind: number for kind, number in known.items() if kind not in at_hand}
        return cls(asked, known, {**at_hand, **latest(asked, others, many)}, titled)

    def weighed_entries(self) -> QuerySet[SearchEntry]:
        titled = _flat(self.titled)
        ids = sorted({*titled, *_flat(self.weighed)})
        if not ids:
            return SearchEntry.objects.none()
        words = self._telling()
        rank = Rank(Asked(words, self.asked.exact), among=ids) if words or self.asked.exact else F("id") * 0.0
        called, is_name = self._called(), _either(Q(kind__in=NAMES))
        return (
            SearchEntry.objects.filter(Among(ids))
            .defer("tokens")
            .annotate(**called, rank=rank, in_title=_either(Among(titled)), is_name=is_name)
            .order_by(*(f"-{one}" for one in (*called, "in_title", "rank", "is_name")), *LATEST)
        )

    def _called(self) -> dict[str, Case]:
        """Whoever is called as is asked, in whichever spelling, comes before all that only names them."""
        exact = self.asked.exact
        return {"is_called": _either(Q(kind="person") & Q(Found(Asked([], exact))))} if exact else {}

    def _telling(self) -> Sequence[Sequence[str]]:
        """What one word finds has been counted already, if it is not much and nothing narrowed it."""
        is_counted = len(self.asked.groups) == 1 and not self.asked.marked and not self.asked.left_out
        are_few = is_counted and max(self.hits.values()) <= CROWD
        return self.asked.groups if are_few else telling(self.asked.groups)

    def behind(self, place: keyset.Values, most: int) -> tuple[list[int], dict[int, int], Mapping[int, SearchEntry]]:
        """The next entries behind a place, the places of those that are weighed, and what was read with them."""
        if place and place[0] == UNWEIGHED:
            return self._others(place[1], most), {}, {}
        weighed = self.weighed_entries()
        read = {} if place else {entry.pk: entry for entry in weighed[:most]}
        order = list(weighed.values_list("pk", flat=True) if place else read)
        places = {pk: at for at, pk in enumerate(order)}
        # Where that hit has gone meanwhile, its place is the next one's.
        start = places.get(place[1], int(place[0]) - 1) + 1 if place else 0
        ids = order[start : start + most]
        return ids + self._others(LARGEST_ID, most - len(ids)), places, read

    def _others(self, below: int, most: int) -> list[int]:
        """What is not weighed, of all kinds together."""
        others: list[int] = []
        for kind, weighed in self.weighed.items() if most > 0 else ():
            if 0 < len(weighed) < self.hits[kind]:
                known = set(self.titled.get(kind, ()))
                start = min(below, weighed[-1])
                others += [pk for pk in self._below(start, kind, most + len(known)) if pk not in known]
        return sorted(others, reverse=True)[:most]

    def _below(self, start: int, kind: str, most: int) -> Sequence[int]:
        if ids := self.hits.ids.get(kind):
            return [pk for pk in ids if pk < start][:most]
        return latest(self.asked, {kind: self.hits[kind]}, most, below=start)[kind]


def with_names_whole(query: str, exact: Exact) -> str:
    """The query, with names in quotation marks that stand in it with a title, or seem to end in a particle."""
    for one in exact:
        if isinstance(one, Within) and one.name:
            query = re.sub(rf"(?<!\w){re.escape(one.words)}(?!\w)", f'"{one.name}"', query)
    return query


def _asked(query: str, exact: Exact, marked: Groups = ()) -> Asked:
    """Whatever holds a name in another spelling holds each word of that name."""
    query = with_names_whole(query, exact)
    groups = plain = tokens.for_query(query)
    for name in exact:
        if isinstance(name, Within):
            words = tokens.for_query(name.words)
            groups = [
                [*group, *name.tokens] if one in words else group for one, group in zip(plain, groups, strict=True)
            ]
    own = [token for token in exact if isinstance(token, str)]
    return Asked(groups, own, marked, tokens.left_out(query))


def _either(condition: Q | Among) -> Case:
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def matching_ids(query: str, kind: str, *, exact: Exact = ()) -> QuerySet[SearchEntry, Any]:
    """The public ids of one kind's hits, as a subquery: `filter(uuid__in=matching_ids(…))`."""
    asked = _asked(query, exact)
    entries = SearchEntry.objects.filter(Found(asked)) if asked else SearchEntry.objects.none()
    return entries.filter(kind=kind).values("object_id")


def counts(query: str, *, exact: Exact = (), marked: Groups = (), most: int = CROWD + 1) -> Hits:
    """How many hits each kind has, counted up to `most`; kinds without any are absent."""
    asked = _asked(query, exact, marked)
    return Hits.of(asked, KINDS, most) if asked else Hits({})


def marks(query: str, *, kinds: Collection[str] = (), exact: Exact = (), marked: Groups = ()) -> list[frozenset[str]]:
    """The tokens of language, topics and countries that each hit has; to be asked only where `counts` tells of few."""
    asked = _asked(query, exact, [*marked, list(map(tokens.for_kind, kinds))] if kinds else marked)
    entries = SearchEntry.objects.filter(Found(asked)) if asked else SearchEntry.objects.none()
    return [frozenset(found.split()) for found in entries.values_list("marks", flat=True)]


def completions(typed: str, *, exact: Sequence[str] = (), most: int = 8) -> list[SearchEntry]:
    """What may be meant by words that are still being typed: entries in whose titles all of them begin words.

    Names come before what is written of them, so in the order of `KINDS`; the latest first among each, and no more
    than `OF_ONE_KIND` before the others have had their turn. An entry with any `exact` token is meant too.
    """
    groups = tokens.for_typing(typed)
    if not groups:
        return []
    asked = Asked(groups, exact)
    ids = latest(asked, dict.fromkeys(KINDS, CROWD + 1), most)
    entries = SearchEntry.objects.defer("tokens", "text").in_bulk(_flat(ids))
    of_kinds = [[entries[pk] for pk in ids.get(kind, ()) if pk in entries] for kind in KINDS]
    turns = range(0, most, OF_ONE_KIND)
    return [entry for turn in turns for found in of_kinds for entry in found[turn : turn + OF_ONE_KIND]][:most]


def _flat(of_kinds: Mapping[str, Iterable[int]]) -> list[int]:
    return [pk for ids in of_kinds.values() for pk in ids]


def snippet(text: str, query: str) -> list[tuple[str, bool]]:
    """The part of a text that answers best, in pieces; the flag says which are the words asked for."""
    text = unicodedata.normalize("NFC", _in_one_line(text))
    spans = list(tokens.found_in(text, query))
    start, end = _window(text, [first for first, _ in spans])
    pieces, at = [("…" if start else "", False)], start
    for first, last in spans:
        if start <= first and last <= end:
            pieces += [(text[at:first], False), (text[first:last], True)]
            at = last
    pieces += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return [piece for piece in pieces if piece[0]]


def _in_one_line(text: str) -> str:
    """A dot parts lines that are no sentences, such as the posts of a person, or nobody saw where one ends."""
    lines = [line for each in text.splitlines() if (line := " ".join(each.split()))]
    parted = (line if SENTENCE.search(line) else f"{line} ·" for line in lines[:-1])
    return " ".join([*parted, *lines[-1:]])


def _window(text: str, hits: list[int]) -> tuple[int, int]:
    """Where to cut: around the densest hits (given by where they begin), between words if there are any."""
    reach = SNIPPET - LEAD
    best = max(hits, key=lambda hit: bisect_left(hits, hit + reach) - bisect_left(hits, hit), default=0)
    start = max(0, min(best - LEAD, len(text) - SNIPPET))
    if start:
        start = text.find(" ", start, best) + 1 or start
    end = start + SNIPPET
    if end >= len(text):
        return start, len(text)
    return start, max(text.rfind(" ", best, end), 0) or end
