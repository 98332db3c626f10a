"""What the public sees of people and organisations, and whose documents hold them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from newsroom import changes
from newsroom.changes import Document, Kind, Public
from newsroom.documents import identity, of_record, partial_date, reference, source
from newsroom.indexing import Searchable
from newsroom.models import Source
from people import naming
from people.models import NameVariant, Organisation, Person, Position

Keys = Collection[int]


def _people(keys: Keys) -> QuerySet[Person]:
    return (
        Person.objects.filter(pk__in=keys)
        .select_related("merged_into")
        .prefetch_related("variants__source", "positions__organisation", "positions__attestations__source")
    )


def _person(person: Person, at: dt.datetime) -> Public:
    document = {
        **identity(person),
        "slug": person.slug,
        "name": person.name,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "name_order": person.name_order,
        "native_name": person.native_name,
        "biography": person.biography,
        "orcid": person.orcid,
        "wikidata": person.wikidata,
        "variants": [_variant(variant) for variant in person.variants.all()],
        "positions": [_position(position) for position in person.positions.all()],
    }
    return of_record(person, document, _person_words(person), at=at)


def _person_words(person: Person) -> Searchable:
    spellings = [person.name, person.native_name, *(variant.spelling for variant in person.variants.all())]
    posts = [f"{one.wording} {one.title_ko}".strip() for one in person.positions.all()]
    text = "\n".join([*dict.fromkeys(spellings[1:]), *posts, person.biography]).strip()
    also = tuple(spellings[1:])
    own = (own_token(reading) for reading in _readings(spellings))
    exact = (*name_tokens(spellings), *_part_tokens(person, spellings), *own)
    return Searchable(person.name, text, also=also, exact=exact, countries=tuple(_countries(person)))


def _countries(person: Person) -> Iterator[str]:
    """Those of the public organisations that this person has held a post at."""
    bodies = (position.organisation for position in person.positions.all())
    yield from (str(body.country.code or "") for body in bodies if body and body.is_public)


def name_tokens(spellings: Iterable[str]) -> tuple[str, ...]:
    """The search tokens under which whoever types these names in another spelling, or in initials, finds them."""
    names = sorted(filter(None, spellings))
    in_initials = {heading for name in names for heading in naming.in_initials(name)}
    return (*map(search_token, _readings(names)), *map(initials_token, sorted(in_initials)))


def _readings(spellings: Iterable[str]) -> list[str]:
    return sorted({reading for spelling in spellings if spelling for reading in naming.readings(spelling)})


def _part_tokens(person: Person, spellings: Iterable[str]) -> Iterator[str]:
    """Those of the family name and of the given name alone."""
    families = naming.part_readings(person.family_name)
    headings = {reading.partition(", ") for reading in _readings(spellings)}
    parts = {
        part
        for family, comma, given in headings
        if f"{family}," in families
        for part in (f"{family},", f"{comma}{given}")
    }
    yield from map(search_token, sorted(parts))


def search_token(reading: str) -> str:
    """A reading of a name, or of a part of one, as one token of the search index, which no ordinary word can equal."""
    kind = "n1" if reading.endswith(",") else "n2" if reading.startswith(",") else "n0"
    return kind + _letters(reading)


def initials_token(heading: str) -> str:
    """That of a name with initials, which says less than a reading."""
    return f"n4{_letters(heading)}"


def own_token(reading: str) -> str:
    """That of whoever is called so, and of nothing that only names them."""
    return f"n3{_letters(reading)}"


def _letters(reading: str) -> str:
    return "".join(filter(str.isalnum, reading))


def _variant(variant: NameVariant) -> Document:
    return {
        "spelling": variant.spelling,
        "script": variant.script,
        "source": source(variant.source) if variant.source else None,
    }


def _position(position: Position) -> Document:
    return {
        "title": position.title,
        "title_ko": position.title_ko,
        "organisation": reference("organisation", position.organisation) if position.organisation else None,
        "starts_on": partial_date(position.starts_on),
        "ends_on": partial_date(position.ends_on),
        "attestations": [
            {
                "seen_on": partial_date(attestation.seen_on),
                "title_as_printed": attestation.title_as_printed,
                "source": source(attestation.source) if attestation.source else None,
            }
            for attestation in position.attestations.all()
        ],
    }


def _organisations(keys: Keys) -> QuerySet[Organisation]:
    organisations = Organisation.objects.filter(pk__in=keys).select_related("parent", "merged_into")
    return organisations.prefetch_related("variants__source")


def _organisation(organisation: Organisation, at: dt.datetime) -> Public:
    document = {
        **identity(organisation),
        "slug": organisation.slug,
        "name": organisation.name,
        "short_name": organisation.short_name,
        "native_name": organisation.native_name,
        "kind": organisation.kind,
        "country": str(organisation.country.code or ""),
        "parent": reference("organisation", organisation.parent) if organisation.parent else None,
        "description": organisation.description,
        "website": organisation.website,
        "ror": organisation.ror,
        "wikidata": organisation.wikidata,
        "variants": [_variant(variant) for variant in organisation.variants.all()],
    }
    spellings = [variant.spelling for variant in organisation.variants.all()]
    other_names = dict.fromkeys([organisation.short_name, organisation.native_name, *spellings])
    text = "\n".join([*filter(None, other_names), organisation.description])
    country = str(organisation.country.code or "")
    words = Searchable(organisation.name, text, also=tuple(other_names), countries=(country,))
    return of_record(organisation, document, words, at=at)


def _people_citing(keys: Keys) -> Any:
    cited = Q(variants__source__in=keys) | Q(positions__attestations__source__in=keys)
    return Person.objects.filter(cited).values_list("pk", flat=True).distinct()


def _parts_and_merged(keys: Keys) -> Any:
    named = Q(parent__in=keys) | Q(merged_into__in=keys)
    return Organisation.objects.filter(named).values_list("pk", flat=True)


changes.register(
    Kind(
        "organisation",
        Organisation,
        _organisations,
        _organisation,
        embeds={
            Organisation: _parts_and_merged,
            Source: lambda keys: Organisation.objects.filter(variants__source__in=keys).values_list("pk", flat=True),
        },
    )
)
changes.register(
    Kind(
        "person",
        Person,
        _people,
        _person,
        embeds={
            Organisation: lambda keys: Person.objects.filter(positions__organisation__in=keys).values_list(
                "pk", flat=True
            ),
            Person: lambda keys: Person.objects.filter(merged_into__in=keys).values_list("pk", flat=True),
            Source: _people_citing,
        },
    )
)
