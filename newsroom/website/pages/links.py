"""Detail pages: names that lead somewhere, and names that lead nowhere because their record is not public."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from newsroom.local_names import native_of
from newsroom.models import Record, Topic


class Link(NamedTuple):
    """A name, with an address unless the record behind it is not public."""

    name: str
    url: str = ""


def link(record: Record | None, name: str = "") -> Link:
    """The record under the name given, else under its own: in full only where it is public, as in documents."""
    if record is None:
        return Link(name)
    if not record.is_out():
        return Link(name or record.name)  # type: ignore[attr-defined]
    return Link(name or native_of(record) or str(record), record.get_absolute_url())  # type: ignore[attr-defined]


def printed_links(printed: Collection[dict[str, Any]], records: dict[str, Any]) -> list[Link]:
    """The names that an edition prints, of those that are public today."""
    names = {one["id"]: one["name"] for one in printed}
    return [link(record, names[str(record.uuid)]) for record in public_records(printed, records)]


def public_records(printed: Iterable[dict[str, Any]], records: dict[str, Any]) -> list[Any]:
    """What an edition names, as far as anybody may know of it today; the desk links its stories to more than that."""
    found = (records.get(one["id"]) for one in printed)
    return [record for record in found if record is not None and record.is_out()]


def topic_link(topic: Topic) -> Link:
    """A public topic under its name in the reader's language."""
    return Link(topic.local_name, topic.get_absolute_url())
