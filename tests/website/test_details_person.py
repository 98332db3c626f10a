"""The page of a person: spellings, posts, appearances, words and company."""

import datetime as dt

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance, Event, Statement
from newsroom.articles import workflow
from newsroom.photos.models import Depiction, Lease, Rendition
from people.models import Attestation, NameVariant, Person, Position
from tests import factories as make
from tests.website.html import links, open_page, parse, part, texts, words

AT = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)
QUERIES = 20
pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> Person:
    return make.make_person(slug="kim-sang-bae", family_name="Kim", given_name="Sang-bae", is_public=True)


def meet(event: Event, *people: Person, **values: object) -> None:
    for order, person in enumerate(people):
        make.make_row(Appearance, event, event=event, person=person, order=order, **values)


def say(event: Event, person: Person, text: str) -> None:
    order = event.statements.count()
    make.make_row(Statement, event, event=event, person=person, order=order, text=text)


def test_person_who_is_not_public_is_not_found(client: Client) -> None:
    person = make.make_person(given_name="Secret")

    answer = client.get(person.get_absolute_url())

    assert answer.status_code == 404
    assert "Secret" not in answer.content.decode()


def test_person_is_spelt_in_every_way_with_the_sources(client: Client, kim: Person) -> None:
    for spelling, publisher in (("Kim Sang-bae", "dongA"), ("Sang-bae Kim", "KISTEP"), ("Sang-bae Kim", "Asiae")):
        source = make.make_source(publisher=publisher)
        make.make_row(NameVariant, kim, person=kim, spelling=spelling, source=source)

    section = part(open_page(client, kim.get_absolute_url()), "spellings")

    assert texts(section, ".//li") == ["Kim Sang-bae dongA", "Sang-bae Kim KISTEP Asiae"]


def test_person_holds_posts_on_the_days_on_which_they_were_seen(client: Client, kim: Person) -> None:
    university = make.make_organisation(name="Seoul National University", is_public=True)
    post = make.make_row(Position, kim, person=kim, title="Professor", organisation=university)
    source = make.make_source(publisher="KISTEP")
    make.make_row(
        Attestation, kim, position=post, seen_on="2023-12-19", title_as_printed="professor of politics", source=source
    )

    main = open_page(client, kim.get_absolute_url())

    assert texts(part(main, "positions"), ".//td") == [
        "ProfessorSeoul National University",
        "Start and end not on record",
        "19 December 2023: “professor of politics” KISTEP",
    ]
    assert words(main.find(".//p[@class='now']")) == (
        "Professor, Seoul National University as seen on 19 December 2023"
    )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        ("2020", "2024-05", "2020 to May 2024"),
        ("", "2024-05", "until May 2024"),
        ("2100", "", "from 2100"),
        ("", "", "when is not known"),
    ],
)
def test_post_that_is_not_of_today_says_when_it_was(
    client: Client, kim: Person, starts_on: str, ends_on: str, told: str
) -> None:
    make.make_row(Position, kim, person=kim, title="Envoy", starts_on=starts_on, ends_on=ends_on)

    main = open_page(client, kim.get_absolute_url())

    assert words(main.find(".//p[@class='now']")) == f"Envoy {told}"


def test_person_shows_only_words_that_may_be_attributed(client: Client, kim: Person) -> None:
    public = make.make_event(name="Forum", is_public=True, starts_on="2023-12-19")
    private = make.make_event(name="Secret forum")
    silent = make.make_event(name="Secret round", is_public=True, attribution=Event.Attribution.CHATHAM_HOUSE)
    for event, text in ((public, "On record."), (private, "Secret one."), (silent, "Secret two.")):
        meet(event, kim)
        say(event, kim, text)

    main = open_page(client, kim.get_absolute_url())

    assert texts(part(main, "said"), ".//blockquote") == ["On record. Forum, 19 December 2023."]
    assert texts(main, ".//dl[@class='stats']//dd") == ["1", "1", "0", "0"]
    assert "Secret" not in words(main)


def test_person_appears_with_the_title_printed_then(client: Client, kim: Person) -> None:
    for name, day, title in (("First", "2022", "lecturer"), ("Second", "2025-12", "professor")):
        event = make.make_event(name=name, starts_on=day, is_public=True)
        meet(event, kim, role="presentation", title_as_printed=title)

    section = part(open_page(client, kim.get_absolute_url()), "appearances")

    assert texts(section, ".//td") == [
        *("December 2025", "Second", "Presentation", "Professor"),
        *("2022", "First", "Presentation", "Lecturer"),
    ]


def test_person_shares_programmes_with_those_named_there(client: Client, kim: Person) -> None:
    cho, lee, private = (
        make.make_person(given_name=one, is_public=one != "Private") for one in ("Cho", "Lee", "Private")
    )
    first, second = (
        make.make_event(name=one, starts_on=day, is_public=True) for one, day in (("A", "2023"), ("B", "2025"))
    )
    meet(first, kim, cho, lee)
    meet(second, kim, cho, private)
    silent = make.make_event(is_public=True, attribution=Event.Attribution.CHATHAM_HOUSE)
    meet(silent, kim, make.make_person(given_name="Secret", is_public=True))

    section = part(open_page(client, kim.get_absolute_url()), "company")

    assert texts(section, "./details/ul/li") == [
        "B 2025 Doe Cho (met again at another event) Doe Private",
        "A 2023 Doe Cho (met again at another event) Doe Lee",
    ]
    assert [name for name in links(section) if name.startswith("Doe")] == ["Doe Cho", "Doe Lee"]


