"""The bottom shelf's words for what cannot be: keys that are none, and what the database refuses at the last moment."""

from __future__ import annotations

from django.db import IntegrityError
from django.db.models import ProtectedError
from django.utils.text import get_text_list
from django.utils.translation import gettext

LONGEST_KEY = 18  # digits of a number that fits into 64 bits


def is_key(text: str) -> bool:
    """Whether the text may be the number of a row: one that every database can look for."""
    return text.isdecimal() and len(text) <= LONGEST_KEY


def explain(refusal: IntegrityError) -> str:
    """What the database refused, in words that name what to do."""
    if isinstance(refusal, ProtectedError):
        used_by = get_text_list([f"“{row}”" for row in list(refusal.protected_objects)[:5]], gettext("and"))
        return gettext("Still in use by %(rows)s: take it out there first, then delete it.") % {"rows": used_by}
    return gettext(
        "Nothing was saved: this would stand twice, or somebody changed the same record at this moment. "
        "Look at the rows for two that are alike, then save again."
    )
