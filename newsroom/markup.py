"""An editor's text into safe HTML: one allow-list, applied on the way into the database and out to the page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterator
from typing import Any

import nh3
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.safestring import SafeString, mark_safe
from django_prose_editor.fields import ProseEditorField

from newsroom import pasting

EDITOR_EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "Subscript": True,
    "Superscript": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False},
    "HardBreak": True,
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Photograph": True,
}

TAGS = {
    "p", "h2", "h3", "ul", "ol", "li", "blockquote", "cite", "strong", "em", "sub", "sup", "br", "a", "abbr", "span",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"lang", "dir"},
    "a": {"href", "title"},
    "abbr": {"title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "figure": {"data-photo"},
}
SCHEMES = {"http", "https", "mailto"}


PUBLIC_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _only_safe(tag: str, attribute: str, value: str) -> str | None:
    """Drop what names no photo by its public id, and addresses that borrow the page's scheme (`//host`).

    nh3 lets the latter through as relative; browsers pass over blanks and control characters, and read a
    backslash as a slash.
    """
    if tag == "figure":
        return value.lower() if attribute == "data-photo" and PUBLIC_ID.fullmatch(value.lower()) else None
    if attribute == "href" and re.match(r"[\\/]{2}", re.sub(r"[\x00-\x20]", "", value)):
        return None
    return value


_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes=ATTRIBUTES,
    url_schemes=SCHEMES,
    attribute_filter=_only_safe,
    link_rel="noopener noreferrer",
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
)


#: deeper than this no editor nests, and parsers take seconds; the tags that close themselves do not count
DEEPEST = 100
MOST_DECLARATIONS = 500
OPENED_OR_CLOSED = re.compile(r"<(/?)([a-zA-Z][\w:]*)")
SELF_CLOSING = {"p", "br", "hr", "img", "li", "td", "th", "tr", "col", "meta", "link", "input"}


def is_tangled(markup: str) -> bool:
    """Whether the markup is nested or broken beyond what anybody writes, so that reading it would hold others up."""
    if markup.count("<!") > MOST_DECLARATIONS:
        return True
    depth = 0
    for closing, tag in OPENED_OR_CLOSED.findall(markup):
        if tag.lower() not in SELF_CLOSING:
            depth = max(depth - 1, 0) if closing else depth + 1
        if depth > DEEPEST:
            return True
    return False


def _untangled(markup: str) -> str:
    """Its words alone, in one paragraph: nothing that was typed is lost, and nothing has to be parsed."""
    words = html.unescape(re.sub(r"<[^<>]*>|<!--[^<>]*", " ", markup))
    return f"<p>{html.escape(' '.join(words.split()), quote=False)}</p>"


def clean(markup: str) -> str:
    """The markup with everything outside the allow-list taken out; an empty paragraph becomes empty text.

    What word processors and portals write is read first for what it means.
    """
    markup = markup.replace("\x00", "")
    if is_tangled(markup):
        markup = _untangled(markup)
    cleaned = _cleaner.clean(pasting.settle(markup) if pasting.is_pasted(markup) else markup)
    cleaned = "".join(_with_bare_figures(cleaned)) if "<figure" in cleaned else cleaned
    return "" if re.fullmatch(r"\s*(<p>\s*</p>\s*)*", cleaned) else cleaned


def safe(markup: str) -> SafeString:
    """For templates: cleaned once more, whatever way it came into the database."""
    return mark_safe(clean(markup))  # noqa: S308  the cleaner's output is what makes it safe


# Photographs in the text: each an empty figure that names one of the story's, once


FIGURE_TAG = re.compile(r'(<figure(?: data-photo="[^"]*")?>|</figure>)')
FIGURE = re.compile(rf'<figure data-photo="({PUBLIC_ID.pattern})"></figure>')


def _with_bare_figures(cleaned: str) -> Iterator[str]:
    """The pieces of cleaned markup: each photograph once, before what stood inside; other figures leave that bare."""
    placed: set[str] = set()
    for piece in FIGURE_TAG.split(cleaned):
        if not FIGURE_TAG.fullmatch(piece):
            yield piece
        elif "data-photo" in piece and piece not in placed:
            placed.add(piece)
            yield f"{piece}</figure>"


def placed_photos(markup: str) -> list[str]:
    """The public ids of the photographs that stand in the text, in their order."""
    return FIGURE.findall(markup)


def with_figures(markup: str, shown: Callable[[str], str]) -> str:
    """The text with what `shown` gives for the id of each photograph in its place; "" takes it out."""
    return FIGURE.sub(lambda figure: shown(figure[1]), markup)


def only_figures(markup: str, kept: Container[str]) -> str:
    """The text without the photographs that are none of these."""
    return FIGURE.sub(lambda figure: figure[0] if figure[1] in kept else "", markup)


BLOCK_ENDS = re.compile(r"</(?:p|h2|h3|li|blockquote|td|th|caption)>|<br\s*/?>", re.IGNORECASE)


def plain(markup: str) -> str:
    """The words alone, a line for each block."""
    text = nh3.clean(BLOCK_ENDS.sub(" \n", markup), tags=set())
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return "\n".join(line for line in lines if line)


def words_in(markup: str) -> int:
    """How many words the text has, for lengths and reading times."""
    return len(plain(markup).split())


WORDS_A_MINUTE, SYLLABLES_A_MINUTE = 220, 500
SYLLABLE, WORD = re.compile("[가-힣\u4e00-\u9fff]"), re.compile(r"[^\W가-힣\u4e00-\u9fff]+")


def minutes_to_read(markup: str) -> int:
    """Korean and Chinese letters are counted one by one, since their words differ too much in length."""
    text = plain(markup)
    syllables, words = len(SYLLABLE.findall(text)), len(WORD.findall(text))
    return max(1, round(syllables / SYLLABLES_A_MINUTE + words / WORDS_A_MINUTE))


class ProseField(ProseEditorField):  # type: ignore[misc]  # the package is untyped
    """HTML from the prose editor, cleaned on every way into the database.

    The editor's own cleaning runs in `full_clean()` alone; `loaddata`, `update()` and `bulk_update()` never
    call `pre_save` either. What all of them share is `get_db_prep_save`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("extensions", EDITOR_EXTENSIONS)
        kwargs["sanitize"] = clean
        super().__init__(*args, **kwargs)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        if isinstance(value, str):
            value = clean(value)
        return super().get_db_prep_save(value, connection)
