"""The copy desk's drafts before other eyes: the story as it would be printed, links to it, and what is said of it.

A link's secret is 256 bits, shown once and kept as its digest. Whoever has it reads the draft as it stands at that
moment, until the link expires or is revoked, or the story goes to the trash or is withdrawn.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsroom import policy
from newsroom.articles import notices, story
from newsroom.articles.models import Article, Edition, PreviewLink, SignOff
from newsroom.documents import site_address
from newsroom.models import User

SECRET_BYTES = 32
HOURS = {
    24: gettext_lazy("one day"),
    72: gettext_lazy("three days"),
    168: gettext_lazy("a week"),
    720: gettext_lazy("thirty days"),
}
USUAL_HOURS = 72
MOST_OPEN_LINKS = 20
# Each word said under a link writes letters, so neither a slip nor malice may write many.
MOST_SIGN_OFFS, MOST_IN_AN_HOUR = 30, 5
SHOWN = 10


class Refused(Exception):
    """It cannot be done; the message says why, and what can be done instead."""


# The draft as it would be printed


def draft_edition(article: Article, at: dt.datetime) -> Edition:
    """The edition that publishing would make now, saved nowhere, with the story's public history at hand.

    Same shape as one from `story.with_corrections`: `article.public_editions` holds the history, newest first.
    """
    history = list(article.editions.shown_by(at).defer("body", "story"))
    edition = Edition(
        article=article,
        number=history[0].number + 1 if history else 1,
        visible_from=at,
        first_published_at=history[0].first_published_at if history else at,
        **story.texts(article),
        story=story.printed(article),
        made_at=at,
    )
    article.public_editions = [edition, *history]  # type: ignore[attr-defined]
    return edition


# Links for people without an account


class Shared(NamedTuple):
    """A new link with its whole address, which nobody can find out again."""

    link: PreviewLink
    address: str


def share(article: Article, *, by: User, at: dt.datetime, hours: int = USUAL_HOURS, made_for: str = "") -> Shared:
    """Make a link. Raises Refused while the story has very many open ones."""
    if open_links(article, at).count() >= MOST_OPEN_LINKS:
        raise Refused(_("This story has %(count)d open links: revoke some first.") % {"count": MOST_OPEN_LINKS})
    secret = secrets.token_urlsafe(SECRET_BYTES)
    link = PreviewLink.objects.create(
        article=article,
        digest=digest_of(secret),
        made_for=made_for.strip(),
        made_by=by,
        made_at=at,
        expires_at=at + dt.timedelta(hours=hours),
    )
    return Shared(link, address_of(secret, article.language))


def address_of(secret: str, language: str) -> str:
    """Where the draft is read, in the story's own language."""
    with translation.override(language):
        return site_address(reverse("preview", args=[secret]))


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def open_links(article: Article, at: dt.datetime) -> QuerySet[PreviewLink]:
    return PreviewLink.objects.filter(article=article, revoked_at=None, expires_at__gt=at)


def find(secret: str, at: dt.datetime) -> PreviewLink | None:
    """The open link behind a secret.

    A story withdrawn since it was made closes it, and so does its maker's leaving: what they may no longer share
    is shared no longer.
    """
    links = PreviewLink.objects.filter(digest=digest_of(secret), article__trashed_at=None)
    links = links.exclude(article__withdrawal__withdrawn_at__gte=F("made_at"))
    link = links.select_related("article", "made_by").first()
    return link if link and link.is_open(at) and _is_still_shared(link) else None


def _is_still_shared(link: PreviewLink) -> bool:
    return link.made_by is not None and policy.can(link.made_by, "share", link.article)


def count_opening(link: PreviewLink, at: dt.datetime) -> None:
    PreviewLink.objects.filter(pk=link.pk).update(opened_count=F("opened_count") + 1, opened_at=at)


def revoke(link: PreviewLink, *, at: dt.datetime) -> bool:
    """Close a link for good; False where it was closed already."""
    return bool(PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=at))


# What is said under a link


def sign(link: PreviewLink, *, verdict: str, name: str, comment: str = "", version: int, at: dt.datetime) -> SignOff:
    """Keep what somebody says of the version that they read; said twice, it is kept once.

    Raises Refused where a change is asked for without saying which, and where too much was said already.
    """
    if verdict == SignOff.Verdict.CHANGE and not comment.strip():
        raise Refused(_("Say what should change."))
    said = {"verdict": verdict, "name": name.strip(), "comment": comment.strip(), "version": version}
    with transaction.atomic():
        locked = PreviewLink.objects.select_for_update().get(pk=link.pk)
        if former := locked.sign_offs.filter(**said).first():
            return former
        _refuse_a_flood(locked, at)
        sign_off = SignOff.objects.create(link=link, at=at, **said)
        notices.signed_off(sign_off)
        return sign_off


def _refuse_a_flood(link: PreviewLink, at: dt.datetime) -> None:
    if link.sign_offs.count() >= MOST_SIGN_OFFS:
        raise Refused(_("Very much was said under this link already: write to the newsroom instead."))
    if link.sign_offs.filter(at__gt=at - dt.timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
        raise Refused(_("Much was said under this link within the hour: send it again later."))


def sign_offs(article: Article) -> list[SignOff]:
    """The latest of what was said of the story's drafts, the newest first."""
    return list(SignOff.objects.filter(link__article=article).select_related("link").order_by("-pk")[:SHOWN])
