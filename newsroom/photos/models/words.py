"""Photo desk: the words by which the desk finds a photo in the library, folded as the newsroom's search folds them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from newsroom import tokens

SAID = (
    "headline",
    "description",
    "credit_line",
    "place",
    "alt_text",
    "alt_text_ko",
    "keywords",
    "photographer_as_printed",
    "slug",
)


class WordsField(models.TextField):  # type: ignore[type-arg]
    """Tokens of what the record says, each between blanks; written with the whole row, right after `loaddata` too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = folded(model_instance)
        setattr(model_instance, self.attname, words)
        return words


def folded(photo: Any) -> str:
    return f" {' '.join(tokens.for_index(' '.join(str(getattr(photo, name)) for name in SAID)))} "


def saying(words: str) -> Q:
    """All of these words, each whole or by its beginning, whatever its case, accents or hyphens; none with a minus."""
    asked = Q()
    for group in tokens.for_query(words):
        asked &= Q(*(("words__contains", f" {one.removesuffix('*')}") for one in group), _connector=Q.OR)
    for one in tokens.left_out(words):
        asked &= ~Q(words__contains=f" {one.removesuffix('*')}")
    return asked
