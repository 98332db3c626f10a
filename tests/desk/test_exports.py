"""Every list of the desk as a table: what its filters leave, and nothing that this user may not see."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Event
from newsroom.articles.models import Article
from newsroom.models import Source, Topic, User
from newsroom.photos.models import Photo
from people.models import Organisation, Person
from tests import factories

pytestmark = pytest.mark.django_db

MAKERS: dict[type[Model], Any] = {
    Article: factories.make_article,
    Person: factories.make_person,
    Organisation: factories.make_organisation,
    Event: factories.make_event,
    Photo: factories.make_photo,
    Source: factories.make_source,
    Topic: factories.make_topic,
}


def address(model: type[Model], page: str = "export") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def table(response: HttpResponse) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def slugs(response: HttpResponse) -> list[str]:
    return sorted(line["slug"] for line in table(response))


@pytest.mark.parametrize("model", MAKERS, ids=lambda model: model.__name__)
def test_list_is_exported_in_as_many_queries_for_three_rows_as_for_one(
    model: type[Model], chief_client: Client
) -> None:
    counted = []
    MAKERS[model]()

    for _more in range(2):
        chief_client.get(address(model)).getvalue()  # type: ignore[attr-defined]
        with CaptureQueriesContext(connection) as captured:
            lines = table(chief_client.get(address(model)))  # type: ignore[arg-type]
        counted.append((len(captured), len(lines)))
        MAKERS[model](), MAKERS[model]()

    (one, _), (three, _) = counted
    assert ([lines for _, lines in counted], one) == ([1, 3], three)


def test_export_holds_what_the_filters_leave(chief_client: Client) -> None:
    factories.make_topic(slug="shown", is_public=True)
    factories.make_topic(slug="hidden")

    answer = chief_client.get(address(Topic), {"is_public__exact": "1"})

    assert slugs(answer) == ["shown"]  # type: ignore[arg-type]


def test_reporter_exports_their_own_stories_only(reporter: User, reporter_client: Client) -> None:
    factories.make_article(slug="own", created_by=reporter)
    factories.make_article(slug="secret", headline="Nobody knows")

    answer = reporter_client.get(address(Article))

    assert slugs(answer) == ["own"]  # type: ignore[arg-type]


def test_administrator_who_reads_no_stories_exports_none(administrator_client: Client) -> None:
    story = factories.make_article(desk_note="Nobody knows.")
    chosen = {"action": "export_selected", "_selected_action": [str(story.pk)]}

    shown = administrator_client.get(address(Article))
    selected = administrator_client.post(address(Article, "changelist"), chosen)

    assert (table(shown), table(selected)) == ([], [])  # type: ignore[arg-type]


def test_selected_rows_are_exported(chief_client: Client) -> None:
    chosen = factories.make_topic(slug="chosen")
    factories.make_topic(slug="left")

    answer = chief_client.post(
        address(Topic, "changelist"), {"action": "export_selected", "_selected_action": [str(chosen.pk)]}
    )

    assert slugs(answer) == ["chosen"]  # type: ignore[arg-type]


def test_cell_that_would_run_is_harmless(chief_client: Client) -> None:
    factories.make_topic(slug="evil", name="=HYPERLINK(1)")

    answer = chief_client.get(address(Topic))

    assert [line["name"] for line in table(answer)] == ["'=HYPERLINK(1)"]  # type: ignore[arg-type]


def test_related_records_are_named_by_their_slugs(chief_client: Client) -> None:
    parent = factories.make_organisation(slug="parent")
    factories.make_organisation(slug="part", parent=parent)

    answer = chief_client.get(address(Organisation))

    assert {line["slug"]: line["parent"] for line in table(answer)} == {"parent": "", "part": "parent"}  # type: ignore[arg-type]


def test_filter_that_is_none_leads_back_to_the_list(chief_client: Client) -> None:
    answer = chief_client.get(address(Topic), {"is_public__nonsense": "1"})

    assert (answer.status_code, answer["Location"]) == (302, "../?e=1")


def test_who_may_not_see_the_list_gets_no_export(editor: User, editor_client: Client) -> None:
    editor.groups.clear()

    answer = editor_client.get(address(Topic))

    assert answer.status_code == 403
