"""The bottom shelf's reading of pasted markup: what word processors and portals mean, said in our own few tags.

Bold and italics by style become `strong` and `em`, Word's list paragraphs become lists, empty paragraphs and
rows of no-break spaces go. What comes out is tidy, not safe: `markup.clean` still has to run over it.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

#: what only pasted markup has; the editor's own has none of it
SIGNS = re.compile(
    r"""style\s*=|class\s*=\s*["']?Mso|<o:p|<(?:font|b|i|center|div|section|figcaption|img|h1|h[4-6])\b|<!(?:--)?\[if"""
    r"""|(?:&nbsp;|&\#160;|\xa0){2}""",
    re.IGNORECASE,
)
MARKED_SECTIONS = re.compile(r"<!\[[^>]*>|<!--.*?-->", re.DOTALL)
SPACES = re.compile(r"[ \t\r\n\xa0]+")

VOID = {"br"}
INLINE = {"strong", "em", "sub", "sup", "a", "abbr", "span", "cite", "br"}
WRAPPERS = {"span", "font"}
BLOCKS = {"p", "h2", "h3", "ul", "ol", "blockquote", "table", "figure"}
RENAMED = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
UNWRAPPED = {"u", "s", "center", "section", "article", "o:p", "tfoot"}
TAGS = {*INLINE, *WRAPPERS, *BLOCKS, *RENAMED, *UNWRAPPED, "li", "caption", "thead", "tbody", "tr", "th", "td"}
KEPT = {"lang", "dir", "href", "title", "scope", "colspan", "rowspan", "start", "data-photo"}

HIDDEN = re.compile(r"mso-list\s*:\s*ignore|display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
MARKER = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
LISTED = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d)", re.IGNORECASE)
NUMBERED = re.compile(r"^\W?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5}|[가-하])[.)]")
WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
HEIGHT = re.compile(r"(?<![\w-])vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)

_parser = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": {"style", "class", "lang", "dir", "title", "scope", "colspan", "rowspan", "start", "data-photo"}}
    | {"a": {"href"}},
    link_rel=None,
    clean_content_tags={"script", "style", "template", "noscript", "iframe", "object", "svg", "math"},
)


@dataclass
class Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def style(self) -> str:
        return self.attributes.get("style", "")

    @property
    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words for child in self.children)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be seen of it."""
        seen = {"td", "figure"}
        return not (self.words.strip(" \t\r\n\xa0") or self.tag in seen or any(one.tag in seen for one in self.walk()))

    def walk(self) -> Iterator[Element]:
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def like(self, children: Iterable[Element | str], tag: str = "") -> Element:
        kept = {name: value for name, value in self.attributes.items() if name in KEPT}
        return Element(tag or self.tag, kept, list(children))


class _Tree(HTMLParser):
    """Reads markup that nh3 has made well-formed."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def is_pasted(markup: str) -> bool:
    return SIGNS.search(markup) is not None


def settle(markup: str) -> str:
    """The pasted markup in our own tags; as it is where it is nested deeper than any text would be."""
    tree = _Tree()
    tree.feed(_parser.clean(MARKED_SECTIONS.sub("", markup)))
    tree.close()
    try:
        usual = _usual_language(tree.root)
        return "".join(_written(Element("", {}, list(_flow(_lists(_meant(tree.root, usual)))))))
    except RecursionError:
        return markup


# Elements by what they mean


def _meant(parent: Element, usual: str) -> Iterator[Element | str]:
    """The children of an element as our own tags, hidden ones left out."""
    for child in parent.children:
        if isinstance(child, str):
            yield SPACES.sub(" ", child)
        elif level := _list_level(child):
            marker = "".join(one.words for one in child.walk() if MARKER.search(one.style))
            kind = "ol" if NUMBERED.match(marker.strip()) else "ul"
            yield Element("listed", {"level": str(level), "kind": kind}, list(_meant(child, usual)))
        elif not HIDDEN.search(child.style):
            yield from _element(child, usual)


def _element(child: Element, usual: str) -> Iterable[Element | str]:
    inner = list(_meant(child, usual))
    tag = RENAMED.get(child.tag, child.tag)
    if tag in {*WRAPPERS, "strong", "em"}:
        return _by_style(child, tag, inner, usual)
    if tag in UNWRAPPED:
        return inner
    if tag == "figure":
        return _figure(child, inner)
    if tag == "p" and _holds_blocks(inner):
        return inner
    if tag == "table" and _cells_of(child) == 1:
        return _cell_of(inner)
    if tag in {"td", "th", "li", "blockquote"}:
        inner = [one for one in _lists(inner) if isinstance(one, str) or one.tag != "p" or not one.is_empty]
    return [child.like(_trimmed(inner) if tag in {"p", "h2", "h3", "td", "th"} else inner, tag)]


def _figure(child: Element, inner: list[Element | str]) -> list[Element | str]:
    """One of our own photographs, and whatever stood in it as text of its own: its caption is on record."""
    own: list[Element | str] = [child.like([])] if "data-photo" in child.attributes else []
    words = inner if _holds_blocks(inner) else [Element("p", {}, _trimmed(inner))]
    return own + [one for one in words if isinstance(one, str) or not one.is_empty]


