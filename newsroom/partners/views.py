"""The partner API: objects and changes, read from the stored documents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom import changes
from newsroom.changes import PUBLIC
from newsroom.models import Change
from newsroom.partners import cursors, feed, lists
from newsroom.partners.parameters import Parameters
from newsroom.partners.problems import Gone, Overdue
from newsroom.partners.rendering import Raw
from newsroom.partners.shapes import ChangesShape, ProblemShape

PROBLEM = {(400, "application/problem+json"): ProblemShape}
ABSENT = {(404, "application/problem+json"): ProblemShape, (410, "application/problem+json"): ProblemShape}
CACHED = {304: None}


class Entry(APIView):
    """What there is: every list, the change feed, its head, and where to read about them."""

    @extend_schema(
        operation_id="entry", summary="Entry page", responses={200: OpenApiTypes.OBJECT, **PROBLEM, **CACHED}
    )
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        base = f"{settings.SITE_URL}/api/v1/"
        links = {source.plural: f"{base}{source.plural}/" for source in lists.LISTS.values()}
        around = {"changes": f"{base}changes/", "openapi": f"{base}openapi.json", "docs": f"{base}docs/"}
        return Response({"newsroom": settings.NEWSROOM_NAME, **links, **around, "head": changes.head().seq})


class ObjectList(APIView):
    """A page of one kind of object, in the order of its list on the site."""

    source: lists.ObjectSource

    def get(self, request: Request) -> Response:
        page = self.source.page(request.query_params, without=overdue(self.source.kind))
        body = {"results": [Raw(document) for document in page.documents], "next": page.next_address}
        headers = {"Link": f'<{page.next_address}>; rel="next"'} if page.next_address else {}
        return Response(body, headers=headers)


class ObjectDetail(APIView):
    """One object by its public id: 410 once it is no longer public, 404 if it never was."""

    source: lists.ObjectSource

    def get(self, request: Request, uuid: UUID) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        entry = Change.objects.ever_public().filter(kind=self.source.kind, object_id=uuid).first()
        if entry is None:
            raise Http404
        if uuid in overdue(self.source.kind):
            raise Overdue
        if not entry.mask & PUBLIC:
            raise Gone(reason=entry.reason, note=entry.note, replaced_by=_text(entry.replaced_by))
        return Response(Raw(entry.document))


class Changes(APIView):
    """First sync and every later one: follow the cursor, and your copy is what is public."""

    @extend_schema(
        operation_id="changes",
        summary="The change feed",
        parameters=[
            OpenApiParameter("cursor", str, description="from the last answer, unchanged; without it, a first sync"),
            OpenApiParameter("types", str, description="kinds of object, parted by commas; the same at every call"),
            OpenApiParameter("limit", int, description="1 to 500, 100 unless told"),
        ],
        responses={
            200: ChangesShape,
            **PROBLEM,
            (410, "application/problem+json"): ProblemShape,
            (503, "application/problem+json"): ProblemShape,
            **CACHED,
        },
    )
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow(["cursor", "types", "limit"])
        limit, types = parameters.limit(default=100, largest=500), parameters.types()
        parameters.check()
        head = changes.head()
        if head.is_due(timezone.now()):
            raise Overdue
        text = request.query_params.get("cursor")
        cursor = cursors.begin(head, types) if text is None else cursors.resume(text, head, types)
        body = feed.page(cursor, head, types, limit)
        return Response(body, headers=_next_link(request, body) if body["has_more"] else {})


def overdue(kind: str) -> set[UUID]:
    """The objects of which the feed says what is past; none but in the moments before a tick has caught up."""
    now = timezone.now()
    return changes.overdue(kind, now) if changes.head().is_due(now) else set()


def _next_link(request: Request, body: dict[str, Any]) -> dict[str, str]:
    query = request.query_params.copy()
    query["cursor"] = body["cursor"]
    return {"Link": f'<{settings.SITE_URL}{request.path}?{query.urlencode()}>; rel="next"'}


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


class NoSuchAddress(APIView):
    """Whatever else stands under `/api/`: a problem document instead of a page."""

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "") -> Response:
        raise Http404
