"""The list of articles: filters, counts, chips, pages and what they cost."""

import datetime as dt
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from newsroom.articles import workflow
from newsroom.articles.models import Article, Kind
from newsroom.models import Topic
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
OTHER_KINDS = [kind for kind in Kind.values if kind not in {"brief", "report"}]
pytestmark = pytest.mark.django_db


def publish(headline: str = "A story", *, days: int = 0, **relations: object) -> Article:
    """A story out for some days, with these relations."""
    fields = {name: relations.pop(name) for name in ("kind", "language", "countries") if name in relations}
    article = make.make_article(headline=headline, **fields)
    for name, related in relations.items():
        if name == "people":
            for order, person in enumerate(related):
                article.mentions.create(person=person, order=order)
        else:
            getattr(article, name).set(related)
    workflow.publish(article, by=None, at=AT - dt.timedelta(days=days))
    return article


def headlines(client: Client, query: str = "") -> list[str]:
    return [row.edition.headline for row in client.get(f"/articles/?{query}").context["listing"].rows]


def counts(client: Client, facet: str, query: str = "") -> dict[str, str]:
    facets = {one.name: one for one in client.get(f"/articles/?{query}").context["listing"].facets}
    return {choice.value: choice.count for choice in facets[facet].choices} if facet in facets else {}


def topics(*names: str) -> list[Topic]:
    return [make.make_topic(slug=name, name=name.title(), is_public=True) for name in names]


def test_list_shows_stories_by_first_publication_newest_first(client: Client) -> None:
    publish("Older", days=2)
    publish("Newer", days=1)

    assert headlines(client) == ["Newer", "Older"]
    assert headlines(client, "sort=oldest") == ["Older", "Newer"]


def test_list_keeps_a_corrected_story_in_its_place_with_its_new_headline(client: Client) -> None:
    older = publish("Older", days=2)
    publish("Newer", days=1)
    older.headline = "Older, put right"
    older.save()
    workflow.correct(older, by=None, at=AT, note="A name was wrong.")

    assert headlines(client) == ["Newer", "Older, put right"]


def test_list_hides_drafts_and_scheduled_and_withdrawn_stories(client: Client) -> None:
    make.make_article(headline="Draft")
    scheduled = make.make_article(headline="Scheduled")
    workflow.publish(scheduled, by=None, at=AT, visible_from=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))
    workflow.withdraw(publish("Withdrawn"), by=None, at=AT)
    publish("Out")

    assert headlines(client) == ["Out"]


def test_values_of_one_filter_widen_and_filters_narrow_each_other(client: Client) -> None:
    space, sea = topics("space", "sea")
    publish("Space report", topics=[space], kind="report")
    publish("Sea report", topics=[sea], kind="report", days=1)
    publish("Sea brief", topics=[sea], kind="brief", days=2)
    publish("Neither", days=3)

    assert headlines(client, "topic=space") == ["Space report"]
    assert headlines(client, "topic=space&topic=sea") == ["Space report", "Sea report", "Sea brief"]
    assert headlines(client, "topic=sea&kind=report") == ["Sea report"]


def test_each_filter_finds_what_is_printed(client: Client) -> None:
    person = make.make_person(slug="kim", is_public=True)
    organisation = make.make_organisation(slug="kistep", is_public=True)
    event = make.make_event(slug="forum", is_public=True)
    source = make.make_source(publisher="The Dong-A Ilbo")
    publish("Told", people=[person], organisations=[organisation], events=[event], sources=[source], countries=["CN"])
    publish("Other", days=1, language="ko")

    for query in ("person=kim", "organisation=kistep", "event=forum", "source=the-dong-a-ilbo", "country=CN"):
        assert headlines(client, query) == ["Told"], query
    assert headlines(client, "language=ko") == ["Other"]


def test_words_find_stories_and_show_where_they_stand(client: Client) -> None:
    found = publish("Found", days=1)
    found.body = "<p>Nobody owns technological sovereignty.</p>"
    found.save()
    workflow.publish(found, by=None, at=AT)
    publish("Other")

    response = client.get("/articles/?q=sovereignty")

    assert [row.edition.headline for row in response.context["listing"].rows] == ["Found"]
    assert "<mark>sovereignty</mark>" in response.content.decode()


