"""Detail pages: a person in one line: the name printed, the title of the day, and how else they are spelt."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from newsroom.dates import PartialDate, span_in_words
from newsroom.local_names import name_of
from people.models import Attestation, NameVariant, Person, Position
from people.titles import Basis, TitleOn

MOST_SPELLINGS = 3  # beside a name; the person's page has every one


@dataclass(frozen=True)
class PersonLine:
    """Somebody beside a story, on a programme or in a picture; without an address if they are not public."""

    name: str
    url: str = ""
    initials: str = ""
    title: str = ""
    basis: str = ""  # what the title rests on, where that is not certain
    spellings: list[str] = field(default_factory=list)  # other ones, as seen elsewhere
    printed_name: str = ""  # where it differs from the name shown
    roles: list[str] = field(default_factory=list)

    @property
    def printed_otherwise(self) -> str:
        """The printed name where more than the order of its words differs."""
        words = [sorted(one.casefold().split()) for one in (self.name, self.printed_name)]
        return self.printed_name if words[0] != words[1] else ""


def posts() -> tuple[Prefetch[str], ...]:
    """What a title of the day is found in."""
    return (
        Prefetch("positions", Position.objects.select_related("organisation")),
        Prefetch("positions__attestations", Attestation.objects.select_related("source")),
    )


def names_and_posts() -> tuple[Prefetch[str], ...]:
    """The same, with every spelling."""
    return (Prefetch("variants", NameVariant.objects.select_related("source")), *posts())


def with_posts(people: Collection[Person]) -> None:
    """Read at once what `line` needs of these people."""
    prefetch_related_objects(list(people), *posts())


def with_names_and_posts(people: Collection[Person]) -> None:
    """Read at once what `printed_line` needs of these people."""
    prefetch_related_objects(list(people), *names_and_posts())


def printed_line(person: Person | None, name: str, title: str, day: PartialDate | None) -> PersonLine:
    """Under the name that a story prints; a few other spellings beside it."""
    if person is None or not person.is_public:
        return anonymous(name, title)
    title, basis = title_and_basis(person, title, day)
    others = [one for one in spellings_of(person) if one != name]
    return PersonLine(name, person.get_absolute_url(), person.initials, title, basis, others[:MOST_SPELLINGS])


def line(
    person: Person, *, name: str = "", title: str = "", day: PartialDate | None = None, roles: Collection[str] = ()
) -> PersonLine:
    """Under the name on record; the printed one beside it where it differs."""
    if not person.is_public:
        return anonymous(name or person.name, title, roles)
    title, basis = title_and_basis(person, title, day)
    shown = name_of(person)
    printed = name if name not in {person.name, shown} else ""
    return PersonLine(
        shown, person.get_absolute_url(), person.initials, title, basis, printed_name=printed, roles=list(roles)
    )


def anonymous(name: str, title: str, roles: Collection[str] = ()) -> PersonLine:
    """Nothing of the record: only what was printed."""
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return PersonLine(name, initials=initials, title=capfirst(title), roles=list(roles))


def spellings_of(person: Person) -> list[str]:
    """Every way in which this person's name is known to be written, each once."""
    variants = [variant.spelling for variant in person.variants.all()]
    return [one for one in dict.fromkeys([person.name, person.native_name, *variants]) if one]


def title_and_basis(person: Person, printed: str, day: PartialDate | None) -> tuple[str, str]:
    """The printed title wins; else the post of the day, with what it rests on where that is not certain."""
    if printed:
        return capfirst(printed), ""
    title = person.title_on(day)
    return (title.local, basis_in_words(title)) if title else ("", "")


def basis_in_words(title: TitleOn) -> str:
    if title.is_certain:
        return ""
    if title.basis == Basis.NEAREST and title.seen_on:
        return _("as seen on %(day)s") % {"day": title.seen_on.in_words()}
    return _time_in_words(title.position.starts_on, title.position.ends_on) or _("when is not known")


def _time_in_words(starts: PartialDate | None, ends: PartialDate | None) -> str:
    """As much of the post's time as is on record; empty where nothing is."""
    if starts and ends:
        return span_in_words(starts, ends)
    if starts:
        return _("from %(start)s") % {"start": starts.in_words()}
    return _("until %(end)s") % {"end": ends.in_words()} if ends else ""
