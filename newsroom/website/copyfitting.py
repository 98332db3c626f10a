"""Front of house: a page that came out heavier than pages are is set again, with less in its longest parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Protocol, Self, runtime_checkable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from newsroom.documents import site_address
from newsroom.website.pages.stretches import Asked, InStretches
from newsroom.website.storage import STYLESHEET, renamed, squeezed

WEIGHT = 60_000  # bytes of a page with its stylesheet, before any picture
FRAME = 12_000  # what a page weighs about without its long parts
AROUND = 14_000  # what may stand around a text that is printed in full, however long that is
FEW = 4  # rows of a part that are worth more than a drawing
MOST_SETTINGS = 12

Context = Mapping[str, Any]


@runtime_checkable
class Cuttable(Protocol):
    """What has parts of so many rows each, and can be had with less of them."""

    @property
    def lengths(self) -> list[int]: ...

    def cut(self, most: int) -> Self: ...


@cache
def room() -> int:
    """The bytes that are left for a page beside the stylesheet as it is served."""
    return WEIGHT - len(renamed(squeezed(STYLESHEET.read_text())).encode())


def fitted(
    request: HttpRequest,
    template_name: str,
    context: Context,
    *,
    text: str = "",
    drawings: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, with as many rows in its parts as there is room for.

    The `text` stands on it in any case. Where even the beginnings of the parts are too much, the `drawings` go too:
    what they show can be read elsewhere.
    """
    most = max(room(), len(text.encode()) + AROUND)
    answer = render(request, template_name, context, status=status)
    for _setting in range(MOST_SETTINGS):
        weight = len(answer.content)
        lighter = _lighter(context, (most - FRAME) / (weight - FRAME), drawings) if weight > most else None
        if lighter is None:
            break
        context = lighter
        answer = render(request, template_name, context, status=status)
    return answer


def fitted_record(
    request: HttpRequest, template_name: str, page: InStretches, drawings: Context, *, text: str = "", **frame: Any
) -> HttpResponse:
    """The page of a record, or that of one part of it, which stands for itself and is not to be found by itself.

    Raises Http404 where the record has nothing of the part that is asked for.
    """
    context = {"page": page, **drawings, **frame}
    if Asked.read(request.GET).part:
        context |= _own_address(request, page)
    return fitted(request, template_name, context, text=text, drawings=list(drawings))


def _own_address(request: HttpRequest, page: InStretches) -> Context:
    if not page.alone:
        raise Http404
    return {"canonical_url": site_address(f"{request.path}?{page.alone.place}"), "alternates": []}


def _lighter(context: Context, share: float, drawings: Sequence[str]) -> Context | None:
    """None where nothing is left that could go."""
    parts = {name: one for name, one in context.items() if isinstance(one, Cuttable)}
    lengths = [length for one in parts.values() for length in one.lengths]
    most = _level(lengths, 0.9 * share)
    drawn = next((name for name in drawings if context.get(name)), "")
    if most < FEW and drawn:
        return {**context, drawn: None}
    if max(lengths, default=0) <= most:
        return None
    return {**context, **{name: one.cut(most) for name, one in parts.items()}}


def _level(lengths: Sequence[int], share: float) -> int:
    """How many rows a part may have, so that all together have that share of theirs: short parts stay whole."""
    rows = int(share * sum(lengths))
    levels = range(max(lengths, default=1) - 1, 1, -1)
    return next((most for most in levels if sum(min(length, most) for length in lengths) <= rows), 1)
