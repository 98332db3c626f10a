"""Front of house: what the frame of every page needs to know; it asks the database nothing."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language, get_language_info

from newsroom.documents import site_address
from newsroom.website.languages import in_languages, locales, tagline
from newsroom.website.preferences import theme_of


def site(request: HttpRequest) -> dict[str, Any]:
    others = other_languages(request)
    (locale,) = locales([get_language() or settings.LANGUAGE_CODE])
    return {
        "newsroom_name": settings.NEWSROOM_NAME,
        "newsroom_tagline": tagline(),
        "newsroom_contact": settings.NEWSROOM_CONTACT,
        "site_url": settings.SITE_URL,
        "theme": theme_of(request),
        "canonical_url": site_address(request.path),
        "locale": locale,
        "other_locales": locales(code for code, _name, _url in others),
        "other_languages": others,
        "alternates": in_languages(unprefixed(request.path)) if others else [],
        "today": timezone.localdate(),
    }


def unprefixed(path: str) -> str:
    """The path as it stands in the language without prefix."""
    return path if get_language() == settings.LANGUAGE_CODE else path.removeprefix(f"/{get_language()}")


def other_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Code, own name and address of this very page in each other language, filters included."""
    here = request.get_full_path()
    elsewhere = {code: translate_url(here, code) for code, _name in settings.LANGUAGES if code != get_language()}
    return [(code, get_language_info(code)["name_local"], url) for code, url in elsewhere.items() if url != here]
