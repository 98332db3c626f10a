"""Search: the same hits on either database, whatever a reader types, and the lines that show why."""

import datetime as dt
import uuid

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom import changes, search, search_sql, tokens
from newsroom.indexing import Searchable, marks, search_entry
from newsroom.models import SearchEntry
from newsroom.search_sql import Asked, Found, create_index, drop_index
from tests.newsroom.test_tokens import HOSTILE

pytestmark = pytest.mark.django_db


def entry(title: str, *, kind: str = "article", day: int = 1, exact: tuple[str, ...] = ()) -> SearchEntry:
    at = dt.datetime(2025, 1, day, tzinfo=dt.UTC)
    return search_entry(kind, uuid.uuid4(), Searchable(title, title, sort_at=at, exact=exact))


def indexed(title: str, **more) -> SearchEntry:
    made = entry(title, **more)
    made.save()
    return made


def titles(query: str, **more) -> list[str]:
    return sorted(search.matches(query, **more).values_list("title", flat=True))


@pytest.fixture
def archive() -> None:
    for title in (
        "Forum on science diplomacy",
        "Diplomacies of the Arctic",
        "Sang-bae Kim speaks",
        "Sangbae Kim listens",
        "Sang Bae, a poet",
        "R&D reaches 96% of 3.5 trillion",
        "과학기술외교 포럼이 열리다",
        "북핵 회담",
        "Łódź hosts Ch’oe",
        "On 9 December 2025",
        "2025년 12월에는",
        "미·중 정상",
    ):
        indexed(title)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("diplomacy", ["Diplomacies of the Arctic", "Forum on science diplomacy"]),
        ("DIPLOMACY science", ["Forum on science diplomacy"]),
        ("science arctic", []),
        ("Sang-bae", ["Sang Bae, a poet", "Sang-bae Kim speaks", "Sangbae Kim listens"]),
        ("sangbae", ["Sang-bae Kim speaks", "Sangbae Kim listens"]),
        ("bae kim sang", ["Sang-bae Kim speaks"]),
        ("과학기술", ["과학기술외교 포럼이 열리다"]),
        ("기술외교 포럼", ["과학기술외교 포럼이 열리다"]),
        ("과학외교", []),
        ("포럼", ["과학기술외교 포럼이 열리다"]),
        ("핵", ["북핵 회담"]),
        ("포럼이 과학기술외교의", ["과학기술외교 포럼이 열리다"]),
        ("회담에서", ["북핵 회담"]),
        ("회의", []),
        ("북핵", ["북핵 회담"]),
        ("lodz choe", ["Łódź hosts Ch’oe"]),
        ("r&d", ["R&D reaches 96% of 3.5 trillion"]),
        ("96%", ["R&D reaches 96% of 3.5 trillion"]),
        ("3.5", ["R&D reaches 96% of 3.5 trillion"]),
        ("35", []),
        ('say "hello', []),
        ('"science diplomacy"', ["Forum on science diplomacy"]),
        ('"diplomacy science"', []),
        ('"kim speaks"', ["Sang-bae Kim speaks"]),
        ("“Sang-bae Kim” speaks", ["Sang-bae Kim speaks"]),
        ('"기술외교 포럼"', ["과학기술외교 포럼이 열리다"]),
        ('"포럼 기술외교"', []),
        ('"bae"', ["Sang Bae, a poet", "Sang-bae Kim speaks"]),
        ("diplomacy -arctic", ["Forum on science diplomacy"]),
        ('diplomacy -"science diplomacy"', ["Diplomacies of the Arctic"]),
        ("sangbae -speaks −Sang-bae", []),
        ("포럼 -외교", []),
        ("포럼 -회담의", ["과학기술외교 포럼이 열리다"]),
        ("-arctic", ["Diplomacies of the Arctic"]),
        ("diplomacy - arctic", ["Diplomacies of the Arctic"]),
        ("2025년", ["2025년 12월에는", "On 9 December 2025"]),
        ("12월", ["2025년 12월에는", "On 9 December 2025"]),
        ("12월 9일", ["On 9 December 2025"]),
        ("“12월에는”", ["2025년 12월에는"]),
        ("미중", ["미·중 정상"]),
        ("미-중의 정상", ["미·중 정상"]),
        ("dip*", []),
        ("NOT diplomacy", []),
        ("' OR 1=1", []),
    ],
)
def test_query_finds(archive: None, query: str, expected: list[str]):
    assert titles(query) == expected


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_query_is_answered(query: str):
    found = indexed(query[:200].replace("\0", "").replace("\ud800", ""))

    answers = (
        [hit.pk for hit in search.matches(query)],
        search.counts(query),
        list(search.matching_ids(query, "article").values_list("object_id", flat=True)),
    )

    assert answers == ([found.pk], {"article": 1}, [found.object_id])


