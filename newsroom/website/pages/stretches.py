"""Detail pages: the parts of a record that may be long: as much of each as its page shows, and the way to the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Generic, Self, TypeVar, overload

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

RowT = TypeVar("RowT")
ToldT = TypeVar("ToldT")

ALONE = 60  # rows of a part that is looked at by itself
LONGEST_NUMBER = 9  # digits
#: the parts that have pages of their own, by the name in the address, which is the id of their heading too
LABELS: dict[str, str | Promise] = {
    "spellings": gettext_lazy("Every spelling"),
    "positions": gettext_lazy("Positions"),
    "appearances": gettext_lazy("Appearances"),
    "said": gettext_lazy("Statements"),
    "programme": gettext_lazy("Programme"),
    "speakers": gettext_lazy("Who took part"),
    "statements": gettext_lazy("What was said"),
    "hosts": gettext_lazy("Hosts"),
    "names": gettext_lazy("Names"),
    "parts": gettext_lazy("Parts"),
    "shown": gettext_lazy("Who is shown"),
    "people": gettext_lazy("People in this story"),
    "organisations": gettext_lazy("Organisations"),
    "topics": gettext_lazy("Topics"),
    "events": gettext_lazy("Events"),
    "sources": gettext_lazy("Sources"),
    "pictures": gettext_lazy("Pictures"),
    "corrections": gettext_lazy("Corrections"),
    "text": gettext_lazy("Republish this story"),
}


@dataclass(frozen=True)
class Asked:
    """The part of a record that is looked at by itself, and after or before which of its rows; none as a rule."""

    part: str = ""
    after: int = 0
    before: int = 0
    is_whole: bool = False

    @classmethod
    def read(cls, given: QueryDict) -> Asked:
        """What names no part of any record asks for nothing."""
        part = given.get("part", "")
        return cls(part, _number(given.get("after", "")), _number(given.get("before", ""))) if part in LABELS else cls()

    def span(self, total: int) -> tuple[int, int]:
        """Where the rows begin and end that are asked for; beyond the last there is nothing, so that is shown."""
        if self.before:
            end = max(min(self.before - 1, total), 1)
            return max(end - ALONE, 0), end
        start = max(min(self.after, total - 1), 0)
        return start, start + ALONE


RECORD = Asked()  # the record itself
WHOLE = Asked(is_whole=True)  # with all of every part, for whoever is to sign it


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


@dataclass(frozen=True)
class Stretch(Sequence[RowT], Generic[RowT]):
    """Rows of one part of a record that follow each other. Without a name the part has no page of its own."""

    rows: Sequence[RowT]
    total: int = 0
    name: str = ""
    #: how many rows stand before these
    skipped: int = 0
    is_alone: bool = False
    #: whether it was asked for as what stands before some row, and is cut at its beginning
    ends_there: bool = field(default=False, repr=False)

    @overload
    def __getitem__(self, place: int) -> RowT: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[RowT]: ...
    def __getitem__(self, place: int | slice) -> RowT | Sequence[RowT]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def lengths(self) -> list[int]:
        return [len(self)]

    def cut(self, most: int) -> Self:
        """As many of its rows, those next to where it was asked for."""
        if len(self) <= most:
            return self
        if self.ends_there:
            return replace(self, rows=self.rows[-most:], skipped=self.skipped + len(self) - most)
        return replace(self, rows=self.rows[:most])

    @property
    def last(self) -> int:
        return self.skipped + len(self)

    @property
    def has_more(self) -> bool:
        """Whether a page begins with it that has no room for the rest."""
        return not self.is_alone and self.total > len(self) > 0

    @property
    def place(self) -> str:
        """The query under which a part by itself stands, however else it was asked for."""
        where = f"&before={self.last + 1}" if self.ends_there else f"&after={self.skipped}" if self.skipped else ""
        return f"part={self.name}{where}"

    @property
    def address(self) -> str:
        return f"?part={self.name}#{self.name}"

    @property
    def earlier(self) -> str:
        return f"?part={self.name}&before={self.skipped + 1}" if self.is_alone and self.skipped else ""

    @property
    def later(self) -> str:
        return f"?part={self.name}&after={self.last}" if self.is_alone and self.last < self.total else ""

    @property
    def label(self) -> str:
        """Of a part by itself, “Statements, 21–60 of 300”."""
        return f"{LABELS[self.name]}{self.range}"

    @property
    def range(self) -> str:
        """What follows the heading of a part that goes on elsewhere: “, 21–60 of 300”."""
        if not (self.earlier or self.later):
            return ""
        numbers = {"first": self.skipped + 1, "last": self.last, "total": self.total}
        grouped = {name: number_format(one, use_l10n=True, force_grouping=True) for name, one in numbers.items()}
        said = _("%(last)s of %(total)s") if len(self) == 1 else _("%(first)s–%(last)s of %(total)s")
        return ", " + said % grouped

    def told(self, tell: Callable[[RowT], ToldT]) -> Stretch[ToldT]:
        """The same rows as something else."""
        rows: Any = [tell(one) for one in self]
        return replace(self, rows=rows)  # type: ignore[return-value]


def stretch(
    name: str, rows: Sequence[RowT] | QuerySet[Any, RowT], asked: Asked, *, most: int, total: int | None = None
) -> Stretch[RowT]:
    """With which the record begins, all of it where a link would hide hardly more than itself.

    Of the part that is looked at by itself what is asked for; of any other nothing.
    """
    total = len(rows) if total is None else total
    if asked.is_whole:
        return Stretch(list(rows), total, name)
    if not asked.part:
        return Stretch(list(rows[: total if total <= most + most // 3 else most]), total, name)
    if asked.part != name:
        return Stretch([], total, name)
    start, end = asked.span(total)
    return Stretch(list(rows[start:end]), total, name, start, is_alone=True, ends_there=bool(asked.before))


def beginning(read: Callable[[], Iterable[RowT]], asked: Asked = RECORD) -> Stretch[RowT]:
    """Of a part whose rest stands elsewhere; it is not even read beside a part that is looked at by itself."""
    shown = [] if asked.part else list(read())
    return Stretch(shown, len(shown))


class InStretches:
    """A page, a dataclass, of which some fields are stretches."""

    @property
    def stretches(self) -> dict[str, Stretch[Any]]:
        named = ((one.name, getattr(self, one.name)) for one in fields(self))  # type: ignore[arg-type]
        return {name: one for name, one in named if isinstance(one, Stretch)}

    @property
    def alone(self) -> Stretch[Any] | None:
        """The part that is looked at by itself."""
        return next((one for one in self.stretches.values() if one.is_alone and one.rows), None)

    @property
    def lengths(self) -> list[int]:
        return [len(one) for one in self.stretches.values()]

    def cut(self, most: int) -> Self:
        """With no more than so many rows in any part."""
        return replace(self, **{name: one.cut(most) for name, one in self.stretches.items()})  # type: ignore[type-var]
