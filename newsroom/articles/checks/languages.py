"""The copy desk's checks: whether each text is in the language in which the story is said to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from newsroom.articles.checks.copy import Copy
from newsroom.articles.checks.findings import Hit, Level, check
from people.spellings import is_hangul

ENOUGH = 20  # letters: fewer are a name, or a title
MUCH = 0.5  # of a text's letters: names alone are fewer
LITTLE = 0.3  # of a Korean text's letters: names beside their romanisations in an English one are fewer


@check(
    "not-in-its-language",
    Level.WARNING,
    _("This text is not in the language in which the story is said to be: translate it, or set the language."),
    "body",
)
def not_in_its_language(copy: Copy) -> Iterator[Hit]:
    """A field that a translator forgot, or a story that was never given its language."""
    texts: dict[str, str] = defaultdict(str)
    for passage in copy.passages:
        texts[passage.field] += passage.text
    texts |= {f"photo_uses-{one.row}-caption": one.own_caption for one in copy.pictures if not one.caption}
    yield from (Hit(field=field) for field, text in texts.items() if _is_foreign(text, copy.language))


def _is_foreign(text: str, language: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    hangul = sum(map(is_hangul, letters))
    if len(letters) < ENOUGH:
        return False
    return hangul < LITTLE * len(letters) if language == "ko" else hangul > MUCH * len(letters)
