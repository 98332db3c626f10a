"""The desk's previews: a story as readers would get it, at three widths, and links to it for people outside."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from newsroom import policy
from newsroom.admin import is_key
from newsroom.articles import previews
from newsroom.articles.doors import story_for
from newsroom.articles.models import Article, PreviewLink
from newsroom.confirming import author
from newsroom.website.headers import Nonce, policy_header
from newsroom.website.previews import draft_page, pictures_held_back

WIDTHS = {"390": _("Phone"), "768": _("Tablet"), "1280": _("Desktop")}
USUAL_WIDTH = "1280"
LINKS_SHOWN = 50
# The one page of ours that may stand in a frame, and the one that may hold it.
FRAMED = {**settings.SECURE_CSP, "frame-ancestors": ["'self'"]}
FRAMING = {**settings.SECURE_CSP_ADMIN, "frame-src": ["'self'"]}


def urls() -> list[URLPattern]:
    """Below the address of the story in the admin."""
    below, guarded = "articles/article/<str:key>/preview/", admin.site.admin_view
    return [
        path(below, guarded(preview), name="articles_article_preview"),
        path(f"{below}page/", guarded(page), name="articles_article_draft"),
        path(f"{below}links/", guarded(links), name="articles_article_links"),
        path(f"{below}links/<str:link_key>/revoke/", guarded(revoke), name="articles_article_revoke"),
    ]


@require_safe
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The saved story in a frame of a chosen width."""
    article = story_for(request, key, "see")
    width = request.GET.get("width", USUAL_WIDTH)
    if width not in WIDTHS:
        width = USUAL_WIDTH
    context = {"widths": WIDTHS, "width": width, "may_share": policy.can(request.user, "share", article)}
    response = _page(request, "preview", article, _("Preview"), context)
    response.headers["Content-Security-Policy"] = policy_header(FRAMING, cast(Nonce, request.csp_nonce))  # type: ignore[attr-defined]
    return response


@require_safe
def page(request: HttpRequest, key: str) -> HttpResponse:
    """What stands in the frame: the readers' page of the saved story, in the story's language."""
    article = story_for(request, key, "see")
    with translation.override(article.language):
        draft = draft_page(article, timezone.now())
        context = {"page": draft, "held_back": _held_back(pictures_held_back(draft)), "canonical_url": ""}
        response = render(request, "website/preview_frame.html", context)
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Content-Security-Policy"] = policy_header(FRAMED, cast(Nonce, request.csp_nonce))  # type: ignore[attr-defined]
    return response


def _held_back(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d picture is not shown: its record is not public.",
        "%(count)d pictures are not shown: their records are not public.",
        count,
    )
    return words % {"count": count}


class LinkForm(forms.Form):
    made_for = forms.CharField(
        label=_("For whom"),
        max_length=120,
        required=False,
        help_text=_("For the desk's own memory: who gets the address."),
    )
    hours = forms.TypedChoiceField(
        label=_("Open for"), choices=previews.HOURS.items(), coerce=int, initial=previews.USUAL_HOURS
    )


@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, key: str) -> HttpResponse:
    """The story's links, and a new one; its address stands on the answer to that alone."""
    article = story_for(request, key, "share")
    form = LinkForm(request.POST if request.method == "POST" else None)
    address = _new_address(request, article, form) if form.is_valid() else ""
    context = {
        "form": LinkForm() if address else form,
        "address": address,
        "links": _with_state(article),
        "sign_offs": previews.sign_offs(article),
    }
    return _page(request, "links", article, _("Share a preview"), context)


def _new_address(request: HttpRequest, article: Article, form: LinkForm) -> str:
    try:
        by = author(request)
        return previews.share(article, by=by, at=timezone.now(), **form.cleaned_data).address
    except previews.Refused as refusal:
        form.add_error(None, str(refusal))
        return ""


def _with_state(article: Article) -> list[dict[str, Any]]:
    now = timezone.now()
    made = article.preview_links.select_related("made_by").order_by("-pk")[:LINKS_SHOWN]
    return [{"link": link, "is_open": link.is_open(now)} for link in made]


@require_http_methods(["POST"])
def revoke(request: HttpRequest, key: str, link_key: str) -> HttpResponse:
    article = story_for(request, key, "share")
    link = article.preview_links.filter(pk=link_key).first() if is_key(link_key) else None
    if link is None:
        raise Http404
    messages.success(request, _outcome(link))
    return HttpResponseRedirect(reverse("admin:articles_article_links", args=[article.pk]))


def _outcome(link: PreviewLink) -> str:
    if previews.revoke(link, at=timezone.now()):
        return gettext("The link is revoked: its address leads nowhere now.")
    return gettext("This link was revoked before.")


def _page(request: HttpRequest, name: str, article: Article, title: Any, context: dict[str, Any]) -> TemplateResponse:
    shared = {**admin.site.each_context(request), "title": title, "subtitle": str(article), "article": article}
    return TemplateResponse(request, f"admin/articles/preview/{name}.html", {**shared, **context})
