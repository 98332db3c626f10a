"""The way back to an earlier state of a story: what comes back, what cannot, and what stays."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from newsroom.articles import revisions, story, workflow
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse, Revision, Translation
from newsroom.keeping import Kept
from newsroom.models import User
from tests import factories
from tests.articles.clock import HOUR, NOW, publish
from tests.articles.test_story import make_full_story
from tests.factories import make_row

pytestmark = pytest.mark.django_db
LATER = NOW + HOUR


def kept(article: Article) -> Revision:
    return story.keep(article, by=None, at=NOW, note="First")


def rewrite(article: Article) -> None:
    """Change all that a story tells."""
    Article.objects.filter(pk=article.pk).update(
        headline="Closed", standfirst="", dateline="Daejeon", body="<p>Nothing.</p>", kind="brief", language="ko"
    )
    Article.objects.filter(pk=article.pk).update(countries="FR", slug="closed", embargo_until=NOW, desk_note="Ask.")
    for rows in (article.bylines, article.mentions, article.photo_uses):
        rows.all().delete()
    for records in (article.topics, article.organisations, article.events, article.sources):
        records.clear()
    make_row(Byline, article, article=article, words="Somebody else")
    article.refresh_from_db()


def told(article: Article) -> dict[str, Any]:
    """The story as a snapshot, less what a restoration leaves as it is."""
    taken = story.snapshot(Article.objects.get(pk=article.pk))
    working = {name: value for name, value in taken["working"].items() if name not in {"embargo_until", "desk_note"}}
    return {**taken, "slug": "", "working": working}


def test_restored_story_tells_what_it_told_then() -> None:
    article = make_full_story()
    make_row(Byline, article, article=article, words="Newsroom", order=1, role="editing")
    make_row(
        PhotoUse, article, article=article, photo=factories.make_photo(), order=3, caption="Here.", is_decorative=True
    )
    before, revision = told(article), kept(article)
    rewrite(article)

    revisions.restore(revision, by=None, at=LATER)

    assert told(article) == before


def test_restoring_is_a_save_like_any_other(editor: User) -> None:
    article = make_full_story()
    revision = kept(article)
    rewrite(article)
    story.keep(article, by=None, at=NOW)

    made = revisions.restore(revision, by=editor, at=LATER)

    article.refresh_from_db()
    assert (made.number, made.note, made.saved_by, made.saved_at) == (3, "Restored from revision 1", editor, LATER)
    assert (made.story["headline"], article.version) == ("Observatory opens", 1)
    assert article.error_count is not None


def test_what_steers_the_work_stays_as_it_is() -> None:
    article = make_full_story()
    revision = kept(article)
    rewrite(article)

    revisions.restore(revision, by=None, at=LATER)

    article.refresh_from_db()
    assert (article.slug, article.embargo_until, article.desk_note) == ("closed", NOW, "Ask.")


def test_restoring_changes_nothing_for_readers() -> None:
    article = make_full_story()
    revision = kept(article)
    rewrite(article)
    publish(article)

    revisions.restore(revision, by=None, at=LATER)

    assert (Edition.objects.get().headline, Article.objects.get().state) == ("Closed", "published")


def test_what_is_deleted_or_in_the_trash_is_named_and_left_out() -> None:
    article = make_full_story()
    make_row(Byline, article, article=article, words="Newsroom", order=1)
    revision = kept(article)
    person, photo, topic, source = (
        article.mentions.get().person,
        article.photo_uses.get().photo,
        article.topics.get(),
        article.sources.get(),
    )
    rewrite(article)
    for gone in (photo, topic, source):
        gone.delete()
    type(person).objects.filter(pk=person.pk).update(trashed_at=NOW, is_public=False)

    lost = revisions.missing(revision.story)
    revisions.restore(revision, by=None, at=LATER)

    assert lost == ["person: Doe Kim", "photo: Somebody waves.", "topic: Space", f"source: {source}"]
    rows = (article.mentions, article.photo_uses, article.topics, article.sources)
    assert [one.count() for one in rows] == [0, 0, 0, 0]
    assert list(article.bylines.values_list("words", flat=True)) == ["Newsroom"]
    assert [one.name for one in article.organisations.all()] == ["Academy"]


def test_revision_that_kept_only_what_was_printed_is_restored_from_that() -> None:
    article = make_full_story()
    make_row(Byline, article, article=article, words="Newsroom", order=1)
    revision = kept(article)
    printed = revision.story["printed"]
    del revision.story["working"]
    revision.save()
    rewrite(article)

    revisions.restore(revision, by=None, at=LATER)

    assert story.printed(Article.objects.get()) == printed
    assert [mention.name_as_printed for mention in Mention.objects.all()] == ["Doe Kim"]


def test_story_that_somebody_saved_meanwhile_is_not_overwritten() -> None:
    article = make_full_story()
    revision = kept(article)
    Article.objects.update(version=7)

    with pytest.raises(revisions.Overtaken, match="Look again, then confirm"):
        revisions.restore(revision, by=None, at=LATER, version=6)

    assert Revision.objects.count() == 1


def test_who_may_not_edit_the_story_restores_nothing(reporter: User) -> None:
    revision = kept(make_full_story())

    with pytest.raises(workflow.NotAllowed):
        revisions.restore(revision, by=reporter, at=LATER)

    assert Revision.objects.count() == 1


def test_every_text_of_a_story_is_in_its_snapshot() -> None:
    """A field that is added to a story has to be told, kept for the desk, or named here as not being of the story."""
    not_of_the_story = {"id", "uuid", "state", "created_at", "updated_at", "assigned_to", "due_on"}
    counted = {"error_count", "warning_count", "findings", *(field.name for field in Kept._meta.get_fields())}
    names = {field.name for field in [*Article._meta.concrete_fields, *Article._meta.many_to_many]}

    taken = story.snapshot(factories.make_article())

    told = {*taken, *taken["working"], *taken["printed"]}
    assert names - not_of_the_story - counted - told == set()


@pytest.mark.parametrize("moment", [None, dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)])
def test_embargo_is_kept_as_the_instant_it_is(moment: dt.datetime | None) -> None:
    taken = story.snapshot(factories.make_article(embargo_until=moment))["working"]["embargo_until"]

    assert (dt.datetime.fromisoformat(taken) if taken else None) == moment


def test_restoration_never_takes_the_language_of_a_translation() -> None:
    article = factories.make_article(language="ko")
    revision = kept(article)
    Article.objects.filter(pk=article.pk).update(language="en")
    korean = factories.make_article(headline="모였다", language="ko")
    make_row(Translation, korean, article=korean, original=article)

    with pytest.raises(workflow.Refused, match="“모였다” tells this story in that language already"):
        revisions.restore(revision, by=None, at=LATER)

    assert Article.objects.get(pk=article.pk).language == "en"
