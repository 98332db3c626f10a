"""The copy desk's checks: the story with all that they look at, as plain values that no check can change."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from functools import cached_property

from newsroom.articles.checks.blocks import Block, blocks_of
from newsroom.dates import PartialDate
from newsroom.photos.rights import Right


class Standing(enum.StrEnum):
    """How a post stands to the day of the story."""

    HELD = "held"  # attested on that day, or the day lies within it
    ELSEWHERE = "elsewhere"  # attested on other days only
    RULED_OUT = "ruled-out"  # begun later or ended before, by the dates on record
    UNDATED = "undated"


@dataclass(frozen=True)
class Post:
    """A position of somebody in the story."""

    wording: str
    title: str
    organisation: str = ""
    organisation_names: tuple[str, ...] = ()
    as_printed: tuple[str, ...] = ()
    standing: Standing = Standing.UNDATED


@dataclass(frozen=True)
class Named:
    """Somebody the story is linked with; `row` is their place in the form."""

    row: int
    name: str
    key: int = 0
    native_name: str = ""
    name_as_printed: str = ""
    title_as_printed: str = ""
    spellings: tuple[str, ...] = ()
    posts: tuple[Post, ...] = ()

    @property
    def accepted(self) -> frozenset[str]:
        """How the story may spell them."""
        return frozenset({self.name, self.native_name, self.name_as_printed} - {""})


@dataclass(frozen=True)
class Known:
    """Somebody on record under a spelling that stands in the story."""

    key: int
    spelling: str
    name: str


@dataclass(frozen=True)
class Meeting:
    """An event of the story."""

    name: str
    names: tuple[str, ...] = ()
    starts_on: PartialDate | None = None
    ends_on: PartialDate | None = None
    embargo_until: dt.datetime | None = None
    link: str = ""


@dataclass(frozen=True)
class Picture:
    """A photo of the story with the words of this use; `row` is its place in the form."""

    row: int
    title: str = ""
    caption: str = ""
    #: the photo's, which stands where this use has none
    own_caption: str = ""
    alt_text: str = ""
    credit: str = ""
    lacks_terms: bool = False
    #: in how many stories it stands, this one included
    uses: int = 1
    is_decorative: bool = False
    is_held: bool = False
    rights: tuple[Right, ...] = ()
    embargo_until: dt.datetime | None = None
    link: str = ""


@dataclass(frozen=True)
class Document:
    """A source of the story, with its text where the desk keeps it."""

    title: str
    text: str = ""


@dataclass(frozen=True)
class Original:
    """The story that this one is a translation of; editions by number, 0 for none."""

    headline: str = ""
    language: str = ""
    made_from: int = 0
    newest: int = 0
    is_withdrawn: bool = False
    link: str = ""
    #: under what it is filed and this story is not, by field of the form, and who stands in it alone
    filed: tuple[tuple[str, str], ...] = ()
    people: str = ""


@dataclass(frozen=True)
class Passage:
    """A stretch of the story that stands in one field."""

    field: str
    text: str


@dataclass(frozen=True)
class Copy:
    """The story as the checks see it at one moment; `authors` are the keys of the people who sign it."""

    at: dt.datetime
    language: str = "en"
    headline: str = ""
    standfirst: str = ""
    dateline: str = ""
    body: str = ""
    embargo_until: dt.datetime | None = None
    byline_count: int = 0
    authors: frozenset[int] = frozenset()
    people: tuple[Named, ...] = ()
    known: tuple[Known, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    pictures: tuple[Picture, ...] = ()
    documents: tuple[Document, ...] = ()
    original: Original | None = None

    @property
    def opens_at(self) -> dt.datetime:
        """The first moment at which readers could have it."""
        return max(self.at, self.embargo_until or self.at)

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return blocks_of(self.body)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All that is printed, a passage for each block."""
        captions = (Passage(f"photo_uses-{one.row}-caption", one.caption) for one in self.pictures)
        parts = [Passage("headline", self.headline), Passage("standfirst", self.standfirst)]
        body = (Passage("body", block.text) for block in self.blocks)
        return tuple(part for part in (*parts, *body, *captions) if part.text)
