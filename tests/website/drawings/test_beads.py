"""Drawings on a topic's page: who keeps meeting there, and what happened when."""

import pytest
from django.test import Client

from events.models import Appearance, Event, Hosting, Statement
from newsroom.models import Topic
from people.models import Person
from tests import factories as make
from tests.website.html import links, open_page, part, texts

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def topic() -> Topic:
    return Topic.objects.create(slug="space", name="Space", is_public=True)


def meeting(topic: Topic, day: str, *people: Person, **over: object) -> Event:
    found = make.make_event(name=f"Meeting of {day}", **{"starts_on": day, "is_public": True, **over})
    found.topics.add(topic)
    for person in people:
        make.make_row(Appearance, found, event=found, person=person)
    return found


def person(name: str, **over: object) -> Person:
    return make.make_person(slug=name.lower(), family_name=name, given_name="", **{"is_public": True, **over})


def test_topic_shows_people_and_bodies_of_several_meetings(client: Client, topic: Topic) -> None:
    doe, roe = person("Doe"), person("Roe")
    ministry = make.make_organisation(name="Ministry", is_public=True)
    for event in (meeting(topic, "2024-03-01", doe, roe), meeting(topic, "2025-03-01", doe)):
        Hosting.objects.create(event=event, organisation=ministry)

    section = part(open_page(client, topic.get_absolute_url()), "who")

    assert section is not None
    assert texts(section, ".//tbody/tr/th") == ["Doe", "Ministry"]
    assert [one.attrib["class"] for one in section.iterfind(".//td")] == ["on ln st", "on ln en"] * 2


def test_nobody_hangs_on_a_string_without_beads(client: Client, topic: Topic) -> None:
    doe, roe = person("Doe"), person("Roe")
    for year in range(2010, 2018):
        meeting(topic, str(year), doe, *([roe] if year < 2012 else []))

    section = part(open_page(client, topic.get_absolute_url()), "who")

    assert section is not None
    assert texts(section, ".//tbody/tr/th") == ["Doe"]


def test_nobody_keeps_meeting_where_they_may_not_be_seen(client: Client, topic: Topic) -> None:
    doe, hidden = person("Doe"), person("Secret", is_public=False)
    body = make.make_organisation(name="Secret body", is_public=False)
    meeting(topic, "2023", doe, is_public=False)
    meeting(topic, "2024", doe, hidden, attribution="chatham-house")
    for day in ("2022", "2025"):
        Hosting.objects.create(event=meeting(topic, day, hidden), organisation=body)
    meeting(topic, "2026", doe)

    assert part(open_page(client, topic.get_absolute_url()), "who") is None


def test_topic_draws_settled_days_as_points_and_open_ones_as_spans(client: Client, topic: Topic) -> None:
    said = meeting(topic, "2024-03-01", doe := person("Doe"))
    make.make_row(Statement, said, event=said, person=doe, order=1, text="Words.")
    silent = meeting(topic, "2024-04-01", attribution="chatham-house")
    make.make_row(Statement, silent, event=silent, person=doe, order=1, text="Zanzibar.")
    meeting(topic, "2024-05-06~")
    meeting(topic, "2024-06-07", status="cancelled")
    meeting(topic, "2025-XX-06")
    meeting(topic, "XXXX-05-06")

    section = part(open_page(client, topic.get_absolute_url()), "chronicle")

    assert section is not None
    lane, *rows = section.iterfind(f".//{SVG}g[@class='hub']")
    assert texts(lane, f".//{SVG}circle") == ["Statements: 1"]
    assert [len(row.findall(f"{SVG}line")) for row in rows] == [0, 0, 2, 2, 2]
    assert list(zip(*(texts(section, f".//tbody/tr/td[{place}]") for place in (1, 2)), strict=True)) == [
        ("1 March 2024", "Event"),
        ("1 March 2024", "1 statement"),
        ("1 April 2024", "Event"),
        ("about 6 May 2024", "Event"),
        ("7 June 2024 (cancelled)", "Event"),
        ("the 6th of an unknown month, 2025", "Event"),
    ]
    assert "1 event has no known date." in texts(section, ".//figcaption")[0]


def test_topic_counts_by_year_the_events_that_it_does_not_draw(client: Client, topic: Topic) -> None:
    for number in range(20):
        meeting(topic, f"2024-05-{number + 1:02}")
    for day in ("2015-03-01", "2015-XX-04", "2016-12", "201X", "2014-01-01"):
        meeting(topic, day, is_public=day != "2014-01-01")

    section = part(open_page(client, topic.get_absolute_url()), "chronicle")

    assert section is not None
    assert texts(section.find(f".//{SVG}g[@class='hub']"), f"{SVG}circle") == [
        "Earlier events, by year: 2",
        "Earlier events, by year: 1",
    ]
    assert texts(section, ".//tbody/tr[td='2015']/td") == ["2015", "2 events", "Events of 2015"]
    assert links(section)["Events of 2016"] == f"/events/?topic={topic.slug}&from=2016&to=2016"


def test_event_draws_its_series_once_there_are_two(client: Client) -> None:
    series = make.make_series(name="Forum")
    first = make.make_event(name="First", starts_on="2024", series=series, is_public=True)
    make.make_event(name="Hidden", starts_on="2023", series=series)

    alone = part(open_page(client, first.get_absolute_url()), "chronicle")
    make.make_event(name="Second", starts_on="2025", series=series, is_public=True)
    together = part(open_page(client, first.get_absolute_url()), "chronicle")

    assert alone is None
    assert together is not None
    assert texts(together, ".//tbody/tr/td[3]") == ["First", "Second"]
