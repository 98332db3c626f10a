"""The desk's letters: everybody says for themselves whether they want any."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from newsroom.confirming import author
from newsroom.models import User


class LettersForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ["wants_mail"]


def urls() -> list[URLPattern]:
    return [path("letters/", admin.site.admin_view(letters), name="letters")]


@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """The account of whoever is logged in, and nothing of it but this."""
    account = User.objects.get(pk=author(request).pk)
    form = LettersForm(request.POST if request.method == "POST" else None, instance=account)
    if form.is_valid():
        User.objects.filter(pk=account.pk).update(wants_mail=form.cleaned_data["wants_mail"])
        messages.success(request, gettext("Kept."))
        return HttpResponseRedirect(request.path)
    context = {**admin.site.each_context(request), "title": _("Letters"), "account": account, "form": form}
    return TemplateResponse(request, "admin/desk/letters.html", context)
