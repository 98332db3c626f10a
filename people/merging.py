"""Who's who: two records that turn out to be one become one, and can become two again.

What points at the one that goes points at the one that stays; its names stay on as spellings, its address leads on,
and partners are told which record replaces it. It lies in the trash meanwhile, with everything it said.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import Q
from django.utils.translation import gettext as _

from newsroom import changes, folding, policy
from newsroom.folding import Folding
from newsroom.models import User
from newsroom.policy import Refused
from people.models import Merge, NameVariant, Organisation, Person

Named = Person | Organisation
Follower = Callable[[Any, Any], object]

#: what one chooses between, by the name of the choice; a name is taken as a whole
CHOICES: dict[type[Any], dict[str, tuple[str, ...]]] = {
    Person: {
        "name": ("family_name", "given_name", "name_order"),
        "native_name": ("native_name",),
        "biography": ("biography",),
        "orcid": ("orcid",),
        "wikidata": ("wikidata",),
        "desk_note": ("desk_note",),
        "is_public": ("is_public",),
    },
    Organisation: {
        name: (name,)
        for name in (
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
            "desk_note",
            "is_public",
        )
    },
}
LONGEST_SPELLING = 200


class NotMerged(Refused):
    """These two cannot become one, or not one two again, as they stand now."""


_followers: list[Follower] = []


def also_follow(follow: Follower) -> None:
    """Let a higher room put in order what it keeps of people otherwise than by a relation; asked both ways."""
    _followers.append(follow)


# Verbs


def merge(absorbed: Named, *, into: Named, by: User, at: dt.datetime, taken: Mapping[str, bool] | None = None) -> Merge:
    """Make the records one; `taken` names the `CHOICES` that the one that stays takes from the other.

    Raises NotMerged. The merge says in `losses` what two rows of theirs said differently.
    """
    with changes.recording() as record:
        going, staying = _locked(absorbed, into)
        _check(going, staying, by)
        record.touch(going, staying)
        made = _merged(going, staying, taken or {}, by, at)
        record.touch(going, staying)
        _tell(by, going, _("Merged into “%(other)s”.") % {"other": staying})
        _tell(by, staying, _("“%(other)s” was merged into this.") % {"other": going})
    return made


def undo(absorbed: Named, *, by: User, at: dt.datetime) -> list[str]:
    """Make two records of one again; returns in words what stays as it is, since it was changed meanwhile.

    Raises NotMerged.
    """
    with changes.recording() as record:
        going = type(absorbed)._base_manager.select_for_update(no_key=True).select_related(None).get(pk=absorbed.pk)
        made, staying = _undoable(going, by)
        record.touch(going, staying)
        said = folding.unfold(made.steps)
        made.delete()
        going.refresh_from_db()
        _put_in_order(going, staying)
        record.touch(going, staying)
        _tell(by, going, " ".join([_("Taken out of “%(other)s” again.") % {"other": staying}, *said]))
        _tell(by, staying, " ".join([_("“%(other)s” was taken out of this again.") % {"other": going}, *said]))
    return said


# What is in the way


def why_not(one: Named, other: Named) -> str:
    """Why these two cannot become one; empty where they can."""
    if one.pk == other.pk:
        return _("This is one record: choose another to merge it with.")
    for record in (one, other):
        if record.merged_into_id is not None:
            return _("“%(record)s” has been merged already.") % {"record": record}
        if record.is_trashed:
            return _("“%(record)s” lies in the trash: bring it back first.") % {"record": record}
    return _("One of these is part of the other by way of a third: mend that first.") if _encloses(one, other) else ""


def why_not_undone(absorbed: Named) -> str:
    """Why the record cannot come out again now; empty where it can."""
    if absorbed.merged_into is None:
        return _("It was not merged.")
    last = absorbed.merged_into.merged.order_by("-merge__pk").first()
    if last is not None and last.pk != absorbed.pk:
        return _("“%(last)s” was merged into the same record later: take that out first.") % {"last": last}
    return ""


def what_would_stay(absorbed: Named) -> list[str]:
    """What an undoing could not put back, since somebody has changed it since; writes nothing."""
    return folding.unfold(absorbed.merge.steps, only_look=True)


def _encloses(one: Named, other: Named) -> bool:
    """Whether a third organisation stands between these two, so that one would become a part of itself."""
    if not isinstance(one, Organisation) or not isinstance(other, Organisation):
        return False
    return any(_is_beyond(low, high) for low, high in ((one, other), (other, one)))


def _is_beyond(low: Organisation, high: Organisation) -> bool:
    """Whether the one is part of the other, though not directly."""
    seen = {low.pk}
    above = low.parent
    while above is not None and above.pk not in seen:
        if above.parent_id == high.pk and above.pk != high.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _check(going: Named, staying: Named, by: User) -> None:
    if not (policy.can(by, "merge", going) and policy.can(by, "merge", staying)):
        raise NotMerged(why_not(going, staying) or _("This is not yours to do."))
    if reason := why_not(going, staying):
        raise NotMerged(reason)


def _undoable(going: Named, by: User) -> tuple[Merge, Named]:
    if going.merged_into is None or not policy.can(by, "unmerge", going):
        raise NotMerged(why_not_undone(going) or _("This is not yours to do."))
    type(going)._base_manager.select_for_update(no_key=True).get(pk=going.merged_into.pk)
    if reason := why_not_undone(going):
        raise NotMerged(reason)
    return going.merge, going.merged_into


def _locked(absorbed: Named, into: Named) -> tuple[Any, Any]:
    """Both as they are now, locked in the same order whichever way round."""
    rows = (
        type(absorbed)._base_manager.select_for_update(no_key=True).filter(pk__in=[absorbed.pk, into.pk]).order_by("pk")
    )
    found = {row.pk: row for row in rows}
    return found[absorbed.pk], found[into.pk]


# How two become one


def _merged(going: Any, staying: Any, taken: Mapping[str, bool], by: User, at: dt.datetime) -> Merge:
    names = [*names_of(going), *names_of(staying)]
    work = Folding()
    work.fold(going, into=staying)
    _take(work, going, staying, taken)
    work.set(going, is_public=False, trashed_at=at, trashed_by=by.pk, merged_into=staying.pk)
    for spelling in _new_spellings(names, staying):
        whose = {staying._meta.model_name: staying}
        work.make(NameVariant(spelling=spelling, script=NameVariant.Script.of(spelling), **whose))
    work.keep_up()
    _put_in_order(going, staying)
    kept = {"steps": work.steps, "losses": work.losses, going._meta.model_name: going}
    return Merge.objects.create(merged_at=at, merged_by=by, **kept)


def _take(work: Folding, going: Any, staying: Any, taken: Mapping[str, bool]) -> None:
    """What the one that stays takes from the other; what may stand once only changes places."""
    values = dict(_values(going, staying, taken))
    if values.get("parent", getattr(staying, "parent_id", None)) in {going.pk, staying.pk}:
        values["parent"] = going.parent_id if going.parent_id != staying.pk else None  # nothing is part of itself
    if "name" in values:
        former = staying.name
        work.set(going, name=str(uuid.uuid4()))
        work.set(staying, **values)
        work.set(going, name=former)
    elif values:
        work.set(staying, **values)


def _values(going: Any, staying: Any, taken: Mapping[str, bool]) -> Iterator[tuple[str, Any]]:
    for choice, names in CHOICES[type(going)].items():
        for name in names if taken.get(choice) else ():
            field = going._meta.get_field(name)
            if folding.written(going, field) != folding.written(staying, field):
                yield name, getattr(going, field.attname)


def names_of(record: Any) -> list[str]:
    """Everything the record itself is called."""
    return [name for name in (record.name, getattr(record, "short_name", ""), record.native_name) if name]


def _new_spellings(names: list[str], staying: Any) -> list[str]:
    """Of these names the ones under which the record is not known yet."""
    known = {*names_of(staying), *staying.variants.values_list("spelling", flat=True)}
    return [one for one in dict.fromkeys(name[:LONGEST_SPELLING] for name in names) if one not in known]


def _put_in_order(going: Any, staying: Any) -> None:
    for follow in _followers:
        follow(going, staying)


def _tell(by: User, record: Any, said: str) -> None:
    """In the record's history at the desk."""
    rows = type(record)._base_manager.filter(pk=record.pk)
    LogEntry.objects.log_actions(by.pk, rows, CHANGE, said, single_object=True)


