"""What went wrong, in the words of RFC 9457: every error of the API is a problem document."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, status
from rest_framework.response import Response

logger = logging.getLogger(__name__)
ExceptionT = TypeVar("ExceptionT", bound=exceptions.APIException)
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = 2  # seconds in which what is under way on our side is done


@dataclass(frozen=True)
class Problem:
    """One sort of error, with the page that explains it at `/problems/<slug>/`."""

    slug: str
    title: Any
    explanation: Any
    remedy: Any


PROBLEMS = {
    problem.slug: problem
    for problem in (
        Problem(
            "bad-parameter",
            _("A parameter is not understood"),
            _("The address has a parameter that this list does not know, or a value that it cannot read."),
            _("Look at “errors” in the answer: it names each parameter and says what it takes."),
        ),
        Problem(
            "bad-cursor",
            _("The cursor is not one of ours"),
            _("Cursors are opaque: they work only as they were given out, with the same types."),
            _("Send the cursor from your last answer unchanged, or leave it out to start again."),
        ),
        Problem(
            "cursor-expired",
            _("The cursor has ended"),
            _(
                "What you may have is another than before, or the archive was restored from a backup: "
                "numbers given out before no longer hold."
            ),
            _("Start again without a cursor, and drop every object that does not come."),
        ),
        Problem(
            "not-authenticated",
            _("This needs a key"),
            _("Only partners may have this, and the request has no key."),
            _("Send “Authorization: Bearer” followed by your key. Ask the newsroom for one if you have none."),
        ),
        Problem(
            "bad-key",
            _("The key is not accepted"),
            _("The Authorization header has no key of ours, or one that was revoked or has ended."),
            _("Send “Authorization: Bearer” followed by the key as it was issued, or ask the newsroom for another."),
        ),
        Problem(
            "not-licensed",
            _("The licence does not run"),
            _("Your licence has not begun, has ended, or is suspended; your keys work again when it runs."),
            _("Ask the newsroom. What you have stored may not be shown while no licence runs."),
        ),
        Problem(
            "scope-missing",
            _("The key is not for this"),
            _("Your key is good, but was issued for other uses."),
            _("Look at “scopes” in /api/v1/me/, and ask the newsroom for a key that opens this."),
        ),
        Problem(
            "settling",
            _("Your entitlement is being computed"),
            _("What your licence holds has just changed, and is being applied to the archive."),
            _("Ask again after the seconds that Retry-After names; your cursor will have ended by then."),
        ),
        Problem(
            "too-many-requests",
            _("Too many requests"),
            _("You have asked more often in this minute than was agreed on."),
            _("Wait the seconds that Retry-After names. RateLimit says in every answer how many requests are left."),
        ),
        Problem(
            "not-found",
            _("There is nothing here"),
            _("No public object has this id, or the address does not exist."),
            _("Take ids and addresses from a list or from the change feed."),
        ),
        Problem(
            "gone",
            _("It was here and is no longer public"),
            _("The object was withdrawn, has expired, or was deleted. “reason” and “note” say more."),
            _("Remove your copy."),
        ),
        Problem(
            "method-not-allowed",
            _("This address is for reading"),
            _("The API answers GET, HEAD and OPTIONS here."),
            _("Send a GET request."),
        ),
        Problem(
            "not-acceptable",
            _("We cannot answer in that format"),
            _("The Accept header allows no format that this address can give."),
            _("Ask for application/json."),
        ),
        Problem(
            "bad-body",
            _("What was sent is not JSON"),
            _("The body of the request cannot be read as a JSON object in UTF-8."),
            _("Send a JSON object, as openapi.json describes it."),
        ),
        Problem(
            "unsupported-media-type",
            _("We read JSON alone"),
            _("The Content-Type header names a format that this address does not read."),
            _("Send JSON, with “Content-Type: application/json”."),
        ),
        Problem(
            "body-too-large",
            _("Too much was sent"),
            _("The body of the request is longer than anything that the API takes."),
            _("Send less: an address and a label fit into a few hundred bytes."),
        ),
        Problem(
            "address-too-long",
            _("The address is too long"),
            _("The address with its parameters is longer than 8,000 characters."),
            _("Ask for fewer values at once, or follow the change feed instead."),
        ),
        Problem(
            "bad-request",
            _("The request cannot be understood"),
            _("It breaks a rule of HTTP, or asks for a host that this site is not."),
            _("Look at the address, the Host header and the length of what you sent."),
        ),
        Problem(
            "forbidden",
            _("You may not do that"),
            _("The request is understood, and refused."),
            _("Read only what the entry page of the API lists."),
        ),
        Problem(
            "overdue",
            _("A change is being recorded"),
            _("The moment of a change has come and it is not recorded yet, so what we have may be out of date."),
            _("Ask again after the seconds that Retry-After names."),
        ),
        Problem(
            "server-error",
            _("Something broke on our side"),
            _("The request could not be answered because of a fault of ours."),
            _("Try again later; nothing you sent is lost, for the API only reads."),
        ),
    )
}


def said_as(slug: str) -> Callable[[type[ExceptionT]], type[ExceptionT]]:
    """Gives an exception the words of the problem that it stands for."""

    def worded(exception: type[ExceptionT]) -> type[ExceptionT]:
        exception.default_code, exception.default_detail = slug, PROBLEMS[slug].explanation
        return exception

    return worded


class BadParameters(exceptions.APIException):
    """One or more parameters that cannot be read; carries a sentence for each."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__(" ".join(f"{name}: {sentence}" for name, sentence in errors.items()), "bad-parameter")


