"""Front of house: a page's address in each language; English stands without prefix."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import get_language, gettext

from newsroom.documents import site_address


def tagline() -> str:
    """The line below the newsroom's name; our own default is translated, what an operator wrote is theirs to say."""
    theirs = settings.NEWSROOM_TAGLINE_KO if get_language() == "ko" else ""
    return theirs or (settings.NEWSROOM_TAGLINE and gettext(settings.NEWSROOM_TAGLINE))


def in_languages(path: str) -> list[tuple[str, str]]:
    """Code and absolute address of the page in every language, and under `x-default` the one without prefix.

    `path` is the page's path without prefix.
    """
    addresses = [
        (code, site_address(path if code == settings.LANGUAGE_CODE else f"/{code}{path}"))
        for code, _name in settings.LANGUAGES
    ]
    return [*addresses, ("x-default", site_address(path))]


#: as Open Graph names them
LOCALES = {"en": "en_GB", "ko": "ko_KR"}


def locales(languages: Iterable[str]) -> list[str]:
    return [LOCALES.get(code, code) for code in languages]
