"""Benchmarks: words that no newsroom would print, spread as words in a language are."""

from __future__ import annotations

from random import Random

COMMON = "diplomacy"  # in the text of every fifth story
RARE = "heliograph"  # in five stories, however large the archive is
RARE_AGES = frozenset({3, 13, 23, 33, 43})
PARAGRAPHS = 5
WORDS_A_PARAGRAPH = 60

_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_HANGUL = [chr(code) for code in range(0xAC00, 0xAC00 + 200)]


def _zipf(size: int) -> list[float]:
    """Cumulative weights under which the first words are the commonest."""
    total, weights = 0.0, []
    for rank in range(1, size + 1):
        total += 1 / (rank + 2)
        weights.append(total)
    return weights


def _vocabulary(random: Random, parts: list[str], size: int) -> list[str]:
    words = ("".join(random.choices(parts, k=random.randint(2, 4))) for _ in range(2 * size))
    return list(dict.fromkeys(words))[:size]


_LATIN_WORDS = _vocabulary(Random("latin"), _SYLLABLES, 4000)
_HANGUL_WORDS = _vocabulary(Random("hangul"), _HANGUL, 2000)
_LATIN = (_LATIN_WORDS, _zipf(len(_LATIN_WORDS)))
_KOREAN = (_HANGUL_WORDS, _zipf(len(_HANGUL_WORDS)))


def phrase(random: Random, length: int, *, language: str = "en") -> str:
    words, weights = _KOREAN if language == "ko" else _LATIN
    return " ".join(random.choices(words, cum_weights=weights, k=length))


def body(random: Random, age: int, *, language: str) -> str:
    """Five paragraphs; the common and the rare word stand where their definitions say."""
    paragraphs = [phrase(random, WORDS_A_PARAGRAPH, language=language) for _ in range(PARAGRAPHS)]
    if age % 5 == 0:
        paragraphs[1] += f" {COMMON}"
    if age in RARE_AGES:
        paragraphs[2] += f" {RARE}"
    return "".join(f"<p>{paragraph}.</p>" for paragraph in paragraphs)
