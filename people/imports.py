"""Who's who from a table: which rows are new, whom the others mean, and what they add; nothing known is overwritten.

A row means the record with its slug, its ORCID, ROR or Wikidata id, or one that goes by its name (`naming`).
A row that means a record fills what is empty there. Who wants a new record for a name that somebody has
already gives it a slug of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.db.models import Q
from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from django_countries import countries

from newsroom import changes
from newsroom.csv_import import Row
from newsroom.models import User
from people import naming
from people.models import Organisation, Person

AT_ONCE = 100  # rows in one transaction
LONGEST_SLUG = 110

Named = Person | Organisation


@dataclass
class Outcome:
    """What becomes of a row: `new`, `known` (with what it `adds`), or `refused` with the reasons by column."""

    row: Row
    verdict: str = "new"
    record: Named | None = None
    adds: list[str] = field(default_factory=list)
    reasons: dict[str, list[str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return str(self.record) if self.record else " ".join(filter(None, list(self.row.cells.values())[:2]))

    def refuse(self, column: str, reason: str) -> Outcome:
        self.verdict, self.record = "refused", None
        self.reasons.setdefault(column, []).append(reason)
        return self


class Import:
    """How a table becomes records of one kind."""

    model: ClassVar[type[Any]]
    columns: ClassVar[tuple[str, ...]]
    required: ClassVar[tuple[str, ...]]
    ids: ClassVar[tuple[str, ...]]
    #: what exports have and imports pass over: public ids, and whether readers see the record
    ignored: ClassVar[tuple[str, ...]] = ("uuid", "is_public")

    def plan(self, rows: Sequence[Row]) -> list[Outcome]:
        """What would become of each row; writes nothing."""
        seen: dict[str, int] = {}
        return [outcome for some in _chunks(rows) for outcome in self._plan_some(some, seen)]

    def write(self, rows: Sequence[Row], *, by: User | None) -> list[Outcome]:
        """Plan again, on what the database holds by now, and write; a few rows at a time, each few as a whole."""
        seen: dict[str, int] = {}
        return [outcome for some in _chunks(rows) for outcome in self._write_some(some, seen, by)]

    def is_called(self, record: Any, candidate: Any) -> bool:
        """Whether the row's record and one on file may be the same, by their names."""
        raise NotImplementedError

    def cell(self, column: str, text: str) -> Any:
        """What the column keeps for the text of a cell; raises ValidationError."""
        return text

    def _write_some(self, rows: Sequence[Row], seen: dict[str, int], by: User | None) -> list[Outcome]:
        try:
            with changes.recording() as record:
                outcomes = self._plan_some(rows, seen)
                for outcome in outcomes:
                    if outcome.record is not None and (outcome.verdict == "new" or outcome.adds):
                        record.touch(outcome.record)
                        self._save(outcome, by)
                        record.touch(outcome.record)
        except IntegrityError:
            reason = _("Somebody changed the same records at this moment: import the file again.")
            return [Outcome(row).refuse("", reason) for row in rows]
        return outcomes

    def _save(self, outcome: Outcome, by: User | None) -> None:
        record: Any = outcome.record
        if outcome.verdict == "new":
            record.created_by = by
        else:
            record.version += 1  # of the row that `_candidates` has locked
        record.save()
        self._log(outcome, by)

    def _log(self, outcome: Outcome, by: User | None) -> None:
        """In the record's history at the desk; an import without a user has nobody to name."""
        if by is None:
            return
        flag = ADDITION if outcome.verdict == "new" else CHANGE
        said = _("Imported from a table, line %(line)d.") % {"line": outcome.row.line}
        rows = self.model.objects.filter(pk=outcome.record.pk)  # type: ignore[union-attr]
        LogEntry.objects.log_actions(by.pk, rows, flag, said, single_object=True)

    def _plan_some(self, rows: Sequence[Row], seen: dict[str, int]) -> list[Outcome]:
        outcomes = [self._read(row) for row in rows]
        read = [outcome for outcome in outcomes if outcome.verdict != "refused"]
        on_file = self._candidates([outcome.record for outcome in read])
        for outcome in read:
            self._settle(outcome, on_file, seen)
        self._give_slugs([outcome for outcome in read if outcome.verdict == "new"], seen)
        for outcome in read:
            self._validate(outcome)
        return outcomes

    def _read(self, row: Row) -> Outcome:
        """The row as a record that is not saved, or what is wrong with its cells."""
        outcome, values = Outcome(row), {}
        for column, text in row.cells.items():
            try:
                if text:
                    values[column] = self.cell(column, text)
            except ValidationError as error:
                outcome.refuse(column, error.messages[0])
        if not outcome.reasons:
            outcome.record = self.model(**values)
        return outcome

    def _candidates(self, records: Iterable[Any]) -> list[Any]:
        """Everyone on file who may be meant by any of these: by slug, by id, or by the folded key of a name."""
        wanted = Q(pk__in=[])
        for column in ("slug", *self.ids):
            wanted |= Q(**{f"{column}__in": {getattr(record, column) for record in records} - {""}})
        keys = {naming.match_key(name) for record in records for name in self._own_names(record)} - {""}
        by_variant = self.model.objects.filter(variants__match_key__in=keys).values("pk")
        wanted |= Q(match_key__in=keys) | Q(pk__in=by_variant) | self._also(keys)
        on_file = self.model.objects.unmerged().filter(wanted).prefetch_related("variants").order_by("pk")
        return list(on_file.select_for_update() if connection.in_atomic_block else on_file)

    def _also(self, keys: set[str]) -> Q:
        return Q(pk__in=[])

    def _own_names(self, record: Any) -> list[str]:
        return [name for name in (record.name, record.native_name) if name]

    def _known_names(self, record: Any) -> list[str]:
        """The same, and every spelling on file; reads `record.variants`."""
        return [*self._own_names(record), *(variant.spelling for variant in record.variants.all())]

    def _settle(self, outcome: Outcome, on_file: list[Any], seen: dict[str, int]) -> None:
        """Find whom the row means."""
        if earlier := self._earlier(outcome.record, seen):
            words = _("The same as line %(line)d, or so alike that one of both needs a slug.")
            outcome.refuse("", words % {"line": earlier})
            return
        meant = self._meant(outcome.record, on_file)
        if len(meant) > 1:
            names = {"names": get_text_list([f"{one} ({one.slug})" for one in meant], _("or"))}
            outcome.refuse("slug", _("This may be %(names)s: write the slug of the one that is meant.") % names)
        elif meant and meant[0].trashed_at:
            outcome.refuse("", _("“%(name)s” lies in the trash: bring it back first.") % {"name": meant[0]})
        elif meant:
            self._fill(outcome, meant[0])
        else:
            seen.update(dict.fromkeys(self._marks(outcome.record), outcome.row.line))

    def _meant(self, record: Any, on_file: list[Any]) -> list[Any]:
        for column in ("slug", *self.ids):
            if value := getattr(record, column):
                found = [one for one in on_file if getattr(one, column) == value]
                if found or column == "slug":
                    return found
        return [one for one in on_file if self.is_called(record, one) and not self._contradicts(record, one)]

    def _contradicts(self, record: Any, one: Any) -> bool:
        """Whether an id says that these are two, though they share a name."""
        ids = [(getattr(record, column), getattr(one, column)) for column in self.ids]
        return any(given and known and given != known for given, known in ids)

    def _fill(self, outcome: Outcome, meant: Any) -> None:
        """Only what is empty on file; what stands there stays."""
        given = outcome.record
        outcome.verdict, outcome.record = "known", meant
        for column in outcome.row.cells:
            name = self.model._meta.get_field(column).attname  # a relation's key, which needs no query
            value = getattr(given, name)
            if value and not getattr(meant, name):
                setattr(meant, name, value)
                outcome.adds.append(column)

    def _earlier(self, record: Any, seen: dict[str, int]) -> int:
        """The line of this file that makes the same new record; 0 where none does."""
        return next((seen[mark] for mark in self._marks(record) if mark in seen), 0)

    def _marks(self, record: Any) -> list[str]:
        return [f"slug {record.slug}"] if record.slug else [f"name {name}" for name in self._readings(record)]

    def _readings(self, record: Any) -> set[str]:
        return {record.native_name or record.name}

    def _give_slugs(self, outcomes: list[Outcome], seen: dict[str, int]) -> None:
        bare = {
            id(one): slugify(one.record.name)[:LONGEST_SLUG] for one in outcomes if one.record and not one.record.slug
        }
        wanted = Q(slug__in=[])
        for stem in {stem for stem in bare.values() if stem}:
            wanted |= Q(slug=stem) | Q(slug__startswith=f"{stem}-")
        taken = set(self.model.objects.filter(wanted).values_list("slug", flat=True))
        for outcome in outcomes:
            if stem := bare.get(id(outcome), ""):
                slug = next(slug for slug in _numbered(stem) if slug not in taken and f"slug {slug}" not in seen)
                seen[f"slug {slug}"] = outcome.row.line
                outcome.record.slug = slug  # type: ignore[union-attr]  # a new row has a record
            elif id(outcome) in bare:
                outcome.refuse("slug", _("No slug can be made of this name: write one in Latin letters."))

    def _validate(self, outcome: Outcome) -> None:
        if outcome.record is None or (outcome.verdict == "known" and not outcome.adds):
            return
        try:
            outcome.record.full_clean()
        except ValidationError as error:
            self._empty(outcome)
            for column, reasons in error.message_dict.items():
                for reason in reasons:
                    outcome.refuse("" if column == "__all__" else column, reason)

    def _empty(self, outcome: Outcome) -> None:
        """Take back what was to be added: another row may mean the same record."""
        for column in outcome.adds:
            field = self.model._meta.get_field(column)
            setattr(outcome.record, field.attname, field.get_default())


