"""How readers and partners look through people and organisations."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import Any

from django.db.models import Case, F, Model, TextField, When
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from newsroom import tokens
from newsroom.filters import AnyOf, Filters, Rows, Sort, Words, column
from newsroom.local_names import name_of
from newsroom.options import Codes, Countries, Records
from newsroom.querysets import out
from newsroom.search import Within
from people import naming
from people.documents import initials_token, own_token, search_token
from people.models import NameVariant, Organisation, Person, Position

MOST_WORDS = 8  # of a query in which names are looked for
BY_ALPHABET = [("a-z", _("A to Z")), ("z-a", _("Z to A"))]


# How people are addressed, in front of a name or behind one in Hangul, where it may be joined to a whole name.
BEHIND = (
    "대통령 국무총리 부총리 총리 장관 차관 차관보 대사 총영사 국회의원 의원 의장 위원장 위원 "
    "원장 부원장 총장 부총장 사무총장 회장 부회장 이사장 이사 대표 센터장 소장 단장 "
    "본부장 실장 국장 부장 과장 팀장 교수 부교수 조교수 박사 연구원 연구위원 기자 선생 씨 "
    "처장 청장 학장 수석 보좌관 비서관 대변인 이사관 심의관 정책관 참사관 공사 석좌교수 명예교수 특임교수"
)
TITLE = rf"(?:(?:{BEHIND.replace(' ', '|')})님?|님)(?:에게|께서|[의은는이가을를와과도])?"
HONORIFICS = re.compile(
    r"^(?:dr|prof|professor|mr|mrs|ms|minister|ambassador|president)\b\.?\s*"
    rf"|(?:\s+|(?<=[가-힣]{{3}})){TITLE}$",
    re.IGNORECASE,
)
# Whether what a title is joined to is a name, the record tells: 허준교수, and 국가원장.
JOINED = re.compile(rf"(?<!\w)([가-힣]{{2,4}}?){TITLE}(?!\w)")


UNFINISHED = re.compile(r"(.+?)[\s-]+([a-z]{1,3})", re.IGNORECASE)  # a name, and what follows of a syllable
CONSONANTS = re.compile("[^aeiouyw]+")
SHORTEST_BEGINNING = len("n3jeo")  # shorter ones begin many names that are not Korean


def without_honorific(words: str) -> str:
    return HONORIFICS.sub("", words)


def spelt_alike(words: str) -> list[str]:
    """The search tokens of a name, or of a part of one, in any spelling."""
    name = without_honorific(tokens.wanted(words).strip())
    spelt = [search_token(reading) for reading in sorted(naming.readings(name) | naming.part_readings(name))]
    return [*spelt, *map(initials_token, sorted(naming.initials_meant(name)))]


def names_in(words: str) -> list[str | Within]:
    """`spelt_alike`, and whole names that stand beside other words: “Jung Byung-sun KISTEP”, 김상배의."""
    particled, titled = tokens.particled(words), {found[0]: found[1] for found in JOINED.finditer(words)}
    likely = titled | {word: word for word in particled if word not in titled}
    names = _on_record(likely.values()) if likely else set()
    whole = {word: name for word, name in sorted(likely.items()) if name in names}
    untitled = tokens.wanted(JOINED.sub(lambda found: whole.get(found[0], found[0]), words))
    others = {word: bare for word, bare in (particled | titled).items() if word not in whole}
    return [
        *(Within(word, name=name) for word, name in whole.items()),
        *spelt_alike(untitled),
        *_beside_others(untitled.split()),
        *(name for word, bare in others.items() for name in _named(word, bare)),
    ]


def _named(word: str, bare: str) -> Iterator[Within]:
    """A name of three syllables or more, in any spelling, behind which a particle or a title stands."""
    readings = [reading for reading in sorted(naming.readings(bare)) if "," in reading] if len(bare) > 2 else []
    if readings:
        yield Within(word, tuple(map(search_token, readings)))


def _on_record(likely: Collection[str]) -> set[str]:
    """Those that are the name of somebody public: the last syllable of 이재은 is no particle."""
    keys = [naming.match_key(one) for one in likely]
    own = Person.objects.public().filter(native_match_key__in=keys).order_by().values_list("native_name")
    variants = NameVariant.objects.filter(person__is_public=True, match_key__in=keys)
    spelt = variants.order_by().values_list("spelling")
    return {"".join(name.split()) for (name,) in own.union(spelt)}.intersection(likely)


def _beside_others(words: list[str]) -> Iterator[Within]:
    """In Hangul a name is one word, in Latin letters it is two or three."""
    spans = combinations(range(len(words) + 1), 2) if len(words) <= MOST_WORDS else ()
    for start, end in spans:
        name = " ".join(words[start:end])
        if end - start < min(len(words), 4) and (end - start > 1 or not name.isascii()):
            readings = [reading for reading in sorted(naming.readings(name)) if "," in reading]
            spelt = (*map(search_token, readings), *map(initials_token, sorted(naming.initials_meant(name))))
            if spelt:
                yield Within(name, spelt)


def spelt_so_far(typed: str) -> list[str]:
    """Those of people whose names begin so, in any spelling."""
    korean = (reading for reading in sorted(naming.readings(typed)) if "," in reading)
    names = [own_token(reading) for reading in korean] or sorted(_begun(typed))
    parts = map(search_token, sorted(naming.part_readings(typed)))
    return [*(f"{name}*" for name in names), *parts]


def _begun(typed: str) -> set[str]:
    """The beginnings of names whose last syllable is on its way, in any spelling: “jung b”, “kim sang-b”."""
    found = UNFINISHED.fullmatch(typed)
    if found is None:
        return set()
    onset = CONSONANTS.match(found[2].lower())
    letters = (onset and onset[0]) or found[2].lower()
    readings = naming.readings(found[1]) | naming.part_readings(found[1])
    headings = [reading for reading in readings if "," in reading and not reading.startswith(",")]
    tokens = {own_token(heading + naming.ONSETS.get(letters, letters)) for heading in headings}
    return {token for token in tokens if len(token) >= SHORTEST_BEGINNING}


def _above(model: type[Model], relation: str) -> Any:
    """The manager of what a higher room keeps about this room's records."""
    return model._meta.get_field(relation).related_model._default_manager  # type: ignore[union-attr]


