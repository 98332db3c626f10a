"""Front of house: what somebody who types into the search box may mean, and what one who found nothing meant."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom import search
from newsroom.filters import LONGEST_WORDS, tidy
from newsroom.models import SearchEntry, Topic
from newsroom.website.hits import LABELS, records_of
from people.filters import spelt_so_far

MOST = 8
NAMED = ("person", "organisation", "topic")  # kinds whose titles are names, which people misspell
COMPARED = 2_000  # names of a kind, the latest
MOST_RESPELLED = 4  # words
WORD = re.compile(r"[^\W\d_]{4,}")
UNFINISHED = re.compile("[ㄱ-ㅎㅏ-ㅣ]+$")  # letters that are on their way to a syllable of Hangul
ALIKE = 0.75  # of 1, as `difflib` measures


def words_of(request: HttpRequest) -> str:
    """What is asked, tidy, and not longer than is answered."""
    return tidy(request.GET.get("q", ""))[:LONGEST_WORDS]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`{"results": [{"title", "kind", "url", "language"}]}`: at most eight public pages for what is typed so far."""
    typed = UNFINISHED.sub("", words_of(request))
    entries = search.completions(typed, exact=spelt_so_far(typed), most=MOST)
    records = records_of(entries, timezone.now())
    found = ((entry, records.get((entry.kind, entry.object_id))) for entry in entries)
    results = [
        {
            "title": record.local_name if isinstance(record, Topic) else entry.title,
            "kind": str(LABELS[entry.kind][1]),
            "url": record.get_absolute_url(),
            "language": entry.language,
        }
        for entry, record in found
        if record is not None
    ]
    return JsonResponse({"results": results})


def meant(words: str) -> str:
    """The public name that is most like words which found nothing, else what they are most like word by word."""
    titles = [title for kind in (*NAMED, "event") for title in _latest_titles(kind)]
    return _closest(words, titles) or _respelled(words, titles)


def _latest_titles(kind: str) -> QuerySet[SearchEntry, str]:
    latest = SearchEntry.objects.filter(kind=kind).order_by("-sort_at", "-id")
    return latest.values_list("title", flat=True)[:COMPARED]


def _closest(words: str, known: Iterable[str]) -> str:
    names = {name.casefold(): name for name in known}
    close = get_close_matches(words.casefold(), names, n=1, cutoff=ALIKE)
    return names[close[0]] if close else ""


def _respelled(words: str, titles: Iterable[str]) -> str:
    """Each word as the likest one of the titles has it; empty if that finds nothing either."""
    known = _by_first_letter(titles)
    asked = words.split()[:MOST_RESPELLED]
    likely = " ".join(_closest(word, known[word[0].casefold()]) or word for word in asked)
    return likely if likely.casefold() != words.casefold() and search.counts(likely) else ""


def _by_first_letter(titles: Iterable[str]) -> Mapping[str, set[str]]:
    """The words of the titles: few misspell the first letter, and compared with all words each would take long."""
    known: dict[str, set[str]] = defaultdict(set)
    for title in titles:
        for word in WORD.findall(title):
            known[word[0].casefold()].add(word)
    return known
