"""The page of a meeting: its date as known, its programme, who took part and what was said."""

import datetime as dt

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance, Event, Hosting, Session, Statement
from newsroom.articles import workflow
from newsroom.photos.models import Depiction
from people.models import Attestation, NameVariant, Organisation, Person, Position
from tests import factories as make
from tests.website.html import links, open_page, part, texts, words

AT = dt.datetime(2025, 12, 10, 3, tzinfo=dt.UTC)
QUERIES = 19
pytestmark = pytest.mark.django_db


def appear(event: Event, person: Person | None = None, **values: object) -> Appearance:
    person = person or make.make_person(is_public=True)
    return make.make_row(Appearance, event, event=event, person=person, **values)


@pytest.fixture
def hidden_body() -> Organisation:
    """Organised a meeting, spoke there, and somebody who was there works for it."""
    body = make.make_organisation(name="Korea Institute", short_name="SECRET")
    event = make.make_event(slug="forum", is_public=True, starts_on="2025-12-09")
    person = make.make_person(slug="somebody", is_public=True)
    make.make_row(Hosting, event, event=event, organisation=body)
    make.make_row(Statement, event, event=event, organisation=body, text="That it matters.")
    make.make_row(Position, person, person=person, organisation=body, title="Director")
    make.make_organisation(slug="part", parent=body, is_public=True)
    appear(event, person)
    return body


@pytest.mark.parametrize("path", ["/events/forum/", "/people/somebody/", "/people/", "/organisations/part/"])
def test_organisation_that_is_not_public_goes_by_the_name_that_the_feed_holds(
    client: Client, hidden_body: Organisation, path: str
) -> None:
    page = client.get(path).content.decode()

    assert (hidden_body.name in page, "SECRET" in page) == (True, False)


def test_organisation_that_is_not_public_is_not_found_by_its_short_name(
    client: Client, hidden_body: Organisation
) -> None:
    hits = [client.get(path, {"q": "SECRET"}).content.decode() for path in ("/events/", "/people/")]

    assert ["/events/forum/" in hits[0], "/people/somebody/" in hits[1]] == [False, False]


def test_event_that_is_not_public_is_not_found(client: Client) -> None:
    event = make.make_event(name="Secret meeting")

    answer = client.get(event.get_absolute_url())

    assert answer.status_code == 404
    assert "Secret" not in answer.content.decode()


@pytest.mark.parametrize(
    ("date", "leaf", "words_of_it"),
    [
        ("2023-12-19", "19 December 2023, Tuesday", "19 December 2023"),
        ("?2025-XX-06", "6 month unknown 2025, inferred", "the 6th of an unknown month, 2025 (year inferred)"),
        ("2023-12", "December 2023", "December 2023"),
        ("2023", "2023", "2023"),
        ("", "Date not known", "Not known"),
    ],
)
def test_event_says_its_date_no_more_precisely_than_known(
    client: Client, date: str, leaf: str, words_of_it: str
) -> None:
    event = make.make_event(is_public=True, starts_on=date or None)

    main = open_page(client, event.get_absolute_url())

    assert " ".join(texts(main, ".//p[@aria-hidden='true']/span") or texts(main, ".//p[@class='cal open']")) == leaf
    assert texts(part(main, "practical"), ".//dd")[0] == words_of_it


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("scheduled", ([], ["Add to calendar"])),
        ("postponed", (["Postponed: this meeting does not take place as first announced."], [])),
        ("cancelled", (["Cancelled: this meeting does not take place."], [])),
    ],
)
def test_event_that_is_off_says_so_on_top(client: Client, status: str, said: tuple[list[str], list[str]]) -> None:
    event = make.make_event(is_public=True, starts_on="2999-12-19", status=status)

    main = open_page(client, event.get_absolute_url())

    assert (texts(main, ".//header//p[@class='fix']"), list(links(part(main, "practical")))) == said


def test_event_of_several_days_says_which_day_each_hour_belongs_to(client: Client) -> None:
    evening, night = (dt.datetime(2027, 1, 1, hour, tzinfo=dt.UTC) for hour in (3, 7))
    venue = make.make_venue(time_zone="America/New_York")
    event = make.make_event(
        is_public=True, starts_on="2026-12-31", ends_on="2027-01-01", starts_at=evening, ends_at=night, venue=venue
    )

    card = part(open_page(client, event.get_absolute_url()), "practical")

    hours = "22:00 on the first day to 02:00 on the last (America/New York)"
    assert texts(card, ".//dd")[0] == f"31 December 2026 to 1 January 2027, {hours}"


