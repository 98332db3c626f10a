"""What the page of a story adds to it: its age, the state of its meeting, who signed, who may print it elsewhere."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import Settings

from newsroom.articles import previews, workflow
from newsroom.articles.models import Article, Edition, Translation
from newsroom.articles.story import with_corrections
from newsroom.website.pages.article import story_page
from newsroom.website.pages.republishing import Terms, terms_of
from tests import factories as make
from tests.website.html import links, open_page, part, texts, words

AT = dt.datetime(2020, 3, 10, 3, tzinfo=dt.UTC)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MAY = "The text of this story may be republished, its pictures may not."
ASK = "Please ask before you republish this story. Links to it are welcome."
NOT = "Not for republication: a source of this story forbids it. Links to it are welcome."
pytestmark = pytest.mark.django_db


def published(article: Article) -> Article:
    workflow.publish(article, by=None, at=AT)
    return article


@pytest.mark.parametrize(
    ("day", "age", "is_old"), [("2022-03-09", 1, False), ("2022-03-10", 2, True), ("2023-01-01", 2, True)]
)
def test_story_grows_old_on_its_birthday(day: str, age: int, is_old: bool) -> None:
    article = published(make.make_article())
    at = dt.datetime.fromisoformat(f"{day}T05:00:00Z")

    page = story_page(with_corrections(Edition.objects.filter(article=article), at).get(), at)

    assert (page.age, page.is_old) == (age, is_old)


def test_old_story_warns_of_its_age_before_its_text(client: Client) -> None:
    main = open_page(client, published(make.make_article()).get_absolute_url())

    notice = words(main.find(".//header/p[@class='rule-note']"))
    assert notice.startswith("This story is more than ")
    assert notice.endswith("years old. Posts, plans and numbers in it are those of its day.")


@pytest.mark.parametrize(
    ("over", "told"),
    [
        ({"status": "cancelled", "starts_on": "2999-01-01"}, ["Summit Cancelled", "1 January 2999"]),
        (
            {"status": "scheduled", "starts_on": "2999-01-01", "attendance": 40, "attendance_is_about": True},
            ["Summit", "1 January 2999", "About 40", "Add to calendar"],
        ),
        ({"status": "scheduled", "starts_on": "2999"}, ["Summit", "2999"]),
        ({"status": "held", "starts_on": "2019-01-01"}, ["Summit", "1 January 2019"]),
    ],
)
def test_story_tells_how_it_stands_with_its_meeting(client: Client, over: dict[str, object], told: list[str]) -> None:
    article = make.make_article()
    article.events.add(make.make_event(name="Summit", is_public=True, **over))

    facts = part(open_page(client, published(article).get_absolute_url()), "key-facts")

    assert facts is not None
    assert texts(facts, ".//dd") == told


def test_story_names_the_further_ones_of_many_meetings(client: Client) -> None:
    article = make.make_article()
    article.events.set([make.make_event(name=f"Meeting {place}", is_public=True) for place in "ABCD"])

    facts = part(open_page(client, published(article).get_absolute_url()), "key-facts")

    assert facts is not None
    assert texts(facts, ".//dd") == ["Meeting A", "Meeting B", "Meeting C", "Meeting D"]
    assert texts(facts, "dl[4]/dt") == ["Also told of"]


def test_story_sets_signatures_of_one_role_together_and_folds_a_crowd(client: Client) -> None:
    article = make.make_article()
    for order, (role, name) in enumerate([("author", "Doe"), ("editing", "Poe"), ("author", "Roe")]):
        article.bylines.create(role=role, words=name, order=order)
    for order in range(12):
        article.mentions.create(person=make.make_person(is_public=True), order=order)

    main = open_page(client, published(article).get_absolute_url())

    assert texts(main, ".//div[@class='rail']/dl/div[1]/*") == ["By", "Doe", "Roe"]
    assert texts(main, ".//div[@class='rail']/dl/div[2]/*") == ["Edited by", "Poe"]
    people = part(main, "people")
    assert people is not None
    assert [len(people.findall("ul/li")), len(people.findall("details/ul/li"))] == [8, 4]
    assert texts(people, "details/summary") == ["4 more people"]


def test_story_takes_reports_of_errors_where_the_desk_can_be_written_to(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_CONTACT = "desk@newsroom.example"
    article = published(make.make_article(headline="Tea & talks"))

    corrections = part(open_page(client, article.get_absolute_url()), "corrections")

    address = links(corrections)["Report an error"]
    assert address.startswith("mailto:desk@newsroom.example?subject=Tea%20%26%20talks&body=http")


@pytest.mark.parametrize(
    ("permissions", "licence", "terms"),
    [
        (["allowed", "allowed"], LICENCE, Terms(MAY, LICENCE)),
        ([], LICENCE, Terms(MAY, LICENCE)),
        (["allowed"], "", Terms(ASK)),
        (["allowed", "unknown"], LICENCE, Terms(ASK)),
        (["forbidden", "allowed"], LICENCE, Terms(NOT)),
    ],
)
def test_terms_are_those_of_the_strictest(
    settings: Settings, permissions: list[str], licence: str, terms: Terms
) -> None:
    settings.NEWSROOM_LICENCE = licence

    assert terms_of(permissions) == terms


def test_story_that_may_be_republished_gives_its_text_to_take_along(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_LICENCE = LICENCE
    body = '<p>They <a href="/events/">met</a>.</p>'
    article = make.make_article(headline="Tea & talks", body=body, language="ko")
    article.sources.add(make.make_source(redistribution="allowed"))

    main = open_page(client, published(article).get_absolute_url())

    assert words(main.find(".//textarea")) == (
        f'<h1>Tea &amp; talks</h1> <p>They <a href="{settings.SITE_URL}/events/" rel="noopener noreferrer">met</a>.</p>'
        f' <p>First published by <a href="{settings.SITE_URL}/ko{article.get_absolute_url()}">Meridian</a>.</p>'
    )


def test_translation_without_the_sources_of_its_original_needs_asking(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_LICENCE = LICENCE
    original, korean = make.make_article(slug="talks"), make.make_article(slug="talks-ko", language="ko")
    original.sources.add(make.make_source(redistribution="allowed"))
    published(original)
    Translation.objects.create(article=korean, original=original)
    published(korean)

    assert ASK in texts(open_page(client, korean.get_absolute_url()), ".//section[@id='sources']/p")


def test_draft_is_for_nobody_to_republish(settings: Settings) -> None:
    settings.NEWSROOM_LICENCE = LICENCE

    assert story_page(previews.draft_edition(make.make_article(), AT), AT).text.total == 0


def test_story_whose_source_is_gone_from_the_record_needs_asking(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_LICENCE = LICENCE
    article, source = make.make_article(), make.make_source(redistribution="forbidden")
    article.sources.add(source)
    published(article)
    source.delete()

    main = open_page(client, article.get_absolute_url())

    assert main.find(".//textarea") is None
    assert ASK in texts(main, ".//section[@id='sources']/p")