def test_person_leads_to_public_stories_and_photos(client: Client, kim: Person) -> None:
    for headline in ("Out", "Secret draft"):
        article = make.make_article(headline=headline)
        article.mentions.create(person=kim)
        if headline == "Out":
            workflow.publish(article, by=None, at=AT)
    for caption, is_public in (("Shown.", True), ("Secret.", False)):
        photo = make.make_photo(description=caption, is_public=is_public)
        make.make_row(Depiction, photo, photo=photo, person=kim)

    main = open_page(client, kim.get_absolute_url())

    assert texts(part(main, "stories"), ".//h3") == ["Out"]
    assert [one.caption for one in client.get(kim.get_absolute_url()).context["page"].photos] == ["Shown."]
    assert "Secret" not in words(main)


@pytest.mark.parametrize(("is_cleared", "portraits"), [(True, 1), (False, 0)])
def test_portrait_is_a_cleared_photograph_and_never_a_drawing(
    client: Client, kim: Person, is_cleared: bool, portraits: int
) -> None:
    photo = make.make_photo(is_public=True, original="x.jpg", width=9, height=6)
    make.make_row(Depiction, photo, photo=photo, person=kim, is_portrait=True)
    for is_placeholder in (True, False):
        one = Rendition(photo=photo, is_placeholder=is_placeholder, format="WEBP", width=640, height=640, size=1)
        one.file.save(f"{is_placeholder}.webp", ContentFile(b"x"))
    if is_cleared:
        make.make_row(Lease, photo, photo=photo, effect="allow", scope="use")

    main = open_page(client, kim.get_absolute_url())

    assert len(main.findall(".//a[@class='portrait']//img")) == portraits
    assert len(main.findall(".//header/span[@class='mono']")) == 1 - portraits


def test_long_career_shows_its_latest_posts_and_leads_to_all(client: Client, kim: Person) -> None:
    Position.objects.bulk_create(
        Position(person=kim, title=f"Post {year}", starts_on=str(year)) for year in range(2000, 2016)
    )

    latest, whole = (open_page(client, f"{kim.get_absolute_url()}{query}") for query in ("", "?part=positions"))

    rows = [texts(part(main, "positions"), ".//tbody/tr/td/b") for main in (latest, whole)]
    assert [(len(posts), posts[0]) for posts in rows] == [(6, "Post 2015"), (16, "Post 2015")]
    assert links(part(latest, "positions")) == {"All 16 posts": "?part=positions#positions"}
    assert links(part(whole, "positions")) == {"The whole page": "./"}


@pytest.mark.parametrize(
    ("place", "range_", "earlier", "later"),
    [("before=11", "1–10", [], ["?part=positions&after=10"]), ("after=20", "21–30", ["?part=positions&before=21"], [])],
)
def test_part_of_a_record_says_which_it_is_and_stays_out_of_search_engines(
    client: Client, kim: Person, place: str, range_: str, earlier: list[str], later: list[str]
) -> None:
    Position.objects.bulk_create(
        Position(person=kim, title=f"Post {year}", starts_on=str(year)) for year in range(1970, 2000)
    )
    address = f"{kim.get_absolute_url()}?part=positions&{place}"

    page = parse(client.get(address).content.decode())

    told = [[one.attrib["href"] for one in page.iterfind(f".//head/link[@rel='{rel}']")] for rel in ("prev", "next")]
    assert words(page.find(".//title")).startswith(f"Positions, {range_} of 30 – ")
    assert [one.attrib["content"] for one in page.iterfind(".//meta[@name='robots']")] == ["noindex,follow"]
    assert page.find(".//link[@rel='canonical']").attrib["href"] == f"http://testserver{address}"
    assert told == [earlier, later]
    assert page.find(".//link[@hreflang]") is None


@pytest.mark.parametrize(
    ("asked", "range_", "canonical"),
    [
        ("part=positions&after=999", "Positions, 3 of 3 – ", "part=positions&after=2"),
        ("part=positions&before=abc", "Positions – ", "part=positions"),
    ],
)
def test_part_asked_for_beyond_its_rows_says_where_it_is(
    client: Client, kim: Person, asked: str, range_: str, canonical: str
) -> None:
    Position.objects.bulk_create(Position(person=kim, title=f"Post {year}") for year in range(3))

    page = parse(client.get(f"{kim.get_absolute_url()}?{asked}").content.decode())

    assert words(page.find(".//title")).startswith(range_)
    assert page.find(".//link[@rel='canonical']").attrib["href"].endswith(f"/?{canonical}")
    assert "Nothing more" not in words(page)


