"""Keyset paging: tokens that nobody can break, and rows on either side of a place."""

import base64
import datetime as dt
import json
from uuid import UUID

import pytest

from events.models import Event
from newsroom import keyset
from newsroom.keyset import BadToken, Place
from newsroom.models import Topic

MOMENT = dt.datetime(2025, 12, 9, 1, 2, 3, 456789, tzinfo=dt.UTC)
FIELDS = ("-starts_on_earliest", "-id")


def token_of(values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.fixture
def events(db: None) -> list[str]:
    """Five events, newest first, two of them of unknown year."""
    for name, day in [("a", ""), ("b", ""), ("c", "2022-03-16"), ("d", "2023-12-19"), ("e", "2023-12-19")]:
        Event.objects.create(slug=name, name=name, starts_on=day)
    return ["e", "d", "c", "b", "a"]


def names(page: keyset.Page) -> list[str]:
    found = dict(Event.objects.values_list("id", "name"))
    return [found[row[-1]] for row in page.rows]


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ((MOMENT, 7), (dt.datetime, int)),
        ((dt.date(2025, 12, 9), 7), (dt.date | None, int)),
        ((None, 7), (dt.date | None, int)),
        (("Kim", "상배", 7), (str, str, int)),
        ((UUID(int=7),), (UUID,)),
    ],
)
def test_token_of_values_reads_back(values: tuple[object, ...], kinds: tuple[type, ...]) -> None:
    assert keyset.decode(keyset.encode(values), kinds) == values


@pytest.mark.parametrize(
    "token",
    [
        "",
        "!",
        "é",
        "a" * 1201,
        token_of({"p": 1}),
        token_of(["2025-12-09T00:00:00+00:00"]),
        token_of(["2025-12-09T00:00:00+00:00", 1, 2]),
        token_of(["2025-12-09T00:00:00", 1]),
        token_of(["0001-01-01T00:00:00+14:00", 1]),
        token_of(["not-a-date", 1]),
        token_of(["\x00", 1]),
        token_of([None, 1]),
        token_of([7, 1]),
        token_of(["2025-12-09T00:00:00+00:00", "1"]),
        token_of(["2025-12-09T00:00:00+00:00", True]),
        token_of(["2025-12-09T00:00:00+00:00", 1.5]),
        token_of(["2025-12-09T00:00:00+00:00", 10**40]),
        base64.urlsafe_b64encode(b"[" * 890).decode().rstrip("="),
    ],
)
def test_token_tampered_with_is_refused(token: str) -> None:
    with pytest.raises(BadToken):
        keyset.decode(token, (dt.datetime, int))


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_token_with_text_no_database_takes_is_refused(text: str) -> None:
    with pytest.raises(BadToken):
        keyset.decode(token_of([text]), (str,))


def test_page_from_the_beginning_names_what_follows(events: list[str]) -> None:
    page = keyset.page(Event.objects.all(), FIELDS, Place(), size=2)

    assert names(page) == ["e", "d"]
    assert page.previous == ""
    assert keyset.decode(page.next, (dt.date | None, int)) == page.rows[-1]


def test_pages_followed_to_the_end_show_every_row_once(events: list[str]) -> None:
    page = keyset.page(Event.objects.all(), FIELDS, Place(), size=2)
    seen = names(page)
    while page.next:
        place = Place(keyset.decode(page.next, (dt.date | None, int)))
        page = keyset.page(Event.objects.all(), FIELDS, place, size=2)
        seen += names(page)

    assert seen == events


def test_pages_followed_backwards_show_the_same_rows_in_the_same_order(events: list[str]) -> None:
    last = Event.objects.get(name="a")
    page = keyset.page(Event.objects.all(), FIELDS, Place((None, last.id), is_before=True), size=2)

    assert names(page) == ["c", "b"]

    place = Place(keyset.decode(page.previous, (dt.date | None, int)), is_before=True)

    assert names(keyset.page(Event.objects.all(), FIELDS, place, size=2)) == ["e", "d"]


def test_page_before_the_first_rows_is_the_beginning(events: list[str]) -> None:
    second = Event.objects.get(name="d")
    place = Place((second.starts_on_earliest, second.id), is_before=True)

    assert names(keyset.page(Event.objects.all(), FIELDS, place, size=3)) == ["e", "d", "c"]


def test_list_that_runs_upwards_ends_with_what_has_no_value(events: list[str]) -> None:
    page = keyset.page(Event.objects.all(), ("starts_on_earliest", "id"), Place(), size=5)

    assert names(page) == ["c", "d", "e", "a", "b"]


def test_list_by_texts_goes_on_behind_equal_ones(db: None) -> None:
    for slug in ("one", "two", "three"):
        Topic.objects.create(slug=slug, name=slug, description="alike")
    first, second, third = Topic.objects.order_by("id")

    behind = keyset.after(Topic.objects.all(), ("description", "id"), ("alike", first.pk))

    assert list(behind) == [second, third]