def test_event_that_ends_on_the_morning_after_says_its_hours_alone(client: Client) -> None:
    evening, night = (dt.datetime(2027, 1, day, hour, tzinfo=dt.UTC) for day, hour in ((1, 3), (2, 7)))
    days = {"starts_on": "2026-12-31", "ends_on": "2027-01-01"}
    venue = make.make_venue(time_zone="America/New_York")
    event = make.make_event(is_public=True, starts_at=evening, ends_at=night, venue=venue, **days)

    card = part(open_page(client, event.get_absolute_url()), "practical")

    assert texts(card, ".//dd")[0].endswith("1 January 2027, 22:00–02:00 (America/New York)")


def test_event_that_was_off_says_so_in_the_past(client: Client) -> None:
    event = make.make_event(is_public=True, starts_on="2023-12-19", status="cancelled")

    main = open_page(client, event.get_absolute_url())

    assert texts(main, ".//header//p[@class='fix']") == ["Cancelled: this meeting did not take place."]


def test_event_called_by_many_says_so_in_the_plural(client: Client) -> None:
    event = make.make_event(is_public=True, attendance=12500)
    for role in ("host", "host", "co-host", "organiser", "organiser"):
        make.make_row(Hosting, event, event=event, organisation=make.make_organisation(), role=role)

    card = part(open_page(client, event.get_absolute_url()), "practical")

    assert texts(card, ".//dt")[2:6] == ["Hosts", "Co-host", "Organisers", "Present"]
    assert texts(card, ".//dd")[-2] == "12,500"


def test_event_gives_the_facts_that_a_guest_needs(client: Client) -> None:
    event = make.make_event(
        is_public=True,
        starts_on="2023-12-19",
        date_as_printed="Tuesday, December 19",
        starts_at=dt.datetime(2023, 12, 19, 5, tzinfo=dt.UTC),
        venue=make.make_venue(
            name="Grand Hall", city="Seoul", country="KR", time_zone="Asia/Seoul", address="1 Main Street"
        ),
        attendance=250,
        attendance_is_about=True,
        recording_note="KISTEP YouTube channel",
        attribution=Event.Attribution.ON_THE_RECORD,
    )
    for name, role in (("Ministry", "host"), ("Institute", "organiser")):
        make.make_row(Hosting, event, event=event, organisation=make.make_organisation(name=name), role=role)

    card = part(open_page(client, event.get_absolute_url()), "practical")

    assert dict(zip(texts(card, ".//dt"), texts(card, ".//dd"), strict=True)) == {
        "When": "19 December 2023, 14:00 (Asia/Seoul) As printed: “Tuesday, December 19”",
        "Where": "Grand Hall, Seoul, South Korea 1 Main Street",
        "Host": "Ministry",
        "Organiser": "Institute",
        "Present": "About 250",
        "Recording": "KISTEP YouTube channel",
        "Attribution": "On the record",
    }
    assert links(card) == {"Add to calendar": f"/events/{event.slug}.ics"}


def test_programme_runs_in_order_and_ends_with_those_it_does_not_place(client: Client) -> None:
    event = make.make_event(is_public=True)
    panel, keynote = (
        make.make_row(Session, event, event=event, order=order, title=title)
        for order, title in ((2, "Panel"), (1, "Keynote speech"))
    )
    cho, kim, yoon = (make.make_person(given_name=name, is_public=True) for name in ("Cho", "Kim", "Yoon"))
    appear(event, kim, session=panel, role="chair", title_as_printed="professor", order=2)
    appear(event, cho, session=keynote, role="keynote", name_as_printed="Jo Doe", talk_title="First mover", order=1)
    appear(event, yoon, role="panellist", name_as_printed="Yoon Doe", order=3)

    main = open_page(client, event.get_absolute_url())

    programme = part(main, "programme")
    assert words(programme.find(".//p")) == "In the order reported · 3 people named, titles as printed"
    assert main.findall(".//*[@aria-labelledby='speakers']") == []
    assert [words(one) for one in programme.findall(".//ol/li")] == [
        "Keynote speech Doe Cho Printed here: Jo Doe First mover",
        "Panel Chair: Doe Kim, Professor",
        "Also took part Their place in the programme is not stated. Panellist: Doe Yoon",
    ]