def test_meetings_without_a_date_stand_behind_all_others(client: Client, kim: Person) -> None:
    days = {"Old": "1990", "Undated": "", "New": "2020"}
    for name, day in days.items():
        meet(make.make_event(name=name, starts_on=day, is_public=True), kim)

    main = open_page(client, kim.get_absolute_url())

    assert [name for name in texts(part(main, "appearances"), ".//a") if name in days] == ["New", "Old", "Undated"]


@pytest.mark.parametrize("part", ["said", "programme"])
def test_part_that_a_record_has_nothing_of_is_not_there(client: Client, kim: Person, part: str) -> None:
    answer = client.get(f"{kim.get_absolute_url()}?part={part}")

    assert answer.status_code == 404


def test_page_of_a_long_career_in_wide_company_is_light_before_its_drawing(client: Client, kim: Person) -> None:
    Position.objects.bulk_create(
        Position(person=kim, title=f"Professor of International Relations, term {year}", starts_on=str(year))
        for year in range(1960, 2020)
    )
    crowd = Person.objects.bulk_create(
        Person(slug=f"somebody-{number}", family_name=f"Somebody{number}", is_public=True) for number in range(220)
    )
    for number in range(8):
        event = make.make_event(name=f"Conference on Science Diplomacy {number}", starts_on="2025", is_public=True)
        meet(event, kim, *crowd[number::8], crowd[number + 1])

    page = client.get(kim.get_absolute_url()).content
    start, end = page.index(b"<figure"), page.index(b"</figure>")

    style = (settings.BASE_DIR / "newsroom/static/site.css").stat().st_size
    assert len(page[:start] + page[end:]) + style < 60_000
    assert (b'class="again"' in page[start:end], end - start < 13_000) == (True, True)


def test_crowded_meeting_names_those_met_again_first_and_leads_to_the_others(client: Client, kim: Person) -> None:
    others = [make.make_person(family_name=f"Doe{number}", given_name="", is_public=True) for number in range(9)]
    crowded = make.make_event(name="Crowded", starts_on="2026-01-02", is_public=True)
    meet(crowded, kim, *others)
    meet(make.make_event(name="Small", starts_on="2026-01-01", is_public=True), kim, others[8])

    main = open_page(client, kim.get_absolute_url())

    named = texts(part(main, "company"), ".//ul[@class='tree']/li[1]/ul/li")
    assert named == ["Doe8 (met again at another event)", "Doe0", "Doe1", "Doe2", "Doe3", "and 4 more"]
    assert links(part(main, "company"))["and 4 more"] == crowded.get_absolute_url()


def full_person(rows: int) -> Person:
    person = make.make_person(is_public=True)
    for order in range(rows):
        source = make.make_source()
        organisation = make.make_organisation(is_public=True)
        post = make.make_row(Position, person, person=person, title=f"Post {order}", organisation=organisation)
        make.make_row(Attestation, person, position=post, seen_on="2025-12-09", source=source)
        make.make_row(NameVariant, person, person=person, spelling="Variant", source=source)
        event = make.make_event(is_public=True, starts_on="2025-12-09", venue=make.make_venue())
        meet(event, person, make.make_person(is_public=True))
        say(event, person, "Words.")
        photo = make.make_photo(is_public=True, event=event, source=source)
        make.make_row(Depiction, photo, photo=photo, person=person)
        article = make.make_article()
        article.mentions.create(person=person)
        article.sources.add(source)
        article.photo_uses.create(photo=photo, is_lead=True)
        workflow.publish(article, by=None, at=AT)
    return person


def test_person_counts_all_whom_they_met_and_tells_what_they_spoke_of(client: Client, kim: Person) -> None:
    space = make.make_topic(name="Space", is_public=True)
    hidden = make.make_topic(name="Secret")
    for year in range(2000, 2014):
        event = make.make_event(is_public=True, starts_on=str(year))
        event.topics.set([space, hidden])
        meet(event, kim, make.make_person(is_public=True))
        say(event, kim, "That it matters.")

    main = open_page(client, kim.get_absolute_url())

    assert texts(main, ".//dl[@class='stats']//dd") == ["14", "14", "14", "0"]
    assert words(part(main, "company").find("div/p")) == "At the latest meetings"
    assert texts(part(main, "about-h"), ".//li") == ["Space"]


@pytest.mark.parametrize("met", [15, 17])
def test_person_shows_the_latest_appearances_and_folds_a_crowd_of_them(client: Client, kim: Person, met: int) -> None:
    for year in range(2000, 2000 + met):
        meet(make.make_event(is_public=True, starts_on=str(year)), kim)

    section = part(open_page(client, kim.get_absolute_url()), "appearances")

    shown = [len(section.findall(path)) for path in ("table/tbody/tr", "details/table/tbody/tr")]
    assert shown == ([15, 0] if met == 15 else [12, 5])


@pytest.mark.parametrize("rows", [1, 3])
def test_person_costs_the_same_however_active(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    person = full_person(rows)
    client.get("/corrections/")

    with django_assert_num_queries(QUERIES):
        client.get(person.get_absolute_url())