def _events() -> Rows:
    meetings: Rows = _above(Organisation, "events").public()
    return meetings


PEOPLE = Records(Person.objects.public, label=name_of)
ORGANISATIONS = Records(Organisation.objects.public, label=name_of)


def _called(name: str) -> Case | F:
    """What stands first in the reader's alphabet: in Korean the name in Hangul, of whoever has one."""
    if get_language() != "ko":
        return F(name)
    in_hangul = When(native_name__gte="가", native_name__lt="힣힣", then="native_name")
    return Case(in_hangul, default=name, output_field=TextField())


class PersonFilters(Filters):
    """Lists public people by the alphabet of family names; words are a name in any spelling, or a post."""

    q = Words("person", exact=names_in)
    organisation = AnyOf(ORGANISATIONS, rows=Position.objects.all, owner="person", key="organisation")
    country = AnyOf(
        Countries(),
        rows=lambda: Position.objects.filter(organisation__is_public=True),
        owner="person",
        key="organisation__country",
    )
    event = AnyOf(
        Records(_events),
        rows=lambda: _above(Person, "appearances").public(),
        owner="person",
        key="event",
    )
    sort = Sort(BY_ALPHABET)

    orders = {"a-z": ("called", "given_name", "id"), "z-a": ("-called", "-given_name", "-id")}
    place = (str, str, int)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Person.objects.public().annotate(called=_called("family_name"))


class OrganisationFilters(Filters):
    """Lists public organisations by the alphabet."""

    q = Words("organisation")
    kind = column(Organisation, "kind", Codes(Organisation.Kind))
    country = column(Organisation, "country", Countries())
    event = AnyOf(
        Records(_events),
        rows=lambda: _above(Organisation, "hostings").filter(out(of="event__")),
        owner="organisation",
        key="event",
    )
    sort = Sort(BY_ALPHABET)

    orders = {"a-z": ("called", "id"), "z-a": ("-called", "-id")}
    place = (str, int)

    @classmethod
    def public(cls, at: dt.datetime) -> Rows:
        return Organisation.objects.public().annotate(called=_called("name"))
