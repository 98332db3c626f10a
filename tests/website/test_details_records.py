"""The pages of an organisation, a topic and a photo."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance, Event, Hosting, Statement
from newsroom.articles import workflow
from newsroom.models import Topic
from newsroom.photos.models import Depiction, Photo
from people.models import Attestation, NameVariant, Organisation, Position
from tests import factories as make
from tests.website.html import links, open_page, part, texts, words

AT = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)
ORGANISATION_QUERIES, TOPIC_QUERIES, PHOTO_QUERIES = 20, 19, 15
pytestmark = pytest.mark.django_db


def test_records_that_are_not_public_are_not_found(client: Client) -> None:
    records = [
        make.make_organisation(name="Secret institute"),
        make.make_topic(name="Secret topic"),
        make.make_photo(description="Secret photo"),
    ]

    answers = [client.get(one.get_absolute_url()) for one in records]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert ["Secret" in answer.content.decode() for answer in answers] == [False, False, False]


# Organisations


def test_organisation_goes_by_all_its_names_and_stands_among_its_parts(client: Client) -> None:
    whole = make.make_organisation(name="National Assembly", is_public=True)
    organisation = make.make_organisation(
        name="Futures Institute", short_name="FI", kind="institute", country="KR", parent=whole, is_public=True
    )
    make.make_row(NameVariant, organisation, organisation=organisation, spelling="Institute of Futures")
    centre = make.make_organisation(name="Centre", parent=organisation, is_public=True)
    make.make_organisation(name="Secret part", parent=organisation)

    main = open_page(client, organisation.get_absolute_url())

    assert texts(main, ".//header/p") == ["Research institute, South Korea", "Also called FI, Institute of Futures"]
    assert links(part(main, "about")) == {
        "National Assembly": whole.get_absolute_url(),
        "Centre": centre.get_absolute_url(),
    }


def test_organisation_lists_public_people_by_post_with_the_days(client: Client) -> None:
    organisation = make.make_organisation(is_public=True)
    jeong, an, private = (
        make.make_person(family_name=name, given_name="", is_public=name != "Secret")
        for name in ("Jeong", "An", "Secret")
    )
    for person, days in ((an, ("2025-07-01",)), (jeong, ("2022-03-16", "2023-12-19")), (private, ("2025",))):
        post = make.make_row(Position, person, person=person, organisation=organisation, title="President")
        for day in days:
            make.make_row(Attestation, person, position=post, seen_on=day)

    section = part(open_page(client, organisation.get_absolute_url()), "posts")

    assert texts(section, ".//tr/td[1]") == ["PresidentJeong", "PresidentAn"]
    assert texts(section, ".//tr/td[3]") == ["16 March 202219 December 2023", "1 July 2025"]


def test_organisation_of_many_posts_shows_those_on_record_last_and_leads_to_everyone(client: Client) -> None:
    organisation = make.make_organisation(slug="kistep", is_public=True)
    doe = make.make_person(is_public=True)
    Position.objects.bulk_create(
        Position(person=doe, organisation=organisation, title=f"Post {year}", starts_on=str(year))
        for year in range(1990, 2012)
    )

    posts = part(open_page(client, organisation.get_absolute_url()), "posts")

    assert texts(posts, ".//tbody/tr/td/b") == [f"Post {year}" for year in range(1992, 2012)]
    assert words(posts.find("div/p")) == "Those seen there last · All people"
    assert links(posts)["All people"] == "/people/?organisation=kistep"


def test_organisation_lists_public_events_by_its_part_and_words_in_its_name(client: Client) -> None:
    organisation = make.make_organisation(is_public=True)
    for name, role, is_public in (("A", "organiser", True), ("B", "host", True), ("Secret", "host", False)):
        event = make.make_event(name=name, is_public=is_public)
        make.make_row(Hosting, event, event=event, organisation=organisation, role=role)
        make.make_row(Statement, event, event=event, organisation=organisation, order=1, text=f"{name} said.")

    main = open_page(client, organisation.get_absolute_url())

    assert texts(part(main, "events"), ".//dt") == ["As host", "As organiser"]
    assert texts(part(main, "events"), ".//dd/a") == ["B", "A"]
    assert texts(part(main, "said"), ".//blockquote/p") == ["B said.", "A said."]
    assert "Secret" not in words(main)


# Topics


def test_topic_shows_its_latest_public_stories_and_events(client: Client) -> None:
    topic = make.make_topic(name="Security", description="What it is.", is_public=True)
    for headline in ("Out", "Secret draft"):
        article = make.make_article(headline=headline)
        article.topics.add(topic)
        if headline == "Out":
            workflow.publish(article, by=None, at=AT)
    for name, is_public in (("Forum", True), ("Secret forum", False)):
        make.make_event(name=name, is_public=is_public).topics.add(topic)

    main = open_page(client, topic.get_absolute_url())

    assert texts(main, ".//header/*") == ["Topic", "Security", "What it is."]
    assert texts(part(main, "stories"), ".//h3") == ["Out"]
    assert texts(part(main, "events"), ".//li") == ["Forum"]


@pytest.mark.parametrize(("status", "said"), [("postponed", ["Postponed"]), ("held", [])])
def test_event_that_is_off_says_so_wherever_it_is_named(client: Client, status: str, said: list[str]) -> None:
    topic, doe = make.make_topic(is_public=True), make.make_person(is_public=True)
    organisation = make.make_organisation(is_public=True)
    event = make.make_event(status=status, starts_on="2026-02-03", is_public=True)
    event.topics.add(topic)
    make.make_row(Hosting, event, event=event, organisation=organisation)
    make.make_row(Appearance, event, event=event, person=doe)

    for record, section in ((topic, "events"), (organisation, "events"), (doe, "appearances")):
        shown = part(open_page(client, record.get_absolute_url()), section)

        assert texts(shown, ".//span[@class='tag seal']") == said, section


def test_topic_has_its_korean_name_in_korean(client: Client) -> None:
    topic = make.make_topic(name="Security", name_ko="안보", description_ko="설명.", is_public=True)

    main = open_page(client, f"/ko/topics/{topic.slug}/")

    assert texts(main, ".//header/*")[1:] == ["안보", "설명."]


def test_topic_names_public_people_with_words_on_record(client: Client) -> None:
    topic = make.make_topic(is_public=True)
    open_event, silent, private = (
        make.make_event(is_public=is_public, attribution=rule)
        for is_public, rule in (
            (True, "not-stated"),
            (True, Event.Attribution.CHATHAM_HOUSE),
            (False, "not-stated"),
        )
    )
    for name, event, is_public in (
        ("Often", open_event, True),
        ("Once", open_event, True),
        ("Hidden", open_event, False),
        ("Silent", silent, True),
        ("Private", private, True),
    ):
        event.topics.add(topic)
        person = make.make_person(given_name=name, is_public=is_public)
        for _time in range(2 if name == "Often" else 1):
            order = event.statements.count()
            make.make_row(Statement, event, event=event, person=person, order=order, text="Words.")

    page = client.get(topic.get_absolute_url()).context["page"]

    assert [one.name for one in page.speakers] == ["Doe Often", "Doe Once"]


@pytest.mark.parametrize("make_record", [make.make_event, make.make_organisation, make.make_person])
def test_record_of_which_nothing_is_told_says_so(client: Client, make_record: Callable[..., Any]) -> None:
    main = open_page(client, make_record(is_public=True).get_absolute_url())

    assert texts(main, ".//*[@class='body']/*") == ["Nothing more is on record yet."]


def test_topic_names_who_spoke_with_the_post_of_today(client: Client) -> None:
    topic, event = make.make_topic(is_public=True), make.make_event(is_public=True)
    event.topics.add(topic)
    person = make.make_person(is_public=True)
    for title, ends_on in (("Deputy", "2020"), ("Director", None)):
        make.make_row(Position, person, person=person, title=title, starts_on="2015", ends_on=ends_on)
    make.make_row(Statement, event, event=event, person=person, text="Words.")

    page = client.get(topic.get_absolute_url()).context["page"]

    assert [(one.title, one.basis) for one in page.speakers] == [("Director", "")]


# Photos


def test_photo_is_a_record_of_its_caption_and_rights(client: Client) -> None:
    photo = make.make_photo(
        is_public=True,
        headline="The keynote",
        description="Somebody speaks.",
        is_file_picture=True,
        credit_line="Photo by Agency",
        copyright_notice="© Agency",
        rights="agency",
        data_mining="prohibited",
        taken_on="2023",
        place="Beijing",
        photographer=make.make_person(given_name="Photographer", is_public=True),
    )

    main = open_page(client, photo.get_absolute_url())

    record = part(main, "record")
    assert texts(main, ".//header//li") == ["File picture", "The picture is not held"]
    assert words(main.find(".//figcaption")) == (
        "Somebody speaks. Credit as printed: Photo by Agency "
        "The photograph is not held. File picture, from another occasion."
    )
    assert dict(zip(texts(record, ".//dt"), texts(record, ".//dd"), strict=True)) == {
        "Taken": "2023",
        "Place": "Beijing",
        "Photographer": "Doe Photographer",
        "Credit": "Photo by Agency",
        "Rights": "Agency",
        "Notice": "© Agency",
        "Data mining": "Prohibited",
    }


def test_photo_says_who_stands_where_and_what_is_inferred(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    person = make.make_person(given_name="Noh", is_public=True)
    make.make_row(
        Depiction,
        photo,
        photo=photo,
        person=person,
        row="front",
        row_is_inferred=True,
        place_from_left=6,
        title_as_printed="ambassador",
    )

    main = open_page(client, photo.get_absolute_url())

    assert texts(part(main, "shown"), ".//li") == ["Doe Noh Ambassador Front row, sixth from left (row inferred)"]
    assert texts(main, ".//ul[@class='who-row']/li") == ["Front row (inferred), from left:", "6Doe Noh"]


def test_photo_leads_to_its_event_unless_nobody_may_be_named_there(client: Client) -> None:
    events = [
        make.make_event(name="Forum", is_public=True),
        make.make_event(name="Secret forum"),
        make.make_event(name="Secret round", is_public=True, attribution=Event.Attribution.CHATHAM_HOUSE),
    ]
    photos = [make.make_photo(is_public=True, event=event) for event in events]

    mains = [open_page(client, photo.get_absolute_url()) for photo in photos]

    assert [links(part(main, "record")) for main in mains] == [{"Forum": events[0].get_absolute_url()}, {}, {}]
    assert ["Secret" in words(main) for main in mains] == [False, False, False]


def test_photo_leads_to_those_beside_it_in_the_gallery_of_its_event(client: Client) -> None:
    forum = make.make_event(is_public=True)
    photos = [make.make_photo(headline=f"Photo {one}", is_public=one != 1, event=forum) for one in range(4)]

    found = [
        texts(open_page(client, photo.get_absolute_url()), ".//nav[@aria-label='Photographs of this event']//li")
        for photo in (photos[0], photos[2], photos[3])
    ]

    assert found == [["After: Photo 2"], ["Before: Photo 0", "After: Photo 3"], ["Before: Photo 2"]]


def test_photo_of_a_meeting_that_names_nobody_leads_to_no_other(client: Client) -> None:
    silent = make.make_event(is_public=True, attribution=Event.Attribution.CHATHAM_HOUSE)
    photos = [make.make_photo(is_public=True, event=silent) for _one in range(2)]

    main = open_page(client, photos[0].get_absolute_url())

    assert texts(main, ".//nav[@aria-label='Photographs of this event']//li") == []


def test_photo_names_the_public_stories_that_use_it(client: Client) -> None:
    photo = make.make_photo(is_public=True)
    for headline in ("Out", "Secret draft"):
        article = make.make_article(headline=headline)
        article.photo_uses.create(photo=photo)
        if headline == "Out":
            workflow.publish(article, by=None, at=AT)

    main = open_page(client, photo.get_absolute_url())

    assert texts(part(main, "stories"), ".//h3") == ["Out"]


# What they cost


def full_records(rows: int) -> tuple[Organisation, Topic, Photo]:
    organisation, topic = make.make_organisation(is_public=True), make.make_topic(is_public=True)
    event = make.make_event(is_public=True, starts_on="2025")
    photo = make.make_photo(is_public=True, event=event, source=make.make_source())
    for order in range(rows):
        person, source = make.make_person(is_public=True), make.make_source()
        make.make_row(NameVariant, organisation, organisation=organisation, spelling=f"Name {order}", source=source)
        make.make_organisation(parent=organisation, is_public=True)
        post = make.make_row(Position, person, person=person, organisation=organisation, title="Post")
        make.make_row(Attestation, person, position=post, seen_on="2025", source=source)
        meeting = make.make_event(is_public=True, venue=make.make_venue())
        meeting.topics.add(topic)
        make.make_row(Hosting, meeting, event=meeting, organisation=organisation)
        make.make_row(
            Statement, meeting, event=meeting, organisation=organisation, order=1, text="Words.", source=source
        )
        make.make_row(Statement, meeting, event=meeting, person=person, order=2, text="Words.", source=source)
        make.make_row(Depiction, photo, photo=photo, person=person)
        photo.organisations.add(make.make_organisation(is_public=True))
        article = make.make_article()
        article.organisations.add(organisation)
        article.topics.add(topic)
        article.sources.add(source)
        article.photo_uses.create(photo=photo, is_lead=True)
        workflow.publish(article, by=None, at=AT)
    return organisation, topic, photo


@pytest.mark.parametrize("rows", [1, 3])
def test_records_cost_the_same_however_much_hangs_on_them(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    organisation, topic, photo = full_records(rows)
    client.get("/corrections/")

    with django_assert_num_queries(ORGANISATION_QUERIES):
        client.get(organisation.get_absolute_url())
    with django_assert_num_queries(TOPIC_QUERIES):
        client.get(topic.get_absolute_url())
    with django_assert_num_queries(PHOTO_QUERIES):
        client.get(photo.get_absolute_url())
