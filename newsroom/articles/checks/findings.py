"""The copy desk's checks: what a check is, what it finds, and the one list of them all."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as of_each
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.dateparse import parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.formats import get_format
from django.utils.functional import Promise
from django.utils.timezone import localtime

from newsroom.articles.checks.copy import Copy
from newsroom.dates import PartialDate


class Level(enum.StrEnum):
    ERROR = "error"  # the story is not approved while it stands
    WARNING = "warning"  # whoever publishes is asked
    NOTE = "note"  # good to know; nobody is asked, and no list counts it


@dataclass(frozen=True)
class Hit:
    """One place at which a check found something.

    `words` fill the check's sentence; a name that ends in `_on` holds a date in EDTF, in `_at` an instant in
    ISO 8601, in `_weekday` a number from 0 for Monday: each is said in the language of whoever reads.
    """

    field: str = ""  # of the form; the check's own where empty
    words: Mapping[str, Any] = of_each(default_factory=dict)
    link: str = ""  # to the record that has to change, where it is not the form


Rule = Callable[[Copy], Iterable[Hit]]


@dataclass(frozen=True)
class Check:
    code: str
    level: Level
    sentence: Promise
    field: str
    rule: Rule

    def says(self, hit: Hit) -> Finding:
        words = {name: _said(name, value) for name, value in hit.words.items()}
        place = hit.field or self.field
        return Finding(self.code, self.level, str(self.sentence) % words, place, hit.link or f"#id_{place}")


@dataclass(frozen=True)
class Finding:
    """What an editor reads; `link` leads to the field, or to the record that has to change."""

    code: str
    level: Level
    sentence: str
    field: str
    link: str

    @property
    def is_error(self) -> bool:
        return self.level == Level.ERROR

    @property
    def is_warning(self) -> bool:
        return self.level == Level.WARNING


CHECKS: dict[str, Check] = {}


def check(code: str, level: Level, sentence: Promise, field: str) -> Callable[[Rule], Rule]:
    """Enter a rule into the list; the sentence has to say what is wrong and what to do."""

    def enter(rule: Rule) -> Rule:
        if code in CHECKS:
            raise ValueError(f"There is a check {code} already.")
        CHECKS[code] = Check(code, level, sentence, field, rule)
        return rule

    return enter


def hits(copy: Copy) -> Iterator[tuple[Check, Hit]]:
    """What all checks find, the gravest first, each in the order in which the checks are entered."""
    levels = list(Level)
    for one in sorted(CHECKS.values(), key=lambda one: levels.index(one.level)):
        for hit in one.rule(copy):
            yield one, hit


def _said(name: str, value: Any) -> str:
    if name.endswith("_weekday"):
        return str(WEEKDAYS[int(value)])
    if name.endswith("_on"):
        return PartialDate.parse(value).in_words()
    if name.endswith("_at") and (moment := parse_datetime(value)):
        return date_format(localtime(moment), get_format("DATETIME_FORMAT"))
    return str(value)
