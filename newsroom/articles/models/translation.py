"""The copy desk's record of which story tells another one in a second language, and of which edition it follows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from newsroom.articles.models.article import Article
from newsroom.models import Keyed
from newsroom.querysets import KeyedManager


class Translation(Keyed):
    """A story made from another one; every translation hangs on the original itself, never on another translation."""

    article = models.OneToOneField(Article, models.CASCADE, verbose_name=_("article"), related_name="translation")
    original = models.ForeignKey(Article, models.CASCADE, verbose_name=_("translation of"), related_name="translations")
    made_from = models.PositiveIntegerField(
        _("follows edition"),
        null=True,
        blank=True,
        help_text=_("The edition of the original that this text says. Choose the newest once it does."),
    )

    natural_lookups = ("article__slug",)

    objects = KeyedManager["Translation"]()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translation")
        constraints = [
            models.CheckConstraint(condition=~Q(article=F("original")), name="translation_is_of_another_story")
        ]

    def __str__(self) -> str:
        return str(self.original)

    def clean(self) -> None:
        super().clean()
        if self.original_id is not None and (refusal := self._refusal(self.original)):
            raise ValidationError({"original": refusal})

    def _refusal(self, original: Article) -> Any:
        """Why the story cannot be a translation of that one; empty where it can."""
        language = self.article.get_language_display()
        if original.pk == self.article_id:
            return _("A story is no translation of itself: choose the story that it was made from.")
        if original.language == self.article.language:
            sentence = _("Both stories are in the same language (%(language)s): choose another, or set the language.")
            return sentence % {"language": language}
        if further := Translation.objects.filter(article=original).select_related("original").first():
            return _("That story is a translation itself: choose its original, “%(story)s”.") % {"story": further}
        if self.article_id and self.article.translations.exists():
            return _("Other stories are translations of this one, so that it cannot be one itself.")
        same = Translation.objects.filter(original=original, article__language=self.article.language)
        if taken := same.exclude(article=self.article_id).select_related("article").first():
            sentence = _("It has a translation into this language (%(language)s) already: “%(story)s”.")
            return sentence % {"language": language, "story": taken.article}
        return ""
