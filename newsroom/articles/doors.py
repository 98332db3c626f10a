"""The copy desk's door: which story a page beside the article form is about, for those who may do this with it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from newsroom import policy
from newsroom.admin import is_key
from newsroom.articles.models import Article


def story_for(request: HttpRequest, key: str, action: str) -> Article:
    """The story under that key. Raises Http404 where there is none, PermissionDenied where it is not theirs."""
    if not is_key(key):
        raise Http404
    article = get_object_or_404(Article, pk=key)
    if not policy.can(request.user, action, article):
        raise PermissionDenied
    return article
