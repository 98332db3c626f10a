"""Reads the desk's pages as a browser would: what a form sends if one presses Save, and what it complains of."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.confirming import shown_as, standing_of

Sent = dict[str, list[str]]


class _Form(HTMLParser):
    """Collects the fields of a page, less those of its search and log-out forms."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: Sent = {}
        self._textarea = self._select = ""
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "form":
            self._inside = (named.get("id") or "").endswith("_form") or "id" not in named
        elif self._inside and hasattr(self, f"_{tag}_field") and "disabled" not in named:
            getattr(self, f"_{tag}_field")(named)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"textarea", "select"}:
            self._textarea = self._select = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.sent[self._textarea] = [(self.sent[self._textarea][0] + data).removeprefix("\n")]

    def _input_field(self, named: dict[str, str | None]) -> None:
        is_box = named.get("type") in {"checkbox", "radio"}
        is_sent = "checked" in named if is_box else named.get("type") not in {"submit", "file"}
        if named.get("name") and is_sent:
            self.sent.setdefault(str(named["name"]), []).append(named.get("value") or "on" * is_box)

    def _textarea_field(self, named: dict[str, str | None]) -> None:
        self._textarea = named.get("name") or ""
        self.sent[self._textarea] = [""]

    def _select_field(self, named: dict[str, str | None]) -> None:
        self._select = named.get("name") or ""

    def _option_field(self, named: dict[str, str | None]) -> None:
        if self._select and "selected" in named:
            self.sent.setdefault(self._select, []).append(named.get("value") or "")


def as_sent(response: HttpResponse, **typed: Any) -> Sent:
    """What the page's form sends after one has typed this over it."""
    form = _Form()
    form.feed(response.content.decode())
    sent = {name: values for name, values in form.sent.items() if "__prefix__" not in name}
    return {**sent, **{name: value if isinstance(value, list) else [value] for name, value in typed.items()}}


def confirmed(*rows: Any, **typed: Any) -> Sent:
    """What the page of a verb sends for these records as they stand, after one has typed this."""
    standing = [type(row)._base_manager.get(pk=row.pk) for row in rows]
    fields = {"id": [str(row.pk) for row in rows], **{shown_as(row): [standing_of(row)] for row in standing}}
    return {**fields, **{name: [str(value)] for name, value in typed.items()}}


def with_row(sent: Sent, prefix: str, **typed: Any) -> Sent:
    """The same with one more row in an inline."""
    index = int(sent[f"{prefix}-TOTAL_FORMS"][0])
    row = {f"{prefix}-{index}-{name}": [str(value)] for name, value in typed.items()}
    return {**sent, **row, f"{prefix}-TOTAL_FORMS": [str(index + 1)]}


def complaints(response: HttpResponse) -> list[str]:
    """Every error that the admin's form shows."""
    context: Any = response.context  # type: ignore[attr-defined]
    errors = context["errors"] if context and "errors" in context else []
    return [str(one) for error in errors for one in ([error] if isinstance(error, str) else error)]


def told(response: HttpResponse) -> list[str]:
    """The messages on the page, in order."""
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def queries(client: Client, address: str) -> int:
    """How many queries a page takes once content types and the like are remembered; the feed's head not counted."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len([query for query in captured if "newsroom_feedhead" not in query["sql"]])


def address(row: Model, page: str = "change", *more: Any) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk, *more])


def found(answer: HttpResponse) -> dict[str, tuple[str, str]]:
    """What the page says that differs: what stands, and what was typed."""
    careful = answer.context["careful"]  # type: ignore[attr-defined]
    return {one.label: (one.standing, one.typed) for one in careful["differences"]}


def said(answer: HttpResponse) -> tuple[str, list[str]]:
    """Why nothing was saved yet, which is no error, and the errors that are to be corrected."""
    assert "Please correct" not in answer.content.decode()
    return answer.context["careful"]["said"], complaints(answer)  # type: ignore[attr-defined]
