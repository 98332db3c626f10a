"""Photo desk: what a typed caption says of who stands where, held against the marks in the picture."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from newsroom.photos.captions import ORDINALS, from_left, row_in_words
from newsroom.photos.models import Depiction

Row = Depiction.Row

_KOREAN = {"첫": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6, "일곱": 7,
           "여덟": 8, "아홉": 9, "열": 10, "열한": 11, "열두": 12}  # fmt: skip
_KOREAN_WORDS = "|".join(sorted(_KOREAN, key=len, reverse=True))
_ROWS = {"front": Row.FRONT, "first": Row.FRONT, "second": Row.SECOND, "third": Row.THIRD, "back": Row.BACK,
         "rear": Row.BACK, "last": Row.BACK, "앞": Row.FRONT, "첫째": Row.FRONT, "둘째": Row.SECOND,
         "셋째": Row.THIRD, "뒤": Row.BACK, "뒷": Row.BACK}  # fmt: skip
_CLAIM = re.compile(
    rf"\b(?P<row>front|first|second|third|back|rear|last)[ -]row\b|(?P<korean_row>앞|뒤|뒷|첫째|둘째|셋째)\s?줄"
    rf"|\b(?:(?P<ordinal>{'|'.join(ORDINALS)})|(?P<number>\d\d?)(?:st|nd|rd|th))\s+from\s+(?:the\s+)?left\b"
    rf"|왼쪽(?:에서|부터|으로부터)?\s*(?:(?P<figure>\d\d?)|(?P<word>{_KOREAN_WORDS}))\s?번?\s?째"
    r"|\((?:far |on the |at (?:the )?|맨 ?)?(?P<side>left|right|왼쪽|오른쪽)\)"
    r"|(?P<list>\bfrom\s+(?:the\s+)?left\b(?:\s+to\s+(?:the\s+)?right\b)?|\bleft\s+to\s+right\b|왼쪽부터|왼쪽에서부터)",
    re.IGNORECASE,
)
_LEFT = {"left", "왼쪽"}
_END = re.compile(r"[;\n]|[.!?](?=\s|$)")


@dataclass(frozen=True)
class Mark:
    """Somebody marked in the picture: the name to call them by, every way to spell it, and where they stand."""

    name: str
    spellings: frozenset[str]
    row: str = ""
    from_left: int | None = None


@dataclass(frozen=True)
class _Found:
    """A stretch of the caption: somebody's name, a place, a side, or the words that begin a list from the left."""

    start: int
    end: int
    mark: Mark | None = None
    row: str = ""
    place: int | None = None
    side: str = ""

    @property
    def begins_list(self) -> bool:
        return self.mark is None and not self.row and self.place is None and not self.side


def doubts(caption: str, marks: Sequence[Mark], others: Iterable[str] = ()) -> list[str]:
    """What does not agree, in words; `others` are people on record whom the caption names and nobody marked."""
    found = [doubt for clause in _clauses(caption, marks) for doubt in _of_clause(clause)]
    named = [_("The caption names %(name)s, who is not marked in the picture.") % {"name": name} for name in others]
    return list(dict.fromkeys([*found, *named]))


def _of_clause(clause: list[_Found]) -> Iterator[str]:
    """A list from the left is held against the order of the marks; any other claim against the mark of its person."""
    if any(one.begins_list for one in clause):
        yield from _of_list(clause)
        return
    people = [one for one in clause if one.mark]
    for claim in (one for one in clause if not one.mark):
        if person := _meant(claim, clause, people):
            yield from _of_claim(claim, person)
            yield from _of_side(claim.side, person, [one.mark for one in people if one.mark])


def _meant(claim: _Found, clause: list[_Found], people: list[_Found]) -> Mark | None:
    """Where the place comes first it is that of the name after it, else of the name before it."""
    before = [one.mark for one in people if one.end <= claim.start]
    after = [one.mark for one in people if one.start >= claim.end]
    if clause[0].mark is None:
        return after[0] if after else None
    return before[-1] if before else None


def _of_claim(claim: _Found, mark: Mark) -> Iterator[str]:
    if claim.place and mark.from_left and claim.place != mark.from_left:
        yield _("%(name)s: the caption says %(said)s, marked %(marked)s.") % {
            "name": mark.name,
            "said": from_left(claim.place),
            "marked": from_left(mark.from_left),
        }
    if claim.row and mark.row and claim.row != mark.row:
        yield _("%(name)s: the caption says %(said)s, marked %(marked)s.") % {
            "name": mark.name,
            "said": row_in_words(claim.row),
            "marked": row_in_words(mark.row),
        }


def _of_list(clause: list[_Found]) -> Iterator[str]:
    rows = [one for one in clause if one.row]
    people = [one.mark for one in clause if one.mark]
    for mark in people if len(rows) == 1 else ():
        yield from _of_claim(rows[0], mark)
    for left, right in pairwise(one for one in people if one.from_left):
        yield from _of_order(left, right)


def _of_side(side: str, mark: Mark, people: list[Mark]) -> Iterator[str]:
    """“(left)” says: to the left of everybody else whom this part of the caption names."""
    for other in (one for one in people if side and one is not mark):
        yield from _of_order(mark, other) if side in _LEFT else _of_order(other, mark)


def _of_order(left: Mark, right: Mark) -> Iterator[str]:
    if left.from_left and right.from_left and left.row == right.row and left.from_left > right.from_left:
        yield _("The caption puts %(left)s to the left of %(right)s; the marks have it the other way round.") % {
            "left": left.name,
            "right": right.name,
        }


def _clauses(caption: str, marks: Sequence[Mark]) -> Iterator[list[_Found]]:
    """The names and claims of each part of the caption, in their order."""
    names = list(_names(caption, marks))
    found = sorted([*names, *_claims(caption)], key=lambda one: one.start)
    ends = [end.end() for end in _END.finditer(caption) if not any(one.start < end.end() < one.end for one in names)]
    start = 0
    for end in [*ends, len(caption)]:
        clause = [one for one in found if start <= one.start < end]
        start = end
        if clause:
            yield clause


def _names(caption: str, marks: Sequence[Mark]) -> Iterator[_Found]:
    """Every name of somebody marked; of two that begin at one place, the longer."""
    spelt = {spelling: mark for mark in marks for spelling in mark.spellings if spelling}
    if not spelt:
        return
    longest_first = "|".join(re.escape(one) for one in sorted(spelt, key=len, reverse=True))
    for found in re.finditer(rf"(?<!\w)(?:{longest_first})(?![a-zA-Z])", caption):
        yield _Found(found.start(), found.end(), spelt[found[0]])


def _claims(caption: str) -> Iterator[_Found]:
    for found in _CLAIM.finditer(caption):
        row, side = found["row"] or found["korean_row"] or "", (found["side"] or "").lower()
        row = _ROWS[row.lower()] if row else ""
        yield _Found(found.start(), found.end(), row=row, place=_number(found), side=side)


def _number(claim: re.Match[str]) -> int | None:
    if word := claim["ordinal"]:
        return ORDINALS.index(word.lower()) + 1
    if word := claim["word"]:
        return _KOREAN[word]
    digits = claim["number"] or claim["figure"]
    return int(digits) if digits else None
