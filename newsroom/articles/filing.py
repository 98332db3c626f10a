"""The copy desk's look at where a translation is filed beside its original: lists find each text under its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from newsroom.articles.models import Article

LINKS = ("topics", "events", "organisations", "sources")


@dataclass(frozen=True)
class Missing:
    """What the original is filed under and its translation is not: `records` of one of its links, and people."""

    records: dict[str, list[Any]]
    countries: list[Any]
    people: list[Any]

    @property
    def by_field(self) -> dict[str, list[str]]:
        """Their names, under the field of the form in which they are missing."""
        names = {field: [str(record) for record in records] for field, records in self.records.items()}
        names["countries"] = [country.name for country in self.countries]
        return {field: found for field, found in names.items() if found}

    @property
    def lines(self) -> list[tuple[str, list[str]]]:
        """The same under the fields' labels, for whoever is to take them over."""
        labels = ((Article._meta.get_field(field), found) for field, found in self.by_field.items())
        return [(capfirst(str(getattr(field, "verbose_name", field.name))), found) for field, found in labels]


def missing(article: Article, original: Article) -> Missing:
    """In six queries; of what lies in the trash nothing is missed."""
    people = original.mentions.exclude(person__in=article.mentions.values("person")).select_related("person")
    return Missing(
        records={name: _left_out(getattr(article, name), getattr(original, name)) for name in LINKS},
        countries=_countries(article, original),
        people=[one.person for one in people.filter(person__trashed_at=None).order_by("order", "pk")],
    )


def take_over(article: Article, original: Article) -> None:
    """File the translation under all that its original is filed under; people want a name as this text prints it."""
    found = missing(article, original)
    for name, records in found.records.items():
        getattr(article, name).add(*records)
    if found.countries:
        article.countries = sorted({country.code for country in [*article.countries, *found.countries]})
        article.save(update_fields=["countries"])


def _left_out(own: Any, originals: Any) -> list[Model]:
    return list(originals.filter(trashed_at=None).exclude(pk__in=own.values("pk")).order_by("pk"))


def _countries(article: Article, original: Article) -> list[Any]:
    """Those of its events count without being named."""
    held_in = {event.held_in for event in article.events.select_related("venue")}
    own = {country.code for country in article.countries} | held_in
    return [country for country in original.countries if country.code not in own]