def test_event_names_everyone_once_with_all_roles_and_the_printed_title(client: Client) -> None:
    event = make.make_event(is_public=True)
    person = make.make_person(family_name="Cho", given_name="Seong-kyung", is_public=True)
    printed = {"name_as_printed": "Sung-kyung Cho", "title_as_printed": "First Vice Minister"}
    appear(event, person, role="opening-remarks", order=1, **printed)
    appear(event, person, role="chair", order=2, **printed)

    section = part(open_page(client, event.get_absolute_url()), "speakers")

    assert texts(section, ".//li") == [
        "Cho Seong-kyung opening remarks, chair First Vice Minister Printed here: Sung-kyung Cho"
    ]


def test_event_of_a_crowd_begins_with_the_first_and_leads_to_all(client: Client) -> None:
    event = make.make_event(is_public=True)
    crowd = Person.objects.bulk_create(
        Person(slug=f"doe-{number}", family_name=f"Doe{number}", is_public=True) for number in range(73)
    )
    Appearance.objects.bulk_create(Appearance(event=event, person=one, order=one.pk) for one in crowd)

    first, whole = (open_page(client, f"{event.get_absolute_url()}{query}") for query in ("", "?part=speakers"))

    assert [len(part(main, "speakers").findall("./ul/li")) for main in (first, whole)] == [12, 60]
    assert links(part(first, "speakers"))["All 73 people"] == "?part=speakers#speakers"
    assert "All 73 people" not in links(part(whole, "speakers"))


