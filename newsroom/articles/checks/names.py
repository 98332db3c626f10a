"""The copy desk's checks: people named in a text otherwise than on record, and people nobody linked."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy, Named
from newsroom.articles.checks.findings import Hit, Level, check
from people import naming
from people.spellings import is_hangul, names_in


@check(
    "name-spelt-otherwise",
    Level.WARNING,
    _("The text has “%(text)s”; on record, and printed with this story, is “%(record)s”."),
    "body",
)
def name_spelt_otherwise(copy: Copy) -> Iterator[Hit]:
    """Another romanisation, order or Hangul spelling of somebody who is linked."""
    accepted = {_folded(name) for person in copy.people for name in person.accepted}
    accepted |= {name.upper() for name in accepted}  # a headline in capitals is no other spelling
    seen: set[str] = set()
    for passage in copy.passages:
        for name in names_in(passage.text):
            if name in seen or _folded(name) in accepted:
                continue
            seen.add(name)
            if person := _meant(name, copy.people):
                yield Hit(passage.field, {"text": name, "record": _as_on_record(name, person)})


def _folded(name: str) -> str:
    """All kinds of hyphen and blank are one."""
    return "".join("-" if char in "‐‑" else char for char in " ".join(name.split()))


def _meant(name: str, people: tuple[Named, ...]) -> Named | None:
    """The one person of the story who may be called so; where it may be two, nobody is wrong for certain."""
    key = naming.match_key(name)
    found = [person for person in people if _may_be(name, key, person)]
    return found[0] if len(found) == 1 else None


def _may_be(name: str, key: str, person: Named) -> bool:
    known = {person.name, person.native_name, *person.spellings} - {""}
    return any(naming.match_key(one) == key and _reads_alike(name, one) for one in known)


def _reads_alike(name: str, other: str) -> bool:
    """Two in Hangul as well, where 유 and 류 are one family name; Hangul and Latin prove nothing of each other."""
    if is_hangul(name) != is_hangul(other):
        return False
    return not naming.readings(name).isdisjoint(naming.readings(other))


def _as_on_record(name: str, person: Named) -> str:
    if is_hangul(name):
        return person.native_name or person.name
    return person.name_as_printed or person.name


@check(
    "recorded-person-not-linked",
    Level.WARNING,
    _("“%(text)s” is on record, and not among the people in the story."),
    "mentions",
)
def recorded_person_not_linked(copy: Copy) -> Iterator[Hit]:
    yield from (hit for hit in _not_linked(copy) if hit.words["text"] == hit.words["record"])


@check(
    "person-not-linked",
    Level.WARNING,
    _("“%(text)s” is on record as %(record)s, and not among the people in the story."),
    "mentions",
)
def person_not_linked(copy: Copy) -> Iterator[Hit]:
    yield from (hit for hit in _not_linked(copy) if hit.words["text"] != hit.words["record"])


def _not_linked(copy: Copy) -> Iterator[Hit]:
    """Each person once, by the spelling on record if the story has it."""
    linked = _linked_spellings(copy)
    named = {known.spelling for known in copy.known}
    said: set[int] = set()
    for known in sorted(copy.known, key=lambda known: known.spelling != known.name):
        if known.key in said or known.spelling in linked or _is_part_of_another(known.spelling, named):
            continue
        said |= {one.key for one in copy.known if one.spelling == known.spelling}
        yield Hit(words={"text": known.spelling, "record": known.name}, link="#mentions-group")


def _linked_spellings(copy: Copy) -> set[str]:
    """The names in the story that mean somebody who is linked or signs, whoever else may be called so."""
    linked = {person.key for person in copy.people} | copy.authors
    accepted = {_folded(one) for person in copy.people for one in (*person.accepted, *person.spellings)}
    return {known.spelling for known in copy.known if known.key in linked or _means_any(known.spelling, accepted)}


def _means_any(name: str, accepted: set[str]) -> bool:
    return _folded(name) in accepted or any(naming.same_name(name, one) for one in accepted)


def _is_part_of_another(spelling: str, others: set[str]) -> bool:
    return any(spelling != other and f" {spelling} " in f" {other} " for other in others)
