"""What partners get of a story: the edition of the moment, its printed words, and the records of today."""

from typing import Any

import pytest
import time_machine

from newsroom import changes, search
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.models import Change, SearchEntry
from tests import factories
from tests.articles.clock import HOUR, NEXT_WEEK, NOW, TOMORROW, correct, publish, withdraw
from tests.changes.feed import document, entry, head
from tests.factories import make_row

pytestmark = pytest.mark.django_db

SHOWN_BY_EDITIONS: dict[type, dict[str, Any]] = {
    Article: {
        "kind": lambda: "analysis",
        "language": lambda: "ko",
        "headline": lambda: "Another",
        "standfirst": lambda: "Another.",
        "dateline": lambda: "Elsewhere",
        "body": lambda: "<p>Another.</p>",
        "topics": lambda: factories.make_topic(is_public=True),
        "events": lambda: factories.make_event(is_public=True),
        "organisations": lambda: factories.make_organisation(is_public=True),
        "sources": factories.make_source,
        "countries": lambda: "FR",
    },
    Byline: {"order": lambda: 9, "role": lambda: "editing", "person": factories.make_person, "words": lambda: "Desk"},
    Mention: {
        "person": factories.make_person,
        "order": lambda: 9,
        "name_as_printed": lambda: "Another",
        "title_as_printed": lambda: "Another",
    },
    PhotoUse: {
        "photo": lambda: factories.make_photo(is_public=True),
        "order": lambda: 9,
        "caption": lambda: "Another.",
        "alt_text": lambda: "Another.",
        "is_lead": lambda: True,
        "is_decorative": lambda: True,
    },
}
SHOWN_AT_ONCE = {Article: {"slug"}}
NEVER_SHOWN = {
    Article: {
        *{"id", "uuid", "state", "desk_note", "assigned_to", "due_on", "embargo_until", "created_at", "updated_at"},
        *{"version", "created_by", "trashed_at", "trashed_by", "findings", "error_count", "warning_count"},
    },
    Byline: {"id", "article"},
    Mention: {"id", "article"},
    PhotoUse: {"id", "article"},
}
OF_EVERY_EDITION = {"edition", "updated_at", "versions"}
CASES = [(model, name) for model, names in SHOWN_BY_EDITIONS.items() for name in names]


@pytest.fixture
def story() -> Article:
    """Two rows of each kind, so that an order shows."""
    article = factories.make_article(headline="Observatory opens")
    for order in (1, 2):
        make_row(Byline, article, article=article, order=order, words=f"Writer {order}")
        make_row(Mention, article, article=article, order=order, person=factories.make_person())
        make_row(
            PhotoUse, article, article=article, order=order, photo=factories.make_photo(is_public=True, alt_text=".")
        )
    return article


def change(article: Article, model: type, name: str, value: Any) -> None:
    row = model._default_manager.order_by("pk")[0]
    with changes.recording() as record:
        if model._meta.get_field(name).many_to_many:
            getattr(row, name).add(value)
        elif (model, name) == (Byline, "person"):
            Byline.objects.filter(pk=row.pk).update(person=value, words="")
        else:
            model._default_manager.filter(pk=row.pk).update(**{name: value})
        record.touch(article)


@pytest.mark.parametrize("model", SHOWN_BY_EDITIONS, ids=lambda model: model.__name__)
def test_every_field_of_a_story_is_known_to_be_shown_or_not(model: type) -> None:
    fields = {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}

    assert fields == {*SHOWN_BY_EDITIONS[model], *SHOWN_AT_ONCE.get(model, ()), *NEVER_SHOWN[model]}


@pytest.mark.parametrize(("model", "name"), CASES, ids=lambda value: getattr(value, "__name__", value))
def test_change_of_a_story_shows_in_its_next_edition_and_not_before(story: Article, model: type, name: str) -> None:
    publish(story)
    value = SHOWN_BY_EDITIONS[model][name]()
    before, first = head(), document(story)

    change(story, model, name, value)
    meanwhile = head()
    publish(story, NOW + HOUR)

    second = document(story)
    assert (meanwhile, head()) == (before, before + 1)
    assert {part for part in second if second[part] != first[part]} > OF_EVERY_EDITION


DESKS_OWN: dict[str, Any] = {
    **dict.fromkeys(["due_on", "embargo_until", "created_at", "updated_at"], NOW),
    **dict.fromkeys(["version", "error_count", "warning_count"], 7),
    "desk_note": "Another.",
    "findings": [{"code": "no-headline"}],
}


@pytest.mark.parametrize("name", DESKS_OWN)
def test_what_the_desk_alone_sees_is_in_no_edition(story: Article, name: str) -> None:
    publish(story)
    first = document(story)

    change(story, Article, name, DESKS_OWN[name])
    publish(story, NOW + HOUR)

    second = document(story)
    assert {part for part in second if second[part] != first[part]} == OF_EVERY_EDITION


