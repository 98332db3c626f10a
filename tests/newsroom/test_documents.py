"""The words that every public document is written in, and the document of a topic."""

import datetime as dt

import pytest
from django.utils import translation

from newsroom import changes, search
from newsroom.changes import PUBLIC, Public
from newsroom.dates import PartialDate
from newsroom.documents import address, instant, of_record, partial_date, reference, site_address
from newsroom.indexing import Searchable
from newsroom.models import Topic
from tests import factories
from tests.changes.feed import document


def test_document_is_written_down_in_one_way_alone() -> None:
    one = {"b": [1, {"z": "김", "a": None}], "a": "“x”"}
    other = {"a": "“x”", "b": [1, {"a": None, "z": "김"}]}

    assert changes.canonical(one) == changes.canonical(other) == '{"a":"“x”","b":[1,{"a":null,"z":"김"}]}'


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("2025-12-09", ("2025-12-09", "2025-12-09")),
        ("2025-12", ("2025-12-01", "2025-12-31")),
        ("?2025-XX-06", ("2025-01-06", "2025-12-06")),
        ("XXXX-12-09", (None, None)),
    ],
)
def test_date_is_told_with_the_days_between_which_it_lies(text: str, edges: tuple[str | None, str | None]) -> None:
    assert partial_date(PartialDate.parse(text)) == {"edtf": text, "earliest": edges[0], "latest": edges[1]}


def test_date_that_is_not_known_is_none() -> None:
    assert (partial_date(None), instant(None)) == (None, None)


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), "2026-03-02T09:00:00Z"),
        (dt.datetime(2026, 3, 2, 18, tzinfo=dt.timezone(dt.timedelta(hours=9))), "2026-03-02T09:00:00Z"),
        (dt.datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=dt.UTC), "2026-03-02T09:00:00.000005Z"),
    ],
)
def test_instant_is_told_in_utc(moment: dt.datetime, text: str) -> None:
    assert instant(moment) == text


def test_address_is_absolute_and_english() -> None:
    topic = Topic(slug="space")

    with translation.override("ko"):
        found = (address(topic), site_address("/feeds/articles.atom"))

    assert found == ("http://testserver/topics/space/", "http://testserver/feeds/articles.atom")


@pytest.mark.parametrize(("name", "shown"), [("", "Space"), ("The heavens", "The heavens")])
def test_reference_to_a_public_record_is_a_link(name: str, shown: str) -> None:
    topic = Topic(slug="space", name="Space", is_public=True)

    assert reference("topic", topic, name) == {
        "id": str(topic.uuid),
        "type": "topic",
        "name": shown,
        "url": "http://testserver/topics/space/",
    }


def test_reference_to_a_hidden_record_is_its_name_alone() -> None:
    assert reference("topic", Topic(slug="space", name="Space")) == {"name": "Space"}


def test_record_is_public_while_its_door_is_open() -> None:
    words, soon = Searchable("Space", "Far."), dt.datetime(2026, 3, 2, tzinfo=dt.UTC)

    opened = of_record(Topic(is_public=True), {"a": 1}, words, at=soon, due_at=soon, beside={"b": 2})
    shut = of_record(Topic(), {"a": 1}, words, at=soon, due_at=soon, beside={"b": 2})

    assert opened == Public({"a": 1}, PUBLIC, "changed", search=words, due_at=soon, beside={"b": 2})
    assert shut == Public()


@pytest.mark.django_db
def test_document_of_a_topic_is_complete() -> None:
    topic = factories.make_topic(
        is_public=True, slug="space", name="Space", name_ko="우주", description="Far.", medtop="20000735"
    )

    assert document(topic) == {
        "id": str(topic.uuid),
        "type": "topic",
        "url": "http://testserver/topics/space/",
        "slug": "space",
        "name": "Space",
        "name_ko": "우주",
        "description": "Far.",
        "description_ko": "",
        "medtop": "20000735",
    }
    assert [search.counts(words) for words in ("space", "우주", "far")] == [{"topic": 1}] * 3
