"""Front of house: one box for everything: what the search index finds, of each kind how much, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import search
from newsroom.dates import span_in_words
from newsroom.documents import site_address
from newsroom.keyset import BadToken
from newsroom.models import SearchEntry, Topic
from newsroom.search_sql import CROWD
from newsroom.website.copyfitting import fitted
from newsroom.website.hits import LABELS, Key, countries_of, records_of
from newsroom.website.narrowing import Narrowing
from newsroom.website.pages.stretches import Stretch
from newsroom.website.queries import Query
from newsroom.website.record_rows import spelling_meant, today_as_date
from newsroom.website.rows import Snippet
from newsroom.website.search_feeds import ways_to_follow
from newsroom.website.selection import number
from newsroom.website.spellings import with_names_meant
from newsroom.website.suggestions import meant
from people.filters import names_in
from people.models import Organisation, Person

MOST = 20


@dataclass(frozen=True)
class Tab:
    """A kind of result, and how many there are."""

    label: str
    url: str
    count: str
    is_on: bool


@dataclass(frozen=True)
class Hit:
    """One public object that was found, with the lines that show why."""

    kind: str
    url: str
    title: Snippet
    snippet: Snippet
    language: str
    line: str = ""
    spelling: str = ""
    #: the address of what was found after it
    further: str = ""


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    narrowing = Narrowing.read(request.path, request.GET, at)
    narrowing.head = getattr(request, "head", None)
    words, query = narrowing.words, narrowing.query
    exact = names_in(words)
    counts = search.counts(words, exact=exact, marked=narrowing.marked)
    others = search.counts(words, exact=exact) if narrowing.marked and not counts else {}
    likely = meant(words) if not (narrowing.is_blank or counts or others) else ""
    page = _page(narrowing, exact, counts, request.GET.get("after", ""))
    records = records_of(page.entries, at)
    narrowing.at_hand = countries_of(records.values())
    narrowing.count_choices(exact, counts)
    outcome = "" if narrowing.is_blank else _outcome(words, narrowing.of_chosen(counts).values())
    hits = _hits(page, records, words, exact, at, query)
    context = {
        "listing": narrowing,
        "title": _title(outcome, is_wrong=narrowing.has_errors),
        "others": _number(others.values()) if others else "",
        "words": words,
        "meant": likely,
        "meant_url": query.with_value("q", likely).url,
        "hits": Stretch(hits, len(hits) + bool(page.next)),
        "tabs": _tabs(query, narrowing.kinds, counts),
        "outcome": outcome,
        "ways": ways_to_follow(narrowing, holds_events="event" in narrowing.of_chosen(counts)),
        "list_url": _list_url(narrowing, counts),
        "lists": _lists(narrowing) if narrowing.is_blank and (words or narrowing.is_begun) else [],
        "first_url": query.url if page.is_later else "",
        **_own_address(query, request.GET.get("after", "") if page.is_later else ""),
    }
    return fitted(request, "website/search.html", context)


def _title(outcome: str, *, is_wrong: bool) -> str:
    title = " – ".join(filter(None, [outcome, _("Search")]))
    return _("Error: %(title)s") % {"title": title} if is_wrong else title


def _outcome(words: str, counts: Collection[int]) -> str:
    count = ngettext("%(number)s result", "%(number)s results", sum(counts)) % {"number": _number(counts)}
    return _("%(count)s for “%(words)s”") % {"count": count, "words": words}


def _number(counts: Collection[int]) -> str:
    """“1,234” of some kinds together; “1,000+” if search has counted no further."""
    known = sum(min(found, CROWD) for found in counts)
    return number(known) + ("+" if known < sum(counts) else "")


def _tabs(query: Query, chosen: Collection[str], counts: dict[str, int]) -> list[Tab]:
    if not counts:
        return []
    everything = Tab(_("All"), query.without("kind").url, _number(counts.values()), not chosen)
    return [
        everything,
        *(
            Tab(str(plural), query.with_value("kind", kind).url, _number([counts[kind]]), kind in chosen)
            for kind, (plural, _one, _listing) in LABELS.items()
            if kind in counts
        ),
    ]


def _list_url(asked: Narrowing, counts: Mapping[str, int]) -> str:
    """The list of the one kind that is chosen, where it has something."""
    (kind, *others) = asked.kinds or ("",)
    return "" if others or kind not in counts else asked.in_list(kind, reverse(LABELS[kind][2]))


def _lists(asked: Narrowing) -> list[tuple[str, str]]:
    """Where one can look without words: the lists that take the same filters."""
    return [(str(LABELS[kind][0]), asked.in_list(kind, reverse(LABELS[kind][2]))) for kind in asked.kinds_narrowed()]


def _own_address(query: Query, after: str) -> dict[str, Any]:
    """What is asked stands for itself, filters included, and has no twin in another language."""
    if not query.given:
        return {}
    return {"canonical_url": site_address(query.with_value("after", after).url), "alternates": []}


def _page(asked: Narrowing, exact: search.Exact, counts: search.Hits, after: str) -> search.Page:
    """From the beginning where an address goes on in no place of ours."""
    page = partial(
        search.page, asked.words, kinds=asked.kinds, exact=exact, hits=counts, marked=asked.marked, size=MOST
    )
    try:
        return page(after=after)
    except BadToken:
        return page()


def _hits(
    page: search.Page, records: Mapping[Key, Any], words: str, exact: search.Exact, at: dt.datetime, query: Query
) -> list[Hit]:
    """What has ceased to be public since it was indexed is left out."""
    behind = zip(page.entries, page.places, strict=True)
    found = ((entry, records.get((entry.kind, entry.object_id)), place) for entry, place in behind)
    marked = with_names_meant(words, exact) if page.entries else words
    return [
        replace(_hit(entry, record, words, marked, at), further=query.with_value("after", place).url)
        for entry, record, place in found
        if record is not None
    ]


def _hit(entry: SearchEntry, record: Any, words: str, marked: str, at: dt.datetime) -> Hit:
    title, text = _told(entry, record)
    return Hit(
        kind=str(LABELS[entry.kind][1]),
        url=record.get_absolute_url(),
        title=search.snippet(title, marked),
        snippet=search.snippet(text, marked),
        language=entry.language,
        line=_line(record, at),
        spelling=spelling_meant(record, words) if isinstance(record, Person) else "",
    )


def _told(entry: SearchEntry, record: Any) -> tuple[str, str]:
    """A topic is indexed in both its languages, and told in the reader's."""
    return (record.local_name, record.local_description) if isinstance(record, Topic) else (entry.title, entry.text)


def _line(record: Any, at: dt.datetime) -> str:
    """What tells this one from others of its name."""
    if isinstance(record, Person):
        title = record.title_on(today_as_date(at))
        return capfirst(title.local) if title else ""
    if isinstance(record, Event):
        return span_in_words(record.starts_on, record.ends_on)
    if isinstance(record, Organisation):
        return str(record.country.name or "")
    if isinstance(record, Topic):
        return "" if record.local_name == record.name else str(record.name)
    return ""
