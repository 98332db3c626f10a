"""Photographs in a story's text are photos of the story, in the form, in revisions and in what partners get."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from newsroom import diffing, policy
from newsroom.articles import placing, revisions, workflow
from newsroom.articles.differences import parts
from newsroom.articles.models import Article, PhotoUse
from newsroom.articles.story import keep, snapshot
from newsroom.models import Change, User
from newsroom.photos.models import Photo
from tests.desk.pages import as_sent, complaints
from tests.factories import make_article, make_photo, make_row, make_user

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
STRANGER = "3f2a1c00-0000-4000-8000-00000000000a"


def placed(*photos: Any) -> str:
    return "<p>Text.</p>" + "".join(f'<figure data-photo="{getattr(one, "uuid", one)}"></figure>' for one in photos)


def placing_story(*photos: Photo, **over: Any) -> Article:
    """A story whose text places these photos of its own."""
    article = make_article(body=placed(*photos), **over)
    for order, photo in enumerate(photos):
        make_row(PhotoUse, article, article=article, photo=photo, order=order, caption=f"Here {photo.slug}.")
    return article


def uses(article: Article) -> list[tuple[Photo, int]]:
    return [(use.photo, use.order) for use in article.photo_uses.order_by("order", "pk").select_related("photo")]


def save(client: Client, article: Article, **typed: Any) -> Any:
    address = reverse("admin:articles_article_change", args=[article.pk])
    sent = as_sent(client.get(address))
    return client.post(address, sent | {name: [value] for name, value in typed.items()})


# Saving


def test_photo_placed_from_the_library_becomes_one_of_the_storys(editor_client: Client) -> None:
    first, second = make_photo(), make_photo()
    article = placing_story(first)

    save(editor_client, article, body=placed(first, second))

    article.refresh_from_db()
    assert uses(article) == [(first, 0), (second, 1)]
    assert article.body == placed(first, second)
    assert [one["id"] for one in article.revisions.get().story["printed"]["photos"]] == [
        str(first.uuid),
        str(second.uuid),
    ]


@pytest.mark.parametrize("is_trashed", [True, False])
def test_photo_that_is_not_there_is_refused_and_nothing_typed_is_lost(editor_client: Client, is_trashed: bool) -> None:
    stranger = make_photo(trashed_at=AT).uuid if is_trashed else STRANGER
    article = make_article(body="<p>As it was.</p>")

    answer = save(editor_client, article, body=placed(stranger))

    assert answer.context["adminform"].form.errors["body"][0].startswith("The story places a photograph that is not on")
    assert f"data-photo=&quot;{stranger}" in answer.content.decode()
    article.refresh_from_db()
    assert article.body == "<p>As it was.</p>"


def test_photo_of_the_story_stays_placed_though_it_lies_in_the_trash(editor_client: Client) -> None:
    photo = make_photo()
    article = placing_story(photo)
    Photo.objects.update(trashed_at=AT)

    assert complaints(save(editor_client, article, headline="Another")) == []

    article.refresh_from_db()
    assert (article.headline, article.body) == ("Another", placed(photo))


@pytest.mark.parametrize("who", ["editor_client", "photo_editor_client"])
def test_photo_taken_out_of_the_story_leaves_its_text(who: str, request: pytest.FixtureRequest) -> None:
    gone, stays = make_photo(), make_photo()
    article = placing_story(gone, stays)

    save(request.getfixturevalue(who), article, **{"photo_uses-0-DELETE": "on"})

    article.refresh_from_db()
    assert uses(article) == [(stays, 1)]
    assert article.body == placed(stays)


# Adding without a form


def test_photos_added_stand_after_the_others_and_count_as_a_save(editor: User) -> None:
    first, second = make_photo(), make_photo()
    article = placing_story(first)

    number = placing.add(article, [first, second], by=editor, at=AT)

    article.refresh_from_db()
    assert (number, uses(article), article.version) == (1, [(first, 0), (second, 1)], 1)
    assert [one.saved_by for one in article.revisions.all()] == [editor]


def test_photos_the_story_has_already_are_no_save(editor: User) -> None:
    photo = make_photo()
    article = placing_story(photo)

    number = placing.add(article, [photo], by=editor, at=AT)

    article.refresh_from_db()
    assert (number, article.version, article.revisions.count()) == (0, 0, 0)


def test_photos_are_not_added_by_whom_the_story_is_not() -> None:
    article = make_article()

    with pytest.raises(policy.Refused):
        placing.add(article, [make_photo()], by=make_user("Reporter"), at=AT)

    assert article.photo_uses.count() == 0


# Revisions


def test_restoring_leaves_out_of_the_text_what_is_gone(editor: User) -> None:
    gone, stays = make_photo(), make_photo()
    article = placing_story(gone, stays)
    revision = keep(article, by=editor, at=AT)
    Photo.objects.filter(pk=gone.pk).update(trashed_at=AT)

    revisions.restore(revision, by=editor, at=AT)

    article.refresh_from_db()
    assert (article.body, uses(article)) == (placed(stays), [(stays, 1)])


def test_differences_name_a_photograph_by_its_caption_here() -> None:
    photo = make_photo()
    told = snapshot(placing_story(photo))

    body = next(part.text for part in parts(told, {}) if part.name == "body")

    assert diffing.paragraphs(body) == ["Text.", f"Picture: Here {photo.slug}."]


# What partners get


def test_body_of_the_document_keeps_figures_of_public_photos_alone() -> None:
    shown, hidden = make_photo(is_public=True), make_photo()
    workflow.publish(placing_story(shown, hidden), by=None, at=timezone.now() - dt.timedelta(hours=1))

    document = Change.objects.get(kind="article").document

    assert f'data-photo=\\"{shown.uuid}\\"' in document
    assert str(hidden.uuid) not in document
