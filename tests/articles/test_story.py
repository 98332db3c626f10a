"""The whole story as one thing: snapshots, revisions, and the live records beside what was printed."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from newsroom.articles import story
from newsroom.articles.models import Article, Byline, Edition, Mention, PhotoUse
from newsroom.models import User
from tests import factories
from tests.articles.clock import HOUR, NOW, TOMORROW, correct, publish
from tests.factories import make_row

pytestmark = pytest.mark.django_db


def make_full_story() -> Article:
    person = factories.make_person(is_public=True, family_name="Doe", given_name="Kim")
    photo = factories.make_photo(description="Somebody waves.", alt_text="A wave.")
    article = factories.make_article(
        slug="observatory", headline="Observatory opens", standfirst="At last.", dateline="Seoul", countries="KR"
    )
    make_row(Byline, article, article=article, person=person, role="reporting")
    make_row(Mention, article, article=article, person=person, title_as_printed="President")
    make_row(PhotoUse, article, article=article, photo=photo, is_lead=True)
    article.topics.add(factories.make_topic(name="Space"))
    article.organisations.add(factories.make_organisation(name="Academy"))
    article.events.add(factories.make_event(name="Congress", country="CN"))
    article.sources.add(factories.make_source(slug="asia-daily"))
    return article


def test_snapshot_is_the_story_as_it_stands() -> None:
    article = make_full_story()
    person, photo = article.mentions.get().person, article.photo_uses.get().photo

    taken = story.snapshot(article)

    assert taken == {
        "slug": "observatory",
        "kind": "report",
        "language": "en",
        "headline": "Observatory opens",
        "standfirst": "At last.",
        "dateline": "Seoul",
        "body": "<p>Something happened.</p>",
        "printed": {
            "bylines": [{"role": "reporting", "person": str(person.uuid), "name": "Doe Kim"}],
            "people": [{"id": str(person.uuid), "name": "Doe Kim", "title": "President"}],
            "organisations": [{"id": str(article.organisations.get().uuid), "name": "Academy"}],
            "events": [{"id": str(article.events.get().uuid), "name": "Congress"}],
            "topics": [{"id": str(article.topics.get().uuid), "name": "Space"}],
            "photos": [
                {
                    "id": str(photo.uuid),
                    "caption": "Somebody waves.",
                    "alt": "A wave.",
                    "is_lead": True,
                    "is_decorative": False,
                }
            ],
            "sources": ["asia-daily"],
            "countries": ["CN", "KR"],
        },
        "working": {
            "countries": ["KR"],
            "embargo_until": None,
            "desk_note": "",
            "bylines": [
                {"id": str(person.uuid), "record": "Doe Kim", "order": 0, "role": "reporting", "words": ""},
            ],
            "people": [
                {"id": str(person.uuid), "record": "Doe Kim", "order": 0, "name": "", "title": "President"},
            ],
            "photos": [
                {
                    "id": str(photo.uuid),
                    "record": "Somebody waves.",
                    "order": 0,
                    "caption": "",
                    "alt": "",
                    "is_lead": True,
                    "is_decorative": False,
                }
            ],
            "sources": [{"slug": "asia-daily", "record": str(article.sources.get())}],
        },
    }


def test_name_as_printed_goes_before_the_name_on_record() -> None:
    article = factories.make_article()
    person = factories.make_person(family_name="Doe", given_name="Kim")
    make_row(Mention, article, article=article, person=person, name_as_printed="Kim Doe")

    assert story.printed(article)["people"][0]["name"] == "Kim Doe"


def test_byline_in_words_needs_no_person() -> None:
    article = factories.make_article()
    make_row(Byline, article, article=article, words="Meridian newsroom")

    assert story.printed(article)["bylines"] == [{"role": "author", "person": None, "name": "Meridian newsroom"}]


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ({}, ("Its own caption.", "Its own alt.")),
        ({"caption": "Here so.", "alt_text": "Here too."}, ("Here so.", "Here too.")),
        ({"alt_text": "Ignored.", "is_decorative": True}, ("Its own caption.", "")),
    ],
)
def test_use_of_a_photo_prints_its_own_words_or_the_photos(use: dict[str, object], printed: tuple[str, str]) -> None:
    article = factories.make_article()
    photo = factories.make_photo(description="Its own caption.", alt_text="Its own alt.")
    make_row(PhotoUse, article, article=article, photo=photo, **use)

    found = story.printed(article)["photos"][0]

    assert (found["caption"], found["alt"]) == printed


def test_rows_are_printed_in_the_desks_order_with_the_lead_picture_first() -> None:
    article = factories.make_article()
    people = [factories.make_person() for _ in range(3)]
    photos = [factories.make_photo() for _ in range(3)]
    for order, person, photo in zip((2, 0, 1), people, photos, strict=True):
        make_row(Mention, article, article=article, person=person, order=order)
        make_row(PhotoUse, article, article=article, photo=photo, order=order, is_lead=order == 2)

    found = story.printed(article)

    assert [one["id"] for one in found["people"]] == [str(people[n].uuid) for n in (1, 2, 0)]
    assert [one["id"] for one in found["photos"]] == [str(photos[n].uuid) for n in (0, 1, 2)]


def test_revisions_are_numbered_with_what_stood_then(editor: User) -> None:
    article = factories.make_article(headline="Working title")
    first = story.keep(article, by=editor, at=NOW, note="First draft")
    article.headline = "Observatory opens"
    article.save()

    second = story.keep(article, by=None, at=NOW + HOUR)

    assert (first.number, first.story["headline"], first.saved_by, first.note) == (
        1,
        "Working title",
        editor,
        "First draft",
    )
    assert (second.number, second.story["headline"], second.saved_at) == (2, "Observatory opens", NOW + HOUR)
    assert list(article.revisions.values_list("number", flat=True)) == [2, 1]


def test_revisions_of_each_story_count_from_one() -> None:
    numbers = [story.keep(factories.make_article(), by=None, at=NOW).number for _ in range(2)]

    assert numbers == [1, 1]


def test_cast_holds_the_live_records_by_what_editions_call_them() -> None:
    article = make_full_story()
    edition = publish(article)
    person, photo = article.mentions.get().person, article.photo_uses.get().photo

    cast = story.cast([edition])

    assert (cast.people, cast.photos) == ({str(person.uuid): person}, {str(photo.uuid): photo})
    assert [list(part) for part in (cast.organisations, cast.events, cast.topics)] == [
        [str(record.uuid)] for record in (article.organisations.get(), article.events.get(), article.topics.get())
    ]
    assert list(cast.sources) == ["asia-daily"]


def test_cast_leaves_out_what_is_gone() -> None:
    article = make_full_story()
    edition = publish(article)

    article.topics.get().delete()

    assert story.cast([edition]).topics == {}


@pytest.mark.parametrize("number", [1, 3])
def test_cast_costs_the_same_for_any_number_of_editions(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    article = make_full_story()
    for hours in range(number):
        publish(article, NOW + hours * HOUR)
    editions = list(Edition.objects.all())

    with django_assert_num_queries(10):  # six, and four that a photo's page needs beside the photo
        story.cast(editions)


def test_public_history_comes_with_the_edition(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    article = make_full_story()
    publish(article)
    correct(article)
    publish(article, NOW + 3 * HOUR, visible_from=TOMORROW)

    def history(at: dt.datetime) -> list[int]:
        edition = story.with_corrections(Edition.objects.visible(at), at).get()
        return [one.number for one in edition.article.public_editions]  # type: ignore[attr-defined]

    with django_assert_num_queries(4):
        assert [history(at) for at in (NOW + 3 * HOUR, TOMORROW)] == [[2, 1], [3, 2, 1]]