@said_as("bad-cursor")
class BadCursor(exceptions.APIException):
    """A cursor that was not given out by this feed, or for other types."""

    status_code = status.HTTP_400_BAD_REQUEST


@said_as("cursor-expired")
class CursorExpired(exceptions.APIException):
    """A cursor of an archive that was replaced by a restored one, or of another entitlement."""

    status_code = status.HTTP_410_GONE


@said_as("overdue")
class Overdue(exceptions.APIException):
    """What the feed has is past, and no tick could record what is so now."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE
    wait = RETRY_AFTER


@said_as("gone")
class Gone(exceptions.APIException):
    """An object that was public once and is not now."""

    status_code = status.HTTP_410_GONE

    def __init__(self, **members: Any) -> None:
        self.members = members
        super().__init__()


SLUGS = {
    status.HTTP_400_BAD_REQUEST: "bad-parameter",
    status.HTTP_401_UNAUTHORIZED: "bad-key",
    status.HTTP_403_FORBIDDEN: "forbidden",
    status.HTTP_404_NOT_FOUND: "not-found",
    status.HTTP_405_METHOD_NOT_ALLOWED: "method-not-allowed",
    status.HTTP_406_NOT_ACCEPTABLE: "not-acceptable",
    status.HTTP_410_GONE: "gone",
    status.HTTP_415_UNSUPPORTED_MEDIA_TYPE: "unsupported-media-type",
}
CODES = {"parse_error": "bad-body"}  # what DRF calls it


def document(slug: str, code: int, detail: str, instance: str, **members: Any) -> dict[str, Any]:
    """The problem as RFC 9457 has it; `members` are what this sort of problem adds."""
    return {
        "type": f"{settings.SITE_URL}/problems/{slug}/",
        "title": str(PROBLEMS[slug].title),
        "status": code,
        "detail": detail,
        "instance": instance,
        **members,
    }


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's hook: any exception that has a status becomes a problem; others are ours to mend and stay a 500."""
    known = _as_api_exception(error)
    if known is None:
        return None
    code = known.status_code
    if code == status.HTTP_304_NOT_MODIFIED:
        return Response(status=code)
    named = CODES.get(str(known.get_codes()), str(known.get_codes()))
    slug = named if named in PROBLEMS else SLUGS.get(code, "server-error")
    problem = document(slug, code, str(known.detail), context["request"].path, **_members(known))
    response = Response(problem, status=code, content_type=MEDIA_TYPE, headers=_headers(known, context))
    response.exception = True
    return response


def _as_api_exception(error: Exception) -> exceptions.APIException | None:
    if isinstance(error, Http404):
        return exceptions.NotFound(PROBLEMS["not-found"].explanation)
    if isinstance(error, PermissionDenied):
        return exceptions.PermissionDenied()
    if isinstance(error, exceptions.NotAcceptable):
        return exceptions.NotAcceptable(PROBLEMS["not-acceptable"].explanation)
    return error if isinstance(error, exceptions.APIException) else None


def _members(error: exceptions.APIException) -> dict[str, Any]:
    if isinstance(error, BadParameters):
        return {"errors": [{"parameter": name, "detail": sentence} for name, sentence in error.errors.items()]}
    return error.members if isinstance(error, Gone) else {}


def _headers(error: exceptions.APIException, context: dict[str, Any]) -> dict[str, str]:
    """What HTTP itself asks for beside a refusal: when to come back, how to prove who one is, where to go instead."""
    headers: dict[str, str] = {}
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(wait)
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if isinstance(error, CursorExpired):
        headers["Link"] = f'<{settings.SITE_URL}/api/v1/changes/>; rel="start"'
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return headers


def response(request: HttpRequest, slug: str, code: int) -> HttpResponse:
    """A problem outside DRF's reach: what no view was asked for, or what broke in one."""
    problem = document(slug, code, str(PROBLEMS[slug].explanation), request.path)
    return JsonResponse(problem, status=code, content_type=MEDIA_TYPE)