@pytest.mark.parametrize("few", [0, 2000])
def test_words_narrow_and_count_alike_whether_they_find_few_or_a_crowd(
    client: Client, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr("newsroom.articles.filters.FEW", few)
    (sea,) = topics("sea")
    publish("A harbour", topics=[sea])
    publish("Harbours of old", days=1, kind="brief")
    publish("Harbour of the sea", topics=[sea], days=2, kind="brief")
    publish("Something else", topics=[sea], days=3)

    listing = client.get("/articles/?q=harbour&topic=sea").context["listing"]

    assert headlines(client, "q=harbour") == ["A harbour", "Harbours of old", "Harbour of the sea"]
    assert [row.edition.headline for row in listing.rows] == ["A harbour", "Harbour of the sea"]
    assert (listing.count, client.get("/articles/?q=harbour").context["listing"].count) == ("2 articles", "3 articles")
    assert counts(client, "kind", "q=harbour") == {"brief": "2", "report": "1"} | dict.fromkeys(OTHER_KINDS, "0")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("from=2025-12-08", ["8 December", "9 December"]),
        ("to=2025-12-08", ["7 December", "8 December"]),
        ("from=2025-12-08&to=2025-12-08", ["8 December"]),
        ("from=2025&to=2025-12", ["7 December", "8 December", "9 December"]),
        ("from=2026", []),
    ],
)
def test_span_of_time_goes_by_the_newsrooms_days(client: Client, query: str, found: list[str]) -> None:
    """15:00 in UTC is the next day's midnight in Seoul."""
    for day in (6, 7, 8):
        article = make.make_article(headline=f"{day + 1} December")
        workflow.publish(article, by=None, at=dt.datetime(2025, 12, day, 15, tzinfo=dt.UTC))

    assert headlines(client, f"{query}&sort=oldest") == found


def test_unreadable_date_is_named_beside_its_field_and_the_other_filters_stay(client: Client) -> None:
    publish("Report", kind="report")
    publish("Brief", kind="brief")

    response = client.get("/articles/?from=Decembr&kind=brief")

    assert response.status_code == 200
    assert [row.edition.headline for row in response.context["listing"].rows] == ["Brief"]
    assert 'value="Decembr" maxlength="80" autocomplete="off" aria-invalid="true"' in response.content.decode()
    assert 'id="from-error"' in response.content.decode()


def test_counts_ignore_the_choice_of_their_own_facet(client: Client) -> None:
    space, sea = topics("space", "sea")
    publish(topics=[space], kind="report")
    publish(topics=[space, sea], kind="brief")
    publish(topics=[sea], kind="brief")

    assert counts(client, "topic", "topic=space") == {"sea": "2", "space": "2"}
    assert counts(client, "topic", "topic=space&kind=brief") == {"sea": "2", "space": "1"}
    assert counts(client, "kind", "topic=space")["brief"] == "1"


def test_topic_that_finds_nothing_stays_visible_and_a_hidden_one_is_not_named(client: Client) -> None:
    space, _sea = topics("space", "sea")
    hidden = make.make_topic(slug="hidden", name="Hidden")
    publish(topics=[space, hidden])

    assert counts(client, "topic") == {"space": "1", "sea": "0"}
    assert b"Hidden" not in client.get("/articles/?topic=space").content


def test_chips_take_off_one_value_each_and_keep_the_words(client: Client) -> None:
    topics("space", "sea")

    listing = client.get("/articles/?topic=sea&q=moon&topic=space&from=2025").context["listing"]

    assert [(chip.label, chip.url) for chip in listing.chips] == [
        ("Topic: Sea", "/articles/?q=moon&topic=space&from=2025"),
        ("Topic: Space", "/articles/?q=moon&topic=sea&from=2025"),
        ("From: 2025", "/articles/?q=moon&topic=sea&topic=space"),
    ]
    assert listing.clear_url == "/articles/?q=moon"


def test_title_says_the_filters_in_words(client: Client) -> None:
    space, sea = topics("space", "sea")
    publish(topics=[space])
    publish(topics=[sea])

    listing = client.get("/articles/?q=story&topic=space&topic=sea&from=2025").context["listing"]

    assert listing.title == "“story”, Space or Sea, From: 2025: 2 articles – News"


