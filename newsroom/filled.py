"""The bottom shelf's reading of a form's widgets: what a browser sends of a value, and how it reads in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import CheckboxInput, Widget
from django.utils.translation import gettext

#: what a form sends: values by name
Sent = dict[str, list[str]]


def sent_by(widget: Widget, name: str, value: Any) -> Sent:
    """What a browser sends for this value if nobody touches it."""
    return {key: [one for one, _label in pairs] for key, pairs in _filled(widget, name, value)}


def shown_by(widget: Widget, name: str, value: Any) -> str:
    """The value as its widget would show it, in words."""
    inner = getattr(widget, "widget", widget)
    if isinstance(inner, CheckboxInput):
        return gettext("yes") if inner.check_test(value) else gettext("no")
    labels = [label for _key, pairs in _filled(widget, name, value) for _value, label in pairs]
    return ", ".join(filter(None, labels)).replace("\r\n", "\n").strip()


def _filled(widget: Widget, name: str, value: Any) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    inner = getattr(widget, "widget", widget)  # without the links that the admin puts around it
    yield from _of_context(inner.get_context(name, value, {})["widget"])


def _of_context(context: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each name of a widget, with its values and their labels: a date with a time, say, has two names."""
    if "optgroups" in context:
        options = [option for _name, group, _index in context["optgroups"] for option in group]
        chosen = [option for option in options if option["selected"]]
        labelled = [(str(option["value"]), str(option["label"]) if option["value"] else "") for option in chosen]
        yield context["name"], labelled
    elif "subwidgets" in context:
        for part in context["subwidgets"]:
            yield from _of_context(part)
    elif context.get("type") == "checkbox":
        yield context["name"], [("on", "")] if context["attrs"].get("checked") else []
    elif context.get("type") != "file":
        value = context["value"]
        yield context["name"], [("" if value is None else str(value),) * 2]
