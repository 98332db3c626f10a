"""Photo desk: the form in which people are marked: a box, a row and a place each, and rows that follow from boxes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import inlineformset_factory
from django.utils.translation import gettext as _

from newsroom.forms import KnowingAutocomplete, RowsFormSet
from newsroom.photos.depicting.marks import BOX, box_of
from newsroom.photos.depicting.places import places_of
from newsroom.photos.models import Depiction, Photo

MOST = 99
BY_HAND = {"row", "place_from_left"}
ROWS = list(Depiction.Row.values)


class MarkForm(forms.ModelForm):  # type: ignore[type-arg]
    """One person; whoever fills in a part of a box fills in all of it."""

    class Meta:
        model = Depiction
        fields = ["person", "row", "place_from_left", "name_as_printed", "title_as_printed", "is_portrait", *BOX]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in BOX:
            self.fields[name].widget.attrs |= {"min": "0", "max": "1", "step": "0.0001", "data-box": name}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parts = {name: cleaned.get(name) for name in BOX if name not in self.errors}
        if len(parts) == len(BOX):
            self._clean_box(parts)
        return cleaned

    def _clean_box(self, parts: dict[str, Decimal | None]) -> None:
        missing = [name for name, part in parts.items() if part is None]
        if missing and len(missing) < len(BOX):
            self.add_error(missing[0], _("A box needs all four numbers, or none: fill this one in."))
        elif not missing:
            for start, size in (("box_x", "box_width"), ("box_y", "box_height")):
                self._clean_side(start, size, parts[start] or Decimal(), parts[size] or Decimal())

    def _clean_side(self, start: str, size: str, begins: Decimal, reach: Decimal) -> None:
        if reach <= 0:
            self.add_error(size, _("The box has no size: draw it larger."))
        elif begins < 0 or begins + reach > 1:
            self.add_error(start, _("The box reaches beyond the picture: move it in, or make it smaller."))

    def _get_validation_exclusions(self) -> set[str]:
        """Two people may change their places in one save, so the formset sees to it that none is taken twice."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"place_from_left"}


class MarkFormSet(RowsFormSet):
    """Everybody in one picture; with `follow`, rows and places are those of the boxes unless typed just now."""

    def clean(self) -> None:
        super().clean()
        if self.follows and not any(self.errors):
            self._follow()
        taken: set[tuple[str, int]] = set()
        for form in filter(self.is_kept, self.forms):
            one = form.instance
            if one.place_from_left and (one.row, one.place_from_left) in taken:
                form.add_error("place_from_left", _("Two people cannot stand at the same place in the same row."))
            elif one.place_from_left:
                taken.add((one.row, one.place_from_left))

    @property
    def follows(self) -> bool:
        return "follow" in self.data

    def kept(self) -> list[Depiction]:
        """What is to be saved, in the order of the rows where they follow the boxes; new ones last otherwise."""
        marks = [form.instance for form in filter(self.is_kept, self.forms) if form.has_changed() or form.instance.pk]
        if self.follows:
            marks.sort(key=lambda one: (ROWS.index(one.row) or len(ROWS), one.place_from_left or MOST))
        else:
            marks.sort(key=lambda one: (one._state.adding, one.order))
        for order, mark in enumerate(marks, 1):
            mark.order = order
        return marks

    def gone(self) -> list[Depiction]:
        return [form.instance for form in self.deleted_forms if form.instance.pk]

    def _follow(self) -> None:
        forms_of = [form for form in self.forms if self.is_kept(form) and box_of(form.instance)]
        boxes = [box for form in forms_of if (box := box_of(form.instance))]
        for form, place in zip(forms_of, places_of(boxes), strict=True):
            if BY_HAND.isdisjoint(form.changed_data):
                mark = form.instance
                mark.row, mark.place_from_left, mark.row_is_inferred = place.row, place.from_left, False


def mark_forms() -> type[MarkFormSet]:
    """With the desk's own choice of people, which knows every spelling of a name."""
    people = KnowingAutocomplete(Depiction._meta.get_field("person"), admin.site)
    return inlineformset_factory(  # type: ignore[return-value]
        Photo,
        Depiction,
        form=MarkForm,
        formset=MarkFormSet,
        extra=1,
        max_num=MOST,
        widgets={"person": people},
    )
