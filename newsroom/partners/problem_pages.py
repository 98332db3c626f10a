"""`/problems/<slug>/`: what an error of the API means, for whoever follows its `type`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from newsroom.partners.problems import PROBLEMS


def every(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/problems.html", {"problems": PROBLEMS.values()})


def one(request: HttpRequest, slug: str) -> HttpResponse:
    problem = PROBLEMS.get(slug)
    if problem is None:
        raise Http404
    return render(request, "partners/problem.html", {"problem": problem})