class PersonImport(Import):
    model = Person
    columns = (
        "family_name",
        "given_name",
        "name_order",
        "native_name",
        "biography",
        "orcid",
        "wikidata",
        "slug",
        "desk_note",
    )
    required = ("family_name",)
    ids = ("orcid", "wikidata")

    def is_called(self, record: Person, candidate: Person) -> bool:
        """By any spelling; but two names in Hangul that differ are two people, whatever their romanisations."""
        if record.native_name and candidate.native_name:
            return naming.same_name(record.native_name, candidate.native_name)
        known = self._known_names(candidate)
        return any(naming.same_name(own, name) for own in self._own_names(record) for name in known)

    def cell(self, column: str, text: str) -> Any:
        return _chosen(Person.NameOrder, text) if column == "name_order" else text

    def _also(self, keys: set[str]) -> Q:
        return Q(native_match_key__in=keys)

    def _readings(self, record: Person) -> set[str]:
        return {record.native_name} if record.native_name else set(naming.readings(record.name))


class OrganisationImport(Import):
    model = Organisation
    columns = (
        "name",
        "short_name",
        "native_name",
        "kind",
        "country",
        "parent",
        "description",
        "website",
        "ror",
        "wikidata",
        "slug",
        "desk_note",
    )
    required = ("name",)
    ids = ("ror", "wikidata")

    def is_called(self, record: Organisation, candidate: Organisation) -> bool:
        known = self._known_names(candidate)
        return not {name.casefold() for name in self._own_names(record)}.isdisjoint(map(str.casefold, known))

    def cell(self, column: str, text: str) -> Any:
        if column == "kind":
            return _chosen(Organisation.Kind, text)
        if column == "country":
            return _country(text)
        return _parent(text) if column == "parent" else text

    def _readings(self, record: Organisation) -> set[str]:
        return {name.casefold() for name in self._own_names(record)}


IMPORTS: dict[str, Import] = {"person": PersonImport(), "organisation": OrganisationImport()}


def _chosen(choices: Any, text: str) -> str:
    """A choice by its value or by its words."""
    for value, label in choices.choices:
        if text.casefold() in {value.casefold(), str(label).casefold()}:
            return str(value)
    known = get_text_list([str(value) for value in choices.values], _("or"))
    raise ValidationError(_("“%(text)s” is none of these: write %(known)s.") % {"text": text, "known": known})


def _country(text: str) -> str:
    code = text.upper() if text.upper() in countries else countries.by_name(text)
    if not code:
        raise ValidationError(_("“%(text)s” is no country: write its two letters, such as KR.") % {"text": text})
    return str(code)


def _parent(text: str) -> Organisation:
    found = list(Organisation.objects.filter(slug=text) or Organisation.objects.named(text)[:2])
    if len(found) != 1:
        words = _("“%(text)s” is not one organisation on record: write its slug, or import it first.")
        raise ValidationError(words % {"text": text})
    return found[0]


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


def _chunks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))
