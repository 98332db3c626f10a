"""What holds in the admin of every record: it lists, searches, adds, changes, tells its history and deletes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Series, Venue
from newsroom import changes, feedcheck
from newsroom.articles.models import Article
from newsroom.models import Source, Topic
from newsroom.photos.models import Photo
from people.models import Organisation, Person, Position
from tests import factories
from tests.desk.pages import as_sent, queries

pytestmark = pytest.mark.django_db


def make_series(**over: Any) -> Series:
    return Series.objects.create(**{"slug": "wednesday-forum", "name": "Wednesday Forum", **over})


def make_venue(**over: Any) -> Venue:
    return Venue.objects.create(**{"slug": "hall", "name": "Hall", **over})


def make_position(**over: Any) -> Position:
    return Position.objects.create(**{"person": factories.make_person(), "title": "Director", **over})


# Each record with what makes a public one, a text field that its search finds, and the least that a new one needs.
Make = Callable[..., Model]
RECORDS: dict[type[Model], tuple[Make, str, dict[str, str]]] = {
    Topic: (factories.make_topic, "name", {"slug": "new", "name": "New"}),
    Source: (factories.make_source, "publisher", {"slug": "new", "publisher": "New", "redistribution": "unknown"}),
    Person: (factories.make_person, "family_name", {"slug": "new", "family_name": "New"}),
    Organisation: (factories.make_organisation, "name", {"slug": "new", "name": "New"}),
    Position: (make_position, "title", {"title": "New", "person": "?"}),
    Event: (factories.make_event, "name", {"slug": "new", "name": "New"}),
    Series: (make_series, "name", {"slug": "new", "name": "New"}),
    Venue: (make_venue, "name", {"slug": "new", "name": "New"}),
    Photo: (factories.make_photo, "description", {"slug": "new", "description": "New"}),
    Article: (factories.make_article, "headline", {"slug": "new", "headline": "New"}),
}
LIST_QUERIES = {
    Topic: 6,
    Source: 8,
    Person: 7,
    Organisation: 7,
    Position: 7,
    Event: 9,
    Series: 6,
    Venue: 7,
    Photo: 9,
    Article: 8,
}
every_record = pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make(model: type[Model], **over: Any) -> Model:
    public = {"is_public": True} if hasattr(model, "is_public") else {}
    return RECORDS[model][0](**{**public, **over})


def drifts() -> list[str]:
    return [str(drift) for drift in feedcheck.drifts(timezone.now())]


@every_record
def test_list_finds_a_record_by_its_text_and_nothing_by_another(model: type[Model], chief_client: Client) -> None:
    text = RECORDS[model][1]
    row = make(model, **{text: "Quokka"})

    found = chief_client.get(address(model, "changelist"), {"q": "quokka"})
    missed = chief_client.get(address(model, "changelist"), {"q": "wombat"})

    assert list(found.context["cl"].result_list) == [row]
    assert list(missed.context["cl"].result_list) == []


@every_record
def test_new_record_is_kept_and_its_feed_is_right(model: type[Model], chief_client: Client) -> None:
    typed = RECORDS[model][2]
    if "person" in typed:
        typed = {**typed, "person": str(factories.make_person(is_public=True).pk)}
    page = chief_client.get(address(model, "add"))

    answer = chief_client.post(address(model, "add"), as_sent(page, **typed))

    assert answer.status_code == 302
    assert getattr(model._default_manager.get(), RECORDS[model][1]) == "New"
    assert drifts() == []


@every_record
def test_change_is_kept_and_its_feed_is_right(model: type[Model], chief_client: Client) -> None:
    row, text = make(model), RECORDS[model][1]
    page = chief_client.get(address(model, "change", row.pk))

    answer = chief_client.post(address(model, "change", row.pk), as_sent(page, **{text: "Changed"}))

    assert answer.status_code == 302
    assert getattr(model._default_manager.get(), text) == "Changed"
    assert drifts() == []


@every_record
def test_saving_without_a_change_moves_no_head(model: type[Model], chief_client: Client) -> None:
    row = make(model)
    page = chief_client.get(address(model, "change", row.pk))
    before = changes.head().seq

    answer = chief_client.post(address(model, "change", row.pk), as_sent(page))

    assert answer.status_code == 302
    assert changes.head().seq == before


@every_record
def test_history_names_who_changed_what(model: type[Model], chief_client: Client, chief: Any) -> None:
    row, text = make(model), RECORDS[model][1]
    page = chief_client.get(address(model, "change", row.pk))
    chief_client.post(address(model, "change", row.pk), as_sent(page, **{text: "Changed"}))

    history = chief_client.get(address(model, "history", row.pk))

    assert chief.display_name in history.content.decode() or chief.username in history.content.decode()


def test_deleted_position_is_gone_and_its_feed_says_so(chief_client: Client) -> None:
    """A part of a record is nothing that one would look for in the trash."""
    row = make(Position)

    answer = chief_client.post(address(Position, "delete", row.pk), {"post": "yes"})

    assert answer.status_code == 302
    assert list(Position.objects.all()) == []
    assert drifts() == []


@every_record
def test_reading_a_form_opens_no_transaction(model: type[Model], chief_client: Client) -> None:
    row = make(model)

    with CaptureQueriesContext(connection) as read:
        chief_client.get(address(model, "change", row.pk))
        chief_client.get(address(model, "changelist"))

    assert [query["sql"] for query in read if query["sql"].startswith(("SAVEPOINT", "BEGIN", "UPDATE"))] == []


@every_record
def test_list_takes_as_many_queries_for_three_rows_as_for_one(model: type[Model], chief_client: Client) -> None:
    unique = {"slug", "name", "title"} & {field.name for field in model._meta.fields}
    make(model)
    one = queries(chief_client, address(model, "changelist"))
    for number in range(2):
        make(model, **dict.fromkeys(unique, f"another-{number}"))

    three = queries(chief_client, address(model, "changelist"))

    assert (one, three) == (LIST_QUERIES[model], LIST_QUERIES[model])
