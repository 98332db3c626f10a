"""Front of house: one box for everything: what the search index finds, of each kind how much, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom import search
from newsroom.articles.models import Edition
from newsroom.filters import LONGEST_WORDS
from newsroom.models import SearchEntry, Topic
from newsroom.photos.models import Photo
from newsroom.website.listing import number
from newsroom.website.pages.days import span_in_words
from newsroom.website.pages.people import names_and_posts
from newsroom.website.record_rows import spelling_meant, today_as_date
from newsroom.website.rows import Snippet
from people.filters import spelt_alike
from people.models import Organisation, Person

MOST = 20
LABELS = {
    "person": (gettext_lazy("People"), gettext_lazy("Person"), "people"),
    "organisation": (gettext_lazy("Organisations"), gettext_lazy("Organisation"), "organisations"),
    "event": (gettext_lazy("Events"), gettext_lazy("Event"), "events"),
    "article": (gettext_lazy("Articles"), gettext_lazy("Article"), "articles"),
    "photo": (gettext_lazy("Photos"), gettext_lazy("Photo"), "photos"),
    "topic": (gettext_lazy("Topics"), gettext_lazy("Topic"), "topics"),
}


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


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS]
    kind = request.GET.get("kind", "")
    kind = kind if kind in LABELS else ""
    exact = spelt_alike(words)
    counts = search.counts(words, exact=exact)
    context = {
        "words": words,
        "hits": _hits(words, kind, exact, timezone.now()),
        "tabs": _tabs(words, kind, counts),
        "outcome": _outcome(words, counts.get(kind, 0) if kind else sum(counts.values())),
        "list_url": _address(reverse(LABELS[kind][2]), q=words) if kind and counts.get(kind, 0) > MOST else "",
    }
    return render(request, "website/search.html", context)


def _outcome(words: str, found: int) -> str:
    if not words:
        return ""
    count = ngettext("%(number)s result", "%(number)s results", found) % {"number": number(found)}
    return _("%(count)s for “%(words)s”") % {"count": count, "words": words}


def _tabs(words: str, chosen: str, counts: dict[str, int]) -> list[Tab]:
    if not counts:
        return []
    page = reverse("search")
    everything = Tab(_("All"), _address(page, q=words), number(sum(counts.values())), not chosen)
    return [
        everything,
        *(
            Tab(str(plural), _address(page, q=words, kind=kind), number(counts[kind]), kind == chosen)
            for kind, (plural, _one, _listing) in LABELS.items()
            if kind in counts
        ),
    ]


def _address(page: str, **query: str) -> str:
    return f"{page}?{urlencode(query)}"


def _hits(words: str, kind: str, exact: list[str], at: dt.datetime) -> list[Hit]:
    """The best ones; what has ceased to be public since it was indexed is left out."""
    entries = search.matches(words, exact=exact)
    best = list((entries.filter(kind=kind) if kind else entries)[:MOST])
    of_kind: dict[str, list[UUID]] = defaultdict(list)
    for entry in best:
        of_kind[entry.kind].append(entry.object_id)
    records = {kind: READ[kind](ids, at) for kind, ids in of_kind.items()}
    found = ((entry, records[entry.kind].get(entry.object_id)) for entry in best)
    return [_hit(entry, record, words, at) for entry, record in found if record is not None]


def _hit(entry: SearchEntry, record: Any, words: str, at: dt.datetime) -> Hit:
    return Hit(
        kind=str(LABELS[entry.kind][1]),
        url=record.get_absolute_url(),
        title=search.snippet(entry.title, words),
        snippet=search.snippet(entry.text, words),
        language=entry.language,
        line=_line(record, at),
        spelling=spelling_meant(record, words) if isinstance(record, Person) else "",
    )


def _line(record: Any, at: dt.datetime) -> str:
    """What tells this one from others of its name."""
    if isinstance(record, Person):
        title = record.title_on(today_as_date(at))
        return capfirst(str(title)) if title else ""
    if isinstance(record, Event):
        return span_in_words(record.starts_on, record.ends_on)
    if isinstance(record, Organisation):
        return str(record.country.name or "")
    return ""


def _editions(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
    standing = Edition.objects.visible(at).in_lists().filter(article__uuid__in=ids)
    return {edition.article.uuid: edition for edition in standing}


def _public(records: Callable[[], QuerySet[Any]]) -> Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]:
    def read(ids: Iterable[UUID], at: dt.datetime) -> dict[UUID, Any]:
        return {record.uuid: record for record in records().filter(uuid__in=ids)}

    return read


READ: dict[str, Callable[[Iterable[UUID], dt.datetime], dict[UUID, Any]]] = {
    "article": _editions,
    "person": _public(lambda: Person.objects.public().prefetch_related(*names_and_posts())),
    "organisation": _public(Organisation.objects.public),
    "event": _public(Event.objects.public),
    "photo": _public(Photo.objects.public),
    "topic": _public(Topic.objects.public),
}
