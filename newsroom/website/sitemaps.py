"""Front of house: what search engines are told: every public page with its last change and pictures, and the news."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin
from uuid import UUID
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event
from newsroom.articles.models import Edition
from newsroom.documents import site_address
from newsroom.models import Change, Topic
from newsroom.photos.models import Photo, Rendition
from newsroom.website.languages import in_languages
from newsroom.website.pictures import SHOWN, Crop
from newsroom.website.translated import address_of, addresses_of
from people.models import Organisation, Person

#: each list with the kind of object that it changes with; the home page changes with all of them
LISTS = {
    "home": "",
    "articles": "article",
    "events": "event",
    "people": "person",
    "organisations": "organisation",
    "topics": "topic",
    "photos": "photo",
    "corrections": "article",
}
MOST = 50_000  # addresses that the protocol allows in one file
MOST_NEWS = 1_000
IS_NEWS = dt.timedelta(days=2)

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"

Rows = QuerySet[Any, Any]
Languages = list[tuple[str, str]]


@dataclass(frozen=True)
class Entry:
    """A page at each of its own addresses, its last change, its address in every language, and its picture."""

    addresses: list[str]
    languages: Languages
    changed_at: dt.datetime | None
    image: str = ""


@dataclass(frozen=True)
class Shelf:
    """The pages of one kind, named as in the feed; `key` finds a page, `number` says in which file it is."""

    visible: Callable[[dt.datetime], Rows]
    key: str = "slug"
    object_id: str = "uuid"
    number: str = "pk"


def _public(model: Any) -> Callable[[dt.datetime], Rows]:
    return lambda _at: model.objects.public()


SHELVES = {
    "article": Shelf(Edition.objects.visible, "article__slug", "article__uuid", "article_id"),
    "event": Shelf(_public(Event)),
    "person": Shelf(_public(Person)),
    "organisation": Shelf(_public(Organisation)),
    "topic": Shelf(_public(Topic)),
    "photo": Shelf(_public(Photo), "uuid"),
}


@require_safe
def index(request: HttpRequest) -> StreamingHttpResponse:
    """The files that hold the pages: the lists, then each kind in blocks of its own numbers."""
    return _xml(_index(timezone.now()))


@require_safe
def pages(request: HttpRequest, kind: str, number: int) -> StreamingHttpResponse:
    """One file of addresses, each with its last change and its other language."""
    if kind == "list" and number == 1:
        return _xml(_urlset(_lists()))
    shelf = SHELVES.get(kind)
    if shelf is None or not 1 <= number <= _last_block(shelf, timezone.now()):
        raise Http404
    return _xml(_urlset(_block(kind, shelf, number, timezone.now())))


@require_safe
def news(request: HttpRequest) -> StreamingHttpResponse:
    """The stories first published within two days."""
    return _xml(_news(timezone.now()))


def _changed() -> dict[str, dt.datetime]:
    """When something of each kind last changed; under no name, when anything did."""
    changed = dict(Change.objects.values_list("kind").annotate(Max("changed_at")).order_by())
    return changed | ({"": max(changed.values())} if changed else {})


def _index(at: dt.datetime) -> Iterator[str]:
    changed = _changed()
    yield f'<sitemapindex xmlns="{SITEMAP}">\n'
    yield _file("list", 1, changed.get(""))
    for kind, shelf in SHELVES.items():
        for number in range(1, _last_block(shelf, at) + 1):
            yield _file(kind, number, changed.get(kind))
    yield "</sitemapindex>\n"


def _file(kind: str, number: int, changed_at: dt.datetime | None) -> str:
    address = site_address(reverse("sitemap-pages", args=[kind, number]))
    return f"<sitemap><loc>{escape(address)}</loc>{_last_change(changed_at)}</sitemap>\n"


def _rows_of_a_file() -> int:
    """Each row has a page in every language."""
    return MOST // len(settings.LANGUAGES)


def _last_block(shelf: Shelf, at: dt.datetime) -> int:
    """The number of the last file: rows are told apart by their keys, so that no file counts or skips."""
    highest = shelf.visible(at).aggregate(highest=Max(shelf.number))["highest"]
    return -(-highest // _rows_of_a_file()) if highest else 0


def _lists() -> Iterator[Entry]:
    changed = _changed()
    for name, kind in LISTS.items():
        yield _in_every_language(reverse(name), changed.get(kind))


def _block(kind: str, shelf: Shelf, number: int, at: dt.datetime) -> Iterator[Entry]:
    above, until = (number - 1) * _rows_of_a_file(), number * _rows_of_a_file()
    translated = addresses_of(above, until, at) if kind == "article" else {}
    images = images_of_photos(above, until, at) if kind == "photo" else {}
    rows = shelf.visible(at).filter(**{f"{shelf.number}__gt": above, f"{shelf.number}__lte": until})
    change = Change.objects.filter(kind=kind, object_id=OuterRef(shelf.object_id)).values("changed_at")
    found = rows.order_by(f"-{shelf.number}").values_list(shelf.key, Subquery(change))
    for key, changed_at in found.iterator(chunk_size=2_000):
        if key in translated:
            address, languages = translated[key]
            yield Entry([address], languages, changed_at)
        else:
            yield _in_every_language(reverse(kind, args=[key]), changed_at, images.get(key, ""))


def _in_every_language(path: str, changed_at: dt.datetime | None, image: str = "") -> Entry:
    """A page of which each language has its own surroundings."""
    languages = in_languages(path)
    own = list(dict.fromkeys(address for _language, address in languages))
    return Entry(own, languages, changed_at, image)


def images_of_photos(above: int, until: int, at: dt.datetime) -> dict[UUID, str]:
    """By public id, the largest version of each photograph of these numbers that is shown itself."""
    shown = Photo.objects.public(at).usable(at).exclude(original="").filter(pk__gt=above, pk__lte=until)
    versions = Rendition.objects.filter(photo__in=shown, is_placeholder=False, format=SHOWN, crop=Crop.WHOLE)
    found = versions.order_by("width").values_list("photo__uuid", "file")
    return {uuid: urljoin(site_address("/"), Rendition(file=name).file.url) for uuid, name in found}


def _urlset(entries: Iterable[Entry]) -> Iterator[str]:
    yield f'<urlset xmlns="{SITEMAP}" xmlns:xhtml="{XHTML}" xmlns:image="{IMAGE}">\n'
    for entry in entries:
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang={quoteattr(language)} href={quoteattr(address)}/>'
            for language, address in entry.languages
        )
        image = f"<image:image><image:loc>{escape(entry.image)}</image:loc></image:image>" if entry.image else ""
        for address in entry.addresses:
            yield f"<url><loc>{escape(address)}</loc>{_last_change(entry.changed_at)}{others}{image}</url>\n"
    yield "</urlset>\n"


def _last_change(changed_at: dt.datetime | None) -> str:
    return f"<lastmod>{changed_at.isoformat(timespec='seconds')}</lastmod>" if changed_at else ""


def _news(at: dt.datetime) -> Iterator[str]:
    recent = Edition.objects.visible(at).filter(first_published_at__gt=at - IS_NEWS).order_by("-first_published_at")
    yield f'<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n'
    for edition in recent.defer("body", "story").select_related("article")[:MOST_NEWS]:
        yield _item(edition)
    yield "</urlset>\n"


def _item(edition: Edition) -> str:
    publication = f"<news:name>{escape(settings.NEWSROOM_NAME)}</news:name>"
    return (
        f"<url><loc>{escape(site_address(address_of(edition)))}</loc><news:news>"
        f"<news:publication>{publication}<news:language>{escape(edition.language)}</news:language></news:publication>"
        f"<news:publication_date>{edition.first_published_at.isoformat(timespec='seconds')}</news:publication_date>"
        f"<news:title>{escape(edition.headline)}</news:title></news:news></url>\n"
    )


def _xml(lines: Iterator[str]) -> StreamingHttpResponse:
    def whole() -> Iterator[str]:
        yield HEAD
        yield from lines

    return StreamingHttpResponse(whole(), content_type="application/xml")
