"""The copy desk's talk about a story: threads, what is said in them, and who is called by it.

Nothing is taken back: a thread is resolved, and opened again by the next word. All verbs take the moment and the
acting user, and raise PermissionDenied where the story is not theirs to speak of.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from newsroom import policy
from newsroom.articles import colleagues, notices
from newsroom.articles.colleagues import Addressed
from newsroom.articles.models import Article, Comment, Thread
from newsroom.models import User

WHOLE_STORY = _("The whole story")
#: what a thread may be about: fields of the form, and the rows below it
FIELDS = (
    "headline",
    "standfirst",
    "dateline",
    "body",
    "bylines",
    "mentions",
    "photo_uses",
    "events",
    "organisations",
    "sources",
    "topics",
    "countries",
    "slug",
    "embargo_until",
)
TWICE_WITHIN = dt.timedelta(minutes=2)  # the same words again are a button pressed twice
THREADS_SHOWN = 60


class Said(NamedTuple):
    """A comment, and whom it called."""

    comment: Comment
    called: Addressed


def start(article: Article, *, by: User, at: dt.datetime, text: str, field: str = "", quote: str = "") -> Said:
    """Open a thread with its first words."""
    _ask_policy(by, article)
    with transaction.atomic():
        _one_at_a_time(by)
        former = _just_said(by, at, text, thread__article=article, thread__field=field)
        if former:
            return Said(former, Addressed())
        thread = Thread.objects.create(article=article, field=field, quote=quote, started_at=at)
        return _say(thread, by=by, at=at, text=text)


def reply(thread: Thread, *, by: User, at: dt.datetime, text: str) -> Said:
    """Say something in a thread; one that was resolved is open again."""
    _ask_policy(by, thread.article)
    with transaction.atomic():
        _one_at_a_time(by)
        if former := _just_said(by, at, text, thread=thread):
            return Said(former, Addressed())
        reopen(thread, by=by)
        return _say(thread, by=by, at=at, text=text)


def resolve(thread: Thread, *, by: User, at: dt.datetime) -> bool:
    """Close a thread; False where somebody did already."""
    _ask_policy(by, thread.article)
    open_one = Thread.objects.filter(pk=thread.pk, resolved_at=None)
    return bool(open_one.update(resolved_at=at, resolved_by=by))


def reopen(thread: Thread, *, by: User) -> bool:
    """Open a resolved thread; False where it is open."""
    _ask_policy(by, thread.article)
    resolved = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False)
    return bool(resolved.update(resolved_at=None, resolved_by=None))


def _ask_policy(by: User, article: Article) -> None:
    if not policy.can(by, "comment", article):
        raise PermissionDenied


def _one_at_a_time(by: User) -> None:
    """Let two posts of one user follow each other, so that the second sees what the first said."""
    User.objects.select_for_update(no_key=True).filter(pk=by.pk).first()


def _just_said(by: User, at: dt.datetime, text: str, **where: Any) -> Comment | None:
    former = Comment.objects.filter(by=by, at__gte=at - TWICE_WITHIN, text=text.strip(), **where)
    return former.filter(thread__resolved_at=None).first()


def _say(thread: Thread, *, by: User, at: dt.datetime, text: str) -> Said:
    comment = Comment.objects.create(thread=thread, by=by, at=at, text=text.strip())
    called = colleagues.addressed(comment.text, thread.article)
    comment.mentioned.set(called.told)
    notices.mentioned(comment)
    return Said(comment, called)


# Questions


def threads(article: Article) -> QuerySet[Thread]:
    """The story's threads with what was said: open ones first, each in the order in which it was said."""
    mine = Thread.objects.filter(article=article).select_related("resolved_by").prefetch_related("comments__by")
    return mine.order_by(F("resolved_at").desc(nulls_first=True), "-pk")[:THREADS_SHOWN]


def open_fields(article: Article) -> dict[str, int]:
    """How many open threads each field has; under the empty name those about the whole story."""
    waiting = Thread.objects.filter(article=article, resolved_at=None).order_by()
    return dict(waiting.values("field").annotate(count=Count("pk")).values_list("field", "count"))


def field_choices() -> list[tuple[str, Any]]:
    return [("", WHOLE_STORY), *((name, label_of(name)) for name in FIELDS)]


def label_of(name: str) -> str:
    """A field, or the rows below the story, as its form calls them."""
    if name not in FIELDS:
        return str(WHOLE_STORY)
    field: Any = Article._meta.get_field(name)
    is_below = field.one_to_many
    return capfirst(str(field.related_model._meta.verbose_name_plural if is_below else field.verbose_name))
