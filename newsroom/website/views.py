"""The pages."""

from django.http import Http404, HttpRequest, HttpResponse


def coming(request: HttpRequest, **parts: object) -> HttpResponse:
    raise Http404
