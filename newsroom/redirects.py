"""The bottom shelf's signposts: the present slug of what once stood under another, as far as the public may have it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from newsroom.addresses import slug_of
from newsroom.models import Change, FormerAddress


def present(kind: str, slug: str) -> str:
    """Where to send whoever asks for this former slug; empty where it is none, or leads to nothing public."""
    return presents(kind, [slug]).get(slug, "")


def presents(kind: str, slugs: Collection[str]) -> dict[str, str]:
    """The present slugs by the former ones; those that lead nowhere are left out."""
    former = dict(FormerAddress.objects.filter(kind=kind, slug__in=slugs).values_list("slug", "object_id"))
    if not former:
        return {}
    merged = replaced(kind, former.values())
    stands = {slug: merged.get(one, one) for slug, one in former.items()}
    entries = Change.objects.current().filter(kind=kind, object_id__in=stands.values())
    now = {entry.object_id: slug_of(entry.document) for entry in entries}
    return {slug: now[one] for slug, one in stands.items() if now.get(one, slug) != slug}


def replaced(kind: str, object_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """What stands in the place of those of these that were merged into others."""
    gone = Change.objects.filter(kind=kind, object_id__in=object_ids).exclude(replaced_by=None)
    return {one: other for one, other in gone.values_list("object_id", "replaced_by") if other}
