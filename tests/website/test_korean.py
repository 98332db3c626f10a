"""The Korean pages: what they say, and that every message keeps what its source fills in."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation
from django_countries import countries
from icalendar import Calendar
from pytest_django import Settings

from events.models import Appearance, Event, Hosting
from newsroom.articles import workflow
from newsroom.articles.models import Article
from newsroom.local_names import language_of
from newsroom.website.languages import tagline
from newsroom.website.pages.links import Link
from newsroom.website.pages.places import present_in_words
from newsroom.website.templatetags.reading import in_its_tongue, linked
from tests import factories as make
from tests.newsroom.test_translations import LOCALE, fields
from tests.website.html import links, open_page, parse, texts

AT = dt.datetime(2026, 1, 16, 3, tzinfo=dt.UTC)
CATALOGUE = LOCALE / "ko" / "LC_MESSAGES" / "django.po"
HOLE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w+\}")
ADDRESSES = [
    "/ko/",
    "/ko/articles/",
    "/ko/articles/forum/",
    "/ko/articles/forum/versions/",
    "/ko/events/",
    "/ko/events/forum/",
    "/ko/people/",
    "/ko/people/kim/",
    "/ko/organisations/",
    "/ko/organisations/ministry/",
    "/ko/topics/",
    "/ko/topics/quantum/",
    "/ko/photos/",
    "/ko/corrections/",
    "/ko/search/?q=forum",
]


@pytest.fixture
def event() -> Event:
    """With a host and a speaker, on the 6th of nobody knows which month."""
    event = make.make_event(name="Forum", slug="forum", kind="forum", starts_on="2025-XX-06", is_public=True)
    ministry = make.make_organisation(name="Ministry", slug="ministry", is_public=True)
    person = make.make_person(given_name="Sang-bae", family_name="Kim", slug="kim", is_public=True)
    event.hostings.create(organisation=ministry, role="co-host")
    event.appearances.create(person=person, role="keynote", title_as_printed="Professor")
    event.topics.add(make.make_topic(name="Quantum", slug="quantum", is_public=True))
    return event


@pytest.fixture
def story(event: Event) -> Article:
    article = make.make_article(headline="Forum", slug="forum")
    article.events.add(event)
    workflow.publish(article, by=None, at=AT)
    return article


def placeholders(text: str) -> list[str]:
    return sorted(set(HOLE.findall(text)))


def entries(path: Path) -> list[dict[str, str]]:
    found = [fields(block) for block in path.read_text(encoding="utf-8").split("\n\n")]
    return [entry for entry in found if entry.get("msgid")]


def test_every_translation_keeps_the_placeholders_of_its_message() -> None:
    pairs = [
        (entry.get("msgid_plural", entry["msgid"]), entry.get("msgstr") or entry.get("msgstr[0]", ""))
        for entry in entries(CATALOGUE)
    ]
    translated = [pair for pair in pairs if pair[1]]

    assert len(translated) > 800
    assert [pair for pair in translated if placeholders(pair[0]) != placeholders(pair[1])] == []


@pytest.mark.django_db
def test_story_says_its_day_in_korean(client: Client, story: Article) -> None:
    main = open_page(client, f"/ko/articles/{story.slug}/")

    assert texts(main, ".//time[@datetime='2026-01-16T12:00:00+09:00']") == ["2026년 1월 16일"]


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "said"), [("/articles/", "16 January 2026"), ("/ko/articles/", "2026년 1월 16일")])
@pytest.mark.usefixtures("story")
def test_list_says_the_day_of_a_story_in_the_order_of_its_language(client: Client, address: str, said: str) -> None:
    main = open_page(client, address)

    assert texts(main, ".//p[@class='date']/time") == [said]


@pytest.mark.django_db
def test_country_has_its_korean_name_on_korean_pages(client: Client) -> None:
    make.make_organisation(name="Ministry", slug="ministry", kind="ministry", country="KR", is_public=True)

    english, korean = open_page(client, "/organisations/ministry/"), open_page(client, "/ko/organisations/ministry/")

    assert texts(english, ".//p[@class='kicker']") == ["Ministry, South Korea"]
    assert texts(korean, ".//p[@class='kicker']") == ["정부 부처, 대한민국"]


def test_tagline_is_translated_until_an_operator_has_words_of_their_own(settings: Settings) -> None:
    with translation.override("ko"):
        ours = tagline()
        settings.NEWSROOM_TAGLINE = "Ours alone"
        theirs = tagline()
        settings.NEWSROOM_TAGLINE_KO = "우리만의 말"
        in_korean = tagline()

    assert (ours, theirs, in_korean, tagline()) == (
        "기록으로 남기는 과학기술외교",
        "Ours alone",
        "우리만의 말",
        "Ours alone",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They met in Seoul.", "en"),
        ("Kim Sang-bae (김상배) spoke.", "en"),
        ("서울에서 Kim Sang-bae 교수가 말했다.", "ko"),
        ("2025", ""),
    ],
)
def test_language_of_words_is_told_by_their_script(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.django_db
def test_words_in_another_language_than_the_page_say_so(client: Client, event: Event) -> None:
    event.summary = "They met in Seoul."
    event.save()

    marks = [
        open_page(client, f"{prefix}/events/forum/").find(".//p[@class='stand']").attrib.get("lang")  # type: ignore[union-attr]
        for prefix in ("", "/ko")
    ]

    assert marks == [None, "en"]


@pytest.mark.parametrize(
    ("page", "name", "words"),
    [
        ("en", '<span lang="ko">김상배</span>', "Professor"),
        ("ko", "<span>김상배</span>", '<span lang="en">Professor</span>'),
    ],
)
def test_names_in_hangul_and_words_of_a_record_say_their_language_elsewhere(page: str, name: str, words: str) -> None:
    with translation.override(page):
        shown = (linked(Link("김상배")), in_its_tongue("Professor"))

    assert shown == (name, words)


@pytest.mark.django_db
def test_search_tells_a_topic_in_the_readers_language(client: Client) -> None:
    make.make_topic(name="Basic science", name_ko="기초과학", description_ko="국제 협력.", is_public=True)

    korean, english = (open_page(client, f"{prefix}/search/?q=science") for prefix in ("/ko", ""))
    (suggested,) = client.get("/ko/search/suggest/?q=scien").json()["results"]

    assert (texts(korean, ".//h3"), texts(english, ".//h3")) == (["기초과학"], ["Basic science"])
    assert suggested["title"] == "기초과학"


def test_every_country_has_a_korean_name() -> None:
    with translation.override("ko"):
        names = [str(name) for _code, name in countries]

    assert [name for name in names if not re.search("[가-힣]", name)] == []


@pytest.mark.django_db
def test_event_says_its_date_status_and_roles_in_korean(client: Client, event: Event) -> None:
    event.status = Event.Status.HELD
    event.save()

    main = open_page(client, f"/ko/events/{event.slug}/")

    assert texts(main, ".//header//ul[@class='tags']/li") == ["포럼", "개최 완료"]
    assert texts(main, ".//dl/dt")[:3] == ["일시", "장소", "공동 주최"]
    assert texts(main, ".//dl/dd")[:3] == ["2025년 월 미상 6일", "명시되지 않음", "Ministry"]
    assert texts(main, ".//span[@class='role']") == ["기조연설"]


@pytest.mark.parametrize(("is_about", "said"), [(True, "약 200명"), (False, "200명")])
def test_attendance_is_counted_in_people(is_about: bool, said: str) -> None:
    with translation.override("ko"):
        assert present_in_words(Event(attendance=200, attendance_is_about=is_about)) == said


@pytest.mark.django_db
def test_navigation_is_korean(client: Client) -> None:
    nav = parse(client.get("/ko/").content.decode()).find(".//nav[@aria-label='주 메뉴']")

    assert nav is not None
    assert texts(nav, ".//a") == ["뉴스", "행사", "인물", "기관", "주제", "사진"]


@pytest.mark.django_db
@pytest.mark.usefixtures("story")
@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_marked_as_korean_and_leaves_no_placeholder_open(client: Client, address: str) -> None:
    response = client.get(address)

    page = response.content.decode()
    assert (response.status_code, parse(page).attrib["lang"]) == (200, "ko")
    assert "%(" not in page


@pytest.mark.django_db
def test_english_page_stays_english(client: Client, story: Article) -> None:
    page = client.get(story.get_absolute_url()).content.decode()

    assert re.findall(r"[가-힣]+", page) == ["한국어"]  # the name of the other language


@pytest.mark.django_db
def test_post_stands_in_korean_where_its_title_is_known(client: Client) -> None:
    body = make.make_organisation(name="Institute", native_name="연구원", is_public=True)
    person = make.make_person(is_public=True)
    person.positions.create(title="Director", title_ko="원장", organisation=body)

    korean, english = (client.get(f"{prefix}{person.get_absolute_url()}") for prefix in ("/ko", ""))

    assert ("연구원 원장" in korean.content.decode(), "연구원 원장" in english.content.decode()) == (True, False)
    assert "Director, Institute" in english.content.decode()


@pytest.mark.django_db
def test_names_are_read_as_the_readers_language_writes_them(client: Client) -> None:
    """Where the record says how; the other name stands beside it, and what is printed elsewhere stays as it is."""
    ministry = make.make_organisation(slug="ministry", name="Science Ministry", native_name="과학부", is_public=True)
    person = make.make_person(
        slug="kim", family_name="Kim", given_name="Sang-bae", native_name="김상배", is_public=True
    )
    forum = make.make_event(slug="forum", name="Forum", native_name="포럼", starts_on="2025-12-09", is_public=True)
    make.make_row(Hosting, forum, ministry, event=forum, organisation=ministry)
    make.make_row(Appearance, forum, person, event=forum, person=person)
    pages = ["/people/kim/", "/organisations/ministry/", "/events/forum/"]

    english, korean = ([open_page(client, prefix + page) for page in pages] for prefix in ("", "/ko"))

    assert [texts(page, ".//h1") for page in english] == [["Kim Sang-bae 김상배"], ["Science Ministry"], ["Forum"]]
    assert [texts(page, ".//h1") for page in korean] == [["김상배 Kim Sang-bae"], ["과학부"], ["포럼"]]
    assert {"과학부", "김상배"} <= set(links(korean[2]))
    assert "포럼" in links(korean[0])
    assert [one["SUMMARY"] for one in Calendar.from_ical(client.get("/ko/events.ics").content).events] == ["포럼"]
