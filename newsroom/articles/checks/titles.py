"""The copy desk's checks: a title that somebody did not have on the day of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Named, Post, Standing
from newsroom.articles.checks.findings import Hit, Level, check

_SMALL = {"of", "the", "at", "for", "and", "in", "a", "an", "to", "on", "및", "의"}
_FORMERLY = re.compile(
    r"\b(?:former|formerly|then|ex|late|past|designate|acting|next|incoming)\b|전\s|당시", re.IGNORECASE
)
_BESIDE_NAME = re.compile(r",\s+(?:who\s+(?:is|was)\s+)?(?:an?\s+|the\s+)?([^,.;:()]{3,90})")
_WORD = re.compile(r"[^\W_]+")


@check(
    "title-of-another-day",
    Level.WARNING,
    _("“%(title)s”: on the day of the event the record has %(name)s as “%(record)s”."),
    "mentions",
)
def title_of_another_day(copy: Copy) -> Iterator[Hit]:
    for person in copy.people:
        for field, title in _titles_given(copy, person):
            if post := _instead_of(title, person):
                yield Hit(field, {"title": title, "name": person.name, "record": post.wording})


@check(
    "title-out-of-time",
    Level.WARNING,
    _("“%(title)s”: by the dates on record %(name)s did not hold this post on the day of the event."),
    "mentions",
)
def title_out_of_time(copy: Copy) -> Iterator[Hit]:
    for person in copy.people:
        for field, title in _titles_given(copy, person):
            meant = _meant(title, person.posts)
            if meant and all(post.standing == Standing.RULED_OUT for post in meant) and not _held(person):
                yield Hit(field, {"title": title, "name": person.name})


def _titles_given(copy: Copy, person: Named) -> Iterator[tuple[str, str]]:
    """The title in the row, and what stands beside the name in the text; not what is said to be past."""
    if person.title_as_printed:
        yield f"mentions-{person.row}-title_as_printed", person.title_as_printed
    for passage in copy.passages:
        for name in sorted(person.accepted):
            for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", passage.text):
                beside = _BESIDE_NAME.match(passage.text, found.end())
                if beside and not _FORMERLY.search(beside[1]):
                    yield passage.field, beside[1].strip()


def _instead_of(title: str, person: Named) -> Post | None:
    """The post that the person held on the day, where the title is that of another; None where nothing speaks so.

    Posts of one house are taken to follow each other; at different houses somebody may well hold two at once.
    """
    held = _held(person)
    meant = _meant(title, person.posts)
    if not held or not meant or any(post.standing in {Standing.HELD, Standing.UNDATED} for post in meant):
        return None
    if any(post.standing == Standing.RULED_OUT for post in meant):
        return held[0]
    houses = {post.organisation for post in meant}
    return next((post for post in held if post.organisation and post.organisation in houses), None)


def _held(person: Named) -> list[Post]:
    return [post for post in person.posts if post.standing == Standing.HELD]


def _meant(title: str, posts: tuple[Post, ...]) -> list[Post]:
    """The posts that a printed title names: its words hold the whole of theirs, and none names more of it."""
    printed = _words(title)
    claims = [(_claim(printed, post), post) for post in posts]
    best = max((claim for claim, _post in claims), default=(0, 0))
    return [post for claim, post in claims if claim == best and claim[0]]


def _claim(printed: frozenset[str], post: Post) -> tuple[int, int]:
    """How many words of the title are this post's, and how many are its organisation's."""
    wanted = _words(post.title)
    known = [_words(one) for one in post.as_printed]
    if not (wanted and wanted <= printed) and printed not in known:
        return 0, 0
    houses = [len(printed & _words(name)) for name in post.organisation_names]
    return len(wanted & printed) or len(printed), max(houses, default=0)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text)) - _SMALL