@pytest.mark.parametrize("query", ["", "  ", '"-', "%*()", "\0", "\ud800"])
def test_blank_query_finds_nothing(query: str):
    indexed("Forum")

    answers = (search.is_blank(query), titles(query), search.counts(query))

    assert answers == (True, [], {})


def test_query_with_a_letter_is_not_blank():
    assert search.is_blank("- a") is False


def test_better_hit_comes_first():
    passing = indexed("Forum about many other things than the one that is asked for", day=3)
    better = indexed("Forum, forum, forum", day=1)

    assert list(search.matches("forum")) == [better, passing]
    assert search.matches("forum")[0].rank > search.matches("forum")[1].rank


def test_equal_hits_come_newest_first_and_undated_ones_last():
    undated = entry("Forum")
    undated.sort_at = None
    undated.save()
    older = indexed("Forum", day=2)
    newer = indexed("Forum", day=3)

    assert list(search.matches("forum")) == [newer, older, undated]


def test_kinds_are_those_of_the_feed():
    assert sorted(search.KINDS) == sorted(kind.name for kind in changes.kinds())


def test_words_of_one_kind_alone():
    indexed("Forum")
    event = indexed("Forum", kind="event")

    assert list(search.matches("forum", kinds=["event"])) == [event]


def test_what_has_the_words_in_its_title_comes_first():
    text = Searchable("Minutes", "Diplomacy, diplomacy and again diplomacy")
    search_entry("article", uuid.uuid4(), text).save()
    told = indexed("Of policies for those who are diplomats and of very many other things besides diplomacy")
    name = search_entry("person", uuid.uuid4(), Searchable("Doe", "Nobody", exact=("n0doh",)))
    name.save()

    assert search.matches("diplomacy")[0] == told
    assert search.matches("diplomacy", exact=("n0doh",))[0] == name


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> list[SearchEntry]:
    """More stories than are weighed, one of which has the word in its headline, among the people it names."""
    monkeypatch.setattr(search, "WEIGHED", 2)
    monkeypatch.setattr(search, "OF_A_CROWD", 2)
    monkeypatch.setattr(search, "CROWD", 3)
    monkeypatch.setattr(search_sql, "CROWD", 3)
    words = [("Forum", "Old"), ("Old", "A forum"), ("Doe", "Of the forum"), *[("New", "A forum")] * 5]
    kinds = ["person" if title == "Doe" else "article" for title, _text in words]
    entries = [search_entry(kind, uuid.uuid4(), Searchable(*one)) for kind, one in zip(kinds, words, strict=True)]
    return SearchEntry.objects.bulk_create(entries)


def test_of_a_crowd_titles_and_the_latest_of_each_kind_are_weighed(crowd: list[SearchEntry]):
    titled, _old, person, *new = crowd

    assert list(search.matches("forum")) == [titled, *search.matches("forum").exclude(pk=titled.pk)]
    assert set(search.matches("forum")) == {titled, person, *new[-2:]}


@pytest.mark.parametrize("size", [1, 2, 3, 4, 20])
def test_pages_bring_each_hit_of_a_crowd_once(crowd: list[SearchEntry], size: int):
    pages = [search.page("forum", size=size)]
    while pages[-1].next:
        pages.append(search.page("forum", size=size, after=pages[-1].next))

    found = [one.pk for page in pages for one in page.entries]
    assert sorted(found) == [one.pk for one in crowd]
    assert [len(page.entries) for page in pages[:-1]] == [size] * (len(pages) - 1)
    assert found[4:] == [crowd[place].pk for place in (5, 4, 3, 1)]


