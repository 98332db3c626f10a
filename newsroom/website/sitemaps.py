"""Front of house: every public page with the moment of its last change, for search engines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.documents import site_address
from newsroom.models import Change, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person

LISTS = ("home", "articles", "events", "people", "organisations", "topics", "photos", "corrections")
MOST = 50_000  # addresses that the protocol allows in one file
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"

Place = tuple[str, dt.datetime | None]


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(written(islice(places(timezone.now()), MOST)), content_type="application/xml")


def places(at: dt.datetime) -> Iterator[Place]:
    """Path and last change of each public page: lists first, then the newest stories, then what they are about."""
    yield from ((reverse(name), None) for name in LISTS)
    stories = Edition.objects.visible(at).order_by("-first_published_at", "-article_id")
    yield from _pages("article", stories, "article__slug", "article__uuid")
    yield from _pages("event", Event.objects.public().order_by("-pk"), "slug")
    yield from _pages("person", Person.objects.public().order_by("-pk"), "slug")
    yield from _pages("organisation", Organisation.objects.public().order_by("-pk"), "slug")
    yield from _pages("topic", Topic.objects.public().order_by("-pk"), "slug")
    yield from _pages("photo", Photo.objects.public().order_by("-pk"), "uuid")


def _pages(kind: str, rows: QuerySet[Any, Any], key: str, object_id: str = "uuid") -> Iterator[Place]:
    """Pages are named like the kinds of the feed, and found by `key`."""
    change = Change.objects.filter(kind=kind, object_id=OuterRef(object_id))
    found = rows.annotate(changed_at=Subquery(change.values("changed_at")))
    for part, changed_at in found.values_list(key, "changed_at")[:MOST]:
        yield reverse(kind, args=[part]), changed_at


def written(found: Iterator[Place]) -> str:
    document = StringIO()
    xml = SimplerXMLGenerator(document, "utf-8")
    xml.startDocument()
    xml.startElement("urlset", AttributesImpl({"xmlns": NAMESPACE}))
    for path, changed_at in found:
        xml.startElement("url", AttributesImpl({}))
        xml.addQuickElement("loc", site_address(path))
        if changed_at:
            xml.addQuickElement("lastmod", changed_at.isoformat(timespec="seconds"))
        xml.endElement("url")
    xml.endElement("urlset")
    xml.endDocument()
    return document.getvalue()
