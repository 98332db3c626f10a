"""Front of house: the one thing a reader may set, light or dark, kept in one cookie and nowhere else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, get_language_from_path, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

THEME_COOKIE = "theme"
THEMES = frozenset({"light", "dark"})
AS_THE_DEVICE = "auto"
ONE_YEAR = 31_536_000


def theme_of(request: HttpRequest) -> str:
    """What the reader chose; empty where the device decides."""
    return known_theme(request.COOKIES.get(THEME_COOKIE, ""))


def known_theme(theme: str) -> str:
    return theme if theme in THEMES else ""


# Public pages are cached whole, so their forms hold no token; whoever forges this one turns on a light.
@csrf_exempt
@never_cache
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    theme = request.POST.get("theme", "")
    if theme not in {*THEMES, AS_THE_DEVICE}:
        return _asked_again(request)
    response = HttpResponseRedirect(_way_back(request))
    response.status_code = 303
    if theme == AS_THE_DEVICE:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            THEME_COOKIE, theme, max_age=ONE_YEAR, samesite="Lax", secure=settings.IS_HTTPS, httponly=True
        )
    return response


def _asked_again(request: HttpRequest) -> HttpResponse:
    """The choices once more, in the language of the page that the reader came from."""
    way_back = _way_back(request)
    with override(get_language_from_path(way_back) or settings.LANGUAGE_CODE):
        page = render(request, "website/preferences.html", {"way_back": way_back}, status=400)
        page.headers["Content-Language"] = get_language()
    return page


def _way_back(request: HttpRequest) -> str:
    """The page the reader came from; only ever a page of ours, and none that only takes forms."""
    page = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return page if is_ours and not page.startswith(request.path) else reverse("home")
