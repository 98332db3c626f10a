"""Dates with precision: reading them, from EDTF and from an editor's own words.

What an editor may type, beside EDTF, in any mixture of capitals and spaces:

- a day `19 December 2023`, `December 19, 2023`, `Tuesday 19 Dec 2023`, `2023.12.19`, `2023년 12월 19일`;
- less of it: `Dec 2023`, `2023`, `16 March`, `the 6th`, `on the 6th, 2025`, `2025년 6일`, `the 2020s`;
- a season: `autumn 2019`, `the fall of 2019`, `2019년 가을`, and a winter by both its years, `winter 2019/20`;
- what is not known, in words: `month unknown`, `of an unknown month`, `year unknown`;
- what was inferred: in brackets, `16 March [2025]`, or named after it, `16 March 2025 (year inferred)`;
- in front: `about`, `around`, `circa` or `c.` for approximate, `possibly` or `perhaps` for uncertain.

Days and months in figures are read after the year only, since 6/7/2025 is two days to two readers.
"""

import calendar
import re
from collections.abc import Callable
from typing import TypedDict

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

LONGEST = 80  # characters of an editor's text; longer ones are no date, and slow to look through
FIRST_YEAR, LAST_YEAR = 1000, 2999
LEAP_YEAR = 2000  # stands in where the year is unknown, so that 29 February is possible

MONTH_WORDS = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
MONTHS = {word: number for number, words in enumerate(MONTH_WORDS, 1) for word in words}
SEASON_WORDS = {  # by the number that EDTF gives each in place of a month
    21: ("spring", "봄"),
    22: ("summer", "여름"),
    23: ("autumn", "fall", "가을"),
    24: ("winter", "겨울"),
}
SEASONS = {word: number for number, words in SEASON_WORDS.items() for word in words}
WINTER = SEASONS["winter"]
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PART_NAMES = {"일": "day", "월": "month", "계절": "season", "연도": "year"}
PART_NAMES |= {part: part for part in ("day", "month", "season", "year")}
PARTS = ("year", "month", "day")
FILLERS = {"the", "on", "of", "in"}
ABOUT = {"about", "around", "circa", "ca", "c"}
PERHAPS = {"possibly", "perhaps"}

EDTF = re.compile(
    r"(?P<year_mark>\??)(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)"
    r"(?:-(?P<month_mark>\??)(?P<month>\d{2}|XX)(?:-(?P<day_mark>\??)(?P<day>\d{2}|XX))?)?"
    r"(?P<qualifier>[~?%]?)",
    re.ASCII | re.IGNORECASE,
)
EDTF_SPAN = re.compile(r"(?=.{5})(?:[0-9X?~%-]{4,}|\.\.)?/(?:[0-9X?~%-]{4,}|\.\.)?", re.IGNORECASE)
EDTF_FAR_YEAR = re.compile(r"(?:-|Y-?)[0-9].*", re.IGNORECASE)

YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})\s*[-./]\s*(?P<month>[0-9]{1,2})(?:\s*[-./]\s*(?P<day>[0-9]{1,2}))?\s*\.?")
YEAR_LAST = re.compile(r"[0-9]{1,2}\s*[-./]\s*[0-9]{1,2}(?:\s*[-./]\s*[0-9]{2,4})?")
TOKEN = re.compile(
    r"""
    (?P<bracket>[\[\]])
    | \(\s*(?P<inferred>[^()]*?)\s*(?:inferred|추정)\s*\)
    | (?:of\s+an\s+)?unknown\s+(?P<unknown>day|month|year)\b
    | (?P<left_open>day|month|year)\s+unknown\b
    | (?P<decade>[0-9]{4})s\b
    | (?P<two_years>[0-9]{4}\s*[-–/]\s*(?:[0-9]{2}){1,2})(?:\s*년|(?!\w))
    | (?P<year>[0-9]{4})(?:\s*년|(?!\w))
    | (?P<month>[0-9]{1,2})\s*월
    | (?P<day>[0-9]{1,2})(?:\s*일|(?:st|nd|rd|th)?(?!\w))
    | (?P<season>봄|여름|가을|겨울)철?
    | (?P<word>[a-z]+)\.?
    | (?P<gap>[\s,]+)
    """,
    re.VERBOSE,
)


