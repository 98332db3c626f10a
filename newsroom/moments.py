"""The bottom shelf's clock: a moment that an editor types or reads is of the newsroom's zone, and says its offset.

Twice a year, where clocks change, a local time comes twice or not at all; `MomentField` then asks which is meant.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

LOCAL = "%Y-%m-%dT%H:%M"  # what a browser's own picker sends and takes
YEARS = range(1900, 2201)  # at the ends of the calendar no time can be told by another zone's clock


def offset(moment: dt.datetime) -> str:
    """How far the newsroom's clock is from UTC at that moment: “UTC+09:00”."""
    text = localtime(moment).strftime("%z")
    return f"UTC{text[:3]}:{text[3:5]}"


def in_words(moment: dt.datetime) -> str:
    """Day, time, zone and offset, so that nobody has to guess whose clock is meant."""
    words = date_format(localtime(moment), "DATETIME_FORMAT")
    return f"{words} ({timezone.get_current_timezone_name()}, {offset(moment)})"


def meanings(local: dt.datetime) -> list[dt.datetime]:
    """The instants that a local time may mean: one as a rule, two where the clocks go back or forward.

    Where they go forward it never comes: these are the times an hour before and after, as far as the gap is wide.
    """
    zone = timezone.get_current_timezone()
    both = {local.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1)}
    return sorted(both)


def validate_year(moment: dt.datetime) -> None:
    """For fields with another widget than ours. Raises ValidationError for what no clock can be asked about."""
    if moment.year not in YEARS:
        message = gettext("Enter a date between %(first)d and %(last)d.")
        raise ValidationError(message, "year", {"first": YEARS[0], "last": YEARS[-1]})


def comes_twice(local: dt.datetime) -> bool:
    """Of a time with two meanings: whether it comes twice rather than never."""
    return all(localtime(moment).replace(tzinfo=None) == local for moment in meanings(local))


class MomentWidget(forms.MultiWidget):
    """The browser's picker, the zone beside it, and once a time has two meanings, these to choose from.

    The second part has radio buttons in the template, where it is asked for at all.
    """

    template_name = "newsroom/widgets/moment.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        local = forms.DateTimeInput({"type": "datetime-local", **(attrs or {})}, format=LOCAL)
        super().__init__({"": local, "meant": forms.HiddenInput()})

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else ""

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, dt.datetime):
            return [None, None]
        moment = localtime(value)
        local = moment.replace(tzinfo=None)
        return [local, _key(moment) if len(meanings(local)) > 1 else None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        typed = value if isinstance(value, list) else self.decompress(value)
        context = super().get_context(name, typed, attrs)
        _describe(context["widget"]["subwidgets"][0]["attrs"])
        local = _read(typed[0])
        found = meanings(local) if local else []
        choices = [{"key": _key(one), "words": in_words(one), "is_chosen": _key(one) == typed[1]} for one in found]
        return {
            **context,
            "zone": timezone.get_current_timezone_name(),
            "offset": offset(found[0] if found else timezone.now()),
            "has_value": bool(found),
            "meanings": choices if len(choices) > 1 else [],
        }

    def _render(self, template_name: str, context: dict[str, Any], renderer: BaseRenderer | None = None) -> SafeString:
        # The template is the site's own; the default form renderer looks into apps only.
        return mark_safe(TemplatesSetting().render(template_name, context))  # noqa: S308 (as Django's own does)


def _describe(attrs: dict[str, Any]) -> None:
    """Have the zone read out with the field."""
    if input_id := attrs.get("id"):
        attrs["aria-describedby"] = " ".join(filter(None, (attrs.get("aria-describedby"), f"{input_id}_zone")))


def _key(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def _read(typed: Any) -> dt.datetime | None:
    """The local time that was typed; None for nothing, and for what is no time of ours."""
    if isinstance(typed, dt.datetime):
        return typed
    try:
        found = parse_datetime(str(typed)) if typed else None
    except ValueError:
        return None
    return found if found and found.tzinfo is None and found.year in YEARS else None


class MomentField(forms.MultiValueField):
    """A moment by the newsroom's clock; None where nothing is typed."""

    widget = MomentWidget
    default_error_messages = {
        "twice": gettext_lazy("%(time)s comes twice that night, since the clocks go back. Choose which one you mean."),
        "never": gettext_lazy(
            "%(time)s does not exist that night, since the clocks go forward. Choose one of the two beside it."
        ),
    }

    def __init__(self, *, required: bool = False, **kwargs: Any) -> None:
        fields = (_LocalField(required=required), forms.CharField(required=False))
        super().__init__(fields, required=required, require_all_fields=False, **kwargs)

    def compress(self, typed: list[Any]) -> dt.datetime | None:
        """Raises ValidationError for a time with two meanings, until one of them is chosen."""
        local = typed[0] if typed else None
        if local is None:
            return None
        found = meanings(local)
        if len(found) == 1:
            return found[0]
        chosen = [moment for moment in found if _key(moment) == typed[1]]
        if chosen:
            return chosen[0]
        code = "twice" if comes_twice(local) else "never"
        words = {"time": date_format(local, "DATETIME_FORMAT")}
        raise ValidationError(self.error_messages[code], code, words)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as moments: the browser's own spelling of the same minute is no change."""
        if self.disabled:
            return False
        try:
            typed = self.clean(data)
        except ValidationError:
            return True
        before = initial.replace(second=0, microsecond=0) if initial else None
        return bool(typed != before)


class _LocalField(forms.DateTimeField):
    """The typed part: a time without zone, as the newsroom's clock will show it."""

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        local = _read(value) if isinstance(value, str | dt.datetime) else None
        if local is None:
            message = gettext("Enter a date between %(first)d and %(last)d and a time, such as 2026-03-31 09:30.")
            raise ValidationError(message, "invalid", {"first": YEARS[0], "last": YEARS[-1]})
        return local
