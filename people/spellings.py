"""Who's who: what in a text may be somebody's name, in Latin letters and in Hangul."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from people import naming

MOST_WORDS = 4

# Runs of capitalised words in one sentence, with the small words that stand inside names.
_PARTICLE = r"(?:de|da|di|del|della|der|den|van|von|la|le|al|bin|bint|ibn|dos)"
_CAPITALISED = r"(?:[^\W\d_a-z]|[’'](?=[A-Z]))[^\W\d_]*(?:[-‐‑’'][^\W\d_]+)*\.?"
_RUN = re.compile(rf"{_CAPITALISED}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])*{_CAPITALISED})+")
_POSSESSIVE = re.compile(r"[’'](?:s\b|$)")

# A name in Hangul runs into what follows it: a particle, or a title.
_HANGUL_WORD = re.compile(r"[가-힣]+")
_TITLE = (
    r"(?:교수|박사|장관|차관|총리|대통령|원장|총장|소장|센터장|본부장|국장|과장|팀장|회장|부회장|이사장|의원|위원|위원장|대사|기자"
    r"|연구원|책임연구원|선임연구원|대표|사장|실장)"
)
_FOLLOWS = re.compile(
    r"(?:은|는|이|가|을|를|의|에게|에게서|께|께서|께서는|에|와|과|도|만|로|으로|이나|나|랑|이라고|라고|이며|며|이고|씨|님|군|양|측)?"
    rf"|{_TITLE}[가-힣]{{0,3}}"
)
SHORTEST_HANGUL, LONGEST_HANGUL = 3, 5  # two syllables are too often a common word
_TITLED = re.compile(rf"(?<![가-힣])([가-힣]{{2}})(?= ?{_TITLE})")  # but not before a title

# A house that bears somebody's name is not them.
_HOUSES = {
    "Academy", "Airport", "Association", "Award", "Building", "Center", "Centre", "Chair", "College", "Committee",
    "Fellowship", "Foundation", "Fund", "Hall", "Hospital", "Institute", "Laboratory", "Library", "Medal", "Memorial",
    "Museum", "Prize", "School", "Stadium", "Street", "University",
}  # fmt: skip


def names_in(text: str) -> Iterator[str]:
    """Every stretch of the text that may be a whole name: two to four capitalised words, or a word in Hangul."""
    text = unicodedata.normalize("NFC", text)
    for run in _RUN.finditer(text):
        yield from _windows(re.split(r"[ \u00a0]", run[0]))
    for word in _HANGUL_WORD.finditer(text):
        yield from _heads(word[0])
    yield from _TITLED.findall(text)


def is_hangul(name: str) -> bool:
    return "가" <= name[:1] <= "힣"


def ends_of(name: str) -> set[str]:
    """What of a whole name may be the family name: words at its beginning or at its end."""
    words = name.split()
    return {" ".join(part) for cut in range(1, len(words)) for part in (words[:cut], words[cut:])}


def by_family(names: Iterable[str]) -> dict[frozenset[str], set[str]]:
    """The names in which a family name of Korea stands, by the ways of printing that one."""
    bearers: dict[frozenset[str], set[str]] = defaultdict(set)
    for name in names:
        for family in filter(None, map(family_spellings, ends_of(name))):
            bearers[family].add(name)
    return bearers


@lru_cache(maxsize=1024)
def family_spellings(word: str) -> frozenset[str]:
    """How a family name of Korea is printed, in Hangul and in small letters; empty for any other word."""
    folded = word.casefold()
    rows = ([*hangul.split(), *printed.split()] for hangul, printed in naming.SURNAMES.items())
    return frozenset().union(*(row for row in rows if folded in row))


def in_cases(spellings: Iterable[str]) -> set[str]:
    """Spellings in small letters, as a record may have them."""
    return {cased for one in spellings for cased in (one, one.title(), one.upper())}


def _windows(words: list[str]) -> Iterator[str]:
    """Stretches of a run, such as “Kim Sang-bae” in “President Kim Sang-bae”."""
    for start in range(len(words)):
        for end in range(start + 2, min(start + MOST_WORDS, len(words)) + 1):
            if _HOUSES.isdisjoint(map(_bare, words[end : end + 1])):
                yield _bare(" ".join(words[start:end]))


def _bare(name: str) -> str:
    """Without what is no part of a name: the full stop of a sentence, the s of the possessive."""
    name = _POSSESSIVE.sub("", name)
    return name if re.search(r"\b\w\.$", name) else name.rstrip(".")


def _heads(word: str) -> Iterator[str]:
    for length in range(SHORTEST_HANGUL, min(LONGEST_HANGUL, len(word)) + 1):
        if _FOLLOWS.fullmatch(word[length:]):
            yield word[:length]
