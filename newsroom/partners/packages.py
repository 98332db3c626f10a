"""What is in which package: the audience of every object in the change feed, and how a changed package settles."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from newsroom import changes
from newsroom.changes import CHUNK, PUBLIC, Audience, Document
from newsroom.models import Change, Source
from newsroom.partners import entitlement
from newsroom.partners.models import FIRST_BIT, LAST_BIT, Package, Partner

SourceTerms = Package.SourceTerms
ALLOWED, FORBIDDEN = Source.Permission.ALLOWED, Source.Permission.FORBIDDEN


MOST = LAST_BIT - FIRST_BIT + 1  # packages that there are bits for


class TooManyPackages(Exception):
    """Every bit of the mask is taken."""


@dataclass(frozen=True)
class Contents:
    """What one package holds, read once for many documents. A limit binds documents that have such a property."""

    mask: int
    kinds: frozenset[str]
    topics: frozenset[str]
    languages: frozenset[str]
    countries: frozenset[str]
    source_terms: str

    def hold(self, kind: str, document: Document) -> bool:
        return (
            kind in self.kinds
            and _allows(self.topics, _ids(document, "topics"))
            and _allows(self.languages, _values(document, "language"))
            and _allows(self.countries, _values(document, "countries", "country"))
            and self._sources_agree(document)
        )

    def _sources_agree(self, document: Document) -> bool:
        permissions = _source_permissions(document)
        if self.source_terms == SourceTerms.ALLOWED:
            return all(permission == ALLOWED for permission in permissions)
        return self.source_terms == SourceTerms.ANY or FORBIDDEN not in permissions


def _allows(limit: frozenset[str], values: Collection[str] | None) -> bool:
    """Whether one of the values is within the limit; no limit allows all, and what has no such property passes."""
    return not limit or values is None or not limit.isdisjoint(values)


def _ids(document: Document, name: str) -> list[str] | None:
    return [one["id"] for one in document[name]] if name in document else None


def _values(document: Document, *names: str) -> list[str] | None:
    for name in names:
        if name in document:
            value = document[name]
            return value if isinstance(value, list) else [value]
    return None


def _source_permissions(document: Document) -> list[str]:
    """What the sources of a document, and of what is said in it, say about passing it on."""
    told = [document, *document.get("statements", [])]
    single = [one["source"] for one in told if one.get("source")]
    sources: list[dict[str, Any]] = [*document.get("sources", []), *single]
    return [source["redistribution"] for source in sources]


def contents(package: Package) -> Contents:
    """Reads `package.topics`: prefetch them for many."""
    return Contents(
        mask=package.mask,
        kinds=frozenset(package.kinds),
        topics=frozenset(str(topic.uuid) for topic in package.topics.all()),
        languages=frozenset(package.languages),
        countries=frozenset(country.code for country in package.countries),
        source_terms=package.source_terms,
    )


def audience() -> Audience:
    """Which packages have an object, by the packages of this moment; one query while there are none."""
    known = [contents(package) for package in Package.objects.prefetch_related("topics")]

    def holders(kind: str, document: Document) -> int:
        return sum(package.mask for package in known if package.hold(kind, document))

    return holders


def free_bit() -> int:
    """The lowest bit that no package has; raises TooManyPackages."""
    taken = set(Package.objects.values_list("bit", flat=True))
    for bit in range(FIRST_BIT, LAST_BIT + 1):
        if bit not in taken:
            return bit
    raise TooManyPackages


# A changed package settles in steps, so that no writer waits long; its holders are told to wait until it has.


def unsettle(package: Package) -> None:
    """Call it in the transaction that changes what the package holds; `fill` it after COMMIT."""
    package.revision += 1
    package.is_settled = False
    package.save(update_fields=["revision", "is_settled"])
    Partner.objects.filter(packages=package).update(is_settling=True)


def fill(package: Package) -> None:
    """Write the package's bit on every entry of the feed that it holds, and let its holders start anew.

    Bumps nothing: for everybody else nothing has changed, and the holders' cursors end.
    """
    held = contents(package)
    last = 0
    while last >= 0:
        with transaction.atomic():
            changes.lock_head()  # so that nobody settles an object by what the package held before
            last = _fill_chunk(held, last)
    with transaction.atomic():
        settled = Package.objects.filter(pk=package.pk, revision=package.revision)
        if settled.update(is_settled=True):
            for partner in Partner.objects.filter(packages=package):
                entitlement.settle(partner)


def empty(mask: int) -> None:
    """Take a deleted package's bit from every entry, and from those that were being written while it was there."""
    with transaction.atomic():
        changes.lock_head()
        Change.objects.update(**_without(mask))


def finish() -> int:
    """Fill what somebody changed and did not come to fill; returns how many. Safe to run at any moment."""
    waiting = list(Package.objects.filter(is_settled=False))
    for package in waiting:
        fill(package)
    return len(waiting)


def _fill_chunk(held: Contents, last: int) -> int:
    """The next entries after that key; returns the last one's, -1 after the end."""
    entries = list(Change.objects.filter(pk__gt=last).order_by("pk")[:CHUNK])
    inside = [entry.pk for entry in entries if entry.mask & PUBLIC and _holds(held, entry)]
    chunk = Change.objects.filter(pk__in=[entry.pk for entry in entries])
    chunk.exclude(pk__in=inside).update(**_without(held.mask))
    chunk.filter(pk__in=inside).update(
        mask=F("mask").bitor(held.mask),
        ever_mask=F("ever_mask").bitor(held.mask),
    )
    return entries[-1].pk if entries else -1


def _holds(held: Contents, entry: Change) -> bool:
    return held.hold(entry.kind, json.loads(entry.document))


def _without(mask: int) -> dict[str, Any]:
    return {name: F(name).bitand(~mask) for name in ("mask", "ever_mask")}
