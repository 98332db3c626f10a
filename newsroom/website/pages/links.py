"""Detail pages: names that lead somewhere, and names that lead nowhere because their record is not public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from newsroom.models import Record, Topic


class Link(NamedTuple):
    """A name, with an address unless the record behind it is not public."""

    name: str
    url: str = ""


def link(record: Record | None, name: str = "") -> Link:
    """The record under the name given, else under its own."""
    if record is None:
        return Link(name)
    return Link(name or str(record), record.get_absolute_url() if record.is_public else "")  # type: ignore[attr-defined]


def printed_links(printed: Iterable[dict[str, Any]], records: dict[str, Any]) -> list[Link]:
    """What an edition prints of organisations, with the addresses they have today."""
    return [link(records.get(one["id"]), one["name"]) for one in printed]


def topic_link(topic: Topic | None, name: str = "") -> Link:
    """A topic under its name in the reader's language; under the printed one if it is not public."""
    if topic is None or not topic.is_public:
        return Link(name or str(topic))
    return Link(topic.local_name, topic.get_absolute_url())
