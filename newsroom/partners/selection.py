"""`?fields=` and `?expand=`: which parts of our own documents are taken, under the names that the schema knows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from newsroom.changes import Document
from newsroom.partners.parameters import Parameters
from newsroom.partners.shapes import SHAPES, Shape

FIELDS, EXPAND = "fields", "expand"
EXPANDED: Final = "object"  # under which a reference carries the object that it points at
MOST_FIELDS = 100

Tree = dict[str, Any]  # names with the names inside them; whole where there is nothing inside

# Where each kind points at others, by the name of their list. Depth one: what is brought along brings nothing along.
REFERENCES: dict[str, dict[str, tuple[str, ...]]] = {
    "article": {
        "people": ("people", "bylines"),
        "organisations": ("organisations",),
        "events": ("events",),
        "photos": ("photos",),
        "topics": ("topics",),
        "articles": ("translation_of", "translations"),
    },
    "event": {
        "people": ("appearances.person", "statements.person"),
        "organisations": ("hosts.organisation", "statements.organisation"),
        "topics": ("topics",),
    },
    "photo": {
        "people": ("people.person", "photographer"),
        "organisations": ("organisations",),
        "events": ("event",),
    },
    "person": {"organisations": ("positions.organisation",)},
    "organisation": {"organisations": ("parent",)},
    "topic": {},
}
KIND_OF_LIST = {
    "people": "person",
    "organisations": "organisation",
    "events": "event",
    "photos": "photo",
    "topics": "topic",
    "articles": "article",
}

FIELDS_DESCRIBED = OpenApiParameter(
    FIELDS,
    str,
    description="with format=json: only these fields, parted by commas; a dot leads into a field",
    examples=[OpenApiExample("fields", "id,headline,people.name")],
)


def described(kind: str) -> list[OpenApiParameter]:
    """The parameters that objects of this kind take."""
    known = list(REFERENCES[kind])
    if not known:
        return [FIELDS_DESCRIBED]
    expand = OpenApiParameter(
        EXPAND,
        str,
        description=f"with format=json: bring along what these point at, as `{EXPANDED}` in each reference; "
        f"parted by commas: {', '.join(known)}",
        examples=[OpenApiExample("expand", ",".join(known[:2]))],
    )
    return [FIELDS_DESCRIBED, expand]


@dataclass(frozen=True)
class Selection:
    """What is left of documents, and what they bring along."""

    fields: Tree = field(default_factory=dict)
    expand: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.expand)

    def references(self, document: Document) -> Iterator[Document]:
        """The public objects that this document points at and shall bring along."""
        paths = REFERENCES[document["type"]]
        for name in self.expand:
            for path in paths.get(name, ()):
                yield from (one for one in _at(document, path.split(".")) if "id" in one)

    def cut(self, document: Document) -> Any:
        return _cut(document, self.fields)


WHOLE = Selection()


def wished(parameters: Parameters, kinds: Collection[str]) -> Selection:
    """What is asked for, of documents of these kinds; faults are left with the parameters."""
    expand = _expand(parameters, kinds)
    known: Tree = {}
    for kind in kinds:
        known |= {name: {**known.get(name, {}), **inside} for name, inside in _names(kind, expand).items()}
    return Selection(_fields(parameters, known), expand)


def _expand(parameters: Parameters, kinds: Collection[str]) -> tuple[str, ...]:
    wanted = parameters.words(EXPAND)
    known = {name for kind in kinds for name in REFERENCES[kind]}
    if unknown := sorted(set(wanted) - known):
        parameters.faults[EXPAND] = _unknown(unknown, known)
    return wanted


def _fields(parameters: Parameters, known: Tree) -> Tree:
    wanted = parameters.words(FIELDS)
    if len(wanted) > MOST_FIELDS:
        parameters.faults[FIELDS] = _("takes at most %(most)d names") % {"most": MOST_FIELDS}
        return {}
    for path in wanted:
        if fault := _fault(path, known):
            parameters.faults.setdefault(FIELDS, fault)
    return tree(wanted)


def _fault(path: str, known: Tree) -> str:
    """What is wrong with one name, and what there is in its place; empty where it is one of ours."""
    inside, walked = known, list[str]()
    for part in path.split("."):
        if part not in inside:
            if not inside:
                return _("“%(name)s” has no fields of its own, so there is no “%(path)s”") % {
                    "name": ".".join(walked),
                    "path": path,
                }
            return _unknown([path], {".".join([*walked, name]) for name in inside})
        walked.append(part)
        inside = inside[part]
    return ""


def _unknown(unknown: Iterable[str], known: Iterable[str]) -> str:
    words = {"unknown": ", ".join(unknown), "known": ", ".join(sorted(known)) or _("none")}
    return _("does not know %(unknown)s; there are: %(known)s") % words


def tree(paths: Iterable[str]) -> Tree:
    """Dotted names as a tree; a name that is asked for as a whole wins over its parts."""
    grown: Tree = {}
    for path in sorted(paths):
        inside = grown
        *outer, last = path.split(".")
        for part in outer:
            if inside.get(part) == {}:
                break
            inside = inside.setdefault(part, {})
        else:
            inside.setdefault(last, {})
    return grown


def _names(kind: str, expand: Collection[str]) -> Tree:
    """The fields of a kind, with those of what is brought along where something is."""
    known = _copy(_fields_of(SHAPES[kind]))
    for name in expand:
        for path in REFERENCES[kind].get(name, ()):
            inside = known
            for part in path.split("."):
                inside = inside[part]
            inside[EXPANDED] = _fields_of(SHAPES[KIND_OF_LIST[name]])
    return known


@cache
def _fields_of(shape: type[Shape]) -> Tree:
    fields = {name: getattr(one, "child", one) for name, one in shape().fields.items() if name != EXPANDED}
    return {name: _fields_of(type(one)) if isinstance(one, Shape) else {} for name, one in fields.items()}


def _copy(names: Tree) -> Tree:
    return {name: _copy(inside) for name, inside in names.items()}


def _at(value: Any, path: list[str]) -> Iterator[Document]:
    """The references that stand under this path; lists are walked through."""
    if isinstance(value, list):
        for one in value:
            yield from _at(one, path)
    elif value and path:
        yield from _at(value[path[0]], path[1:])
    elif value:
        yield value


def _cut(value: Any, wanted: Tree) -> Any:
    if isinstance(value, list):
        return [_cut(one, wanted) for one in value]
    if wanted and isinstance(value, dict):
        return {name: _cut(part, wanted[name]) for name, part in value.items() if name in wanted}
    return value
