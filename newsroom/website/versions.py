"""Front of house: every edition of a story that readers could see, and what any two of them print differently."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.articles.differences import Difference, differences
from newsroom.articles.models import Article, Edition
from newsroom.articles.story import Cast, Snapshot, cast, of_edition
from newsroom.website.copyfitting import fitted
from newsroom.website.moved import forwarded
from newsroom.website.pages.stretches import Stretch
from newsroom.website.stories import gone, once_public

ON_A_PAGE = 10
MOST_TO_CHOOSE = 40  # versions that the two lists offer; of more their numbers are typed


@dataclass(frozen=True)
class Version:
    """An edition in the public history of its story, with what it changed in the one before."""

    edition: Edition
    is_current: bool
    is_first: bool
    differences: list[Difference]


@dataclass(frozen=True)
class Comparison:
    """Two editions as a reader asked for them, the earlier first; `problem` says why there is nothing to compare."""

    earlier: int | None = None
    later: int | None = None
    differences: tuple[Difference, ...] = ()
    problem: str = ""


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """The editions that readers could see so far, the newest first, a page at a time; two of them side by side."""
    at = timezone.now()
    article = Article.objects.once_public(at).filter(slug=slug).first()
    if article is None:
        return forwarded(request, "article", slug) or gone(request, once_public(slug, at), at)
    shown = article.editions.shown_by(at)
    choices = list(shown.values_list("number", "visible_from")[: MOST_TO_CHOOSE + 1])
    if not choices:
        return gone(request, article, at)
    before = _number(request.GET.get("before", ""))
    listed = list((shown.filter(number__lt=before) if before else shown)[: ON_A_PAGE + 1])
    context = {
        "article": article,
        "current": shown.defer("body", "story")[0],
        "history": Stretch(list(_with_changes(listed, at))[:ON_A_PAGE], len(listed)),
        "choices": choices,
        "are_typed": len(choices) > MOST_TO_CHOOSE,
        "comparison": _comparison(request, article, at),
    }
    return fitted(request, "website/versions.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _with_changes(editions: list[Edition], at: dt.datetime) -> Iterator[Version]:
    known = cast(editions)
    for later, earlier in pairwise(editions):
        yield Version(later, later.is_visible(at), False, _differences(earlier, later, known))
    for edition in editions[-1:]:
        yield Version(edition, edition.is_visible(at), True, [])


def _comparison(request: HttpRequest, article: Article, at: dt.datetime) -> Comparison | None:
    """What the reader asked to compare; None where nothing was asked."""
    first, second = (request.GET.get(name, "").strip() for name in ("from", "to"))
    if not (first or second):
        return None
    asked = Comparison(_number(first), _number(second))
    found = {one.number: one for one in article.editions.shown_by(at).filter(number__in=[asked.earlier, asked.later])}
    if asked.earlier not in found or asked.later not in found:
        return replace(asked, problem=_("This story has no such version: choose two of those below."))
    if len(found) == 1:
        return replace(asked, problem=_("That is the same version twice: choose two different ones."))
    earlier, later = sorted(found)
    told = _differences(found[earlier], found[later], cast(found.values()))
    return Comparison(earlier, later, tuple(told))


def _differences(earlier: Edition, later: Edition, known: Cast) -> list[Difference]:
    names: Mapping[str, str] = {slug: str(source) for slug, source in known.sources.items()}
    return differences(_as_read(earlier, known), _as_read(later, known), names)


def _as_read(edition: Edition, known: Cast) -> Snapshot:
    """The edition as its page shows it today: records that are not public leave it, and take their captions along."""
    told = of_edition(edition)
    records: dict[str, Mapping[str, Any]] = {
        "photos": known.photos,
        "events": known.events,
        "organisations": known.organisations,
        "topics": known.topics,
    }
    shown = {
        part: [one for one in told["printed"][part] if one["id"] in found and found[one["id"]].is_out()]
        for part, found in records.items()
    }
    sources = [slug for slug in told["printed"]["sources"] if slug in known.sources]
    return {**told, "printed": {**told["printed"], **shown, "sources": sources}}
