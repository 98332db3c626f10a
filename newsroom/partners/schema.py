"""What the API promises, as OpenAPI 3.1, and the page that shows it to people."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from newsroom.filters import WINDOW, AnyOf, Bound, Sort
from newsroom.options import Codes
from newsroom.partners import formats, newsfeeds, ninjs, selection
from newsroom.partners.authentication import BearerKey
from newsroom.partners.calendars import MOST
from newsroom.partners.doors import PartnerView
from newsroom.partners.lists import ObjectSource
from newsroom.partners.parameters import DEFAULT_LIMIT, LARGEST_PAGE, Parameters
from newsroom.partners.shapes import SHAPES, CountShape, refusals
from newsroom.partners.subscriptions import ListCalendar, ListFeed, OneCalendar


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """A partner's key, as OpenAPI calls it; nobody needs one for what is public."""

    target_class = BearerKey
    name = "partnerKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "A partner's key; without one, what is public."}

    def get_security_requirement(self, auto_schema: Any) -> Any:
        """An empty requirement says that none may be sent."""
        key: dict[str, list[str]] = {self.name: []}
        return key if auto_schema.view.needs_key else [key, {}]


def of_list(source: ObjectSource, view: type[APIView]) -> type[APIView]:
    """The list view of one kind, described by its filters and its shape."""
    page = inline_serializer(
        f"{source.kind.title()}Page",
        {
            "results": SHAPES[source.kind](many=True),
            "next": serializers.URLField(allow_null=True),
            "count": CountShape(required=False),
        },
    )
    described = extend_schema(
        operation_id=f"list_{source.plural}",
        summary=f"List {source.plural}",
        parameters=list(_parameters(source)),
        responses={200: page, **refusals(400), 304: None},
    )
    return type(f"{source.kind.title()}List", (view,), {"get": described(_own(view)), "source": source})


def of_detail(source: ObjectSource, view: type[APIView]) -> type[APIView]:
    """The detail view of one kind, described by its shape."""
    described = extend_schema(
        operation_id=f"get_{source.kind}",
        summary=f"One {source.kind}",
        parameters=[*formats.DESCRIBED, *selection.described(source.kind)],
        responses={200: SHAPES[source.kind], **refusals(400, 404, 410), 304: None},
    )
    return type(f"{source.kind.title()}Detail", (view,), {"get": described(_own(view)), "source": source})


def of_feed(source: ObjectSource, form: str) -> type[APIView]:
    """A list as a news feed."""
    feed_type = newsfeeds.FORMATS[form]
    media_type = feed_type.content_type.partition(";")[0]
    written = OpenApiTypes.OBJECT if media_type.endswith("json") else OpenApiTypes.STR
    described = extend_schema(
        operation_id=f"feed_{source.plural}_{form}",
        summary=f"{source.plural.title()} as {feed_type.__name__}",
        parameters=list(_list_parameters(source)),
        responses={(200, media_type): written, **refusals(400), 304: None},
    )
    members = {"get": described(_own(ListFeed)), "source": source, "feed_type": feed_type}
    return type(f"{source.kind.title()}{feed_type.__name__}", (ListFeed,), members)


def of_calendar(source: ObjectSource) -> type[APIView]:
    """A list as a calendar."""
    described = extend_schema(
        operation_id=f"calendar_{source.plural}",
        summary=f"{source.plural.title()} as iCalendar",
        parameters=list(_list_parameters(source, MOST, MOST)),
        responses={(200, "text/calendar"): OpenApiTypes.STR, **refusals(400), 304: None},
    )
    return type(
        f"{source.kind.title()}Calendar", (ListCalendar,), {"get": described(_own(ListCalendar)), "source": source}
    )