def test_address_of_a_story_follows_its_slug_at_once(story: Article) -> None:
    publish(story)
    before = head()

    change(story, Article, "slug", "another")

    assert (head(), document(story)["slug"]) == (before + 1, "another")


def test_document_of_a_bare_story_is_complete() -> None:
    article = factories.make_article(slug="bare", headline="Bare", body="<p>Plain.</p>")

    publish(article)

    assert document(article) == {
        "id": str(article.uuid),
        "type": "article",
        "url": "http://testserver/articles/bare/",
        "slug": "bare",
        "edition": 1,
        "kind": "report",
        "language": "en",
        "headline": "Bare",
        "standfirst": "",
        "dateline": "",
        "body_html": "<p>Plain.</p>",
        "bylines": [],
        "people": [],
        "organisations": [],
        "events": [],
        "topics": [],
        "photos": [],
        "sources": [],
        "countries": [],
        "first_published_at": "2026-03-02T09:00:00Z",
        "updated_at": "2026-03-02T09:00:00Z",
        "expires_at": None,
        "corrections": [],
        "versions": [{"edition": 1, "visible_from": "2026-03-02T09:00:00Z"}],
        "withheld": [],
        "ai_training": "unknown",
        "translation_of": None,
        "translations": [],
    }


def test_corrections_and_versions_are_told_in_their_order(story: Article) -> None:
    publish(story)
    correct(story, note="The date was wrong.")
    publish(story, NOW + 2 * HOUR)
    correct(story, NOW + 3 * HOUR, note="So was the place.")

    found = document(story)

    assert [(one["edition"], one["note"]) for one in found["corrections"]] == [
        (2, "The date was wrong."),
        (4, "So was the place."),
    ]
    assert [one["edition"] for one in found["versions"]] == [1, 2, 3, 4]
    assert (found["first_published_at"], found["updated_at"]) == ("2026-03-02T09:00:00Z", "2026-03-02T12:00:00Z")


def test_edition_to_come_is_not_among_the_versions(story: Article) -> None:
    publish(story)

    publish(story, NOW + HOUR, visible_from=TOMORROW)

    assert [one["edition"] for one in document(story)["versions"]] == [1]
    assert changes.head().due_at == TOMORROW


def test_story_that_ends_tells_so_and_can_come_back(story: Article) -> None:
    publish(story, visible_until=TOMORROW)
    with time_machine.travel(TOMORROW, tick=False):
        changes.tick(TOMORROW)
    ended = entry(story)

    publish(story, NEXT_WEEK)

    assert (ended.reason, ended.note, ended.document) == ("expired", "", "")
    assert (entry(story).reason, document(story)["first_published_at"]) == ("published", "2026-03-02T09:00:00Z")


def test_body_that_went_past_the_cleaner_is_cleaned_on_its_way_out(story: Article) -> None:
    edition = publish(story)
    with changes.recording() as record:
        record.touch(story)
        type(edition).objects.filter(pk=edition.pk).update(body="<p onclick='x()'>Fine.</p><script>x()</script>")

    assert document(story)["body_html"] == "<p>Fine.</p>"


def test_source_that_is_lost_leaves_unknown_what_it_allowed(story: Article) -> None:
    kept, lost = (factories.make_source(ai_training="allowed") for _number in range(2))
    story.sources.set([kept, lost])
    publish(story)
    before = document(story)["ai_training"]

    with changes.recording():
        lost.slug = "renamed"
        lost.save()
        changes.touch(story)

    assert (before, document(story)["ai_training"]) == ("allowed", "unknown")


def test_search_finds_a_story_by_all_that_it_prints() -> None:
    person = factories.make_person(is_public=True, family_name="Zhang", given_name="Wei")
    article = factories.make_article(
        headline="Observatory opens", standfirst="Astronomers rejoice.", dateline="Daejeon", body="<p>Lenses turn.</p>"
    )
    make_row(Mention, article, article=article, person=person, title_as_printed="Envoy")
    make_row(PhotoUse, article, article=article, photo=factories.make_photo(is_public=True), caption="Cupola at dusk.")

    publish(article)

    words = ["observatory", "rejoice", "daejeon", "lenses", "envoy", "cupola"]
    assert [search.counts(word) for word in words] == [{"article": 1}] * 6
    assert search.counts("zhang") == {"article": 1, "person": 1}
    assert SearchEntry.objects.get(kind="article").sort_at == NOW


def test_withdrawn_story_leaves_feed_and_search(story: Article) -> None:
    publish(story)

    withdraw(story, public_note="Wrong throughout.")

    change = Change.objects.get(object_id=story.uuid)
    assert (change.document, change.mask, change.ever_mask) == ("", 0, changes.PUBLIC)
    assert not SearchEntry.objects.filter(object_id=story.uuid).exists()
