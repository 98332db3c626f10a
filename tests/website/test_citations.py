"""A story as reference managers take it: each format by its own rules, whatever signs the headline has."""

import datetime as dt
import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline
from newsroom.website.citations import Citation, Name, as_bibtex, as_csl, as_ris, as_text
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 16, tzinfo=dt.UTC)  # the tenth where the newsroom is


def cited(**over: object) -> Citation:
    fields = {
        "slug": "a-story",
        "headline": "A story",
        "address": "https://newsroom.example/articles/a-story/",
        "language": "en",
        "day": dt.date(2025, 12, 10),
        "number": 2,
        "authors": [Name("Meridian newsroom")],
    }
    return Citation(**{**fields, **over})  # type: ignore[arg-type]


def test_ris_is_a_tag_a_line_and_ends_its_record() -> None:
    people = {"authors": [Name("Doe", "Kim", is_person=True)], "translators": [Name("Institute of Words, Seoul")]}

    assert as_ris(cited(**people, keywords=["Space"], abstract="In short.")) == (
        "TY  - NEWS\r\n"
        "TI  - A story\r\n"
        "AU  - Doe, Kim\r\n"
        "A4  - Institute of Words Seoul\r\n"
        "T2  - Meridian\r\n"
        "PB  - Meridian\r\n"
        "PY  - 2025\r\n"
        "DA  - 2025/12/10\r\n"
        "ET  - 2\r\n"
        "AB  - In short.\r\n"
        "KW  - Space\r\n"
        "LA  - en\r\n"
        "UR  - https://newsroom.example/articles/a-story/\r\n"
        "ID  - a-story\r\n"
        "ER  - \r\n"
    )


def test_text_with_a_line_break_makes_no_tag_of_its_own() -> None:
    assert "\r\nER" not in as_ris(cited(abstract="One.\nER  - \r\nTwo.")).removesuffix("\r\nER  - \r\n")


def test_bibtex_keeps_every_sign_and_its_braces_in_balance() -> None:
    entry = as_bibtex(
        cited(headline=r"50 % of {AT&T} \ 과학_외교 #1 ~^ $5 }", authors=[Name("Ministry of Art and War")])
    )

    assert entry == (
        "@article{Meridian2025:a-story,\n"
        r"  title = {{50 \% of \textbraceleft{}AT\&T\textbraceright{} \textbackslash{} 과학\_외교 \#1 "
        r"\textasciitilde{}\textasciicircum{} \$5 \textbraceright{}}},"
        "\n"
        "  author = {{Ministry of Art and War}},\n"
        "  journal = {Meridian},\n"
        "  year = {2025},\n"
        "  month = {12},\n"
        "  day = {10},\n"
        "  date = {2025-12-10},\n"
        "  langid = {english},\n"
        "  url = {https://newsroom.example/articles/a-story/},\n"
        "}\n"
    )
    assert entry.count("{") == entry.count("}")


def test_people_are_told_from_bodies() -> None:
    authors = [Name("Doe", "Kim", is_person=True), Name("Meridian newsroom")]

    (item,) = json.loads(as_csl(cited(authors=authors)))

    assert item["author"] == [{"family": "Doe", "given": "Kim"}, {"literal": "Meridian newsroom"}]
    assert "author = {Doe, Kim and {Meridian newsroom}}" in as_bibtex(cited(authors=authors))


def test_csl_has_the_newsrooms_day() -> None:
    (item,) = json.loads(as_csl(cited(headline="과학외교 “now”", language="ko")))

    assert (item["type"], item["title"], item["language"], item["issued"]) == (
        "article-newspaper",
        "과학외교 “now”",
        "ko",
        {"date-parts": [[2025, 12, 10]]},
    )


def test_line_of_text_names_authors_year_headline_and_address() -> None:
    authors = [Name("Doe", "Kim", is_person=True), Name("Meridian newsroom")]

    assert as_text(cited(authors=authors)) == (
        "Doe, Kim and Meridian newsroom (2025) ‘A story’, Meridian. https://newsroom.example/articles/a-story/"
    )


def test_line_of_text_keeps_many_authors_apart_though_their_names_have_commas() -> None:
    doe, desk, office = Name("Doe", "Kim", is_person=True), Name("Desk"), Name("Roe, Poe & Co.")

    lines = [as_text(cited(authors=authors)).partition(" (")[0] for authors in ([doe, desk, office], [desk] * 3)]

    assert lines == ["Doe, Kim; Desk and Roe, Poe & Co.", "Desk, Desk and Desk"]


def publish(**over: object) -> Article:
    article = make.make_article(**{"slug": "a-story", "headline": "A story", **over})
    workflow.publish(article, by=None, at=AT)
    return article


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ending", "media_type", "first"),
    [
        ("ris", "application/x-research-info-systems", "TY  - NEWS"),
        ("bib", "application/x-bibtex", "@article{Meridian2025:a-story,"),
        ("csl.json", "application/vnd.citationstyles.csl+json", "["),
        ("txt", "text/plain", "Meridian (2025) ‘A story’, Meridian. http://testserver/articles/a-story/"),
    ],
)
def test_each_format_has_its_address_and_media_type(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, ending: str, media_type: str, first: str
) -> None:
    article = make.make_article(slug="a-story", headline="A story")
    article.topics.add(make.make_topic(is_public=True))
    workflow.publish(article, by=None, at=AT)
    client.get("/corrections/")

    with django_assert_num_queries(3):
        response = client.get(f"/articles/a-story/cite.{ending}")

    assert (response.headers["Content-Type"], response.content.decode().splitlines()[0]) == (
        f"{media_type}; charset=utf-8",
        first,
    )


@pytest.mark.django_db
def test_person_who_is_not_public_is_cited_as_the_story_prints_them(client: Client) -> None:
    article = make.make_article(slug="a-story")
    hidden = make.make_person(family_name="Doe", given_name="Kim")
    shown = make.make_person(family_name="Roe", given_name="Lee", is_public=True)
    Byline.objects.create(article=article, person=hidden)
    Byline.objects.create(article=article, person=shown, role="reporting", order=1)
    Byline.objects.create(article=article, words="Desk", role="editing", order=2)
    workflow.publish(article, by=None, at=AT)

    lines = client.get("/articles/a-story/cite.ris").content.decode().splitlines()

    assert [line for line in lines if line[:2] in {"AU", "ED"}] == ["AU  - Doe Kim", "AU  - Roe, Lee", "ED  - Desk"]


@pytest.mark.django_db
def test_citation_of_what_is_not_public_is_none(client: Client) -> None:
    make.make_article(slug="draft", headline="Secret")
    withdrawn = publish(slug="withdrawn", headline="Secret")
    workflow.withdraw(withdrawn, by=None, at=AT + dt.timedelta(days=1))
    publish(slug="standing")

    answers = [
        client.get(f"/articles/{path}") for path in ("draft/cite.ris", "withdrawn/cite.ris", "standing/cite.doc")
    ]

    assert [answer.status_code for answer in answers] == [404, 410, 404]
    assert ["Secret" in answer.content.decode() for answer in answers] == [False, False, False]


@pytest.mark.django_db
def test_former_address_of_a_citation_leads_to_the_present_one(client: Client) -> None:
    article = publish(slug="former")
    article.slug = "present"
    with make.changes.recording() as record:
        article.save()
        record.touch(article)

    response = client.get("/articles/former/cite.bib")

    assert (response.status_code, response.headers["Location"]) == (301, "/articles/present/cite.bib")
