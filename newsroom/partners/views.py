"""The partner API: objects and changes, read from the stored documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.urls import resolve
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom import changes
from newsroom.changes import Head
from newsroom.models import Change
from newsroom.partners import cursors, feed, formats, lists, propagation, selection
from newsroom.partners.cursors import Cursor
from newsroom.partners.doors import PartnerView
from newsroom.partners.entitlement import Access, ever_visible_to
from newsroom.partners.parameters import Parameters
from newsroom.partners.problems import Gone, Overdue
from newsroom.partners.rendering import DocumentRenderer, LinkedRenderer, Raw
from newsroom.partners.shapes import ChangesPageShape, refusals

CACHED = {304: None}


class Entry(PartnerView):
    """What there is: every list, the change feed, its head, and where to read about them."""

    @extend_schema(
        operation_id="entry", summary="Entry page", responses={200: OpenApiTypes.OBJECT, **refusals(400), **CACHED}
    )
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        base = f"{settings.SITE_URL}/api/v1/"
        links = {source.plural: f"{base}{source.plural}/" for source in lists.LISTS.values()}
        around = {
            "changes": f"{base}changes/",
            "export": f"{base}export.ndjson",
            "me": f"{base}me/",
            "openapi": f"{base}openapi.json",
            "docs": f"{base}docs/",
        }
        return Response({"newsroom": settings.NEWSROOM_NAME, **links, **around, "head": changes.head().seq})


class ObjectView(PartnerView):
    """One kind of object in one of its shapes."""

    source: lists.ObjectSource

    def get_renderers(self) -> list[BaseRenderer]:
        """Linked data is JSON too, so either is an answer where it is asked for."""
        is_linked = self.request.query_params.get("format") == formats.JSONLD
        return [*super().get_renderers(), *([LinkedRenderer()] if is_linked else [])]


class ObjectList(ObjectView):
    """A page of one kind of object, in the order of its list on the site."""

    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([*self.source.names, "count", *formats.of(self.source.kind)], repeated=self.repeated)
        limit, is_counted = parameters.limit(), parameters.flag("count")
        style = formats.wished(parameters, [self.source.kind])
        parameters.check()
        without = overdue(request)
        page = self.source.page(request.query_params, self.access, limit, without=without, is_counted=is_counted)
        written, onward = style.write(page.entries, self.access, without), address_of_next(request, page.next_cursor)
        body: dict[str, Any] = {
            "results": [Raw(written[entry.object_id]) for entry in page.entries],
            "next": onward,
        }
        if page.found:
            body["count"] = asdict(page.found)
        return Response(body, headers=next_link(onward), content_type=DocumentRenderer.media_type)

    @property
    def repeated(self) -> list[str]:
        return [*self.source.repeated, *formats.REPEATED]


class ObjectDetail(ObjectView):
    """One object by its public id: 410 once the asker may have it no longer, 404 if they never might."""

    def get(self, request: Request, uuid: UUID) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow(formats.of(self.source.kind), repeated=formats.REPEATED)
        style = formats.wished(parameters, [self.source.kind])
        parameters.check()
        entry = standing(self.access, self.source.kind, uuid)
        without = overdue(request)
        if uuid in without:
            raise Overdue
        written = style.write([entry], self.access, without)
        return Response(Raw(written[uuid]), content_type=style.media_type)


class Changes(PartnerView):
    """First sync and every later one: follow the cursor, and your copy is what you may have."""

    @extend_schema(
        operation_id="changes",
        summary="The change feed",
        parameters=[
            OpenApiParameter("cursor", str, description="from the last answer, unchanged; without it, a first sync"),
            OpenApiParameter("types", str, description="kinds of object, parted by commas; the same at every call"),
            OpenApiParameter("limit", int, description="1 to 500, 100 unless told"),
            OpenApiParameter("include", str, enum=["objects", "ids"], description="with or without the objects"),
            *formats.DESCRIBED,
            selection.FIELDS_DESCRIBED,
        ],
        responses={200: ChangesPageShape, **refusals(400, 410), **CACHED},
    )
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow(["cursor", "types", "limit", "include", *formats.PARAMETERS], repeated=["types", "fields"])
        limit, types = parameters.limit(default=100, largest=500), parameters.types()
        wish = feed.Wish(types, limit, parameters.is_thin(), formats.wished(parameters, types))
        parameters.check()
        head = settled_head()
        cursor = self._cursor(request.query_params.get("cursor"), head, tuple(wish.types))
        body = feed.page(cursor, head, self.access, wish)
        onward = address_of_next(request, body["cursor"]) if body["has_more"] else None
        return Response(body, headers=next_link(onward))

    def _cursor(self, text: str | None, head: Head, types: tuple[str, ...]) -> Cursor:
        """Where to go on from; whoever comes back with a cursor has stored all up to it."""
        if text is None:
            return cursors.begin(head, self.access.tag, types)
        cursor = cursors.resume(text, head, self.access.tag, types)
        if self.access.partner:
            propagation.acknowledge(self.access.partner, cursor, types, timezone.now())
        return cursor


def standing(access: Access, kind: str, uuid: UUID) -> Change:
    """The entry of an object that these may have now; raises Gone where they might once, Http404 where never."""
    entry = ever_visible_to(access).filter(kind=kind, object_id=uuid).first()
    if entry is None:
        raise Http404
    if not entry.mask & access.mask:
        said = feed.entry_document(entry, access)
        raise Gone(**{name: said[name] for name in ("reason", "note", "replaced_by")})
    return entry


def settled_head() -> Head:
    """The head, read afresh before the rows; raises Overdue while what it says is past."""
    head = changes.head()
    if head.is_due(timezone.now()):
        raise Overdue
    return head


def overdue(request: Request) -> set[UUID]:
    """The objects of which the feed says what is past; none but in the moments before a tick has caught up."""
    head: Head | None = getattr(request._request, "head", None)
    now = timezone.now()
    if not (head or changes.head()).is_due(now):
        return set()
    return set().union(*(changes.overdue(kind.name, now) for kind in changes.kinds()))


def address_of_next(request: Request, cursor: str) -> str | None:
    """The same question from that cursor on; None at the end."""
    if not cursor:
        return None
    query = request.query_params.copy()
    query["cursor"] = cursor
    return f"{settings.SITE_URL}{request.path}?{query.urlencode()}"


def next_link(address: str | None) -> dict[str, str]:
    return {"Link": f'<{address}>; rel="next"'} if address else {}


class NoSuchAddress(PartnerView):
    """Whatever else stands under `/api/`, by whatever method: the address that was meant, or a problem document."""

    permission_classes = ()  # there is nothing to be allowed

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "") -> Response:
        """308, which keeps method and body, where only the slash at the end is missing."""
        meant = f"{request.path}/"
        if not resolve(meant).url_name:  # here again
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        address = iri_to_uri(f"{settings.SITE_URL}{quote(meant)}{'?' if query else ''}{query}")
        return Response(status=308, headers={"Location": address})

    post = put = patch = delete = get
