"""Photo desk, embedded metadata: an XMP packet (ISO 16684-1) as somebody else's program wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from newsroom.photos.embedded.names import XML, qualified

MOST_BYTES = 2_000_000
CONTAINERS = [qualified(f"rdf:{name}") for name in ("Alt", "Bag", "Seq")]
ITEM, DESCRIPTION = qualified("rdf:li"), qualified("rdf:Description")
LANGUAGE = f"{{{XML}}}lang"
DEFAULT = "x-default"


@dataclass(frozen=True)
class Struct:
    """The properties that stand on one level: of the picture itself, or of a structure such as a region."""

    nodes: tuple[Element, ...]

    def text(self, name: str) -> str:
        """A simple value, or the default language of one in several."""
        return next(iter(self.texts(name)), "")

    def texts(self, name: str) -> list[str]:
        """The values of an array in their order; of a language alternative, the default first."""
        found = [value for node in self._values(name) for value in _texts(node)]
        return found or [node.attrib[qualified(name)].strip() for node in self.nodes if node.get(qualified(name))]

    def structs(self, name: str) -> list[Struct]:
        return [_struct(item) for node in self._values(name) for item in _items(node) or [node]]

    def _values(self, name: str) -> Iterator[Element]:
        for node in self.nodes:
            yield from node.findall(qualified(name))


def parsed(packet: bytes) -> Struct:
    """The packet's properties; none where it is no XMP, or tries what XML allows and harms."""
    if len(packet) > MOST_BYTES:
        return Struct(())
    try:
        root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return Struct(())
    return Struct(_top(root))


def _top(root: Element) -> tuple[Element, ...]:
    rdf = root if root.tag == qualified("rdf:RDF") else root.find(qualified("rdf:RDF"))
    return tuple(rdf.findall(DESCRIPTION)) if rdf is not None else ()


def _items(node: Element) -> list[Element]:
    return [item for container in CONTAINERS for array in node.findall(container) for item in array.findall(ITEM)]


def _texts(node: Element) -> list[str]:
    items = sorted(_items(node), key=lambda item: item.get(LANGUAGE, DEFAULT) != DEFAULT)
    values = [(item.text or "").strip() for item in items or [node]]
    return [value for value in values if value]


def _struct(node: Element) -> Struct:
    """A structure is written inside a Description, or right inside its element, or as attributes of either."""
    return Struct((node, *node.findall(DESCRIPTION)))