def test_empty_list_names_each_filter_whose_removal_alone_brings_something(client: Client) -> None:
    space, _sea = topics("space", "sea")
    publish(topics=[space], kind="report")
    publish(topics=[space], kind="report", days=1)

    listing = client.get("/articles/?topic=space&kind=brief&language=en").context["listing"]

    assert [(way.label, way.url, way.count) for way in listing.ways_out] == [
        ("Remove Kind: Brief", "/articles/?topic=space&language=en", "2 articles"),
    ]


@pytest.mark.parametrize(
    ("asked", "told"), [("!!!", "No words to search for yet"), ("nowhere", "0 {kind} for “nowhere”")]
)
@pytest.mark.parametrize(("path", "kind"), [("/articles/", "articles"), ("/people/", "people")])
def test_list_asked_for_signs_alone_says_what_to_type(
    client: Client, path: str, kind: str, asked: str, told: str
) -> None:
    page = client.get(path, {"q": asked})

    listing, are_signs = page.context["listing"], asked == "!!!"
    assert listing.outcome == told.format(kind=kind)
    assert ("Signs alone find nothing: type letters or digits." in page.content.decode()) == are_signs
    assert (listing.feeds == []) == are_signs


def test_unknown_value_gives_an_empty_list_with_a_way_back(client: Client) -> None:
    publish()

    response = client.get("/articles/?topic=no-such")

    assert response.status_code == 200
    assert response.context["listing"].rows == []
    assert [way.url for way in response.context["listing"].ways_out] == ["/articles/"]
    assert "Topic: no-such" in response.content.decode()


def test_source_of_a_story_still_to_come_is_not_named(client: Client) -> None:
    article = make.make_article()
    article.sources.set([make.make_source(publisher="Whistle Blower")])
    workflow.publish(article, by=None, at=AT, visible_from=dt.datetime(2090, 1, 1, tzinfo=dt.UTC))

    assert b"Whistle Blower" not in client.get("/articles/?source=whistle-blower").content


def test_unknown_parameters_are_ignored_and_the_query_is_put_in_order(client: Client) -> None:
    listing = client.get("/articles/?utm=1&kind=brief&kind=+&topic=b&topic=a&topic=b&q=+two++words+").context["listing"]

    assert listing.query.url == "/articles/?q=two+words&topic=b&topic=a&kind=brief"


def test_filtered_page_is_not_indexed_and_names_itself_in_order(client: Client) -> None:
    publish(kind="brief")

    filtered = client.get("/articles/?utm=1&kind=brief&kind=+").content.decode()
    plain = client.get("/articles/?utm=1").content.decode()

    assert '<meta name="robots" content="noindex,follow">' in filtered
    assert '<link rel="canonical" href="http://testserver/articles/?kind=brief">' in filtered
    assert '<link rel="canonical" href="http://testserver/articles/">' in plain
    assert "noindex" not in plain


def test_feed_of_a_filtered_list_carries_what_narrows_it(client: Client) -> None:
    publish(kind="brief")

    body = client.get("/articles/?kind=brief&sort=oldest&from=soon").content.decode()

    assert 'title="News – Kind: Brief – Atom feed" href="/feeds/articles.atom?kind=brief">' in body


def test_pages_lead_through_all_stories_and_back(client: Client) -> None:
    for day in range(45):
        publish(f"Story {day}", days=day)
    seen, url = [], "/articles/?sort=newest"
    while url:
        listing = client.get(url).context["listing"]
        seen.append([row.edition.headline for row in listing.rows])
        url = listing.next_url
    back = client.get(listing.previous_url).context["listing"]

    assert [len(page) for page in seen] == [20, 20, 5]
    assert [headline for page in seen for headline in page] == [f"Story {day}" for day in range(45)]
    assert [row.edition.headline for row in back.rows] == seen[1]


