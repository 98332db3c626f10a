"""The copy desk's checks: sentences carried over word for word from a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Document
from newsroom.articles.checks.findings import Hit, Level, check

SHORTEST = 10  # words in a row
AT_LENGTH = 20  # words in a row, from which on no coincidence explains them
LONGEST_DOCUMENT = 60_000  # words
SHOWN = 12  # words of a finding

_WORD = re.compile(r"[^\W_]+(?:[-‐‑’'.][^\W_]+)*")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|「[^」]*」|『[^』]*』|‘[^’]{15,}’")
_BREAK = "\0"  # what no run of words goes across


@check(
    "carried-over-at-length",
    Level.ERROR,
    _("%(count)s words in a row are those of “%(source)s”: “%(words)s” Say it in our own words, or quote it."),
    "body",
)
def carried_over_at_length(copy: Copy) -> Iterator[Hit]:
    yield from (hit for hit in _carried_over(copy) if hit.words["count"] >= AT_LENGTH)


@check(
    "carried-over",
    Level.WARNING,
    _("%(count)s words in a row are those of “%(source)s”: “%(words)s” Say it in our own words, or quote it."),
    "body",
)
def carried_over(copy: Copy) -> Iterator[Hit]:
    yield from (hit for hit in _carried_over(copy) if hit.words["count"] < AT_LENGTH)


@lru_cache(maxsize=1)  # both checks ask in turn
def _carried_over(copy: Copy) -> tuple[Hit, ...]:
    return tuple(_found(copy))


def _found(copy: Copy) -> Iterator[Hit]:
    names = _fixed_wordings(copy)
    for document in copy.documents:
        known = _runs_of(document) if document.text else frozenset()
        for passage in copy.passages if known else ():
            for words in filter(_is_a_sentence, _shared(_words(_own_text(passage.text, names)), known)):
                shown = " ".join(words[:SHOWN]) + ("…" if len(words) > SHOWN else ".")
                yield Hit(passage.field, {"count": len(words), "source": document.title, "words": shown})


def _fixed_wordings(copy: Copy) -> list[str]:
    """Titles and names are what they are, however long: a run of words ends where one stands."""
    titles = (one for person in copy.people for post in person.posts for one in (post.wording, *post.as_printed))
    houses = (one for person in copy.people for post in person.posts for one in post.organisation_names)
    printed = (person.title_as_printed for person in copy.people)
    events = (name for meeting in copy.meetings for name in meeting.names)
    return sorted({*titles, *houses, *printed, *events} - {""}, key=len, reverse=True)


def _own_text(text: str, names: Iterable[str]) -> str:
    """What the story says in its own name, without quotations."""
    text = _QUOTED.sub(_BREAK, text)
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", _BREAK, text, flags=re.IGNORECASE)
    return text


def _words(text: str) -> list[str]:
    return [part for stretch in text.split(_BREAK) for part in [*_WORD.findall(stretch), ""]]


def _is_a_sentence(words: list[str]) -> bool:
    """Titles of books and bodies, in capitals but for their small words, have no other wording."""
    plain = [word for word in words if word[:1] == word[:1].lower() and not word.isdecimal()]
    return sum(len(word) > 3 or word > "가" for word in plain) > 2


def _runs_of(document: Document) -> frozenset[tuple[str, ...]]:
    words = [word.casefold() for word in _WORD.findall(document.text)[:LONGEST_DOCUMENT]]
    return frozenset(_runs(words))


def _runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[at : at + SHORTEST]) for at in range(len(words) - SHORTEST + 1))


def _shared(words: list[str], known: frozenset[tuple[str, ...]]) -> Iterator[list[str]]:
    """The longest stretches of which each ten words in a row stand in the document."""
    start = end = -1
    for at, run in enumerate(_runs([word.casefold() for word in words])):
        if run not in known:
            continue
        if at > end:
            if end > 0:
                yield words[start:end]
            start = at
        end = at + SHORTEST
    if end > 0:
        yield words[start:end]