class PartialDateError(ValueError):
    """A text that is no date; the message says what is wrong and what to type instead."""


class Parts(TypedDict, total=False):
    """What a text says of a date; what it leaves out is unknown."""

    year: int | None
    month: int | None
    day: int | None
    inferred: frozenset[str]
    approximate: bool
    uncertain: bool
    year_span: int
    season: int | None


def from_edtf(text: str) -> Parts:
    """The parts of an EDTF text; raises PartialDateError."""
    match = EDTF.fullmatch(text.strip())
    if match is None:
        _refuse_other_edtf(text.strip())
        raise PartialDateError(not_understood(text))
    year, month = match["year"].upper(), _known(match["month"])
    season = month if month in SEASON_WORDS else None
    marks = {"season" if season and part == "month" else part for part in PARTS if match[f"{part}_mark"]}
    return Parts(
        year=None if year == "XXXX" else int(year.replace("X", "0")),
        month=None if season else month,
        day=_known(match["day"]),
        inferred=frozenset(marks),
        approximate=match["qualifier"] in {"~", "%"},
        uncertain=match["qualifier"] in {"?", "%"},
        year_span=1 if year == "XXXX" else 10 ** year.count("X"),
        season=season,
    )


def from_words(text: str) -> Parts:
    """The parts of an editor's text, by the grammar above; raises PartialDateError."""
    text = text.strip()
    if EDTF.fullmatch(text):
        return from_edtf(text)
    if match := YEAR_FIRST.fullmatch(text):
        return Parts(year=int(match["year"]), month=int(match["month"]), day=_known(match["day"]))
    if YEAR_LAST.fullmatch(text):
        raise PartialDateError(
            _("“%(text)s” can be read in more than one way; type the year first, like 2023-12-19.") % {"text": text}
        )
    if len(text) > LONGEST:
        raise PartialDateError(not_understood(text))
    _refuse_other_edtf(text)
    return _Scan(text).parts()


def _refuse_other_edtf(text: str) -> None:
    """What the standard knows and we do not hold: spans, and years that no newsroom writes of."""
    if EDTF_SPAN.fullmatch(text):
        raise PartialDateError(
            _("“%(text)s” is a span; a field takes one date, so give where it begins or where it ends.")
            % {"text": text[:40]}
        )
    if EDTF_FAR_YEAR.fullmatch(text):
        raise PartialDateError(_("Give the year in four digits, from 1000 to 2999."))


def not_understood(text: str) -> str:
    return _(
        "“%(text)s” is not understood as a date; type it like 2023-12-19, 19 December 2023, "
        "December 2023 or 2023, and 2025-XX-06 when the month is unknown."
    ) % {"text": text.strip()[:40]}


def _known(digits: str | None) -> int | None:
    return int(digits) if digits and digits.isdigit() else None


def part_name(part: str) -> str:
    return {"day": pgettext("part of a date", "day"), "month": _("month"), "season": _("season"), "year": _("year")}[
        part
    ]


