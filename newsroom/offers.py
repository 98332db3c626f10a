"""The bottom shelf's offers of what was typed and not saved: each text beside what stands, which is read once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from newsroom import collisions, opened, unsaved
from newsroom.collisions import Difference
from newsroom.keeping import Typed


@dataclass(frozen=True)
class Offer:
    """What was typed in one window and not saved, beside what stands."""

    typed: Typed
    differences: list[Difference]
    new_rows: list[str]

    @property
    def slot(self) -> str:
        return unsaved.slot_of(self.typed)


def offers(texts: Iterable[Typed], form: Any, formsets: Sequence[Any]) -> list[Offer]:
    """Those of the texts that say something else than the unbound form and its rows do."""
    found = (_offer(typed, form, formsets) for typed in texts)
    return [offer for offer in found if offer.differences or offer.new_rows]


def _offer(typed: Typed, form: Any, formsets: Sequence[Any]) -> Offer:
    sent = opened.merged(unsaved.as_sent(typed.fields), form, formsets).sent
    filled = [_filled_rows(formset, sent) for formset in formsets]
    differences = collisions.differences(_filled(form, sent), form, filled)
    return Offer(typed, differences, collisions.new_rows(filled))


def _filled(form: Any, sent: QueryDict) -> Any:
    """The form with what was sent. A new one would read from the database once more what the record has chosen."""
    filled = copy(form)
    filled.is_bound, filled.data, filled._bound_fields_cache = True, sent, {}
    return filled


def _filled_rows(formset: Any, sent: QueryDict) -> Any:
    """The same of rows: those that stand are loaded already."""
    filled = type(formset)(sent, instance=formset.instance, prefix=formset.prefix, queryset=formset.queryset)
    filled._queryset = formset.get_queryset()
    filled.name_choices()
    return filled
