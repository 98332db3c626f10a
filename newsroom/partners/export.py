"""`/export.ndjson`: everything that the asker may have, one object a line, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from newsroom.changes import CHUNK, Head
from newsroom.partners import cursors, feed, formats, selection
from newsroom.partners.doors import PartnerView
from newsroom.partners.entitlement import Access, visible_to
from newsroom.partners.models import Scope
from newsroom.partners.parameters import Parameters
from newsroom.partners.rendering import AsAddressed, LinesRenderer, as_json
from newsroom.partners.shapes import refusals
from newsroom.partners.views import settled_head


class Export(PartnerView):
    """A first sync in one answer; go on from the cursor of its first line."""

    scope = Scope.EXPORT
    renderer_classes = (LinesRenderer,)
    content_negotiation_class = AsAddressed

    @extend_schema(
        operation_id="export",
        summary="Everything at once",
        parameters=[
            OpenApiParameter("types", str, description="kinds of object, parted by commas"),
            *formats.DESCRIBED,
            selection.FIELDS_DESCRIBED,
        ],
        responses={
            (200, "application/x-ndjson"): OpenApiTypes.STR,
            **refusals(400),
            304: None,
        },
    )
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow(["types", *formats.PARAMETERS], repeated=["types", "fields"])
        types = parameters.types()
        wish = feed.Wish(types, CHUNK, format=formats.wished(parameters, types))
        parameters.check()
        head = settled_head()
        written = iter([b""]) if request.method == "HEAD" else lines(self.access, head, wish)
        return StreamingHttpResponse(written, content_type="application/x-ndjson")  # type: ignore[return-value]


def lines(access: Access, head: Head, wish: feed.Wish) -> Iterator[bytes]:
    """The cursor first, then the objects, then how many there were, which a broken transfer lacks.

    The head was read before the rows: what changes meanwhile is left out here and comes with the cursor.
    """
    cursor = cursors.begin(head, access.tag, tuple(wish.types)).at(head.seq)
    yield _line({"meta": {"cursor": str(cursor), "head": head.seq, "types": list(wish.types)}})
    count = 0
    for chunk in _chunks(access, head, wish):
        count += len(chunk)
        yield b"".join(_line(one) for one in chunk)
    yield _line({"end": {"count": count}})


def _chunks(access: Access, head: Head, wish: feed.Wish) -> Iterator[list[dict[str, Any]]]:
    """By ranges of numbers rather than one long query, so that no reader holds back the log of a database."""
    last = 0
    entries = visible_to(access).of_kind(*wish.types).filter(seq__lte=head.seq)
    while chunk := list(entries.since(last)[:CHUNK]):
        yield feed.documents(chunk, access, wish)
        last = chunk[-1].seq


def _line(value: dict[str, Any]) -> bytes:
    return f"{as_json(value)}\n".encode("utf-8", "replace")
