"""Stored documents onto the wire as they are: a list is a join of bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class Raw(str):
    """JSON that is written already."""

    __slots__ = ()


def as_json(value: Any) -> str:
    """The value as JSON, with `Raw` parts let in unread."""
    if isinstance(value, Raw):
        return value
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{as_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "[" + ",".join(as_json(part) for part in value) + "]"
    return json.dumps(value, ensure_ascii=False)


class DocumentRenderer(BaseRenderer):
    """`application/json`, or `application/problem+json` for an error (RFC 9457)."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        return b"" if data is None else as_json(data).encode("utf-8", "replace")


class LinkedRenderer(DocumentRenderer):
    """For whoever accepts linked data alone, where that is asked for."""

    media_type = "application/ld+json"
    format = "jsonld"


class LinesRenderer(DocumentRenderer):
    """For what streams its own lines; its errors are problem documents."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class AsAddressed(BaseContentNegotiation):
    """Where the address names the format, whoever asks gets that, whatever they accept (RFC 9110, 12.4.1)."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, str(first.media_type)


class PictureRenderer(DocumentRenderer):
    """For what is a file already; its errors are problem documents."""

    media_type = "image/*"
    format = "picture"
