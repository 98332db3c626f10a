"""The bottom shelf's way to the pages that the desk has of every model, by what the admin's URLconf calls them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse


def name_of(model: Model | type[Model], page: str) -> str:
    """Such as `articles_article_change`."""
    return f"{model._meta.app_label}_{model._meta.model_name}_{page}"


def page_of(model: Model | type[Model], page: str, *keys: Any) -> str:
    return reverse(f"admin:{name_of(model, page)}", args=keys)


def form_of(record: Model) -> str:
    """Where the record is edited."""
    return page_of(record, "change", record.pk)


def framed(request: HttpRequest, model: type[Model], title: Any) -> dict[str, Any]:
    """What a page beside the model's own has around it."""
    return {**admin.site.each_context(request), "title": title, "opts": model._meta}
