"""The copy desk's question which stories say the same in another language, and which of them have fallen behind."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.sql.compiler import SQLCompiler

from newsroom.articles.models import Article, Edition, EditionFacet, Translation


@dataclass(frozen=True)
class Versions:
    """What readers may have of one story in other languages; `original` where the story was made from that."""

    original: Edition | None = None
    others: list[Edition] = field(default_factory=list)  # the original among them
    #: corrections of the original that this text does not say yet, newest first
    corrected_since: list[Edition] = field(default_factory=list)

    @property
    def translations(self) -> list[Edition]:
        """Those made from this very story."""
        return [] if self.original else self.others


def versions_of(story: Edition, at: dt.datetime) -> Versions:
    """In three queries at most, and one for a story that has no translation."""
    bonds = {one.article_id: one for one in _family([story.article_id])}
    kin = {*bonds, *(bond.original_id for bond in bonds.values())} - {story.article_id}
    if not kin:
        return Versions()
    others = list(Edition.objects.visible(at).in_lists().filter(article__in=kin).order_by("language", "article_id"))
    own = bonds.get(story.article_id)
    original = next((one for one in others if own and one.article_id == own.original_id), None)
    return Versions(original, others, _corrected_since(own, at) if own and original else [])


def _corrected_since(bond: Translation, at: dt.datetime) -> list[Edition]:
    later = Edition.objects.corrections(at).filter(article=bond.original_id, number__gt=bond.made_from or 0)
    return list(later.defer("body", "story"))


def _family(articles: Collection[int]) -> QuerySet[Translation]:
    """All translations of whatever these stories are translations of, or are translated into."""
    originals = Translation.objects.filter(article__in=articles).values("original")
    return Translation.objects.filter(Q(original__in=articles) | Q(original__in=originals)).order_by("pk")


def kin_of(articles: Collection[int]) -> set[int]:
    """The stories whose pages point at one of these as the same in another language."""
    return {key for one in _family(articles) for key in (one.article_id, one.original_id)}


# By hand, since the ORM takes longer to say it than a database to answer; with OFFSET, so that PostgreSQL asks it of
# each row that is walked, and does not compare all translations with all editions beforehand.
_TOLD = """EXISTS (
    SELECT 1 FROM articles_translation bond JOIN articles_edition told ON told.article_id = bond.{other}
    WHERE bond.{own} = {article} AND told.language = %s AND told.visible_from <= %s AND told.visible_until > %s {among}
    LIMIT 1 OFFSET 0
)"""


class ToldHere(Func):
    """Whether the text of a shelf's row is the one by which readers of a language have its story.

    It is not where its original is to be had in that language, nor, unless it is in that language itself, where a
    translation is. So an original stays whatever its translations are in: one whose language was put right later
    must not go with them.
    """

    output_field = BooleanField()

    def __init__(self, language: str, at: dt.datetime, among: Collection[int] | None) -> None:
        super().__init__("article_id", "language")
        self.reads, self.at, self.among = language, at, among

    def as_sql(  # type: ignore[override]  # the stubs allow for no moments among the parameters
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        article, language = (compiler.compile(column)[0] for column in self.get_source_expressions())
        moment = connection.ops.adapt_datetimefield_value(self.at)
        asked = [self.reads, moment, moment]
        parts = {"article": article, "among": self._among()}
        by_original = _TOLD.format(own="article_id", other="original_id", **parts)
        by_translation = _TOLD.format(own="original_id", other="article_id", **parts)
        return f"(NOT {by_original} AND ({language} = %s OR NOT {by_translation}))", (*asked, self.reads, *asked)

    def _among(self) -> str:
        """The plus keeps databases from looking these up instead of the one that stands beside the row."""
        if self.among is None:
            return ""
        return f"AND +told.id IN ({', '.join(map(str, self.among)) or 'NULL'})"


def told_once(
    shelf: QuerySet[EditionFacet, Any], language: str, at: dt.datetime, *, among: Collection[int] | None = None
) -> QuerySet[EditionFacet, Any]:
    """Of a story that readers have in this language as well, the text in that language alone.

    Where only some texts come into question, `among` says by which editions, by their keys, it may be told.
    """
    return shelf.filter(ToldHere(language, at, among))


@dataclass
class Beside:
    """Every edition of a story's versions in other languages, whenever it is visible; of which it is a translation."""

    bond: Translation | None = None
    editions: list[Edition] = field(default_factory=list)

    def visible(self, at: dt.datetime) -> Versions:
        shown = sorted((one for one in self.editions if one.is_visible(at)), key=lambda one: one.language)
        original = next((one for one in shown if self.bond and one.article_id == self.bond.original_id), None)
        return Versions(original, shown, self._corrected_since(at) if original else [])

    def _corrected_since(self, at: dt.datetime) -> list[Edition]:
        """Of an original that readers have: as `versions_of` finds them."""
        bond = self.bond
        found = [
            one
            for one in self.editions
            if bond and one.article_id == bond.original_id and one.number > (bond.made_from or 0)
            if one.is_correction and one.was_seen(at)
        ]
        return sorted(found, key=lambda one: (one.visible_from, one.pk), reverse=True)


def beside(articles: Collection[int]) -> dict[int, Beside]:
    """What stands beside each of these stories in other languages; in two queries at most."""
    bonds = {one.article_id: one for one in _family(articles)}
    groups: dict[int, set[int]] = defaultdict(set)
    for bond in bonds.values():
        groups[bond.original_id] |= {bond.original_id, bond.article_id}
    found = {key: Beside(bonds.get(key)) for group in groups.values() for key in group}
    for edition in _editions(found):
        root = bonds[edition.article_id].original_id if edition.article_id in bonds else edition.article_id
        for key in groups[root] - {edition.article_id}:
            found[key].editions.append(edition)
    return found


def _editions(articles: Collection[int]) -> Iterable[Edition]:
    if not articles:
        return []
    return (
        Edition.objects.in_lists().defer("body", "story").filter(article__in=articles).order_by("article_id", "number")
    )


# Changed since translated


def with_newest(articles: QuerySet[Article], at: dt.datetime) -> QuerySet[Any]:
    """Each with the number of its original's newest edition as `newest_of_original`, None for no translation."""
    seen = Edition.objects.filter(
        article=OuterRef("translation__original"),
        visible_from__lte=at,
        visible_until__gt=F("visible_from"),
        is_struck=False,
    )
    return articles.annotate(newest_of_original=Subquery(seen.order_by("-number").values("number")[:1]))


def behind(articles: QuerySet[Article], at: dt.datetime) -> QuerySet[Any]:
    """Translations whose original has had an edition since the one that they follow."""
    followed = Coalesce("translation__made_from", Value(0))
    return with_newest(articles, at).filter(newest_of_original__gt=followed)


def newest_edition(original: Article, at: dt.datetime) -> int | None:
    """The number of the newest edition that readers have had; None while there is none."""
    seen = original.editions.filter(is_struck=False, visible_from__lte=at, visible_until__gt=F("visible_from"))
    return seen.order_by("-number").values_list("number", flat=True).first()
