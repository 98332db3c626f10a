"""The copy desk's checks: the story's markup as a row of blocks, each with its plain text and its links."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = {"p", "h2", "h3", "li", "blockquote", "td", "th", "caption", "figure"}


@dataclass(frozen=True)
class Block:
    tag: str
    text: str
    links: tuple[str, ...] = ()

    @property
    def is_heading(self) -> bool:
        return self.tag in {"h2", "h3"}


@dataclass
class _Open:
    """A block that is being read."""

    tag: str
    parts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def closed(self) -> Block:
        links = tuple(" ".join(link.split()) for link in self.links)
        return Block(self.tag, " ".join("".join(self.parts).split()), links)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.open = _Open("p")
        self._is_linked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.turn_to(tag)
        elif tag == "br":
            self.open.parts.append("\n")
        elif tag == "a":
            self._is_linked = True
            self.open.links.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.turn_to("p")
        elif tag == "a":
            self._is_linked = False

    def handle_data(self, data: str) -> None:
        self.open.parts.append(data)
        if self._is_linked and self.open.links:
            self.open.links[-1] += data

    def turn_to(self, tag: str) -> None:
        block = self.open.closed()
        if block.text or block.is_heading:
            self.blocks.append(block)
        self.open = _Open(tag)


def blocks_of(markup: str) -> tuple[Block, ...]:
    """The blocks in their order; empty ones are left out, empty headings are kept."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    reader.turn_to("p")
    return tuple(reader.blocks)
