"""Front of house: one id for each request, in its answer and in every line that is logged on its way."""

from __future__ import annotations

import json
import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

HEADER = "X-Request-ID"
ACCEPTABLE = re.compile(r"[A-Za-z0-9_.-]{8,64}")  # what a caller may choose; anything else could forge a log line

_current: ContextVar[str] = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Takes the caller's id, or makes one. Stands first, so that refusals have theirs too."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        name = given if ACCEPTABLE.fullmatch(given) else uuid.uuid4().hex
        # Left standing until the next request of this thread: Django logs refusals once we have answered.
        _current.set(name)
        response = self.get_response(request)
        response.headers[HEADER] = name
        return response


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to each record; a dash outside of any request."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for whoever collects logs by machine."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