@pytest.mark.parametrize("size", [1, 2, 3, 20])
def test_pages_bring_each_hit_once_where_more_were_counted_than_are_weighed(monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr(search, "WEIGHED", 2)
    entries = SearchEntry.objects.bulk_create(entry(title) for title in ("Forum", "Old forum", *["New forum"] * 4))

    hits = search.counts("forum")
    pages = [search.page("forum", size=size, hits=hits)]
    while pages[-1].next:
        pages.append(search.page("forum", size=size, hits=hits, after=pages[-1].next))

    assert hits.ids == {"article": [one.pk for one in reversed(entries)]}
    assert sorted(one.pk for page in pages for one in page.entries) == [one.pk for one in entries]


def test_page_goes_on_behind_a_hit_that_has_gone(crowd: list[SearchEntry]):
    first = search.page("forum", size=2)
    gone = crowd.pop(crowd.index(first.entries[-1]))
    gone.delete()

    second = search.page("forum", size=20, after=first.next)

    assert {first.entries[0], *second.entries} == set(crowd)


def test_counts_stop_where_they_are_told(crowd: list[SearchEntry]):
    assert search.counts("forum") == {"article": 7, "person": 1}
    assert search.counts("forum", most=4) == {"article": 4, "person": 1}


def test_entries_of_a_crowd_are_read_in_their_order(crowd: list[SearchEntry]):
    with CaptureQueriesContext(connection) as asked:
        search_sql.latest(Asked(tokens.for_query("forum")), {"article": 7}, 2)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a small table's way
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{asked[0]['sql']}")
        plan = str(cursor.fetchall())
    index = "VIRTUAL TABLE INDEX" if connection.vendor == "sqlite" else "Index Scan on newsroom_searchindex"
    assert (index in plan, "TEMP B-TREE" in plan) == (True, False)


def test_hits_that_have_gone_since_they_were_counted_are_no_fault():
    assert search.page("forum", hits=search.Hits({"article": 3})).entries == []


@pytest.mark.parametrize("typed", ["era00", "age00", f"{search_sql.OF_ERA}0", f"{search_sql.OF_AGE}0"])
def test_era_is_not_found_by_its_name(crowd: list[SearchEntry], typed: str):
    assert search.counts(typed) == {}


@pytest.mark.parametrize("most", [1, 2, 3, 8])
def test_crowd_of_several_eras_is_read_from_its_end(monkeypatch: pytest.MonkeyPatch, most: int):
    monkeypatch.setattr(search_sql, "CROWD", 3)
    ids = [1, 2, 3, 1_023, 1_024, 9_000, 9_001, 30_000]
    entries = [entry("Forum") for _pk in ids]
    for pk, one in zip(ids, entries, strict=True):
        one.pk = pk
    SearchEntry.objects.bulk_create(entries)
    asked = Asked(tokens.for_query("forum"))

    belows = [search_sql.LARGEST_ID, 30_000, 9_001, 9_000, 1_025, 1_024, 1_023, 3, 1]
    found = {below: search_sql.latest(asked, {"article": 8}, most, below=below)["article"] for below in belows}

    assert found == {below: [pk for pk in reversed(ids) if pk < below][:most] for below in belows}
    counted = search.counts("forum", most=most)
    assert (counted, counted.ids) == ({"article": most}, {})


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dip", ["Diplomacies of the Arctic", "Forum on science diplomacy"]),
        ("arctic dipl", ["Diplomacies of the Arctic"]),
        ("DIPLOMACY", ["Forum on science diplomacy"]),
        ("sang", ["Sang Bae, a poet", "Sang-bae Kim speaks", "Sangbae Kim listens"]),
        ("sang-b", ["Sang-bae Kim speaks", "Sangbae Kim listens"]),
        ("외", ["과학기술외교 포럼이 열리다"]),
        ("기술외교 포", ["과학기술외교 포럼이 열리다"]),
        ("cho", ["Łódź hosts Ch’oe"]),
        ("d", []),
        ("iplomacy", []),
        ("dip quantum", []),
        ("", []),
        ('" *', []),
    ],
)
def test_what_is_typed_is_completed(archive: None, typed: str, expected: list[str]):
    assert sorted(entry.title for entry in search.completions(typed)) == expected


