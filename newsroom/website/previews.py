"""Front of house: a draft shown to somebody without an account, on the very page that readers would get."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from newsroom.articles import previews
from newsroom.articles.models import Article, PreviewLink, SignOff
from newsroom.website.pages.article import StoryPage, story_page
from newsroom.website.pages.stretches import WHOLE

# Neither kept nor found nor passed on: the address is the key.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def draft_page(article: Article, at: dt.datetime) -> StoryPage:
    """What readers would get if the story were published as it stands."""
    return story_page(previews.draft_edition(article, at), at, WHOLE)


def pictures_held_back(page: StoryPage) -> int:
    """How many of the story's pictures readers would not see, since their records are not public."""
    return len(page.edition.story["photos"]) - page.picture_count


class SignOffForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What should change, or what you approve of."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=SignOff.Verdict.choices, widget=forms.HiddenInput)

    def __init__(self, link: PreviewLink, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.link = link

    def clean_version(self) -> int:
        """The version that was read: none that is still to be written."""
        version: int = self.cleaned_data["version"]
        return min(version, self.link.article.version)

    def is_said(self, at: dt.datetime) -> bool:
        """Keep what was said; what cannot be kept stands beside the form as it was typed."""
        if not self.is_valid():
            return False
        try:
            previews.sign(self.link, at=at, **self.cleaned_data)
        except previews.Refused as refusal:
            self.add_error("comment", str(refusal))
        return not self.errors


# The secret in the address is all the right there is, and whoever could forge this post would hold it already;
# without a referrer, browsers name no origin that a token's check would accept.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str) -> HttpResponse:
    now = timezone.now()
    link = previews.find(token, now)
    if link is None:
        raise Http404
    form = SignOffForm(link, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_said(now):
        answer: HttpResponse = HttpResponseRedirect(f"{request.path}#said", status=303)
    else:
        answer = _draft(request, link, form, now)
    for name, value in HEADERS.items():
        answer.headers[name] = value
    return answer


def _draft(request: HttpRequest, link: PreviewLink, form: SignOffForm, at: dt.datetime) -> HttpResponse:
    if request.method == "GET":
        previews.count_opening(link, at)
    context = {
        "page": draft_page(link.article, at),
        "link": link,
        "form": form,
        "said": link.sign_offs.all()[: previews.SHOWN],
        "verdicts": SignOff.Verdict,
        "canonical_url": "",
    }
    # With 200 even where the form is refused: a log takes down the addresses of what is answered with more.
    return render(request, "website/preview.html", context)
