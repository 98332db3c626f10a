"""Front of house: where the page of a story leads in other languages: to its translations, where there are some."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import get_language_info

from newsroom.articles.models import Edition, Translation
from newsroom.articles.translations import Versions
from newsroom.documents import site_address
from newsroom.website.languages import locales


@dataclass(frozen=True)
class Elsewhere:
    """The same story in another language, under the language's own name."""

    language: str
    local_name: str
    headline: str
    url: str
    is_original: bool
    #: of an original: what it has put right and this text has not, newest first
    corrected_since: Sequence[Edition] = ()


def elsewhere(others: Versions) -> list[Elsewhere]:
    return [_told(one, others) for one in others.others]


def _told(one: Edition, others: Versions) -> Elsewhere:
    is_original = one is others.original
    since = others.corrected_since if is_original else ()
    return Elsewhere(one.language, _local_name(one.language), one.headline, address_of(one), is_original, since)


def address_of(edition: Edition) -> str:
    """Its page in surroundings of its own language."""
    with translation.override(edition.language):
        return edition.get_absolute_url()


def addresses_of(above: int, until: int, at: dt.datetime) -> dict[str, tuple[str, list[tuple[str, str]]]]:
    """By slug, of the stories of these numbers that readers have in several languages: the address of each text.

    Its own one, then those in every language as `in_languages` gives them.
    """
    bonds = Translation.objects.filter(
        Q(article__gt=above, article__lte=until) | Q(original__gt=above, original__lte=until)
    )
    is_bound = Q(article__in=bonds.values("article")) | Q(article__in=bonds.values("original"))
    texts = {one.article_id: one for one in Edition.objects.visible(at).in_lists().filter(is_bound)}
    groups: dict[int, list[Edition]] = defaultdict(list)
    for made, original in bonds.order_by("pk").values_list("article", "original"):
        if made in texts and original in texts:
            groups[original] = [*(groups[original] or [texts[original]]), texts[made]]
    return {
        one.article.slug: (site_address(address_of(one)), _alternates(group[0], group))
        for group in groups.values()
        for one in group
    }


def _alternates(original: Edition, texts: Iterable[Edition]) -> list[tuple[str, str]]:
    named = sorted((one.language, site_address(address_of(one))) for one in texts)
    return [*named, ("x-default", site_address(address_of(original)))]


def frame_of(request: HttpRequest, edition: Edition, others: Versions) -> dict[str, Any]:
    """What the frame of the story's page says of languages, in place of what it says of every other page."""
    addresses = {one.language: address_of(one) for one in (edition, *others.others)}
    own = {
        "locale": locales([edition.language])[0],
        "other_locales": locales(one.language for one in others.others),
        "other_languages": list(_switch(request, addresses if others.others else {})),
    }
    if not others.others:
        return own
    return own | {
        "canonical_url": site_address(addresses[edition.language]),
        "alternates": _alternates(others.original or edition, (edition, *others.others)),
    }


def _switch(request: HttpRequest, addresses: dict[str, str]) -> Any:
    """The story's own text in each language, else this very page with its surroundings in that language."""
    here = request.get_full_path()
    for code, _name in settings.LANGUAGES:
        if code != translation.get_language():
            yield code, _local_name(code), addresses.get(code) or translate_url(here, code)


def _local_name(code: str) -> str:
    return str(get_language_info(code)["name_local"])