def test_names_are_suggested_before_stories():
    indexed("Diplomacy wins")
    indexed("Diplomacy meets", kind="event")
    indexed("Diplomacy House", kind="organisation")

    suggested = [entry.title for entry in search.completions("diplo")]

    assert suggested == ["Diplomacy House", "Diplomacy meets", "Diplomacy wins"]
    assert [entry.title for entry in search.completions("diplo", most=1)] == ["Diplomacy House"]


def test_every_kind_has_its_turn_among_the_suggestions():
    for number in range(5):
        indexed(f"Diplomacy House {number}", kind="organisation")
    indexed("Diplomacy", kind="topic")

    suggested = [entry.title for entry in search.completions("diplo", most=5)]

    assert suggested == [*(f"Diplomacy House {number}" for number in (4, 3, 2)), "Diplomacy", "Diplomacy House 1"]


@pytest.mark.parametrize("typed", HOSTILE)
def test_hostile_words_suggest_nothing_that_is_not_there(typed: str):
    assert search.completions(typed) == []


def test_exact_token_finds_beside_the_words():
    reading = indexed("Prof. Kim", kind="person", exact=("n0kimsangbae",))
    words = indexed("Kim Sangbae speaks")

    found = set(search.matches("Kim Sangbae", exact=("n0kimsangbae", "n0gimsangbae")))

    assert found == {reading, words}
    assert search.counts("Kim Sangbae", exact=("n0kimsangbae",)) == {"article": 1, "person": 1}


def test_exact_token_finds_without_words():
    indexed("Kim", kind="person", exact=("n0kim",))

    assert titles("--", exact=("n0kim",)) == ["Kim"]


def test_counts_hits_of_each_kind():
    indexed("Forum")
    indexed("Forum again")
    indexed("Forum", kind="event")
    indexed("Poem", kind="event")

    assert search.counts("forum") == {"article": 2, "event": 1}


def test_narrowed_search_finds_what_is_in_the_language_and_of_those_days():
    words = [("en", 3), ("en", 30), ("ko", 3), ("", 3)]
    at = [dt.datetime(2025, 1, day, 23, tzinfo=dt.UTC) for _language, day in words]
    for (language, day), moment in zip(words, at, strict=True):
        search_entry("article", uuid.uuid4(), Searchable(f"Forum {language}{day}", "", language, moment)).save()
    search_entry(
        "event", uuid.uuid4(), Searchable("Forum of years", "", days=(dt.date(2024, 1, 1), at[1].date()))
    ).save()
    indexed_name = search_entry("person", uuid.uuid4(), Searchable("Forum Doe", "", exact=("n0doe",)))
    indexed_name.save()
    fourth = dt.date(2025, 1, 4)  # where the newsroom is

    asked = [
        search.narrowed(["en"]),
        search.narrowed(["en", "KO"], fourth, fourth),
        search.narrowed([], None, dt.date(2025, 1, 3)),
        search.narrowed([], dt.date(2025, 1, 31)),
        search.narrowed(["'"]),
    ]

    assert [titles("forum", marked=marked) for marked in asked] == [
        ["Forum en3", "Forum en30"],
        ["Forum en3", "Forum ko3"],
        ["Forum of years"],
        ["Forum en30"],
        [],
    ]
    assert search.counts("forum", marked=asked[0]) == {"article": 2}
    assert titles("forum", marked=asked[0], exact=("n0doe",)) == ["Forum en3", "Forum en30"]
    assert [one.title for one in search.page("forum", marked=asked[2]).entries] == ["Forum of years"]


