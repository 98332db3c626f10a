"""A story in two languages: each page leads to the other, and tells machines which address is for whom."""

import datetime as dt
import json
import re

import pytest
from django.test import Client

from newsroom.articles import workflow
from newsroom.articles.models import Article, Translation
from tests import factories as make
from tests.website.html import links, open_page, parse, texts, words

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def original() -> Article:
    article = make.make_article(slug="they-met", headline="They met")
    workflow.publish(article, by=None, at=AT)
    return article


@pytest.fixture
def korean(original: Article) -> Article:
    article = make.make_article(slug="moyeotda", headline="모였다", language="ko")
    make.make_row(Translation, article, article=article, original=original, made_from=1)
    workflow.publish(article, by=None, at=AT)
    return article


def head_of(client: Client, path: str) -> tuple[str, dict[str, str], str, list[str]]:
    """Canonical address, alternates by language, locale and the other ones."""
    page = client.get(path).content.decode()
    root = parse(page)
    found = {one.attrib["hreflang"]: one.attrib["href"] for one in root.iterfind(".//head/link[@hreflang]")}
    (canonical,) = (one.attrib["href"] for one in root.iterfind(".//link[@rel='canonical']"))
    (locale,) = re.findall(r'og:locale" content="(\w+)"', page)
    return canonical, found, locale, re.findall(r'og:locale:alternate" content="(\w+)"', page)


def told_of(client: Client, path: str) -> tuple[str, str]:
    """The addresses that the page tells machines: of its own text, and of the one in the other language."""
    block = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode())[0]
    facts = json.loads(block)
    other = facts.get("translationOfWork") or facts["workTranslation"][0]
    return facts["mainEntityOfPage"], other["url"]


def test_reader_of_a_translation_is_told_that_its_original_was_corrected(client: Client, korean: Article) -> None:
    workflow.correct(korean.translation.original, by=None, at=AT + dt.timedelta(days=1), note="There were two.")

    told = [client.get(f"{prefix}/articles/moyeotda/").content.decode() for prefix in ("", "/ko")]

    english, korean_words = (parse(page).find(".//header/p[@class='rule-note']") for page in told)
    said = "The original of this translation was corrected on 10 December 2025; this text does not follow it yet."
    assert words(english) == f"{said} Read the correction"
    assert words(korean_words).startswith("이 번역의 원문이 2025년 12월 10일에 정정되었으며, 번역에는 아직 ")
    assert links(korean_words) == {"정정 내용 보기": "/articles/they-met/#corrections"}
    facts = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', told[0])[0])
    assert [one["text"] for one in facts["translationOfWork"]["correction"]] == ["There were two."]
    assert "rule-note" not in client.get("/articles/they-met/").content.decode()


def switch_of(client: Client, path: str) -> dict[str, str]:
    root = parse(client.get(path).content.decode())
    return links(root.find(".//ul[@class='lang']"))


ALTERNATES = {
    "en": "http://testserver/articles/they-met/",
    "ko": "http://testserver/ko/articles/moyeotda/",
    "x-default": "http://testserver/articles/they-met/",
}


@pytest.mark.parametrize(
    ("path", "canonical", "locale", "others"),
    [
        ("/articles/they-met/", ALTERNATES["en"], "en_GB", ["ko_KR"]),
        ("/ko/articles/they-met/", ALTERNATES["en"], "en_GB", ["ko_KR"]),
        ("/ko/articles/moyeotda/", ALTERNATES["ko"], "ko_KR", ["en_GB"]),
        ("/articles/moyeotda/", ALTERNATES["ko"], "ko_KR", ["en_GB"]),
    ],
)
def test_each_text_has_one_address_and_knows_the_other(
    client: Client, korean: Article, path: str, canonical: str, locale: str, others: list[str]
) -> None:
    (other,) = {ALTERNATES["en"], ALTERNATES["ko"]} - {canonical}
    assert head_of(client, path) == (canonical, ALTERNATES, locale, others)
    assert told_of(client, path) == (canonical, other)


