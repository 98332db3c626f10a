"""The bottom shelf's word diff: what two texts have in common, what is gone and what is new, ready to be read.

    diffing.words("He spoke in Seoul.", "She spoke in Busan.")
    diffing.prose(before_html, after_html)      # paragraph by paragraph, each a list of pieces

`newsroom/_pieces.html` and `newsroom/_prose.html` show them with `<del>`, `<ins>` and words for screen readers.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Literal, NamedTuple

Op = Literal["same", "gone", "new"]

# Chinese and Japanese write without blanks, so each sign stands alone; Korean words have blanks between them.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"\s+|[{_SIGN}]\s*|(?:(?![{_SIGN}])\w)+(?:[-'’.,:](?:(?![{_SIGN}])\w)+)*\s*|.\s*", re.DOTALL)

ALIKE = 0.3  # the share of common words from which two paragraphs are versions of one
PAIRS = 40_000  # so many paragraphs are weighed against each other; beyond, they are taken in order


class Piece(NamedTuple):
    """A run of text: in both versions, in the former alone, or in the later alone."""

    op: Op
    text: str


class Paragraph(NamedTuple):
    """A block of the text with its pieces; in a text that is unchanged there is one, and it is the same."""

    pieces: list[Piece]

    @property
    def is_same(self) -> bool:
        return all(piece.op == "same" for piece in self.pieces)


def words(before: str, after: str) -> list[Piece]:
    """The pieces in reading order; “same” and “gone” joined give `before`, “same” and “new” give `after`."""
    if before == after:
        return [Piece("same", before)] if before else []
    former, later = TOKEN.findall(before), TOKEN.findall(after)
    # Blanks ride with the word before them and are compared apart, or no two texts would differ in words alone.
    matcher = SequenceMatcher(None, [token.strip() for token in former], [token.strip() for token in later])
    found: list[Piece] = []
    for op, start, end, begin, stop in matcher.get_opcodes():
        if op == "equal":
            for one, other in zip(former[start:end], later[begin:stop], strict=True):
                found.extend(_with_blanks(one, other))
        else:
            found += [Piece("gone", "".join(former[start:end])), Piece("new", "".join(later[begin:stop]))]
    return list(_joined(found))


def _with_blanks(one: str, other: str) -> Iterator[Piece]:
    """The same word twice, perhaps with other blanks behind it."""
    if one == other:
        yield Piece("same", one)
        return
    word = one.strip()
    yield Piece("same", word)
    yield Piece("gone", one[len(word) :])
    yield Piece("new", other[len(word) :])


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours put together: of one change, what is gone stands before what is new."""
    for is_same, run in itertools.groupby((piece for piece in pieces if piece.text), lambda one: one.op == "same"):
        together = list(run)
        for op in ("same",) if is_same else ("gone", "new"):
            text = "".join(piece.text for piece in together if piece.op == op)
            if text:
                yield Piece(op, text)  # type: ignore[arg-type]


# Prose


def prose(before: str, after: str) -> list[Paragraph]:
    """Two versions of an editor's HTML: paragraphs first, then the words inside those that are alike.

    What is compared is what `paragraphs` reads of them: joined by paragraph, the pieces give that back.
    """
    former, later = paragraphs(before), paragraphs(after)
    matcher = SequenceMatcher(None, former, later, autojunk=False)
    compared: list[Paragraph] = []
    for op, start, end, begin, stop in matcher.get_opcodes():
        if op == "equal":
            compared += [Paragraph([Piece("same", text)]) for text in former[start:end]]
        else:
            compared += _matched(former[start:end], later[begin:stop])
    return compared


def _matched(former: Sequence[str], later: Sequence[str]) -> Iterator[Paragraph]:
    """These paragraphs in reading order: versions of one compared by word, the others gone or new as a whole."""
    i = j = 0
    for one, other in [*_versions(former, later), (len(former), len(later))]:
        yield from (Paragraph([Piece("gone", text)]) for text in former[i:one])
        yield from (Paragraph([Piece("new", text)]) for text in later[j:other])
        if one < len(former):
            yield Paragraph(words(former[one], later[other]))
        i, j = one + 1, other + 1


def _versions(former: Sequence[str], later: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of paragraphs that are versions of one, each found before the next is looked for."""
    if len(former) * len(later) > PAIRS:
        yield from ((place, place) for place in range(min(len(former), len(later))))
        return
    bags = [frozenset(TOKEN.findall(text)) for text in later]
    free = 0
    for place, text in enumerate(former):
        bag = frozenset(TOKEN.findall(text))
        other = max(range(free, len(bags)), key=lambda at: _likeness(bag, bags[at]), default=None)
        if other is not None and _likeness(bag, bags[other]) >= ALIKE:
            yield place, other
            free = other + 1


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one), len(other), 1)


HEADINGS = {"h2": "## ", "h3": "### "}
BLOCKS = {*HEADINGS, "p", "li", "blockquote", "td", "th", "caption", "br", "figure", "tr", "ul", "ol", "table"}
MARKS = {"strong": "**", "em": "*", "sub": "~", "sup": "^"}


class _Reader(HTMLParser):
    """Reads markup as lines of text in which headings, emphasis and links can still be told apart."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self._links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag in BLOCKS:
            self._break(HEADINGS.get(tag, "• " if tag == "li" else ""))
        if tag == "figure":
            self.handle_data(f"[{named.get('data-photo') or ''}]")
        if tag == "a":
            self._links.append(named.get("href") or "")
        self.handle_data(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.handle_data(MARKS.get(tag, ""))
        if tag == "a" and self._links:
            self.handle_data(f" <{self._links.pop()}>")
        if tag in BLOCKS:
            self._break("")

    def handle_data(self, data: str) -> None:
        self.lines[-1] += data

    def _break(self, begins_with: str) -> None:
        """A paragraph within a list item stands on the item's own line."""
        if self.lines[-1] in {"", "• "}:
            self.lines[-1] = self.lines[-1] or begins_with
        else:
            self.lines.append(begins_with)


def paragraphs(markup: str) -> list[str]:
    """The lines of an editor's HTML as plain text: `## Heading`, `• item`, `**strong**`, `link <address>`."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return [line for text in reader.lines if (line := " ".join(text.split()))]
