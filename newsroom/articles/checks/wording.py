"""The copy desk's checks: slips of the hand in headings, links, quotation marks and doubled words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy
from newsroom.articles.checks.findings import Hit, Level, check

QUOTED = 40  # characters of the place that a finding shows


def _beginning(text: str) -> str:
    return text if len(text) <= QUOTED else f"{text[:QUOTED].rstrip()}…"


# Headings


@check(
    "heading-skipped",
    Level.WARNING,
    _("“%(heading)s” is a heading of the second rank without one of the first above it."),
    "body",
)
def heading_skipped(copy: Copy) -> Iterator[Hit]:
    """The body begins with rank one of its own (h2); the editor offers no deeper rank than h3."""
    first = next((block for block in copy.blocks if block.is_heading), None)
    if first and first.tag == "h3":
        yield Hit(words={"heading": _beginning(first.text)})


@check("heading-empty", Level.WARNING, _("A heading is empty: fill it in or take it out."), "body")
def heading_empty(copy: Copy) -> Iterator[Hit]:
    if any(block.is_heading and not block.text for block in copy.blocks):
        yield Hit()


# Links that say nothing out of their place: a screen reader lists them by their words alone.

_SAYS_NOTHING = {
    "here", "click", "click here", "this", "this link", "link", "read more", "more", "learn more", "see here",
    "여기", "여기를 클릭", "여기 클릭", "클릭", "이곳", "링크", "바로가기", "바로 가기", "더 보기", "더보기",
    "자세히", "자세히 보기", "자세히보기",
}  # fmt: skip
_CLICK_HERE = re.compile(r"\bclick(?:ing)? (?:on )?here\b|여기(?:를|을)?\s?(?:클릭|눌러|누르)", re.IGNORECASE)


@check(
    "click-here",
    Level.WARNING,
    _("“%(words)s” does not say where the link leads: let its own words say so."),
    "body",
)
def click_here(copy: Copy) -> Iterator[Hit]:
    found = dict.fromkeys(words for block in copy.blocks for words in _empty_words(block.text, block.links))
    yield from (Hit(words={"words": words}) for words in found)


def _empty_words(text: str, links: tuple[str, ...]) -> Iterator[str]:
    named = [link for link in links if link.casefold().strip(" .…>»→") in _SAYS_NOTHING]
    yield from named
    if not named and (match := _CLICK_HERE.search(text)):
        yield match[0]


# Quotation marks: each block by itself, since an editor looks for the other one there.

_PAIRS = {"”": "“", "」": "「", "』": "『", "》": "《", "»": "«"}
# ‘ that stands for letters left out, where a word processor turned the apostrophe round: ‘90s, rock ‘n’ roll
_TURNED_APOSTROPHE = re.compile(r"‘(?=\d0s|n[’‘]|tis\b|twas\b|em\b|til\b|cause\b)", re.IGNORECASE)
# ’ behind a letter of an alphabet may be an apostrophe; behind anything else it closes
_SURE_CLOSING = re.compile(r"(?<![A-Za-z\d])’(?![A-Za-z\d])")
_INCHES = re.compile(r'(?<=\d)"')


@check(
    "unbalanced-quotation-marks",
    Level.WARNING,
    _("Quotation marks are opened and not closed, or closed and not opened, in “%(beginning)s”."),
    "body",
)
def unbalanced_quotation_marks(copy: Copy) -> Iterator[Hit]:
    texts = [(passage.field, passage.text) for passage in copy.passages]
    following = [*(text for _field, text in texts[1:]), ""]
    for (field, text), after in zip(texts, following, strict=True):
        if not _is_balanced(_without_carried_on(text, after)):
            yield Hit(field, {"beginning": _beginning(text)})


def _without_carried_on(text: str, after: str) -> str:
    """A quotation over several paragraphs is opened in each and closed in the last."""
    is_carried_on = text.count("“") == text.count("”") + 1 and after.startswith("“")
    return text[::-1].replace("“", "", 1)[::-1] if is_carried_on else text


def _is_balanced(text: str) -> bool:
    return _is_nested(text) and _single_ones_match(text) and len(_INCHES.sub("", text).split('"')) % 2 == 1


def _is_nested(text: str) -> bool:
    waiting: dict[str, int] = {}
    for char in text:
        if char in _PAIRS.values():
            waiting[char] = waiting.get(char, 0) + 1
        elif opened := _PAIRS.get(char):
            waiting[opened] = waiting.get(opened, 0) - 1
            if waiting[opened] < 0:
                return False
    return not any(waiting.values())


def _single_ones_match(text: str) -> bool:
    """As far as can be told: there is a ’ for every ‘, and a ‘ for every ’ that is no apostrophe."""
    text = _TURNED_APOSTROPHE.sub("", text)
    opened = text.count("‘")
    return opened <= text.count("’") and len(_SURE_CLOSING.findall(text)) <= opened


# Doubled words

_DOUBLED = re.compile(r"(?<![\w’'-])([^\W\d_]+)\s+(\1)(?![\w’'-])", re.IGNORECASE)
_HANGUL = re.compile(r"[가-힣]+")
_MEANT = {
    "had", "that", "very", "many", "much", "really", "far", "so", "no", "ha", "bye", "long", "again", "out",
    "매우", "아주", "정말", "너무", "하나", "조금", "오래", "두고", "차츰", "점점", "거듭", "빨리", "천천히", "가지",
    "다시", "서로", "누구", "각각", "훨씬", "멀리", "깊이", "또",
}  # fmt: skip


@check("doubled-word", Level.WARNING, _("“%(words)s” stands twice in a row: take one out."), "body")
def doubled_word(copy: Copy) -> Iterator[Hit]:
    for passage in copy.passages:
        found = {match[0]: None for match in _DOUBLED.finditer(passage.text) if _is_a_slip(match)}
        yield from (Hit(passage.field, {"words": words}) for words in found)


def _is_a_slip(match: re.Match[str]) -> bool:
    """Names may be doubled (Bora Bora, Duran Duran), and a few words are so on purpose."""
    first, second = match[1], match[2]
    if first.casefold() in _MEANT:
        return False
    if _HANGUL.fullmatch(first):
        return len(first) > 1
    return first.isascii() and second.islower() and (len(first) > 1 or first in "aA")
