"""The loader reads a story in a fixed number of queries; what the checks find is kept with it."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from events.models import Event
from newsroom.articles import checks
from newsroom.articles.checks.copy import Copy, Standing
from newsroom.articles.checks.loading import copy_of
from newsroom.articles.models import Article, Byline, Mention, PhotoUse, Translation
from newsroom.dates import PartialDate
from newsroom.photos.models import Lease
from people.models import Attestation, NameVariant, Position
from tests import factories
from tests.articles.checks.copies import AT, DAY, found

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
IN_ORDER = ("topics", "sources", "organisations", "people", "events", "photos", "articles")


def add_rows(article: Article, number: int) -> None:
    person = factories.make_person(native_name="홍길동")
    post = Position.objects.create(person=person, title="Envoy", organisation=factories.make_organisation())
    Attestation.objects.create(position=post, seen_on="2023-12-19")
    NameVariant.objects.create(person=person, spelling="Gildong Hong")
    photo = factories.make_photo(photographer=person)
    Lease.objects.create(photo=photo, effect=Lease.Effect.ALLOW, scope=Lease.Scope.USE)
    Byline.objects.create(article=article, order=number, words="Meridian newsroom")
    Mention.objects.create(article=article, order=number, person=person)
    PhotoUse.objects.create(article=article, order=number, photo=photo, alt_text="A room.")
    article.events.add(factories.make_event(starts_on="2023-12-19"))
    article.sources.add(factories.make_source(text="Something happened."))


def test_loader_takes_thirteen_queries_however_much_hangs_on_the_story() -> None:
    article = factories.make_article(body="<p>Gildong Hong spoke.</p>")
    counted = []

    for rows in (1, 3):
        for number in range(rows):
            add_rows(article, number + 10 * rows)
        with CaptureQueriesContext(connection) as captured:
            copy_of(article, AT)
        counted.append(len(captured))

    assert counted == [13, 13]


def known(article: Article) -> list[tuple[str, str]]:
    return sorted({(one.spelling, one.name) for one in copy_of(article, AT).known})


@pytest.mark.parametrize(
    "printed",
    ["Kim Sang-bae", "Sang-bae Kim", "김상배", "S. B. Kim"],
    ids=["family first", "given first", "native", "variant"],
)
def test_whoever_is_on_record_is_known_by_each_spelling(printed: str) -> None:
    person = factories.make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배")
    NameVariant.objects.create(person=person, spelling="S. B. Kim")
    article = factories.make_article(body=f"<p>There {printed} 교수 spoke.</p>")

    assert known(article) == [(printed, "Kim Sang-bae")]


@pytest.mark.parametrize(
    "printed", ["Kim Sangbae", "Sangbae Kim", "KIM SANG BAE", "Gim Sang-bae", "Sang‑bae Kim"], ids=str
)
def test_whoever_is_on_record_is_known_in_another_romanisation(printed: str) -> None:
    factories.make_person(family_name="Kim", given_name="Sang-bae")
    article = factories.make_article(body=f"<p>In Seoul President {printed} spoke.</p>")

    assert known(article) == [(printed, "Kim Sang-bae")]


@pytest.mark.parametrize("spelling", ["Young-ja Bae", "BAE YOUNG JA", "배영자"])
@pytest.mark.parametrize("printed", ["Bae Youngja", "Pae Young-ja"])
def test_another_romanisation_of_a_recorded_spelling_is_known(printed: str, spelling: str) -> None:
    person = factories.make_person(family_name="Someone", given_name="Else")
    NameVariant.objects.create(person=person, spelling=spelling)
    article = factories.make_article(body=f"<p>There {printed} spoke.</p>")

    assert known(article) == [(printed, "Someone Else")]


def test_name_of_korea_in_two_syllables_is_known_before_a_title_alone() -> None:
    factories.make_person(family_name="Yi", given_name="Sang", native_name="이상")
    of_number, of_person = (
        factories.make_article(body=f"<p>{text}</p>") for text in ("열 명 이상 왔다", "이상 교수는")
    )

    assert (known(of_number), known(of_person)) == ([], [("이상", "Yi Sang")])


def test_family_name_of_several_words_and_capitals_are_known() -> None:
    factories.make_person(family_name="van der Doe", given_name="Jane", name_order="given-first")
    factories.make_person(family_name="Roe", given_name="John", name_order="given-first")
    article = factories.make_article(headline="JOHN ROE RETURNS", body="<p>Then Jane van der Doe spoke.</p>")

    assert known(article) == [("JOHN ROE", "John Roe"), ("Jane van der Doe", "Jane van der Doe")]


@pytest.mark.parametrize(
    ("family", "given", "text"),
    [
        ("Kim", "Sang-bae", "Kim Sang-bum and Lee Sangbae spoke to Sangbae, and Kim to Bae."),
        ("In", "Seo-ul", "In Seoul they met."),
        ("Han", "Gang", "They met beside the Han River, in Gang Nam and Han Yang."),
        ("Kim", "Sang-bae", "The Kim Sangbae Foundation gave the Kim Sang-bae Prize."),
        ("Kim", "Sang-bae", "김상배가 아니라 김상패 교수였다."),
        ("Shin", "Dae-han", "Korea University and the Shin Dynasty Daehan Hall"),
    ],
)
def test_namesakes_places_and_houses_are_nobody(family: str, given: str, text: str) -> None:
    factories.make_person(family_name=family, given_name=given)

    assert known(factories.make_article(body=f"<p>{text}</p>")) == []


def test_who_lies_in_the_trash_is_nobody() -> None:
    trashed = factories.make_person(family_name="Doe", given_name="Jane", trashed_at=AT)
    NameVariant.objects.create(person=trashed, spelling="Dr Jane Doe")

    assert known(factories.make_article(body="<p>There Dr Jane Doe spoke.</p>")) == []


def test_small_word_before_a_hyphen_begins_a_name() -> None:
    factories.make_person(family_name="In", given_name="Yo-han")

    assert known(factories.make_article(body="<p>Then In Yo-han spoke.</p>")) == [("In Yo-han", "In Yo-han")]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL walks small tables whole")
def test_people_are_looked_for_along_an_index() -> None:
    article = factories.make_article(body="<p>Jane Doe met Kim Sangbae and 홍길동.</p>")
    with CaptureQueriesContext(connection) as captured:
        copy_of(article, AT)
    queries = [one["sql"] for one in captured if 'match_key" IN' in one["sql"]]

    with connection.cursor() as cursor:
        steps = [row[3] for query in queries for row in cursor.execute(f"EXPLAIN QUERY PLAN {query}").fetchall()]

    assert len(queries) == 2
    assert [step for step in steps if step.startswith("SCAN")] == []


def standing(seen: list[str], day: str, **dates: str) -> Standing:
    article = factories.make_article()
    article.events.add(factories.make_event(starts_on=day))
    person = factories.make_person()
    post = Position.objects.create(person=person, title="Director", **dates)
    for one in seen:
        Attestation.objects.create(position=post, seen_on=one)
    Mention.objects.create(article=article, person=person)
    return copy_of(article, AT).people[0].posts[0].standing


@pytest.mark.parametrize(
    ("seen", "dates", "expected"),
    [
        (["2023-12-19"], {}, Standing.HELD),
        (["2022-03-16", "2025-07-01"], {}, Standing.HELD),
        (["2022-03-16"], {}, Standing.ELSEWHERE),
        ([], {}, Standing.UNDATED),
        ([], {"starts_on": "2020"}, Standing.HELD),
        ([], {"ends_on": "2022"}, Standing.RULED_OUT),
        (["2022-03-16"], {"starts_on": "2024"}, Standing.RULED_OUT),
    ],
)
def test_post_stands_to_the_day_of_the_event(seen: list[str], dates: dict[str, str], expected: Standing) -> None:
    assert standing(seen, "2023-12-19", **dates) == expected


def test_leases_for_partners_are_no_right_of_ours() -> None:
    article = factories.make_article()
    photo = factories.make_photo(original="held.jpg", credit_line="Agency")
    Lease.objects.create(photo=photo, effect=Lease.Effect.ALLOW, scope=Lease.Scope.SYNDICATION)
    PhotoUse.objects.create(article=article, photo=photo, alt_text="A room.")

    assert [finding.code for finding in checks.errors(article, AT)] == ["rights-missing"]


def test_finding_leads_to_the_row_as_the_form_counts_it() -> None:
    article = factories.make_article()
    for order, is_lead in ((1, False), (2, True)):
        text = "" if is_lead else "A room."
        photo = factories.make_photo()
        PhotoUse.objects.create(article=article, photo=photo, order=order, is_lead=is_lead, alt_text=text)

    assert [finding.link for finding in checks.errors(article, AT)] == ["#id_photo_uses-0-alt_text"]


def test_embargo_of_a_linked_event_is_read() -> None:
    article = factories.make_article()
    article.events.add(factories.make_event(embargo_until=AT + DAY))

    assert [finding.code for finding in checks.errors(article, AT)] == ["event-embargo"]


def test_what_was_found_is_kept_and_said_in_the_readers_language() -> None:
    article = factories.make_article(headline="Ministers in in Seoul", body="<p>12월 19일(월) 2023년 12월 19일(수)</p>")
    before = Article.objects.get().updated_at

    now = checks.keep(article, timezone.now())
    kept = Article.objects.get()

    assert checks.kept(kept) == now
    assert (kept.error_count, kept.warning_count) == (1, 5)
    assert [one["code"] for one in kept.findings][:1] == ["wrong-weekday"]
    assert kept.updated_at == before
    with translation.override("ko"):
        assert "화요일" in checks.kept(kept)[0].sentence


def test_check_that_is_gone_says_nothing() -> None:
    article = Article(findings=[{"code": "of-old", "field": "", "words": {}, "link": ""}])

    assert checks.kept(article) == []


def test_demo_stories_lack_a_dateline_where_the_place_is_unknown_and_nothing_else() -> None:
    call_command("loaddata", *(FIXTURES / f"{name}.json" for name in IN_ORDER), verbosity=0)

    said = {one.slug: [finding.code for finding in checks.look_over(one, AT)] for one in Article.objects.all()}

    assert said == {
        "online-forum-weighs-science-diplomacy-for-a-divided-world": ["no-dateline"],
        "two-ministries-share-a-forum-on-science-diplomacy": ["no-dateline"],
        "specialist-ministries-should-run-science-diplomacy-roundtable-says": ["no-dateline"],
        "seoul-weighs-openness-against-protection-in-technology-diplomacy": [],
        "a-second-model-for-korean-scientists-in-china": [],
    }


def test_slips_in_a_demo_story_are_found() -> None:
    """A story of the demo, spoilt the way its source is: a spelling, a title of another day, an unlinked speaker."""
    call_command("loaddata", *(FIXTURES / f"{name}.json" for name in IN_ORDER), verbosity=0)
    article = Article.objects.get(slug="seoul-weighs-openness-against-protection-in-technology-diplomacy")
    article.body = article.body.replace("Hah Taekjip", "Ha Taek-jip").replace("on 9 December", "on 8 December")
    article.mentions.filter(person__slug="koo-bonkyung").update(title_as_printed="Director, IBS")
    article.mentions.filter(person__slug="kim-jina").delete()

    said = [(one.code, one.field) for one in checks.look_over(article, AT)]

    assert said == [
        ("event-on-another-day", "body"),
        ("name-spelt-otherwise", "body"),
        ("recorded-person-not-linked", "mentions"),
        ("title-of-another-day", "mentions-3-title_as_printed"),
    ]


def test_dates_of_events_are_read_with_their_precision() -> None:
    article = factories.make_article()
    article.events.add(factories.make_event(starts_on="2025-XX-06"))

    seen: Copy = copy_of(article, AT)

    assert [meeting.starts_on for meeting in seen.meetings] == [PartialDate.parse("2025-XX-06")]
    assert found("event-on-another-day", seen) == []
    assert Event.objects.get().starts_on_earliest == dt.date(2025, 1, 6)


def test_photo_knows_how_often_it_is_used_and_what_its_record_lacks() -> None:
    photo = factories.make_photo(rights="agency", original="2026/a.jpg", width=3, height=2)
    articles = [factories.make_article() for _story in range(3)]
    Translation.objects.create(article=articles[2], original=articles[1])  # shows the same one, and is no use more
    for article in articles:
        PhotoUse.objects.create(article=article, photo=photo, is_decorative=True)

    (seen,) = copy_of(articles[0], AT).pictures

    assert (seen.uses, seen.lacks_terms) == (2, True)
    assert "photo-used-before" in [one.code for one in checks.keep(articles[0], AT)]
    assert articles[0].warning_count == len(checks.warnings(articles[0], AT))