@pytest.mark.parametrize("token", ["after=x", "before=W10", "after=%00", "after=" + "A" * 3000])
def test_place_that_is_not_known_is_answered_404_with_the_beginning(client: Client, token: str) -> None:
    publish("First")

    response = client.get(f"/articles/?{token}")

    assert response.status_code == 404
    assert [row.edition.headline for row in response.context["listing"].rows] == ["First"]


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 100_000,
        "q=%00",
        "q=" + "w+" * 3000,
        "q=%22%20OR%20NEAR(",
        "q=%ED%A0%80",
        "topic=%00",
        "topic=" + "9" * 40,
        "topic=" + "a" * 100_000,
        "&".join(f"person={number}" for number in range(900)),
        "country=zz&country=%00",
        "from=0&to=99999",
        "from=9999-12-31T23:59:59-12:00",
        "from=" + "9" * 100_000,
        "sort=id);drop",
        "kind__in=brief&_connector=OR",
        "source=" + "x" * 300,
    ],
)
def test_hostile_query_is_answered(client: Client, query: str) -> None:
    publish("First")

    assert client.get(f"/articles/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "queries"), [("", 17), ("kind=report", 18), ("kind=report&topic=space", 22), ("q=story", 20)]
)
@pytest.mark.parametrize("stories", [1, 3])
def test_list_costs_the_same_for_any_number_of_stories(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    stories: int,
    query: str,
    queries: int,
) -> None:
    (space,) = topics("space")
    for number in range(stories):
        photo = make.make_photo(is_public=True)
        article = make.make_article(headline=f"Story {number}", kind="report")
        article.topics.set([space])
        article.photo_uses.create(photo=photo, is_lead=True)
        article.sources.set([make.make_source()])
        article.organisations.set([make.make_organisation(is_public=True)])
        article.events.set([make.make_event(is_public=True)])
        article.mentions.create(person=make.make_person(is_public=True))
        workflow.publish(article, by=None, at=AT)
    client.get("/articles/")

    with django_assert_num_queries(queries):
        response = client.get(f"/articles/?{query}")

    assert len(response.context["listing"].rows) == stories


def test_korean_list_stands_under_its_own_address(client: Client) -> None:
    topic = make.make_topic(slug="space", name="Space", name_ko="우주", is_public=True)
    publish(topics=[topic])
    publish()

    body = client.get("/ko/articles/?topic=space").content.decode()

    assert re.search(r'<h3[^>]*><a href="/ko/articles/story-\d+/">A story</a>', body)
    assert "우주" in body
    assert parse_qs(urlsplit("/ko/articles/?topic=space").query) == {"topic": ["space"]}


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("kind=REPORT", "kind=report"),
        ("kind[]=report&kind[0]=brief", "kind=report&kind=brief"),
        ("language=Korean", "language=ko"),
        ("country=kr&country=South+Korea&country=KOR", "country=KR"),
        ("country=대한민국", "country=KR"),
        ("topic=Outer+Space", "topic=space"),
        ("source=Publisher+Doe", "source=publisher-doe"),
        ("from=6+September+2025", "from=6+September+2025"),
    ],
)
def test_value_called_otherwise_is_the_one_that_addresses_write(client: Client, query: str, canonical: str) -> None:
    topic = make.make_topic(name="Outer Space", slug="space", is_public=True)
    publish(topics=[topic], sources=[make.make_source(publisher="Publisher Doe")])

    assert client.get(f"/articles/?{query}").context["listing"].query.url == f"/articles/?{canonical}"


def test_span_that_ends_before_it_begins_is_named(client: Client) -> None:
    publish("First")

    page = client.get("/articles/?from=2026&to=2025").context["listing"]

    assert [(name, typed, bool(error)) for name, _label, typed, error in page.ends] == [
        ("from", "2026", False),
        ("to", "2025", True),
    ]
    assert page.title.startswith("Error: ")
    assert [(way.url, way.count) for way in page.ways_out] == [("/articles/", "1 article")]


def test_preset_replaces_the_span_and_keeps_the_rest(client: Client) -> None:
    listing = client.get("/articles/?kind=report&from=2024&to=2025&sort=oldest").context["listing"]
    this, last = localdate().year, localdate().year - 1

    assert [(one.url, one.is_on) for one in listing.presets[2:]] == [
        (f"/articles/?kind=report&sort=oldest&from={this}&to={this}", False),
        (f"/articles/?kind=report&sort=oldest&from={last}&to={last}", (last, last) == (2024, 2025)),
    ]
