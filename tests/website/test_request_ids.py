"""Each answer and each line of the log names its request."""

import json
import logging
import sys

import pytest
from django.test import Client

from newsroom.website.request_ids import JsonFormatter, RequestIdFilter

pytestmark = pytest.mark.django_db


def test_each_answer_has_an_id_of_its_own(client: Client) -> None:
    ids = {client.get(path)["X-Request-ID"] for path in ("/", "/api/v1/", "/nowhere/", "/healthz")}

    assert (len(ids), {len(name) for name in ids}) == (4, {32})


def test_caller_may_choose_the_id(client: Client) -> None:
    assert client.get("/api/v1/", headers={"x-request-id": "partner-42_a.b"})["X-Request-ID"] == "partner-42_a.b"


@pytest.mark.parametrize("name", ["short", "a" * 65, "two words here", "line\nbreak-line", "übermäßig-lang", ""])
def test_id_that_could_forge_a_line_is_replaced(client: Client, name: str) -> None:
    assert len(client.get("/api/v1/", headers={"x-request-id": name})["X-Request-ID"]) == 32


def test_lines_of_the_log_name_the_request(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/api/v1/nowhere/", headers={"x-request-id": "partner-42"})
    record = caplog.records[-1]
    RequestIdFilter().filter(record)

    line = json.loads(JsonFormatter().format(record))
    assert (line["level"], line["logger"], line["request_id"]) == ("WARNING", "django.request", "partner-42")


def test_exception_stands_in_its_line() -> None:
    try:
        raise ValueError("Broken.")
    except ValueError:
        record = logging.getLogger("newsroom").makeRecord("n", logging.ERROR, "f", 1, "Said", (), sys.exc_info())

    line = JsonFormatter().format(record)

    assert ("\n" in line, json.loads(line)["exception"].endswith("ValueError: Broken.")) == (False, True)
