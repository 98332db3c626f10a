"""Front of house: a search that is followed: the newest of what its words find, of all kinds or of those chosen."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event
from newsroom import search
from newsroom.articles.models import Edition
from newsroom.documents import site_address
from newsroom.models import SearchEntry
from newsroom.partners.newsfeeds import printable
from newsroom.partners.problems import BadParameters
from newsroom.photos.models import Photo
from newsroom.website import entries
from newsroom.website.entries import Entry
from newsroom.website.feeds import HouseFeed
from newsroom.website.follow import CALENDAR, Way, feeds_of
from newsroom.website.hits import LABELS, records_of
from newsroom.website.narrowing import Narrowing
from newsroom.website.queries import without_brackets
from newsroom.website.unreadable import refuse_faults
from people.filters import names_in

MOST = 20
Found = dict[UUID, Entry]


@dataclass(frozen=True)
class Followed:
    """What is asked, as the search page reads it."""

    narrowing: Narrowing

    @classmethod
    def read(cls, request: HttpRequest) -> Followed:
        """Raises `BadParameters`."""
        narrowing = Narrowing.read(request.path, request.GET, timezone.now())
        _refuse_unknown(without_brackets(request.GET).getlist("kind"), narrowing.kinds)
        refuse_faults(narrowing.filters)
        return cls(narrowing)

    @property
    def kinds(self) -> tuple[str, ...]:
        return self.narrowing.kinds

    @property
    def words(self) -> str:
        return self.narrowing.words

    @property
    def query(self) -> str:
        return self.narrowing.query.text

    def newest(self) -> list[SearchEntry]:
        """Stories by their first publication, meetings by their day; names, which have none, come last."""
        exact, marked = names_in(self.words), self.narrowing.marked
        found = search.matches(self.words, kinds=self.kinds, exact=exact, marked=marked)
        return list(found.order_by(F("sort_at").desc(nulls_last=True), "-id")[:MOST])


def _refuse_unknown(names: Iterable[str], kinds: Collection[str]) -> None:
    """Names of nothing else than no kind would leave out nothing."""
    if any(name.strip() for name in names) and not kinds:
        told = {"kinds": ", ".join(LABELS)}
        raise BadParameters({"kind": _("There is no such kind; there are: %(kinds)s.") % told})


class SearchFeed(HouseFeed):
    """The same words and kinds as on the page, the newest first."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Followed:
        return Followed.read(request)

    def title(self, asked: Followed) -> str:
        kinds = ", ".join(str(LABELS[kind][0]) for kind in asked.kinds)
        parts = [f"“{asked.words}”" if asked.words else "", kinds, *asked.narrowing.labels]
        name = _("%(newsroom)s: Search") % {"newsroom": settings.NEWSROOM_NAME}
        return printable(" – ".join(filter(None, [name, *parts])))

    def link(self, asked: Followed) -> str:
        return site_address(f"{reverse('search')}?{asked.query}")

    def feed_url(self, asked: Followed) -> str:
        return site_address(f"{reverse(f'search-{self.form}')}?{asked.query}")

    feed_guid = link

    def description(self, asked: Followed) -> str:
        return _("The newest of what these words find, in any spelling of a name.")

    def items(self, asked: Followed) -> list[Entry]:
        hits = asked.newest()
        found = entries_of(hits, asked.words, timezone.now())
        return [found[hit.object_id] for hit in hits if hit.object_id in found]


def entries_of(hits: Collection[SearchEntry], words: str, at: dt.datetime) -> Found:
    """What a feed says of each hit, in a few queries a kind; what has ceased to be public is left out."""
    of_kind: dict[str, list[Any]] = defaultdict(list)
    for (kind, _uuid), record in records_of(hits, at).items():
        of_kind[kind].append(record)
    lines = {hit.object_id: "".join(piece for piece, _is_found in search.snippet(hit.text, words)) for hit in hits}
    return {one.object_id: one for kind, records in of_kind.items() for one in _entries(kind, records, lines)}


def _entries(kind: str, records: Collection[Any], lines: dict[UUID, str]) -> Iterable[Entry]:
    if kind == "article":
        stories = Edition.objects.filter(pk__in=[edition.pk for edition in records])
        return entries.of_stories(stories.in_lists())
    if kind == "event":
        events = Event.objects.public().filter(pk__in=[event.pk for event in records])
        return entries.of_events(events.select_related("venue"))
    if kind == "photo":
        photos: Collection[Photo] = records
        return entries.of_photos(photos)
    return entries.of_names(kind, records, lines)


def ways_to_follow(asked: Narrowing, *, holds_events: bool) -> list[Way]:
    """How to follow this search, its meetings as a calendar too; nothing asked cannot be followed."""
    if asked.is_blank:
        return []
    query = asked.followable.text
    feeds: list[Way] = [(label, f"{path}?{query}", kind) for label, path, kind in feeds_of("search")]
    label, path, kind = CALENDAR
    return [*feeds, (label, f"{path}?{asked.followable.without('kind').text}", kind)] if holds_events else feeds
