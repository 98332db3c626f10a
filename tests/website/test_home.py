"""The front page: with everything, with little, and with nothing."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Event
from newsroom.articles import workflow
from newsroom.articles.models import PhotoUse
from newsroom.photos.models import Rendition
from people.models import Person
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def publish(headline: str, *, days: int = 0) -> None:
    workflow.publish(make.make_article(headline=headline), by=None, at=AT - dt.timedelta(days=days))


def meeting(day: str, *people: Person, **over: object) -> Event:
    event = make.make_event(name=f"Meeting of {day}", starts_on=day, status="held", is_public=True, **over)
    for person in people:
        event.appearances.create(person=person, title_as_printed="Professor")
    return event


def test_newest_story_leads_two_stand_beside_it_and_the_rest_follows(client: Client) -> None:
    for day in range(8):
        publish(f"Story {day}", days=day)

    context = client.get("/").context

    assert context["lead"].edition.headline == "Story 0"
    assert [row.edition.headline for row in context["beside"]] == ["Story 1", "Story 2"]
    assert [row.edition.headline for row in context["latest"]] == ["Story 3", "Story 4", "Story 5", "Story 6"]


def test_front_page_stands_without_stories_events_and_people(client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 200
    assert "Nothing is published yet." in response.content.decode()
    assert "<section" not in response.content.decode().split("<main")[1].split("</main")[0]


@pytest.mark.parametrize(
    ("held", "note"),
    [
        ({}, "Placeholder drawing; the photograph is not held."),
        (
            {"original": "2025/a.jpg", "width": 9, "height": 6},
            "Placeholder drawing; the photograph is not cleared.",
        ),
    ],
)
def test_drawing_of_the_lead_says_what_it_stands_for_as_its_own_page_does(
    client: Client, held: dict[str, Any], note: str
) -> None:
    photo = make.make_photo(is_public=True, credit_line="", **held)
    size = {"format": "WEBP", "width": 640, "height": 427, "size": 9, "file": "a.webp"}
    make.make_row(Rendition, photo, photo=photo, is_placeholder=True, **size)
    article = make.make_article()
    PhotoUse.objects.create(article=article, photo=photo, is_lead=True)
    workflow.publish(article, by=None, at=AT)

    notes = [client.get(path).content.decode().count(note) for path in ("/", article.get_absolute_url())]

    assert notes == [1, 1]


def test_story_without_a_picture_leads_in_words(client: Client) -> None:
    publish("Alone")

    main = client.get("/").content.decode().split("<main")[1].split("</main")[0]

    assert "Alone" in main
    assert "<img" not in main
    assert 'class="lead alone"' in main


def test_calendar_runs_in_the_order_of_time_and_ends_honestly(client: Client) -> None:
    for day in ("2025-12-09", "2022-03-16", "2025-XX-06", ""):
        meeting(day)

    response = client.get("/")

    assert [row.event.name for row, _is_ahead in response.context["calendar"]] == [
        "Meeting of 2022-03-16",
        "Meeting of 2025-XX-06",
        "Meeting of 2025-12-09",
    ]
    assert "Nothing announced" in response.content.decode()


def test_calendar_with_something_ahead_marks_it(client: Client) -> None:
    make.make_event(name="Next year's", starts_on="2090", is_public=True)

    response = client.get("/")

    assert [is_ahead for _row, is_ahead in response.context["calendar"]] == [True]
    assert "Nothing announced" not in response.content.decode()


def test_calendar_marks_a_cancelled_meeting_as_none_that_was_held(client: Client) -> None:
    make.make_event(is_public=True, starts_on="2999-05-05", status="cancelled")

    page = client.get("/").content.decode()

    assert ('<li class="fuzzy">' in page, '<li class="">' in page) == (True, False)


def test_people_of_more_than_one_meeting_are_strung_together(client: Client) -> None:
    kim = make.make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
    once = make.make_person(is_public=True)
    meeting("2022-03-16", kim)
    meeting("2023-12-19", once)
    meeting("2024-24~", kim)
    meeting("2025-XX-06", kim)

    meetings = client.get("/").context["meetings"]

    assert [column.label for column in meetings.columns] == ["Mar 2022", "winter 2024", "n.d. 2025"]
    assert [(one.line.name, [bead.classes for bead in one.beads]) for one in meetings.strings] == [
        ("Kim Sang-bae", ["on ln st", "on ln", "on ln en"])
    ]
    assert (meetings.again, meetings.named) == (1, 2)


def test_line_runs_through_a_meeting_that_somebody_missed(client: Client) -> None:
    kim, koo = make.make_person(is_public=True), make.make_person(is_public=True)
    meeting("2022", kim, koo)
    meeting("2023", koo)
    meeting("2024", kim, koo)

    strings = client.get("/").context["meetings"].strings

    assert {tuple(bead.classes for bead in one.beads) for one in strings} == {
        ("on ln st", "on ln", "on ln en"),
        ("on ln st", "ln", "on ln en"),
    }


def test_nobody_is_shown_at_hidden_or_silent_meetings(client: Client) -> None:
    kim = make.make_person(is_public=True)
    meeting("2022", kim)
    meeting("2023", kim, attribution="chatham-house")
    hidden = meeting("2024", kim)
    Event.objects.filter(pk=hidden.pk).update(is_public=False)
    anonymous = make.make_person(family_name="Hidden")
    meeting("2025", anonymous)
    meeting("2026", anonymous)

    response = client.get("/")

    assert response.context["meetings"].strings == []
    assert b"Hidden" not in response.content


def test_statements_come_one_a_meeting_and_one_a_person(client: Client) -> None:
    kim, koo = make.make_person(is_public=True), make.make_person(is_public=True)
    newer, older = meeting("2025", kim, koo), meeting("2022", koo)
    for order, (event, person, text) in enumerate(
        [(newer, kim, "First"), (newer, koo, "Same meeting"), (older, kim, "Same person"), (older, koo, "Second")]
    ):
        part = event.appearances.filter(person=person).first()
        event.statements.create(person=person, text=text, order=order, appearance=part)

    said = client.get("/").context["said"]

    assert [(one.statement.text, one.line.title) for one in said] == [("First", "Professor"), ("Second", "Professor")]


@pytest.mark.parametrize("number", [1, 3])
def test_front_page_costs_the_same_for_any_number_of_things(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    everywhere = make.make_person(is_public=True)
    meeting("2019", everywhere)
    for year in range(number):
        person = make.make_person(is_public=True)
        person.positions.create(title="Director").attestations.create(seen_on="2020")
        event = meeting(str(2020 + year), everywhere, person)
        event.statements.create(person=person, text="Something.")
        article = make.make_article()
        article.photo_uses.create(photo=make.make_photo(is_public=True), is_lead=True)
        article.sources.add(make.make_source())
        workflow.publish(article, by=None, at=AT - dt.timedelta(days=year))

    with django_assert_num_queries(20):
        client.get("/")