def test_long_programme_begins_with_as_many_as_its_page_has_room_for_and_leads_to_the_whole(client: Client) -> None:
    event = make.make_event(is_public=True)
    crowd = Person.objects.bulk_create(
        Person(slug=f"doe-{number}", family_name=f"Doe{number}", is_public=True) for number in range(120)
    )
    sessions = [make.make_row(Session, event, event=event, title=f"{order}", order=order) for order in range(3)]
    Appearance.objects.bulk_create(
        Appearance(event=event, person=one, session=sessions[number // 40], order=number)
        for number, one in enumerate(crowd)
    )

    answer = client.get(event.get_absolute_url())
    queries = ("", "?part=programme", "?part=programme&after=60", "?part=programme&before=61")
    first, begun, further, back = (open_page(client, f"{event.get_absolute_url()}{query}") for query in queries)

    spoke = [texts(part(main, "programme"), ".//li//p[@class]") for main in (first, begun, further, back)]
    assert [(len(lines), lines[0], lines[-1]) for lines in spoke] == [
        (36, "Doe0", "and 5 more"),
        (59, "Doe0", "and 22 more"),
        (60, "Doe58", "and 3 more"),
        (59, "Doe0", "and 22 more"),
    ]
    assert words(further.find(".//h2[@id='programme']")) == "Programme, 61–120 of 123"
    assert [words(one) for one in further.iter("h3")] == ["1 continued", "2"]
    assert [one.attrib["data-n"] for one in further.iterfind(".//li[@data-n]")] == ["2", "3"]
    assert links(part(first, "programme"))["The whole programme"] == "?part=programme#programme"
    assert links(part(further, "programme"))["Previous"] == "?part=programme&before=61"
    assert links(part(further, "programme"))["Next"] == "?part=programme&after=120"
    assert len(answer.content) + (settings.BASE_DIR / "newsroom/static/site.css").stat().st_size < 60_000


def test_event_shows_a_person_without_public_page_by_name_alone(client: Client) -> None:
    event = make.make_event(is_public=True)
    person = make.make_person(given_name="Jane", biography="Secret")
    make.make_row(Position, person, person=person, title="Secret post")
    appear(event, person)
    make.make_row(Statement, event, event=event, person=person, order=1, text="She agreed.")

    main = open_page(client, event.get_absolute_url())

    assert texts(part(main, "speakers"), ".//li") == ["Doe Jane"]
    assert words(part(main, "statements").find(".//footer")) == "Doe Jane."
    assert "/people/" not in " ".join(links(main).values())
    assert "Secret" not in words(main)


def test_event_groups_what_a_speaker_said_and_names_the_source(client: Client) -> None:
    event = make.make_event(is_public=True)
    part_of = appear(event, title_as_printed="director")
    source = make.make_source(publisher="KISTEP")
    for order in (1, 2):
        make.make_row(
            Statement,
            event,
            event=event,
            person=part_of.person,
            appearance=part_of,
            order=order,
            text=f"Point {order}.",
            source=source,
        )

    [said] = part(open_page(client, event.get_absolute_url()), "statements").findall("blockquote")

    assert texts(said, "p") == ["Point 1.", "Point 2."]
    assert words(said.find("footer")) == f"{part_of.person.name}, Director. Source: KISTEP"


def test_event_under_the_chatham_house_rule_names_nobody(client: Client) -> None:
    event = make.make_event(is_public=True, attribution=Event.Attribution.CHATHAM_HOUSE)
    person = make.make_person(family_name="Secret", given_name="Guest", is_public=True)
    appear(event, person)
    make.make_row(Statement, event, event=event, person=person, order=1, text="Secret words.")
    photo = make.make_photo(is_public=True, event=event, description="Secret faces.")
    make.make_row(Depiction, photo, photo=photo, person=person)

    main = open_page(client, event.get_absolute_url())

    assert "nobody who took part or spoke is named here" in words(main)
    assert "Secret" not in words(main)


def test_event_leads_to_stories_that_are_public(client: Client) -> None:
    event = make.make_event(is_public=True)
    public, draft, withdrawn = (make.make_article(headline=one) for one in ("Out", "Secret draft", "Secret gone"))
    for article in (public, draft, withdrawn):
        article.events.add(event)
    for article in (public, withdrawn):
        workflow.publish(article, by=None, at=AT)
    workflow.withdraw(withdrawn, by=None, at=AT)

    main = open_page(client, event.get_absolute_url())

    assert texts(part(main, "coverage"), ".//h3") == ["Out"]


def test_event_stands_between_its_public_neighbours_in_the_series(client: Client) -> None:
    series = make.make_series(name="Forum")
    before, __, this, after, __ = (
        make.make_event(name=f"Forum of {year}", series=series, starts_on=str(year), is_public=public)
        for year, public in ((2020, True), (2021, False), (2022, True), (2023, True), (2024, True))
    )
    Event.objects.filter(pk=after.pk).update(status="postponed")

    section = part(open_page(client, this.get_absolute_url()), "series")

    assert list(links(section).values()) == [
        before.get_absolute_url(),
        after.get_absolute_url(),
        f"/events/?series={series.slug}",
        f"/events.ics?series={series.slug}",
    ]
    assert texts(section, ".//span[@class='tag seal']") == ["Postponed"]


def test_event_shows_its_public_photos_in_the_order_of_their_source(client: Client) -> None:
    event = make.make_event(is_public=True)
    for order, caption, is_public in ((2, "Second.", True), (1, "First.", True), (3, "Secret.", False)):
        make.make_photo(event=event, description=caption, order_in_source=order, is_public=is_public)

    figures = client.get(event.get_absolute_url()).context["page"].gallery

    assert [one.caption for one in figures] == ["First.", "Second."]


def test_gallery_of_an_event_begins_with_no_more_drawings_than_a_row(client: Client) -> None:
    event = make.make_event(is_public=True)
    for order in range(1, 6):
        make.make_photo(event=event, description=f"Caption {order}.", order_in_source=order, is_public=True)

    section = part(open_page(client, event.get_absolute_url()), "photos")

    assert [words(one)[:10] for one in section.findall(".//figcaption")] == ["Caption 1.", "Caption 2.", "Caption 3."]
    assert links(section)["All photographs"] == f"/photos/?event={event.slug}"


def test_event_that_is_off_says_so_in_red(client: Client) -> None:
    event = make.make_event(is_public=True, status=Event.Status.POSTPONED)

    main = open_page(client, event.get_absolute_url())

    assert texts(main, ".//span[@class='tag seal']") == ["Postponed"]


@pytest.mark.parametrize(
    ("status", "date", "said"),
    [
        ("scheduled", "2999-12-09", ["Scheduled"]),
        ("scheduled", "2025-12-09", []),
        ("scheduled", "", ["Scheduled"]),
        ("held", "2025-12-09", ["Held"]),
    ],
)
def test_event_is_scheduled_only_until_its_day_is_over(client: Client, status: str, date: str, said: list[str]) -> None:
    event = make.make_event(is_public=True, starts_on=date or None, status=status)

    main = open_page(client, event.get_absolute_url())

    assert texts(main, ".//ul[@class='tags']/li") == ["Meeting", *said]


def full_event(rows: int) -> Event:
    event = make.make_event(is_public=True, starts_on="2025-12-09", series=make.make_series(), venue=make.make_venue())
    for order in range(rows):
        person = make.make_person(is_public=True)
        organisation = make.make_organisation(is_public=True)
        source = make.make_source()
        post = make.make_row(Position, person, person=person, title="Director", organisation=organisation)
        make.make_row(Attestation, person, position=post, seen_on="2025-12-09", source=source)
        make.make_row(NameVariant, person, person=person, spelling="Variant", source=source)
        make.make_row(Hosting, event, event=event, organisation=organisation)
        session = make.make_row(Session, event, event=event, order=order, title="Session")
        appearance = appear(event, person, session=session)
        make.make_row(
            Statement,
            event,
            event=event,
            person=person,
            appearance=appearance,
            order=order,
            text="Words.",
            source=source,
        )
        photo = make.make_photo(is_public=True, event=event)
        make.make_row(Depiction, photo, photo=photo, person=person)
        event.topics.add(make.make_topic(is_public=True))
        event.sources.add(source)
        article = make.make_article()
        article.events.add(event)
        article.sources.add(source)
        article.photo_uses.create(photo=photo, is_lead=True)
        workflow.publish(article, by=None, at=AT)
    return event


@pytest.mark.parametrize("rows", [1, 3])
def test_event_costs_the_same_however_much_happened(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    event = full_event(rows)
    client.get("/corrections/")

    with django_assert_num_queries(QUERIES):
        client.get(event.get_absolute_url())


def test_programme_marks_what_runs_beside_what_stands_above(client: Client) -> None:
    event = make.make_event(is_public=True)
    for order, (begins, ends, room) in enumerate([(9, 11, "Hall A"), (9, 10, "Hall B"), (11, 12, "Hall A")], 1):
        starts, stops = (dt.datetime(2025, 12, 9, hour, tzinfo=dt.UTC) for hour in (begins, ends))
        hours = {"starts_at": starts, "ends_at": stops}
        make.make_row(Session, event, event=event, order=order, title=f"Track {order}", room=room, **hours)

    programme = part(open_page(client, event.get_absolute_url()), "programme")

    assert texts(programme, ".//li//p") == [
        "18:00–20:00",
        "Hall A",
        "18:00–19:00 in parallel",
        "Hall B",
        "20:00–21:00",
        "Hall A",
    ]


def test_programme_of_several_days_says_where_each_begins(client: Client) -> None:
    event = make.make_event(is_public=True, venue=make.make_venue(time_zone="Asia/Seoul"))
    moments = ((9, 1), (9, 6), (9, 23), None, (10, 1))  # the third is the morning after, in Seoul
    for order, moment in enumerate(moments, 1):
        starts = dt.datetime(2025, 12, *moment, tzinfo=dt.UTC) if moment else None
        make.make_row(Session, event, event=event, order=order, title=f"Session {order}", starts_at=starts)

    programme = part(open_page(client, event.get_absolute_url()), "programme")

    assert texts(programme, "div/p") == ["Hours of Asia/Seoul"]
    days = ["Tuesday, 9 December", "10:00", "15:00", "Wednesday, 10 December", "08:00", "10:00"]
    assert texts(programme, ".//li/p") == days


@pytest.mark.parametrize(("written", "offers"), [("2025-12-09", True), ("2025-XX-06", False), ("2025-12", False)])
def test_calendar_is_offered_where_the_day_is_known(client: Client, written: str, offers: bool) -> None:
    event = make.make_event(is_public=True, starts_on=written)

    page = client.get(event.get_absolute_url()).content.decode()

    assert (f"/events/{event.slug}.ics" in page) is offers
