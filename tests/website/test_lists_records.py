"""The lists of events, people, organisations, topics and photos: what they hold, and what they keep to themselves."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from events.models import Event, Series, Venue
from newsroom.articles import workflow
from newsroom.articles.models import Translation
from newsroom.website import record_rows
from people.models import NameVariant, Person
from tests import factories as make
from tests.website.html import open_page, words

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def event(name: str, **over: object) -> Event:
    return make.make_event(name=name, is_public=True, **over)


def named(client: Client, address: str) -> list[str]:
    """The names in the rows of a list."""
    rows = client.get(address).context["listing"].rows
    records = [
        getattr(row, part)
        for row in rows
        for part in ("event", "organisation", "topic", "photo", "person")
        if hasattr(row, part)
    ]
    return [str(record) for record in records]


def counts(client: Client, facet: str, address: str) -> dict[str, str]:
    facets = {one.name: one for one in client.get(address).context["listing"].facets}
    return {choice.value: choice.count for choice in facets[facet].choices} if facet in facets else {}


# Events


def test_events_stand_newest_first_and_undated_ones_last(client: Client) -> None:
    event("Undated")
    event("Old", starts_on="2022-03-16")
    event("New", starts_on="2025-12-09")
    event("Vague", starts_on="2025-XX-06")

    assert named(client, "/events/") == ["New", "Vague", "Old", "Undated"]
    assert named(client, "/events/?sort=oldest") == ["Old", "Vague", "New", "Undated"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2025-03&to=2025-03", ["Some day in 2025"]),
        ("from=2025-12-10&to=2025-12-10", ["Three days", "Some day in 2025"]),
        ("to=2022", ["Old"]),
        ("from=2026", []),
    ],
)
def test_span_finds_events_whose_dates_may_overlap_it(client: Client, query: str, found: list[str]) -> None:
    event("Old", starts_on="2022-03-16")
    event("Three days", starts_on="2025-12-09", ends_on="2025-12-11")
    event("Some day in 2025", starts_on="2025")
    event("Undated")

    assert named(client, f"/events/?{query}") == found


def test_each_event_filter_finds_its_own(client: Client) -> None:
    series = Series.objects.create(slug="wednesday", name="Wednesday Forum")
    beijing = Venue.objects.create(slug="beijing", city="Beijing", country="CN")
    told = event("Told", kind="forum", mode="online", status="held", series=series, venue=beijing)
    host = make.make_organisation(slug="kistep", is_public=True)
    told.hostings.create(organisation=host)
    told.topics.add(make.make_topic(slug="space", is_public=True))
    told.appearances.create(person=make.make_person(slug="kim", is_public=True))
    event("Other", country="KR")

    for query in (
        "kind=forum",
        "mode=online",
        "status=held",
        "series=wednesday",
        "country=CN",
        "organisation=kistep",
        "topic=space",
        "person=kim",
        "q=told",
    ):
        assert named(client, f"/events/?{query}") == ["Told"], query
    assert counts(client, "country", "/events/?country=CN") == {"CN": "1", "KR": "1"}


def test_event_is_found_as_scheduled_until_its_day_is_over(client: Client) -> None:
    today = timezone.localdate()
    for name, day in (("Over", today - dt.timedelta(days=1)), ("Today", today), ("Undated", None)):
        event(name, starts_on=day and f"{day}")
    event("Still on", starts_on="2020", ends_on=f"{today}")
    event("Held", starts_on=f"{today}", status="held")

    listed = named(client, "/events/?status=scheduled&sort=oldest")
    feed = client.get("/feeds/events.json?status=scheduled").json()["items"]
    api = client.get("/api/v1/events/?status=scheduled&sort=oldest").json()["results"]

    assert listed == ["Still on", "Today", "Undated"]
    assert sorted(one["title"] for one in feed) == sorted(one["name"] for one in api) == listed
    assert counts(client, "status", "/events/") == {"scheduled": "3", "held": "1", "postponed": "0", "cancelled": "0"}


def test_person_filter_is_silent_about_meetings_under_the_chatham_house_rule(client: Client) -> None:
    kim = make.make_person(slug="kim", is_public=True)
    event("Silent", attribution="chatham-house").appearances.create(person=kim)
    event("Open").appearances.create(person=kim)
    silent_row = next(row for row in client.get("/events/").context["listing"].rows if row.event.name == "Silent")

    assert named(client, "/events/?person=kim") == ["Open"]
    assert counts(client, "person", "/events/?person=kim") == {"kim": "1"}
    assert silent_row.named == 0


def test_series_of_a_hidden_event_is_not_offered(client: Client) -> None:
    series = Series.objects.create(slug="secret", name="Secret Series")
    make.make_event(name="Hidden", series=series)
    event("Open")

    response = client.get("/events/?series=secret")

    assert b"Secret Series" not in response.content
    assert response.context["listing"].filters.unknown == {"series": ("secret",)}


def test_coming_events_stand_on_top_of_the_whole_list_alone(client: Client) -> None:
    event("Past", starts_on="2022-03-16", status="held")
    event("Later", starts_on="2091")
    event("Sooner", starts_on="2090-01-01")

    whole, filtered = client.get("/events/"), client.get("/events/?kind=meeting")

    assert [row.event.name for row in whole.context["coming"]] == ["Sooner", "Later"]
    assert "coming" not in filtered.context


# People


def test_people_stand_by_the_alphabet_of_their_family_names(client: Client) -> None:
    for family, given in (("Park", "Ji-young"), ("Ahn", "Cheol-soo"), ("Park", "Hyun")):
        make.make_person(family_name=family, given_name=given, is_public=True)
    make.make_person(family_name="Hidden")

    assert named(client, "/people/") == ["Ahn Cheol-soo", "Park Hyun", "Park Ji-young"]
    assert named(client, "/people/?sort=z-a") == ["Park Ji-young", "Park Hyun", "Ahn Cheol-soo"]


def test_people_and_organisations_stand_by_the_korean_alphabet_for_korean_readers(client: Client) -> None:
    for family, native in (("Ahn", "안철수"), ("Kim", "김상배"), ("Choi", "최안"), ("Adu", ""), ("Sato", "佐藤")):
        make.make_person(family_name=family, given_name="Jo", native_name=native, is_public=True)
    for name, native in (("Asia Office", "지역사무소"), ("Seoul Forum", "서울포럼")):
        make.make_organisation(name=name, native_name=native, is_public=True)

    assert named(client, "/ko/people/") == ["Adu Jo", "Sato Jo", "Kim Jo", "Ahn Jo", "Choi Jo"]
    assert named(client, "/ko/people/?sort=z-a") == ["Choi Jo", "Ahn Jo", "Kim Jo", "Sato Jo", "Adu Jo"]
    assert named(client, "/ko/organisations/") == ["Seoul Forum", "Asia Office"]


def kim() -> Person:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배", is_public=True)
    NameVariant.objects.create(person=person, spelling="Sang-bae Kim")
    return person


@pytest.mark.parametrize("spelling", ["Kim Sang-bae", "Sang-bae Kim", "Kim Sangbae", "sangbae kim", "김상배", "상배"])
def test_person_is_found_in_any_spelling(client: Client, spelling: str) -> None:
    kim()
    make.make_person(family_name="Kim", given_name="Seong-gyu", is_public=True)

    assert named(client, f"/people/?q={spelling}") == ["Kim Sang-bae"]


def test_row_of_a_person_says_which_spelling_was_meant(client: Client) -> None:
    kim()

    rows = client.get("/people/?q=Sang-bae+Kim").context["listing"].rows

    assert [row.spelling for row in rows] == ["Sang-bae Kim"]


def test_people_are_found_by_post_country_and_meeting(client: Client) -> None:
    person = make.make_person(family_name="Koo", given_name="Bonkyung", is_public=True)
    institute = make.make_organisation(slug="ibs", name="IBS", country="KR", is_public=True)
    person.positions.create(organisation=institute, title="Director")
    event("Forum", slug="forum").appearances.create(person=person)
    event("Silent", slug="silent", country="KR", attribution="chatham-house").appearances.create(person=person)
    make.make_person(is_public=True)

    for query in ("organisation=ibs", "country=KR", "event=forum"):
        assert named(client, f"/people/?{query}") == ["Koo Bonkyung"], query
    assert named(client, "/people/?event=silent") == []


def test_post_stands_beside_a_person_with_what_it_rests_on(client: Client) -> None:
    person = make.make_person(is_public=True)
    post = person.positions.create(title="director")
    post.attestations.create(seen_on="2025-07-01")

    line = client.get("/people/").context["listing"].rows[0].line

    assert (line.title, line.basis) == ("director", "as seen on 1 July 2025")


# Organisations, topics, photos


def test_organisations_show_how_many_people_and_events_they_have(client: Client) -> None:
    institute = make.make_organisation(name="IBS", kind="institute", is_public=True)
    make.make_organisation(name="Hidden")
    person = make.make_person(is_public=True)
    person.positions.create(organisation=institute, title="Director")
    person.positions.create(organisation=institute, title="Group Leader")
    event("Forum").hostings.create(organisation=institute)
    make.make_event(name="Not public").hostings.create(organisation=institute)

    (row,) = client.get("/organisations/?kind=institute").context["listing"].rows

    assert (row.organisation.name, row.people, row.events) == ("IBS", 1, 1)


def test_organisation_is_found_by_its_short_name(client: Client) -> None:
    make.make_organisation(name="Institute for Basic Science", short_name="IBS", is_public=True)
    make.make_organisation(name="Other", is_public=True)

    assert named(client, "/organisations/?q=ibs") == ["Institute for Basic Science (IBS)"]


def test_topics_count_what_readers_can_open(client: Client) -> None:
    topic = make.make_topic(name="Space", is_public=True)
    make.make_topic(name="Hidden")
    event("Forum").topics.add(topic)
    make.make_event(name="Not public").topics.add(topic)
    for moment in (None, dt.datetime(2090, 1, 1, tzinfo=dt.UTC)):
        article = make.make_article()
        article.topics.add(topic)
        workflow.publish(article, by=None, at=AT, visible_from=moment)

    (row,) = client.get("/topics/").context["listing"].rows

    assert (row.topic.name, row.articles, row.events) == ("Space", 1, 1)


def test_topics_stand_in_the_alphabet_of_the_reader(client: Client) -> None:
    for name, name_ko in (("Arctic", "북극"), ("Quantum", ""), ("Space", "우주"), ("Trust", "가치")):
        make.make_topic(name=name, name_ko=name_ko, is_public=True)

    with translation.override("ko"):
        korean = [
            [row.topic.local_name for row in client.get(f"/ko/topics/{query}").context["listing"].rows]
            for query in ("", "?sort=z-a")
        ]

    assert korean == [["Quantum", "가치", "북극", "우주"], ["우주", "북극", "가치", "Quantum"]]
    assert [row.topic.name for row in client.get("/topics/").context["listing"].rows][::3] == ["Arctic", "Trust"]


def test_topic_counts_a_story_in_two_languages_once_as_its_list_does(client: Client) -> None:
    topic = make.make_topic(slug="space", is_public=True)
    original, korean = (make.make_article(slug=language, language=language) for language in ("en", "ko"))
    make.make_row(Translation, korean, article=korean, original=original)
    for article in (original, korean):
        article.topics.add(topic)
        workflow.publish(article, by=None, at=AT)

    (row,) = client.get("/topics/").context["listing"].rows

    assert (row.articles, client.get("/articles/?topic=space").context["listing"].found) == (1, 1)


def test_topics_are_counted_as_far_as_the_choices_of_lists_are(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_rows, "FACET_WINDOW", 2)
    topics = [make.make_topic(name=name, is_public=True) for name in ("Arctic", "Space")]
    for number in range(4):
        article, held = make.make_article(), event(f"Forum {number}")
        article.topics.set(topics[number // 2 :])
        held.topics.set(topics[number // 3 :])
        workflow.publish(article, by=None, at=AT)

    rows = [words(row.find("p[@class='date']")) for row in open_page(client, "/topics/").iterfind(".//article")]

    assert rows == ["2 articles2+ events", "2+ articles2+ events"]


def test_photos_are_found_by_event_and_by_who_is_shown(client: Client) -> None:
    forum = event("Forum", slug="forum")
    shown = make.make_photo(headline="Shown", event=forum, is_public=True)
    shown.depictions.create(person=make.make_person(slug="kim", is_public=True))
    shown.organisations.add(make.make_organisation(slug="ibs", is_public=True))
    make.make_photo(headline="Other", is_public=True)
    make.make_photo(headline="Hidden")

    assert named(client, "/photos/") == ["Other", "Shown"]
    for query in ("event=forum", "person=kim", "organisation=ibs"):
        assert named(client, f"/photos/?{query}") == ["Shown"], query


def test_photos_are_found_by_photographer_and_by_matter_and_place_of_their_meeting(client: Client) -> None:
    seoul = make.make_venue(country="KR")
    forum = event("Forum", venue=seoul)
    forum.topics.add(make.make_topic(slug="space", is_public=True))
    doe = make.make_person(slug="doe", is_public=True)
    make.make_photo(headline="Shown", event=forum, photographer=doe, is_public=True)
    make.make_photo(headline="Abroad", event=event("Summit", venue=seoul, country="JP"), is_public=True)

    found = {query: named(client, f"/photos/?{query}") for query in ("photographer=doe", "topic=space", "country=KR")}
    (countries,) = [one for one in client.get("/photos/").context["listing"].facets if one.name == "country"]

    assert found == {query: ["Shown"] for query in found}
    assert [(one.value, one.found) for one in countries.choices] == [("JP", 1), ("KR", 1)]


def test_photos_do_not_say_who_was_at_a_meeting_under_the_chatham_house_rule(client: Client) -> None:
    silent = event("Silent", slug="silent", country="KR", attribution="chatham-house")
    silent.topics.add(make.make_topic(slug="space", is_public=True))
    photo = make.make_photo(event=silent, is_public=True)
    photo.depictions.create(person=make.make_person(slug="kim", is_public=True))

    response = client.get("/photos/?event=silent")

    assert [client.get(f"/photos/?{one}").context["listing"].rows for one in ("topic=space", "country=KR")] == [[], []]
    assert response.context["listing"].rows == []
    assert b"Silent" not in response.content.replace(b"silent", b"")


# All of them


def fill(number: int) -> None:
    person = make.make_person(is_public=True)
    organisation = make.make_organisation(country="KR", is_public=True)
    person.positions.create(organisation=organisation, title="Director").attestations.create(seen_on="2025")
    series = Series.objects.create(slug=f"series-{number}", name=f"Series {number}")
    meeting = event(f"Meeting {number}", starts_on="2025-12-09", series=series)
    meeting.hostings.create(organisation=organisation)
    meeting.appearances.create(person=person)
    topic = make.make_topic(is_public=True)
    meeting.topics.add(topic)
    photo = make.make_photo(event=meeting, is_public=True)
    photo.depictions.create(person=person)
    photo.organisations.add(organisation)


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/events/", 19),
        ("/events/?topic=no-such", 9),  # one asks whether the slug is a former one
        ("/people/", 12),
        ("/organisations/", 15),
        ("/topics/", 4),
        ("/photos/", 18),
    ],
)
@pytest.mark.parametrize("records", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, records: int, address: str, queries: int
) -> None:
    for number in range(records):
        fill(number)
    client.get(address)

    with django_assert_num_queries(queries):
        response = client.get(address)

    assert len(response.context["listing"].rows) == (0 if "no-such" in address else records)


@pytest.mark.parametrize(
    "address", ["/events/", "/people/", "/organisations/", "/topics/", "/photos/", "/corrections/"]
)
@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("after=W10", 404),
        ("before=WyJcdTAwMDAiLCJcdTAwMDAiLDFd", 404),
        ("q=%00&kind=%00&country=%ED%A0%80&person=" + "9" * 40, 200),
        ("from=0000&to=99999&status=%27&sort=%22&series=" + "x" * 5000, 200),
        ("&".join(f"topic={number}&organisation={number}" for number in range(400)), 200),
    ],
)
def test_hostile_query_is_answered(client: Client, address: str, query: str, status: int) -> None:
    fill(0)

    assert client.get(f"{address}?{query}").status_code == status


@pytest.mark.parametrize(
    "address", ["/events/", "/people/", "/organisations/", "/topics/", "/photos/", "/corrections/"]
)
def test_list_of_nothing_says_so_and_leads_back(client: Client, address: str) -> None:
    body = client.get(address).content.decode()

    assert "Nothing here yet" in body
    assert 'href="/">Back to the front page' in body


@pytest.mark.parametrize("address", ["/events/", "/people/", "/organisations/", "/topics/", "/photos/"])
def test_pages_lead_through_every_row_once(client: Client, address: str) -> None:
    for number in range(23):
        fill(number)
    seen, url = [], address
    while url:
        listing = client.get(url).context["listing"]
        seen += [row[-1] for row in listing.page.rows]
        url = listing.next_url

    assert len(seen) == len(set(seen)) == 23
