"""Dates with precision: the form field that reads an editor's words and says what it understood."""

from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from newsroom.dates.partial import PartialDate
from newsroom.dates.reading import LONGEST, PartialDateError


class PartialDateWidget(forms.TextInput):
    """A line of text with a hint below it and, once it holds a date, what was understood."""

    template_name = "newsroom/widgets/partial_date.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        input_attrs = context["widget"]["attrs"]
        if input_id := input_attrs.get("id"):
            described = [input_attrs.get("aria-describedby"), f"{input_id}_hint", f"{input_id}_understood"]
            input_attrs["aria-describedby"] = " ".join(filter(None, described))
        return {**context, "understood": _understood(context["widget"]["value"])}

    def _render(self, template_name: str, context: dict[str, Any], renderer: BaseRenderer | None = None) -> SafeString:
        # The template is the site's own; the default form renderer looks into apps only.
        return mark_safe(TemplatesSetting().render(template_name, context))  # noqa: S308 (as Django's own does)


class PartialDateFormField(forms.Field):
    """Cleans to a PartialDate or None; its messages say what to type."""

    widget = PartialDateWidget
    default_error_messages = {"required": _("Give a date as precise as your source: a day, a month or a year.")}

    def __init__(self, *, max_length: int = LONGEST, **kwargs: Any) -> None:
        self.max_length = max_length
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "maxlength": str(self.max_length), "autocomplete": "off"}

    def to_python(self, value: Any) -> PartialDate | None:
        if isinstance(value, PartialDate):
            return value
        try:
            return PartialDate.from_human(value) if value and value.strip() else None
        except PartialDateError as error:
            raise forms.ValidationError(str(error), code="invalid") from error


def _understood(typed: str | None) -> str | None:
    try:
        return PartialDate.from_human(typed).understood() if typed else None
    except PartialDateError:
        return None  # the error beside the field says why