@pytest.mark.parametrize(("prefix", "read"), [("", ["Elsewhere", "They met"]), ("/ko", ["모였다", "Elsewhere"])])
def test_pages_offer_a_story_in_the_readers_language_alone(
    client: Client, original: Article, prefix: str, read: list[str]
) -> None:
    """And one that there is in another language only in that; a translation is no related story of its original."""
    person = make.make_person(slug="kim", is_public=True)
    others = [make.make_article(headline="Elsewhere"), make.make_article(headline="모였다", language="ko")]
    make.make_row(Translation, others[1], article=others[1], original=original)
    for hours, article in enumerate([*others[:1], original, *others[1:]]):
        article.mentions.create(person=person)
        workflow.publish(article, by=None, at=AT + dt.timedelta(hours=hours))
    address = f"{prefix}{(others[1] if prefix else original).get_absolute_url()}"

    front, about, story = (open_page(client, one) for one in (f"{prefix}/", f"{prefix}/people/kim/", address))

    assert sorted(texts(front, ".//h2//a")[:2]) == sorted(read)
    assert sorted(texts(about, ".//section[@aria-labelledby='stories']//h3")) == sorted(read)
    assert texts(story, ".//section[@aria-labelledby='related-h']//h3") == ["Elsewhere"]


def test_original_that_came_to_be_in_the_language_of_its_translation_stays_listed(
    client: Client, original: Article, korean: Article
) -> None:
    original.language = "ko"
    original.save()
    workflow.correct(original, by=None, at=AT + dt.timedelta(hours=1), note="It was written in Korean.")

    rows = client.get("/ko/articles/").context["listing"].rows

    assert [row.edition.article for row in rows] == [original]


def test_language_switch_leads_to_the_translation(client: Client, korean: Article) -> None:
    assert switch_of(client, "/articles/they-met/") == {"한국어": "/ko/articles/moyeotda/"}
    assert switch_of(client, "/ko/articles/moyeotda/") == {"English": "/articles/they-met/"}
    assert switch_of(client, "/articles/moyeotda/") == {"한국어": "/ko/articles/moyeotda/"}


def test_language_switch_stays_on_a_story_that_has_no_translation(client: Client, original: Article) -> None:
    assert switch_of(client, "/articles/they-met/") == {"한국어": "/ko/articles/they-met/"}


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/articles/moyeotda/cite.ris", f"UR  - {ALTERNATES['ko']}\r\n"),
        ("/feeds/articles.rss?language=ko", f"<link>{ALTERNATES['ko']}</link>"),
        ("/feeds/articles.rss?language=en", f"<link>{ALTERNATES['en']}</link>"),
    ],
)
def test_citations_and_feeds_name_a_text_in_its_own_surroundings(
    client: Client, korean: Article, path: str, line: str
) -> None:
    assert line in client.get(path).content.decode()


def test_page_names_the_text_in_the_other_language(client: Client, korean: Article) -> None:
    english = open_page(client, "/articles/they-met/").find(".//div[@class='rail']/dl")
    translated = open_page(client, "/articles/moyeotda/").find(".//div[@class='rail']/dl")

    assert links(english) == {"모였다": "/ko/articles/moyeotda/"}
    assert links(translated) == {"They met": "/articles/they-met/"}


def test_translation_to_come_is_named_nowhere(client: Client, original: Article) -> None:
    secret = make.make_article(slug="secret", headline="Secret", language="ko")
    make.make_row(Translation, secret, article=secret, original=original)
    workflow.publish(secret, by=None, at=AT, visible_from=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))

    assert "ecret" not in client.get("/articles/they-met/").content.decode()


def read(client: Client, path: str) -> str:
    return b"".join(client.get(path).streaming_content).decode()  # type: ignore[attr-defined]


def test_sitemap_gives_each_text_its_own_address_and_that_of_the_other(client: Client, korean: Article) -> None:
    alone = make.make_article(slug="alone")
    workflow.publish(alone, by=None, at=AT)

    files = re.findall(r"http://testserver(/sitemap-article-\d+\.xml)", read(client, "/sitemap.xml"))
    entries = [entry for file in files for entry in read(client, file).split("<url>")[1:]]

    found = {
        re.findall(r"<loc>(.*?)</loc>", one)[0]: re.findall(r'hreflang="(.*?)" href="(.*?)"', one) for one in entries
    }
    both = list(ALTERNATES.items())
    surroundings = [
        ("en", "http://testserver/articles/alone/"),
        ("ko", "http://testserver/ko/articles/alone/"),
        ("x-default", "http://testserver/articles/alone/"),
    ]
    assert found == {
        "http://testserver/articles/alone/": surroundings,
        "http://testserver/ko/articles/alone/": surroundings,
        ALTERNATES["en"]: both,
        ALTERNATES["ko"]: both,
    }
