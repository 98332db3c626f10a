"""The copy desk's photographs in the text: each is one of the story's own, with the caption and words of that use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from newsroom import changes, collisions, policy
from newsroom.articles import checks, story
from newsroom.articles.models import Article, PhotoUse
from newsroom.markup import only_figures, placed_photos
from newsroom.models import User
from newsroom.photos.models import Photo


def strangers(article: Article, body: str) -> list[str]:
    """The ids in the text that name neither a photo of the story nor one that it could take in."""
    placed = placed_photos(body)
    usable = Q(trashed_at=None) | Q(uses__article=article) if article.pk else Q(trashed_at=None)
    known = set(map(str, Photo.objects.filter(usable, uuid__in=placed).values_list("uuid", flat=True)))
    return [one for one in placed if one not in known]


def settle(article: Article, *, removed: Collection[str] = ()) -> None:
    """Let text and photos of the story agree: what was `removed` from the photos leaves the text too, and what else
    the text places becomes one of them. Call it inside the save, after the story's rows are saved.
    """
    placed = placed_photos(article.body)
    if not placed:
        return
    own = _own(article)
    take_out(article, [one for one in placed if one in removed and one not in own])
    wanted = [one for one in placed_photos(article.body) if one not in own]
    found = {str(photo.uuid): photo for photo in Photo.objects.filter(uuid__in=wanted, trashed_at=None)}
    _append(article, [found[one] for one in wanted if one in found])


def drop_strangers(article: Article) -> None:
    """Take photographs out of the text that are none of the story's."""
    own = _own(article)
    take_out(article, [one for one in placed_photos(article.body) if one not in own])


def take_out(article: Article, photos: Collection[str]) -> None:
    """The text without the photographs of these ids."""
    if photos:
        kept = set(placed_photos(article.body)) - set(photos)
        article.body = only_figures(article.body, kept)  # type: ignore[assignment]  # the field's package is untyped
        article.save(update_fields=["body"])


def add(article: Article, photos: Iterable[Photo], *, by: User, at: dt.datetime) -> int:
    """Make these photos of the story's, after those it has; returns how many it did not have yet."""
    with changes.recording() as record:
        collisions.lock(article)
        if not policy.can(by, "picture", article):
            raise policy.Refused(_("The pictures of this story are not yours to choose as it stands now."))
        own = _own(article)
        new = [photo for photo in photos if str(photo.uuid) not in own]
        if new:
            _append(article, new)
            collisions.step(article)
            story.keep(article, by=by, at=at)
            checks.keep(article, at)
            record.touch(article)
        return len(new)


def _own(article: Article) -> set[str]:
    return {str(one) for one in article.photo_uses.values_list("photo__uuid", flat=True)}


def _append(article: Article, photos: list[Photo]) -> None:
    last = article.photo_uses.aggregate(last=Max("order"))["last"]
    first = 0 if last is None else last + 1
    PhotoUse.objects.bulk_create(
        PhotoUse(article=article, photo=photo, order=order) for order, photo in enumerate(photos, first)
    )
