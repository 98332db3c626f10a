"""The shapes in which partners take objects: our own documents, ninjs, or JSON-LD, all made from the same ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from newsroom.models import Change
from newsroom.partners import companions, linked, ninjs
from newsroom.partners.entitlement import Access, shaped
from newsroom.partners.parameters import Parameters

JSON, NINJS, JSONLD = "json", "ninjs", "jsonld"
NAMES = (JSON, NINJS, JSONLD)
PARAMETERS = ("format", "profile")
DESCRIBED = [
    OpenApiParameter("format", str, enum=NAMES, description="our own documents, ninjs 3.2, or JSON-LD"),
    OpenApiParameter(
        "profile",
        str,
        enum=[ninjs.EXTENSION],
        description="with format=ninjs: our own document beside what ninjs has words for",
    ),
]
MEDIA_TYPES = {JSONLD: "application/ld+json"}

Written = dict[Any, str]  # objects on the wire by public id


@dataclass(frozen=True)
class Format:
    """One of the shapes, and whether our extension profile goes with it."""

    name: str = JSON
    is_extended: bool = False

    @property
    def media_type(self) -> str:
        """That of one object; a list of them is plain JSON."""
        return MEDIA_TYPES.get(self.name, "application/json")

    def write(self, entries: Sequence[Change], access: Access) -> Written:
        """Each of these objects, all of which the asker may have; one query more in any shape but our own."""
        if self.name == JSON:
            return {entry.object_id: shaped(entry, access) for entry in entries}
        documents = {entry.object_id: json.loads(shaped(entry, access)) for entry in entries}
        beside = companions.of(documents.values(), access)
        write = self._writer()
        return {entry.object_id: _text(write(entry, documents[entry.object_id], beside)) for entry in entries}

    def write_removal(self, entry: Change, reason: str, note: str) -> str | None:
        """What a removal says in this shape beside the change itself."""
        return _text(ninjs.tombstone(entry, reason, note)) if self.name == NINJS else None

    def _writer(self) -> Callable[[Change, Any, companions.Companions], Any]:
        if self.name == JSONLD:
            return linked.node
        return lambda entry, document, beside: ninjs.item(entry, document, beside, extended=self.is_extended)


PLAIN = Format()


def wished(parameters: Parameters) -> Format:
    """The shape that is asked for; faults are left with the parameters."""
    query = parameters.query
    name, profile = query.get("format", JSON), query.get("profile")
    if name not in NAMES:
        parameters.faults["format"] = _("is none of %(known)s") % {"known": ", ".join(NAMES)}
    if profile not in {None, ninjs.EXTENSION} or (profile and name != NINJS):
        parameters.faults["profile"] = _("takes “%(name)s”, with format=ninjs") % {"name": ninjs.EXTENSION}
    return Format(name, bool(profile))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
