"""The one search box: every kind of thing, names in any spelling, and nothing that is not public."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from events.models import Appearance, Venue
from newsroom import changes, search
from newsroom.articles import workflow
from newsroom.articles.models import Mention
from newsroom.models import SearchEntry, Topic
from newsroom.photos.models import Depiction
from newsroom.website import narrowing, search_view
from newsroom.website.spellings import with_names_meant
from people.models import NameVariant, Person
from tests import factories as make

AT = dt.datetime(2025, 12, 9, 3, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def one_of_each(word: str = "quantum") -> None:
    workflow.publish(make.make_article(headline=f"Story of {word}"), by=None, at=AT)
    make.make_event(name=f"Meeting on {word}", is_public=True)
    make.make_person(family_name=word.title(), is_public=True)
    make.make_organisation(name=f"Institute of {word}", is_public=True)
    make.make_topic(name=word.title(), is_public=True)
    make.make_photo(description=f"Somebody with {word}.", is_public=True)


def titles(client: Client, query: str) -> list[str]:
    return ["".join(piece for piece, _found in hit.title) for hit in client.get(f"/search/?{query}").context["hits"]]


def further(page: Any) -> str:
    """Where the next results are; empty behind the last."""
    hits = page.context["hits"]
    return hits[-1].further if hits.has_more else ""


def test_search_finds_every_kind_and_counts_it(client: Client) -> None:
    one_of_each()

    response = client.get("/search/?q=quantum")

    assert [(tab.label, tab.count) for tab in response.context["tabs"]] == [
        ("All", "6"),
        ("People", "1"),
        ("Organisations", "1"),
        ("Events", "1"),
        ("Articles", "1"),
        ("Photos", "1"),
        ("Topics", "1"),
    ]
    assert sorted(hit.kind for hit in response.context["hits"]) == [
        "Article",
        "Event",
        "Organisation",
        "Person",
        "Photo",
        "Topic",
    ]
    assert "<mark>quantum</mark>" in response.content.decode()


def test_one_kind_alone_keeps_the_counts_of_the_others(client: Client) -> None:
    one_of_each()

    response = client.get("/search/?q=quantum&kind=event")

    assert titles(client, "q=quantum&kind=event") == ["Meeting on quantum"]
    assert response.context["outcome"] == "1 result for “quantum”"
    assert [tab.label for tab in response.context["tabs"] if tab.is_on] == ["Events"]
    assert response.context["tabs"][0].count == "6"


def test_several_kinds_are_found_together_as_in_their_feed(client: Client) -> None:
    one_of_each()

    page = client.get("/search/?q=quantum&kind=event&kind[]=Photos&kind=nothing").context
    feed = client.get("/feeds/search.json?q=quantum&kind=event&kind[]=Photos&kind=nothing").json()["items"]

    assert {hit.kind for hit in page["hits"]} == {"Event", "Photo"}
    assert (len(feed), page["outcome"], page["list_url"]) == (2, "2 results for “quantum”", "")
    assert [tab.label for tab in page["tabs"] if tab.is_on] == ["Events", "Photos"]
    assert page["canonical_url"].endswith("/search/?q=quantum&kind=event&kind=photo")
    assert {choice.found for facet in page["listing"].facets for choice in facet.choices} <= {0, 1, 2}


@pytest.mark.parametrize("query", ["q=!!!", "q=%E2%80%9C%E2%80%9D&country=KR", "q=-+-&kind=event"])
def test_signs_alone_are_asked_to_be_words(client: Client, query: str) -> None:
    one_of_each()

    page = client.get(f"/search/?{query}")

    assert (page.context["outcome"], [*page.context["hits"]], page.context["ways"]) == ("", [], [])
    assert "Signs alone find nothing: type letters or digits." in page.content.decode()
    assert [url for _label, url in page.context["lists"] if "q=" in url] == []
    assert page.context["lists"] != []


@pytest.mark.parametrize(
    "spelling",
    [
        "Kim Sang-bae",
        "Gim Sangbae -Park",
        "Sang-bae Kim",
        "Gim Sang Bae",
        "김상배",
        "S.-B. Kim",
        "GIM, S. B.",
        "S. Kim",
    ],
)
def test_person_is_found_in_any_spelling(client: Client, spelling: str) -> None:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
    make.make_person(family_name="Kim", given_name="Do-yoon", is_public=True)
    with_variant = NameVariant(person=person, spelling="Sang-bae Kim")
    with_variant.save()
    make.make_person(family_name="Park", is_public=True)

    hits = client.get("/search/", {"q": spelling}).context["hits"]

    assert [(hit.kind, hit.url) for hit in hits] == [("Person", person.get_absolute_url())]


@pytest.mark.parametrize(
    "asked",
    [
        "정병선님",
        "정병선교수의",
        "정병선 심의관은",
        "정병선은",
        "\u110c\u1165\u11bc병선교수",
        "정병선 부총리님",
        "Prof. Jung Byungsun",
    ],
)
def test_person_is_found_however_addressed(client: Client, asked: str) -> None:
    make.make_person(family_name="Jeong", given_name="Byung-seon", is_public=True)

    (hit,) = client.get("/search/", {"q": asked}).context["hits"]

    assert hit.title == [("Jeong", True), (" ", False), ("Byung-seon", True)]


def test_name_with_a_title_is_marked_beside_other_words(client: Client) -> None:
    make.make_person(family_name="Jeong", given_name="Byung-seon", is_public=True)

    assert with_names_meant("정병선교수의 forum") == "정병선교수의 forum Jeong Byung-seon"


def test_name_of_two_syllables_stands_before_a_title_only_where_it_is_on_record(client: Client) -> None:
    make.make_person(family_name="Heo", given_name="Jun", native_name="허준", is_public=True)
    make.make_topic(name="국가원장의 의장, 허준의 외교", is_public=True)

    found = {asked: len(titles(client, f"q={asked}")) for asked in ("허준교수", "허준님 외교", "국가원장", "허황교수")}

    assert found == {"허준교수": 2, "허준님 외교": 1, "국가원장": 1, "허황교수": 0}


@pytest.mark.parametrize("asked", ["Kim Sang-bae", "Sangbae Kim", "Kim"])
def test_person_who_is_asked_for_stands_before_what_is_called_after_them(client: Client, asked: str) -> None:
    make.make_topic(name="Kim Sang-bae, Kim and Sang-bae", is_public=True)
    make.make_person(family_name="Kim", given_name="Sang-bae", biography="Professor of politics. " * 40, is_public=True)

    assert titles(client, f"q={asked}")[0] == "Kim Sang-bae"


def test_hit_says_which_spelling_was_meant(client: Client) -> None:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", is_public=True)
    NameVariant.objects.create(person=person, spelling="Sang-bae Kim")

    assert [hit.spelling for hit in client.get("/search/?q=Sangbae+Kim").context["hits"]] == ["Sang-bae Kim"]


@pytest.mark.parametrize(
    ("asked", "persons"),
    [
        ("Jung Byung-sun", ["Person"]),
        ("Prof. Byung-sun Jung", ["Person"]),
        ("B.-S. Jung forum", []),
        ("정병선 교수", ["Person"]),
        ("정병선교수의 forum", []),
        ("forum Jung Byung-sun -party", []),
    ],
)
def test_stories_events_and_photos_are_found_by_any_spelling_of_whom_they_name(
    client: Client, asked: str, persons: list[str]
) -> None:
    person = make.make_person(family_name="Jeong", given_name="Byeong-seon", is_public=True)
    article = make.make_article(headline="A forum")
    make.make_row(Mention, article, article=article, person=person, name_as_printed="Jeong Byung-seon")
    workflow.publish(article, by=None, at=AT)
    event = make.make_event(name="The forum", is_public=True)
    make.make_row(Appearance, event, event=event, person=person)
    photo = make.make_photo(description="At the forum.", is_public=True)
    make.make_row(Depiction, photo, photo=photo, person=person)

    page = client.get("/search/", {"q": asked})
    listed = [
        client.get(path, {"q": asked}).context["listing"].found for path in ("/articles/", "/events/", "/photos/")
    ]

    assert sorted(hit.kind for hit in page.context["hits"]) == ["Article", "Event", *persons, "Photo"]
    assert all(any(is_marked for _piece, is_marked in hit.title + hit.snippet) for hit in page.context["hits"])
    assert listed == [1, 1, 1]


@pytest.mark.parametrize(
    ("part", "marked"), [("Rhee", "Lee"), ("이", "Lee"), ("Seung-ju", "Seung-joo"), ("승주", "Seung-joo")]
)
def test_person_is_found_by_a_part_of_the_name_in_any_spelling(client: Client, part: str, marked: str) -> None:
    person = make.make_person(family_name="Lee", given_name="Seung-joo", is_public=True)
    make.make_person(family_name="Park", is_public=True)

    (hit,) = client.get("/search/", {"q": part}).context["hits"]

    assert (hit.url, [piece for piece, is_marked in hit.title if is_marked]) == (
        person.get_absolute_url(),
        [marked],
    )


def test_kind_that_has_nothing_leads_to_those_that_have(client: Client) -> None:
    make.make_event(name="Meeting on quantum", is_public=True)

    page = client.get("/search/?q=quantum&kind=People")

    assert ([*page.context["hits"]], page.context["list_url"]) == ([], "")
    assert '<a href="/search/?q=quantum">See what was found of other kinds</a>' in page.content.decode()
    assert '<input type="hidden" name="kind" value="person">' in page.content.decode()


def test_kind_leads_to_its_list_with_all_filters(client: Client) -> None:
    make.make_event(name="Meeting on quantum", is_public=True)

    assert client.get("/search/?q=quantum&kind=event").context["list_url"] == "/events/?q=quantum"


def test_korean_words_are_found_and_marked(client: Client) -> None:
    workflow.publish(make.make_article(headline="과학기술외교의 길", language="ko"), by=None, at=AT)

    body = client.get("/search/?q=외교").content.decode()

    assert "<mark>외교</mark>" in body
    assert 'lang="ko"' in body


def narrowable() -> None:
    """A story in each language, meetings of some days and a photograph, a name."""
    workflow.publish(make.make_article(headline="Quantum opens"), by=None, at=AT)
    workflow.publish(make.make_article(headline="Quantum 외교", language="ko"), by=None, at=AT - dt.timedelta(days=400))
    make.make_event(name="Quantum week", starts_on="2025-11-28", ends_on="2025-12-03", is_public=True)
    make.make_photo(description="Quantum.", taken_on="2025", is_public=True)
    make.make_topic(name="Quantum", is_public=True)


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("language=en", {"All": "1", "Articles": "1"}),
        ("language=Korean&language=en", {"All": "2", "Articles": "2"}),
        ("language=xx", {}),
        ("from=2025-12&to=2025-12", {"All": "3", "Events": "1", "Articles": "1", "Photos": "1"}),
        ("from=4+December+2025", {"All": "2", "Articles": "1", "Photos": "1"}),
        ("to=2024", {"All": "1", "Articles": "1"}),
        ("from=soon", {"All": "5", "Events": "1", "Articles": "2", "Photos": "1", "Topics": "1"}),
    ],
)
def test_search_is_narrowed_to_languages_and_days(client: Client, asked: str, counts: dict[str, str]) -> None:
    narrowable()

    tabs = client.get(f"/search/?q=quantum&{asked}").context["tabs"]

    assert {tab.label: tab.count for tab in tabs} == counts


def with_matter() -> None:
    """Of each kind one on the sea or in Korea, and one of neither; a topic that nobody may know of."""
    sea, plan = make.make_topic(slug="sea", name="Seas", name_ko="바다", is_public=True), make.make_topic(slug="plan")
    story = make.make_article(headline="Quantum at sea", countries=["KR"])
    story.topics.set([sea, plan])
    workflow.publish(story, by=None, at=AT)
    event = make.make_event(name="Quantum week", venue=make.make_venue(country="KR"), is_public=True)
    body = make.make_organisation(name="Quantum House", country="KR", is_public=True)
    person = make.make_person(family_name="Quantum", is_public=True)
    with changes.recording() as record:
        event.topics.set([sea, plan])
        person.positions.create(title="Director", organisation=body)
        record.touch(event, person)
    make.make_photo(description="Quantum.", event=event, is_public=True)
    workflow.publish(make.make_article(headline="Quantum elsewhere", countries=["JP"]), by=None, at=AT)
    make.make_event(name="Quantum day", is_public=True)


AT_SEA = {"All": "3", "Articles": "1", "Events": "1", "Photos": "1"}
IN_KOREA = {"All": "5", "Articles": "1", "Events": "1", "Photos": "1", "People": "1", "Organisations": "1"}


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("topic=sea", AT_SEA),
        ("topic=SEAS&topic=nothing&country=KR", AT_SEA),
        ("topic=바다", AT_SEA),
        ("topic=plan", {}),
        ("topic=nothing", {}),
        ("country=kr", IN_KOREA),
        ("country=South+Korea", IN_KOREA),
        ("country=대한민국", IN_KOREA),
        ("country=Atlantis", {}),
        ("topic=sea&country=JP", {}),
    ],
)
def test_search_is_narrowed_to_topics_and_countries(client: Client, asked: str, counts: dict[str, str]) -> None:
    with_matter()

    tabs = client.get(f"/search/?q=quantum&{asked}").context["tabs"]

    assert {tab.label: tab.count for tab in tabs} == counts


def test_index_forgets_a_topic_that_is_hidden_and_follows_a_venue_that_moves(client: Client) -> None:
    with_matter()
    sea, venue = Topic.objects.get(slug="sea"), Venue.objects.get()
    before = search.counts("quantum", marked=search.narrowed(topics=[str(sea.pk)]))

    with changes.recording() as record:
        record.touch(sea, venue)
        sea.is_public, venue.country = False, "JP"
        sea.save()
        venue.save()

    assert before == {"article": 1, "event": 1, "photo": 1}
    assert search.counts("quantum", marked=search.narrowed(topics=[str(sea.pk)])) == {}
    assert search.counts("quantum", marked=search.narrowed(countries=["JP"])) == {"article": 1, "event": 1, "photo": 1}


def test_topics_are_offered_as_they_are_called_now_and_in_the_readers_language(client: Client) -> None:
    with_matter()
    sea, _air = Topic.objects.get(slug="sea"), make.make_topic(slug="air", is_public=True)
    pages = [client.get("/search/?q=quantum")]

    with changes.recording() as record:
        record.touch(sea)
        sea.name, sea.name_ko = "Oceans", "바다"
        sea.save()
    pages += [client.get("/search/?q=quantum"), client.get("/ko/search/?q=quantum")]

    offered = [{choice.value: choice.label for choice in page.context["listing"].facets[0].choices} for page in pages]
    assert [labels["sea"] for labels in offered] == ["Seas", "Oceans", "바다"]


def test_topics_and_countries_are_offered_as_far_as_anybody_may_know(client: Client) -> None:
    with_matter()
    draft = make.make_article(headline="Quantum plan", countries=["FR"])
    workflow.publish(draft, by=None, at=timezone.now(), visible_from=timezone.now() + dt.timedelta(days=1))
    make.make_organisation(name="Quantum Hall", country="DE", is_public=True)

    everything, story = (client.get(f"/ko/search/?q={words}").context["listing"] for words in ("quantum", "elsewhere"))

    offered = {facet.name: {choice.value for choice in facet.choices} for facet in everything.facets}
    assert offered == {"country": {"DE", "JP", "KR"}, "language": {"en", "ko"}}
    assert {choice.value for facet in story.facets for choice in facet.choices} == {"JP", "KR", "en", "ko"}


def test_many_topics_are_offered_when_a_reader_asks_for_more(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "SHOWN", 1)
    for name in ("Air", "Sea", "Space"):
        make.make_topic(name=name, slug=name.lower(), is_public=True)

    few = client.get("/search/?q=quantum&topic=space").context["listing"].facets[0]
    all_of_them = client.get(few.more_url).context["listing"].facets[0]

    assert (few.more_url, few.chosen) == ("/search/?q=quantum&topic=space&more=topic", 1)
    assert [(choice.label, choice.is_on) for choice in few.choices] == [("Air", False), ("Space", True)]
    assert [choice.label for choice in all_of_them.choices] == ["Air", "Sea", "Space"]


def test_filters_without_words_lead_to_the_lists_that_take_them(client: Client) -> None:
    with_matter()

    asked = ("topic=sea&language=en", "country=KR&kind=event", "from=soon")
    pages = [client.get(f"/search/?{query}") for query in asked]

    assert [page.context["lists"] for page in pages] == [
        [("Articles", "/articles/?topic=sea&language=en")],
        [
            (label, f"/{label.lower()}/?country=KR")
            for label in ("Articles", "Events", "Photos", "People", "Organisations")
        ],
        [(label, f"/{label.lower()}/?from=soon") for label in ("Articles", "Events", "Photos")],
    ]
    assert [len(page.context["hits"]) for page in pages] == [0, 0, 0]
    assert "No words to search for yet" in pages[0].content.decode()


def test_what_was_meant_and_the_canonical_address_keep_the_filters(client: Client) -> None:
    make.make_organisation(name="Ministry of Foreign Affairs", country="KR", is_public=True)

    page = client.get("/search/?kind=organisation&q=minstry+of+foreign+afairs&country=south+korea")

    asked = "/search/?q={}&kind=organisation&country=KR"
    assert page.context["meant_url"] == asked.format("Ministry+of+Foreign+Affairs")
    assert page.context["canonical_url"] == f"http://testserver{asked.format('minstry+of+foreign+afairs')}"
    assert client.get("/search/").context["canonical_url"] == "http://testserver/search/"


def test_words_kind_filters_and_paging_keep_each_other(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_view, "MOST", 1)
    narrowable()

    page = client.get("/ko/search/?q=quantum&kind=article&from=2024&language=en&language=ko")

    asked = "/ko/search/?q=quantum&kind=article&language=en&language=ko&from=2024"
    context, listing = page.context, page.context["listing"]
    assert further(page).partition("&after=")[0] == asked
    assert client.get(further(page)).context["first_url"] == asked
    assert context["tabs"][0].url == asked.replace("&kind=article", "")
    assert context["list_url"] == "/ko/articles/?q=quantum&language=en&language=ko&from=2024"
    assert [chip.url for chip in listing.chips] == [
        asked.replace(one, "") for one in ("&language=en", "&language=ko", "&from=2024")
    ]
    assert listing.clear_url == "/ko/search/?q=quantum&kind=article"
    assert dict(listing.kept_by_filters) == {"q": "quantum", "kind": "article"}


def test_date_that_cannot_be_read_is_said_beside_its_field(client: Client) -> None:
    narrowable()

    page = client.get("/search/?q=quantum&from=2025&to=2024")

    errors = {name: (typed, bool(error)) for name, _label, typed, error in page.context["listing"].ends}
    assert errors == {"from": ("2025", False), "to": ("2024", True)}
    assert page.context["title"] == "Error: 3 results for “quantum” – Search"


def test_filters_that_leave_nothing_lead_to_what_is_without_them(client: Client) -> None:
    narrowable()

    page = client.get("/search/?q=quantum&to=1999")

    assert (page.context["outcome"], page.context["others"], page.context["meant"]) == (
        "0 results for “quantum”",
        "5",
        "",
    )


def test_hidden_things_are_neither_found_nor_counted(client: Client) -> None:
    make.make_article(headline="Draft of quantum")
    workflow.withdraw(_published("Withdrawn quantum"), by=None, at=AT + dt.timedelta(days=1))
    make.make_person(family_name="Quantum")
    make.make_event(name="Quantum")

    response = client.get("/search/?q=quantum")

    assert ([*response.context["hits"]], response.context["tabs"]) == ([], [])
    assert "Nothing was found" in response.content.decode()


def _published(headline: str) -> object:
    article = make.make_article(headline=headline)
    workflow.publish(article, by=None, at=AT)
    return article


def test_story_that_time_has_closed_is_left_out_before_the_index_knows(client: Client) -> None:
    article = make.make_article(headline="Passed quantum")
    workflow.publish(article, by=None, at=AT, visible_until=AT + dt.timedelta(hours=1))
    SearchEntry.objects.update_or_create(
        kind="article",
        object_id=article.uuid,
        defaults={"title": "Passed quantum", "text": "", "tokens": "quantum k0article"},
    )

    assert titles(client, "q=quantum&kind=article") == []


@pytest.mark.parametrize(
    "query", ["", "q=", "q=+", "q=%00", "q=%22*%22+OR+(", "q=" + "w+" * 5000, "q=a&kind=%00", "q=%ED%A0%80&kind=nope"]
)
def test_odd_queries_are_answered(client: Client, query: str) -> None:
    one_of_each()

    assert client.get(f"/search/?{query}").status_code == 200


def test_results_go_on_to_the_last_and_lead_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_view, "MOST", 2)
    for number in range(5):
        make.make_topic(name=f"Quantum {number}", slug=f"quantum-{number}", is_public=True)

    pages = [client.get("/search/?q=quantum&kind=topic")]
    while following := further(pages[-1]):
        pages.append(client.get(following))

    assert [len(page.context["hits"]) for page in pages] == [2, 2, 1]
    assert len({hit.url for page in pages for hit in page.context["hits"]}) == 5
    assert [page.context["first_url"] for page in pages] == ["", *["/search/?q=quantum&kind=topic"] * 2]
    assert titles(client, "q=quantum&after=nonsense") == titles(client, "q=quantum")


def test_signs_that_turn_a_sentence_around_are_left_out(client: Client) -> None:
    assert client.get("/search/?q=%E2%80%AEabc").context["outcome"] == "0 results for “abc”"


def test_page_is_not_indexed(client: Client) -> None:
    assert b'content="noindex,follow"' in client.get("/search/?q=quantum").content


@pytest.mark.parametrize("number", [1, 3])
def test_search_costs_the_same_for_any_number_of_hits(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    for _each in range(number):
        workflow.publish(make.make_article(headline="Story of quantum"), by=None, at=AT)
        make.make_event(name="Meeting on quantum", is_public=True)
        person = make.make_person(family_name="Quantum", is_public=True)
        person.positions.create(title="Director").attestations.create(seen_on="2025")
        NameVariant.objects.create(person=person, spelling="Kwantum")
        make.make_photo(description="Somebody with quantum.", is_public=True)

    with django_assert_num_queries(15):
        response = client.get("/search/?q=quantum")
    with django_assert_num_queries(13):  # topics and countries are known as long as nothing changes
        client.get("/search/?q=quantum")

    assert len(response.context["hits"]) == 4 * number


def suggested(client: Client, typed: str) -> list[tuple[str, str]]:
    return [(one["kind"], one["title"]) for one in client.get("/search/suggest/", {"q": typed}).json()["results"]]


@pytest.mark.parametrize("typed", ["김ㅅ", "김상ㅂ", "김상배ㅇ"])
def test_syllable_that_is_not_finished_suggests_what_stands_before_it(client: Client, typed: str) -> None:
    make.make_person(family_name="Kim", given_name="Sang-bae", is_public=True)

    assert suggested(client, typed) == [("Person", "Kim Sang-bae")]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        *((typed, ["Jeong Byeong-seon"]) for typed in ("jung b", "Chung by", "jung byung s", "jung byung-s")),
        *((typed, []) for typed in ("jung d", "jung byung-d", "yi s")),
    ],
)
def test_name_that_is_not_finished_is_suggested_in_any_spelling(client: Client, typed: str, names: list[str]) -> None:
    make.make_person(family_name="Jeong", given_name="Byeong-seon", is_public=True)
    make.make_person(family_name="Smith", given_name="Isaac", is_public=True)

    assert [title for _kind, title in suggested(client, typed)] == names


def test_words_that_are_typed_are_completed_with_what_is_public(client: Client) -> None:
    one_of_each()
    make.make_person(family_name="Quantum", given_name="Hidden")
    make.make_article(headline="Quantum draft")
    person = Person.objects.public().get()

    assert suggested(client, "quan") == [
        ("Person", person.name),
        ("Organisation", "Institute of quantum"),
        ("Topic", "Quantum"),
        ("Event", "Meeting on quantum"),
        ("Article", "Story of quantum"),
        ("Photo", "Somebody with quantum."),
    ]


@pytest.mark.parametrize("typed", ["Gim Sang Bae", "gim sang", "김상", "sangb", "상배", "Gim"])
def test_person_is_suggested_in_any_spelling(client: Client, typed: str) -> None:
    person = make.make_person(family_name="Kim", given_name="Sang-bae", native_name="김상배", is_public=True)

    answer = client.get("/search/suggest/", {"q": typed}).json()

    assert [one["url"] for one in answer["results"]] == [person.get_absolute_url()]


def test_korean_suggestions_lead_to_korean_pages(client: Client) -> None:
    topic = make.make_topic(name="Quantum", is_public=True)

    (one,) = client.get("/ko/search/suggest/?q=quan").json()["results"]

    assert one["url"] == f"/ko/topics/{topic.slug}/"


@pytest.mark.parametrize("query", ["", "q=%00", "q=%22*%22+OR+(", "q=" + "w+" * 5000, "q=%ED%A0%80", "q=%F0%9F%98%80"])
def test_odd_words_bring_no_suggestion(client: Client, query: str) -> None:
    response = client.get(f"/search/suggest/?{query}")

    assert (response.status_code, response.json()) == (200, {"results": []})


def test_misspelt_name_is_asked_about(client: Client) -> None:
    make.make_organisation(name="Ministry of Foreign Affairs", is_public=True)
    make.make_organisation(name="Ministry of Foreign Affaires")  # hidden

    page = client.get("/search/?q=minstry+of+foreign+afairs")

    assert (page.context["meant"], page.context["meant_url"]) == (
        "Ministry of Foreign Affairs",
        "/search/?q=Ministry+of+Foreign+Affairs",
    )
    assert client.get("/search/?q=affairs+minstry").context["meant"] == "Affairs Ministry"
    assert client.get("/search/?q=zzzz+ministry").context["meant"] == ""


@pytest.mark.parametrize("asked", ["", "&topic=sea", "&country=KR&kind=event", "&language=en&from=2025"])
def test_choices_say_how_many_they_would_bring(client: Client, asked: str) -> None:
    with_matter()
    listing = client.get(f"/search/?q=quantum{asked}").context["listing"]

    assert {facet.name for facet in listing.facets} == {"country", "language"} | (
        {"topic"} & listing.query.given.keys()
    )
    for facet in listing.facets:
        for choice in facet.choices:
            alone = client.get(listing.query.with_value(facet.name, choice.value).url)
            assert (facet.name, choice.value, choice.count) == (
                facet.name,
                choice.value,
                str(len(alone.context["hits"])),
            )


def test_choices_of_words_that_find_much_are_not_counted(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "FEW", 2)
    with_matter()

    pages = [client.get(f"/search/?q=quantum{asked}") for asked in ("", "&country=JP")]

    assert {choice.count for page in pages for facet in page.context["listing"].facets for choice in facet.choices} == {
        ""
    }
