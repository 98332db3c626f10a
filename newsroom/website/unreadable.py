"""Front of house: what a feed, a table or a calendar answers to a query that it cannot read: which field, and why.

A page shows the fault beside its field and goes on without it; whoever follows a list would never see that.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseBase, JsonResponse

from newsroom.filters import Filters
from newsroom.partners import problems
from newsroom.partners.problems import BadParameters

View = Callable[..., HttpResponseBase]


def refuse_faults(filters: Filters) -> None:
    """Raises `BadParameters` where part of the query would filter nothing."""
    faults = {name: " ".join(map(str, sentences)) for name, sentences in filters.errors.items()}
    if faults:
        raise BadParameters(faults)


def refusing(view: View) -> View:
    """The view, whose `BadParameters` are said as 400: to JSON as the API says it, in plain words otherwise."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except BadParameters as error:
            return _refusal(request, error)

    return answer


def _refusal(request: HttpRequest, error: BadParameters) -> HttpResponse:
    sentence = str(error.detail)
    if not request.path.endswith(".json"):
        return HttpResponseBadRequest(f"{sentence}\n", content_type="text/plain; charset=utf-8")
    faults = [{"parameter": name, "detail": told} for name, told in error.errors.items()]
    problem = problems.document("bad-parameter", 400, sentence, request.path, errors=faults)
    return JsonResponse(problem, status=400, content_type=problems.MEDIA_TYPE)
