"""The bottom shelf: what a record is called in the language of whoever reads of it."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import get_language

HANGUL, LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]")
LETTERS_A_SYLLABLE = 3  # so that a Korean sentence may hold many names in Latin letters, and remains one


def language_of(text: str) -> str:
    """As far as the script tells, for records whose language nobody keeps; empty where there are no letters."""
    hangul, latin = len(HANGUL.findall(text)) * LETTERS_A_SYLLABLE, len(LATIN.findall(text))
    return "" if not hangul + latin else "ko" if hangul >= latin else "en"


def if_read_here(native: str) -> str:
    """A name in its own language, where that is the reader's."""
    return native if get_language() == "ko" and language_of(native) == "ko" else ""


def native_of(record: Any) -> str:
    """What somebody, a body or a meeting is called in the reader's language, where their own name is in that."""
    return if_read_here(str(getattr(record, "native_name", "")))


def name_of(record: Any) -> str:
    """As the reader's language writes it, where the record says how; else as it is on record."""
    return native_of(record) or str(record.name)


def other_name_of(record: Any) -> str:
    """The one of the two that the reader is not given in the first place; empty where there is but one."""
    return str(record.name if native_of(record) else record.native_name)