def _by_style(child: Element, tag: str, inner: list[Element | str], usual: str) -> list[Element | str]:
    """What the element's style says of its words, as tags; none where it holds whole paragraphs."""
    if _holds_blocks(inner) or not inner:
        return inner
    found = [_of(WEIGHT, child, bool(tag == "strong"), "strong"), _of(SLANT, child, bool(tag == "em"), "em")]
    if height := HEIGHT.search(child.style):
        found.append({"super": "sup", "sub": "sub"}[height[1].lower()])
    for name in filter(None, found):
        inner = [Element(name, {}, inner)]
    kept = {name: child.attributes[name] for name in ("lang", "dir") if child.attributes.get(name)}
    if _primary(kept.get("lang", "")) == usual:
        kept.pop("lang", None)
    return [Element("span", kept, inner)] if kept else inner


def _of(style: re.Pattern[str], child: Element, is_by_tag: bool, name: str) -> str:
    """The tag for this property of the style; a style that says “normal” takes back what the tag says."""
    stated = style.search(child.style)
    if stated is None:
        return name if is_by_tag else ""
    is_plain = stated[1].lower() == "normal" or stated[1] in {"100", "200", "300", "400", "500"}
    return "" if is_plain else name


def _list_level(element: Element) -> int:
    """How deep in a list of Word's this paragraph stands; 0 for any other."""
    if element.tag not in {"p", "div"}:
        return 0
    if stated := LISTED.search(element.style):
        return int(stated[1])
    return int(element.attributes.get("class", "").startswith("MsoList"))


def _cells_of(parent: Element) -> int:
    """How many cells a table has, those of tables within it not counted."""
    own = [child for child in parent.children if isinstance(child, Element)]
    return sum(child.tag in {"td", "th"} or (_cells_of(child) if child.tag != "table" else 0) for child in own)


def _cell_of(inner: list[Element | str]) -> list[Element | str]:
    """What a table of one cell holds: it is there to look so."""
    for child in inner:
        if isinstance(child, Element):
            if child.tag in {"td", "th"}:
                return child.children
            if found := _cell_of(child.children):
                return found
    return []


def _holds_blocks(children: list[Element | str]) -> bool:
    return any(isinstance(child, Element) and child.tag in {*BLOCKS, "listed"} for child in children)


def _trimmed(children: list[Element | str]) -> list[Element | str]:
    """Without spaces and line breaks at both ends."""
    trimmed = list(children)
    for end in (0, -1):
        while trimmed and _is_blank(trimmed[end]):
            trimmed.pop(end)
    if trimmed and isinstance(trimmed[0], str):
        trimmed[0] = trimmed[0].lstrip()
    if trimmed and isinstance(trimmed[-1], str):
        trimmed[-1] = trimmed[-1].rstrip()
    return trimmed


def _is_blank(child: Element | str) -> bool:
    return not child.strip() if isinstance(child, str) else child.tag == "br"


# Word's lists


def _lists(children: Iterable[Element | str]) -> list[Element | str]:
    """Paragraphs that follow each other in a list become its items, deeper ones a list within the item before."""
    done: list[Element | str] = []
    open_lists: list[Element] = []
    for child in children:
        if isinstance(child, Element) and child.tag == "listed":
            _add_item(child, open_lists, done)
        elif isinstance(child, Element) or child.strip():
            open_lists.clear()
            done.append(child)
    return done


def _add_item(listed: Element, open_lists: list[Element], done: list[Element | str]) -> None:
    level, item = int(listed.attributes["level"]), Element("li", {}, _trimmed(listed.children))
    del open_lists[level:]
    while len(open_lists) < level and (not open_lists or open_lists[-1].children):
        opened = Element(listed.attributes["kind"])
        (_last_item(open_lists[-1]) if open_lists else done).append(opened)
        open_lists.append(opened)
        if len(open_lists) < level:
            break
    open_lists[-1].children.append(item)


def _last_item(of: Element) -> list[Element | str]:
    last = of.children[-1]
    return last.children if isinstance(last, Element) else of.children


# The flow of paragraphs


def _flow(children: Iterable[Element | str]) -> Iterator[Element]:
    """Blocks alone: loose words stand in paragraphs, two line breaks part them, and empty ones go."""
    loose: list[Element | str] = []
    for child in children:
        if isinstance(child, str) or child.tag in INLINE:
            loose.append(child)
            continue
        yield from _paragraphs(Element("p", {}, loose))
        loose = []
        yield from _paragraphs(child) if child.tag == "p" else _whole(child)
    yield from _paragraphs(Element("p", {}, loose))


def _whole(block: Element) -> list[Element]:
    return [] if block.is_empty else [block]


def _paragraphs(block: Element) -> Iterator[Element]:
    part: list[Element | str] = []
    breaks = 0
    for child in block.children:
        breaks = breaks + 1 if isinstance(child, Element) and child.tag == "br" else breaks * _is_blank(child)
        part.append(child)
        if breaks == 2:
            yield from _whole(block.like(_trimmed(part)))
            part, breaks = [], 0
    yield from _whole(block.like(_trimmed(part)))


# Languages


def _usual_language(root: Element) -> str:
    """The language of most of the text, as far as it says: Word repeats it at every word."""
    letters: Counter[str] = Counter()
    for one in root.walk():
        own = "".join(child for child in one.children if isinstance(child, str))
        letters[_primary(one.attributes.get("lang", ""))] += len(own.strip())
    stated = {language: count for language, count in letters.items() if language}
    usual = max(stated, key=lambda language: stated[language], default="")
    return usual if usual and stated[usual] > letters.total() / 2 else ""


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


# Writing


def _written(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield html.escape(child, quote=False)
            continue
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in child.attributes.items())
        yield f"<{child.tag}{attributes}>"
        if child.tag not in VOID:
            yield from _written(child)
            yield f"</{child.tag}>"
