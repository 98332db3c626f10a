"""The schema tells the truth: it is valid, complete, and every stored document has exactly its shape."""

from __future__ import annotations

import json
import warnings
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from django.test import Client

from newsroom.models import Change
from newsroom.partners.schema import openapi
from newsroom.partners.shapes import SHAPES
from tests.partners.conftest import World

pytestmark = pytest.mark.django_db


def test_schema_is_valid_and_without_warnings(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        call_command(
            "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", tmp_path / "s"
        )

    assert json.loads((tmp_path / "s").read_text())["openapi"] == "3.1.0"
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_document_has_exactly_the_fields_of_its_shape(world: World, kind: str) -> None:
    document = json.loads(Change.objects.get(kind=kind).document)

    assert sorted(document) == sorted(SHAPES[kind]().fields)


@pytest.mark.parametrize("kind", sorted(SHAPES))
def test_document_is_valid_against_the_schema(world: World, kind: str) -> None:
    schemas = openapi()["components"]["schemas"]
    document = json.loads(Change.objects.get(kind=kind).document)

    jsonschema.Draft202012Validator(
        {
            "$ref": f"#/components/schemas/{SHAPES[kind].__name__.removesuffix('Shape')}",
            "components": {"schemas": schemas},
        }
    ).validate(document)


def test_every_address_of_the_entry_page_answers(client: Client, world: World) -> None:
    entry = client.get("/api/v1/").json()

    links = [value for value in entry.values() if str(value).startswith("http")]
    statuses = [client.get(link.partition("/api/v1/")[2].join(["/api/v1/", ""])).status_code for link in links]
    assert (statuses.count(200), statuses.count(401)) == (10, 1)  # who asks for “me” without a key is nobody


def test_docs_page_names_every_operation(client: Client, world: World) -> None:
    page = client.get("/api/v1/docs/").content.decode()

    summaries = [operation["summary"] for methods in openapi()["paths"].values() for operation in methods.values()]
    assert [summary for summary in summaries if summary not in page] == []


def test_every_problem_has_its_page(client: Client) -> None:
    from newsroom.partners.problems import PROBLEMS

    assert {client.get(f"/problems/{slug}/").status_code for slug in PROBLEMS} == {200}
    assert client.get("/problems/nonsense/").status_code == 404