# Before one decides


@dataclass(frozen=True)
class Choice:
    """One thing that two records say, each in its own words."""

    name: str
    label: Any
    said: tuple[str, str]

    @property
    def differs(self) -> bool:
        return self.said[0] != self.said[1]


def choices(one: Named, other: Named) -> list[Choice]:
    """What both say, in the order of their form; what neither says is left out."""
    found = [
        Choice(name, _label(type(one), name), (_said(one, name), _said(other, name))) for name in CHOICES[type(one)]
    ]
    return [choice for choice in found if any(choice.said)]


def _label(model: type[Any], name: str) -> Any:
    return _("name") if name == "name" else model._meta.get_field(name).verbose_name


def _said(record: Any, name: str) -> str:
    if name == "name" and isinstance(record, Person):
        return _("%(name)s (family name: %(family)s)") % {"name": record.name, "family": record.family_name}
    if name == "is_public":
        return _("yes") if record.is_public else _("no")
    shown = getattr(record, f"get_{name}_display", None)
    value = shown() if shown else getattr(record, name)
    return str(getattr(value, "name", value) or "") if value else ""


def links(record: Named) -> dict[str, int]:
    """How many rows of each sort point at the record, by what the desk calls them."""
    counts: dict[str, int] = {}
    for field in folding.pointing_fields(type(record)):
        number = field.model._base_manager.filter(**{field.attname: record.pk}).count()
        owner = field.model._meta.get_fields()[1].related_model if field.model._meta.auto_created else field.model
        if number:
            name = str(owner._meta.verbose_name_plural)
            counts[name] = counts.get(name, 0) + number
    return counts


def alike(record: Named) -> list[Any]:
    """Who else may be meant by one of the record's names, whatever the romanisation."""
    model: Any = type(record)
    spellings = [*names_of(record), *record.variants.values_list("spelling", flat=True)]
    wanted = Q(pk__in=[])
    for spelling in dict.fromkeys(spellings):
        wanted |= Q(pk__in=model.objects.named(spelling).values("pk"))
    return list(model.objects.filter(wanted, trashed_at=None).exclude(pk=record.pk).order_by("pk")[:20])