class _Scan:
    """One pass over an editor's text that notes each part as it comes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[str, int] = {}
        self.unknown: set[str] = set()
        self.inferred: set[str] = set()
        self.is_inferring = self.approximate = self.uncertain = False
        self.year_span = 1
        self.weekday: int | None = None
        self.has_two_years = False

    def parts(self) -> Parts:
        self._scan(self.text.lower())
        if self.is_inferring:
            raise PartialDateError(_("A bracket is left open; close it after the inferred part, like [2025]."))
        self._refuse_contradictions()
        return Parts(
            year=self.found.get("year"),
            month=self.found.get("month"),
            day=self.found.get("day"),
            inferred=frozenset(self.inferred),
            approximate=self.approximate,
            uncertain=self.uncertain,
            year_span=self.year_span,
            season=self.found.get("season"),
        )

    def _scan(self, text: str) -> None:
        position = 0
        while position < len(text):
            match = TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                raise PartialDateError(self._unreadable_at(text, position))
            take: Callable[[str], None] = getattr(self, f"_take_{match.lastgroup}")
            take(match[match.lastgroup])
            position = match.end()

    def _unreadable_at(self, text: str, position: int) -> str:
        if text[position] == "?":
            return _("Put an inferred part in brackets, like 16 March [2025]; a doubtful date is 2025-03-16?.")
        return not_understood(self.text)

    def _take_bracket(self, bracket: str) -> None:
        if self.is_inferring == (bracket == "["):
            raise PartialDateError(_("The brackets do not match; put the inferred part alone in a pair, like [2025]."))
        self.is_inferring = bracket == "["

    def _take_inferred(self, what: str) -> None:
        names = [PART_NAMES.get(word) for word in what.replace(",", " ").split() if word != "and"]
        if not names:
            raise PartialDateError(_("Name the part that was inferred, like (year inferred)."))
        parts = {name for name in names if name}
        if len(parts) == len(names):
            self.inferred |= parts
            return
        self._take_bracket("[")
        self._scan(what)
        self._take_bracket("]")

    def _take_unknown(self, part: str) -> None:
        self.unknown.add(part)

    _take_left_open = _take_unknown

    def _take_decade(self, digits: str) -> None:
        if not digits.endswith("0"):
            raise PartialDateError(
                _("“%(digits)ss” is no decade; type %(decade)s0s for the decade or %(digits)s for the year.")
                % {"digits": digits, "decade": digits[:3]}
            )
        self.year_span = 10
        self._note("year", int(digits))

    def _take_two_years(self, text: str) -> None:
        first, last = re.findall(r"[0-9]+", text)
        if f"{int(first) + 1:04}"[-len(last) :] != last:
            raise PartialDateError(not_understood(self.text))
        self.has_two_years = True
        self._note("year", int(first))

    def _take_year(self, digits: str) -> None:
        self._note("year", int(digits))

    def _take_month(self, digits: str) -> None:
        self._note("month", int(digits))

    def _take_day(self, digits: str) -> None:
        self._note("day", int(digits))

    def _take_season(self, word: str) -> None:
        self._note("season", SEASONS[word])

    def _take_gap(self, _gap: str) -> None:
        pass

    def _take_word(self, word: str) -> None:
        if word in MONTHS:
            self._note("month", MONTHS[word])
        elif word in SEASONS:
            self._take_season(word)
        elif word in WEEKDAYS:
            self.weekday = WEEKDAYS.index(word)
        elif word in ABOUT:
            self.approximate = True
        elif word in PERHAPS:
            self.uncertain = True
        elif word not in FILLERS:
            raise PartialDateError(not_understood(self.text))

    def _note(self, part: str, number: int) -> None:
        if self.found.setdefault(part, number) != number:
            raise PartialDateError(
                _("“%(text)s” gives two numbers for the %(part)s; keep one.")
                % {"text": self.text[:40], "part": part_name(part)}
            )
        if self.is_inferring:
            self.inferred.add(part)

    def _refuse_contradictions(self) -> None:
        for part in sorted(self.unknown & self.found.keys()):
            raise PartialDateError(
                _("The %(part)s is given and called unknown as well; keep one.") % {"part": part_name(part)}
            )
        if self.has_two_years and self.found.get("season") != WINTER:
            raise PartialDateError(not_understood(self.text))
        if self.weekday is None:
            return
        if not self.found.keys() >= set(PARTS):
            raise PartialDateError(_("A weekday needs a full day beside it; leave it out or give the whole date."))
        self._refuse_wrong_weekday(self.weekday)

    def _refuse_wrong_weekday(self, weekday: int) -> None:
        year, month, day = (self.found[part] for part in ("year", "month", "day"))
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            return  # a day that does not exist is refused by name, later
        if calendar.weekday(year, month, day) != weekday:
            raise PartialDateError(
                _("“%(text)s” names the wrong weekday; correct it or leave it out.") % {"text": self.text[:40]}
            )
