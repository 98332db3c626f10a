"""Forms of the desk that every room shares: rows that name what they point at, and rows in an order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db.models import F, Model, UniqueConstraint
from django.forms.models import BaseInlineFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from newsroom.refusals import is_key

AFTER_ALL_OTHERS = 16_000  # a number that no row of a programme has, within a small integer of PostgreSQL
LONGEST_PLACE = len(str(AFTER_ALL_OTHERS))


class KnowingAutocomplete(AutocompleteSelect):
    """An autocomplete that names its choice from rows loaded already, rather than by a query for each.

    What was sent in the place of a key and is none chooses nothing: the field says what is wrong with it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        if len(value) != 1 or value[0] not in self.names:
            return super().optgroups(name, [key for key in value if is_key(str(key))], attr)
        empty = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        chosen = self.create_option(name, value[0], self.names[value[0]], True, len(empty))
        return [(None, [*empty, chosen], 0)]


class KnowingAutocompletes(AutocompleteSelectMultiple):
    """The same for many: names what the form shows from the rows that it was filled with."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names: dict[str, str] = {}

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        if not value or any(key not in self.names for key in value):
            return super().optgroups(name, [key for key in value if is_key(str(key))], attr)
        return [
            (None, [self.create_option(name, key, self.names[key], True, index)], index)
            for index, key in enumerate(value)
        ]


class KnownChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Rows of a `KnowingAutocompletes`, which learns their names when the form is filled with them."""

    def prepare_value(self, value: Any) -> Any:
        widget: Any = getattr(self.widget, "widget", self.widget)
        rows = [row for row in value if isinstance(row, Model)] if isinstance(value, list) else []
        widget.names.update((str(row.pk), self.label_from_instance(row)) for row in rows)
        return super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        """Refuse what is no key before a database is asked for it: not every one takes a number of any length."""
        for key in value if isinstance(value, list | tuple) else ():
            if not is_key(str(key)):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key})
        return super().clean(value)


def _inner(widget: Any) -> Any:
    """Without the links that the admin puts around it."""
    return getattr(widget, "widget", widget)


def _is_knowing(widget: Any) -> bool:
    return isinstance(_inner(widget), KnowingAutocomplete)


class RowsFormSet(BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows below a record; what they point at is loaded with them (`select_related` in the inline)."""

    model: type[Model]

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = _inner(field.widget)
            row = getattr(form.instance, name, None) if _is_knowing(widget) else None
            if row is not None:
                widget.names[str(row.pk)] = field.label_from_instance(row)

    def name_choices(self) -> None:
        """Load what its new rows point at in one query for each field, rather than when each row is shown."""
        for name in self.form.base_fields:
            asked = [form[name] for form in self.extra_forms if _is_knowing(form.fields[name].widget)]
            keys = [key for bound in asked if is_key(key := str(bound.value() or ""))]
            if keys:
                field: Any = asked[0].field
                names = {str(row.pk): field.label_from_instance(row) for row in field.queryset.filter(pk__in=keys)}
                for bound in asked:
                    _inner(bound.field.widget).names.update(names)

    def clean(self) -> None:
        """Also ask the constraints that Django leaves out in rows, since they count an empty owner as one."""
        super().clean()
        for form in filter(self.is_kept, self.forms):
            if form.has_changed():
                self._ask_constraints(form)

    def is_kept(self, form: Any) -> bool:
        return hasattr(form, "cleaned_data") and not self._should_delete_form(form)  # type: ignore[attr-defined]

    def _ask_constraints(self, form: Any) -> None:
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.expressions:
                try:
                    constraint.validate(self.model, form.instance)
                except ValidationError as refusal:
                    form.add_error(None, refusal)


class OrderField(forms.IntegerField):
    """A place in an order; left empty, the next one of the formset's."""

    def __init__(self, rows: OrderedFormSet, **kwargs: Any) -> None:
        self.rows = rows
        super().__init__(required=False, min_value=0, max_value=AFTER_ALL_OTHERS - 1, **kwargs)

    def clean(self, value: Any) -> int:
        number: int | None = super().clean(value)
        return next(self.rows.numbers) if number is None else number


class OrderedFormSet(RowsFormSet):
    """Rows with an `order`: one left empty goes last."""

    @cached_property
    def numbers(self) -> itertools.count[int]:
        """The places after the last one that was filled in; what is too long to be one is refused by its own field."""
        typed = [self.data.get(f"{self.add_prefix(index)}-order", "") for index in range(self.total_form_count())]
        places = [int(text) for text in typed if text.isdecimal() and len(text) <= LONGEST_PLACE]
        return itertools.count(max(places, default=0) + 1)

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if model_field := form.fields.get("order"):
            form.fields["order"] = OrderField(self, label=model_field.label, widget=model_field.widget)
            if form.instance._state.adding:
                form.initial["order"] = None


class PlacedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Leaves it to the formset to see that no place is taken twice, since two rows may change theirs."""

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"order"}


class PlacedFormSet(OrderedFormSet):
    """Rows of which no two have the same place; they may still change places in one save."""

    def clean(self) -> None:
        super().clean()
        taken: set[int] = set()
        for form in self.forms:
            order = form.cleaned_data.get("order") if self.is_kept(form) else None
            if order in taken:
                form.add_error("order", _("Another row has this place already."))
            elif order is not None:
                taken.add(order)

    def save(self, commit: bool = True) -> Any:
        leaving = [form.instance.pk for form in self.initial_forms if form.has_changed()]
        self.model._default_manager.filter(pk__in=leaving).update(order=F("order") + AFTER_ALL_OTHERS)
        return super().save(commit)
