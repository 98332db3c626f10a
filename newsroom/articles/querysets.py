"""Which articles the desk works on, and which editions the public may see at a given moment."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from newsroom.articles.models import Article, Edition, EditionFacet, Withdrawal  # noqa: F401  named in quotes


class ArticleQuerySet(models.QuerySet["Article"]):
    """Questions about the desk's articles."""

    def once_public(self, at: dt.datetime) -> Self:
        """Those of which the public has seen some edition, withdrawn ones included."""
        seen = models.Q(editions__visible_from__lte=at, editions__visible_until__gt=models.F("editions__visible_from"))
        return self.filter(seen).distinct()


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions about editions: the public's only way to a story."""

    def visible(self, at: dt.datetime) -> Self:
        """The one edition of each story that the public reads at this moment."""
        return self.filter(visible_from__lte=at, visible_until__gt=at)

    def shown_by(self, at: dt.datetime) -> Self:
        """Every edition that the public has been able to read, past ones included; newest first.

        Stories that are withdrawn at this moment show none of theirs, and what was struck is never shown again.
        """
        standing = self.model._default_manager.filter(visible_from__lte=at, visible_until__gt=at)
        seen = self.filter(is_struck=False, visible_from__lte=at, visible_until__gt=models.F("visible_from"))
        return seen.filter(models.Exists(standing.filter(article=models.OuterRef("article")))).order_by("-number")

    def corrections(self, at: dt.datetime) -> Self:
        """Corrections made public so far, of stories that still stand, newest first."""
        return self.shown_by(at).exclude(correction_note="").order_by("-visible_from", "-pk")

    def open_or_pending(self, at: dt.datetime) -> Self:
        """What is public now or is still to become so."""
        return self.filter(visible_until__gt=at).exclude(visible_until=models.F("visible_from"))

    def in_lists(self) -> Self:
        """What a row of a list needs: the story without its text."""
        return self.defer("body", "article__body").select_related("article")


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """Questions about what is left of stories taken down."""

    def standing(self, at: dt.datetime) -> Self:
        """Of stories that the public has read and has not got back; a return changes nothing before its hour.

        The story's public document gives its reason by the same rule.
        """
        editions = apps.get_model("articles", "Edition")._default_manager.filter(
            article=models.OuterRef("article"), visible_from__lte=at, visible_until__gt=models.F("visible_from")
        )
        is_since = models.Q(visible_from__gte=models.OuterRef("withdrawn_at"))
        gone = self.filter(models.Exists(editions.exclude(is_since)), withdrawn_at__lte=at)
        return gone.exclude(models.Exists(editions.filter(is_since)))


class EditionFacetQuerySet(models.QuerySet["EditionFacet"]):
    """Questions about the dense keys; each reads one stretch of `editionfacet_walk`."""

    def visible(self, at: dt.datetime) -> Self:
        """The keys of what the public reads at this moment."""
        return self.filter(visible_from__lte=at, visible_until__gt=at)

    def on(self, facet: str, value: str = "") -> Self:
        """The shelf of one value; without one, that of all editions."""
        return self.filter(facet=facet, value=value)