def test_matching_ids_of_one_kind_serve_as_subquery():
    article = indexed("Forum")
    indexed("Forum", kind="event")
    indexed("Poem")

    found = SearchEntry.objects.filter(object_id__in=search.matching_ids("forum", "article"))

    assert list(found) == [article]


def test_index_follows_every_kind_of_write():
    kept, changed, deleted = indexed("Kept"), indexed("Before"), indexed("Deleted")
    SearchEntry.objects.filter(pk=changed.pk).update(title="After", tokens="after k0article")
    deleted.delete()
    SearchEntry.objects.bulk_create([entry("Bulk")])
    renewed = entry("Renewed")
    renewed.object_id = kept.object_id
    SearchEntry.objects.bulk_create(
        [renewed],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["title", "tokens"],
    )

    found = {word: titles(word) for word in ("before", "after", "deleted", "bulk", "kept", "renewed")}

    assert found == {
        "before": [],
        "after": ["After"],
        "deleted": [],
        "bulk": ["Bulk"],
        "kept": [],
        "renewed": ["Renewed"],
    }


def test_longest_text_can_be_indexed():
    letters = "बकखग"
    words = ["".join(letters[number >> 2 * place & 3] for place in range(24)) for number in range(20_000)]
    made = entry("Widest")
    made.tokens = " ".join(tokens.for_index(" ".join(["widest", *words]), marks("article", "widest")))

    made.save()

    assert list(search.matches("widest")) == [made]


def test_hits_are_read_from_the_index():
    SearchEntry.objects.bulk_create(entry(f"Entry {number}") for number in range(300))
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")  # what a small table would get

    plan = SearchEntry.objects.filter(Found(Asked(tokens.for_query("entry 7")))).explain()

    index = "VIRTUAL TABLE INDEX" if connection.vendor == "sqlite" else "newsroom_searchindex"
    assert index in plan
    assert "SCAN newsroom_searchentry" not in plan


def test_index_made_late_holds_what_is_there():
    editor = connection.SchemaEditorClass(connection)
    drop_index(apps, editor)
    indexed("Forum")

    create_index(apps, editor)

    assert titles("forum") == ["Forum"]


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("A forum.", "forums", [("A ", False), ("forum", True), (".", False)]),
        ("A  <b>\nforum", "b", [("A <", False), ("b", True), ("> · forum", False)]),
        ("Doe\n\n Director\nA “forum.”\nMore", "", [("Doe · Director · A “forum.” More", False)]),
        ("과학외교", "외교", [("과학", False), ("외교", True)]),
        ("과학외교", "외교에서", [("과학", False), ("외교", True)]),
        ("Forum", "", [("Forum", False)]),
        ("", "forum", []),
    ],
)
def test_snippet_marks(text: str, query: str, expected: list[tuple[str, bool]]):
    assert search.snippet(text, query) == expected


def test_snippet_is_cut_at_words_around_the_densest_hits():
    text = f"{'forum ' + 'before ' * 80}science forum of diplomacy {'after ' * 80}"

    pieces = search.snippet(text, "science forum diplomacy")

    printed = "".join(piece for piece, _ in pieces)
    assert [piece for piece, is_hit in pieces if is_hit] == ["science", "forum", "diplomacy"]
    assert printed.startswith("…before ")
    assert printed.endswith(" after…")
    assert 200 <= len(printed) <= search.SNIPPET + 2


def test_snippet_without_hit_is_the_beginning():
    pieces = search.snippet("before " * 80, "forum")

    assert pieces == [("before " * 33 + "before", False), ("…", False)]


def test_snippet_of_text_without_spaces_is_cut_hard():
    pieces = search.snippet("가" * 1000 + "포럼" + "나" * 1000, "포럼")

    assert [(len(piece), is_hit) for piece, is_hit in pieces] == [
        (1, False),
        (60, False),
        (2, True),
        (178, False),
        (1, False),
    ]


@pytest.mark.postgres
def test_entries_wait_in_no_list_that_every_question_would_read() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'newsroom_searchindex'")

        assert cursor.fetchall() == [(["fastupdate=off"],)]
