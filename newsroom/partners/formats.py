"""The shapes in which partners take objects: our own documents, ninjs, or JSON-LD, all made from the same ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter

from newsroom.models import Change
from newsroom.partners import companions, linked, ninjs, selection
from newsroom.partners.entitlement import Access, shaped
from newsroom.partners.parameters import Parameters
from newsroom.partners.selection import EXPAND, EXPANDED, FIELDS, WHOLE, Selection

JSON, NINJS, JSONLD = "json", "ninjs", "jsonld"
NAMES = (JSON, NINJS, JSONLD)
PARAMETERS = ("format", "profile", FIELDS)
REPEATED = (FIELDS, EXPAND)
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
    """One of the shapes, whether our extension profile goes with it, and which parts of our own documents."""

    name: str = JSON
    is_extended: bool = False
    selection: Selection = WHOLE

    @property
    def media_type(self) -> str:
        """That of one object; a list of them is plain JSON."""
        return MEDIA_TYPES.get(self.name, "application/json")

    def write(self, entries: Sequence[Change], access: Access, without: Collection[UUID] = ()) -> Written:
        """Each of these objects, all of which the asker may have; one query more for what they bring along.

        `without`: what nobody shall be told at this moment, be it only brought along.
        """
        if self.name == JSON and not self.selection:
            return {entry.object_id: shaped(entry, access) for entry in entries}
        documents = {entry.object_id: json.loads(shaped(entry, access)) for entry in entries}
        pointing = self.selection.references if self.name == JSON else companions.beside
        references = [one for document in documents.values() for one in pointing(document)]
        around = companions.gather(references, access, without)
        if self.name == JSON:
            for one in references:
                one[EXPANDED] = around.document(one["id"]) or None
            return {key: _text(self.selection.cut(document)) for key, document in documents.items()}
        write = self._writer()
        return {entry.object_id: _text(write(entry, documents[entry.object_id], around)) for entry in entries}

    def write_removal(self, entry: Change, reason: str, note: str) -> str | None:
        """What a removal says in this shape beside the change itself."""
        return _text(ninjs.tombstone(entry, reason, note)) if self.name == NINJS else None

    def _writer(self) -> Callable[[Change, Any, companions.Companions], Any]:
        if self.name == JSONLD:
            return linked.node
        return lambda entry, document, beside: ninjs.item(entry, document, beside, extended=self.is_extended)


PLAIN = Format()


def of(kind: str) -> list[str]:
    """The parameters that shape objects of this kind."""
    return [*PARAMETERS, EXPAND] if selection.REFERENCES[kind] else [*PARAMETERS]


def wished(parameters: Parameters, kinds: Collection[str]) -> Format:
    """The shape that is asked for, of objects of these kinds; faults are left with the parameters."""
    query = parameters.query
    name, profile = query.get("format", JSON), query.get("profile")
    if name not in NAMES:
        parameters.faults["format"] = _("is none of %(known)s") % {"known": ", ".join(NAMES)}
    if profile not in {None, ninjs.EXTENSION} or (profile and name != NINJS):
        parameters.faults["profile"] = _("takes “%(name)s”, with format=ninjs") % {"name": ninjs.EXTENSION}
    for chosen in (FIELDS, EXPAND):
        if chosen in query and name != JSON:
            parameters.faults.setdefault(chosen, _("works with format=json alone"))
    return Format(name, bool(profile), selection.wished(parameters, kinds))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
