"""Rows below a record: as many queries for three as for one, places that fill and change, and words for a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from events.models import Appearance, Session
from newsroom.articles.models import Byline
from people.models import NameVariant
from tests.desk.pages import as_sent, complaints, queries, with_row
from tests.desk.rows import (
    fill_article,
    fill_event,
    fill_organisation,
    fill_person,
    fill_photo,
    fill_position,
    make_position,
)
from tests.factories import make_article, make_event, make_organisation, make_person, make_photo, make_source

pytestmark = pytest.mark.django_db


RECORDS = {
    "person": (make_person, fill_person),
    "organisation": (make_organisation, fill_organisation),
    "position": (make_position, fill_position),
    "event": (make_event, fill_event),
    "photo": (make_photo, fill_photo),
    "article": (make_article, fill_article),
}

FORM_QUERIES = {"person": 14, "organisation": 12, "position": 9, "event": 16, "photo": 16, "article": 19}


def change(record: Model) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@pytest.mark.parametrize("name", RECORDS)
def test_form_takes_as_many_queries_for_three_rows_as_for_one(name: str, chief_client: Client) -> None:
    make: Callable[[], Any]
    make, fill = RECORDS[name]
    record = make()
    fill(record, 1)
    one = queries(chief_client, change(record))
    fill(record, 2)
    fill(record, 3)

    three = queries(chief_client, change(record))

    assert (one, three) == (FORM_QUERIES[name], FORM_QUERIES[name])


def test_form_names_what_a_row_points_at(chief_client: Client) -> None:
    article = make_article()
    Byline.objects.create(article=article, person=make_person(family_name="Quokka", given_name=""), order=1)

    page = chief_client.get(change(article)).content.decode()

    assert ">Quokka</option>" in page


def test_row_without_a_place_goes_last(chief_client: Client) -> None:
    event = make_event()
    Session.objects.create(event=event, order=4, title="Opening")
    sent = as_sent(chief_client.get(change(event)))

    sent = with_row(with_row(sent, "sessions", title="Panel", order=""), "sessions", title="Close", order="")
    chief_client.post(change(event), sent)

    assert list(event.sessions.values_list("order", "title")) == [(4, "Opening"), (5, "Panel"), (6, "Close")]


def test_place_of_too_many_digits_is_refused_beside_an_empty_one(chief_client: Client) -> None:
    event = make_event()
    sent = as_sent(chief_client.get(change(event)))

    sent = with_row(with_row(sent, "sessions", title="Panel", order="9" * 5000), "sessions", title="Close", order="")
    answer = chief_client.post(change(event), sent)

    assert complaints(answer) == ["Enter a whole number."]
    assert as_sent(answer)["sessions-1-title"] == ["Close"]


def test_two_rows_may_change_places(chief_client: Client) -> None:
    event = make_event()
    for order, title in ((1, "First"), (2, "Second")):
        Session.objects.create(event=event, order=order, title=title)
    sent = as_sent(chief_client.get(change(event)), **{"sessions-0-order": "2", "sessions-1-order": "1"})

    chief_client.post(change(event), sent)

    assert list(event.sessions.values_list("order", "title")) == [(1, "Second"), (2, "First")]


def test_row_may_take_the_place_of_one_taken_out(chief_client: Client) -> None:
    event = make_event()
    for order, title in ((1, "First"), (2, "Second")):
        Session.objects.create(event=event, order=order, title=title)
    typed = {"sessions-0-order": "2", "sessions-1-DELETE": "on"}

    chief_client.post(change(event), as_sent(chief_client.get(change(event)), **typed))

    assert list(event.sessions.values_list("order", "title")) == [(2, "First")]


def test_two_rows_at_one_place_are_refused(chief_client: Client) -> None:
    event = make_event()
    Session.objects.create(event=event, order=1, title="First")
    sent = as_sent(chief_client.get(change(event)))

    answer = chief_client.post(change(event), with_row(sent, "sessions", title="Second", order=1))

    assert complaints(answer) == ["Another row has this place already."]


def test_spelling_twice_from_one_source_is_refused(chief_client: Client) -> None:
    person, source = make_person(), make_source()
    NameVariant.objects.create(person=person, spelling="Doh", source=source)
    sent = as_sent(chief_client.get(change(person)))

    answer = chief_client.post(
        change(person), with_row(sent, "variants", spelling="Doh", script="Latn", source=source.pk)
    )

    assert complaints(answer) == ["This spelling is recorded already for that source."]


def test_session_of_another_event_is_not_offered(chief_client: Client) -> None:
    event = make_event()
    Appearance.objects.create(event=event, person=make_person())
    Session.objects.create(event=event, order=1, title="Ours")
    Session.objects.create(event=make_event(), order=1, title="Theirs")

    form = chief_client.get(change(event)).context["inline_admin_formsets"][2].formset.forms[0]

    assert [label for _key, label in form.fields["session"].choices] == ["---------", "Ours"]
