"""Pages in the words of schema.org: what they print and no more, and nothing that could end the block."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from events.models import Appearance, Event, Hosting, Session, Statement
from newsroom.articles import workflow
from newsroom.articles.models import Article, Byline, Mention, PhotoUse
from newsroom.photos.models import Lease, Photo, Rendition
from people.models import NameVariant, Position
from tests import factories as make
from tests.factories import make_row

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
META = r'<meta (?:property|name)="([^"]+)" content="([^"]*)"'
pytestmark = pytest.mark.django_db


def blocks_of(client: Client, path: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', client.get(path).content.decode())
    return [json.loads(block) for block in found]


def data_of(client: Client, path: str = "/articles/forum/") -> dict[str, Any]:
    (facts,) = [block for block in blocks_of(client, path) if block["@type"] != "BreadcrumbList"]
    return facts


def card_on(client: Client, path: str) -> str:
    (address,) = re.findall(r'<meta property="og:image" content="([^"]+)">', client.get(path).content.decode())
    return str(address)


def make_story(**over: Any) -> Article:
    return make.make_article(**{"slug": "forum", "headline": "Forum opens", "standfirst": "At last.", **over})


def test_story_is_a_news_article_with_all_that_it_prints(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_NAME = "Meridian"
    article = make_story()
    person = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    make_row(Byline, article, article=article, words="Meridian newsroom")
    make_row(Byline, article, article=article, person=person, role="translation", order=1)
    make_row(Mention, article, article=article, person=person, title_as_printed="President")
    article.organisations.add(make.make_organisation(slug="academy", name="Academy", is_public=True))
    article.events.add(make.make_event(slug="congress", name="Congress", is_public=True))
    article.topics.add(make.make_topic(name="Space", is_public=True))
    article.sources.add(make.make_source(publisher="Asia Daily", title="Opening", url="https://daily.example/1"))
    workflow.publish(article, by=None, at=AT)

    doe = {"@type": "Person", "name": "Doe Kim", "url": "http://testserver/people/doe/"}
    assert data_of(client) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": article.uuid.urn,
        "url": "http://testserver/articles/forum/",
        "mainEntityOfPage": "http://testserver/articles/forum/",
        "headline": "Forum opens",
        "articleSection": "Report",
        "description": "At last.",
        "image": card_on(client, "/articles/forum/"),
        "inLanguage": "en",
        "version": 1,
        "wordCount": 2,
        "isAccessibleForFree": True,
        "datePublished": "2025-12-09T03:00:00Z",
        "dateModified": "2025-12-09T03:00:00Z",
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": "Meridian",
            "url": "http://testserver/",
            "logo": "http://testserver/static/icons/seal.png",
            "correctionsPolicy": "http://testserver/corrections/",
        },
        "author": [{"@type": "Organization", "name": "Meridian newsroom"}],
        "translator": [doe],
        "about": [{"@type": "Event", "name": "Congress", "url": "http://testserver/events/congress/"}],
        "mentions": [doe],
        "keywords": ["Space"],
        "isBasedOn": [
            {
                "@type": "CreativeWork",
                "name": "Opening",
                "publisher": "Asia Daily",
                "url": "https://daily.example/1",
            }
        ],
    }


def test_corrections_are_dated_comments_the_newest_first(client: Client) -> None:
    article = make_story()
    workflow.publish(article, by=None, at=AT)
    for number in (1, 2):
        workflow.correct(article, by=None, at=AT + number * DAY, note=f"Note {number}.")

    facts = data_of(client)

    comment = {"@type": "CorrectionComment", "inLanguage": "en"}
    assert facts["correction"] == [
        {**comment, "text": "Note 2.", "datePublished": "2025-12-11T03:00:00Z"},
        {**comment, "text": "Note 1.", "datePublished": "2025-12-10T03:00:00Z"},
    ]
    assert (facts["version"], facts["dateModified"]) == (3, "2025-12-11T03:00:00Z")


def test_correction_still_to_come_is_no_comment_yet(client: Client) -> None:
    article = make_story()
    workflow.publish(article, by=None, at=AT)

    workflow.correct(article, by=None, at=AT + DAY, note="Secret.", visible_from=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))

    assert "correction" not in data_of(client)


def test_story_without_a_byline_is_the_newsrooms_own(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_NAME = "Meridian"
    workflow.publish(make_story(), by=None, at=AT)

    house = {"@type": "NewsMediaOrganization", "name": "Meridian", "url": "http://testserver/"}
    assert data_of(client)["author"] == [house]


def test_hidden_records_are_not_told_to_machines_either(client: Client) -> None:
    article = make_story()
    article.events.add(make.make_event(name="Secret talks"))
    article.topics.add(make.make_topic(name="Secret topic"))
    article.organisations.add(make.make_organisation(name="Secret service"))
    workflow.publish(article, by=None, at=AT)

    assert "Secret" not in json.dumps(data_of(client))


def test_drawing_that_stands_for_a_picture_is_no_image_but_the_card_is(client: Client) -> None:
    article = make_story()
    make_row(PhotoUse, article, article=article, photo=make.make_photo(is_public=True), is_lead=True)
    workflow.publish(article, by=None, at=AT)

    assert data_of(client)["image"] == card_on(client, "/articles/forum/")


@pytest.mark.parametrize("headline", ["</script><script>alert(1)</script>", "<!-- <script>", "AT&T “says” \u2028 so"])
def test_no_text_ends_the_block(headline: str, client: Client) -> None:
    workflow.publish(make_story(headline=headline, body="<p>Fine.</p>"), by=None, at=AT)

    response = client.get("/articles/forum/")

    assert data_of(client)["headline"] == headline
    assert re.findall(r"<script\b(?! src)[^>]*>", response.content.decode()) == 2 * [
        '<script type="application/ld+json">'
    ]


def test_policy_allows_no_script_for_the_block(client: Client) -> None:
    workflow.publish(make_story(), by=None, at=AT)

    policy = client.get("/articles/forum/").headers["Content-Security-Policy"]

    assert re.findall(r"script-src [^;]*", policy) == ["script-src 'self'"]


def shown(**over: Any) -> Photo:
    """A photograph that the house may show, with its one version."""
    photo = make.make_photo(is_public=True, original="2025/a.jpg", width=9, height=6, **over)
    make_row(Rendition, photo, photo=photo, format="WEBP", width=1200, height=800, size=9, file="real.webp")
    make_row(Lease, photo, photo=photo, effect="allow", scope="use")
    return photo


def test_photograph_that_is_shown_is_the_image_with_its_licence(client: Client) -> None:
    article = make_story()
    taker = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    photo = shown(credit_line="Doe / Academy", copyright_notice="© 2025 Academy", photographer=taker)
    make_row(PhotoUse, article, article=article, photo=photo, is_lead=True, caption="Doe waves.")
    workflow.publish(article, by=None, at=AT)

    about = f"http://testserver/photos/{photo.uuid}/#record"
    assert data_of(client)["image"] == {
        "@type": "ImageObject",
        "@id": photo.uuid.urn,
        "url": "http://testserver/media/real.webp",
        "contentUrl": "http://testserver/media/real.webp",
        "width": 1200,
        "height": 800,
        "caption": "Doe waves.",
        "creator": {"@type": "Person", "name": "Doe Kim", "url": "http://testserver/people/doe/"},
        "creditText": "Doe / Academy",
        "copyrightNotice": "© 2025 Academy",
        "usageInfo": about,
        "license": about,
        "acquireLicensePage": about,
    }


def test_photo_of_the_public_domain_needs_nobodys_licence(client: Client) -> None:
    photo = shown(rights="public-domain", description="A hall.")

    facts = data_of(client, photo.get_absolute_url())

    assert (facts["@type"], facts["caption"], facts["license"], "acquireLicensePage" in facts) == (
        "ImageObject",
        "A hall.",
        "https://creativecommons.org/publicdomain/mark/1.0/",
        False,
    )


def test_record_of_a_photograph_that_is_not_held_has_its_rights_and_no_file(client: Client) -> None:
    photo = make.make_photo(is_public=True, credit_line="Academy", description="A hall.", taken_on="2025-12-09")

    facts = data_of(client, photo.get_absolute_url())

    page = f"http://testserver/photos/{photo.uuid}/"
    assert facts == {
        "@context": "https://schema.org",
        "@type": "ImageObject",
        "@id": photo.uuid.urn,
        "name": str(photo),
        "url": page,
        "mainEntityOfPage": page,
        "dateCreated": "2025-12-09",
        "caption": "A hall.",
        "creditText": "Academy",
        "usageInfo": f"{page}#record",
        "license": f"{page}#record",
        "acquireLicensePage": f"{page}#record",
    }


def test_front_page_tells_how_to_search_the_house(client: Client, settings: Settings) -> None:
    settings.NEWSROOM_NAME = "Meridian"

    (facts,) = blocks_of(client, "/ko/")

    assert (facts["@type"], facts["name"], facts["url"], facts["inLanguage"], facts["potentialAction"]) == (
        "WebSite",
        "Meridian",
        "http://testserver/ko/",
        "ko",
        {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": "http://testserver/ko/search/?q={words}"},
            "query-input": "required name=words",
        },
    )


def test_crumbs_lead_from_the_front_page_to_the_page_itself(client: Client) -> None:
    make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)

    (crumbs,) = [one for one in blocks_of(client, "/people/doe/") if one["@type"] == "BreadcrumbList"]

    assert crumbs["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "http://testserver/"},
        {"@type": "ListItem", "position": 2, "name": "People", "item": "http://testserver/people/"},
        {"@type": "ListItem", "position": 3, "name": "Doe Kim"},
    ]


def make_meeting(**over: Any) -> Event:
    fields = {"slug": "congress", "name": "Congress", "status": "held", "is_public": True}
    return make.make_event(**{**fields, **over})


def test_event_is_told_with_its_hosts_its_place_and_who_took_part(client: Client) -> None:
    venue = make.make_venue(name="Hall A", city="Seoul", country="KR", time_zone="Asia/Seoul", latitude="37.5")
    venue.longitude = "127.0"
    venue.save()
    meeting = make_meeting(
        starts_on="2025-12-09",
        starts_at=dt.datetime(2025, 12, 9, 1, tzinfo=dt.UTC),
        mode="hybrid",
        venue=venue,
        series=make.make_series(name="Congresses"),
    )
    doe = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    session = make_row(Session, meeting, event=meeting, order=1, title="Opening", room="Room 1")
    make_row(Appearance, meeting, event=meeting, person=doe, session=session)
    academy = make.make_organisation(slug="academy", name="Academy", is_public=True)
    make_row(Hosting, meeting, event=meeting, organisation=academy)

    named = {"@id": "#doe", "@type": "Person", "name": "Doe Kim", "url": "http://testserver/people/doe/"}
    place = {
        "@id": "#_place",
        "@type": "Place",
        "name": "Hall A, Seoul",
        "address": {"@type": "PostalAddress", "addressCountry": "KR", "addressLocality": "Seoul"},
        "geo": {"@type": "GeoCoordinates", "latitude": 37.5, "longitude": 127.0},
    }
    where = [place, {"@id": "#_online", "@type": "VirtualLocation", "url": "http://testserver/events/congress/"}]
    assert data_of(client, "/events/congress/") == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": meeting.uuid.urn,
        "name": "Congress",
        "url": "http://testserver/events/congress/",
        "mainEntityOfPage": "http://testserver/events/congress/",
        "startDate": "2025-12-09T10:00+09:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": where,
        "organizer": [{"@type": "Organization", "name": "Academy", "url": "http://testserver/organisations/academy/"}],
        "performer": [named],
        "subEvent": [
            {
                "@type": "Event",
                "name": "Opening",
                "startDate": "2025-12-09",
                "location": [
                    {"@type": "Place", "name": "Room 1", "containedInPlace": {"@id": "#_place"}},
                    {"@id": "#_place"},
                    {"@id": "#_online"},
                ],
                "performer": [{"@id": "#doe"}],
            }
        ],
        "superEvent": {"@type": "EventSeries", "name": "Congresses"},
        "image": card_on(client, "/events/congress/"),
    }


@pytest.mark.parametrize("written", ["2025-12", "2025-XX-06", "?2025-12-06", "2025-12-06~", "XXXX-12-06"])
def test_date_that_is_not_certain_is_not_told_to_machines(client: Client, written: str) -> None:
    make_meeting(starts_on=written)

    assert "startDate" not in data_of(client, "/events/congress/")


@pytest.mark.parametrize(
    ("status", "told"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed"), ("held", "EventScheduled")]
)
def test_event_says_whether_it_takes_place(client: Client, status: str, told: str) -> None:
    make_meeting(status=status)

    assert data_of(client, "/events/congress/")["eventStatus"] == f"https://schema.org/{told}"


def test_event_that_names_nobody_names_nobody_to_machines(client: Client) -> None:
    meeting = make_meeting(attribution="chatham-house")
    doe = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    session = make_row(Session, meeting, event=meeting, order=1, title="Opening")
    make_row(Appearance, meeting, event=meeting, person=doe, session=session)
    make_row(Statement, meeting, event=meeting, person=doe, text="It is late.")

    told = [json.dumps(blocks_of(client, path)) for path in ("/events/congress/", "/people/doe/")]

    assert ["Doe" in told[0], "late" in told[0], "Congress" in told[1]] == [False, False, False]


def test_crowded_event_is_told_with_the_first_who_took_part_and_points_to_nobody_else(client: Client) -> None:
    event = make.make_event(slug="congress", is_public=True)
    crowd = [make.make_person(slug=f"doe-{number}", is_public=True) for number in range(26)]
    for number, person in enumerate(crowd):
        session = make_row(Session, event, event=event, title=f"{number}", order=number) if number % 2 else None
        make_row(Appearance, event, event=event, person=person, session=session, order=number)

    told = data_of(client, "/events/congress/")

    assert [one["@id"] for one in told["performer"]] == [f"#doe-{number}" for number in range(24)]
    assert [one["performer"] for one in told["subEvent"]] == [[{"@id": f"#doe-{n}"}] for n in range(1, 24, 2)]


def test_person_is_told_with_spellings_posts_and_ids(client: Client) -> None:
    doe = make.make_person(
        slug="doe", family_name="Doe", given_name="Kim", native_name="도", is_public=True, wikidata="Q42"
    )
    make_row(NameVariant, doe, person=doe, spelling="Kimdoe")
    academy = make.make_organisation(slug="academy", name="Academy", short_name="ACA", is_public=True)
    make_row(Position, doe, person=doe, title="President", organisation=academy, starts_on="2020-03-01")
    make_row(Position, doe, person=doe, title="Envoy", starts_on="2019", ends_on="2020~")

    facts = data_of(client, "/people/doe/")

    assert facts["mainEntityOfPage"]["@type"] == "ProfilePage"
    assert (facts["alternateName"], facts["sameAs"], facts["worksFor"], facts["hasOccupation"]) == (
        ["도", "Kimdoe"],
        ["https://www.wikidata.org/entity/Q42"],
        [
            {
                "@type": "EmployeeRole",
                "roleName": "President",
                "startDate": "2020-03-01",
                "worksFor": {
                    "@type": "Organization",
                    "name": "Academy",
                    "url": "http://testserver/organisations/academy/",
                },
            }
        ],
        [
            {
                "@type": "Role",
                "roleName": "President",
                "startDate": "2020-03-01",
                "hasOccupation": {"@type": "Occupation", "name": "President"},
            },
            {
                "@type": "Role",
                "roleName": "Envoy",
                "startDate": "2019",
                "hasOccupation": {"@type": "Occupation", "name": "Envoy"},
            },
        ],
    )


def test_body_is_told_with_who_held_its_posts_as_far_as_they_are_public(client: Client) -> None:
    academy = make.make_organisation(slug="academy", name="Academy", is_public=True)
    doe = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    secret = make.make_person(family_name="Secret", given_name="Kim")
    for person in (doe, secret):
        held = {"title": "President", "organisation": academy, "starts_on": "2020-03-01", "ends_on": "2022"}
        make_row(Position, person, academy, person=person, **held)

    assert data_of(client, "/organisations/academy/")["member"] == [
        {
            "@type": "OrganizationRole",
            "roleName": "President",
            "startDate": "2020-03-01",
            "endDate": "2022",
            "member": {"@type": "Person", "name": "Doe Kim", "url": "http://testserver/people/doe/"},
        }
    ]


def test_post_of_today_is_an_affiliation(client: Client) -> None:
    academy = make.make_organisation(slug="academy", name="Academy", is_public=True)
    doe = make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    make_row(Position, doe, person=doe, title="President", organisation=academy, starts_on="2020", ends_on="2090")

    facts = data_of(client, "/people/doe/")

    assert (facts["jobTitle"], facts["affiliation"]["name"]) == ("President", "Academy")


def test_list_is_a_collection_of_what_stands_first_in_it(client: Client) -> None:
    make.make_person(slug="doe", family_name="Doe", given_name="Kim", is_public=True)
    make.make_person(family_name="Secret", given_name="Kim")

    facts = data_of(client, "/ko/people/")

    entry = {"@type": "ListItem", "position": 1, "name": "Doe Kim", "url": "http://testserver/ko/people/doe/"}
    assert (facts["@type"], facts["url"], facts["inLanguage"], facts["mainEntity"]) == (
        "CollectionPage",
        "http://testserver/ko/people/",
        "ko",
        {"@type": "ItemList", "itemListElement": [entry]},
    )


def test_filtered_list_is_no_collection_of_its_own_but_has_its_own_address(client: Client) -> None:
    page = client.get("/people/?to=&utm_source=x&organisation=academy&q=doe").content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]+)">', page) == [
        "http://testserver/people/?q=doe&amp;organisation=academy"
    ]
    assert ("ld+json" in page, 'rel="alternate" hreflang' in page, 'content="noindex,follow"' in page) == (
        False,
        False,
        True,
    )


def test_body_is_told_by_its_kind_with_what_it_is_part_of(client: Client) -> None:
    parent = make.make_organisation(name="Secret service")
    make.make_organisation(
        slug="academy", name="Academy", short_name="ACA", kind="institute", country="KR", parent=parent, is_public=True
    )

    facts = data_of(client, "/organisations/academy/")

    assert (facts["@type"], facts["alternateName"], facts["address"], facts["parentOrganization"]) == (
        "ResearchOrganization",
        ["ACA"],
        {"@type": "PostalAddress", "addressCountry": "KR"},
        {"@type": "Organization", "name": "Secret service"},
    )


def test_topic_is_a_term_in_the_language_of_the_page(client: Client) -> None:
    topic = make.make_topic(slug="space", name="Space", name_ko="우주", medtop="20000735", is_public=True)

    assert data_of(client, "/ko/topics/space/")["about"] == {
        "@type": "DefinedTerm",
        "@id": topic.uuid.urn,
        "name": "우주",
        "alternateName": "Space",
        "termCode": "20000735",
        "inDefinedTermSet": "https://cv.iptc.org/newscodes/mediatopic/",
        "url": "https://cv.iptc.org/newscodes/mediatopic/20000735",
    }


def test_head_of_every_kind_of_page_says_what_other_sites_show(client: Client) -> None:
    workflow.publish(make_story(), by=None, at=AT)
    make_meeting(starts_on="2025-12-09")
    make.make_organisation(slug="kaist", name="KAIST", kind="university", country="KR", is_public=True)
    titles = {
        "/": "Science diplomacy, on the record",
        "/search/": "Search",
        "/articles/forum/versions/": "Versions of “Forum opens”",
        "/events/congress/": "Congress",
        "/organisations/kaist/": "KAIST",
        "/api/v1/docs/": "Partner API",
    }

    pages = {path: client.get(path).content.decode() for path in titles}
    told = {path: dict(re.findall(META, pages[path])) for path in pages}

    assert {path: one["og:title"] for path, one in told.items()} == titles
    assert [one["og:description"] == one["description"] for one in told.values()] == 6 * [True]
    told_first = [told[path]["description"] for path in list(titles)[2:5]]
    assert told_first == ["At last.", "Meeting. 9 December 2025", "University, South Korea"]
