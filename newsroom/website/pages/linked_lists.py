"""Lists in the words of schema.org: a collection, and what stands first in it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from newsroom.articles.models import Edition
from newsroom.documents import site_address
from newsroom.local_names import native_of
from newsroom.models import Topic
from newsroom.website.listing import Listing
from newsroom.website.pages.linked_data import CONTEXT, Node, filled

MOST = 10  # of what stands first
#: what a row may be of; a story's row has its edition first
RECORDS = ("edition", "event", "person", "organisation", "topic", "photo")


def collection(listing: Listing) -> Node:
    with_pages = [row for row in listing.rows if _record(row)]
    rows = [_entry(place, row) for place, row in enumerate(with_pages[:MOST], 1)]
    address = site_address(listing.query.path)
    return filled(
        {
            "@context": CONTEXT,
            "@type": "CollectionPage",
            "@id": address,
            "url": address,
            "name": listing.heading,
            "description": str(listing.view.intro),
            "inLanguage": get_language(),
            "isPartOf": {"@type": "WebSite", "url": site_address(reverse("home"))},
            "mainEntity": {"@type": "ItemList", "itemListElement": rows} if rows else {},
        }
    )


def _entry(place: int, row: Any) -> Node:
    record = _record(row)
    return {
        "@type": "ListItem",
        "position": place,
        "name": getattr(row, "headline", "") or _name(record),
        "url": site_address(record.get_absolute_url()),
    }


def _record(row: Any) -> Any:
    """What the row is of; None where it leads to no page, as of a story that was withdrawn."""
    return next((found for name in RECORDS if (found := getattr(row, name, None)) is not None), None)


def _name(record: Any) -> str:
    if isinstance(record, Edition):
        return record.headline
    return record.local_name if isinstance(record, Topic) else native_of(record) or str(record)