def of_one_calendar(source: ObjectSource) -> type[APIView]:
    """One object as a calendar."""
    described = extend_schema(
        operation_id=f"calendar_{source.kind}",
        summary=f"One {source.kind} as iCalendar",
        responses={(200, "text/calendar"): OpenApiTypes.STR, **refusals(400, 404, 410), 304: None},
    )
    return type(
        f"One{source.kind.title()}Calendar", (OneCalendar,), {"get": described(_own(OneCalendar)), "source": source}
    )


def _own(view: type[APIView]) -> Any:
    """A `get` of the class's own to describe: the one it inherits is shared by all kinds."""
    inherited = view.get  # type: ignore[attr-defined]

    def get(self: APIView, request: Request, **parts: Any) -> Response:
        answer: Response = inherited(self, request, **parts)
        return answer

    return get


EXAMPLES = {
    "q": "science diplomacy",
    "topic": "quantum-technology",
    "kind": "report",
    "language": "en",
    "country": "KR",
    "person": "Sang-bae Kim",
    "organisation": "KISTEP",
    "from": "2025-12",
    "to": "2026",
}
NAMED = {
    "person": "slug, public id, or a name in any spelling and script",
    "organisation": "slug, public id, name or short name",
    "topic": "slug, public id, name or IPTC Media Topic code",
    "country": "ISO 3166-1 alpha-2",
    "status": "as it is true today: those announced for a day that is over are found under none",
}


def _parameters(source: ObjectSource) -> Iterator[OpenApiParameter]:
    yield from _list_parameters(source)
    yield OpenApiParameter("count", bool, description=f"how many there are, exact to {WINDOW:,}")
    yield from formats.DESCRIBED
    yield from selection.described(source.kind)


def _list_parameters(
    source: ObjectSource, default: int = DEFAULT_LIMIT, largest: int = LARGEST_PAGE
) -> Iterator[OpenApiParameter]:
    for name, one in source.filters.base_filters.items():
        repeats = isinstance(one, AnyOf)
        example = [OpenApiExample(name, EXAMPLES[name])] if name in EXAMPLES else None
        yield OpenApiParameter(
            name, str, many=repeats, enum=_values(one), description=_description(name, one), examples=example
        )
    yield OpenApiParameter("cursor", str, description="from “next” of the last answer, unchanged")
    yield OpenApiParameter("limit", int, description=f"1 to {largest}, {default} unless told")


def _values(one: Any) -> list[str] | None:
    if isinstance(one, AnyOf) and isinstance(one.catalogue, Codes):
        return [option.value for option in one.catalogue.standing()]
    return [value for value, _label in one.extra["choices"]] if isinstance(one, Sort) else None


def _description(name: str, one: Any) -> str:
    if isinstance(one, AnyOf):
        takes = NAMED.get(name, "a code" if isinstance(one.catalogue, Codes) else "slug or public id")
        return f"{takes}; repeated values mean “or”"
    if isinstance(one, Bound):
        return "a year, a month or a day: 2025, 2025-12, 2025-12-09"
    return "words to search for" if name == "q" else "the order of the list"


@cache
def openapi() -> dict[str, Any]:
    """The schema as it is served: always in English, the same for everybody."""
    with translation.override("en"):
        schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema | {"servers": [{"url": settings.SITE_URL}]}


class OpenAPI(PartnerView):
    """The API's description for programs."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        return Response(openapi())


class NinjsExtension(PartnerView):
    """JSON Schema of the profile under which ninjs carries our own document too."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        parameters = Parameters(request.query_params)
        parameters.allow([])
        parameters.check()
        return Response(ninjs.extension_schema(), content_type="application/schema+json")


def docs(request: HttpRequest) -> HttpResponse:
    """The same for people: one page of plain HTML, without a script."""
    schema = openapi()
    operations = [
        {"path": path, "method": method.upper(), **operation}
        for path, methods in sorted(schema["paths"].items())
        for method, operation in methods.items()
    ]
    return render(
        request,
        "partners/docs.html",
        {"operations": operations, "shapes": schema["components"]["schemas"], "api": f"{settings.SITE_URL}/api/v1/"},
    )
